"""Order is knowledge: what follows what bounds dates, and no event stands above an earlier one."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import Tag
from harness import Project
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.checks import CHECKS, Book, run
from sphinx_annals.annals.criticism import Criticism
from sphinx_annals.annals.model import Catalogue, DocumentNotes, Event
from sphinx_annals.dates import parse, sort_key
from sphinx_annals.language import ENGLISH


def event(id: str, date: str = "", **said: Any) -> Event:
    when = parse(date) if date else None
    return Event(id=id, title=id, docname="doc", line=1, anchor=id, date=when, **said)


def catalogue(*events: Event) -> Catalogue:
    return Catalogue({"doc": DocumentNotes(records=list(events))})


def order(*events: Event) -> str:
    return " ".join(event.id for event in catalogue(*events).events())


def bounds(id: str, *events: Event) -> str:
    found = catalogue(*events).chronology.bounds(id)
    return found.in_words(ENGLISH) if found else ""


@pytest.mark.parametrize(
    ("date", "follows", "earlier"),
    [
        ("1949-12", "b", "1949-12-16"),
        ("1949", "b", "1949-12-16"),
        ("", "b", "1949-12-16"),
        ("1949-12~", "b", "1949-12-16"),
        ("1949-12-16", "b", "1949-12-16"),
        ("1951", "b", "../1952"),
        ("1949-12-16", "b", ""),
        ("", "b", ""),
        ("1949/1950", "b", "1949-12"),
        ("1949", "b", "1950"),
    ],
)
def test_no_event_stands_above_one_that_it_follows(date: str, follows: str, earlier: str) -> None:
    assert order(event("a", date, follows=(follows,)), event("b", earlier)) == "b a"
    assert order(event("a", date), event("b", earlier, precedes=("a",))) == "b a"


def test_an_undated_event_stands_between_its_neighbours_and_others_stay_where_they_are() -> None:
    told = [
        event("later", "1950-01-02", follows=("between",)),
        event("between", follows=("earlier",)),
        event("earlier", "1949-12-16"),
        event("before", precedes=("earlier",)),
        event("other", "1949-12-20"),
        event("nowhere"),
        event("part", part_of="later"),
    ]
    assert order(*told) == "before earlier between other later part nowhere"
    assert bounds("between", *told) == "between 16 December 1949 and 2 January 1950 (derived)"
    assert bounds("before", *told) == "not after 16 December 1949 (derived)"
    assert bounds("part", *told) == "2 January 1950 (derived)"
    assert bounds("earlier", *told) == bounds("nowhere", *told) == ""


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("1949-12-16", "not before 16 December 1949 (derived)"),
        ("1949-12", "not before 1 December 1949 (derived)"),
        ("1949-12-01/1950-02", "not before 1 December 1949 (derived)"),
        ("1949-12~", ""),
        ("../1950", ""),
        ("1949?/1950", ""),
    ],
)
def test_only_what_is_certain_of_a_neighbour_bounds(date: str, found: str) -> None:
    assert bounds("b", event("a", date), event("b", follows=("a",))) == found


def test_an_open_beginning_gives_way_and_not_a_date_that_is_known() -> None:
    told = [
        event("asked", "../1950-01-22"),
        event("refused", "1949-12-16/1950-01-02", follows=("asked",)),
        event("opened", "1950-01-10"),
    ]
    assert order(*told) == "asked refused opened"


def test_a_stated_date_is_narrowed_and_bounds_pass_through_what_is_undated() -> None:
    told = event("a", "1949-12-16"), event("b", follows=("a",)), event("c", "1949", follows=("b",))
    assert bounds("c", *told) == "not before 16 December 1949 (derived)"
    whole = event("visit", "1949-12-16/1950-02-17"), event("talks", part_of="visit")
    inside = event("toast", part_of="talks")
    assert (
        bounds("toast", *whole, inside) == "between 16 December 1949 and 17 February 1950 (derived)"
    )


def findings(*events: Event) -> list[str]:
    return [
        f.message
        for f in run(CHECKS, Book(Criticism(catalogue(*events))), {}, {})
        if f.code == "impossible-order"
    ]


def test_order_and_dates_that_contradict_each_other_are_found_once() -> None:
    told = event("a", "1950-03"), event("b", follows=("a",)), event("c", "1950-01", follows=("b",))
    after = event("d", "1950-02", follows=("c",))
    assert findings(*told, after) == ["c: January 1950, but it follows a (March 1950) by way of b"]
    assert order(*told, after) == "a b c d"
    whole = event("whole", "1949"), event("part", part_of="whole", follows=("a",))
    assert findings(told[0], *whole) == [
        "part: it follows a (March 1950), but is part of whole (1949)"
    ]
    assert findings(whole[0], event("part", "1948", part_of="whole")) == []  # outside-parent
    assert findings(event("a", "1950~"), event("b", "1949", follows=("a",))) == []


def test_a_circle_is_one_problem_that_names_the_chain() -> None:
    told = event("a", follows=("b",)), event("b", part_of="c"), event("c", "1950", precedes=("b",))
    assert list(catalogue(*told).problems()) == []
    told = *told, event("d", follows=("a",), precedes=("c",))
    way = "follows b, which is part of c, which follows d (by its :precedes:), which follows a"
    found = [(code, message) for code, _, message in catalogue(*told).problems()]
    assert found == [("ref", f"a: {way}; take one of these out")]
    assert order(*told) == "d c b a"


def test_the_relation_is_one_from_whichever_side_it_is_told() -> None:
    found = catalogue(
        event("a", precedes=("b", "old-c")),
        event("b", follows=("a",)),
        event("c", aliases=("old-c",)),
        event("d", precedes=("nobody",)),
    )
    assert [e.id for e in found.referring("follows", "a")] == ["b", "c"]
    assert [m for *_, m in found.problems()] == ["d: precedes: unknown event 'nobody'"]


DATES = [
    "",
    "1949",
    "1949-12",
    "1949-12-16",
    "1950",
    "1950-01-02",
    "1949-12~",
    "../1950-01",
    "1949-12/1950-02",
    "[1949-12-16,1950-03]",
    "1951",
]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    ids = [f"e{n}" for n in range(draw(st.integers(1, 9)))]
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple)
    return [
        event(
            id,
            draw(st.sampled_from(DATES)),
            follows=draw(some),
            precedes=draw(some),
            part_of=draw(st.none() | st.sampled_from(ids)),
        )
        for id in ids
    ]


@given(histories())
def test_every_event_has_a_place_and_days_never_run_backwards(told: list[Event]) -> None:
    found = catalogue(*told)
    events, chronology = found.events(), found.chronology
    assert sorted(e.id for e in events) == [e.id for e in told]
    days = [chronology.days.get(e.id, (9999, 1, 1)) for e in events]
    assert days == sorted(days)
    if not chronology.circles:
        for later in events:
            assert all(chronology.order[id] < chronology.order[later.id] for id in later.follows)


@given(histories())
def test_bounds_hold_for_all_dates_that_are_possible(told: list[Event]) -> None:
    found = catalogue(*told).chronology
    if found.circles or found.conflicts:
        return
    for id, day in found.days.items():
        if known := found.bounds(id):
            assert known.after is None or known.before is None or known.after <= known.before
            assert known.after is None or known.after <= day


@given(st.lists(st.sampled_from(DATES), max_size=8), st.randoms())
def test_without_relations_events_come_by_their_dates(dates: list[str], random: Any) -> None:
    told = [event(f"e{n}", date) for n, date in enumerate(dates)]
    expected = sorted(told, key=lambda e: sort_key(e.date))
    assert catalogue(*told).events() == expected


PAGE = """\
# Page

