"""Converters for directive options: text in, typed value out.

Each raises ValueError with a message that says what to write instead.
"""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import isodate

from sphinx_annals.annals.model.values import Actor, Name
from sphinx_annals.dates import Duration
from sphinx_annals.text import Citation, parse_citations

_ID = re.compile(r"[^\W_]+(?:[-._][^\W_]+)*(?:/[^\s/,;{}<>`]+)*")
_LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        "ar be bg cs da de el en es fa fi fr he hi hu id it ja ka kk ko la lt lv mn ms my ne nl"
        " no pl pt ro ru sk sr sv ta th tr uk ur uz vi yi zh",
    )
)
_TAGGED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s+(\S.*)")
_ROMAN = re.compile(r"[IVX]|[IVXLCDM]{2,}")  # one letter beyond X is a letter


def language_tag(text: str) -> str:
    """Give the BCP 47 tag of a language, with ``pinyin`` for ``zh-Latn-pinyin``."""
    return "zh-Latn-pinyin" if text == "pinyin" else text


def identifier(text: str) -> str:
    """Read an id: letters and digits in any script, joined by ``-``, ``.`` or ``_``."""
    text = text.strip()
    if not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is not an id; write words joined by hyphens: treaty-signed")
    return text


def split(text: str, separator: str = ",") -> list[str]:
    """Split at separators outside brackets and braces; blank pieces drop out."""
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "({[":
            depth += 1
        elif character in ")}]":
            depth = max(0, depth - 1)
        elif character == separator and depth == 0:
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def several(read: Callable[[str], Any], separator: str = ",") -> Callable[[str], tuple[Any, ...]]:
    """Give what reads several such values, with separators between them."""
    return lambda text: tuple(read(piece) for piece in split(text, separator))


def number(text: str) -> int:
    """Read a whole number: ``12000``."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number; write digits: 12000") from None


def phrase(text: str) -> str:
    """Read text as it stands."""
    return text.strip()


def actor(text: str) -> Actor:
    """Read an id, with a role in brackets: ``zhou-enlai (head of delegation)``."""
    match = re.fullmatch(r"([^()]+?)\s*(?:\((.*)\))?", text)
    if not match:
        raise ValueError(f"{text!r} is not an actor; write: zhou-enlai (head of delegation)")
    return Actor(identifier(match[1]), (match[2] or "").strip())


def name(text: str) -> Name:
    """Read a name, with its language in front where known: ``zh-Hans 中苏友好同盟互助条约``."""
    if text.startswith("pinyin "):
        return Name(text.removeprefix("pinyin ").strip(), language_tag("pinyin"))
    match = _TAGGED.fullmatch(text)
    if match and match[1].split("-")[0] in _LANGUAGES:
        return Name(match[2], match[1])
    return Name(text)


def citation(text: str) -> Citation:
    """Read a key with its locator and prefix: ``{see}key{pp. 84–92}``."""
    found, problems = parse_citations(text)
    if problems or len(found) != 1:
        raise ValueError(f"{text!r} is not a citation; write: heinzig2004arduous{{p. 364}}")
    return found[0]


def acknowledgement(text: str) -> tuple[str, str]:
    """Read the code of a finding with a reason: ``no-source (told in the preface)``."""
    match = re.fullmatch(r"([a-z][a-z-]*)\s*\((.+)\)", text)
    if not match:
        raise ValueError(f"{text!r} has no reason; write: code (reason)")
    return match[1], match[2].strip()


words = several(str)
identifiers = several(identifier)
actors = several(actor)
names = several(name, ";")
citations = several(citation)
acknowledgements = several(acknowledgement, ";")


def coordinates(text: str) -> tuple[float, float]:
    """Read decimal degrees, latitude first: ``55.75, 37.62``."""
    try:
        latitude, longitude = (float(piece) for piece in text.split(","))
    except ValueError:
        latitude = longitude = math.nan
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(
            f"{text!r} are not coordinates; write latitude and longitude in degrees: 55.75, 37.62"
        )
    return latitude, longitude


def duration(text: str) -> Duration:
    """Read an ISO 8601 duration of years, months, weeks and days: ``P30Y``, ``P1Y6M``."""
    text = text.strip()
    error = ValueError(f"{text!r} is not a duration; write ISO 8601: P30Y, P6M, P1Y6M, P10D")
    try:
        value = isodate.parse_duration(text, as_timedelta_if_possible=False)
    except (ValueError, TypeError, OverflowError) as cause:
        raise error from cause
    years, months, days = value.years, value.months, value.tdelta.days
    whole = years == int(years) and months == int(months) and value.tdelta.seconds == 0
    if not whole or min(years, months, days) < 0 or not (years or months or days):
        raise error
    parts = ((int(years), "year"), (int(months), "month"), (int(days), "day"))
    shown = ", ".join(f"{n} {unit}{'s' if n != 1 else ''}" for n, unit in parts if n)
    return Duration(text, shown, int(years), int(months), int(days))


def article_number(text: str) -> str:
    """Give an article's number as an id uses it: ``VI`` and ``6`` are 6, ``3(2)`` is 3(2)."""
    text = text.strip()
    if _ROMAN.fullmatch(text):
        return str(_roman(text))
    return re.sub(r"[\s,;{}<>`]+", "-", text).strip("-/") or "-"


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    numbers = [values[letter] for letter in text] + [0]
    return sum(-n if n < following else n for n, following in pairwise(numbers))
