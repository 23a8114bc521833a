"""Dates of publications: the EDTF of the house's dates, and what BibTeX has instead of it.

Source: biblatex manual 3.19, section 2.3.8.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from sphinx_annals import dates
from sphinx_annals.dates import MONTH_NAMES, MONTHS, Day, HistoricalDate, Point, Shape
from sphinx_annals.language import ENGLISH, Language, message
from sphinx_annals.text import is_number

SEASONS = {
    21: message("Spring"),
    22: message("Summer"),
    23: message("Autumn"),
    24: message("Winter"),
}
_NAMED = {season.lower(): number for number, season in SEASONS.items()} | {"fall": 23}
_NAMED |= {short: MONTHS.index(month) for short, month in MONTH_NAMES.items()}
_NO_YEAR = "nd nodate undated oj od ohnejahr sa sd sansdate sf zj br bd бг бд бр"
"""What catalogues write for a year that a work does not give: “n.d.”, “[o. J.]”, “s. a.”."""
_LONGEST = 200
# What biblatex allows besides: times of day, u for X, months and days that are not known as 00
# or have one digit, and words for an open end. Nobody has a word for quarters of a year.
_LOOSE = (
    (r"(?<=\d)[T ][\d:.,+\-Z]+", ""),
    (r"(?<=[\duX-])u", "X"),
    (r"-00(?!\d)|(?:-XX)+(?![\w-])", ""),
    (r"(?<=\d)-(\d)(?!\d)", r"-0\1"),
    (r"\b(\d{4})-(?:2[5-9]|3\d|4[01])(?![\w-])", r"\1"),
    (r"/\s*(?:open|unknown)?$", "/.."),
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date or an interval, or in its place the text of what is none."""

    found: HistoricalDate | None
    literal: str = ""

    @property
    def start(self) -> Point | None:
        """Where it begins, if that is known."""
        return self.found.start if self.found else None

    @property
    def end(self) -> Point | None:
        """Where an interval ends, if that is known."""
        return self.found.end if self.found and self.found.shape is not Shape.POINT else None

    @property
    def latest(self) -> Day | None:
        """The last day that it can be."""
        if self.found:
            return self.found.latest
        years = re.findall(r"(?<!\d)\d{4}(?!\d)", self.literal)
        return (int(max(years)), 12, 31) if years else None

    @property
    def year(self) -> str:
        """The year or years as data has them, in English."""
        return self.year_in(ENGLISH)

    def year_in(self, language: Language) -> str:
        """Give the year or years as a citation shows them."""
        if not self.found:
            return self.literal
        first = year_text(self.start, language) if self.start else ""
        if not self.found.end:
            return f"{first}–"
        last = year_text(self.end, language) if self.end else ""
        return first if first and last in ("", first) else f"{first}–{last}"

    @property
    def sort_key(self) -> Day:
        """Year, month and day for sorting; what is unknown comes first."""
        if point := self.start or self.end:
            return point.numbers
        digits = re.search(r"\d{1,4}", self.literal)
        return (int(digits[0]) if digits else 0, 0, 0)


def year_text(point: Point, language: Language) -> str:
    """Show a year: 195X as 1950s, 19XX as 1900s, -0043 as 44 BC, doubt in brackets."""
    if "X" in point.year:
        shown = language.gettext("{year}s").format(year=point.year.replace("X", "0"))
    else:
        number = point.numbers[0]
        shown = str(number) if number > 0 else dates.year_in_words(number, language)
    if point.approximate:
        shown = circa(language).format(year=shown)
    return f"[{shown}?]" if point.uncertain else shown


def circa(language: Language) -> str:
    """Give the phrase for a year that is about right."""
    return language.pgettext("year of a work", "ca. {year}")


