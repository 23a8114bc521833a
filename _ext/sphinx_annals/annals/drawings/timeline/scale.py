"""Where a day stands on a timeline: time cut into bands, each with a height of its own.

Linear time wastes paper where nothing happens and leaves no room where much does. So time is
cut at the turns of years, months and days as finely as the entries ask; within a band it runs
evenly, and empty stretches are shortened.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate, groupby

from sphinx_annals.dates import MONTHS, Point, Precision, day_at, day_number, show_year

DAY, MONTH, YEAR, DECADE = range(4)
"""Levels of units; each above the year is ten times the one below."""

_SLACK = 1.2
"""How much higher the sheet may be than its labels need, so that time shows as distance."""


class Flow(Enum):
    """How time passes within a band, and its least and most height, whatever stands in it."""

    EVEN = "evenly", 9.0, 72.0
    STILL = "not at all", 0.0, 0.0  # room for what is dated by the unit that begins here
    DAY = "one day, with all that begins on it", 9.0, 72.0
    EMPTY = "evenly, with nothing in it", 20.0, 48.0


_LEVELS = {Precision.DAY: DAY, Precision.MONTH: MONTH, Precision.SEASON: MONTH}


@dataclass(slots=True, eq=False)
class Item:
    """Something to find room for: the day it begins, how coarsely that is known, its height.

    ``y`` is where it stands, once room is found.
    """

    start: int
    level: int
    height: float
    y: float = field(init=False)


@dataclass(slots=True)
class Band:
    """A stretch of time, days ``start`` to ``end`` (not included), and where it is drawn.

    ``tick`` is the level and number of the unit that begins with it, to be labelled.
    """

    start: int
    end: int
    level: int
    flow: Flow
    items: list[Item] = field(default_factory=list)
    tick: tuple[int, int] | None = None
    top: float = 0.0
    height: float = 0.0
    broken: bool = False

    @property
    def bottom(self) -> float:
        """Where it ends on the drawing."""
        return self.top + self.height

    @property
    def rate(self) -> float:
        """Units of height a day."""
        return self.height / max(self.end - self.start, 1)


def level_of(point: Point) -> int:
    """Give the level of the unit that a point names: a day, a month, a year, a decade …"""
    more = point.latest[0] - point.earliest[0]
    if point.precision is Precision.SPAN and more:
        return YEAR + len(str(more))
    return _LEVELS.get(point.precision, YEAR)


def unit(level: int, day: int) -> int:
    """Give the number of the unit a day falls in."""
    if level == DAY:
        return day
    year, month, _ = day_at(day)
    return year * 12 + month - 1 if level == MONTH else int(year // 10 ** (level - YEAR))


def begin(level: int, number: int) -> int:
    """Give the first day of a unit."""
    if level == DAY:
        return number
    if level == MONTH:
        return day_number((number // 12, number % 12 + 1, 1))
    return day_number((number * 10 ** (level - YEAR), 1, 1))


def ticks(bands: Sequence[Band]) -> Iterator[tuple[float, str, int]]:
    """Give the words on the axis: where, what, and of which level; none twice in a row."""
    said = ""
    for band in bands:
        label = _words(*band.tick) if band.tick else ""
        if band.tick and label != said:
            yield band.top, label, min(band.tick[0], YEAR)
            said = label
    last = bands[-1]
    year, month, day = day_at(last.end)
    if day == 1 and last.flow not in (Flow.DAY, Flow.STILL):
        yield last.bottom, show_year(year) if month == 1 else MONTHS[month][:3], YEAR


def _words(level: int, number: int) -> str:
    """Give the words at the beginning of a unit: ``1950s``, ``1950``, ``Feb``, ``14``."""
    if level == DAY:
        return str(day_at(number)[2])
    if level == MONTH:
        return MONTHS[number % 12 + 1][:3]
    year = show_year(number * 10 ** (level - YEAR))
    return f"{year}s" if level == DECADE and number > 0 else year


def divide(items: Sequence[Item]) -> list[Band]:
    """Cut time into bands so that few items share one; items are in the order of ``start``."""
    level = YEAR
    while unit(level, items[-1].start) - unit(level, items[0].start) > 9:
        level += 1
    bands = _children(items, level, None)
    # The empty ends of a unit and of the one beside it are one stretch for a reader.
    merged: list[Band] = []
    for band in bands:
        before = merged[-1].flow if merged else None
        if before is Flow.EMPTY is band.flow and not band.tick:
            merged[-1].end = band.end
        elif merged or band.flow is not Flow.EMPTY or band.level <= YEAR:
            merged.append(band)
    while merged[-1].flow is Flow.EMPTY:
        merged.pop()
    return merged


def _children(items: Sequence[Item], level: int, parent: tuple[int, int] | None) -> list[Band]:
    """Give the bands of the units with items, and of the empty time before and after them."""
    bands: list[Band] = []
    at, end = (begin(*parent), begin(parent[0], parent[1] + 1)) if parent else (None, 0)
    for number, group in groupby(items, lambda item: unit(level, item.start)):
        start = begin(level, number)
        if at is not None and start > at:
            bands.append(Band(at, start, level + 1 if not bands else level, Flow.EMPTY))
        bands += _unit(list(group), level, number)
        at = begin(level, number + 1)
    if parent and at is not None and at < end:
        bands.append(Band(at, end, level, Flow.EMPTY))
    return bands


def _unit(items: list[Item], level: int, number: int) -> list[Band]:
    """Give the bands of one unit: whole, or divided when more than two items fall inside."""
    start, end = begin(level, number), begin(level, number + 1)
    # "1950" stands at the head of 1950, before its days, though it covers all of them.
    heads = [item for item in items if item.start == start and item.level >= level]
    rest = [item for item in items if item not in heads]
    if level == DAY:
        bands = [Band(start, end, level, Flow.DAY, items)]
    elif len(items) == 1 and heads:
        bands = [Band(start, end, level, Flow.EVEN, heads)]
    else:
        bands = [Band(start, start, level, Flow.STILL, heads)] if heads else []
        if len(rest) > 2:
            bands += _children(rest, level - 1, (level, number))
        else:
            bands += _stretches(rest, level, start, end)
    first = bands[0]
    if first.flow is not Flow.EMPTY or level in (MONTH, YEAR):
        first.tick = (level, number)
    return bands


def _stretches(items: Sequence[Item], level: int, start: int, end: int) -> list[Band]:
    """Cut a unit where its items begin, so that each can stand where its time is."""
    bands = [Band(start, end, level, Flow.EVEN)]
    for item in items:
        if bands[-1].start < item.start:
            bands[-1].end = item.start
            bands.append(Band(item.start, end, level, Flow.EVEN))
        bands[-1].items.append(item)
    return bands


class Scale:
    """Bands with their places, and items in them: turns days into heights.

    ``until`` is the last day (not included) that something lasts to.
    """

    def __init__(self, items: Sequence[Item], until: int) -> None:
        self.bands = divide(items)
        last = self.bands[-1]
        if until > last.end:
            self.bands.append(Band(last.end, until, YEAR, Flow.EMPTY))
        elif last.flow is Flow.EVEN:
            last.end = max(until, last.start + 1)
        self._place()
        self._break()

    @property
    def height(self) -> float:
        """The height of all bands."""
        return self.bands[-1].bottom

    def at(self, day: int) -> float:
        """Give the place where a day begins."""
        index = bisect_left(self.bands, day, key=lambda band: band.start)
        if index < len(self.bands) and self.bands[index].start == day:
            return self.bands[index].top
        band = self.bands[max(index - 1, 0)]
        return band.top + max(0.0, min(day - band.start, band.end - band.start)) * band.rate

    def band_at(self, y: float) -> Band:
        """Give the band drawn at a place."""
        return self.bands[max(bisect_right(self.bands, y, key=lambda band: band.top) - 1, 0)]

    def _place(self) -> None:
        """Give each band the height it needs, and the spare height to those that last longer."""
        sizes = []
        for band in self.bands:
            _, least, most = band.flow.value
            need = sum(item.height for item in band.items)
            sizes.append((max(need, least), band.end - band.start, most))
        # What height a day has is sought by halving, since each band has bounds of its own.
        low, high, whole = 0.0, 10.0, _SLACK * sum(need for need, _, _ in sizes)
        for _ in range(20):
            rate = (low + high) / 2
            total = sum(max(need, min(rate * days, most)) for need, days, most in sizes)
            low, high = (low, rate) if total > whole else (rate, high)
        y = 0.0
        for band, (need, days, most) in zip(self.bands, sizes, strict=True):
            band.top, band.height = y, max(need, min(low * days, most))
            for item in band.items:
                item.y = y
                y += item.height
            y = band.bottom

    def _break(self) -> None:
        """Mark the empty bands in which time runs much faster than beside them."""
        unknown = (Flow.STILL, Flow.EMPTY)  # how fast time runs there says nothing
        rates = [0.0 if band.flow in unknown else band.rate for band in self.bands]

        def last_known(known: float, rate: float) -> float:
            return rate or known

        before = accumulate(rates, last_known)
        after = list(accumulate(reversed(rates), last_known))
        for band, *beside in zip(self.bands, before, reversed(after), strict=True):
            band.broken = band.flow is Flow.EMPTY and band.rate * 2 < max(beside)
