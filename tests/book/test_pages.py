"""The built pages in a browser: accessible, no wider than a phone, searchable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from harness import REPOSITORY, Built
from playwright.sync_api import Browser
from support import first_results, results_of_objects, serving

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow


CITATIONS = "article a.citation-link:not(details *)"


def fullest(folder: Path, selector: str) -> Path:
    """Give the page that has most of something."""
    pages = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    counts = {
        path: len(BeautifulSoup(path.read_text(), "html.parser").select(selector)) for path in pages
    }
    page = max(pages, key=counts.__getitem__)
    assert counts[page] > 1, selector
    return page


@pytest.fixture
def site(book: Book) -> Iterator[str]:
    with serving(book("html")) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(book: Book, browser: Browser, scheme: str) -> None:
    folder: Path = book("html").outdir
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 800})
    found, wide = [], []
    names = [path.relative_to(REPOSITORY).with_suffix("").as_posix()
             for path in sorted((*REPOSITORY.glob("chapters/*.md"), *REPOSITORY.glob("apparatus/*.md")))]  # fmt: skip
    for name in ["index", *names]:
        page.goto((folder / f"{name}.html").as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(name)
        found += [
            (name, violation["id"], violation["nodes"][0]["html"][:120])
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in ("critical", "serious")
        ]
    assert wide == []
    assert found == []


QUERIES = [
    ("Article 6", "04-treaty.html#sino-soviet-1950-6"),
    ("14 February", "04-treaty.html#loan-agreement-1950"),
    ("signed 14 February 1950", "03-negotiation.html#treaty-signed"),
    ("中苏友好同盟互助条约", "04-treaty.html#sino-soviet-1950"),
    ("同盟", "04-treaty.html#sino-soviet-1950"),
    ("zhong-su", "04-treaty.html#sino-soviet-1950"),
    ("Zhōng-Sū Yǒuhǎo", "04-treaty.html#sino-soviet-1950"),
    ("Договор", "04-treaty.html#sino-soviet-1950"),
    ("zhou enlai", "people.html#zhou-enlai"),
    ("Stalin", "people.html#stalin"),
    ("port arthur", "places.html#port-arthur"),
    ("Mao leaves", "03-negotiation.html#mao-departs"),
    ("CCP", "organisations.html#ccp"),
    ("Soviet aid to China", "bibliography.html#ref-zhou2015soviet"),
    ("the journey", "03-negotiation.html#the-journey"),
    ("300 million dollars", "06-aid.html"),
]


def test_every_object_of_the_book_is_found_where_it_is(book: Book) -> None:
    built = book("html")
    found = results_of_objects(built)
    assert len(found) > 400
    pages = {row.page: built.soup(row.page) for row in found}
    dead = [row for row in found if not pages[row.page].find(id=row.anchor)]
    assert dead == []


@pytest.mark.browser
def test_a_search_leads_where_it_must(site: str, browser: Browser) -> None:
    found = first_results(browser, site, [query for query, _ in QUERIES])
    assert {query: found[query].address.split("/")[-1] for query in found} == dict(QUERIES)
    excerpt = found["300 million dollars"].text
    assert "against 300 million dollars either" in excerpt
    assert "Mentioned in" not in excerpt


@pytest.mark.browser
def test_a_citation_shows_its_reference_to_keyboard_and_mouse(book: Book, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(fullest(book("html").outdir, CITATIONS).as_uri())
    links = page.locator("article a.citation-link:visible")
    box = page.locator("#citation-preview")
    links.nth(0).focus()
    assert box.is_visible()
    assert box.get_attribute("role") == "tooltip"
    assert links.nth(0).get_attribute("aria-describedby") == box.get_attribute("id")
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert links.nth(0).evaluate("link => link === document.activeElement")
    links.nth(1).hover()
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert not box.is_visible()


@pytest.mark.browser
def test_a_first_tap_shows_the_reference_and_a_second_follows_the_link(
    book: Book, browser: Browser
) -> None:
    size = {"width": 360, "height": 640}
    page = browser.new_context(has_touch=True, is_mobile=True, viewport=size).new_page()
    page.goto(fullest(book("html").outdir, CITATIONS).as_uri())
    before = page.url
    link = page.locator("article a.citation-link:visible").first
    link.tap()
    box = page.locator("#citation-preview")
    assert box.is_visible()
    assert page.url == before
    place = box.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 360
    link.tap()
    page.wait_for_url("**/bibliography.html#ref-*")


@pytest.mark.browser
def test_comparisons_open_at_a_button_and_in_print(book: Book, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(fullest(book("html").outdir, "details.annals-comparison").as_uri())
    count = page.locator("details.annals-comparison").count()
    height = "document.querySelector('details.annals-comparison').getBoundingClientRect().height"
    closed = page.evaluate(height)
    page.emulate_media(media="print")
    assert page.evaluate(height) > 2 * closed
    page.emulate_media(media="screen")
    assert page.locator("details.annals-comparison[open]").count() == 0
    page.click("button.annals-open-all")
    assert page.locator("details.annals-comparison[open]").count() == count
    assert page.inner_text("button.annals-open-all").startswith("Close all")
