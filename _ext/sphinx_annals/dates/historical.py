"""Historical dates: EDTF in; bounds, sort key and English display out.

Reads EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/) level 1, plus the
sets of level 2, with the ``edtf`` library, and keeps what the book needs of it: a frozen
value that pickles, compares and prints without the library.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import chain

from sphinx_annals.dates.days import to_gregorian
from sphinx_annals.dates.edtf import (
    ALLOWED,
    MONTHS,
    DateError,
    Day,
    Point,
    Precision,
    days_in_month,
    read,
    show_year,
    to_point,
)


class Calendar(Enum):
    """The calendar in which a source states a date."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"


class Shape(Enum):
    """How the points of a date belong together."""

    POINT = "point"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True, slots=True, repr=False)
class HistoricalDate:
    """A date as a source gives it.

    ``start`` and ``end`` are None where the date is open (``..``) or unknown (blank);
    ``unknown`` tells the two apart. ``members`` holds the dates of a set.
    """

    edtf: str
    shape: Shape
    start: Point | None
    end: Point | None
    unknown: bool = False
    members: tuple[HistoricalDate, ...] = ()
    calendar: Calendar = Calendar.GREGORIAN

    @property
    def earliest(self) -> Day | None:
        """The first day it can be, in the Gregorian calendar; None when unbounded."""
        if self.shape in (Shape.ONE_OF, Shape.ALL_OF):
            days = [member.earliest for member in self.members]
            return None if None in days else min(day for day in days if day)
        return self._gregorian(self.start.earliest) if self.start else None

    @property
    def latest(self) -> Day | None:
        """The last day it can be, in the Gregorian calendar; None when unbounded."""
        if self.shape in (Shape.ONE_OF, Shape.ALL_OF):
            days = [member.latest for member in self.members]
            return None if None in days else max(day for day in days if day)
        return self._gregorian(self.end.latest) if self.end else None

    @property
    def span(self) -> tuple[Day, Day]:
        """The first and last day that are known of it: an open end counts as far as it is told.

        So "by 1952" spans 1952, which is where it sorts.
        """
        first, last = self.earliest, self.latest
        end = self.members[-1].end if self.members else self.end
        start = self.members[0].start if self.members else self.start
        first = first or (self._gregorian(end.earliest) if end else last or (0, 0, 0))
        last = last or (self._gregorian(start.latest) if start else first)
        return first, last

    @property
    def is_exact(self) -> bool:
        """Whether it is one certain day."""
        point = self.start
        return (
            self.shape is Shape.POINT
            and point is not None
            and point.precision is Precision.DAY
            and not (point.uncertain or point.approximate)
        )

    @property
    def is_uncertain(self) -> bool:
        """Whether any part of it is uncertain or approximate."""
        points = [p for p in (self.start, self.end) if p]
        return any(p.uncertain or p.approximate for p in points) or any(
            member.is_uncertain for member in self.members
        )

    def _gregorian(self, day: Day) -> Day:
        return to_gregorian(day) if self.calendar is Calendar.JULIAN else day

    def __str__(self) -> str:
        return display(self)

    def __repr__(self) -> str:
        return f"HistoricalDate({self.edtf!r}, {self.calendar.value!r})"


def sort_key(date: HistoricalDate | None) -> tuple[int, Day, int, Day, str]:
    """Give a key that orders all dates, the undated last.

    A date sorts by its first day; one with an open start by its terminus ante quem, before
    what begins there. Of two that start together the less precise comes first, so that
    "1950" heads "January 1950" and "1 January 1950".
    """
    if date is None:
        return (1, (0, 0, 0), 0, (0, 0, 0), "")
    first, last = date.earliest, date.latest
    if first is None:
        anchor = date.end.earliest if date.end else last or (0, 0, 0)
        return (0, anchor, -2, last or anchor, date.edtf)
    width = -1 if last is None else 0
    end = last or first
    return (0, first, width, (-end[0], -end[1], -end[2]), date.edtf)


