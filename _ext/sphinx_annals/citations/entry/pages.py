"""The pages of a work: what it fills of the one that contains it, or how many it has."""

import re

from sphinx_annals.citations.entry.model import Entry
from sphinx_annals.text import page_ranges


def spans(entry: Entry) -> tuple[tuple[int, int], ...]:
    """Give the spans of pages that a work has; none where they are not known to the last.

    “e12” and “xi–xx” are no numbers of pages, “12ff.” and “12+” have no end.
    """
    text, total = entry.text("pages"), entry.text("pagetotal")
    if total.isdigit() and (entry.kind.whole or not text):
        return ((1, int(total)),)
    pieces = re.split(r"[,;&]|\band\b", text)
    found = [(low, high) for piece in pieces for low, high in page_ranges(piece) if low <= high]
    count = entry.kind.whole and all(low == high for low, high in found)
    return () if count or "+" in text or re.search(r"\d\s*ff?\b", text) else tuple(found)
