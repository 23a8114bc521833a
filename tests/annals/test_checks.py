"""The checks: each rule alone, then in a build with acknowledgements and exit status."""

from __future__ import annotations

from typing import Any

import pytest
from harness import Built, Project
from sphinx_annals.annals.checks import CHECKS, Book, Finding, failing, reasons_of, run
from sphinx_annals.annals.criticism import Criticism
from sphinx_annals.annals.model import (
    BUILT_IN,
    Account,
    Article,
    Catalogue,
    Date,
    DocumentNotes,
    Event,
    Length,
    Mention,
    Name,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
    Use,
    Verdict,
)
from sphinx_annals.dates import Calendar, parse
from sphinx_annals.interfaces import Work
from sphinx_annals.text import Citation

WORKS = {
    work.key: work
    for work in (
        Work("old1949", published_by=(1949, 12, 31), path="refs.bib", line=2),
        Work(
            "month1950",
            published_by=(1950, 2, 13),
            pages=((244, 252), (260, 260)),
            path="refs.bib",
            line=3,
        ),
        Work("new2004", aliases=("older-key",), published_by=(2004, 12, 31)),
        Work("undated"),
    )
}


def check(catalogue: Catalogue, works: dict[str, Work] = WORKS) -> list[Finding]:
    return run(CHECKS, Book(Criticism(catalogue, works)), {}, {})


def record(cls: type[Record], id: str, line: int = 1, **values: Any) -> Any:
    title = values.pop("title", id)
    for field in BUILT_IN[cls.kind]:
        if isinstance(field.type, Date) and field.attribute in values:
            calendar = values.get("calendar", Calendar.GREGORIAN)
            values[field.attribute] = parse(values[field.attribute], calendar)
    if "sources" in values:
        values["sources"] = tuple(Citation(*source) for source in values["sources"])
    if "term" in values:
        values["term"] = Length().convert(values["term"])
    place = {"id": id, "title": title, "docname": "doc", "line": line, "anchor": id}
    return cls.of(values, BUILT_IN[cls.kind], **place)


CONTRADICTIONS = (
    "older-source",
    "locator-outside",
    "outside-parent",
    "expiry-contradiction",
    "impossible-order",
    "circular",
    "open-dispute",
    "shared-name",
    "shared-identifier",
)


def codes(*records: Any, **notes: Any) -> list[str]:
    """Give ``code object`` for what contradicts something; every small case lacks something."""
    found = check(Catalogue({"doc": DocumentNotes(records=list(records), **notes)}))
    return [f"{each.code} {each.object}" for each in found if each.code in CONTRADICTIONS]


def event(id: str = "e", **values: Any) -> Event:
    return record(Event, id, **values)


def treaty(id: str = "t", **values: Any) -> Treaty:
    return record(Treaty, id, **values)


@pytest.mark.parametrize(
    ("date", "key", "found"),
    [
        ("1950-02-14", "old1949", True),
        ("1949-12-31", "old1949", False),
        ("1949", "old1949", False),
        ("1950", "old1949", True),
        ("1949/1950", "old1949", False),
        ("1950~", "old1949", False),
        ("1950-02-14", "month1950", True),
        ("1950-02-13", "month1950", False),
        ("1950", "month1950", False),
        ("1950", "undated", False),
        ("1950", "unknown", False),
        ("../1950", "old1949", False),
        ("1950", "new2004", False),
    ],
)
def test_a_source_is_older_than_what_it_reports(date: str, key: str, found: bool) -> None:
    assert codes(event(date=date, sources=[(key,)])) == ["older-source e"] * found


@pytest.mark.parametrize(("date", "found"), [("1949-12-31", False), ("1950-01-01", True)])
def test_a_source_of_the_day_may_be_dated_in_the_calendar_of_that_day(
    date: str, found: bool
) -> None:
    of_the_day = event(date=date, calendar=Calendar.JULIAN, sources=[("old1949",)])
    assert codes(of_the_day) == ["older-source e"] * found


def test_relations_that_lead_back_are_found_once() -> None:
    one, other = event("a", part_of="b"), event("b", part_of="old-a")
    assert codes(one, other) == []
    one = event("a", part_of="b", aliases=("old-a",))
    assert codes(one, other) == ["circular a"]
    assert codes(treaty("t", supersedes=("t",), amends=("u",)), treaty("u", amends=("t",))) == [
        "circular t",
        "circular t",
    ]
    assert codes(treaty("t", supersedes=("u",)), treaty("u", amends=("t",))) == []


