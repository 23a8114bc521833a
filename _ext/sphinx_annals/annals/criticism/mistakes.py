"""Verdicts that judge nothing: without accounts, for a value nobody gives, or after another."""

from collections.abc import Iterator

from sphinx_annals.annals.criticism.comparing import Comparison, Criticism, is_given, shown_value
from sphinx_annals.annals.model import (
    Catalogue,
    Link,
    Part,
    Record,
    Verdict,
    Words,
    is_stated,
    where,
)
from sphinx_annals.dates import Calendar
from sphinx_annals.language import ENGLISH
from sphinx_annals.text import meant_or_all


def mistakes(criticism: Criticism, catalogue: Catalogue) -> Iterator[tuple[Verdict, str]]:
    """Give each verdict that judges nothing, with what is wrong with it and what to write.

    Those on unknown objects are left to the catalogue, which knows of them.
    """
    for record in catalogue.records:
        for point in criticism.of(record.id):
            for n, verdict in enumerate(point.verdicts):
                if n:
                    wrong = f"there is one already ({where(point.verdicts[0])}); join them"
                else:
                    wrong = _wrong(verdict, point, record, criticism)
                if wrong:
                    yield verdict, f"verdict on {verdict.property!r} of {record.id!r}: {wrong}"


def _wrong(verdict: Verdict, point: Comparison, record: Record, criticism: Criticism) -> str:
    if not point.accounts and not point.reading:
        known = [other.property for other in criticism.of(record.id) if other.accounts]
        known += [f.name for f in record.fields if f.compared and is_stated(record.value(f))]
        return f"nobody says anything of it; add an account{meant_or_all(point.property, known)}"
    if verdict.prefers and not is_given(verdict.prefers, point):
        given = [
            # in both calendars, since what is preferred is Gregorian
            said.value
            if said.calendar is Calendar.GREGORIAN
            else str(shown_value(said.value, said.calendar, ENGLISH))
            for said in point.accounts
        ]
        own = point.reading.shown if point.reading else ()
        given += [_written(part) for value in own for part in value]
        hint = meant_or_all(verdict.prefers, given, "given:")
        return f"prefers: nobody gives {verdict.prefers!r}{hint}"
    return ""


def _written(part: Part) -> str:
    match part:
        case Words():
            return part.text
        case Link():
            return part.id
    return part.edtf if part.calendar is Calendar.GREGORIAN else str(part)
