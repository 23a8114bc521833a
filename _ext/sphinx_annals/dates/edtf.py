"""One point of a historical date: a day, a month, a season, a year, or some digits of these.

Reads EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/), level 2. A point of it is
a regular expression, read in some microseconds; the grammar of the ``edtf`` library, with which
the tests compare it, takes 10 to 80 ms.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import takewhile

from sphinx_annals.dates.days import Calendar, Day, as_date, day_at, day_number, days_in_month

ALLOWED = (
    "write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, "
    "1949-10/1950-02, ../1952 (open), [1667,1668] (one of)"
)

_SEASONS = {
    code: (int(first), int(last))
    for code, first, last in re.findall(
        r"(\d+) (\d+)-(\d+)",
        "21 3-5; 22 6-8; 23 9-11; 24 12-14; 25 3-5; 26 6-8; 27 9-11; 28 12-14;"
        "29 9-11; 30 12-14; 31 3-5; 32 6-8; 33 1-3; 34 4-6; 35 7-9; 36 10-12;"
        "37 1-4; 38 5-8; 39 9-12; 40 1-6; 41 7-12",
    )
}
"""First and last month by code; a month above 12 is one of the year after."""
# A year with more digits than four, or one of which only some digits count.
_LONG = re.compile(
    r"[?~%]?(?:Y(?P<long>-?[1-9]\d{4,99}|-?[1-9]\d{0,99}E[1-9]\d?)|(?P<year>-?\d{4})(?=S))"
    r"(?:S(?P<digits>[1-9]\d?))?[?~%]?",
    re.ASCII,
)
_DATE = re.compile(
    r"""
    (?!.*[?~%]-?\w+[?~%])  # a part is qualified before or after it
    (?![^X?~%]*[X?~%].*T)  # only a day that is known has a time
    [?~%]?(?P<year>(?!-0000)-?[\dX]{4})[?~%]?
    (?:-[?~%]?(?P<month>0[1-9X]|1[0-2X]|X[\dX]|2[1-9]|3\d|4[01])[?~%]?
        (?:-[?~%]?(?P<day>0[1-9X]|[12][\dX]|3[01X]|X[\dX])[?~%]?
            (?:T(?P<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|24:00:00)(?:Z|[+-]\d\d(?::\d\d)?)?)?
        )?
    )?
    """,
    re.ASCII | re.VERBOSE,
)


class DateError(ValueError):
    """A text is not a date in EDTF; the message says what to write instead."""


class Precision(Enum):
    """The smallest unit that a point states."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    SPAN = "span"  # decades, centuries, years known to some digits


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: from a day to a span of years, in the calendar of the date.

    ``year``, ``month``, ``day`` and ``time`` are as they are written, ``X`` for digits that are not
    known; the month may be the code of a season, or of a part of a year. ``iso`` is the value for
    HTML's ``<time datetime>``, which is Gregorian, or None where HTML has none.
    """

    edtf: str
    earliest: Day
    latest: Day
    precision: Precision
    iso: str | None
    year: str
    month: str = ""
    day: str = ""
    time: str = ""
    uncertain: bool = False
    approximate: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Whether it is uncertain or approximate."""
        return self.uncertain or self.approximate

    @property
    def mark(self) -> str:
        """Its qualification in EDTF."""
        return ("", "?", "~", "%")[self.uncertain + 2 * self.approximate]

    @property
    def numbers(self) -> Day:
        """Year, month, or the code of a season, and day; 0 stands for a digit, or a part, that is
        not known.
        """
        month = int(self.month) if self.month.isdecimal() else 0
        day = int(self.day) if month and self.day.isdecimal() else 0
        return int(self.year.replace("X", "0")), month, day

    @property
    def has_gaps(self) -> bool:
        """Whether it leaves a month or a day open that it names."""
        return "X" in self.month + self.day


def read_point(text: str, calendar: Calendar) -> Point:
    """Read one date; raises DateError."""
    uncertain, approximate = (any(mark in text for mark in marks) for marks in ("?%", "~%"))
    if found := _LONG.fullmatch(text):
        first, last, stated = _long_year(found["long"] or found["year"], found["digits"])
        span = (first, 1, 1), (last, 12, 31)
        about = approximate or bool(found["digits"])
        return Point(text, *span, Precision.SPAN, None, str(stated), "", "", "", uncertain, about)
    found = _DATE.fullmatch(text)
    year, month, day, time = found.groups(default="") if found else ("",) * 4
    season = month in _SEASONS
    if not found or (season and (day or "X" in year)):
        raise DateError(f"{text!r} is not a date; {ALLOWED}")
    known = list(takewhile(str.isdecimal, (year.removeprefix("-"), "" if season else month, day)))
    precision = Precision.SEASON if season else _PRECISIONS[len(known)]
    span = _bounds(text, year, month, day, calendar)
    # HTML knows no year before 1
    iso = "-".join(known) if known and year > "0000" else None
    if iso and calendar is Calendar.JULIAN:  # HTML knows one calendar, and no month of another
        day_meant = as_date(day_at(day_number(span[0], calendar)))
        iso = day_meant.isoformat() if day_meant and precision is Precision.DAY else None
    written = (year, month, day, time)
    return Point(text, *span, precision, iso, *written, uncertain, approximate)


_PRECISIONS = (Precision.SPAN, Precision.YEAR, Precision.MONTH, Precision.DAY)


def _long_year(written: str, digits: str | None) -> tuple[int, int, int]:
    """Give the first and last year that have the digits which count, and the year itself."""
    number, _, exponent = written.partition("E")
    year = int(number) * 10 ** int(exponent or 0)
    # of 1950S2 the first two of four digits count: some year from 1900 to 1999
    uncounted = max(4, len(str(abs(year)))) - int(digits) if digits else 0
    unit = 10 ** max(0, uncounted)
    first = year // unit * unit
    return first, first + unit - 1, year


def _bounds(text: str, year: str, month: str, day: str, calendar: Calendar) -> tuple[Day, Day]:
    # before year 0 the 9 makes the first: -195X begins with -1959
    first, last = sorted(int(year.replace("X", digit)) for digit in "09")
    if month in _SEASONS:
        # the winter of 1949 ends in February 1950
        begin, end = _SEASONS[month]
        last, end = (last + 1, end - 12) if end > 12 else (last, end)
    else:
        months = _fitting(month, 12)
        begin, end = months[0], months[-1]

    def days(in_year: int, in_month: int) -> list[int]:
        length = days_in_month(in_year, in_month, calendar)
        fitting = _fitting(day, length)
        if not fitting and "X" not in year + month:
            raise DateError(f"{text!r}: {month}/{year} has no day {day}")
        return fitting or [length]  # 29 February in the 1950s

    return (first, begin, days(first, begin)[0]), (last, end, days(last, end)[-1])


@cache
def _fitting(digits: str, highest: int) -> list[int]:
    """Give the numbers up to the highest that digits leave possible, where ``X`` is any."""
    pattern = digits.replace("X", ".") or ".."
    return [n for n in range(1, highest + 1) if re.fullmatch(pattern, f"{n:02}")]