@lru_cache(maxsize=16384)
def parse(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
    """Read an EDTF string.

    Raises DateError, and nothing else, for whatever is not EDTF, for an interval that ends
    before it begins, and for a day that its calendar does not have.
    """
    text = text.strip()
    try:
        date = _interval(text, calendar) if "/" in text else _single(text, calendar)
        first, last = date.earliest, date.latest
        _check_days(date)
    except DateError:
        raise
    except Exception as error:  # the library answers odd input with many kinds of error
        raise DateError(f"{text!r} is not a date; {ALLOWED}") from error
    if first and last and first > last:
        raise DateError(f"{text!r} ends before it begins")
    return date


def _check_days(date: HistoricalDate) -> None:
    for point in (date.start, date.end):
        if point and point.precision is Precision.DAY:
            year, month, day = point.earliest
            leap = date.calendar is Calendar.JULIAN and month == 2 and year % 4 == 0
            if not 1 <= day <= (29 if leap else days_in_month(year, month)):
                raise DateError(f"{date.edtf!r}: {month}/{year} has no day {day}")
    for member in date.members:
        _check_days(member)


def _interval(text: str, calendar: Calendar) -> HistoricalDate:
    """Read an interval end by end, since the library's grammar refuses some open ones."""
    left, right = (side.strip() for side in text.split("/"))
    start, end = (None if side in ("", "..") else to_point(read(side)) for side in (left, right))
    if start is None and end is None:
        raise DateError(f"{text!r} has no known end; {ALLOWED}")
    unknown = not left or not right
    return HistoricalDate(text, Shape.INTERVAL, start, end, unknown, calendar=calendar)


def _single(text: str, calendar: Calendar) -> HistoricalDate:
    brackets = text[:1] + text[-1:]
    if brackets in _SETS:
        members = tuple(_member(piece.strip(), calendar) for piece in text[1:-1].split(","))
        return HistoricalDate(text, _SETS[brackets], None, None, members=members, calendar=calendar)
    point = to_point(read(text))
    return HistoricalDate(text, Shape.POINT, point, point, calendar=calendar)


_SETS = {"[]": Shape.ONE_OF, "{}": Shape.ALL_OF}


def _member(text: str, calendar: Calendar) -> HistoricalDate:
    """Read a date of a set, or consecutive ones: ``1667..1670``, ``..1667``, ``1667..``."""
    left, dots, right = text.partition("..")
    start = to_point(read(left)) if left or not dots else None
    end = to_point(read(right)) if right else None
    if not dots:
        return HistoricalDate(text, Shape.POINT, start, start, calendar=calendar)
    if start is None and end is None:
        raise DateError(f"{text!r} is not a date; {ALLOWED}")
    return HistoricalDate(text, Shape.INTERVAL, start, end, calendar=calendar)


def segments(date: HistoricalDate) -> list[tuple[str, str | None]]:
    """Give the display in pieces, each with its HTML ``datetime`` or None.

    Joined, the pieces are the display: "14", "–", "16 February 1950".
    """
    found = _segments(date)
    if date.calendar is Calendar.JULIAN:
        found.append((f" ({_julian_note(date)})", None))
    return found


def display(date: HistoricalDate) -> str:
    """Give the date in English: ``14 February 1950``, ``October 1949 – February 1950``."""
    return "".join(text for text, _ in segments(date))


def _segments(date: HistoricalDate) -> list[tuple[str, str | None]]:
    start, end = date.start, date.end
    if date.shape in (Shape.ONE_OF, Shape.ALL_OF):
        word = " or " if date.shape is Shape.ONE_OF else " and "
        parts = [_segments(member) for member in date.members]
        joined = chain.from_iterable(
            [(_separator(i, len(parts), word), None), *part] for i, part in enumerate(parts)
        )
        return [piece for piece in joined if piece[0]]
    if date.shape is Shape.POINT and start:
        return [_piece(start)]
    if start and end:
        return _interval_segments(start, end)
    if start:
        tail = [(", end unknown", None)] if date.unknown else []
        return [("from ", None), _piece(start), *tail]
    if end and date.unknown:
        return [("until ", None), _piece(end), (", start unknown", None)]
    return [("by ", None), _piece(end)] if end else [(date.edtf, None)]


def _separator(index: int, count: int, last: str) -> str:
    if index == 0:
        return ""
    return last if index == count - 1 else ", "


def _piece(point: Point) -> tuple[str, str | None]:
    return point.qualified, None if point.precision is Precision.SPAN else point.iso


def _interval_segments(start: Point, end: Point) -> list[tuple[str, str | None]]:
    plain = not any((start.uncertain, start.approximate, end.uncertain, end.approximate))
    (y1, m1, d1), (y2, m2, _) = start.earliest, end.earliest
    if plain and start.precision is end.precision:
        if start.precision is Precision.DAY and (y1, m1) == (y2, m2):
            return [(str(d1), start.iso), ("–", None), _piece(end)]
        if start.precision is Precision.DAY and y1 == y2:
            return [(f"{d1} {MONTHS[m1]}", start.iso), (" – ", None), _piece(end)]
        if start.precision is Precision.MONTH and y1 == y2 and "(" not in start.display:
            return [(MONTHS[m1], start.iso), ("–", None), _piece(end)]
        if start.precision is Precision.YEAR and "(" not in start.display + end.display:
            return [_piece(start), ("–", None), _piece(end)]
    return [_piece(start), (" – ", None), _piece(end)]


def _julian_note(date: HistoricalDate) -> str:
    first, last = date.earliest, date.latest
    if date.is_exact and first:
        return f"Julian; {first[2]} {MONTHS[first[1]]} {show_year(first[0])} Gregorian"
    return "Julian" if first or last else "Julian calendar"


def as_date(day: Day) -> datetime.date | None:
    """Give a ``datetime.date``, or None for years that Python's calendar lacks."""
    return datetime.date(*day) if 1 <= day[0] <= 9999 else None
