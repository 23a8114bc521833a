"""The layout of a timeline: rows of labels, and lanes of what lasts, on one endless sheet.

No two labels overlap: a row takes as much height as its text, whose width is estimated too
wide rather than too narrow, and :mod:`.scale` gives each band of time the room that
its rows need.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.timeline.scale import Item, Scale, divide, level_of, ticks
from sphinx_annals.annals.drawings.timeline.signs import TAIL, End, Sign, sign_of
from sphinx_annals.dates import HistoricalDate, Point, day_number, display, sort_key

HEAD, HEAD_LEADING, TEXT, LEADING = 10.5, 13.0, 12.0, 15.0
"""The sizes of a date and of a label, and the distances of their lines."""

_RAISE = 7.0  # how far a label begins above its mark
_BETWEEN = 3.0  # what sets the labels of one date apart
_SPACE, _LANE, _MOST_LANES, _GUTTER = 5.0, 6.4, 10, 14.0


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What a timeline shows of one event.

    ``href`` is None where nothing is to be linked, as in a PDF; ``uncertain`` says that it
    is doubtful whether the event happened as told; ``kind`` and ``tags`` become classes;
    ``rank`` orders those of one date.
    """

    id: str
    label: str
    date: HistoricalDate
    href: str | None = None
    kind: str = "event"
    tags: tuple[str, ...] = ()
    uncertain: bool = False
    rank: int = 0


