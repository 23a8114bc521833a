"""Dates as sources write them, in EDTF or in English: ``from 14 February 1950 to about 1960``."""

import re
from typing import Any

from sphinx_annals.dates import MONTHS, DateError, HistoricalDate, parse

_YEAR = r"(?:1\d|20)\d\d"
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS) if name}
_MONTH_NUMBERS |= {name[:3]: number for name, number in list(_MONTH_NUMBERS.items())}
_NAME = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_ENGLISH = [
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (rf"(?P<d>\d\d?) (?P<m>{_NAME})\.? (?P<y>{_YEAR})", "{y}-{m:02}-{d:02}"),
        (rf"(?P<m>{_NAME})\.? (?P<d>\d\d?),? (?P<y>{_YEAR})", "{y}-{m:02}-{d:02}"),
        (rf"(?P<m>{_NAME})\.? (?P<y>{_YEAR})", "{y}-{m:02}"),
        (rf"(?P<y>{_YEAR})", "{y}"),
        (r"(?:the )?(?P<y>(?:1\d|20)\d)0s", "{y}X"),
    )
]
_AROUND = re.compile(r"(?:about|around|circa|ca?\.) +(.+)", re.IGNORECASE)
_SPAN = re.compile(r"(?:from +|between +)?(.+?) *(?:[–—]| to | and |(?<=\d{4})-(?=\d{4}$)) *(.+)")
_OPEN = re.compile(r"(from|since|until|till|by|not later than|not earlier than) +(.+)", re.I)


def read_date(text: str) -> HistoricalDate | None:
    """Read EDTF or an English date, or give None; a short number is not a year."""
    text = " ".join(text.split())
    return read_edtf(text) or read_edtf(_from_english(text))


def read_edtf(text: str) -> HistoricalDate | None:
    """Read EDTF, or give None."""
    try:
        return parse(text)
    except DateError:
        return None


def _from_english(text: str) -> str:
    """Turn ``from 14 February 1950 to about 1960`` into EDTF, or give nothing."""
    point = _point(text)
    if point:
        return point
    match = _OPEN.fullmatch(text)
    if match and (point := _point(match[2])):
        begins = match[1].lower() in ("from", "since", "not earlier than")
        return f"{point}/.." if begins else f"../{point}"
    match = _SPAN.fullmatch(text)
    if match and (start := _point(match[1])) and (end := _point(match[2])):
        return f"{start}/{end}"
    return ""


def _point(text: str) -> str | None:
    about = _AROUND.fullmatch(text)
    if about:
        point = _point(about[1])
        return f"{point}~" if point else None
    for pattern, form in _ENGLISH:
        match = pattern.fullmatch(text)
        if match:
            parts: dict[str, Any] = match.groupdict()
            if "m" in parts:
                parts["m"] = _MONTH_NUMBERS[parts["m"].lower()]
            if "d" in parts:
                parts["d"] = int(parts["d"])
            return form.format(**parts)
    return None
