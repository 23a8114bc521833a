"""Numbers with units as sources write them: ``$300 million``, ``160 000 tons``, ``30 years``.

Pure. A quantity keeps the number as a span (``15–35``, ``more than 100``), since sources
are rarely exact, and is converted only where the conversion is exact by definition.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf

from sphinx_annals.annals.model import Length

_SMALL = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBER_WORDS = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten}-{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_SMALL[1:10], 1)
    },
}
_ZEROS = {"hundred": 2, "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
_LONGEST = 200
_CURRENCIES = {"us$": "usd", "$": "usd", "£": "gbp", "€": "eur", "¥": "cny", "₽": "rub"}
# $300m is no length
_LETTERS = {"k": "thousand", "m": "million", "b": "billion"}
_MONEY = re.compile(r"([$£€¥₽] ?\d[\d.,]*) ?([kmb])\b", re.IGNORECASE)

_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_GROUPED = r"\d{1,3}(?:[,' ’\u00a0\u2009\u202f]\d{3})+(?!\d)"
_DOTTED = r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])"  # one dot alone is a decimal point
_NUMBER = rf"{_DOTTED}|(?:{_GROUPED}|\d+)(?:\.\d+)?|\b(?:{_WORDS})\b"
_TIMES = "|".join(_ZEROS)
_QUANTITY = re.compile(
    r"(?:(?P<above>more than|over|at least|no less than|not less than|≥|>)"
    r"|(?P<below>less than|fewer than|under|at most|up to|no more than|≤|<))?\s*"
    r"(?P<about>about|around|some|roughly|approximately|circa|ca?\.|[~≈]|nearly|almost)?\s*"
    rf"(?P<currency>us\$|[$£€¥₽])?\s*(?P<sign>[-−])?(?P<low>{_NUMBER})(?:\s*(?P<times>{_TIMES})\b)?"
    rf"(?:\s*(?:[-–—]|to)\s*[$£€¥₽]?(?P<high>{_NUMBER})(?:\s*(?P<high_times>{_TIMES})\b)?)?"
    # more numbers make it a date, a reference, or two amounts
    r"(?![\d-])(?P<unit>\D*)",
    re.IGNORECASE,
)
_PHRASES = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:(?:a|per|each|every) (?:year|annum)|p\.a\.|annually|yearly)|/ ?year\b", " /year"),
        (r"\b(?:a|per|each|every) month\b|\bmonthly\b|/ ?month\b", " /month"),
        (r"\bpercentage points?\b", " points"),
        (r"%|\bper ?cent\b|\bpct\b", " % "),
        (r"\bu\.?s\.? ?(?:dollars?|\$)|\bamerican dollars?\b|\b(?:us )?dollars?\b|\$", " usd"),
        (r"\br(?:o)?ubles?\b", " rub"),
        (r"\byuan\b|\brenminbi\b|\brmb\b", " cny"),
        (r"\bpounds? sterling\b", " gbp"),
        (r"\b(?:square|sq\.?) ?(?:km|kilomet(?:re|er)s?)\b|\bkm[²2]", " km²"),
    )
]
_UNITS = {
    "month": "month 1, year 12",
    "day": "day 1, week 7",
    "kg": "kg 1, kilogram 1, t 1000, ton 1000, tonne 1000, kt 1000000",
    "m": "m 1, metre 1, meter 1, km 1000, kilometre 1000, kilometer 1000, mile 1609.344",
    "m²": "ha 10000, hectare 10000, km² 1000000",
}
# fractions, or equal lengths in miles and in metres would differ in their last digit
_EXACT = {
    unit: (base, Fraction(factor))
    for base, units in _UNITS.items()
    for unit, factor in (words.split() for words in units.split(", "))
}
"""Units by their base and exact factor. An unqualified ton is the metric one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A span of numbers as they are written, infinite where it is open, with a unit.

    ``factor`` turns them into the base unit; ``unit`` holds that and the words that say of what.
    """

    low: Fraction | float
    high: Fraction | float
    unit: frozenset[str]
    factor: Fraction
    about: bool

    def span(self, *, scaled: bool = True) -> tuple[Fraction | float, Fraction | float]:
        """Give the least and the most that it may be, in the base unit or as it is written."""
        factor = self.factor if scaled else 1
        return self.low * factor, self.high * factor


@lru_cache(maxsize=16384)
def read_quantity(text: str) -> Quantity | None:
    """Read a number with its unit, or give None for what is not one, as no long text is."""
    if len(text) > _LONGEST:
        return None
    with suppress(ValueError):  # an ISO 8601 duration is one, unless it mixes months and days
        term = Length().convert(text)
        months = 12 * term.years + term.months
        text = f"{months} months" if months else f"{term.days} days"
        if months and term.days:
            return None
    text = _MONEY.sub(lambda match: f"{match[1]} {_LETTERS[match[2].lower()]}", text)
    match = _QUANTITY.fullmatch(" ".join(text.split()))
    if not match:
        return None
    times, high_times = (
        10 ** _ZEROS.get((match[name] or "").lower(), 0) for name in ("times", "high_times")
    )
    # of "1 to 2 million" both numbers are millions
    low = _number(match["low"]) * (times if times > 1 else high_times)
    high = _number(match["high"]) * high_times if match["high"] else low
    if match["sign"]:  # of a span it is that of the first number
        low, high = -low, -high if not match["high"] else high
    low, high = sorted((low, high))
    base, factor, words = _unit(match["unit"])
    money = _CURRENCIES.get((match["currency"] or "").lower(), "")
    least, most = -inf if match["below"] else low, inf if match["above"] else high
    unit = (words | {base, money}) - {""}
    return Quantity(least, most, unit, factor, bool(match["about"]))


def _number(text: str) -> Fraction:
    word = text.lower()
    if word in _NUMBER_WORDS:
        return Fraction(_NUMBER_WORDS[word])
    # several dots part thousands, one alone is a decimal point
    kept = r"\D" if text.count(".") > 1 else r"[^\d.]"
    return Fraction(re.sub(kept, "", text))


def _unit(text: str) -> tuple[str, Fraction, frozenset[str]]:
    """Give the base unit, what it is multiplied with, and the words that say of what."""
    text = text.casefold()
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    base, factor, words = "", Fraction(1), set()
    for word in re.findall(r"[^\s,.;:()\"'’]+", text):
        # of three letters, as in gas, the s is none of a plural
        single = word[:-1] if len(word) > 3 and word.endswith("s") else word
        if single in _EXACT and not base:
            base, factor = _EXACT[single]
        elif re.search(r"[\w%²]", single) and single not in ("of", "in", "the", "and"):
            words.add(single)
    return base, factor, frozenset(words)
