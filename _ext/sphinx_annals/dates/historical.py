"""Historical dates: EDTF in; bounds, sort key and words out; and terms, which end on one."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache

from babel.lists import format_list

from sphinx_annals.dates.days import Calendar, Day, day_at, day_number, days_in_month, iso_day
from sphinx_annals.dates.edtf import ALLOWED, DateError, Point, Precision, read_point
from sphinx_annals.dates.wording import Wording, wording_of
from sphinx_annals.language import ENGLISH, Language, fill

Segments = Sequence[tuple[str, str | None]]
"""Pieces of a date's display, each with its HTML ``datetime`` or None."""


class Shape(Enum):
    """How the points of a date belong together."""

    POINT = "point"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True)
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
    members: "tuple[HistoricalDate, ...]" = ()
    calendar: Calendar = Calendar.GREGORIAN

    def __hash__(self) -> int:
        """Be found quickly: few dates are written alike and differ."""
        return hash(self.edtf)

    @cached_property
    def span(self) -> tuple[Day, Day]:
        """The first and last day that are known of it, in the Gregorian calendar.

        An open end counts as far as it is told: "by 1952" spans 1952, which is where it sorts.
        """
        points = [p for part in self._parts for p in (part.start, part.end) if p]
        first = min(point.earliest for point in points)
        last = max(point.latest for point in points)
        return self._gregorian(first), self._gregorian(last)

    def _gregorian(self, day: Day) -> Day:
        return (
            day if self.calendar is Calendar.GREGORIAN else day_at(day_number(day, self.calendar))
        )

    @cached_property
    def earliest(self) -> Day | None:
        """The first day it can be, in the Gregorian calendar; None when unbounded."""
        return self.span[0] if all(part.start for part in self._parts) else None

    @cached_property
    def latest(self) -> Day | None:
        """The last day it can be, in the Gregorian calendar; None when unbounded."""
        return self.span[1] if all(part.end for part in self._parts) else None

    @property
    def begin(self) -> tuple[Day | None, Day | None]:
        """The first and the last day on which it can begin, in the Gregorian calendar.

        What goes on from May to June begins in May; some day of a month, on any of its days.
        """
        start = self.start if self.shape is Shape.INTERVAL else None
        return self.earliest, self._gregorian(start.latest) if start else self.latest

    @cached_property
    def gregorian(self) -> "HistoricalDate | None":
        """The same days in the Gregorian calendar, as EDTF means them, which knows no other.

        Of a month it is some day from one to another. None for years that have no days in EDTF.
        """
        if self.calendar is Calendar.GREGORIAN:
            return self
        if self.members:
            opening, closing = "[]" if self.shape is Shape.ONE_OF else "{}"
            text = opening + ",".join(part._as_days("..") for part in self.members) + closing
        elif self.shape is Shape.INTERVAL:
            text = self._as_days("/")
        else:
            days = self._as_days("..")
            text = f"[{days}]" if ".." in days else days
        with suppress(DateError):
            return parse(text)
        return None

    @property
    def in_edtf(self) -> str:
        """Its EDTF in the calendar of EDTF; nothing where that has no days for it."""
        return self.gregorian.edtf if self.gregorian else ""

    def _as_days(self, between: str) -> str:
        """Write what is no set from the first day to the last, with something between them."""
        unsaid = ".." if between == "/" and not self.unknown else ""
        start, end = self.start, self.end
        first = iso_day(self._gregorian(start.earliest)) + start.mark if start else unsaid
        last = iso_day(self._gregorian(end.latest)) + end.mark if end else unsaid
        return first if first == last else first + between + last

    @property
    def _parts(self) -> "tuple[HistoricalDate, ...]":
        return self.members or (self,)

    @property
    def is_exact(self) -> bool:
        """Whether it is one certain day."""
        point = self.start if self.shape is Shape.POINT else None
        return point is not None and point.precision is Precision.DAY and not point.is_uncertain

    @property
    def is_uncertain(self) -> bool:
        """Whether any part of it is uncertain or approximate."""
        return any(part.is_uncertain for part in (self.start, self.end, *self.members) if part)

    def __str__(self) -> str:
        """The date in English, for messages: ``14 February 1950``."""
        return in_words(self, ENGLISH)


def sort_key(date: HistoricalDate | None) -> tuple[int, Day, int, Day, str]:
    """Give a key that orders all dates, the undated last.

    A date sorts by its first day; one with an open start by its terminus ante quem, before
    what begins there. Of two that start together the less precise comes first, so that
    "1950" heads "January 1950" and "1 January 1950".
    """
    if date is None:
        return (1, (0, 0, 0), 0, (0, 0, 0), "")
    first, (year, month, day) = date.span
    openness = -2 if date.earliest is None else -1 if date.latest is None else 0
    return (0, first, openness, (-year, -month, -day), date.edtf)


_SETS = {"[]": Shape.ONE_OF, "{}": Shape.ALL_OF}


