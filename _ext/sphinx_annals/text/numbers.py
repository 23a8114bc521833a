"""Numbers: which pages a locator names, and the digits by which others betray a slip."""

import re
from collections.abc import Iterable

Range = tuple[int, int]
_NUMBER = r"\d{1,9}"
_RANGE = rf"{_NUMBER}(?:\s*[-–—]+\s*{_NUMBER})?"
# in the languages that books are cited in; a small Latin “s.” is a section of a law as well
_WORD = r"(?:\b(?:pp?|pgs?|pagg?|págs?|str|SS?|[Сс]{1,2}|[Сс]тр)\.|\b(?:pages?|Seiten?|páginas?)\b)"
_NAMED = re.compile(rf"{_WORD}\s*({_RANGE}(?:\s*(?:,|and|&|und|и)\s*{_RANGE})*)")
_PAGES = re.compile(rf"({_NUMBER})[a-z]?(?:\s*[-–—]+\s*({_NUMBER})[a-z]?|\s*ff?\.?)?")
_LABEL = re.compile(rf"^(?:{_WORD}|pp?|pgs?)\s*(?=\d)")
_BETWEEN = re.compile(r"\s*[,;&、]\s*|\s+(?:and|und|и)\s+")
_CHINESE = re.compile(r"第?\s*([\d\s,、–—-]{1,99})\s*[页頁]")


def is_number(text: str) -> bool:
    """Tell whether a text is a number that something can have so many of: “①” and “²” are none."""
    return text.isdecimal() and len(text) <= 9


def page_ranges(text: str) -> list[Range]:
    """Read “pp. 167–76, 180” as [(167, 176), (180, 180)]; nothing where it is not pages alone.

    A shortened end is completed; an end before its beginning stays as it is.
    """
    bare = _LABEL.sub("", text.strip())
    bare = _CHINESE.sub(r"\1", bare).strip()
    ranges: list[Range] = []
    for piece in _BETWEEN.split(bare):
        match = _PAGES.fullmatch(piece)
        if match is None:
            return []
        first, last = match[1], match[2] or match[1]
        if len(last) < len(first) and int(last) <= int(first):
            last = first[: len(first) - len(last)] + last
        ranges.append((int(first), int(last)))
    return ranges


def located_pages(locator: str) -> list[Range]:
    """Give the pages that a locator names: “p. 245 n. 9” is page 245, “ch. 3” is none.

    “S. 245” and “с. 245” are pages too.
    """
    return page_ranges(locator) or [
        found for match in _NAMED.finditer(locator) for found in page_ranges(match[1])
    ]


def outside(pages: Iterable[Range], spans: Iterable[Range]) -> bool:
    """Tell whether some pages are in none of the spans; what runs backwards is nowhere."""
    known = list(spans)
    return any(
        first <= last and not any(low <= first and last <= high for low, high in known)
        for first, last in pages
    )


def show_pages(spans: Iterable[Range]) -> str:
    """Give pages as they are printed: ``244–245, 250``."""
    return ", ".join(f"{low}–{high}" if low != high else str(low) for low, high in spans)


def weighted_digit(body: str) -> str:
    """Give the digit that makes the sum divisible by eleven: of an ISBN of ten, ISSN, GND.

    Each digit counts times its place from the right, the check digit as the first (ISO 2108).
    """
    return _digit(-_weighted(body))


def gnd_digit(body: str) -> str:
    """Give the last digit of a GND number, which may have a hyphen before it.

    Those with one are older, of bodies and subjects, and have the rest itself for a check digit.
    The rule was tried on 520 numbers of published indices.
    """
    return _digit(_weighted(body[:-1])) if body.endswith("-") else weighted_digit(body)


def isni_digit(body: str) -> str:
    """Give the last digit of an ISNI or ORCID: ISO 7064, modulo 11-2."""
    rest = 0
    for digit in body.replace("-", ""):
        rest = (rest + int(digit)) * 2 % 11
    return _digit(1 - rest)


def _weighted(body: str) -> int:
    return sum(place * int(digit) for place, digit in enumerate(reversed(body), 2))


def _digit(number: int) -> str:
    return "0123456789X"[number % 11]
