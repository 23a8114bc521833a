"""Exports in builds: beside the pages, in parallel, from build to build, and on paper."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from bs4 import BeautifulSoup
from harness import ROOTS, Built, Project
from pyld import jsonld
from sphinx.util.inventory import InventoryFile
from sphinx_annals.annals.export import FORMATS

pytestmark = pytest.mark.slow  # whole builds, each of them

BASE = "https://example.org/book/"


@pytest.fixture
def export(project: Project) -> Project:
    return project.copy("annals-export")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The pages, with the address where they will stand."""
    project = Project(tmp_path_factory.mktemp("export")).copy("annals-export")
    return project.build(html_baseurl=BASE)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The pages, without an address."""
    return Project(tmp_path_factory.mktemp("export")).copy("annals-export").build()


def data(built: Built) -> dict[str, bytes]:
    """Give the exports that lie beside the pages, by their names."""
    files = built.files().items()
    return {name[5:]: content for name, content in files if name.startswith("data/")}


def test_the_data_lie_beside_the_pages_and_are_those_of_the_builder(
    export: Project, html: Built
) -> None:
    assert data(html) == export.build("annals", html_baseurl=BASE).files()
    assert html.json("data/annals.json")["baseUrl"] == BASE


def test_the_data_are_the_same_from_parallel_and_repeated_builds(export: Project) -> None:
    one, two = export.build("annals"), export.build("annals", out="two", parallel=2)
    assert one.files() == two.files()
    assert one.written
    assert export.build("annals").written == set()


def test_a_list_links_to_what_is_there(bare: Built) -> None:
    downloads = bare.soup("data.html").select_one("ul.annals-downloads")
    files = {str(link["href"]) for link in downloads.select("a")}
    assert {"data/annals.json", "data/events.csv", "data/treaties/pact.xml"} <= files
    assert files <= bare.files().keys()
    items = dict(item.get_text().split(":", 1) for item in downloads.select("li"))
    assert items["JSON"].startswith(" annals.json (14 records), annals.schema.json. Everything")
    assert "places.geojson (1 place)" in items["GeoJSON"]
    assert list(items) == [format.title for format in FORMATS]


def test_the_list_changes_with_the_numbers(export: Project) -> None:
    export.build()
    event = "\n:::{event} More\n:id: more\n:date: 1951-01-01\n:sources: doe2004\n\nMore.\n:::\n"
    html = export.edit("deep/page.md", "# Deep page\n", f"# Deep page\n{event}").build()
    assert "annals.json (15 records)" in html.soup("data.html").get_text()
    assert html.find("id/more/index.html")
    assert "more@" in html.read("data/events.ics")


@pytest.mark.parametrize(
    ("builder", "settings", "link"),
    [
        ("text", {}, None),
        ("latex", {"html_baseurl": BASE}, rf"\sphinxhref{{{BASE}data/annals.json}}"),
        ("html", {"annals_export_in_html": False}, None),
    ],
)
def test_elsewhere_the_list_is_text(
    export: Project, builder: str, settings: dict[str, Any], link: str | None
) -> None:
    built = export.build(builder, **settings)
    text = built.read("data.html") if builder == "html" else built.everything()
    assert "annals.json" in text
    assert "14 records" in text
    assert data(built) == {}
    if link:
        assert link in text
    else:
        assert "data/annals.json" not in text


def test_unknown_formats_cost_a_warning(export: Project) -> None:
    export.edit("data.md", "{data-downloads}\n", "{data-downloads}\n:formats: jsn, csv\n")
    said = "data.md:3: WARNING: data-downloads: :formats: 'jsn' is no format"
    built = export.build(warnings=[said])
    assert "did you mean 'json'?" in built.warnings[0]
    page = built.soup("data.html").select("ul.annals-downloads")[0].get_text()
    assert "events.csv" in page
    assert "annals.json" not in page


@pytest.mark.parametrize(
    ("id", "target"),
    [
        ("signing", "../../index.html#signing"),
        ("signed-old", "../../index.html#signing"),
        ("pact/3(2)", "../../../deep/page.html#pact-3-2-"),
        ("pact", "../../deep/page.html#pact"),
    ],
)
def test_every_id_has_a_permanent_address(html: Built, id: str, target: str) -> None:
    page = html.soup(f"id/{id}/index.html")
    assert page.a["href"] == target
    assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={target}"
    path, _, anchor = target.rpartition("../")[2].partition("#")
    assert page.select_one("link[rel=canonical]")["href"] == BASE + path
    assert html.soup(path).find(id=anchor) is not None


def test_permanent_addresses_can_be_left_out_and_go_with_their_objects(export: Project) -> None:
    assert "id/ides/index.html" in export.build().files()
    export.edit("index.md", ":id: ides", ":id: march")
    moved = export.edit("index.md", ":follows: ides", ":follows: march").build().files()
    assert "id/ides/index.html" not in moved
    assert "id/march/index.html" in moved
    assert "id/march/index.html" not in export.build(annals_permanent_ids=False).files()


def test_no_page_of_the_book_is_written_over(export: Project) -> None:
    export.write({"id/pact/index.md": "---\norphan: true\n---\n# My own\n"})
    assert "My own" in export.build().read("id/pact/index.html")


def test_retired_ids_are_in_the_inventory(html: Built) -> None:
    inventory = InventoryFile.loads(html.find("objects.inv").read_bytes(), uri="").data
    assert inventory["annals:event"]["signed-old"].uri == "index.html#signing"
    assert inventory["annals:event"]["signing"].uri == "index.html#signing"


def linked(page: BeautifulSoup, address: str) -> list[dict[str, Any]]:
    (element,) = page.select('head script[type="application/ld+json"]')
    found: list[dict[str, Any]] = jsonld.expand(
        json.loads(element.get_text()),
        {"base": address, "documentLoader": lambda *args: pytest.fail("fetches")},
    )
    return found


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_page_describes_its_objects(export: Project, builder: str) -> None:
    built = export.build(builder, html_baseurl=BASE)
    nodes = {node["@id"]: node for node in linked(built.soup(), BASE)}
    assert len(nodes) == 5
    signing = nodes[f"{BASE}id/signing/"]
    assert signing["https://schema.org/name"][0]["@value"].startswith("Signed </script>")
    (description,) = signing["https://schema.org/description"]
    assert description["@value"].startswith("=1+1 was said by Mao Zedong")
    assert signing["https://schema.org/url"] == [
        {"@id": f"{BASE}{'index.html' if builder == 'html' else ''}#signing"}
    ]
    assert "ld+json" not in built.read("data.html" if builder == "html" else "data/index.html")


def test_without_an_address_ids_are_those_of_the_pages(bare: Built) -> None:
    at = "file:///out/"
    page = bare.soup("deep/page.html")
    deep = {node["@id"]: node for node in linked(page, f"{at}deep/page.html")}
    assert f"{at}deep/page.html#pact" in deep
    index = {node["@id"]: node for node in linked(bare.soup(), f"{at}index.html")}
    about = index[f"{at}index.html#signing"]["https://schema.org/about"]
    assert about == [{"@id": f"{at}deep/page.html#pact"}]


def test_linked_data_can_be_left_out(export: Project) -> None:
    assert "ld+json" not in export.build(annals_linked_data=False).read()


@pytest.mark.slow
def test_an_edit_reaches_the_texts_of_other_pages(export: Project) -> None:
    """A title changes: the bodies that name the object change, in HTML and in the data."""
    export.build()
    export.build("annals")
    export.edit("deep/page.md", "{person} Mao Zedong", "{person} Chairman Mao")
    html, alone = export.build(), export.build("annals")
    assert data(html) == alone.files() == export.build("annals", out="clean").files()
    event = alone.json("annals.json")["events"][0]
    assert event["text"].startswith("=1+1 was said by Chairman Mao")
    assert event["statements"][0]["verdicts"][0]["text"] == "Because Chairman Mao says so."


def test_an_edit_of_bare_prose_reaches_the_data(export: Project) -> None:
    export.build("annals")
    export.edit("data.md", "# Data\n", "# Data\n\nSee {place}`nowhere`.\n")
    export.build("dummy")  # whoever reads it
    places = export.build("annals").json("annals.json")["places"]
    assert [mention["title"] for mention in places[1]["mentions"]] == ["Data"]


def test_an_edit_writes_again_only_what_changed(export: Project) -> None:
    export.build("annals")
    rest = "state.\n:::\n\n:::{organisation} Soviet"
    again = export.edit("deep/page.md", f"A {rest}", f"The {rest}").build("annals")
    assert again.written == {"annals.json", "annals.jsonld", "organisations.csv"}


def test_lost_outputs_and_memories_are_made_again(export: Project) -> None:
    html = export.build()
    before = data(html)
    shutil.rmtree(html.outdir / "data")
    for memory in html.app.doctreedir.glob("annals-*.json"):
        memory.write_text("{broken")
    assert data(export.build()) == before


def test_treaties_that_go_take_their_files_along(export: Project) -> None:
    assert "treaties/old-pact.xml" in export.build("annals").files()
    for option in ("supersedes", "supplements", "amends"):
        export.edit("deep/page.md", f":{option}: old-pact\n", "")
    built = export.edit("deep/page.md", ":id: old-pact", ":id: older-pact").build("annals")
    assert [name for name in built.files() if name.startswith("treaties/")] == [
        "treaties/older-pact.xml",
        "treaties/pact.xml",
    ]


def test_times_come_from_the_environment(export: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    told = "project: U+0007 is left out, which no output can hold; delete it"
    made = export.build("annals", project="A\n\x07 book", warnings=[told]).read("events.ics")
    assert "DTSTAMP:19700102T000000Z" in made and "NAME:A book" in made


@pytest.mark.parametrize("builder", ["singlehtml", "dummy"])
def test_other_builders_carry_no_data(export: Project, builder: str) -> None:
    names = export.build(builder).files()
    assert [name for name in names if name.startswith(("data/", "id/"))] == []


def test_the_page_lists_as_many_works_as_the_download_holds(project: Project) -> None:
    export = (ROOTS / "test-citations-messy/export.bib").read_bytes()
    pages = "# Page\n\n:::{bibliography}\n:all:\n:::\n\n:::{data-downloads}\n:formats: csl\n:::\n"
    project.write({"refs.bib": export, "bib.md": "", "index.md": pages})
    project.configure(
        "extensions.append('sphinx_annals.citations')\nexclude_patterns = ['bib.md']\n"
    )
    html = project.build(warnings=None)
    works = html.json("data/bibliography.csl.json")
    assert len(works) == 20
    assert len(html.soup().select("li.citation-entry")) == len(works)
    assert f"({len(works)} entries)" in html.soup().get_text()


def test_the_download_changes_with_the_works(export: Project) -> None:
    export.build()
    refs = export.read("refs.bib") + "@book{more, title={More}, author={M, O}, date={1950}}\n"
    html = export.write({"refs.bib": refs}).build(warnings=None)
    assert html.json("data/bibliography.csl.json")[-1]["id"] == "more"


def test_a_site_that_neither_states_nor_cites_has_no_data(project: Project) -> None:
    html = project.write("# Page\n\n```{data-downloads}\n```\n").build()
    assert data(html) == {} and "data/" not in html.read()
