"""One point of a historical date: what the ``edtf`` library read, as a plain frozen value."""

from __future__ import annotations

import calendar as _calendar
import contextlib
import io
import re
import warnings
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pyparsing.warnings import PyparsingDeprecationWarning, PyparsingDiagnosticWarning

with warnings.catch_warnings():  # edtf 5.0 still builds its grammar with pyparsing's old names
    warnings.simplefilter("ignore", PyparsingDeprecationWarning)
    warnings.simplefilter("ignore", PyparsingDiagnosticWarning)
    import edtf

_library: Any = edtf  # its constructors have no types

Day = tuple[int, int, int]
"""A day as (astronomical year, month, day): year 0 is 1 BC."""

ALLOWED = (
    "write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, "
    "1949-10/1950-02, ../1952 (open), [1667,1668] (one of)"
)

MONTHS = list(_calendar.month_name)
# Code, first and last month, name; a month above 12 is one of the year after.
_NAMED_SEASONS = re.findall(
    r"(\d+) (\d+)-(\d+) ([^;]+);",
    "21 3-5 spring;22 6-8 summer;23 9-11 autumn;24 12-14 winter;"
    "25 3-5 spring (northern);26 6-8 summer (northern);27 9-11 autumn (northern);"
    "28 12-14 winter (northern);29 9-11 spring (southern);30 12-14 summer (southern);"
    "31 3-5 autumn (southern);32 6-8 winter (southern);33 1-3 first quarter of;"
    "34 4-6 second quarter of;35 7-9 third quarter of;36 10-12 fourth quarter of;"
    "37 1-4 first third of;38 5-8 second third of;39 9-12 last third of;"
    "40 1-6 first half of;41 7-12 second half of;",
)
_SEASONS = {int(code): name for code, _, _, name in _NAMED_SEASONS}
_SEASON_MONTHS = {int(code): (int(first), int(last)) for code, first, last, _ in _NAMED_SEASONS}
_PLAIN = re.compile(
    r"(-?(?=[0-9X]{4}(?![0-9X]))[0-9]+X*)(?:-(0[1-9]|1[0-2]|2[1-9]|3\d|4[01]|XX)"
    r"(?:-(\d\d|XX))?)?([?~%]?)",
    re.ASCII,
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
    """One end of a date: from a day to a span of years.

    ``iso`` is the value for HTML's ``<time datetime>``, or None where HTML has none.
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
    def qualified(self) -> str:
        """The display with its qualification: ``about 1957``."""
        words = [
            word for word, on in (("possibly", self.uncertain), ("about", self.approximate)) if on
        ]
        return " ".join([*words, self.display])


def read(text: str) -> Any:
    """Read EDTF into a value of the ``edtf`` library; raises DateError."""
    return _plain(text) or _parsed(text)


def _plain(text: str) -> Any:
    """Read everyday dates without the 10 to 80 ms that the library's grammar takes, or give None.

    The values are the library's own. It refuses qualified seasons, which are taken here.
    """
    match = _PLAIN.fullmatch(text)
    if not match or match[1] == "-0000":
        return None
    year, month, day, mark = match.groups()
    ua = _library.UA(mark) if mark else None
    season = month not in (None, "XX") and int(month) in _SEASONS
    if ("X" in year and month) or (day and season) or (month == "XX" and day not in (None, "XX")):
        return None
    if "X" in text:
        return _library.Unspecified(year=year, month=month, day=day, ua=ua)
    date = _library.Season(year, month) if season else _library.Date(year, month, day)
    return _library.UncertainOrApproximate(date, ua) if ua else date


def _parsed(text: str) -> Any:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it fails to read
            return edtf.parse_edtf(text)
    except edtf.EDTFParseException as error:
        raise DateError(f"{text!r} is not a date; {ALLOWED}") from error


def to_point(value: Any) -> Point:
    """Turn a single date of the ``edtf`` library into a Point."""
    text = str(value)
    uncertain = approximate = False
    if isinstance(value, edtf.UncertainOrApproximate | edtf.Unspecified):
        mark = str(value.ua or "")
        uncertain, approximate = "?" in mark or "%" in mark, "~" in mark or "%" in mark
        value = getattr(value, "date", value)
    elif isinstance(value, edtf.PartialUncertainOrApproximate):
        uncertain, approximate = (any(c in text for c in "?%"), any(c in text for c in "~%"))
        value = read(re.sub(r"[?~%]", "", text))
    elif getattr(value, "significant_digits", None):
        return _significant(value, text)
    precision, shown, iso = _describe(value)
    earliest, latest = _bounds(value)
    return Point(text, earliest, latest, precision, shown, iso, uncertain, approximate)


def _bounds(value: Any) -> tuple[Day, Day]:
    if isinstance(value, edtf.Season):
        first, last = _SEASON_MONTHS[int(value.season)]
        return _months(int(value.year), first, last)
    if isinstance(value, edtf.Date):
        return _unspecified_bounds(str(value.year), value.month or "XX", value.day or "XX")
    lower, upper = value.lower_strict(), value.upper_strict()
    return (lower[0], lower[1], lower[2]), (upper[0], upper[1], upper[2])


def _unspecified_bounds(year: str, month: str, day: str) -> tuple[Day, Day]:
    """Give the first and last day that fit digits of which some are ``X``."""
    first, last = sorted(int(year.replace("X", digit)) for digit in "09")
    months = _fitting(month, 12)
    return (
        (first, months[0], _fitting(day, 31)[0]),
        (last, months[-1], _fitting(day, days_in_month(last, months[-1]))[-1]),
    )


def _fitting(digits: str, highest: int) -> list[int]:
    """Give the numbers that digits leave possible; a number too high stands for itself."""
    pattern = re.compile(digits.replace("X", r"\d"))
    found = [n for n in range(1, highest + 1) if pattern.fullmatch(f"{n:02}")]
    return found or [int(digits.replace("X", "0"))]


def _months(year: int, first: int, last: int) -> tuple[Day, Day]:
    end_year, end_month = (year + 1, last - 12) if last > 12 else (year, last)
    return (year, first, 1), (end_year, end_month, days_in_month(end_year, end_month))


def days_in_month(year: int, month: int) -> int:
    """Give the days of a month in the proleptic Gregorian calendar, any year."""
    return _calendar.monthrange(2000 + year % 400, month)[1]


def _significant(value: Any, text: str) -> Point:
    lower, upper = value.lower_fuzzy(), value.upper_fuzzy()
    shown = show_year(int(str(value.year)))
    first, last = (lower[0], 1, 1), (upper[0], 12, 31)
    return Point(text, first, last, Precision.SPAN, shown, None, approximate=True)


def _describe(value: Any) -> tuple[Precision, str, str | None]:
    """Give the precision, display and HTML datetime of one unqualified date."""
    if isinstance(value, edtf.Season):
        season = f"{_SEASONS[int(value.season)]} {show_year(int(value.year))}"
        return Precision.SEASON, season, _iso(value.year)
    if isinstance(value, edtf.DateAndTime):
        precision, shown, iso = _describe(value.date)
        time = re.sub(r"(Z|[+-]\d\d(:?\d\d)?)$", "", str(value.time))
        return precision, f"{shown}, {time}", iso
    year, month, day = (str(getattr(value, part, None) or "") for part in ("year", "month", "day"))
    if isinstance(value, edtf.LongYear) or not year:
        return Precision.SPAN, _long_year(value), None
    if "X" in year.upper():
        return Precision.SPAN, _unspecified_year(year, month, day), None
    shown_year = show_year(int(year))
    if not month:
        return Precision.YEAR, shown_year, _iso(year)
    if "X" in month.upper():
        detail = "month unknown" if not day or "X" in day.upper() else f"day {int(day)} of a month"
        return Precision.YEAR, f"{shown_year} ({detail})", _iso(year)
    named = f"{MONTHS[int(month)]} {shown_year}"
    if not day:
        return Precision.MONTH, named, _iso(year, month)
    if "X" in day.upper():
        return Precision.MONTH, f"{named} (day unknown)", _iso(year, month)
    return Precision.DAY, f"{int(day)} {named}", _iso(year, month, day)


def _iso(year: str, *rest: str) -> str | None:
    return "-".join([year, *rest]) if len(year) == 4 and int(year) > 0 else None


def show_year(year: int) -> str:
    """Give an astronomical year as historians write it: 0 is 1 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _long_year(value: Any) -> str:
    lower = value.lower_strict()
    return show_year(int(lower[0]))


def _unspecified_year(year: str, month: str, day: str) -> str:
    sign, digits = ("-", year[1:]) if year.startswith("-") else ("", year)
    digits = digits.upper()
    if digits.endswith("X") and "X" not in digits[:-1] and not sign:
        shown = f"{digits[:-1]}0s"
    else:
        low, high = (int(sign + digits.replace("X", d)) for d in "09")
        low, high = sorted((low, high))
        join = "{} to {}" if sign else "{}–{}"
        shown = join.format(show_year(low), show_year(high))
    named = month if month and "X" not in month.upper() else ""
    if not named:
        return shown
    numbered = f"{int(day)} " if day and "X" not in day.upper() else ""
    return f"{numbered}{MONTHS[int(named)]} in the {shown}"
