"""What a source says, read so that it can be compared: dates, numbers, lists, words.

Pure. Two values are the same, one lies within the other, they overlap, or they exclude
each other; :func:`relate` is symmetric up to :attr:`Relation.inverse`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import product
from math import inf
from typing import Any

from sphinx_annals.annals.criticism.english_dates import read_date
from sphinx_annals.annals.criticism.quantities import Quantity, read_quantity
from sphinx_annals.annals.model import converters
from sphinx_annals.dates import Calendar, HistoricalDate
from sphinx_annals.text import fold


class Relation(Enum):
    """How what one value leaves possible lies to what another does."""

    SAME = "same"
    ALIKE = "alike"
    """The same but for its qualification: ``1957`` and ``1957~``."""
    WITHIN = "within"
    """The first says all that the second says, and more."""
    AROUND = "around"
    """The second says all that the first says, and more."""
    OVERLAP = "overlap"
    DISJOINT = "disjoint"

    @property
    def inverse(self) -> "Relation":
        """The relation seen from the other side."""
        swapped = {Relation.WITHIN: Relation.AROUND, Relation.AROUND: Relation.WITHIN}
        return swapped.get(self, self)


@dataclass(frozen=True, slots=True)
class Value:
    """One value in all the ways in which it can be read; ``text`` is always there."""

    text: str
    date: HistoricalDate | None = None
    quantity: Quantity | None = None
    items: tuple["Value", ...] = ()


def relate(first: Value, second: Value) -> Relation:
    """Compare two values in the first way in which both can be read."""
    # first of all, since a bare year is a number as well
    if first.date and second.date:
        return _relate_dates(first.date, second.date)
    if first.quantity and second.quantity:
        relation = _relate_quantities(first.quantity, second.quantity)
        if relation is not None:
            return relation
    counted = _relate_count(first, second) or _relate_count(second, first)
    if counted:
        return counted
    if first.text == second.text:
        return Relation.SAME
    if first.items or second.items:
        return _relate_items(first.items or (first,), second.items or (second,))
    return Relation.DISJOINT


def _relate_count(items: Value, number: Value) -> Relation | None:
    """Compare a list with a bare number, as parties with "2"."""
    if not items.items or not number.quantity or number.quantity.unit or number.items:
        return None
    least, most = number.quantity.span()
    return Relation.OVERLAP if least <= len(items.items) <= most else Relation.DISJOINT


_Span = tuple[Any, Any]
"""The least and the most that is possible."""


def _relate_spans(first: Sequence[_Span], second: Sequence[_Span]) -> Relation:
    """Compare spans of which one is meant: one lies within the other if each of it does."""
    if all(a[1] < b[0] or b[1] < a[0] for a, b in product(first, second)):
        return Relation.DISJOINT
    within = all(any(b[0] <= a[0] and a[1] <= b[1] for b in second) for a in first)
    around = all(any(a[0] <= b[0] and b[1] <= a[1] for a in first) for b in second)
    if within and around:
        return Relation.SAME
    return Relation.WITHIN if within else Relation.AROUND if around else Relation.OVERLAP


def _relate_dates(first: HistoricalDate, second: HistoricalDate) -> Relation:
    """Compare by the days that each leaves possible (EDTF bounds, qualification apart)."""
    relation = _relate_spans(_alternatives(first), _alternatives(second))
    plain = first.is_uncertain == second.is_uncertain and first.shape is second.shape
    return Relation.ALIKE if relation is Relation.SAME and not plain else relation


def _alternatives(date: HistoricalDate) -> list[_Span]:
    return [(m.earliest or (-inf,), m.latest or (inf,)) for m in date.members or (date,)]


def _relate_quantities(first: Quantity, second: Quantity) -> Relation | None:
    """Compare numbers whose units are the same or where one says more of what is counted."""
    if not (first.unit <= second.unit or second.unit <= first.unit):
        return None
    # 60,000 is the number of 60,000 tons and not of as many kilograms
    units = bool(first.unit and second.unit)
    relation = _relate_spans([first.span(scaled=units)], [second.span(scaled=units)])
    same_unit = first.unit == second.unit or not units
    if relation is Relation.SAME and not (same_unit and first.about == second.about):
        return Relation.ALIKE if same_unit else Relation.OVERLAP
    return relation


def _relate_items(first: Sequence[Value], second: Sequence[Value]) -> Relation:
    """Compare lists without regard to order; the longer of two nested ones says more."""
    first_found = [_best(item, second) for item in first]
    second_found = [_best(item, first) for item in second]
    first_covered = Relation.DISJOINT not in first_found
    second_covered = Relation.DISJOINT not in second_found
    if first_covered and second_covered:
        # or each is found in the other, but more or less precisely
        same = {*first_found, *second_found} == {Relation.SAME}
        return Relation.SAME if same else Relation.OVERLAP
    if first_covered:
        return Relation.AROUND
    return Relation.WITHIN if second_covered else Relation.DISJOINT


def _best(item: Value, others: Sequence[Value]) -> Relation:
    found = {relate(item, other) for other in others}
    if Relation.SAME in found:
        return Relation.SAME
    return Relation.OVERLAP if found - {Relation.DISJOINT} else Relation.DISJOINT


@lru_cache(maxsize=16384)
def read_value(text: str, calendar: Calendar = Calendar.GREGORIAN) -> Value:
    """Read what an author wrote in every way it allows, dates in a calendar."""
    pieces = converters.parted(text)
    date = read_date(text, calendar)
    quantity = read_quantity(text)
    # commas in a number or a date part no list
    whole = quantity is not None or date is not None or len(pieces) < 2
    items = () if whole else tuple(read_value(piece, calendar) for piece in pieces)
    return Value(fold(text), date, quantity, items)


def named(value: Value, text: str, lookup: Callable[[str], str | None]) -> Value:
    """Give a value whose names of objects are replaced by ids, so that all names are one."""
    pieces = converters.parted(text)
    found = [lookup(fold(piece)) for piece in pieces]
    # a date is no name, though somebody may be called May
    if not any(found) or value.date:
        return value
    pairs = zip(found, pieces, strict=True)
    items = tuple(Value(id) if id else read_value(piece) for id, piece in pairs)
    return items[0] if len(items) == 1 else replace(value, items=items)