def test_a_work_read_in_another_and_that_other_are_checked() -> None:
    source = [("new2004", "p. 9", "", 0, Citation("month1950", "p. 1"))]
    assert codes(event(date="1950-02-14", sources=source)) == [
        "older-source e",
        "locator-outside e",
    ]
    account = Account("e", "date", "doc", 9, "1951", Citation("new2004", via=Citation("old1949")))
    assert codes(event(), statements=[account]) == ["older-source e"]


def test_a_source_is_older_than_a_life_or_a_treaty_but_not_than_an_expiry() -> None:
    source = [("old1949",)]
    assert codes(treaty(signed="1948", expiry="1980", sources=source)) == []
    article = record(Article, "t/1", treaty="t", sources=source)
    assert codes(treaty(signed="1950"), article) == ["older-source t/1"]
    assert codes(record(Person, "p", born="1950", sources=source)) == ["older-source p"]
    assert codes(record(Place, "x", sources=source)) == []


@pytest.mark.parametrize(
    ("property", "value", "found"),
    [
        ("date", "1950", True),
        ("date", "1948", False),
        ("return", "1952-12-31", False),
        ("date", "no date", False),
    ],
)
def test_an_account_is_older_than_the_date_that_it_gives(
    property: str, value: str, found: bool
) -> None:
    account = Account("e", property, "doc", 9, value, Citation("old1949"))
    found_codes = codes(event(date="1947"), statements=[account])
    assert ("older-source e" in found_codes) == found


@pytest.mark.parametrize(("locator", "found"), [
    ("p. 244", False), ("pp. 244–252", False), ("pp. 244-52", False), ("260", False),
    ("p. 253", True), ("pp. 250–253", True), ("p. 3", True), ("ch. 3", False), ("", False),
    ("p. 245 n. 9", False), ("n. 9", False), ("p. xii", False), ("pp. 244, 999", True),
    ("sec. 999", False),
])  # fmt: skip
def test_a_locator_is_outside_the_pages_of_the_entry(locator: str, found: bool) -> None:
    assert codes(event(sources=[("month1950", locator)])) == ["locator-outside e"] * found


def test_locators_in_prose_are_checked_and_books_have_no_range() -> None:
    text = Use(Citation("month1950", "p. 1"), "doc", 4)
    assert codes(citations=[text]) == ["locator-outside month1950"]
    assert codes(event(sources=[("new2004", "p. 9")])) == []


@pytest.mark.parametrize(
    ("child", "parent", "found"),
    [
        ("1950-01", "1949-12/1950-02", False),
        ("1950", "1950-01/1950-02", False),
        ("1950-03", "1949-12/1950-02", True),
        ("1949-11-30", "1949-12/1950-02", True),
        ("1950-01/1950-03", "1949-12/1950-02", True),
        ("1949/1950", "1950", True),
        ("1951", "../1950", True),
        ("1900", "../1950", False),
        ("../1950-01", "1945/1949", False),
        ("1951/..", "1945/1949", True),
        ("1951~", "1945/1949", False),
        ("[1944,1946]", "1945/1949", False),
        ("[1940,1944]", "1945/1949", True),
    ],
)
def test_an_event_is_outside_its_parent(child: str, parent: str, found: bool) -> None:
    events = event(date=child, part_of="p"), event("p", date=parent)
    assert codes(*events) == ["outside-parent e"] * found


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"signed": "1950-02-14", "expiry": "1980-02-14"}, False),
        ({"signed": "1950-02-14", "expiry": "1980-02-13"}, False),
        ({"signed": "1950-02-14", "expiry": "1980"}, False),
        ({"signed": "1950-02-14", "expiry": "1979-02-16"}, True),
        ({"signed": "1950-02-14", "in_force": "1950-04-11", "expiry": "1980-04-11"}, False),
        ({"signed": "1950-02-14", "in_force": "1950-04-11", "expiry": "1980-02-14"}, False),
        ({"signed": "1950-02-14", "expiry": "[1979-02-16,1980-02-14]"}, False),
        ({"signed": "1950-02-14", "expiry": "[1979-02-16,1981-02-14]"}, True),
        ({"signed": "1950", "expiry": "1981"}, True),
        ({"expiry": "1981"}, False),
        ({"signed": "1950?", "expiry": "1990"}, False),
        ({"signed": "../1950", "expiry": "1990"}, False),
    ],
)
def test_an_expiry_contradicts_the_term(dates: dict[str, str], found: bool) -> None:
    assert codes(treaty(term="P30Y", **dates)) == ["expiry-contradiction t"] * found


