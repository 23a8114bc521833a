"""Pages as numbers: what a locator names, and what a work fills of the one that contains it."""

from __future__ import annotations

import re

from sphinx_annals.citations.entry.model import Entry

Range = tuple[int, int]
_OWN = frozenset({"book", "booklet", "collection", "manual", "proceedings", "report", "thesis"})
"""Types whose `pages` may be a count: a single number there is no span."""


def page_ranges(text: str) -> list[Range]:
    """Read “pp. 167–76, 180” as [(167, 176), (180, 180)]; nothing where it is not pages alone.

    A shortened end is completed; an end before its beginning stays as it is.
    """
    bare = re.sub(r"^(?:pp?|pages?|pgs?)\.?\s*(?=\d)", "", text.strip())
    ranges: list[Range] = []
    for piece in re.split(r"\s*[,;&]\s*|\s+and\s+", bare):
        match = re.fullmatch(r"(\d+)[a-z]?(?:\s*[-–—]+\s*(\d+)[a-z]?|\s*ff?\.?)?", piece)
        if match is None:
            return []
        first, last = match[1], match[2] or match[1]
        if len(last) < len(first) and int(last) <= int(first):
            last = first[: len(first) - len(last)] + last
        ranges.append((int(first), int(last)))
    return ranges


def spans(entry: Entry) -> tuple[Range, ...]:
    """Give the spans of pages that a work fills; none where they are not known to the last.

    “e12” and “xi–xx” are no numbers of pages, “12ff.” and “12+” have no end.
    """
    text = entry.text("pages")
    pieces = re.split(r"[,;&]|\band\b", text)
    found = [(low, high) for piece in pieces for low, high in page_ranges(piece) if low <= high]
    count = entry.type in _OWN and all(low == high for low, high in found)
    return () if count or "+" in text or re.search(r"\d\s*ff?\b", text) else tuple(found)
