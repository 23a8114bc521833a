"""What an import makes of dates that it has read: one calendar, spans, sets."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

from sphinx_annals.dates import Calendar, DateError, HistoricalDate, parse, to_gregorian

Key = TypeVar("Key")


def in_one_calendar(found: Mapping[Key, HistoricalDate]) -> tuple[dict[Key, str], Calendar]:
    """Give dates in EDTF in one calendar: the Julian where all are, else its days are converted."""
    if found and all(date.calendar is Calendar.JULIAN for date in found.values()):
        return {key: date.edtf for key, date in found.items()}, Calendar.JULIAN
    told = {
        key: to_gregorian(date.edtf) if date.calendar is Calendar.JULIAN else date.edtf
        for key, date in found.items()
    }
    return told, Calendar.GREGORIAN


def between(earliest: str, latest: str) -> str:
    """Give the EDTF of some time from one date to another; either may be blank.

    What fills a month or a year is that month or year.
    """
    first, last = earliest and parse(earliest), latest and parse(latest)
    if not first or not last:
        return f"[{earliest}..{latest}]"
    days = first.earliest, last.latest
    for whole in (earliest, earliest[:-3], earliest[:-6]):
        with suppress(DateError):
            if (span := parse(whole)).span == days and span.start:
                return whole
    return f"[{earliest}..{latest}]"


def span(begin: str, end: str) -> str:
    """Give the EDTF of what goes on from one date to another; either may be blank.

    Of ends that are told as spans themselves, what lies outermost counts.
    """
    if begin == end:
        return begin
    return "/".join((_outer(begin, 0), _outer(end, -1)))


def _outer(edtf: str, place: int) -> str:
    if re.fullmatch(r"[\[{].*[\]}]|.*/.*", edtf):
        return re.split(r"\.\.|[,/]", edtf.strip("[]{}"))[place]
    return edtf


def one_of(edtf: Iterable[str]) -> str:
    """Give the EDTF of what is one of several dates."""
    found = list(dict.fromkeys(edtf))
    members = [date.strip("[]") for date in found]
    return found[0] if len(found) == 1 else f"[{','.join(members)}]"
