"""The book as a whole: it builds without a warning, and everything in it leads somewhere."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from harness import REPOSITORY, Built
from pypdf import PdfReader
from structure import Structure
from tags import tags

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("builder", ["html", "typstpdf", "latex", "text"])
def test_it_builds_without_a_warning(book: Book, builder: str) -> None:
    assert book(builder).warnings == []


@pytest.fixture(scope="module")
def pages(book: Book) -> dict[str, BeautifulSoup]:
    """The pages by their names, read once."""
    folder = book("html").outdir
    return {
        path.relative_to(folder).as_posix(): BeautifulSoup(path.read_text(), "html.parser")
        for path in sorted(folder.rglob("*.html"))
        if "_static" not in path.parts
    }


def test_no_link_or_anchor_is_dead(pages: dict[str, BeautifulSoup]) -> None:
    assert pages
    ids = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for link in page.select("a[href]"):
            target, _, anchor = link["href"].partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            other = other if target else name
            if other.endswith(".html") and (
                other not in ids or (anchor and anchor not in ids[other])
            ):
                dead.append((name, link["href"]))
    assert dead == []


def test_no_page_has_two_elements_of_one_id(pages: dict[str, BeautifulSoup]) -> None:
    doubled = {}
    for name, page in pages.items():
        counts = Counter(tag["id"] for tag in page.find_all(id=True))
        if twice := [id for id, count in counts.items() if count > 1]:
            doubled[name] = twice
    assert doubled == {}


def titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from titles(item)
        else:
            yield item.title


def test_the_pdf_is_tagged_and_carries_all_scripts(book: Book) -> None:
    reader = PdfReader(next(book("typstpdf").outdir.glob("*.pdf")))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert Structure(book("typstpdf").find("*.pdf")).faults() == []
    assert reader.trailer["/Root"]["/PageMode"] == "/UseOutlines"
    heads = [tag for tag in tags(reader) if tag.kind == "/TH"]
    assert sum("/Row" in str(tag.element["/A"].get_object()) for tag in heads) > 100
    assert len(reader.pages) < 230
    labels = reader.page_labels
    opening = labels.index("1")
    assert labels[opening - 1].islower()
    assert reader.metadata.title == "The Sino-Soviet Treaty of 1950: An Annotated History"
    missing = {"中苏友好同盟互助条约", "中蘇友好同盟互助條約", "Yǒuhǎo", "Советско-китайский"}
    for page in reader.pages:  # to read all of them takes as long as to set the book
        text = page.extract_text().replace("\n", "")
        missing = {words for words in missing if words not in text}
        if not missing:
            break
    assert missing == set()
    shown = " ".join(titles(reader.outline))
    chapters = sorted(REPOSITORY.glob("chapters/*.md"))
    assert chapters
    for chapter in chapters:
        (title, *_) = re.findall(r"^# (.+)$", chapter.read_text(), re.MULTILINE)
        assert title in shown, chapter.name


def test_no_event_stands_above_one_that_it_follows_in_any_view_or_index(
    book: Book, pages: dict[str, BeautifulSoup]
) -> None:
    data = book("annals").json("annals.json")["events"]
    anchors = {event["url"].partition("#")[2]: event["id"] for event in data}
    lists = ".annals-event-list, .annals-event-table, .annals-timeline svg, .annals-timeline ol"
    upside_down, looked_at = [], 0
    for name, page in pages.items():
        for shown in page.select("main" if name == "annals-chronology.html" else lists):
            links = [link["href"].partition("#")[2] for link in shown.select("a[href]")]
            order = list(dict.fromkeys(anchors[link] for link in links if link in anchors))
            looked_at += 1
            upside_down += [
                (name, event["id"], earlier)
                for event in data
                for earlier in event["follows"]
                if {event["id"], earlier} <= {*order}
                and order.index(event["id"]) < order.index(earlier)
            ]
    assert looked_at > 10
    assert upside_down == []
