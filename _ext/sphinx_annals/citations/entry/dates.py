"""Dates of publications: the EDTF level 0 and 1 that biblatex's `date` fields hold.

Source: biblatex manual 3.19, section 2.3.8; Library of Congress, EDTF (2019), levels 0 and 1.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_ELSEWHERE = """
januar februar märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
"""
_NAMED = (
    {word: number for line in _ELSEWHERE.split("\n") for number, word in enumerate(line.split(), 1)}
    | {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
    | {month.lower(): number for number, month in enumerate(MONTHS, 1)}
    | {season.lower(): number for number, season in SEASONS.items()}
    | {"sept": 9, "fall": 23}
)
_ONE = re.compile(
    r"(?P<year>-?\d{4}|-?\d{1,3}[Xu]{1,3}|Y-?\d{5,})"
    r"(?:-(?P<month>\d{1,2}|XX|uu)(?:-(?P<day>\d{1,2}|XX|uu))?)?"
    r"(?:[T ][\d:.,+\-Z]*)?(?P<mark>[?~%]?)$"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One calendar date of whatever precision; `year` keeps unspecified digits as X."""

    year: str
    month: int = 0
    day: int = 0
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A date or an interval; `end` None is a single date, `open_end` one that goes on."""

    start: Point | None
    end: Point | None = None
    open_end: bool = False
    literal: str = ""

    @property
    def year(self) -> str:
        """The year or years as a citation shows them."""
        if self.literal:
            return self.literal
        first = year_text(self.start) if self.start else ""
        if self.open_end:
            return f"{first}–"
        last = year_text(self.end) if self.end else ""
        if not first:
            return f"–{last}"
        return first if not last or last == first else f"{first}–{last}"

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Year, month and day for sorting; what is unknown comes first."""
        point = self.start or self.end
        if point is None:
            digits = re.search(r"\d{1,4}", self.literal)
            return (int(digits[0]) if digits else 0, 0, 0)
        return (int(re.sub("[Xu]", "0", point.year.lstrip("Y"))), point.month, point.day)


_SEASON_ENDS = {21: (0, 5), 22: (0, 8), 23: (0, 11), 24: (1, 2)}  # winter ends a year later


def last_day(date: Date | None) -> tuple[int, int, int] | None:
    """Give the last day that a date can be; None where it is open, or has no year at all."""
    if date is None or date.open_end:
        return None
    point = date.end or date.start
    if point is None:
        years = re.findall(r"(?<!\d)\d{4}(?!\d)", date.literal)
        return (int(max(years)), 12, 31) if years else None
    year = int(point.year.lstrip("Y").replace("X", "0" if point.year.startswith("-") else "9"))
    more, month = _SEASON_ENDS.get(point.month, (0, point.month or 12))
    length = monthrange(2000 + (year + more) % 400, month)[1]
    return year + more, month, point.day or length


def year_text(point: Point) -> str:
    """Show a year: 195X as 1950s, 19XX as 1900s, -0043 as 44 BCE, doubt in brackets."""
    year = point.year.lstrip("Y")
    if "X" in year:
        shown = f"{year.replace('X', '0')}s"
    elif year.startswith("-"):
        shown = f"{abs(int(year)) + 1} BCE"
    else:
        shown = str(int(year))
    if point.approximate:
        shown = f"ca. {shown}"
    return f"[{shown}?]" if point.uncertain else shown


def parse_date(source: str) -> Date | None:
    """Read an EDTF date, or None where the text is none; never raises."""
    return _parse_date(source.strip())


@lru_cache(maxsize=16384)
def _parse_date(source: str) -> Date | None:
    if not source:
        return None
    if "/" in source:
        left, _, right = source.partition("/")
        start, end = _point(left), _point(right)
        unbounded = right.strip() in ("", "..", "open", "unknown")
        if (start or left.strip() in ("", "..")) and (end or unbounded) and (start or end):
            return Date(start, end, open_end=unbounded)
        return None
    point = _point(source)
    return Date(point) if point else None


def _point(source: str) -> Point | None:
    match = _ONE.match(source.strip())
    if match is None:
        return None
    month, day = _number(match["month"]), _number(match["day"])
    if (month > 12 and month not in SEASONS) or day > 31 or (day and not month):
        return None
    mark = match["mark"]
    return Point(match["year"].replace("u", "X"), month, day, mark in ("?", "%") and bool(mark),
                 mark in ("~", "%") and bool(mark))  # fmt: skip


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdigit() else 0


def from_parts(year: str, month: str, day: str) -> Date | None:
    """Build a date from BibTeX's year, month and day fields.

    A year that is no number (“forthcoming”, “1950–1952”, “c. 1880”) is kept as it is written.
    """
    year = year.strip()
    if not year:
        return None
    whole = parse_date(year)
    if whole is None:
        span = re.fullmatch(r"(\d{4})\s*(?:-{1,2}|–)\s*(\d{4})", year)
        if span:
            return Date(Point(span[1]), Point(span[2]))
        return Date(None, literal=year)
    months = month_numbers(month)
    if whole.start and months and not whole.end and not whole.start.month:
        if len(months) == 1:
            return Date(replace(whole.start, month=months[0], day=_day_number(day, month)))
        return Date(replace(whole.start, month=months[0]), replace(whole.start, month=months[1]))
    return whole


def _day_number(day: str, month: str) -> int:
    """The day; BibTeX's own idiom puts it beside the month: "10~" # jan."""
    digits = re.sub(r"\D", "", day)
    if not digits and not month.strip().isdigit():
        digits = next(iter(re.findall(r"\b\d{1,2}\b", month)), "")
    return int(digits) if 0 < len(digits) < 3 and int(digits) < 32 else 0


def month_numbers(text: str) -> list[int]:
    """Read the months of a field: in figures, or by name in one of several languages."""
    if text.strip().isdigit():
        return [int(text)] if 1 <= int(text) <= 12 else []
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [found for word in words if (found := _NAMED.get(word) or _NAMED.get(word[:3], 0))][:2]


def day_text(date: Date | None, form: str = "mdy", *, year: bool = True) -> str:
    """Show day and month, with the year or without: “February 14, 1950”, “14 February”.

    `form` is "mdy" (Chicago's own) or "dmy" (allowed by Chicago 6.38 if kept throughout).
    """
    if date is None or date.start is None:
        return date.literal if date and year else ""
    first = _day(date.start, form)
    last = _day(date.end, form) if date.end else ""
    if not year or not first:
        shown = first if not last or last == first else f"{first}–{last}"
        return shown if not year else date.year
    if last and date.end and date.end.year != date.start.year:
        return f"{_dated(date.start, form)}–{_dated(date.end, form)}"
    if last and last != first:
        comma = ", " if form == "mdy" and date.start.day else " "
        return f"{first}–{last}{comma}{year_text(date.start)}"
    return _dated(date.start, form)


def _dated(point: Point, form: str) -> str:
    comma = ", " if form == "mdy" and point.day else " "
    return f"{_day(point, form)}{comma}{year_text(point)}"


def _day(point: Point, form: str) -> str:
    if not point.month:
        return ""
    month = SEASONS.get(point.month) or MONTHS[point.month - 1]
    if not point.day:
        return month
    return f"{month} {point.day}" if form == "mdy" else f"{point.day} {month}"
