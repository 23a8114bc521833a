"""How the book looks in a browser: tables, links, figures in the dark, motion and paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import Built
from looks import WIDTHS, faults_at, style
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

Book = Callable[[str], Built]
CHAPTER, TREATY = "chapters/03-negotiation.html", "chapters/04-treaty.html"
pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def folder(book: Book) -> Path:
    return book("html").outdir


def printed(page: Page, path: Path) -> list[str]:
    """Give the text of each sheet of a page on paper."""
    page.goto(path.as_uri())
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def test_no_table_breaks_a_word_and_no_page_overflows(folder: Path, browser: Browser) -> None:
    page, found = browser.new_page(), []
    for path in sorted({*folder.glob("*.html"), *folder.glob("[ac]*/*.html")}):
        page.goto(path.as_uri())
        found += [(path.name, fault) for width in WIDTHS for fault in faults_at(page, width)]
    assert found == []


def test_a_row_has_one_rule_on_a_phone(folder: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((folder / "apparatus/treaties.html").as_uri())
    assert style(page, ".annals-table tbody td", "borderBottomWidth") == "0px"
    assert style(page, ".annals-table tbody tr", "borderBottomWidth") == "1px"


@pytest.mark.parametrize("name", ["annals-people", "annals-chronology", "genindex"])
def test_indices_are_set_as_text(folder: Path, browser: Browser, name: str) -> None:
    page = browser.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    text = style(page, "body", "fontFamily")
    entry = ".indextable li a"
    assert style(page, entry, "fontFamily") == text
    assert style(page, entry, "fontWeight") == "400"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_are_dark_in_the_dark_and_not_on_paper(
    folder: Path, browser: Browser, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto((folder / TREATY).as_uri())
    assert (style(page, "figure img", "filter") == "none") is (scheme == "light")
    page.emulate_media(media="print", color_scheme=scheme)
    assert style(page, "figure img", "filter") == "none"


@pytest.mark.parametrize(("motion", "scrolling"), [("no-preference", "smooth"), ("reduce", "auto")])
def test_nothing_moves_for_who_wants_no_motion(
    folder: Path, browser: Browser, motion: str, scrolling: str
) -> None:
    page = browser.new_page(reduced_motion=motion)
    page.goto((folder / CHAPTER).as_uri())
    assert style(page, "html", "scrollBehavior") == scrolling
    moving = page.locator("body *").evaluate_all(
        "all => all.filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
    )
    assert moving == 0 or motion != "reduce"


def test_paper_begins_with_text_and_without_the_menu(folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    for path in (folder / CHAPTER, folder / "annals-people.html", folder / "index.html"):
        sheets = printed(page, path)
        assert not any("Skip to content" in sheet for sheet in sheets)
        assert len(sheets[0].splitlines()) > 25, path.name


def test_paper_has_nothing_to_press(folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    for name in ("index.html", "apparatus/disputed.html"):
        page.goto((folder / name).as_uri())
        pressed = page.locator(":is(button, select, input, .doors):visible")
        assert pressed.count() > 1
        page.emulate_media(media="print")
        assert pressed.count() == 0, name
        page.emulate_media(media="screen")


def test_on_paper_a_comparison_stands_with_its_line(folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    sheets = printed(page, folder / "apparatus/disputed.html")
    ends = [sheet.strip().splitlines()[-1] for sheet in sheets if sheet.strip()]
    assert [end for end in ends if end.endswith((" accounts", "one account"))] == []


def test_the_sources_are_not_published_unlinked(folder: Path) -> None:
    assert list((folder / "_sources").rglob("*.*")) == []
