"""Dates as sources write them, in EDTF or in English: ``from 14 February 1950 to about 1960``."""

import re
from contextlib import suppress

from sphinx_annals.dates import MONTHS, Calendar, DateError, HistoricalDate, parse

_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS[1:])
# four digits, from 1000 to 2099: "by 300" may count anything
_YEAR = r"(?:1\d|20)\d\d"
_DATE = rf"(?:(?P<before>\d\d?) )?(?P<month>{_MONTH})\.?(?: (?P<after>\d\d?),?)? (?P<year>{_YEAR})"
_POINT = r"((?:1\d|20)\d[\dX](?:-\d\d)*~?)"


def _iso(match: re.Match[str]) -> str:
    month = [name[:3] for name in MONTHS].index(match["month"][:3].title())
    day = match["before"] or match["after"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


_STEPS = [
    (re.compile(pattern, re.IGNORECASE), edtf)
    for pattern, edtf in (
        # days and months first, so that the words about them find them in EDTF
        (_DATE, _iso),
        (r"(?:the )?((?:1\d|20)\d)0s", r"\1X"),
        (rf"(?:about|around|circa|ca?\.) {_POINT}", r"\1~"),
        (rf"(?:from|since|not earlier than) {_POINT}$", r"\1/.."),
        (rf"(?:until|till|by|not later than) {_POINT}$", r"../\1"),
        (rf"(?:from |between )?{_POINT}(?: ?[–—] ?| to | and |-){_POINT}$", r"\1/\2"),
    )
]
"""What turns English into EDTF, in the order in which it is to be done."""


def read_date(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate | None:
    """Read EDTF or an English date, or give None; a short number is not a year."""
    text = " ".join(text.split())
    if found := read_edtf(text, calendar):
        return found
    for pattern, edtf in _STEPS:
        text = pattern.sub(edtf, text)
    return read_edtf(text, calendar)


def read_edtf(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate | None:
    """Read EDTF, or give None."""
    with suppress(DateError):
        return parse(text, calendar)
    return None


def shown_date(text: str, calendar: Calendar) -> HistoricalDate | None:
    """Read what is to be shown as a date: EDTF, and English where its days must be converted."""
    read = read_edtf if calendar is Calendar.GREGORIAN else read_date
    return read(text, calendar)