@lru_cache(maxsize=16384)
def parse_date(source: str) -> Date | None:
    """Read an EDTF date, or None where the text is none; never raises."""
    text = source.strip()
    if len(text) > _LONGEST:
        return None
    for pattern, better in _LOOSE:
        text = re.sub(pattern, better, text)
    try:
        found = dates.parse(text)
    except dates.DateError:
        return None
    return None if found.members else Date(found)


def from_parts(year: str, month: str, day: str) -> Date | None:
    """Build a date from BibTeX's year, month and day fields.

    A year that is no number (“forthcoming”, “1950–1952”, “c. 1880”) is kept as it is written;
    “n.d.” and its like are none.
    """
    year = year.strip()
    if not year or re.sub(r"[\s.\[\]]", "", year).lower() in _NO_YEAR.split():
        return None
    span = re.sub(r"^(\d{4})\s*(?:--?|–)\s*(\d{4})$", r"\1/\2", year)
    whole = parse_date(year) or parse_date(span)
    if whole is None:
        return Date(None, year)
    months = month_numbers(month)
    # a month can be added to one year alone, and takes over what is doubtful of it
    certain = re.fullmatch(r"(-?[\dX]{4})([?~%]?)", year)
    if not months or not certain:
        return whole
    base, mark = certain.groups()
    ends = [f"{base}-{number:02}" for number in months]
    # BibTeX's own idiom puts the day beside the month: "10~" # jan
    beside = "" if is_number(month.strip()) else month
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", day) or re.findall(r"\b\d{1,2}\b", beside)[:1]
    # of “14--16” no day is the date
    one = not days[1:] and not ends[1:]
    exact = parse_date(f"{ends[0]}-{int(days[0]):02}{mark}") if days and one else None
    return exact or parse_date("/".join(end + mark for end in ends)) or whole


def month_numbers(text: str) -> list[int]:
    """Read the months of a field: in figures, or by name in one of several languages."""
    if is_number(text.strip()):
        return [int(text)] if 1 <= int(text) <= 12 else []
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [found for word in words if (found := _month(word))][:2]


def _month(word: str) -> int:
    return _NAMED.get(word) or _named_elsewhere().get(word) or _NAMED.get(word[:3], 0)


@cache
def _named_elsewhere() -> dict[str, int]:
    """Give the months of other languages: when one is met, for their tables are large."""
    tables = (
        Locale(language).months[context]["wide"]
        for language in ("de", "fr", "es", "it", "ru")
        for context in ("format", "stand-alone")  # августа and август
    )
    return {name.lower(): number for months in tables for number, name in months.items()}


def day_text(
    date: Date | None, form: str = "mdy", language: Language = ENGLISH, *, year: bool = True
) -> str:
    """Show day and month, with the year or without: “February 14, 1950”, “14 February”.

    ``form`` is "mdy" (Chicago's own) or "dmy" (allowed by Chicago 6.38 if kept throughout); other
    languages have one order.
    """
    if date is None or date.found is None or date.start is None:
        return date.literal if date and year else ""
    first = _day(date.start, form, language)
    last = _day(date.end, form, language) if date.end else ""
    days = first if last in ("", first) else f"{first}–{last}"
    if not year or not first:
        return date.year_in(language) if year else days
    if language.tag != ENGLISH.tag:
        return dates.in_words(date.found, language)
    if last and date.end and date.end.year != date.start.year:
        return f"{_dated(first, date.start, form)}–{_dated(last, date.end, form)}"
    return _dated(days, date.start, form)


def _dated(days: str, point: Point, form: str) -> str:
    return f"{days}{', ' if form == 'mdy' and point.numbers[2] else ' '}{year_text(point, ENGLISH)}"


def _day(point: Point, form: str, language: Language) -> str:
    _, month, day = point.numbers
    if not 1 <= month <= 12:
        return language.gettext(SEASONS.get(month, ""))
    if language.tag != ENGLISH.tag:
        return dates.part_of_year(month, day, language)
    if not day:
        return MONTHS[month]
    return f"{MONTHS[month]} {day}" if form == "mdy" else f"{day} {MONTHS[month]}"
