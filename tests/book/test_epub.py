"""The book as an EPUB: what reading systems and epubcheck ask of the file."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from harness import Built
from validators import epubcheck

Book = Callable[[str], Built]
Parts = dict[str, BeautifulSoup]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def file(book: Book) -> Path:
    return book("epub").find("*.epub")


@pytest.fixture(scope="module")
def parts(file: Path) -> Parts:
    """Give the pages of the file, and what tells of them."""
    with ZipFile(file) as epub:
        assert epub.namelist()[0] == "mimetype"
        return {
            name: BeautifulSoup(epub.read(name), "xml")
            for name in epub.namelist()
            if name.endswith((".xhtml", ".opf", ".ncx"))
        }


def pages(parts: Parts) -> Parts:
    return {name: page for name, page in parts.items() if name.endswith(".xhtml")}


def test_it_builds_without_a_warning(book: Book) -> None:
    assert book("epub").warnings == []


def test_ids_are_valid_and_no_page_has_one_twice(parts: Parts) -> None:
    for name, page in pages(parts).items():
        counts = Counter(str(tag["id"]) for tag in page.find_all(id=True))
        assert [id for id, count in counts.items() if count > 1] == [], name
        assert [id for id in counts if re.search(r"[\s#%]", id) or not id] == [], name


def test_every_link_leads_to_a_place_in_the_file(parts: Parts) -> None:
    found = pages(parts)
    ids = {name: {str(tag["id"]) for tag in page.find_all(id=True)} for name, page in found.items()}
    dead = []
    for name, page in found.items():
        for link in page.find_all("a", href=re.compile("^(?![a-z]+:)")):
            target, _, anchor = str(link["href"]).partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            place = place if target else name
            if place not in ids or (anchor and anchor not in ids[place]):
                dead.append((name, link["href"]))
    assert dead == []


def test_the_manifest_declares_drawings_and_cover(parts: Parts) -> None:
    items = {str(item["href"]): item.get("properties", "") for item in parts["content.opf"]("item")}
    drawn = {name for name, page in pages(parts).items() if page.find("svg")}
    assert len(drawn) > 5
    assert {name for name, declared in items.items() if "svg" in declared.split()} == drawn
    (cover,) = (name for name, declared in items.items() if declared == "cover-image")
    (picture,) = parts["epub-cover.xhtml"]("img")
    assert (picture["src"], picture["alt"]) == (cover, parts["content.opf"].find("title").text)


def test_the_contents_have_every_chapter_section_and_index(parts: Parts) -> None:
    names = {str(link["href"]): link.text for link in parts["nav.xhtml"].select("nav a")}
    chapters = pages(parts).keys() - {"nav.xhtml", "epub-cover.xhtml"}
    assert {name.partition("#")[0] for name in names} == chapters
    sections = [
        f"{name}#{section['id']}"
        for name in sorted(chapters)
        if name.startswith("chapters/")
        for section in parts[name].select("section > section:has(> h2)")
    ]
    assert len(sections) > 30
    assert [place for place in sections if place not in names] == []
    assert names["chapters/03-negotiation.xhtml"].startswith("3. ")
    order = [str(item["idref"]) for item in parts["content.opf"]("itemref")]
    assert len(order) == len(set(order)) == len(chapters) + 1  # the cover


def test_it_says_what_it_is_and_who_can_read_it(parts: Parts) -> None:
    package = parts["content.opf"]
    one = {name: package.find(name).text for name in ("identifier", "language", "rights")}
    assert re.fullmatch(r"urn:uuid:[\da-f-]{36}", one["identifier"])
    assert one["language"] == "en" and "CC BY-SA" in one["rights"]
    assert "unknown" not in package.find("metadata").text
    assert parts["toc.ncx"].find("meta", {"name": "dtb:uid"})["content"] == one["identifier"]
    stated = {str(meta.get("property")) for meta in package("meta")}
    parts_of_access = ("Mode", "ModeSufficient", "ibilityFeature", "ibilityHazard")
    assert {f"schema:access{part}" for part in parts_of_access} <= stated
    assert [name for name, page in pages(parts).items() if page.html.get("lang") != "en"] == []


def test_the_family_of_the_site_is_in_the_file(file: Path, parts: Parts) -> None:
    fonts = [
        str(item["href"])
        for item in parts["content.opf"].find_all("item", {"media-type": "font/woff2"})
    ]
    with ZipFile(file) as epub:
        sheet = epub.read("_static/faces.css").decode()
    named = re.findall(r'url\("(.*?)"\)', sheet)
    assert len(named) == 3
    assert set(fonts) == {f"_static/{name}" for name in named}
    page = parts["chapters/03-negotiation.xhtml"]
    assert page.select_one('link[href="../_static/faces.css"]')


@pytest.mark.java
def test_epubcheck_finds_nothing(file: Path) -> None:
    assert epubcheck(file) == []
