"""The bibliography as CSL-JSON: written, read again, and offered to the other wings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from harness import ROOTS
from jsonschema import Draft7Validator
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.build import offered
from sphinx_annals.citations.entry import Entry, normalise
from sphinx_annals.citations.formats import csl, load
from sphinx_annals.interfaces import OffersWorks


def entry_of(bib: str) -> Entry:
    (entry,) = assemble([parse(bib)]).entries.values()
    return entry


@pytest.fixture(
    params=[
        "test-citations-types/references.bib",
        "test-citations-messy/export.bib",
        "test-annals-export/refs.bib",
    ]
)
def library(request):
    return load([ROOTS / request.param])


def test_every_work_that_is_listed_is_an_item_of_the_schema(library):
    for key, entry in library.entries.items():
        item = json.loads(json.dumps(csl.item(entry)))
        assert item["id"] == key and item["type"] in csl.READ_AS
        assert "title" in item or entry.type == "set"
        assert [*VALIDATOR.iter_errors(item)] == []
        assert "&amp;" not in json.dumps(item)


def test_pandoc_reads_every_item(library):
    pypandoc = pytest.importorskip("pypandoc")
    items = [csl.item(entry) for entry in library.entries.values()]
    text = pypandoc.convert_text(
        json.dumps(items), "plain", format="csljson", extra_args=["--citeproc", "--wrap=none"]
    )
    assert text.count("\n\n") + 1 == len(items)


def test_what_is_written_is_read_again(library):
    for entry in library.entries.values():
        (raw,) = csl.entries(csl.item(entry))
        again = normalise(entry.key, raw.type, raw.fields)
        assert csl.item(again) | {"type": ""} == csl.item(entry) | {"type": ""}
        if entry.type in ("article", "book", "incollection", "thesis", "report", "online"):
            assert again.type == entry.type
        if entry.date and entry.date.start:
            assert (again.date.year, again.date.sort_key) == (entry.date.year, entry.date.sort_key)
        for role in ("author", "editor", "translator"):
            ours, theirs = again.names(role).names, entry.names(role).names
            assert [(n.surname, n.given) for n in ours] == [(n.surname, n.given) for n in theirs]


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year={1950}, month=feb", {"date-parts": [[1950, 2]]}),
        ("year={forthcoming}", {"literal": "forthcoming"}),
        ("year={n.d.}", None),
        ("date={1950-21}", {"date-parts": [[1950]], "season": 1}),
        ("date={1950?}", {"date-parts": [[1950]], "circa": True}),
        ("date={1950/1952}", {"date-parts": [[1950], [1952]]}),
        ("date={[1667,1668]}", {"literal": "[1667,1668]"}),
        ("date={../1950}", {"literal": "../1950"}),
        ("date={-0043}", {"date-parts": [[-44]]}),
        ("date={195X}", {"date-parts": [[1950]]}),
        ("date={1950-00-00}", {"date-parts": [[1950]]}),
    ],
)
def test_dates(fields: str, issued: dict[str, Any] | None) -> None:
    assert csl.item(entry_of(f"@book{{a, title={{T}}, {fields}}}")).get("issued") == issued


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (
            "van der Roe, Jr., John",
            {"family": "Roe", "given": "John", "suffix": "Jr.", "non-dropping-particle": "van der"},
        ),
        (
            "family=Beauvoir, given=Simone, prefix=de, useprefix=false",
            {"family": "Beauvoir", "given": "Simone", "dropping-particle": "de"},
        ),
        ("{The Editors, Inc.}", {"literal": "The Editors, Inc."}),
        ("毛泽东", {"family": "毛泽东"}),
        ("One, Two, Three, Four, Five", {"literal": "One, Two, Three, Four, Five"}),
    ],
)
def test_names(name: str, made: dict[str, str]) -> None:
    assert csl.item(entry_of(f"@book{{a, author={{{name}}}}}"))["author"] == [made]


@pytest.mark.parametrize(
    ("bib", "kind"),
    [
        ("@article{a,}", "article-journal"),
        ("@newspaper{a,}", "article-newspaper"),
        ("@article{a, entrysubtype={magazine}}", "article-magazine"),
        ("@treaty{a,}", "treaty"),
        ("@legal{a,}", "legislation"),
        ("@suppbook{a, booktitle={B}}", "chapter"),
        ("@phdthesis{a,}", "thesis"),
        ("@misc{a,}", "document"),
        ("@web_page{a,}", "webpage"),
        ("@archival{a,}", "manuscript"),
        ("@mvbook{a,}", "book"),
        ("@nonsense{a,}", "document"),
    ],
)
def test_types(bib: str, kind: str) -> None:
    assert csl.item(entry_of(bib))["type"] == kind


def test_addresses_are_no_tex() -> None:
    item = csl.item(
        entry_of(r"@online{a, title={T}, doi={10.1000/x~y\_z}, url={http://a.b/~c\%7E}}")
    )
    assert (item["DOI"], item["URL"]) == ("10.1000/x~y_z", "http://a.b/~c%7E")
    assert "URL" not in csl.item(entry_of("@online{a, url={javascript:alert(1)}}"))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("date={1950}", (1950, 12, 31)),
        ("date={1951-02}", (1951, 2, 28)),
        ("date={1950-02-14}", (1950, 2, 14)),
        ("date={1950/1952-06}", (1952, 6, 30)),
        ("date={195X}", (1959, 12, 31)),
        ("date={1950-21}", (1950, 5, 31)),
        ("date={1950/..}", None),
        ("date={1950-24}", (1951, 2, 28)),
        ("date={../1950}", (1950, 12, 31)),
        ("", None),
        ("date={[1667,1668]}", (1668, 12, 31)),
        ("year={c. 1880}", (1880, 12, 31)),
        ("year={forthcoming}", None),
        ("year={1990--1991}", (1991, 12, 31)),
    ],
)
def test_the_last_day_on_which_a_work_can_have_been_published(fields, day):
    (work,) = offered(assemble([parse(f"@book{{a, {fields}}}")]), ROOTS)
    assert work.published_by == day


def test_what_a_work_is_called_and_draws_on() -> None:
    source = parse(
        "@book{whole, author={Ng, Ann}, title={T}, year={2001}, ids={old}}"
        "@book{b, author={Wu, Bo}, title={B}}"
        "@inbook{part, crossref={copy}, author={Li, C}, title={P}, date={2003}}"
        "@collection{copy, title={C}, date={2003}, derivesfrom={OLD, b,Whole, whole}}"
    )
    works = {work.key: work for work in offered(assemble([source]), ROOTS)}
    assert [works[key].label for key in ("whole", "b")] == ["Ng 2001", "Wu n.d."]
    assert works["copy"].derives_from == ("b", "whole")
    one, other = offered(
        assemble(
            [parse("@book{a, author={Wu, Bo}, title={A}}@book{b, author={Wu, Bo}, title={B}}")]
        ),
        ROOTS,
    )
    assert (one.label, other.label) == ("Wu n.d., A", "Wu n.d., B")
    assert (works["part"].derives_from, works["copy"].refers) == ((), ())


@pytest.mark.parametrize(
    ("bib", "spans"),
    [
        ("@article{a, pages={244--45, 250}}", ((244, 245), (250, 250))),
        ("@book{a, pages={300}}", ()),
        ("@article{a, pages={12}}", ((12, 12),)),
        ("@article{a, pages={12ff.}}", ()),
        ("@article{a, pages={12+}}", ()),
        ("@article{a, pages={xi-xx, 3-5}}", ((3, 5),)),
        ("@article{a, pages={50-40}}", ()),
        ("@book{a, pages={10--20}}", ((10, 20),)),
    ],
)
def test_the_pages_that_a_work_fills(bib, spans):
    (work,) = offered(assemble([parse(bib)]), ROOTS)
    assert work.pages == spans


def test_the_domain_offers_the_works(project):
    project.write("# Title\n")
    project.write(
        {
            "more.bib": "\n@book{whole, title={The Whole}, ids={old, older}, date={2001}}\n"
            "@incollection{part, crossref={Whole}, title={A Part}, pages={5--9}}\n"
        }
    )
    project.configure('bibtex_bibfiles.append("more.bib")\n')
    domain = project.build().app.env.domains["cite"]
    assert isinstance(domain, OffersWorks)
    works = domain.works()
    assert list(works) == list(domain.library.entries)
    whole, part = works["whole"], works["part"]
    assert (whole.aliases, whole.path, whole.line) == (("old", "older"), "more.bib", 2)
    assert (part.refers, part.pages, part.published_by) == (("whole",), ((5, 9),), (2001, 12, 31))
    assert part.title == "A Part" and part.csl["container-title"] == "The Whole"


ITEMS: list[dict[str, Any]] = [
    {
        "type": "broadcast",
        "title": "A (g<sub>1</sub>)",
        "container-title": "Friends",
        "script-writer": [{"family": "Li", "given": "A"}],
        "number": "1",
        "volume": "3",
        "dimensions": "22 min",
    },
    {
        "type": "chapter",
        "title": "Part",
        "container-title": "Book",
        "container-author": [{"family": "Ng", "given": "A"}],
        "collection-editor": [{"family": "Wu", "given": "B"}],
        "custom": {"maintitle": "Works"},
        "PMID": "12",
        "source": "Zotero",
    },
    {
        "type": "personal_communication",
        "author": [{"family": "Mao", "given": "Zedong"}],
        "archive": "APRF",
        "archive_location": "d. 329",
        "archive_collection": "Fond 45",
        "recipient": [{"literal": "The Bureau"}],
    },
    {
        "type": "book",
        "title": "Wars",
        "issued": {"date-parts": [[-44]]},
        "original-date": {"date-parts": [[-1]]},
        "original-publisher": "P",
        "original-publisher-place": "Rome",
        "publisher-place": "Bonn",
        "ISBN": "978-0-00-000000-2",
    },
    {
        "type": "article-journal",
        "title": "T & <i>U</i>",
        "container-title": "Journal",
        "container-title-short": "J.",
        "volume": "3",
        "issue": "2",
        "page": "1-9",
        "DOI": "10.1000/x_y",
        "URL": "https://e.org/~a",
        "abstract": "100 %",
        "annote": "Read",
    },
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["type"])
def test_items_come_back_whole(item: dict[str, Any]) -> None:
    given = {"id": "k", **item}
    (raw,) = csl.entries(given)
    again = csl.item(normalise("k", raw.type, raw.fields))
    assert again == given


def test_a_letter_keeps_its_box() -> None:
    bib = "@letter{k, author={A, B}, collection={Fond 45}, box={3}, folder={2}, library={APRF}}"
    item = csl.item(entry_of(bib))
    assert (item["archive_location"], item["archive_collection"]) == ("box 3, folder 2", "Fond 45")
    (raw,) = csl.entries(item)
    assert {"box": "3", "folder": "2", "collection": "Fond 45"}.items() <= raw.fields.items()
    assert "shelfmark" not in raw.fields


def test_lines_of_a_note_are_variables() -> None:
    note = "Citation Key: ng2001\nOriginal Date: 1950-02\nevent-place: Bonn\nSeen: by me"
    (raw,) = csl.entries({"id": "http://zotero.org/1", "type": "book", "title": "T", "note": note})
    assert (raw.key, raw.fields["origdate"], raw.fields["venue"]) == ("ng2001", "1950-02", "Bonn")
    assert raw.fields["note"] == "Seen: by me"


SCHEMA = json.loads(Path(__file__).with_name("schema").joinpath("csl-data.json").read_text("utf-8"))
"""Of github.com/citation-style-language/schema, under the licence beside it."""
VALIDATOR = Draft7Validator({**SCHEMA["items"], "definitions": SCHEMA["definitions"]})
_MADE = "citation-label citation-number first-reference-note-number locator page-first year-suffix"
NONE = {*_MADE.split(), *csl.OLDER, "citation-key", "categories"}
"""What of the schema a processor makes, what it had before under other names, what is none."""


def test_every_variable_is_one_of_the_schema() -> None:
    written = {*csl.VARIABLES, *csl.NAMES, *csl.DATES}
    written |= {"custom", "container-title", "id", "type"}
    assert written == {*SCHEMA["items"]["properties"]} - NONE


def test_what_files_of_zotero_hold_comes_back() -> None:
    (raw,) = csl.entries(
        {
            "id": "2002FEO8",
            "type": "webpage",
            "title": "Law's 'war' in '68~9: a\u00a0\"plea\"",
            "container-title": "Law Street",
            "publisher": "The Bar",
            "DOI": "10/fqd6hj",
            "URL": "www.jstor.org/stable/1",
            "language": "German",
            "author": [{"family": "Gaulle", "given": "C.", "dropping-particle": "de"}],
        }
    )
    item = csl.item(normalise(raw.key, raw.type, raw.fields))
    assert (raw.key, item["title"]) == ("2002FEO8", "Law’s ‘war’ in ’68~9: a\u00a0“plea”")
    assert (item["container-title"], item["publisher"]) == ("Law Street", "The Bar")
    assert (item["DOI"], item["URL"]) == ("10/fqd6hj", "www.jstor.org/stable/1")
    assert item["language"] == "de" and item["author"][0]["dropping-particle"] == "de"


def test_what_csl_has_no_variable_for_stands_apart() -> None:
    entry = entry_of(
        "@article{k, title={T}, journaltitle={J}, number={3}, issue={Spring}, eid={e7},"
        " editora={{The Board} and Ng, A}, editoratype={redactor}, eprint={12}, eprinttype={jstor},"
        " ids={old_key}, note={N}, addendum={A}}"
    )
    (raw,) = csl.entries(json.loads(json.dumps(csl.item(entry))))
    again = normalise(raw.key, raw.type, raw.fields)
    assert {name: again.text(name) for name in entry.fields} == {
        name: entry.text(name) for name in entry.fields
    }
    assert again.names("editora") == entry.names("editora")


@pytest.mark.parametrize(
    "numbers",
    [
        {"type": "report", "number": "7", "collection-title": "S", "collection-number": "2"},
        {"type": "article", "number": "223520"},
        {"type": "chapter", "collection-number": "39"},
        {"type": "article-journal", "issue": "2", "number": "e7"},
        {"type": "legislation", "section": "3", "chapter-number": "12"},
        {"type": "chapter", "chapter-number": "3"},
        {"type": "manuscript", "archive": "A", "archive-place": "Bonn", "publisher-place": "Ulm"},
        {"type": "personal_communication", "archive": "A", "archive-place": "Bonn"},
    ],
)
def test_numbers_and_places_keep_their_variables(numbers: dict[str, str]) -> None:
    (raw,) = csl.entries({"id": "k", "title": "T", **numbers})
    assert csl.item(normalise("k", raw.type, raw.fields)) == {"id": "k", "title": "T", **numbers}
