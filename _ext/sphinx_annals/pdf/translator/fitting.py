"""How much room a table takes, reckoned by its letters, before anything is laid out.

Typst shrinks columns as far as their longest word, and then lets them run over each other and off
the page, without a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import ceil
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Element

from sphinx_annals.pdf.markup import HUMP, MARK, points
from sphinx_annals.pdf.volume import elements

#: Ems of the table's own text: one letter, and what a cell has on both sides.
_LETTER, _SIDES = 0.56, 1.1
#: A table's letters are smaller than those of the text.
TABLE_SIZE = 0.9
#: Longer words of prose are hyphenated; in a narrow column, where they need be, into less.
_LONGEST, _SYLLABLES = 12, 8
#: What is between two hyphens has about so many letters.
_SYLLABLE = 4
#: After so many letters words of any language, and signs, are broken anywhere.
WORDS = 30, _LONGEST
#: Letters smaller than this are not read.
SMALLEST = 0.65
#: A row of more lines may go on to the next page, lest an inch and more stay empty above it.
MOST_LINES = 6
_MARKS = re.compile(f"(?<={MARK})|{HUMP}")


def room(options: Mapping[str, str | tuple[str, str]], *, turned: bool = False) -> float:
    """Give the measure of a page, or of one that is turned, in ems of a table's text."""
    width, height = (points(length) for length in options["paper_size"])
    size = points(str(options["font_size"]))
    side = max(points("15mm"), (width - 31 * size) / 2)
    return ((height if turned else width) - 2 * side) / size / TABLE_SIZE


class Cell(NamedTuple):
    """A cell of a table: its column, over how many columns and rows it is, what is in it."""

    column: int
    across: int
    down: int
    entry: Element


def rows(part: Element) -> Iterator[tuple[Element, list[Cell]]]:
    """Give the rows of the head or the body of a table, each with its cells.

    docutils leaves out, as Typst does, what cells of other rows and columns take the place of.
    """
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(elements(part)):
        x, found = 0, []
        for entry in elements(row):
            while (x, y) in taken:
                x += 1
            across, down = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            taken.update(product(range(x, x + across), range(y, y + down)))
            found.append(Cell(x, across, down, entry))
        yield row, found


def _cells(group: Element) -> Iterator[Cell]:
    for part in elements(group):
        if isinstance(part, nodes.thead | nodes.tbody):
            yield from (cell for _, cells in rows(part) for cell in cells)


def needed(group: Element, columns: int, *, narrow: bool = False) -> list[float]:
    """Give the least widths of columns, in ems of the table's text; narrow ones are hyphenated."""
    longest = [1] * columns
    for x, across, _, entry in _cells(group):
        share = ceil(max(_pieces(entry, narrow), default=1) / across)
        for column in range(x, min(x + across, columns)):
            longest[column] = max(longest[column], share)
    return [_LETTER * letters + _SIDES for letters in longest]


def _pieces(entry: Element, narrow: bool) -> Iterator[int]:
    for word in entry.astext().split():
        for piece in _MARKS.split(word):
            yield min(
                len(piece),
                _SYLLABLES if narrow and piece.isalpha() and not piece.isupper() else _LONGEST,
            )


def words(room: float, least: Sequence[float]) -> tuple[int, int]:
    """Give how long words and signs are broken, where columns with such words must fit a room.

    A word of usual length has hyphens, which part it better where what is between two of them fits.
    """
    if sum(least) <= room:
        return WORDS
    letters = max(2, int((room / len(least) - _SIDES) / _LETTER))
    return letters if letters < _SYLLABLE else max(letters, _LONGEST), letters


def shares(asked: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Give the widths of columns as they are asked for, but none less than its longest word.

    They are shares of any measure; what some need more is taken from the others.
    """
    wide = {at: width * room / sum(asked) for at, width in enumerate(asked)}
    if all(wide[at] >= least[at] for at in wide) or sum(least) > room:
        return list(asked)
    tight: set[int] = set()
    while more := {at for at in wide.keys() - tight if wide[at] < least[at]}:
        tight |= more
        rest = [at for at in wide if at not in tight]
        left = room - sum(least[at] for at in tight)
        for at in rest:
            wide[at] = asked[at] * left / sum(asked[other] for other in rest)
    return [least[at] if at in tight else wide[at] for at in wide]


def is_low(group: Element, columns: int) -> bool:
    """Tell whether every row of a table is so low that it need not be split between two pages."""
    line = max(6.0, 64 / max(columns, 1))
    return all(_lines(cell.entry, line * cell.across) <= MOST_LINES for cell in _cells(group))


def _lines(entry: Element, line: float) -> int:
    if next(entry.findall(nodes.image), None) is not None:
        return MOST_LINES + 1
    lines = entry.astext().splitlines()
    return sum(max(1, ceil(len(text) / line)) for text in lines)
