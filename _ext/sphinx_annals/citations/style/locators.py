"""Locators: how one is shown, and how those of one work are put together.

Each passage stands once, in order, under one label: “246”, “pp. 244–245, 246” become “244–245,
246”; “sec. 5”, “abstract”, “secs. 2, 5” become “secs. 2, 5; abstract”. What is no list of numbers
or of quoted titles stays whole: “vol. 2, p. 5”.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sphinx_annals.language import ENGLISH, Language
from sphinx_annals.text import located_pages, nearest, read_table

PLURALS: Mapping[str, str] = read_table(Path(__file__).with_name("locators.toml"))
"""The kinds of locators that are lists, with their plurals."""
_LABEL = re.compile(r"(§§?|[a-z]+\.?)\s*(?=[\d\"“IVXLCDMivxlcdm])")
_TITLE = re.compile(r"\"[^\"]*\"|“[^”]*”")
_PART = re.compile(rf"(?:{_TITLE.pattern}|[^;])+")
_ITEM = re.compile(rf"{_TITLE.pattern}|[\w–]+")
_PAGES = re.compile(r"(?:pp?|pages?|pgs?)\.?\s*(?=[\dIVXLCDMivxlcdm])")
# two hyphens are a dash, three are left alone; one is a dash between numbers that are no date
_DOUBLE = re.compile(r"(?<=[\w\])])\s*(?<!-)--(?!-)\s*(?=[\w\[(])|(?<!-)--(?!-)")
_SINGLE = re.compile(r"(?<![\d-])(\d+[a-z]?)-(\d+[a-z]?)(?![\d-])")
_RUN = r"[\dIVXLCDMivxlcdm]+[a-z]?(?:\s*[–,]+\s*[\dIVXLCDMivxlcdm]+[a-z]?)*"
_NUMBERS = re.compile(rf"{_RUN}$")
LABELS = sorted({*PLURALS, *PLURALS.values()}, key=len, reverse=True)
"""What stands before the numbers of such."""
_NAMED = re.compile(rf"([a-z]+(?:\.|(?=\s)))\s*{_RUN}(?!\w)")
# CSL's terms for locators that are none of these, and what Latin and French books are divided into
_OTHERS = "bk. cap. f. fasc. ff. lib. op. pt. pts. r. sc. s.v. supp. t. tit. tt. vol. vols. bks."
_ALL = {*LABELS, *_OTHERS.split()}
_KNOWN = re.compile(
    rf"(?<![\w§])({'|'.join(map(re.escape, LABELS))})\s*({_RUN}(?!\w)|{_TITLE.pattern})"
)


@lru_cache(maxsize=4096)
def show_locator(locator: str, *, page_labels: bool = False, language: Language = ENGLISH) -> str:
    """Show a locator: pages lose their “p.” (Chicago 15.23); with ``page_labels`` all have it.

    The labels that we know are those of the language; an author's own stay.
    """
    text = dashes(locator)
    match = _PAGES.match(text)
    if match and not page_labels:
        text = text[match.end() :]
    elif page_labels and not match and _NUMBERS.match(text):
        text = ("pp. " if re.search(r"[-–,]", text) else "p. ") + text
    if language.tag == ENGLISH.tag:
        return text
    return _KNOWN.sub(lambda known: "".join(_labelled(known[2], known[1], language)), text)


def unknown_labels(locator: str) -> Iterator[str]:
    """Yield the abbreviations before numbers that are none we know, and words that are nearly so.

    Other words, such as “reel 3”, are an author's own.
    """
    for part in map(str.strip, re.split("[;,]", locator)):
        match = None if _PAGES.match(part) or located_pages(part) else _NAMED.match(part)
        label = match[1] if match else ""
        if label and label not in _ALL and (label.endswith(".") or nearest(label, LABELS)):
            yield label


def _labelled(place: str, label: str, language: Language) -> tuple[str, str]:
    """Give the label before a place, and the place: “chap. ” and “3”, in Chinese “第” and “3章”."""
    before, _, after = language.pgettext("locator", f"{label} {{place}}").partition("{place}")
    # what is named by its title has no number
    return "" if after and _TITLE.match(place) else before, place + after


def dashes(text: str) -> str:
    """Typeset ``--``, and a hyphen between two numbers, as an en dash; 1950-02-14 is no range."""
    return _SINGLE.sub(r"\1–\2", _DOUBLE.sub("–", text)) if "-" in text else text


class Passage(NamedTuple):
    """One passage of a work: the label that such have, if any, and which one it is.

    ``listed`` passages stand in a list under their label; others are named each by itself. What
    stands before it alone (that of several before a range) and before several is in a language.
    """

    label: str
    text: str
    listed: bool
    own_label: str = ""
    common_label: str = ""

    @property
    def order(self) -> tuple[bool, str, list[float]]:
        """Pages first, then lists by their labels, then the rest; each by its numbers."""
        digits = [] if _TITLE.match(self.text) else re.findall(r"\d+", self.text)
        return not self.listed, self.label, [float(n) for n in digits] or [float("inf")]


@lru_cache(maxsize=4096)
def passages(
    locator: str, *, page_labels: bool = False, language: Language = ENGLISH
) -> tuple[Passage, ...]:
    """Take a locator apart, as an author writes it."""
    parts = (part.strip() for part in _PART.findall(dashes(locator)))
    return tuple(p for part in parts for p in _listed(part, language, page_labels=page_labels))


def _listed(part: str, language: Language, *, page_labels: bool) -> Iterator[Passage]:
    match = _LABEL.match(part)
    # Bare numbers are pages, as Chicago has them; every other label is kept by its singular, so
    # that “sec. 5” and “secs. 2, 7” come to stand in one list.
    if _NUMBERS.match(show_locator(part)):
        label, rest = "p." if page_labels else "", show_locator(part)
    else:
        named = match[1] if match else ""
        label = next((one for one, many in PLURALS.items() if many == named), named)
        rest = part[match.end() :] if match and label in PLURALS else ""
    items = _ITEM.findall(rest)
    # Only what is a list to the last character is taken apart: “2, p. 5” names one place.
    whole = re.sub(r"[\s,]+", "", rest) == re.sub(r"[\s,]+", "", "".join(items))
    if items and whole and all(_TITLE.match(i) or _NUMBERS.match(show_locator(i)) for i in items):
        many = PLURALS.get(label, "")
        for item in items:
            spans = "–" in item and not _TITLE.match(item)
            own, text = _labelled(item, many if spans else label, language) if label else ("", item)
            common = label and _labelled(item, many, language)[0]
            yield Passage(label, text, True, own, common)
    elif part:
        shown = show_locator(part, page_labels=page_labels, language=language)
        yield Passage("", shown, False)


def in_order(found: Iterable[Passage]) -> list[Passage]:
    """Give each passage once, in order."""
    return sorted(dict.fromkeys(found), key=lambda passage: passage.order)


def by_label(found: Iterable[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """Give passages that are in order with what stands before those of one label."""
    # what is not listed stands alone: its text tells it from its neighbours, its label is empty
    for _, group in groupby(found, key=lambda p: (p.label, p.listed or p.text)):
        first, *others = group
        yield first.common_label if others else first.own_label, [first, *others]


def joined(found: Iterable[Passage]) -> str:
    """Give passages that are in order as text."""
    lists = (label + ", ".join(p.text for p in members) for label, members in by_label(found))
    return "; ".join(lists)