```{event} Mao leaves
:id: leaves
:date: 1949-12
:follows: arrives

Text.
```
```{event} Supper
:id: supper
:follows: arrives
:precedes: signs
```

They had supper.

```{event} Mao arrives
:id: arrives
:date: 1949-12-16

Text.
```
```{event} They sign
:id: signs
:date: 1950-01-02

Text.
```
```{event-list}
```
```{event-table}
:columns: date, event, follows
```
```{timeline}
:from: 1949
:to: 1950
```
"""
DERIVED = "between 16 December 1949 and 2 January 1950 (derived)"
TITLES = ["Mao arrives", "Mao leaves", "Supper", "They sign"]


def titles(element: Tag) -> list[str]:
    names = [tag.get_text() for tag in element.select("a")]
    return [name for name in names if name in TITLES]


def test_views_and_indices_hold_the_order_and_say_what_is_derived(project: Project) -> None:
    built = project.write(PAGE).build("html")
    page = built.soup("index.html")
    shown = [*page.select(".annals-event-list"), *page.select(".annals-timeline ol")]
    shown += built.soup("annals-chronology.html").select("table")
    assert [list(dict.fromkeys(titles(element))) for element in shown] == [TITLES] * 3
    assert all(DERIVED in element.get_text() for element in shown)
    assert page.select_one("#supper").get_text().count(DERIVED) == 1
    drawn = page.select_one(".annals-timeline svg").get_text(" ")
    assert drawn.index("arrives") < drawn.index("leaves") < drawn.index("sign")
    assert "Supper" not in drawn


@pytest.mark.parametrize(
    "builder", ["singlehtml", "epub", "text", "man", "texinfo", "latex", "typstpdf"]
)
def test_every_builder_says_what_is_derived(project: Project, builder: str) -> None:
    project.configure('extensions += ["sphinx_annals.pdf"]')
    built = project.write(PAGE).build(builder)
    shown = built.print if builder == "typstpdf" else built.everything()
    assert shown.count("(derived)") >= 4


def test_what_is_derived_is_exported_beside_what_is_stated(project: Project) -> None:
    built = project.write(PAGE).build("annals")
    found = {e["id"]: e for e in built.json("annals.json")["events"]}
    assert found["supper"]["date"] is None
    assert found["supper"]["derived"] == {"after": "1949-12-16", "before": "1950-01-02"}
    assert found["leaves"]["derived"] == {"after": "1949-12-16", "before": None}
    assert found["arrives"]["derived"] is None
    assert found["signs"]["follows"] == ["supper"]
    assert ";1949-12-16;1950-01-02;" in built.read("events.csv").replace(",", ";")


def test_a_circle_is_a_located_warning(project: Project) -> None:
    page = PAGE.replace(":date: 1949-12-16", ":date: 1949-12-16\n:part-of: leaves")
    said = "leaves: follows arrives, which is part of leaves; take one of these out"
    project.write(page).build("html", warnings=[f"index.md:3: WARNING: {said} [annals.ref]"])


def test_a_page_is_written_again_when_another_says_what_its_event_follows(project: Project) -> None:
    one = "# One\n\n```{event} One\n:id: one\n:date: 1950\n\nText.\n```\n"
    two = "# Two\n\n```{event} Two\n:id: two\n\nText.\n```\n"
    index = "# Index\n\n```{toctree}\none\ntwo\n```\n"
    project.write({"index.md": index, "one.md": one, "two.md": two}).build()
    built = project.edit("one.md", ":date: 1950", ":date: 1950\n:precedes: two").build()
    assert {"one.html", "two.html"} <= built.written
    assert "not before 1 January 1950 (derived)" in built.soup("two.html").get_text()
