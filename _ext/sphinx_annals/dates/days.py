"""Days by number, in both calendars and any year, and as text; Python's own begin with year 1."""

import datetime
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeVar

Day = tuple[int, int, int]
"""A day as (astronomical year, month, day): year 0 is 1 BC."""

# to read dates with; not the calendar module's, which are in the language of whoever builds
_MONTHS = "January February March April May June July August September October November December"
MONTHS = ["", *_MONTHS.split()]
MONTH_NAMES = {name.lower(): month for month in MONTHS[1:] for name in (month, month[:3])}
"""The months by their names, also by those of three letters, in small letters."""


T = TypeVar("T")
_LOWEST, _HIGHEST = (-(10**12), 1, 1), (10**12, 1, 1)


class Calendar(Enum):
    """The calendar in which a source states a date."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"


def day_number(day: Day, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Number the days of a calendar; 1970-01-01 of the Gregorian is 0.

    The arithmetic is Hinnant's (https://howardhinnant.github.io/date_algorithms.html).
    """
    year, month, date = day
    year -= month <= 2  # the year begins in March, so that a leap day is its last
    # from March on, months have 31, 30, 31, 30 and 31 days, 153 in five, and so again
    days = year * 365 + year // 4 + (153 * ((month + 9) % 12) + 2) // 5 + date - 1
    if calendar is Calendar.JULIAN:
        return days - 719470
    return days - year // 100 + year // 400 - 719468


def day_at(number: int) -> Day:
    """Give the Gregorian day of a number; the inverse of :func:`day_number`."""
    era, of_era = divmod(number + 719468, 146097)  # the days of 400 years, from March of year 0
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    date = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return (year + era * 400 + (month <= 2), month, date)


def days_in_month(year: int, month: int, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Give how many days a month has."""
    following = (year + month // 12, month % 12 + 1, 1)
    return day_number(following, calendar) - day_number((year, month, 1), calendar)


def as_date(day: Day) -> datetime.date | None:
    """Give a ``datetime.date``, or None for years that Python's calendar lacks."""
    return datetime.date(*day) if 1 <= day[0] <= 9999 else None


def iso_day(day: Day) -> str:
    """Give a day in ISO 8601, years before 1 and after 9999 with a sign and at least 4 digits."""
    year, month, date = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04}-{month:02}-{date:02}"


def overlapping(spans: Iterable[tuple[Day | None, Day | None, T]]) -> Iterator[tuple[T, T]]:
    """Give each whose span meets that of one before it, behind that one; None has no end.

    A single sweep over the spans in order: thousands that meet in nothing cost no square.
    Each is compared with the one that reaches furthest, which meets it if any does.
    """
    known = [
        (first or _LOWEST, order, last or _HIGHEST, item)
        for order, (first, last, item) in enumerate(spans)
    ]
    known.sort(key=lambda span: span[:2])
    if not known:
        return
    _, _, reach, holder = known[0]
    for first, _, last, item in known[1:]:
        if first <= reach:
            yield holder, item
        if last > reach:
            reach, holder = last, item
