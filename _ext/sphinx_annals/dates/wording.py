"""A point of a date in words, and two points that share a year or a month, in any language.

Patterns and names of months are CLDR's, as Babel has them: what comes first, what stands between,
which case a month takes beside a day. What CLDR does not know is ours, in ``phrases.toml`` and
here: about, seasons, decades, eras. An era goes round a whole date, since some languages have it
before the year.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.dates import parse_pattern

from sphinx_annals.dates.days import Day
from sphinx_annals.dates.edtf import Point, Precision
from sphinx_annals.language import Language

_PHRASES = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
_LETTERS = {"MMM": "format", "MMMM": "format", "LLL": "stand-alone", "LLLL": "stand-alone"}
"""Names of months beside a day, and alone. CLDR has short names in spans of days, where ours are
whole.
"""
_CONTEXTS = {Precision.DAY: "day", Precision.MONTH: "month", Precision.YEAR: "year"}
"""What a phrase is said of; a longer span has a context of its own."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends with what stands between: ``14``, ``–``, ``16 February 1950``."""

    first: str
    between: str
    last: str

    def __str__(self) -> str:
        """The whole."""
        return f"{self.first}{self.between}{self.last}"


class Wording:
    """How a language writes points of dates; its patterns are looked up once."""

    def __init__(self, language: Language) -> None:
        locale, spans = language.locale, language.locale.interval_formats
        self.language = language
        self._names = {  # plain, since a look into Babel's data takes longer than all the rest
            month: {
                letters: locale.months[form]["wide"][month] for letters, form in _LETTERS.items()
            }
            for month in range(1, 13)
        }
        self._first = language.pgettext("first day of a month", "1")
        self._day = _pattern(locale.date_formats["long"].pattern)
        self._month = _pattern(locale.datetime_skeletons["yMMMM"].pattern)
        self._day_and_month = _pattern(locale.datetime_skeletons["MMMMd"].pattern)
        self._days = _span_of(*spans["yMMMd"]["d"])
        self._days_of_months = _span_of(*spans["yMMMd"]["M"])
        closed = ("MMMM–", "MMMM y")  # the house's January–February
        self._months = _span_of(*(closed if language.tag == "en" else spans["yMMMM"]["M"]))

    def year(self, year: int, *, in_full: bool = False) -> str:
        """Give an astronomical year: 0 is 1 BC. In full one of our era is said to be so."""
        return self._in_era(year, self._year(year), in_full)

    def years(self, first: int, last: int) -> Span:
        """Give the years from one to another."""
        if (first > 0) != (last > 0):
            return self.between(self.year(first), self.year(last, in_full=True))
        parted = self.language.pgettext("years", "{first}–{last}")
        span = _filled_in(parted, _number(first), _number(last))
        return self._era_round(first, span)

    def between(self, first: str, last: str) -> Span:
        """Give two ends that share nothing."""
        return _filled_in(self.language.gettext("{first} – {last}"), first, last)

    def day(self, day: Day) -> str:
        """Give a day: ``14 February 1950``."""
        return self._in_era(day[0], self._fill(self._day, *day))

    def point(self, point: Point, *, governed: bool = False, in_full: bool = False) -> str:
        """Give a point with its qualification: ``about 1957``.

        A word before it governs it, which in some languages changes the name of a month.
        """
        text = self._bare(point, governed=governed or point.approximate, in_full=in_full)
        if point.approximate:
            text = self.phrase("about", point).format(date=text)
        if point.uncertain:
            text = self.language.gettext("possibly {date}").format(date=text)
        return text

    def phrase(self, name: str, point: Point) -> str:
        """Give a phrase of those for points, as it is said of this one."""
        context = _CONTEXTS.get(point.precision, "span")
        phrase = _PHRASES["points"][name]
        return self.language.pgettext(context, phrase)

    def span(self, start: Point, end: Point) -> Span:
        """Give two points without what both say, a year or a month."""
        (year, month, day), (end_year, end_month, end_day) = start.earliest, end.earliest
        alike = start.precision is end.precision and not (start.is_uncertain or end.is_uncertain)
        # a remark, "(day unknown)", is of one end alone, and so is "about": then both stay whole
        if alike and not (start.has_gaps or end.has_gaps or start.time or end.time):
            match start.precision:
                case Precision.DAY if year == end_year:
                    patterns = self._days if month == end_month else self._days_of_months
                    return self._spanned(patterns, year, (month, end_month), (day, end_day))
                case Precision.MONTH if year == end_year:
                    return self._spanned(self._months, year, (month, end_month))
                case Precision.YEAR:
                    return self.years(year, end_year)
        in_full = year <= 0 < end_year
        return self.between(self.point(start), self.point(end, in_full=in_full))

    def _spanned(
        self, span: Span, year: int, months: tuple[int, int], days: tuple[int, int] = (1, 1)
    ) -> Span:
        first = self._fill(span.first, year, months[0], days[0])
        last = self._fill(span.last, year, months[1], days[1])
        return self._era_round(year, Span(first, span.between, last))

    def _fill(self, pattern: str, year: int, month: int, day: int = 1) -> str:
        numbers = {"d": self._first if day == 1 else day, "M": month, "L": month}
        return pattern % (self._names[month] | numbers | {"y": _number(year)})

    def _year(self, year: int) -> str:
        return self.language.pgettext("year", "{year}").format(year=_number(year))

    def _era(self, year: int, in_full: bool = False) -> str:
        words, common = self.language, self.language.common_era
        if year <= 0:
            return words.gettext("{date} BCE") if common else words.gettext("{date} BC")
        if in_full:
            return words.gettext("{date} CE") if common else words.gettext("{date} AD")
        return "{date}"

    def _in_era(self, year: int, text: str, in_full: bool = False) -> str:
        return self._era(year, in_full).format(date=text)

    def _era_round(self, year: int, span: Span) -> Span:
        before, _, after = self._era(year).partition("{date}")
        return Span(before + span.first, span.between, span.last + after)

    def _bare(self, point: Point, *, governed: bool, in_full: bool) -> str:
        """Give a point; digits that are not known make a decade, a span or a remark."""
        if point.precision is Precision.SEASON:
            season = _PHRASES["seasons"][point.month]
            return self.language.gettext(season).format(
                year=self.year(int(point.year), in_full=in_full)
            )
        text = self._told(point, governed=governed, in_full=in_full)
        words = self.language
        if point.time:
            return words.gettext("{date}, {time}").format(date=text, time=point.time)
        if point.month.isdecimal() and point.day and not point.day.isdecimal():
            return words.gettext("{date} (day unknown)").format(date=text)
        if point.month.isdecimal() or not point.month:
            return text
        if point.day.isdecimal():
            day = words.gettext("{date} (day {day} of a month)")
            return day.format(date=text, day=int(point.day))
        return words.gettext("{date} (month unknown)").format(date=text)

    def _told(self, point: Point, *, governed: bool, in_full: bool) -> str:
        """Give what is known of a day, a month and a year."""
        year, month, day = point.numbers
        if "X" in point.year:
            return self._in_some_year(point, self.part_of_year(month, day))
        if not month:
            return self.year(year, in_full=in_full)
        pattern = self._day if day else self._month
        if governed:
            pattern = pattern.replace("LLLL", "MMMM")
        return self._in_era(year, self._fill(pattern, year, month, day), in_full)

    def part_of_year(self, month: int, day: int) -> str:
        """Give a day and a month, or a month; nothing where neither is known."""
        if day:
            return self._fill(self._day_and_month, 1, month, day)
        return str(self._names[month]["LLLL"]) if month else ""

    def _in_some_year(self, point: Point, part: str) -> str:
        """Give a year of which not all digits are known, with a part of it if that is known."""
        words, (first, last) = self.language, (point.earliest[0], point.latest[0])
        if not re.search(r"\d", point.year):
            unknown = words.gettext("{part} of an unknown year") if part else ""
            return unknown.format(part=part) or words.gettext("year unknown")
        if first > 0 and re.fullmatch(r"\d{3}X", point.year):
            decade = words.gettext("{part} in the {year}s") if part else words.gettext("{year}s")
            return decade.format(part=part, year=first)
        years = str(self.years(first, last))
        if not part:
            return years
        return words.gettext("{part} in one of the years {years}").format(part=part, years=years)


