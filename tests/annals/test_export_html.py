"""Exports in builds: beside the pages, in parallel, from build to build, and on paper."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pyld import jsonld
from sphinx.testing.util import SphinxTestApp
from sphinx.util.inventory import InventoryFile
from support import build_and_close, warnings_of

MakeApp = Callable[..., SphinxTestApp]
BASE = "https://example.org/book/"


@pytest.fixture
def source(tmp_path: Path, rootdir: Path) -> Path:
    return Path(shutil.copytree(rootdir / "test-annals-export", tmp_path / "src"))


@pytest.fixture
def run(source: Path, make_app: MakeApp) -> Callable[..., Path]:
    """Build without a warning, and give the output folder."""

    def build(builder: str = "html", parallel: int = 0, **settings: Any) -> Path:
        app = build_and_close(
            make_app, builder, srcdir=source, parallel=parallel, confoverrides=settings
        )
        assert warnings_of(app) == []
        return Path(app.outdir)

    return build


Run = Callable[..., Path]


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(), "html.parser")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(source: Path, name: str, old: str, new: str) -> None:
    path = source / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    later = path.stat().st_mtime + 2
    os.utime(path, (later, later))


def test_the_data_lie_beside_the_pages_and_are_those_of_the_builder(run: Run) -> None:
    html, alone = run(html_baseurl=BASE), run("annals", html_baseurl=BASE)
    beside = {name: content for name, (content, _) in snapshot(html / "data").items()}
    assert beside == {name: content for name, (content, _) in snapshot(alone).items()}
    assert json.loads(beside["annals.json"])["baseUrl"] == BASE


def test_the_data_are_the_same_from_parallel_and_repeated_builds(run: Run, source: Path) -> None:
    one = snapshot(run("annals"))
    shutil.rmtree(source / "_build")
    two = snapshot(run("annals", parallel=2))
    assert {name: content for name, (content, _) in one.items()} == {
        name: content for name, (content, _) in two.items()
    }
    assert snapshot(run("annals")) == two  # nothing is written again


def test_a_list_links_to_what_is_there(run: Run) -> None:
    html = run()
    links = soup(html / "data.html").select("ul.annals-downloads a")
    files = {str(link["href"]) for link in links}
    assert {"data/annals.json", "data/events.csv", "data/treaties/pact.xml"} <= files
    assert all((html / file).is_file() for file in files)
    items = [item.get_text() for item in soup(html / "data.html").select("ul.annals-downloads li")]
    assert items[0].startswith("JSON: annals.json (14 records). Everything")
    assert "places.geojson (1 place)" in items[3]
    assert [item.partition(":")[0] for item in items] == [
        "JSON", "JSON-LD", "CSV", "GeoJSON", "iCalendar", "CSL-JSON", "Akoma Ntoso",
    ]  # fmt: skip


def test_the_list_changes_with_the_numbers(run: Run, source: Path) -> None:
    run()
    event = "\n:::{event} More\n:id: more\n:date: 1951-01-01\n:sources: doe2004\n\nMore.\n:::\n"
    edit(source, "deep/page.md", "# Deep page\n", f"# Deep page\n{event}")
    html = run()
    assert "annals.json (15 records)" in soup(html / "data.html").get_text()
    assert (html / "id/more/index.html").is_file()
    assert b"more@" in (html / "data/events.ics").read_bytes()


@pytest.mark.parametrize(("builder", "settings", "link"), [
    ("text", {}, None), ("latex", {"html_baseurl": BASE}, rf"\sphinxhref{{{BASE}data/annals.json}}"),
    ("html", {"annals_export_in_html": False}, None),
])  # fmt: skip
def test_elsewhere_the_list_is_text(
    run: Run, builder: str, settings: dict[str, Any], link: str | None
) -> None:
    out = run(builder, **settings)
    text = "".join(path.read_text() for path in out.rglob("*") if path.suffix in (".txt", ".tex"))
    text += (out / "data.html").read_text() if builder == "html" else ""
    assert "annals.json" in text
    assert "14 records" in text
    assert not (out / "data").exists()
    if link:
        assert link in text
    else:
        assert "data/annals.json" not in text


def test_unknown_formats_cost_a_warning(source: Path, make_app: MakeApp) -> None:
    edit(source, "data.md", "{data-downloads}\n", "{data-downloads}\n:formats: jsn, csv\n")
    app = build_and_close(make_app, "html", srcdir=source)
    (warning,) = warnings_of(app)
    assert "data.md:3: WARNING: data-downloads: :formats: 'jsn' is no format" in warning
    assert "did you mean 'json'?" in warning
    page = soup(Path(app.outdir) / "data.html").select("ul.annals-downloads")[0].get_text()
    assert "events.csv" in page
    assert "annals.json" not in page


@pytest.mark.parametrize(("id", "target"), [
    ("signing", "../../index.html#signing"), ("signed-old", "../../index.html#signing"),
    ("pact/3(2)", "../../../deep/page.html#pact-3-2-"), ("pact", "../../deep/page.html#pact"),
])  # fmt: skip
def test_every_id_has_a_permanent_address(run: Run, id: str, target: str) -> None:
    html = run(html_baseurl=BASE)
    page = soup(html / "id" / id / "index.html")
    assert page.a is not None
    assert page.a["href"] == target
    refresh = page.select_one("meta[http-equiv=refresh]")
    assert refresh is not None
    assert refresh["content"] == f"0; url={target}"
    canonical = page.select_one("link[rel=canonical]")
    assert canonical is not None
    path, _, anchor = target.rpartition("../")[2].partition("#")
    assert canonical["href"] == BASE + path
    assert soup(html / path).find(id=anchor) is not None


def test_permanent_addresses_can_be_left_out_and_go_with_their_objects(
    run: Run, source: Path
) -> None:
    html = run()
    assert (html / "id/ides/index.html").is_file()
    edit(source, "index.md", ":id: ides", ":id: march")
    edit(source, "index.md", ":follows: ides", ":follows: march")
    html = run()
    assert not (html / "id/ides").exists()
    assert (html / "id/march/index.html").is_file()
    html = run(annals_permanent_ids=False)
    assert not (html / "id/march").exists()


def test_no_page_of_the_book_is_written_over(run: Run, source: Path) -> None:
    (source / "id" / "pact").mkdir(parents=True)
    (source / "id/pact/index.md").write_text("---\norphan: true\n---\n# My own\n")
    assert "My own" in (run() / "id/pact/index.html").read_text()


def test_retired_ids_are_in_the_inventory(run: Run) -> None:
    html = run()
    inventory = InventoryFile.loads((html / "objects.inv").read_bytes(), uri="").data
    assert inventory["annals:event"]["signed-old"].uri == "index.html#signing"
    assert inventory["annals:event"]["signing"].uri == "index.html#signing"


def linked(page: Path, address: str) -> list[dict[str, Any]]:
    (element,) = soup(page).select('head script[type="application/ld+json"]')
    found: list[dict[str, Any]] = jsonld.expand(json.loads(element.get_text()), {
        "base": address, "documentLoader": lambda *args: pytest.fail("fetches"),
    })  # fmt: skip
    return found


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_page_describes_its_objects(run: Run, builder: str) -> None:
    html = run(builder, html_baseurl=BASE)
    nodes = {node["@id"]: node for node in linked(html / "index.html", BASE)}
    assert len(nodes) == 5
    signing = nodes[f"{BASE}id/signing/"]
    assert signing["https://schema.org/name"][0]["@value"].startswith("Signed </script>")
    (description,) = signing["https://schema.org/description"]
    assert description["@value"].startswith("=1+1 was said by Mao Zedong")
    assert signing["https://schema.org/url"] == [
        {"@id": f"{BASE}{'index.html' if builder == 'html' else ''}#signing"}
    ]
    assert (
        "ld+json"
        not in (html / ("data.html" if builder == "html" else "data/index.html")).read_text()
    )


def test_without_an_address_ids_are_those_of_the_pages(run: Run) -> None:
    html = run()
    at = "file:///out/"
    deep = {node["@id"]: node for node in linked(html / "deep/page.html", f"{at}deep/page.html")}
    assert f"{at}deep/page.html#pact" in deep
    index = {node["@id"]: node for node in linked(html / "index.html", f"{at}index.html")}
    about = index[f"{at}index.html#signing"]["https://schema.org/about"]
    assert about == [{"@id": f"{at}deep/page.html#pact"}]


def test_linked_data_can_be_left_out(run: Run) -> None:
    assert "ld+json" not in (run(annals_linked_data=False) / "index.html").read_text()


def test_an_edit_reaches_the_texts_of_other_pages(run: Run, source: Path) -> None:
    """A title changes: the bodies that name the object change, in HTML and in the data."""
    html, alone = run(), run("annals")
    edit(source, "deep/page.md", "{person} Mao Zedong", "{person} Chairman Mao")
    for folder in (run() / "data", run("annals")):
        events = json.loads((folder / "annals.json").read_text())["events"]
        assert events[0]["text"].startswith("=1+1 was said by Chairman Mao")
        assert events[0]["statements"][0]["verdicts"][0]["text"] == "Because Chairman Mao says so."
    shutil.rmtree(source / "_build")
    assert (run() / "data/annals.json").read_bytes() == (html / "data/annals.json").read_bytes()
    assert alone.name


def test_an_edit_of_bare_prose_reaches_the_data(run: Run, source: Path) -> None:
    run("annals")
    edit(source, "data.md", "# Data\n", "# Data\n\nSee {place}`nowhere`.\n")
    run("dummy")  # whoever reads it
    places = json.loads((run("annals") / "annals.json").read_text())["places"]
    assert [mention["title"] for mention in places[1]["mentions"]] == ["Data"]


def test_an_edit_writes_again_only_what_changed(run: Run, source: Path) -> None:
    before = snapshot(run("annals"))
    edit(
        source,
        "deep/page.md",
        "A state.\n:::\n\n:::{organisation} Soviet",
        "The state.\n:::\n\n:::{organisation} Soviet",
    )
    after = snapshot(run("annals"))
    written = {name for name in after if after[name][1] != before[name][1]}
    assert written == {"annals.json", "annals.jsonld", "organisations.csv"}


def test_lost_outputs_and_memories_are_made_again(run: Run, source: Path) -> None:
    html = run()
    before = {name: content for name, (content, _) in snapshot(html / "data").items()}
    shutil.rmtree(html / "data")
    for memory in (source / "_build" / "doctrees").glob("annals-*.json"):
        memory.write_text("{broken")
    after = {name: content for name, (content, _) in snapshot(run() / "data").items()}
    assert after == before


def test_treaties_that_go_take_their_files_along(run: Run, source: Path) -> None:
    assert (run("annals") / "treaties/old-pact.xml").is_file()
    for option in ("supersedes", "supplements", "amends"):
        edit(source, "deep/page.md", f":{option}: old-pact\n", "")
    edit(source, "deep/page.md", ":id: old-pact", ":id: older-pact")
    out = run("annals")
    assert sorted(path.name for path in (out / "treaties").iterdir()) == [
        "older-pact.xml", "pact.xml",
    ]  # fmt: skip


def test_times_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"DTSTAMP:19700102T000000Z" in (run("annals") / "events.ics").read_bytes()


@pytest.mark.parametrize("builder", ["singlehtml", "dummy"])
def test_other_builders_carry_no_data(run: Run, builder: str) -> None:
    out = run(builder)
    assert not (out / "data").exists()
    assert not (out / "id").exists()
