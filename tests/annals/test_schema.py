"""A field is declared once and found everywhere; a project declares its own in the same way."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from harness import ANNALS, REPOSITORY, Built, Project
from lxml import etree
from sphinx_annals.annals.editor import kinds_of_options
from sphinx_annals.annals.export import json_schema
from sphinx_annals.annals.model import BUILT_IN, Kind, columns_of, heading_of, read_schema

DECLARED = """[treaty.registered]
type = "date"
about = "Registration."
after = ["signed"]

"""
BOOK = """# Book

:::::{treaty} Pact
:id: pact
:signed: 1950-02-14
:registered: 1949-05
:sources: heinzig2004arduous{p. 1}

A pact.

:::{account} heinzig2004arduous{p. 2}
:property: registered
:value: 1949-05-02
:::
:::::

:::{treaty-table} All
:columns: treaty, registered
:from: 1949-04
:to: 1949-06
:::
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the repository's code in which one table declares a field, and a book."""
    root = tmp_path_factory.mktemp("one-place")
    for folder in ("_ext", "tools", ".vscode", "manual/made"):
        shutil.copytree(
            REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    records = root / "_ext/sphinx_annals/annals/model/fields.toml"
    text = records.read_text("utf-8-sig")
    before = "[treaty.in-force]"
    assert text.count(before) == 1
    records.write_text(text.replace(before, DECLARED + before), "utf-8")
    book = root / "book"
    book.mkdir()
    for name, page in {**ANNALS.files, "index.md": BOOK}.items():
        (book / name).write_text(page, "utf-8")
    for builder in ("html", "annals", "annals-check"):
        run(
            root,
            "-m",
            "sphinx",
            "-q",
            "-b",
            builder,
            "-d",
            str(root / "dt"),
            "book",
            f"o/{builder}",
        )
    run(root, "tools/make_snippets.py")
    return root


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{root / '_ext'}{os.pathsep}{root / 'manual'}"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def only(folder: Path, name: str) -> dict[str, str]:
    """Give the one row of a table."""
    (row,) = csv.DictReader(io.StringIO((folder / name).read_text("utf-8"), newline=""))
    return row


def validate(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "annals.json").read_text("utf-8"))
    schema = json.loads((folder / "annals.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


@pytest.mark.slow
def test_a_date_declared_in_one_place_is_seen_by_readers(changed: Path) -> None:
    html = (changed / "o/html/index.html").read_text("utf-8")
    assert '<dt>Registered<span class="colon">:</span></dt>\n<dd>' in html
    # the filter of the table finds the treaty by this date alone
    table = html[html.index("<table") :]
    assert "Registered" in table
    assert "May 1949" in table


@pytest.mark.slow
def test_it_is_checked_and_compared(changed: Path) -> None:
    findings = (changed / "o/annals-check/findings.txt").read_text("utf-8")
    assert "registered May 1949 comes before signed 14 February 1950" in " ".join(findings.split())
    (treaty,) = validate(changed / "o/annals")["treaties"]
    (statement,) = treaty["statements"]
    assert (statement["reading"], statement["status"]) == ("May 1949", "compatible")


@pytest.mark.slow
def test_it_is_in_every_export(changed: Path) -> None:
    out = changed / "o/annals"
    (treaty,) = validate(out)["treaties"]
    assert treaty["registered"]["edtf"] == "1949-05"
    schema = json.loads((out / "annals.schema.json").read_text("utf-8"))
    assert schema["$defs"]["treaty"]["properties"]["registered"]["description"] == "Registration."
    row = only(out, "treaties.csv")
    assert (row["registered"], row["registeredLatest"]) == ("May 1949", "1949-05-31")
    (pact,) = json.loads((out / "annals.jsonld").read_text("utf-8"))["@graph"]
    assert pact["edtf"] == ["1950-02-14", "1949-05"]


@pytest.mark.slow
def test_it_is_in_akoma_ntoso_where_its_day_is_known(changed: Path) -> None:
    exact = BOOK.replace(":registered: 1949-05\n", ":registered: 1951-05-02\n")
    (changed / "book/index.md").write_text(exact, "utf-8")
    run(changed, "-m", "sphinx", "-q", "-b", "annals", "-d", str(changed / "dt"), "book", "o/exact")
    tree = etree.parse(str(changed / "o/exact/treaties/pact.xml"))
    events = {event.get("eId"): event.get("type") for event in tree.iter("{*}eventRef")}
    assert events == {"event_signed": "generation", "event_registered": "generation"}


@pytest.mark.slow
def test_it_is_offered_to_authors(changed: Path) -> None:
    snippets = json.loads((changed / ".vscode/annotations.code-snippets").read_text("utf-8"))
    body = "\n".join(snippets["treaty, all options"]["body"])
    assert re.search(r":ratified: .*\n:registered: \$\{\d+:1950-02-14\}\n:in-force: ", body)
    tables = "print(*stating.options('treaty'), *stating.columns('treaty'), sep='\\n')"
    manual = run(changed, "-c", f"from made import stating; {tables}")
    assert "| `registered` | Registration. [EDTF](/reference/dates.md). |" in manual
    assert "`ratified`, `registered`, `in-force`" in manual


def test_no_two_fields_of_a_kind_share_a_name() -> None:
    for kind, fields in BUILT_IN.items():
        names = [name for f in fields for name in (f.name, f.inverse, *f.synonyms) if name]
        assert len(names) == len(set(names)), kind
        for field in fields:
            known = {other.name for other in fields if other.life}
            assert set(field.after) <= known, field.name


OWN = """
annals_kinds = {"treaty": ["armistice"], "event": ["battle", "letter"]}
annals_fields = {
    "event": {
        "casualties": {"type": "phrase", "help": "write numbers with what they count"},
        "commanders": {"type": "ids", "of": "person", "about": "Who commanded."},
        "avenges": {"type": "id", "of": "event", "inverse": "avenged-by", "stands": "end"},
        "guns": {"type": "number", "term": "numberOfItems"},
    },
    "treaty": {"registered": {"type": "date", "after": ["signed"], "label": "UN <registration>"}},
}
"""
WAR = """# War

:::::{event} Pork Chop Hill
:id: pork-chop
:kind: battle
:date: 1953-07
:casualties: 243 "killed"
:commanders: peng
:guns: 120
:sources: heinzig2004arduous{p. 1}

A battle.

:::{account} heinzig2004arduous{p. 2}
:property: guns
:value: 90
:::
:::::

:::{event} Return
:id: back
:avenges: pork-chop
:sources: heinzig2004arduous{p. 1}

Another, as {event}`pork-chop` and {treaty}`end` show.
:::

:::{treaty} Armistice
:id: end
:kind: armistice
:signed: 1953-07-27
:registered: 1953-01-01
:sources: heinzig2004arduous{p. 1}

The end.
:::

:::{person} Peng Dehuai
:id: peng
:sources: heinzig2004arduous{p. 1}

A marshal.
:::

:::{event-table} Battles
:columns: event, kind, casualties, avenged-by
:actor: peng
:::
"""


@pytest.fixture(params=[0, 2], ids=["alone", "parallel"])
def war(request: pytest.FixtureRequest, project: Project) -> Project:
    project.configure(OWN).write({"index.md": WAR, **{f"p{n}.md": f"# {n}\n" for n in range(6)}})
    project.edit("index.md", "# War\n", "# War\n\n```{toctree}\n:glob:\np*\n```\n")
    project.parallel = request.param  # type: ignore[attr-defined]
    return project


def built(project: Project, builder: str) -> Built:
    return project.build(builder, parallel=project.parallel)  # type: ignore[attr-defined]


def test_kinds_and_fields_of_a_project_are_seen_by_readers(war: Project) -> None:
    page = built(war, "html").soup()
    facts = {
        label.get_text().rstrip(":"): label.find_next_sibling("dd").get_text()
        for label in page.select("dl.field-list > dt")
    }
    assert facts["Casualties"] == "243 “killed”"
    assert facts["Commanders"] == "Peng Dehuai"
    assert facts["Avenges"] == "Pork Chop Hill"
    assert facts["Avenged by"] == "Return"
    assert facts["UN <registration>"] == "1 January 1953"
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in page.select("table tr")
    ]
    assert rows[-1] == ["Pork Chop Hill", "battle", "243 “killed”", "Return"]
    assert rows[-2] == ["Event", "Kind", "Casualties", "Avenged by"]


def test_they_are_in_every_export(war: Project) -> None:
    out = built(war, "annals").outdir
    data = validate(out)
    battle, back = data["events"]
    assert (battle["eventKind"], battle["commanders"], battle["guns"]) == ("battle", ["peng"], 120)
    assert (back["eventKind"], back["casualties"], back["avenges"]) == (None, None, "pork-chop")
    assert battle["statements"][0]["reading"] == "120"
    assert data["treaties"][0]["treatyKind"] == "armistice"
    row = only(out, "treaties.csv")
    assert (row["treatyKind"], row["registeredEdtf"]) == ("armistice", "1953-01-01")
    graph = json.loads((out / "annals.jsonld").read_text("utf-8"))["@graph"]
    found = {node["identifier"][0]: node for node in graph}
    assert found["pork-chop"]["numberOfItems"] == 120
    properties = {item["name"]: item["value"] for item in found["pork-chop"]["additionalProperty"]}
    assert properties["Casualties"] == "243 “killed”"
    assert properties["Commanders"] == [{"@id": "#peng"}]
    assert 'name="armistice"' in (out / "treaties/end.xml").read_text("utf-8")
    assert "event_registered" in (out / "treaties/end.xml").read_text("utf-8")


def test_they_are_checked(war: Project) -> None:
    war.edit("index.md", ":id: pork-chop\n", ":id: pork-chop\n:avenges: back\n")
    findings = " ".join(built(war, "annals-check").read("findings.txt").split())
    assert "registered 1 January 1953 comes before signed 27 July 1953" in findings
    assert ":avenges: leads back to it by way of" in findings


EVERY = {
    "date": ({}, "1953?", "possibly 1953"),
    "phrase": ({}, "as 'said'", "as ‘said’"),
    "words": ({}, "one, two", "one; two"),
    "languages": ({}, "la, mnc, Old Church", "Latin; Manchu; Old Church"),
    "number": ({}, "0", "0"),
    "duration": ({}, "P1Y6M", "1 year, 6 months"),
    "coordinates": ({}, "-1.5, 37", "1.5° S, 37° E"),
    "names": ({}, "ru Мир; peace", "Мир; peace"),
    "actors": ({}, "peng (host), peng", "Peng Dehuai (host); Peng Dehuai"),
    "id": ({"of": "actor"}, "peng", "Peng Dehuai"),
    "ids": ({"of": "event"}, "first, first", "First; First"),
    "choice": ({"words": ["very-hot", "cold"]}, "Very-Hot", "very hot"),
    "identifier": ({"address": "https://example.org/{}?a={b}"}, "Q 1", "Q 1"),
}


def test_every_type_is_read_shown_and_exported(project: Project) -> None:
    fields = {f"x-{type}": {"type": type, **more} for type, (more, _, _) in EVERY.items()}
    options = "\n".join(f":x-{type}: {text}" for type, (_, text, _) in EVERY.items())
    source = ":sources: heinzig2004arduous{p. 1}\n\nBody."
    project.configure(
        f"annals_fields = {{'event': {fields!r}}}\nannals_kinds = {{'person': ['ruler']}}\n"
    )
    project.write(
        f"# A\n\n:::{{event}} First\n:id: first\n{options}\n{source}\n:::\n\n"
        f":::{{person}} Peng Dehuai\n:id: peng\n:kind: ruler\n{source}\n:::\n\n"
        f":::{{event-table}}\n:columns: {', '.join(fields)}\n:::\n"
    )
    page = project.build("html").soup()
    cells = [cell.get_text() for cell in page.select("table tbody :is(th, td)")]
    assert cells == [shown for _, _, shown in EVERY.values()]
    out = project.build("annals").outdir
    data = validate(out)
    assert data["events"][0]["authorities"] == {"x-identifier": "Q 1"}
    assert (data["events"][0]["xNumber"], data["people"][0]["personKind"]) == (0, "ruler")
    row = only(out, "events.csv")
    assert (row["xCoordinatesLatitude"], row["xDuration"], row["xActors"]) == (
        "-1.5",
        "P1Y6M",
        "peng (host); peng",
    )
    first = json.loads((out / "annals.jsonld").read_text("utf-8"))["@graph"][0]
    assert first["sameAs"] == ["https://example.org/Q%201?a={b}"]
    assert {item["name"] for item in first["additionalProperty"]} == {
        f"X {type}" for type in EVERY if type != "identifier"
    }


def test_what_cannot_be_read_says_what_the_project_allows(project: Project) -> None:
    text = WAR.replace(":kind: battle", ":kind: batle").replace("avenges: pork", "avenges: porc")
    text = (
        text.replace(":kind: armistice", ":kind:")
        .replace(":guns: 120", ":guns: many")
        .replace("casualties, avenged", "loss, avenged")
    )
    project.configure(OWN).write({"index.md": text})
    said = project.build(warnings=None).warnings
    for wanted in (
        "index.md:3: WARNING: event: :kind: 'batle' is none of: battle, letter; did you mean 'battle'? [annals.option]",
        "event: :guns: 'many' is not a whole number; write digits: 12000 [annals.option]",
        "back: avenges: unknown event 'porc-chop'; did you mean 'pork-chop'? [annals.ref]",
        "event-table: :columns: no column 'loss'",
        ":kind: is empty; treaty, agreement, protocol, declaration, exchange-of-notes or armistice, or",
    ):
        assert any(wanted in line for line in said), (wanted, said)


def test_projects_in_one_process_do_not_share_their_fields(tmp_path: Path) -> None:
    one, other = (Project(tmp_path / name, ANNALS) for name in ("one", "other"))
    one.configure(OWN).write({"index.md": WAR}).build("annals")
    said = other.write({"index.md": WAR}).build("annals", warnings=None).warnings
    assert any("event: unknown option :guns:" in line for line in said)
    assert any("'armistice' is none of: treaty, agreement" in line for line in said)


def test_a_changed_declaration_reads_every_document_again(project: Project) -> None:
    project.configure(OWN).write({"index.md": WAR}).build("annals")
    project.configure(OWN.replace('"label": "UN <registration>"', '"synonyms": ["deposit"]'))
    project.edit(
        "conf.py", '"guns": {"type": "number", "term"', '"guns": {"type": "phrase", "term"'
    )
    assert validate(project.build("annals").outdir)["events"][0]["guns"] == "120"


def test_a_column_is_headed_by_the_label_of_its_field() -> None:
    schema, _ = read_schema({}, {"treaty": {"registered": {"type": "date", "label": "At the UN"}}})
    heads = [
        heading_of(schema, Kind.TREATY, name) for name in ("registered", "in-force", "articles")
    ]
    assert heads == ["At the UN", "In force", "Articles"]
    assert "registered" in columns_of(schema, Kind.TREATY)
    assert heading_of(BUILT_IN, Kind.EVENT, "basis") == "Basis"


def test_the_editor_learns_which_options_take_ids() -> None:
    schema, problems = read_schema({}, {"event": {"commanders": {"type": "ids", "of": "person"}}})
    assert problems == []
    assert kinds_of_options(schema)["commanders"] == ("person",)
    assert "commanders" not in kinds_of_options(BUILT_IN)
    assert kinds_of_options(BUILT_IN)["actors"] == ("person", "organisation")


def event(**said: Any) -> dict[str, Any]:
    return {"event": {"losses": said}}


@pytest.mark.parametrize(("kinds", "fields", "said"), [
    (["armistice"], {}, "annals_kinds: write {\"event\": [\"armistice\"]}, not ['armistice']"),
    ({"treety": ["x"]}, {}, "annals_kinds: no kind 'treety'; did you mean 'treaty'?"),
    ({1: ["x"]}, {}, "annals_kinds: no kind 1; write one of: event, treaty,"),
    ({"event": "battle"}, {}, "annals_kinds: event: write a list of words:"),
    ({"event": []}, {}, "annals_kinds: event: write a list of words:"),
    ({"event": ["Big Battle"]}, {}, "annals_kinds: event: 'Big Battle' is no word; write small letters"),
    ({"treaty": ["armistice", "protocol"]}, {}, "annals_kinds: treaty: 'protocol' is one already; leave it out"),
    ({"event": [3]}, {}, "annals_kinds: event: 3 is no word"),
    ({}, "x", "annals_fields: write {\"event\": {\"casualties\": {"),
    ({}, {"event": ["x"]}, "annals_fields: event: write {\"casualties\":"),
    ({}, {"event": {"losses": "phrase"}}, "annals_fields: event: losses: write {\"type\":"),
    ({}, {"event": {"Losses!": {"type": "phrase"}}}, "annals_fields: event: Losses!: 'Losses!' is no word"),
    ({}, {"event": {"place": {"type": "phrase"}}}, "event: place: an event has that option; choose another name"),
    ({}, {"event": {"kind": {"type": "phrase"}}}, "event: kind: an event has that option"),
    ({}, {"event": {"title": {"type": "phrase"}}}, "event: title: an event has that option"),
    ({}, {"event": {"part-of": {"type": "phrase"}}}, "event: part-of: an event has that option"),
    ({}, {"event": {"comprises": {"type": "phrase"}}}, "event: comprises: an event has that option"),
    ({}, {"event": {"event": {"type": "phrase"}}}, "event: event: an event has that option"),
    ({}, {"event": {"permanent-url": {"type": "phrase"}}}, "event: permanent-url: an event has that option"),
    ({}, {"treaty": {"treaty-kind": {"type": "phrase"}}}, "treaty: treaty-kind: a treaty has that option"),
    ({}, {"treaty": {"signature": {"type": "phrase"}}}, "treaty: signature: a treaty has that option"),
    ({}, event(type="ids", of="event", inverse="lost by"), "event: losses: inverse: 'lost by' is no word"),
    ({}, {"event": {"date-edtf": {"type": "phrase"}}}, "event: date-edtf: a table has a column 'dateEdtf'"),
    ({}, event(), "event: losses: no type; write one of: date, phrase"),
    ({}, event(type="phrse"), "event: losses: no type 'phrse'; did you mean 'phrase'?"),
    ({}, event(type=["phrase"]), "event: losses: no type ['phrase']; "),
    ({}, event(type="phrase", lable="x"), "event: losses: no keyword 'lable'; did you mean 'label'?"),
    ({}, event(type="phrase", label=3), "event: losses: label: write a text, not 3"),
    ({}, event(type="phrase", closed="yes"), "event: losses: closed: write True or False, not 'yes'"),
    ({}, event(type="choice"), "event: losses: choice needs 'words'"),
    ({}, event(type="choice", words="many"), "event: losses: words: write a list of words:"),
    ({}, event(type="ids"), "event: losses: ids needs 'of'"),
    ({}, event(type="ids", of="persn"), "event: losses: of: no kind 'persn'; did you mean 'person'?"),
    ({}, event(type="identifier", address=""), "event: losses: address: write a text, not ''"),
    ({}, event(type="identifier", address="https://x"), "event: losses: address: 'https://x' has no {} for the identifier"),
    ({}, event(type="date", after=["signed"]), "event: losses: no date 'signed'; "),
    ({}, event(type="date", life="end"), "event: losses: life: no life 'end'; did you mean 'ends'?"),
    ({}, event(type="phrase", life="ends"), "event: losses: no keyword 'life'; write one of: type, help,"),
    ({}, event(type="phrase", inverse="x"), "event: losses: no keyword 'inverse'; write one of: type, help,"),
    ({}, event(type="phrase", stands="foot"), "event: losses: stands: no place 'foot'; write one of: head,"),
])  # fmt: skip
def test_a_bad_declaration_is_named(kinds: object, fields: object, said: str) -> None:
    schema, problems = read_schema(kinds, fields)
    assert len(problems) == 1
    assert said in problems[0]
    json_schema(schema)
    assert not [field for kind in Kind for field in schema[kind] if field.own]


def test_a_bad_declaration_is_one_warning_and_the_rest_is_in_force(project: Project) -> None:
    project.configure(OWN.replace('"type": "number"', '"type": "nummer"'))
    text = WAR.replace(":guns: 120\n", "").replace(":property: guns", ":property: casualties")
    built = project.write({"index.md": text}).build(
        warnings=[
            "annals_fields: event: guns: no type 'nummer'; did you mean 'number'? [annals.config]"
        ]
    )
    assert "Casualties" in built.read()


def test_a_setting_that_is_no_dictionary_is_one_warning(project: Project) -> None:
    project.configure('annals_kinds = ["armistice"]\nannals_fields = None\n').write("# Book\n")
    project.build(warnings=["annals_kinds: write", "annals_fields: write"])