@dataclass(slots=True, eq=False)
class Row(Item):
    """The entries of one date: its words, the label of each, and where they stand.

    ``y`` is the middle of the first line, where the mark stands or begins; ``top`` and
    ``bottom`` are how far that reaches.
    """

    date: HistoricalDate
    sign: Sign
    head: list[str]
    entries: list[tuple[TimelineEntry, list[str]]]
    top: float = 0.0
    bottom: float = 0.0
    lane: int | None = None
    stops: tuple[float, ...] = ()

    def pieces(self) -> Iterator["Piece"]:
        """Give where each entry stands, the first with the date."""
        y, top = self.y - _RAISE + HEAD_LEADING * len(self.head), self.y - _RAISE - 1
        for index, (_, lines) in enumerate(self.entries):
            bottom = y + LEADING * len(lines)
            yield Piece(self, index, y, top, bottom)
            y = top = bottom + _BETWEEN


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a row: ``index`` is its place there; it is not cut between pages."""

    row: Row
    index: int
    y: float
    top: float
    bottom: float


@dataclass(slots=True)
class Layout:
    """Everything in its place, on one endless sheet."""

    width: float
    axis: float
    labels: float
    lanes: int
    stubs: bool
    scale: Scale
    rows: list[Row]
    ticks: list[tuple[float, str, int]]

    def lane_at(self, lane: int | None) -> float:
        """Give the middle of a lane; the first is nearest to the axis, left of what has none."""
        return self.axis - 8 - _LANE * (0 if lane is None else lane + self.stubs)


def anchor(date: HistoricalDate) -> tuple[int, Point]:
    """Give the day at which a date is drawn, and the point that it belongs to.

    That is its first day, or where its start is open the first day of its end.
    """
    if date.members:
        return min(map(anchor, date.members), key=itemgetter(0))
    point = date.start or date.end
    assert point  # one of them is known of every date
    return day_number(point.earliest, date.calendar), point


def _groups(entries: Iterable[TimelineEntry]) -> list[list[TimelineEntry]]:
    """Bring entries into order, and those of one date together, apart from doubtful ones."""

    def place(entry: TimelineEntry) -> tuple[Any, ...]:
        day = anchor(entry.date)[0], sort_key(entry.date), entry.date.calendar.value
        return *day, entry.uncertain, entry.rank, entry.id

    def said(entry: TimelineEntry) -> tuple[Any, ...]:
        return entry.date.edtf, entry.date.calendar, entry.uncertain

    return [list(found) for _, found in groupby(sorted(entries, key=place), key=said)]


def _row(group: Sequence[TimelineEntry], width: float) -> Row:
    date = group[0].date
    head = svg.wrap(display(date), HEAD, width, bold=True, lines=3)
    texts = [(entry, svg.wrap(entry.label, TEXT, width, lines=6)) for entry in group]
    height = sum(LEADING * len(text) + _BETWEEN for _, text in texts) + _SPACE
    day, point = anchor(date)
    sign = sign_of(date, doubtful=group[0].uncertain)
    return Row(day, level_of(point), HEAD_LEADING * len(head) + height, date, sign, head, texts)


def layout(entries: Sequence[TimelineEntry], width: float) -> Layout:
    """Place entries on one sheet of a width, as high as they need; one entry at least.

    The lanes depend on the heights, which depend on the room that the lanes leave for labels:
    so first all lanes are taken as needed, and then the room of those that are not is given
    back.
    """
    groups = _groups(entries)
    days = [anchor(group[0].date) for group in groups]
    bands = divide([Item(day, level_of(point), 0) for day, point in days])
    left = max(svg.text_width(label, HEAD, bold=True) for _, label, _ in ticks(bands)) + 12
    first = _arrange(groups, width, left, _MOST_LANES + 1)
    if first.lanes <= _MOST_LANES:
        second = _arrange(groups, width, left, first.lanes)
        if second.lanes <= first.lanes:
            return second
    return first


def _arrange(
    groups: Sequence[Sequence[TimelineEntry]], width: float, left: float, room: int
) -> Layout:
    """Place groups, with room for some lanes, right of the words on the axis."""
    labels = left + _LANE * room + 6 + _GUTTER
    width = max(width, labels + 80)
    rows = [_row(group, width - labels - 4) for group in groups]
    scale = Scale(rows, max(_until(row.date) for row in rows))
    for row in rows:
        _measure(row, scale)
    rows.sort(key=lambda row: row.y)
    lanes, stubs = _assign_lanes(rows)
    said = list(ticks(scale.bands))
    return Layout(width, labels - _GUTTER, labels, lanes, stubs, scale, rows, said)


def _until(date: HistoricalDate) -> int:
    """Give the day after the last that a date covers, or after its anchor where it is open."""
    known = filter(None, (member.latest for member in date.members or (date,)))
    return max([anchor(date)[0], *map(day_number, known)]) + 1


def _measure(row: Row, scale: Scale) -> None:
    """Find how far the mark of a row reaches."""
    sign, y = row.sign, row.y
    row.top = row.bottom = y
    if not sign.is_bar:
        return
    row.bottom = scale.at(_until(row.date))
    if row.date.members:
        days = sorted(anchor(member)[0] for member in row.date.members)
        row.stops = (y, *(max(scale.at(day), y + 7) for day in days[1:]))
        row.bottom = row.stops[-1]
        return
    missing = (End.OPEN, End.UNKNOWN)
    if sign.first in missing:  # its label stands where it ends
        row.top, row.bottom = y - TAIL, y + (0 if sign.last is End.CAP else 6)
    elif sign.last in missing:
        row.bottom = y + TAIL
    least = 14 if End.POINTED in (sign.first, sign.last) else 8
    row.bottom = max(row.bottom, row.top + least)


def _assign_lanes(rows: list[Row]) -> tuple[int, bool]:
    """Give bars lanes side by side, the short ones first; None to those that find no room.

    Gives the number of lanes in all, and whether one of them is for the beginnings of bars
    that found no room. Long bars give way, since their dates are harder to read from a line
    that leaves the screen than from the label.
    """
    lanes: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LANES)]
    bars = [row for row in rows if row.sign.is_bar]
    for row in sorted(bars, key=lambda row: row.bottom - row.top):
        for index, lane in enumerate(lanes):
            # Only the last bar above the end of this one can reach into it.
            before = bisect_right(lane, (row.bottom + 3, float("inf"))) - 1
            if before < 0 or lane[before][1] < row.top - 3:
                insort(lane, (row.top, row.bottom))
                row.lane = index
                break
    stubs = any(row.lane is None for row in bars)
    return sum(map(bool, lanes)) + stubs, stubs
