"""The filter vocabulary: what passes, what contradicts itself, what is unknown."""

from __future__ import annotations

from typing import Any

import pytest
from sphinx_annals.annals.model import (
    BUILT_IN,
    Actor,
    Article,
    Catalogue,
    DocumentNotes,
    Event,
    Kind,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
)
from sphinx_annals.annals.views import Filter, Selection, chapter_names, problems
from sphinx_annals.dates import parse
from sphinx_annals.language import ENGLISH

WHERE: dict[str, Any] = {"docname": "chapters/one", "line": 1, "anchor": "", "title": "T"}
RECORDS: list[Record] = [
    Event.of(
        {
            "date": parse("1950-02-14"),
            "place": "moscow",
            "treaty": "new",
            "actors": (Actor("zhou", "guest"),),
            "tags": ("law",),
        },
        BUILT_IN[Kind.EVENT],
        id="day",
        **WHERE,
    ),
    Event(id="open", date=parse("../1949"), **WHERE),
    Event(id="months", date=parse("1949-12/1950-01"), place="beijing", **WHERE),
    Event(id="undated", actors=(Actor("old-name"),), **WHERE),
    Event(id="far", date=parse("1960~"), tags=("rift",), **{**WHERE, "docname": "chapters/two"}),
    Treaty(id="new", signed=parse("1950-02-14"), parties=("prc",), place="moscow", **WHERE),
    Article(id="new/1", treaty="new", number="1", tags=("law",), **WHERE),
    Person(id="zhou", aliases=("old-name",), **WHERE),
    Organisation(id="prc", **WHERE),
    Place(id="moscow", **WHERE),
    Place(id="beijing", **WHERE),
]
CATALOGUE = Catalogue(
    {
        "chapters/one": DocumentNotes([r for r in RECORDS if r.docname[-1] == "e"]),
        "chapters/two": DocumentNotes([r for r in RECORDS if r.docname[-1] == "o"]),
    }
)
DOCUMENTS = chapter_names(
    ["chapters/one", "chapters/two", "other/one"], {"sec-first": "chapters/one"}
)


def passing(**asked: Any) -> set[str]:
    dated = {key: parse(asked.pop(key)) for key in ("start", "end") if key in asked}
    selection = Selection(Filter(**dated, **asked), CATALOGUE, DOCUMENTS)
    return {record.id for record in RECORDS if record in selection}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"start": "1950"}, {"day", "months", "far", "new", "new/1"}),
        ({"end": "1949"}, {"open", "months"}),
        ({"start": "1950-02-14", "end": "1950-02-14"}, {"day", "new", "new/1"}),
        ({"start": "1961"}, set()),
        ({"actor": ("zhou",)}, {"day", "undated", "zhou"}),
        ({"actor": ("old-name",)}, {"day", "undated", "zhou"}),
        ({"actor": ("prc",)}, {"new", "new/1", "prc"}),
        ({"actor": ("zhou", "prc")}, {"day", "undated", "new", "new/1", "zhou", "prc"}),
        ({"place": ("moscow",)}, {"day", "new", "new/1", "moscow"}),
        ({"treaty": ("new",)}, {"day", "new", "new/1"}),
        ({"tag": ("law",)}, {"day", "new/1"}),
        ({"tag": ("law", "rift")}, {"day", "new/1", "far"}),
        ({"tag": ("law",), "actor": ("zhou",)}, {"day"}),
        ({"chapter": ("chapters/two",)}, {"far"}),
        ({"chapter": ("two",)}, {"far"}),
        ({"chapter": ("sec-first",), "tag": ("rift",)}, set()),
    ],
)
def test_what_passes(asked, expected):
    assert passing(**asked) == expected


def test_everything_passes_an_empty_filter():
    assert passing() == {record.id for record in RECORDS}


@pytest.mark.parametrize(
    ("start", "end", "contradicts"),
    [
        ("1950", "1949", True),
        ("1950-02", "1950-01", True),
        ("1950", "1950", False),
        ("1950-06", "1950", False),
        ("1950/..", "1949", True),
        ("../1950", "1949", True),
    ],
)
def test_impossible_ranges(start, end, contradicts):
    found = next(problems(Filter(start=parse(start), end=parse(end)), CATALOGUE, DOCUMENTS), None)
    assert bool(found) is contradicts
    assert found is None or "is after :to:" in found


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"actor": ("zhuo",)}, ":actor: unknown object 'zhuo'; did you mean 'zhou'?"),
        ({"place": ("zhou",)}, ":place: 'zhou' is not a place but a person"),
        ({"treaty": ("newer",)}, ":treaty: unknown treaty 'newer'; did you mean 'new'?"),
        ({"tag": ("lwa",)}, ":tag: no annotation has the tag 'lwa'; did you mean 'law'?"),
        ({"tag": ("x",)}, ":tag: no annotation has the tag 'x'"),
        (
            {"chapter": ("chapters/tow",)},
            ":chapter: unknown document 'chapters/tow'; did you mean 'chapters/two'?",
        ),
        ({"chapter": ("one",)}, ":chapter: unknown document 'one'"),
    ],
)
def test_unknown_values(asked, message):
    (found,) = problems(Filter(**asked), CATALOGUE, DOCUMENTS)
    assert found.startswith(message.rstrip("?"))


def test_known_values():
    known = Filter(actor=("old-name",), place=("moscow",), tag=("law",), chapter=("sec-first",))
    assert not list(problems(known, CATALOGUE, DOCUMENTS))


def test_in_words():
    shown = Filter(start=parse("1950-02"), tag=("law", "rift")).told(ENGLISH)
    assert shown == "from February 1950, tag law or rift"
