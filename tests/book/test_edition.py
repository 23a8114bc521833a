"""The edition: how its pages are cited, described and listed, with an address and without one."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from harness import REPOSITORY, Built, Project, Start
from pybtex.database import parse_string
from sphinx_annals import __version__

ADDRESS = "https://example.org/book/"
SITE = f"""\
import sys
sys.path.insert(0, r"{REPOSITORY / "_theme"}")
extensions = ["myst_parser", "edition"]
project, html_title = "The Pact: A History", "The Pact"
author, release, today = "The editors", "1.2", "2026"
html_theme, html_theme_path = "_theme", [r"{REPOSITORY}"]
html_context = {{"licence": ("CC0", "https://example.org/cc0"), "downloads": {{}}}}
"""
COVER = """\
# The Pact: A History

How it came about & ended.

```{toctree}
:numbered:
:hidden:
road
```
"""
ROAD = "# The road to *Moscow*\n\nTen weeks passed.\n\n## Ten weeks\n\n```{list-table}\n:widths: 20 80\n* - a\n  - b\n```\n"


@pytest.fixture
def start() -> Start:
    return Start({"conf.py": SITE, "index.md": COVER, "road.md": ROAD})


def metas(built: Built, page: str) -> dict[str, str]:
    found = built.soup(page).select("meta[content]")
    return {str(meta.get("name") or meta.get("property")): str(meta["content"]) for meta in found}


def test_a_chapter_is_cited_in_three_ways(project: Project) -> None:
    page = project.build(html_baseurl=ADDRESS).soup("road.html")
    chicago, bibtex, csl = page.select("details.cite dd")
    assert " ".join(chicago.get_text().split()) == (
        "“The road to Moscow.” Chap. 1 in The Pact: A History, edited by the editors. "
        f"Edition 1.2, 2026. {ADDRESS}road.html."
    )
    (entry,) = parse_string(bibtex.get_text(), "bibtex").entries.values()
    assert entry.type == "incollection"
    assert entry.fields["booktitle"] == "{The Pact: A History}"
    assert str(entry.persons["editor"][0]) == "{The editors}"
    (item,) = json.loads(csl.get_text())
    assert (item["type"], item["container-title"]) == ("chapter", "The Pact: A History")
    assert (item["chapter-number"], item["issued"]) == ("1", {"date-parts": [[2026]]})
    assert item["URL"] == f"{ADDRESS}road.html"


def test_the_cover_is_cited_as_the_book_and_no_index_is(project: Project) -> None:
    built = project.build()
    chicago, bibtex, _csl = built.soup().select("details.cite dd")
    assert " ".join(chicago.get_text().split()) == (
        "The Pact: A History. Edited by the editors. Edition 1.2, 2026."
    )
    (entry,) = parse_string(bibtex.get_text(), "bibtex").entries.values()
    assert (entry.type, "url" in entry.fields) == ("book", False)
    assert built.soup("genindex.html").select("details.cite") == []


def test_pages_say_what_they_are(project: Project) -> None:
    built = project.build(html_baseurl=ADDRESS)
    chapter, cover = metas(built, "road.html"), metas(built, "index.html")
    assert chapter["citation_title"] == chapter["DC.title"] == "The road to Moscow"
    assert chapter["citation_book_title"] == chapter["og:site_name"] == "The Pact: A History"
    assert chapter["description"] == chapter["og:description"] == "Ten weeks passed."
    assert chapter["citation_publication_date"] == chapter["DC.date"] == "2026"
    assert chapter["og:url"] == f"{ADDRESS}road.html"
    assert (chapter["DC.type"], cover["DC.type"]) == ("bookChapter", "book")
    assert "citation_book_title" not in cover
    assert cover["description"] == "How it came about & ended."
    assert len(re.findall('name="viewport"', built.read("road.html"))) == 1


def test_the_book_and_its_chapters_are_linked_data(project: Project) -> None:
    built = project.build(html_baseurl=ADDRESS)
    script = 'script[type="application/ld+json"]'
    book = json.loads(built.soup().select_one(script).string)
    chapter = json.loads(built.soup("road.html").select_one(script).string)
    assert (book["@type"], book["@id"], book["bookEdition"]) == ("Book", ADDRESS, "1.2")
    (part,) = book["hasPart"]
    assert part["@type"] == "Chapter"
    assert part["@id"] == part["url"] == chapter["@id"] == f"{ADDRESS}road.html"
    assert [(part["name"], part["@id"]) for part in chapter["hasPart"]] == [
        ("Ten weeks", f"{ADDRESS}road.html#ten-weeks")
    ]
    assert (chapter["@type"], chapter["position"]) == ("Chapter", "1")
    assert chapter["isPartOf"]["@id"] == ADDRESS


def test_crawlers_are_told_the_pages_where_the_book_has_an_address(project: Project) -> None:
    built = project.build(html_baseurl=ADDRESS)
    locations = re.findall("<loc>(.*)</loc>", built.read("sitemap.xml"))
    assert locations == [ADDRESS, f"{ADDRESS}road.html"]
    assert f"Sitemap: {ADDRESS}sitemap.xml" in built.read("robots.txt")
    assert built.soup("404.html").select_one("base")["href"] == ADDRESS
    plain = project.build(out="plain")
    assert {"sitemap.xml", "robots.txt"} & plain.files().keys() == set()
    assert plain.soup("404.html").select("base, link[rel=canonical]") == []


CHANGES = """\
# Changelog

