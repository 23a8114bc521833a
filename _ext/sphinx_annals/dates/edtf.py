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

from sphinx_annals.dates.days import (
    MONTHS,
    Calendar,
    Day,
    as_date,
    day_at,
    day_number,
    days_in_month,
    show_year,
)

ALLOWED = (
    "write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, "
    "1949-10/1950-02, ../1952 (open), [1667,1668] (one of)"
)

# Code, first and last month, name; a month above 12 is one of the year after.
_SEASONS = {
    code: (int(first), int(last), name)
    for code, first, last, name in re.findall(
        r"(\d+) (\d+)-(\d+) ([^;]+);",
        "21 3-5 spring;22 6-8 summer;23 9-11 autumn;24 12-14 winter;"
        "25 3-5 spring (northern);26 6-8 summer (northern);27 9-11 autumn (northern);"
        "28 12-14 winter (northern);29 9-11 spring (southern);30 12-14 summer (southern);"
        "31 3-5 autumn (southern);32 6-8 winter (southern);33 1-3 first quarter of;"
        "34 4-6 second quarter of;35 7-9 third quarter of;36 10-12 fourth quarter of;"
        "37 1-4 first third of;38 5-8 second third of;39 9-12 last third of;"
        "40 1-6 first half of;41 7-12 second half of;",
    )
}
# A year with more digits than four, or one of which only some digits count.
_LONG = re.compile(
    r"[?~%]?(?:Y(?P<long>-?[1-9]\d{4,99}|-?[1-9]\d{0,99}E[1-9]\d?)|(?P<year>-?\d{4})(?=S))"
    r"(?:S(?P<digits>[1-9]\d?))?[?~%]?",
    re.ASCII,
)
_DATE = re.compile(
    r"""
    (?!.*[?~%]-?\w+[?~%])  # a part is qualified before or after it
    (?!.*[X?~%].*T)  # only a day that is known has a time
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

    ``iso`` is the value for HTML's ``<time datetime>``, which is Gregorian, or None where HTML has
    none.
    """

    edtf: str
    earliest: Day
    latest: Day
    precision: Precision
    display: str
    iso: str | None
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
    def qualified(self) -> str:
        """The display with its qualification: ``about 1957``."""
        possibly, about = "possibly " * self.uncertain, "about " * self.approximate
        return f"{possibly}{about}{self.display}"


def read_point(text: str, calendar: Calendar) -> Point:
    """Read one date; raises DateError."""
    uncertain, approximate = (any(mark in text for mark in marks) for marks in ("?%", "~%"))
    if found := _LONG.fullmatch(text):
        first, last, shown = _long_year(found["long"] or found["year"], found["digits"])
        approximate |= bool(found["digits"])
        span = (first, 1, 1), (last, 12, 31)
        return Point(text, *span, Precision.SPAN, shown, None, uncertain, approximate)
    found = _DATE.fullmatch(text)
    year, month, day, time = found.groups(default="") if found else ("",) * 4
    season = month in _SEASONS
    if not found or (season and (day or "X" in year)):
        raise DateError(f"{text!r} is not a date; {ALLOWED}")
    known = list(takewhile(str.isdecimal, (year.removeprefix("-"), "" if season else month, day)))
    precision = Precision.SEASON if season else _PRECISIONS[len(known)]
    shown = _shown(year, month, day) + (f", {time}" if time else "")
    span = _bounds(text, year, month, day, calendar)
    # HTML knows no year before 1
    iso = "-".join(known) if known and year > "0000" else None
    if iso and calendar is Calendar.JULIAN:  # HTML knows one calendar, and no month of another
        day_meant = as_date(day_at(day_number(span[0], calendar)))
        iso = day_meant.isoformat() if day_meant and precision is Precision.DAY else None
    return Point(text, *span, precision, shown, iso, uncertain, approximate)


_PRECISIONS = (Precision.SPAN, Precision.YEAR, Precision.MONTH, Precision.DAY)


def _long_year(written: str, digits: str | None) -> tuple[int, int, str]:
    """Give the first and last year that have the digits which count, and the year as text."""
    number, _, exponent = written.partition("E")
    year = int(number) * 10 ** int(exponent or 0)
    # of 1950S2 the first two of four digits count: some year from 1900 to 1999
    uncounted = max(4, len(str(abs(year)))) - int(digits) if digits else 0
    unit = 10 ** max(0, uncounted)
    first = year // unit * unit
    return first, first + unit - 1, show_year(year)


def _bounds(text: str, year: str, month: str, day: str, calendar: Calendar) -> tuple[Day, Day]:
    first, last = _years(year)
    if month in _SEASONS:
        # the winter of 1949 ends in February 1950
        begin, end, _ = _SEASONS[month]
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


def _years(year: str) -> tuple[int, int]:
    # before year 0 the 9 makes the first: -195X begins with -1959
    first, last = sorted(int(year.replace("X", digit)) for digit in "09")
    return first, last


@cache
def _fitting(digits: str, highest: int) -> list[int]:
    """Give the numbers up to the highest that digits leave possible, where ``X`` is any."""
    pattern = digits.replace("X", ".") or ".."
    return [n for n in range(1, highest + 1) if re.fullmatch(pattern, f"{n:02}")]


def _shown(year: str, month: str, day: str) -> str:
    """Give a date in English; digits that are not known make a decade, a span or a remark."""
    first, last = _years(year)
    shown = show_year(first)
    if re.fullmatch(r"\d{3}X", year):
        shown = f"{first}s"
    elif first != last:
        shown += f"{' to ' if first < 0 else '–'}{show_year(last)}"
    if month in _SEASONS:
        return f"{_SEASONS[month][2]} {shown}"
    if month.isdecimal():
        shown = f"{MONTHS[int(month)]}{' in the' if first != last else ''} {shown}"
        if day.isdecimal():
            return f"{int(day)} {shown}"
        return f"{shown} (day unknown)" if day else shown
    if day.isdecimal():
        return f"{shown} (day {int(day)} of a month)"
    return f"{shown} (month unknown)" if month else shown
