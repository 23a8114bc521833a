"""The pages of the book on paper: they are full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf
import pytest
from harness import Built

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow

_RUN = re.compile(rb"q ([\d.]+) 0 0 -[\d.]+ ([\d.]+) ([\d.]+) cm[^\n]*\nBT 0 Tr/f\d+ ([\d.]+) Tf")
TOP, FOOT = 708.66 - 24 * 72 / 25.4, 23 * 72 / 25.4
NOTES = (7.7, 8.5)
"""Between what sizes the letters of footnotes are; those of drawings are smaller."""
MOST = 87.0
"""At most so many points lie between the last line of a page and its notes, or its foot: 75, and
a line of text.
"""


def left_empty(page: pikepdf.Page, left: float) -> float:
    """Give how high the largest room above footnotes or the foot of a page is."""
    found = _RUN.findall(page.Contents.read_bytes())
    runs = sorted(
        (float(y), float(scale) * float(size))
        for scale, x, y, size in found
        if left - 1 < float(x) < left + 330 and FOOT - 3 < float(y) < TOP
    )
    lines: list[tuple[float, float]] = []
    for y, size in runs:  # what is raised in a line belongs to it
        if lines and y - lines[-1][0] < 6:
            lines[-1] = lines[-1][0], max(size, lines[-1][1])
        else:
            lines.append((y, size))
    gaps = [lines[0][0] - FOOT if lines else TOP - FOOT]
    for (below, size), (above, _) in pairwise(lines):
        if NOTES[0] < size < NOTES[1]:
            gaps.append(above - below)
    return max(gaps)


def chapters(pdf: pikepdf.Pdf) -> Iterator[int]:
    """Give the pages on which a part or a chapter opens, and the first behind the last."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for item in (*outline.root, *(child for part in outline.root for child in part.children)):
            yield numbers[item.destination[0].objgen]
    yield len(pdf.pages)


def test_no_page_ends_early_but_where_a_chapter_does(book: Book) -> None:
    with pikepdf.open(book("typstpdf").find("*.pdf")) as pdf:
        openings = set(chapters(pdf))
        early = {}
        for number, page in enumerate(pdf.pages):
            ends = bool({number + 1, number + 2} & openings)
            side = 84.43 * (1.2 if number % 2 else 0.8)
            if number > 4 and not ends and (room := left_empty(page, side)) > MOST:
                early[number + 1] = round(room)
    assert len(openings) > 20
    assert early == {}
