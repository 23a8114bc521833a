"""The pages of a timeline: where the endless sheet may be cut, and what each page holds."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from sphinx_annals.annals.drawings.timeline.rows import Layout, Piece, Row
from sphinx_annals.annals.drawings.timeline.scale import MONTH, YEAR
from sphinx_annals.dates import MONTHS, day_at, display, show_year

MIN_HEIGHT = 320.0
"""The lowest page that has room for any entry."""

_TOP, _BOTTOM, _CONTEXT = 14.0, 6.0, 16.0
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the sheet, from ``top`` to ``bottom``, and what stands there."""

    top: float
    bottom: float
    pieces: list[Piece]
    legend: bool
    context: str = ""

    @property
    def lead(self) -> float:
        """The room above the stretch, for the words that say where it begins."""
        return _CONTEXT if self.context else 0.0

    @property
    def height(self) -> float:
        """The height of the page, but for the legend."""
        return self.bottom - self.top + self.lead + _BOTTOM if self.bottom > self.top else 0.0

    def is_crossed_by(self, row: Row) -> bool:
        """Tell whether the bar of a row of another page reaches this one."""
        is_here = row.top < self.bottom and self.top < row.bottom
        return is_here and not self.top <= row.y < self.bottom


def cut(placed: Layout, key_height: float, max_height: float | None) -> list[Page]:
    """Cut the sheet into pages of much the same height, where nothing is cut apart.

    The legend, of a height, stands on the first page, or on one of its own where it would
    take half of that.
    """
    pieces = [piece for row in placed.rows for piece in row.pieces()]
    end = max(placed.scale.height + 8, pieces[-1].bottom + 2)
    start = min(-_TOP, min(row.top for row in placed.rows) - 4)
    if max_height is None:
        return [Page(start, end, pieces, legend=True)]
    spans = _solid(placed, pieces)
    opening = [] if key_height <= max_height * 0.5 else [Page(start, start, [], legend=True)]
    key_height = 0 if opening else key_height

    def pages_of(height: float) -> list[Page]:
        return _fill(placed, pieces, spans, (start, end), key_height, height)

    # Pages filled to the brim leave a rest on the last: lower ones, if as few, are more alike.
    pages = pages_of(max_height)
    low, high = max_height * 0.5, max_height
    for _ in range(_TRIES if len(pages) > 1 else 0):
        height = (low + high) / 2
        tried = pages_of(height)
        if len(tried) == len(pages) and not _cuts(tried, spans):
            pages, high = tried, height
        else:
            low = height
    return opening + pages


def _cuts(pages: Sequence[Page], spans: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a page ends within what must not be cut."""
    ends = [page.bottom for page in pages[:-1]]
    above = [(end, spans[bisect_left(spans, (end,)) - 1]) for end in ends]
    return any(top < end < bottom for end, (top, bottom) in above)


def _fill(
    placed: Layout,
    pieces: Sequence[Piece],
    spans: Sequence[tuple[float, float]],
    sheet: tuple[float, float],
    key_height: float,
    max_height: float,
) -> list[Page]:
    """Fill pages of a height one after the other."""
    start, end = sheet
    with_key = key_height > 0
    pages: list[Page] = []
    used = 0
    while start < end:
        context = _context(placed, start, pieces, used) if start > 0 else ""
        room = max_height - _BOTTOM - (0 if pages else key_height) - (_CONTEXT if context else 0)
        stop = start + room
        at = bisect_right(spans, stop, key=itemgetter(1))
        if end <= stop:
            stop = end
        elif at < len(spans) and start < spans[at][0] < stop:
            stop = spans[at][0]  # what does not fit begins the next page; what fits none is cut
        first = used
        while used < len(pieces) and pieces[used].top < stop:
            used += 1
        pages.append(Page(start, stop, list(pieces[first:used]), with_key and not pages, context))
        start = stop
    return pages


def _solid(placed: Layout, pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Give the stretches that must not be cut, apart from each other and in order."""
    spans: list[tuple[float, float]] = []
    whole = [(piece.top, piece.bottom) for piece in pieces]
    whole += [(y - 8.0, y + 7.0) for y, _, _ in placed.ticks]
    for top, bottom in sorted(whole):
        if spans and top < spans[-1][1]:
            top, above = spans.pop()
            bottom = max(bottom, above)
        spans.append((top, bottom))
    return spans


def _context(placed: Layout, start: float, pieces: Sequence[Piece], at: int) -> str:
    """Say which date, year or month a page begins in, where nothing else on it does."""
    if at == len(pieces):
        return ""
    first = pieces[at].row
    if pieces[at].index:
        return f"{display(first.date)}, continued"
    year, month, _ = day_at(first.start)
    index = bisect_left(placed.ticks, (start,))
    said = placed.ticks[index : index + 1]
    is_said = bool(said) and said[0][0] <= first.y
    level = said[0][2] + 1 if is_said else placed.scale.band_at(first.y).level
    if level <= MONTH:
        return f"{MONTHS[month]} {show_year(year)}"
    return show_year(year) if level == YEAR else ""