@pytest.mark.parametrize(
    ("term", "signed", "expiry", "found"),
    [
        ("P1M", "1950-01-31", "1950-02-28", False),
        ("P10D", "1950-02-25", "1950-03-07", False),
        ("P1Y6M", "1950-12-31", "1952-06-30", False),
        ("P6M", "1950-09-01", "1950-12-01", True),
        ("P9999999D", "9990-01-01", "9999", True),
    ],
)
def test_terms_of_months_and_days(term: str, signed: str, expiry: str, found: bool) -> None:
    given = treaty(term=term, signed=signed, expiry=expiry)
    assert codes(given) == ["expiry-contradiction t"] * found


def test_dates_come_in_an_impossible_order() -> None:
    assert codes(treaty(signed="1950", expiry="1949")) == ["impossible-order t"]
    assert codes(record(Person, "p", born="1900", died="1899")) == ["impossible-order p"]
    assert codes(treaty(signed="1950-02", in_force="1950")) == []
    late = event("late", date="1951")
    assert codes(event(date="1950", follows=("late",)), late) == ["impossible-order e"]


def test_a_treaty_lacks_parties_signatories_or_entry_into_force() -> None:
    catalogue = Catalogue(
        {
            "doc": DocumentNotes(
                records=[treaty(), treaty("d", treaty_kind="declaration", parties=("a",))]
            )
        }
    )
    found = {f"{f.code} {f.object}" for f in check(catalogue, {})}
    assert {
        "no-parties t",
        "no-signatories t",
        "no-entry-into-force t",
        "no-signatories d",
    } <= found
    assert not {"no-parties d", "no-entry-into-force d"} & found


def _of(code: str, *records: Any, **notes: Any) -> list[str]:
    catalogue = Catalogue({"doc": DocumentNotes(records=list(records), **notes)})
    return [finding.object for finding in check(catalogue) if finding.code == code]


def test_an_annotation_has_a_source_of_its_own_in_an_account_or_in_its_body() -> None:
    account = Account("b", "date", "doc", 2, "1950", Citation("new2004"))
    text = Use(Citation("new2004"), "doc", 4, "c")
    objects = event("a", sources=[("new2004",)]), event("b"), event("c"), event("d")
    assert _of("no-source", *objects, statements=[account], citations=[text]) == ["d"]


def test_an_object_is_never_mentioned() -> None:
    objects = (
        event("a", place="x"),
        record(Place, "x"),
        treaty(aliases=("old-t",)),
        record(Article, "t/1", treaty="t"),
        event("loop", part_of="loop"),
    )
    assert _of("never-mentioned", *objects) == ["a", "t", "t/1", "loop"]
    mention = Mention("old-t", "doc", "section", "Section")
    assert _of("never-mentioned", *objects, mentions=[mention]) == ["a", "t/1", "loop"]


def test_an_entry_is_never_cited() -> None:
    text = [Use(Citation("old1949"), "doc", 1)]
    assert _of("never-cited", event(sources=[("new2004",)]), citations=text) == [
        "month1950",
        "undated",
    ]
    renamed = [Use(Citation("older-key"), "doc", 1)]
    assert "new2004" not in _of("never-cited", event(), citations=renamed)
    part = {"w": Work("w"), "p": Work("p", refers=("w",))}
    use = DocumentNotes(citations=[Use(Citation("p"), "doc", 1)])
    assert check(Catalogue({"doc": use}), part) == []
    finding = next(f for f in check(Catalogue({})) if f.object == "month1950")
    assert (finding.path, finding.line, finding.docname) == ("refs.bib", 3, "")


def test_a_dispute_has_no_verdict() -> None:
    accounts = [Account("e", "count", "doc", 5, value, Citation("new2004")) for value in "34"]
    assert _of("open-dispute", event(), statements=accounts) == ["e"]
    verdict = Verdict("e", "count", "doc", 7, "Left open.")
    assert _of("open-dispute", event(), statements=[*accounts, verdict]) == []


def test_two_ids_have_one_name() -> None:
    zhou = record(Person, "zhou", title="Zhou Enlai", names=(Name("Chou En-lai"),))
    chou = record(Person, "chou", title="CHOU EN-LAI", line=9)
    assert codes(zhou, chou) == ["shared-name chou"]
    assert codes(zhou, record(Organisation, "club", title="Zhou Enlai")) == []
    assert (
        codes(
            record(Person, "a", title="Li", born="1900"),
            record(Person, "b", title="Li", born="1950"),
        )
        == []
    )
    assert codes(
        event("a", title="Talks", date="1949-12/1950-02"),
        event("b", title="Talks", date="1960"),
        event("c", title="Talks", date="1950-01-20"),
    ) == ["shared-name c"]
    assert (
        codes(record(Article, "t/1", title="Article 1"), record(Article, "s/1", title="Article 1"))
        == []
    )


