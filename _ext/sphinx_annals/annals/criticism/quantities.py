"""Numbers with units as sources write them: ``$300 million``, ``160 000 tons``, ``30 years``.

Pure. A quantity keeps the number as a span (``15–35``, ``more than 100``), since sources
are rarely exact, and is converted only where the conversion is exact by definition.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Self

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
    "a dozen": 12,
}
_MULTIPLIERS = {
    "hundred": 10**2,
    "thousand": 10**3,
    **dict.fromkeys(("million", "mn"), 10**6),
    **dict.fromkeys(("billion", "bn"), 10**9),
    "trillion": 10**12,
}
_SHORT_MULTIPLIERS = {"k": 10**3, "m": 10**6, "b": 10**9}
_CURRENCIES = {"us$": "USD", "$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY", "₽": "RUB"}

_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_GROUPED = r"\d{1,3}(?:[,' ’\u00a0\u2009\u202f]\d{3})+(?!\d)"
_DOTTED = r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])"  # one dot alone is a decimal point
_NUMBER = rf"{_DOTTED}|(?:{_GROUPED}|\d+)(?:\.\d+)?|\b(?:{_WORDS})\b"
_MULTIPLIER = rf"(?:\s*({'|'.join(_MULTIPLIERS)})\b|(?<=\d)([kmb])\b)?"
_QUANTITY = re.compile(
    r"(?P<bound>more than|over|at least|no less than|not less than|≥|>"
    r"|less than|fewer than|under|at most|up to|no more than|≤|<)?\s*"
    r"(?P<about>about|around|some|roughly|approximately|circa|ca?\.|[~≈]|nearly|almost)?\s*"
    rf"(?P<currency>us\$|[$£€¥₽])?\s*(?P<sign>[-−])?(?P<low>{_NUMBER})(?P<times>{_MULTIPLIER})"
    rf"(?:\s*(?:[-–—]|to)\s*[$£€¥₽]?(?P<high>{_NUMBER})(?P<high_times>{_MULTIPLIER}))?"
    r"(?![\d-])(?P<unit>\D*)",
    re.IGNORECASE,
)
_BELOW = frozenset(
    ["less than", "fewer than", "under", "at most", "up to", "no more than", "≤", "<"]
)
_PHRASES = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:(?:a|per|each|every) (?:year|annum)|p\.a\.|annually|yearly)|/ ?year\b", " /year"),
        (r"\b(?:a|per|each|every) month\b|\bmonthly\b|/ ?month\b", " /month"),
        (r"\bpercentage points?\b", " points"),
        (r"%|\bper ?cent\b|\bpct\b", " % "),
        (r"\bu\.?s\.? ?(?:dollars?|\$)|\bamerican dollars?\b|\b(?:us )?dollars?\b|\$", " USD"),
        (r"\br(?:o)?ubles?\b", " RUB"),
        (r"\byuan\b|\brenminbi\b|\brmb\b", " CNY"),
        (r"\bpounds? sterling\b", " GBP"),
        (r"\bshort tons?\b", " shortton"),
        (r"\blong tons?\b", " longton"),
        (r"\bmetric tons?\b", " t"),
        (r"\b(?:square|sq\.?) ?(?:km|kilomet(?:re|er)s?)\b|\bkm[²2]", " km²"),
    )
]
_UNITS = {
    "month": "month 1, year 12",
    "day": "day 1, week 7",
    "kg": "kg 1, kilogram 1, t 1000, ton 1000, tonne 1000, kt 1000000, shortton 907.18474,"
    " longton 1016.0469088",
    "m": "m 1, metre 1, meter 1, km 1000, kilometre 1000, kilometer 1000, mile 1609.344,"
    " feet 0.3048, foot 0.3048",
    "m²": "ha 10000, hectare 10000, km² 1000000",
}
_EXACT = {
    unit: (base, Fraction(factor))
    for base, units in _UNITS.items()
    for unit, factor in (words.split() for words in units.split(", "))
}
"""Units by their base and exact factor. An unqualified ton is the metric one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A span of numbers with a unit.

    ``low`` and ``high`` are in the base unit, None where open; ``factor`` turns the number
    as written into it. ``unit`` holds the base unit and the words that say of what.
    """

    low: Fraction | None
    high: Fraction | None
    unit: frozenset[str]
    factor: Fraction = Fraction(1)
    about: bool = False

    @property
    def span(self) -> tuple[Fraction | None, Fraction | None]:
        """The least and the most that it may be."""
        return self.low, self.high

    def unscaled(self) -> Self:
        """Give the numbers as written."""
        low = None if self.low is None else self.low / self.factor
        high = None if self.high is None else self.high / self.factor
        return replace(self, low=low, high=high, factor=Fraction(1))


@lru_cache(maxsize=16384)
def read_quantity(text: str) -> Quantity | None:
    """Read a number with its unit, or give None for what is not one."""
    return _read_duration(text) or _read_number(text)


def _read_number(text: str) -> Quantity | None:
    match = _QUANTITY.fullmatch(" ".join(text.split()))
    if not match:
        return None
    currency = (match["currency"] or "").lower()
    times = _times(match["times"], bool(currency))
    high_times = _times(match["high_times"], bool(currency))
    if times is None or high_times is None:
        return None
    base, factor, words = _unit(match["unit"])
    unit = words | {_CURRENCIES[currency]} if currency else words
    low = _number(match["low"]) * (times if times > 1 else high_times)
    high = _number(match["high"]) * high_times if match["high"] else low
    if match["sign"]:
        low, high = -low, -high if not match["high"] else high
    low, high = sorted((low * factor, high * factor))
    bound = (match["bound"] or "").lower()
    below = bound in _BELOW
    return Quantity(
        None if below else low,
        None if bound and not below else high,
        unit | ({base} if base else set()),
        factor,
        bool(match["about"]),
    )


def _number(text: str) -> Fraction:
    word = text.lower()
    if word in _NUMBER_WORDS:
        return Fraction(_NUMBER_WORDS[word])
    kept = r"\D" if text.count(".") > 1 else r"[^\d.]"
    return Fraction(re.sub(kept, "", text))


def _times(text: str | None, money: bool) -> int | None:
    """Give the multiplier; None where a letter could also be a unit."""
    word = (text or "").strip().lower()
    if word in _SHORT_MULTIPLIERS:
        return _SHORT_MULTIPLIERS[word] if money else None
    return _MULTIPLIERS.get(word, 1)


def _unit(text: str) -> tuple[str, Fraction, frozenset[str]]:
    text = text.casefold()
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    base, factor, words = "", Fraction(1), set()
    for word in re.findall(r"[^\s,.;:()\"'’]+", text):
        single = word[:-1] if len(word) > 3 and word.endswith("s") else word
        if single in _EXACT and not base:
            base, factor = _EXACT[single]
        elif re.search(r"[\w%²]", single) and single not in ("of", "in", "the", "and"):
            words.add(single.upper() if single in ("usd", "rub", "cny", "gbp") else single)
    return base, factor, frozenset(words)


_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def _read_duration(text: str) -> Quantity | None:
    """Read ISO 8601 durations of whole years and months, or of whole weeks and days."""
    match = _DURATION.fullmatch(text.strip())
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days = (int(group or 0) for group in match.groups())
    if (years or months) and (weeks or days):
        return None
    unit, length = ("day", 7 * weeks + days) if weeks or days else ("month", 12 * years + months)
    return Quantity(Fraction(length), Fraction(length), frozenset({unit}))


def day_bounds(quantity: Quantity) -> Quantity | None:
    """Give a length in months as the days it may have, one in days as it is, else None."""
    if "day" in quantity.unit:
        return quantity
    if "month" not in quantity.unit or quantity.low is None or quantity.high is None:
        return None
    low = quantity.low // 12 * 365 + quantity.low % 12 * 28
    high = quantity.high // 12 * 366 + quantity.high % 12 * 31
    return Quantity(low, high, quantity.unit - {"month"} | {"day"})