@lru_cache(maxsize=16384)
def parse(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
    """Read an EDTF string.

    Raises DateError, and nothing else, for whatever is not EDTF, for an interval that ends
    before it begins, and for a day that its calendar does not have.
    """
    text = text.strip()
    shape = _SETS.get(text[:1] + text[-1:])
    if shape is None:
        return _parse(text, "/", calendar)
    # dates of a set can be consecutive: 1667..1670, ..1667, 1667..
    members = tuple(_parse(piece.strip(), "..", calendar) for piece in text[1:-1].split(","))
    return HistoricalDate(text, shape, None, None, members=members, calendar=calendar)


def _parse(text: str, between: str, calendar: Calendar) -> HistoricalDate:
    """Read a point, or an interval that has something between its ends."""
    if between not in text:
        point = read_point(text, calendar)
        return HistoricalDate(text, Shape.POINT, point, point, calendar=calendar)
    sides = [side.strip() for side in text.split(between, 1)]
    start, end = (None if side in ("", "..") else read_point(side, calendar) for side in sides)
    if start is None and end is None:
        raise DateError(f"{text!r} has no known end; {ALLOWED}")
    if start and end and start.earliest > end.latest:
        raise DateError(f"{text!r} ends before it begins")
    unknown = between == "/" and "" in sides
    return HistoricalDate(text, Shape.INTERVAL, start, end, unknown, calendar=calendar)


@lru_cache(maxsize=16384)  # one date is told in its card, in indices, in views
def segments(date: HistoricalDate, language: Language) -> Segments:
    """Give the display in pieces: "14", "–", "16 February 1950"."""
    found = _segments(date, language)
    if date.calendar is Calendar.GREGORIAN:
        return found
    if days := _in_gregorian(date):
        phrase = language.gettext("{date} (Julian; {gregorian} Gregorian)")
        other: Segments = [(in_words(days, language), None)]
        return _filled(phrase, date=found, gregorian=other)
    return _filled(language.gettext("{date} (Julian)"), date=found)


def _in_gregorian(date: HistoricalDate) -> HistoricalDate | None:
    """Give days and months in the other calendar too; that it is about then is said already."""
    points = (point for part in (date.members or (date,)) for point in (part.start, part.end))
    close = any(point and point.precision in (Precision.DAY, Precision.MONTH) for point in points)
    days = date.gregorian if close else None
    return parse(re.sub("[?~%]", "", days.edtf)) if days else None


def _segments(date: HistoricalDate, language: Language) -> Segments:
    if date.members:
        return _listed(date, language)
    start, end = date.start, date.end
    if start and end:
        return _from_to(start, end, wording_of(language))
    if start:
        return _open("from-unknown" if date.unknown else "from", start, wording_of(language))
    assert end
    return _open("until-unknown" if date.unknown else "by", end, wording_of(language))


def _from_to(start: Point, end: Point, words: Wording) -> Segments:
    if start is end or replace(start, edtf=end.edtf) == end:  # 1950-02-14/1950-02-14 is one day
        return [(words.point(end), end.iso)]
    span = words.span(start, end)
    return [(span.first, start.iso), (span.between, None), (span.last, end.iso)]


def _open(phrase: str, point: Point, words: Wording) -> Segments:
    """Give a date of which one end is known."""
    shown = words.point(point, governed=True)
    return _filled(words.phrase(phrase, point), date=[(shown, point.iso)])


def _listed(date: HistoricalDate, language: Language) -> Segments:
    """Give the members of a set, as a language lists what it chooses among or adds up."""
    patterns = language.locale.list_patterns["or" if date.shape is Shape.ONE_OF else "standard"]
    parts = [_segments(member, language) for member in date.members]
    if len(parts) == 1:
        return parts[0]
    names = ["2"] if len(parts) == 2 else ["start", *["middle"] * (len(parts) - 3), "end"]
    found = parts[0]
    for name, part in zip(names, parts[1:], strict=True):
        found = [*found, (patterns[name].replace("{0}", "").replace("{1}", ""), None), *part]
    return found


def _filled(phrase: str, **given: Segments) -> Segments:
    """Fill in a phrase with pieces, each under its name."""
    return fill(phrase, given, lambda text: [(text, None)] if text else [])


@lru_cache(maxsize=16384)
def in_words(date: HistoricalDate, language: Language) -> str:
    """Give a date as a language writes it: ``14 February 1950``."""
    return "".join([text for text, _ in segments(date, language)])


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, and how it is written in ISO 8601: ``P30Y``."""

    iso: str
    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        """The length in English, for messages: ``30 years``."""
        return self.in_words(ENGLISH)

    def in_words(self, language: Language) -> str:
        """Give it as a language writes it: ``1 year, 6 months``."""
        parts = (
            language.ngettext("{count} year", "{count} years", self.years) if self.years else "",
            language.ngettext("{count} month", "{count} months", self.months)
            if self.months
            else "",
            language.ngettext("{count} day", "{count} days", self.days) if self.days else "",
        )
        return format_list([part for part in parts if part], "unit", language.locale)


def after_term(date: HistoricalDate, term: Duration) -> tuple[Day, Day] | None:
    """Give the first and last day on which a term can end that begins on a date."""
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return None
    # some count the day on which it begins: thirty years from the 14th end on the 13th or 14th
    return day_at(day_number(_add(first, term)) - 1), _add(last, term)


def _add(day: Day, term: Duration) -> Day:
    months = day[0] * 12 + day[1] - 1 + term.years * 12 + term.months
    year, month = divmod(months, 12)
    # a month after 31 January is the last day of February
    moved = year, month + 1, min(day[2], days_in_month(year, month + 1))
    return day_at(day_number(moved) + term.days)
