"""What the language server is told of annotated objects."""

from __future__ import annotations

from sphinx_annals.annals.editor import describe
from sphinx_annals.annals.model import Event, Person
from sphinx_annals.dates import parse


def test_title_kind_and_dates() -> None:
    event = Event(
        id="signed",
        title="The *treaty*",
        docname="a",
        line=3,
        anchor="signed",
        date=parse("1950-02-14"),
    )
    assert describe(event) == (
        "**The \\*treaty\\*** (event)\n\n- date: 14 February 1950\n\n`signed`"
    )


def test_without_dates() -> None:
    person = Person(id="mao", title="Mao", docname="a", line=3, anchor="mao")
    assert describe(person) == "**Mao** (person)\n\n`mao`"