@cache
def wording_of(language: Language) -> Wording:
    """Give how a language writes dates."""
    return Wording(language)


def day_in_words(day: Day, language: Language) -> str:
    """Give a day as a language writes it: ``14 February 1950``."""
    return wording_of(language).day(day)


def part_of_year(month: int, day: int, language: Language) -> str:
    """Give a day (0 for none) and a month as a language writes them without a year."""
    return wording_of(language).part_of_year(month, day)


def year_in_words(year: int, language: Language) -> str:
    """Give an astronomical year as a language writes it: 0 is 1 BC."""
    return wording_of(language).year(year)


def _number(year: int) -> str:
    """Give the number of a year in its era."""
    return str(year if year > 0 else 1 - year)


def _pattern(pattern: str) -> str:
    """Turn a pattern of CLDR into one of Python; narrow blanks, which few fonts have, into usual
    ones.
    """
    narrow = {"\u2009": " ", "\u202f": "\u00a0"}
    return re.sub("[\u2009\u202f]", lambda m: narrow[m[0]], str(parse_pattern(pattern).format))


def _span_of(first: str, last: str) -> Span:
    """Read a pattern of CLDR for a span, and part what stands between from its first end."""
    made = _pattern(first)
    found = re.fullmatch(r"(.*?)([\s–—~至-]*)", made)
    assert found
    return Span(found[1], found[2], _pattern(last))


def _filled_in(parted: str, first: str, last: str) -> Span:
    """Fill in a phrase with two ends; what stands outside them goes with each."""
    before, _, rest = parted.partition("{first}")
    between, _, after = rest.partition("{last}")
    return Span(before + first, between, last + after)