## [2.0] – unreleased

To come.

## [1.2] – unreleased

- *New* & better.

## [1.1] – 2025-03-02

Before.
"""


def test_editions_are_a_feed_where_the_book_has_an_address(project: Project) -> None:
    project.write({"CHANGELOG.md": CHANGES})
    built = project.build(html_baseurl=ADDRESS, exclude_patterns=["CHANGELOG.md"])
    link = built.soup("road.html").select_one("link[type='application/atom+xml']")
    feed = BeautifulSoup(built.read(link["href"]), "xml")
    assert feed.feed.id.text == ADDRESS
    assert feed.select_one("link[rel=self]")["href"] == f"{ADDRESS}{link['href']}"
    # the edition that is cited has a year; one to come has nothing
    assert [(entry.title.text, entry.updated.text) for entry in feed.select("entry")] == [
        ("Edition 1.2", "2026-01-01T00:00:00Z"),
        ("Edition 1.1", "2025-03-02T00:00:00Z"),
    ]
    assert feed.feed.updated.text == "2026-01-01T00:00:00Z"
    assert "<em>New</em> &amp; better." in feed.select_one("entry > content").text
    plain = project.build(out="plain", exclude_patterns=["CHANGELOG.md"])
    assert plain.soup("road.html").select("link[type='application/atom+xml']") == []
    assert "editions.xml" not in plain.files()


def test_the_foot_leads_to_where_a_page_is_edited(project: Project) -> None:
    said = {
        "licence": ("CC0", "https://example.org/cc0"),
        "downloads": {},
        "edit": "https://git/e/",
    }
    built = project.build(html_context=said)
    edited = built.soup("road.html").find("a", string="Edit this page")
    assert edited["href"] == "https://git/e/road.md"
    assert built.soup("road.html").find("a", string="Manual of the tools") is None
    assert built.soup("genindex.html").find("a", string="Edit this page") is None
    assert project.build(out="plain").soup("road.html").find("a", string="Edit this page") is None


def test_the_cover_and_the_foot_link_the_forms_that_are_published(project: Project) -> None:
    assert project.build().soup("road.html").select(".foot > p a:not([rel=license])") == []
    forms = {"PDF": "pact.pdf", "EPUB": "https://example.org/pact.epub"}
    said = {"licence": ("CC0", "https://example.org/cc0"), "downloads": forms}
    said["manual"] = "manual/index.html"
    own = ["myst_parser", "edition", "sphinx_annals.annals", "cover"]
    project.write({"deep/down.md": "---\norphan: true\n---\n# D\n"})
    built = project.build(html_context=said, extensions=own)
    foot = built.soup("deep/down.html").select(".foot > p a:not([rel=license])")
    beside = {"PDF": "../pact.pdf", "Manual of the tools": "../manual/index.html"}
    assert {link.text: link["href"] for link in foot} == forms | beside
    doors = {link.text: link["href"] for link in built.soup().select(".doors a")}
    assert {name: doors.get(name) for name in forms} == forms


def test_a_page_names_its_one_address(project: Project) -> None:
    built = project.build(html_baseurl=ADDRESS)
    pages = {"index.html": ADDRESS, "road.html": f"{ADDRESS}road.html", "genindex.html": None}
    for page, address in pages.items():
        links = [str(link["href"]) for link in built.soup(page).select("link[rel=canonical]")]
        assert links == ([address] if address else [])
    assert project.build(out="plain").soup().select("link[rel=canonical]") == []


def test_no_width_of_a_table_is_an_inline_style(project: Project) -> None:
    page = project.build().soup("road.html")
    assert page.select("table td")
    assert page.select("[style]") == []


def test_the_citation_file_agrees_with_the_edition() -> None:
    said = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    book = said["preferred-citation"]
    conf = (REPOSITORY / "conf.py").read_text(encoding="utf-8")
    assert said["version"] == book["edition"] == __version__
    assert f'project = "{book["title"]}"' in conf
    assert f'today = "{book["year"]}"' in conf
    assert f'author = "{book["authors"][0]["name"]}"' in conf
