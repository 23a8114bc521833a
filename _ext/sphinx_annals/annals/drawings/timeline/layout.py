"""Where everything on a timeline goes: one endless sheet, entries below each other.

Linear time wastes paper where nothing happens and leaves no room where much does. So each entry
takes the height of its text, and the time up to the next one spare height besides, up to a
bound; between two entries time runs evenly.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import Any

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.timeline.signs import Sign, sign_of
from sphinx_annals.dates import (
    Day,
    HistoricalDate,
    day_at,
    day_number,
    in_words,
    sort_key,
    year_in_words,
)
from sphinx_annals.language import ENGLISH, Language

HEAD, HEAD_LEADING, TEXT, LEADING = 10.5, 13.0, 12.0, 15.0
"""The sizes of a date and of a label, and the distances of their lines."""
RAISE = 7.0
"""How far a row begins above its mark."""

_BETWEEN, _GUTTER, _TAIL = 5.0, 14.0, 14.0
_LANE, _LANES = 6.4, 64.0  # the width of a lane, and of all of them at the most
_SLACK, _MOST = 1.2, 72.0  # how much higher than its text the sheet may be, and how high a gap


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What a timeline shows of one event.

    ``href`` is None where nothing is to be linked, as in a PDF; ``uncertain`` says that it
    is doubtful whether the event happened as told; ``rank`` orders those of one day, which is
    that on which the date begins, unless ``day`` says that the event cannot be so early or late;
    by its ``kind`` and its ``tags`` readers choose it.
    """

    id: str
    label: str
    date: HistoricalDate
    href: str | None = None
    uncertain: bool = False
    rank: int = 0
    day: Day | None = None
    kind: str = ""
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Row:
    """One entry on the sheet; the first of several with one date has the date and the mark.

    ``y`` is the middle of its first line, where its mark stands or begins; ``top`` and ``bottom``
    are how far that reaches.
    """

    entry: TimelineEntry
    sign: Sign
    first: int
    until: int
    is_head: bool = True
    head: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    y: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    lane: int | None = None

    @property
    def height(self) -> float:
        """The height that its text needs."""
        return HEAD_LEADING * len(self.head) + LEADING * len(self.lines) + _BETWEEN


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns days into heights: where each row begins, and last where the sheet ends."""

    days: Sequence[int]
    places: Sequence[float]

    def at(self, day: int) -> float:
        """Give the place where a day begins."""
        index = bisect_left(self.days, day)
        if index == 0 or self.days[index] == day:
            return self.places[index]
        low, high = self.days[index - 1], self.days[index]
        top, bottom = self.places[index - 1], self.places[index]
        return top + (bottom - top) * (day - low) / (high - low)

    def breaks(self) -> list[float]:
        """Give the middle of each gap in which time runs much faster than it mostly does."""
        bounds = zip(pairwise(self.days), pairwise(self.places), strict=True)
        gaps = [(top, low, last - first) for (first, last), (top, low) in bounds if first < last]
        # The usual rate is the median: one day with much text, or one century, must not count.
        usual = median((low - top) / days for top, low, days in gaps)
        return [(top + low) / 2 for top, low, days in gaps if (low - top) / days * 4 < usual]


@dataclass(slots=True)
class Layout:
    """Everything in its place; ``breaks`` is where time runs much faster than elsewhere."""

    width: float
    axis: float
    labels: float
    lane: float
    rows: list[Row]
    height: float
    breaks: list[float]
    ticks: list[tuple[float, str]]

    def x(self, row: Row) -> float:
        """Give the middle of a mark: a day stands on the axis, a bar in its lane left of it."""
        return self.axis if row.lane is None else self.axis - 8 - self.lane * row.lane


def layout(entries: Iterable[TimelineEntry], width: float, language: Language = ENGLISH) -> Layout:
    """Place entries on one sheet of a width, as high as they need; one entry at least."""
    rows = rows_of(entries)
    lanes = assign_lanes(rows)
    lane = min(_LANE, _LANES / max(lanes, 1))
    years = {year_in_words(day_at(row.first)[0], language) for row in rows}
    left = max(svg.text_width(year, HEAD, bold=True) for year in years) + 12
    labels = left + lane * lanes + 6 + _GUTTER
    width = max(width, labels + 120)
    for row in rows:
        room = width - labels - 4
        row.lines = svg.wrap(row.entry.label, TEXT, room, lines=6)
        if row.is_head:
            row.head = svg.wrap(in_words(row.entry.date, language), HEAD, room, bold=True, lines=3)
    scale = _scale(rows)
    for row, y in zip(rows, scale.places, strict=False):
        measure(row, y, scale)
    sheet = scale.places[-1], scale.breaks(), ticks(rows, scale, HEAD_LEADING, language)
    return Layout(width, labels - _GUTTER, labels, lane, rows, *sheet)


def say(entry: TimelineEntry, language: Language) -> str:
    """Say an entry in words: ``14 February 1950: Treaty signed``."""
    return f"{in_words(entry.date, language)}{language.mark(': ')}{entry.label}"


def in_order(rows: Sequence[Row], language: Language) -> str:
    """Say how far entries reach."""
    first, last = (in_words(rows[at].entry.date, language) for at in (0, -1))
    phrase = language.gettext("Entries in the order of time, from “{first}” to “{last}”.")
    return phrase.format(first=first, last=last)


def rows_of(entries: Iterable[TimelineEntry]) -> list[Row]:
    """Put entries in their order; the first of those with one date is the head of them."""
    rows = [_row(entry) for entry in sorted(entries, key=_order)]
    for above, row in pairwise(rows):
        row.is_head = (above.first, _date(above.entry)) != (row.first, _date(row.entry))
    return rows


def _row(entry: TimelineEntry) -> Row:
    first, last = day_number(_day(entry)), day_number(entry.date.span[1])
    return Row(entry, sign_of(entry.date, doubtful=entry.uncertain), first, max(first, last) + 1)


def _day(entry: TimelineEntry) -> Day:
    return entry.day or entry.date.span[0]


def _order(entry: TimelineEntry) -> tuple[Any, ...]:
    return _day(entry), entry.rank, sort_key(entry.date), _date(entry), entry.id


def _date(entry: TimelineEntry) -> tuple[str, str, bool]:
    return entry.date.edtf, entry.date.calendar.value, entry.uncertain


def assign_lanes(rows: Sequence[Row]) -> int:
    """Give bars lanes side by side, the short ones next to the axis; gives how many there are.

    Which bars meet is told by the rows that they pass, before any row has its height.
    """
    days = [row.first for row in rows]
    spans = []
    for index, row in enumerate(rows):
        if row.is_head and row.sign.is_bar:
            last = max(bisect_left(days, row.until) - 1, index)
            # an open start reaches up into the row above
            spans.append((last - index, index - row.sign.open_start, last, row))
    lanes: list[list[tuple[int, int]]] = []
    # A long bar gives way: its ends are harder to read than its label, wherever it stands.
    for _, first, last, row in sorted(spans, key=itemgetter(0, 1)):
        free = (n for n, lane in enumerate(lanes) if _has_room(lane, first, last))
        row.lane = next(free, len(lanes))
        if row.lane == len(lanes):
            lanes.append([])
        insort(lanes[row.lane], (first, last))
    return len(lanes)


def _has_room(lane: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """Tell whether a lane, of bars in their order, is free from one row to another."""
    # of the bars that begin no later than this one ends, the last reaches furthest
    place = bisect_left(lane, (last + 1,))
    return not place or lane[place - 1][1] < first


def _scale(rows: Sequence[Row]) -> Scale:
    """Give each row the height that its text needs, and spare height to those that last longer."""
    days = [*(row.first for row in rows), max(row.until for row in rows)]
    sizes = [(row.height, b - a) for row, (a, b) in zip(rows, pairwise(days), strict=True)]
    # What height a day has is sought by halving, since each gap has bounds of its own.
    low, high, whole = 0.0, 10.0, _SLACK * sum(need for need, _ in sizes)
    # so often that what is left of ten units is less than any drawing shows
    for _ in range(40):
        rate = (low + high) / 2
        is_high = sum(max(need, min(rate * lasts, _MOST)) for need, lasts in sizes) > whole
        low, high = (low, rate) if is_high else (rate, high)
    heights = (max(need, min(low * lasts, _MOST)) for need, lasts in sizes)
    return Scale(days, list(accumulate(heights, initial=RAISE)))


def measure(row: Row, y: float, scale: Scale) -> None:
    """Put a row in its place, and find how far its mark reaches."""
    row.y = row.top = row.bottom = y
    if row.sign.open_start or row.sign.open_end:
        row.top, row.bottom = y - RAISE * row.sign.open_start, y + _TAIL
    elif row.sign.is_bar:  # apart from what begins where it ends
        row.bottom = max(scale.at(row.until) - 3, y + 8)


def ticks(
    rows: Sequence[Row], scale: Scale, apart: float, language: Language
) -> list[tuple[float, str]]:
    """Give the years in which rows begin, where they begin, but none upon the one before."""
    found: list[tuple[float, str]] = []
    for year, group in groupby(rows, key=lambda row: day_at(row.first)[0]):
        y = min(scale.at(day_number((year, 1, 1))), next(group).y)
        found.append(
            (max(y, found[-1][0] + apart if found else 0.0), year_in_words(year, language))
        )
    return found
