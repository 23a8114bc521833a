"""A project as an EPUB: declared, described, complete."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from bs4 import BeautifulSoup
from harness import Built, Project

PAGE = """\
# Book

Look into {ref}`search`, or at {event}`signing`.

```{toctree}
:hidden:
:numbered:

road
```
"""
ROAD = """\
# The road

:::{event} Signing
:id: signing
:date: 1950-02-14

Signed.
:::

:::{organisation} 八路军
:id: army

An army.
:::

:::{organisation} ***
:id: stars

A name without a letter.
:::

## A drawing

```{timeline}
```
"""
SETTINGS = {"epub_copyright": "x", "epub_tocscope": "includehidden", "language": "de"}


@pytest.fixture
def project(project: Project) -> Project:
    return project.write({"index.md": PAGE, "road.md": ROAD})


def part(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.read(name), "xml")


def test_pages_with_drawings_are_declared(project: Project) -> None:
    built = project.build("epub", **SETTINGS)
    items = part(built, "content.opf")("item")
    assert [item["href"] for item in items if item.get("properties") == "svg"] == ["road.xhtml"]


def test_what_nobody_stated_is_not_said(project: Project) -> None:
    package = part(project.build("epub", **SETTINGS), "content.opf")
    assert (package.find("contributor"), package.find("description")) == (None, None)
    stated = project.build("epub", epub_contributor="A. Helper", **SETTINGS)
    assert part(stated, "content.opf").find("contributor").text == "A. Helper"


def test_metadata_of_the_project_is_stated(project: Project) -> None:
    meta = {"schema:accessMode": ["textual", "visual"], "schema:accessibilitySummary": "A & <B>"}
    package = part(project.build("epub", epub_meta=meta, **SETTINGS), "content.opf")
    found = [node.text for node in package("meta") if "schema:" in node.get("property", "")]
    assert found == ["textual", "visual", "A & <B>"]


@pytest.mark.parametrize("wrong", [["schema:accessMode"], {"schema:accessMode": 1}])
def test_metadata_that_cannot_be_read_is_one_warning(project: Project, wrong: object) -> None:
    says = "epub_meta: write a dictionary of properties, each with a text or a list of them"
    built = project.build("epub", epub_meta=wrong, warnings=[says], **SETTINGS)
    assert "schema:" not in built.read("content.opf")


def test_contents_have_numbers_and_indices(project: Project) -> None:
    built = project.build("epub", **SETTINGS)
    lines = {link["href"]: link.text for link in part(built, "nav.xhtml")("a")}
    assert lines["road.xhtml"] == "1. The road"
    assert lines["road.xhtml#a-drawing"] == "1.1. A drawing"
    assert {"genindex.xhtml", "annals-organisations.xhtml", "annals-chronology.xhtml"} <= set(lines)


def test_there_is_no_link_to_a_search_that_a_file_has_not(project: Project) -> None:
    page = project.build("epub", **SETTINGS).soup("index.xhtml")
    assert "Suche" in page.text
    assert not page.select("a[href^=search]") and page.select("a[href='road.xhtml#signing']")


def test_tasks_of_markdown_leave_a_page_that_can_be_read(project: Project) -> None:
    project.configure('myst_enable_extensions = ["colon_fence", "tasklist"]\n')
    project.write({"road.md": f"{ROAD}\n- [ ] go\n- [x] come\n"})
    built = project.build("epub", **SETTINGS)
    root = ElementTree.fromstring(built.read("road.xhtml"))
    assert len(root.findall(".//{*}input")) == 2


def test_pages_state_their_language(project: Project) -> None:
    page = part(project.build("epub", **SETTINGS), "road.xhtml").find("html")
    assert (page["lang"], page["xml:lang"]) == ("de", "de")


def test_the_older_contents_have_the_identifier_of_the_package(project: Project) -> None:
    built = project.build("epub", epub_identifier="urn:x:1", epub_uid="book", **SETTINGS)
    assert part(built, "toc.ncx").find("meta", {"name": "dtb:uid"})["content"] == "urn:x:1"


def test_groups_of_indices_have_ids_that_can_be_linked(project: Project) -> None:
    for builder, suffix in (("epub", "xhtml"), ("html", "html")):
        page = project.build(builder, **SETTINGS).soup(f"annals-organisations.{suffix}")
        links = [link["href"] for link in page.select("a[href^='#cap-']")]
        assert links == ["#cap-Sonderzeichen", "#cap-汉字·漢字"]
        assert all(page.find(id=link[1:]) for link in links)


def test_a_second_build_with_other_settings_warns_of_nothing(project: Project) -> None:
    project.build("epub", **SETTINGS)
    project.build("epub", **{**SETTINGS, "epub_show_urls": "no"})


def test_a_slip_in_the_first_document_is_told_once(project: Project) -> None:
    project.write({"index.md": PAGE.replace("`signing`", "`signning` and {doc}`rod`")})
    built = project.build("epub", warnings=["'signning'", "document: 'rod'"], **SETTINGS)
    assert "did you mean 'signing'" in built.warnings[0]


def test_a_file_holds_the_style_of_what_it_shows_alone(project: Project) -> None:
    sheet = "link[href='_static/epub-notes.css']"
    built = project.build("epub", **SETTINGS)
    assert built.soup("index.xhtml").select_one(sheet)
    assert "cards.css" not in built.read("content.opf")
    assert not project.build(**SETTINGS).soup("index.html").select_one(sheet)


def test_a_file_is_that_of_a_clean_build_whatever_was_there_before(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    page = "# G\n\n![A drawing](drawn.svg)\n\n```{place} Moscow\n:id: moscow\n\nText.\n```\n"
    project.write(
        {
            "gone.md": f"---\norphan: true\n---\n{page}",
            "drawn.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        }
    )
    project.build("epub", epub_basename="old", **SETTINGS)
    project.write({"gone.md": "---\norphan: true\n---\n# G\n"})
    options = SETTINGS | {"epub_basename": "new"}
    again, clean = (
        project.build("epub", out, **options).find("new.epub") for out in ("out", "clean")
    )
    assert again.read_bytes() == clean.read_bytes()
