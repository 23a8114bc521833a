"""Days by number, in both calendars and any year; Python's own calendar begins with year 1."""

from __future__ import annotations

from sphinx_annals.dates.edtf import Day


def day_number(day: Day, *, julian: bool = False) -> int:
    """Number the days of a calendar; 1970-01-01 of the Gregorian is 0.

    The arithmetic is Hinnant's (https://howardhinnant.github.io/date_algorithms.html).
    """
    year, month, date = day
    year -= month <= 2  # the year begins in March, so that a leap day is its last
    days = year * 365 + year // 4 + (153 * ((month + 9) % 12) + 2) // 5 + date - 1
    return days - 719470 if julian else days - year // 100 + year // 400 - 719468


def day_at(number: int) -> Day:
    """Give the Gregorian day of a number; the inverse of :func:`day_number`."""
    era, of_era = divmod(number + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    date = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return (year + era * 400 + (month <= 2), month, date)


def to_gregorian(day: Day) -> Day:
    """Give the Gregorian day of a Julian one."""
    return day_at(day_number(day, julian=True))