def test_findings_are_acknowledged_severities_chosen_and_stale_reasons_named() -> None:
    notes = DocumentNotes(
        records=[
            treaty(aliases=("old",), acknowledge=(("no-parties", "unilateral"),)),
            event(acknowledge=(("no-parties", "no treaty"),)),
        ]
    )
    catalogue = Catalogue({"doc": notes})
    reasons = reasons_of(catalogue, {"old": {"no-signatories": "lost"}})
    found = run(CHECKS, Book(Criticism(catalogue)), reasons, {"no-source": "error"})
    assert [f.object for f in found if f.code == "stale-acknowledgement"] == ["e"]
    known = {f.code: f for f in found}
    assert known["no-parties"].reason == "unilateral"
    assert known["no-signatories"].reason == "lost"
    assert known["no-source"].severity.value == "error"
    assert failing(found, "error")
    assert not failing(
        run(CHECKS, Book(Criticism(catalogue)), reasons, {"no-source": "off"}), "warning"
    )
    assert failing(found, "none") == []


PAGE = """# Checks

See {event}`later`, {event}`early`, {treaty}`t`, {organisation}`state`, {cite:p}`heinzig2004arduous{p. 3}`.

:::{event} Early
:id: early
:date: 1949
:follows: later
:sources: heinzig2004arduous
:acknowledge: impossible-order (two calendars); no-sauce (typo)

Text.
:::

:::{event} Later
:id: later
:date: 1951
:sources: heinzig2004arduous

Text.
:::

:::{treaty} T
:id: t
:parties: state
:sources: heinzig2004arduous

Text.
:::

:::{organisation} State
:id: state
:sources: heinzig2004arduous

Text.
:::
"""


def report(built: Built) -> dict[str, Any]:
    found: dict[str, Any] = built.json("findings.json")
    return found


def test_the_builder_reports_acknowledged_findings_and_passes(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    built = project.write(PAGE).build("annals-check", warnings=None)
    (warning,) = built.warnings
    assert warning.startswith("index.md:5: WARNING: acknowledge: no check finds 'no-sauce'")
    assert warning.endswith("did you mean 'no-source'? [annals.check]")
    assert built.statuscode == 0
    known = [f for f in report(built)["findings"] if f["acknowledged"]]
    assert [(f["code"], f["acknowledged"], f["file"], f["line"]) for f in known] == [
        ("impossible-order", "two calendars", "index.md", 5)
    ]
    assert report(built)["counts"] == {"error": 0, "warning": 0, "info": 2, "acknowledged": 1}
    text = capsys.readouterr().out
    assert text == built.read("findings.txt")
    assert "info: no-signatories (1)" in text
    assert "[impossible-order: two calendars]" in text
    assert text.endswith("0 errors, 0 warnings, 2 to look at, 1 acknowledged\n")


def test_the_builder_fails_on_what_nobody_acknowledges(project: Project) -> None:
    built = project.write(PAGE.replace(":acknowledge:", ":tags:")).build("annals-check")
    assert built.statuscode == 1
    assert report(built)["counts"]["error"] == 1
    again = project.build("annals-check")  # nothing changed, and it fails as before
    assert again.statuscode == 1
    mended = project.write(PAGE).build("annals-check", warnings=["no check finds 'no-sauce'"])
    assert mended.statuscode == 0


@pytest.mark.parametrize(("settings", "expected"), [
    ({}, []),
    ({"annals_check_warn_level": "error"}, ["annals.impossible-order"]),
    ({"annals_check_warn_level": "info"},
     ["annals.impossible-order", "annals.no-signatories", "annals.no-entry-into-force"]),
    ({"annals_check_warn_level": "info", "annals_check_severities": {"no-signatories": "off"},
      "annals_acknowledged": {"t": {"no-entry-into-force": "secret"}}}, ["annals.impossible-order"]),
    ({"annals_check_severities": {"no-sauce": "off", "no-source": "loud"}},
     ["annals.check", "annals.check"]),
    ({"annals_acknowledged": {"t": {"no-sauce": "x"}}}, ["annals.check"]),
    ({"annals_acknowledged": {"t": "reason"}}, ["annals.check"]),
])  # fmt: skip
def test_findings_are_warnings_where_the_project_wants_them(
    project: Project, settings: dict[str, Any], expected: list[str]
) -> None:
    project.write(PAGE.replace(":acknowledge:", ":tags:"))
    built = project.build("dummy", warnings=None, **settings)
    found = [line.rpartition("[")[2].rstrip("]") for line in built.warnings]
    assert found == expected


def test_every_code_has_help() -> None:
    assert all(check.help.endswith(".") for check in CHECKS)
