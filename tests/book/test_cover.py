"""The cover of the site: figures that are counted, questions that lead to their points, ways in."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from harness import REPOSITORY, Built
from sphinx_annals.annals.criticism import Status
from sphinx_annals.annals.model import WEIGHTS

pytestmark = pytest.mark.slow  # whole builds, each of them

Book = Callable[[str], Built]


def rows(built: Built, name: str) -> list[dict[str, str]]:
    with built.find(f"data/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_its_figures_are_those_of_the_data_and_of_where_they_lead(book: Book) -> None:
    built = book("html")
    figures = {
        str(link["href"]): int(link.b.get_text()) for link in built.soup().select(".figures a")
    }
    disputed = [
        point
        for point in rows(built, "points")
        if point["status"] in ("disputed", "settled", "open") and point["weight"] != "textual"
    ]
    assert figures == {
        "apparatus/chronology.html": len(rows(built, "events")),
        "chapters/10-sources.html": len(rows(built, "accounts")),
        "apparatus/disputed.html": len(disputed),
    }
    listed = built.soup("apparatus/disputed.html").select(".annals-disputed-points details")
    assert len(listed) == len(disputed)


def test_its_questions_lead_to_points_of_different_chapters(book: Book) -> None:
    built = book("html")
    cover = built.soup()
    links = [str(link["href"]) for link in cover.select(".questions a")]
    pages = [link.partition("#")[0] for link in links]
    assert len(set(pages)) == len(links) > 2
    assert pages == sorted(pages)
    for link in cover.select(".questions a"):
        page, _, anchor = str(link["href"]).partition("#")
        point = built.soup(page).find(id=anchor)
        assert "annals-major" in point["class"]
        assert link.get_text() in point.summary.get_text()


def test_it_leads_to_the_text_the_data_and_how_to_cite(book: Book) -> None:
    built = book("html")
    doors = {link.get_text(): str(link["href"]) for link in built.soup().select(".doors a")}
    assert doors["Read"] == "chapters/00-how-to-read.html"
    assert built.soup(doors["Data"]).h1
    assert built.soup().select_one(f"{doors['Cite']} details.cite")


def test_the_years_have_most_of_the_events(book: Book) -> None:
    built = book("html")
    dots = re.findall("M", built.soup().select_one(".strip .dots")["d"])
    assert 0.9 < len(dots) / len(rows(built, "events")) <= 1


def test_in_a_file_it_is_the_preface(book: Book) -> None:
    preface = BeautifulSoup(book("epub").read("index.xhtml"), "xml")
    assert preface.select(".figures, .strip, .questions") == []
    assert preface.h1


def test_its_questions_stand_in_the_order_of_the_book_whichever_was_read_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "_theme"))
    from cover import inviting

    order = {name: n for n, name in enumerate("abcdef")}
    points = [
        SimpleNamespace(
            weight=WEIGHTS[0],
            question="Who?",
            status=Status.OPEN,
            home=SimpleNamespace(docname=name),
            accounts=range(5 if name == "f" else 3),
        )
        for name in order
    ]
    for read in (points, points[::-1]):
        assert [point.home.docname for point in inviting(read, order)] == ["a", "b", "c", "f"]
