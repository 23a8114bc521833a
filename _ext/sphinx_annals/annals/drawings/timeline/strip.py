"""A timeline as a strip: time flows to the right, and each event has a flag over its day.

It is as wide as its events need and as high as a paragraph or two, so that a screen shows it as
large as it is drawn and scrolls it where it is wider.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median
from typing import NamedTuple

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.svg import Frame, Style, element, number, steps, stroke
from sphinx_annals.annals.drawings.timeline.layout import (
    Row,
    Scale,
    TimelineEntry,
    assign_lanes,
    in_order,
    measure,
    rows_of,
    say,
    ticks,
)
from sphinx_annals.annals.drawings.timeline.signs import draw_break, draw_sign, samples
from sphinx_annals.dates import in_words
from sphinx_annals.language import ENGLISH, Language

TEXT, LEADING = 13.0, 15.5
"""The size of dates and labels, and the distance of their lines."""

_FLAG, _HIGH = 164.0, 226.0  # how wide a flag is at the most, and how high those are that meet
_LEFT, _RIGHT, _APART, _BETWEEN, _INDENT = 10.0, 12.0, 12.0, 7.0, 5.0
_USUAL, _MOST = 26.0, 110.0  # the room of the usual time between two events, and of the longest
_LANE, _TICKS = 7.0, 24.0
_WIDEST = _FLAG + 2 * _INDENT
_NEAR = ceil(_WIDEST / _APART)  # how many flags before one can reach over its pole

# what is drawn of each event, with %s for what is its own
_POLE = stroke("M%s %sV%s", 0.7, stroke_opacity=0.5, class_="annals-leader")
_LABEL = element("text", "%s", x="%s", y="%s", font_size=TEXT)
_WHEN = element(
    "text", "%s", x="%s", y="%s", font_size=TEXT, font_weight="bold", class_="annals-when"
)
_TURNED = element("g", "%s", transform="matrix(0 1 1 0 0 0)")
"""What is drawn for time that flows downwards."""


@dataclass(slots=True)
class Flag:
    """An event with its place: ``x`` is that of its pole, ``base`` how high the flag begins."""

    row: Row
    width: float
    height: float
    x: float = 0.0
    base: float = _BETWEEN

    @property
    def end(self) -> float:
        """How far to the right the flag reaches."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """How high the flag reaches."""
        return self.base + self.height


class Strip(NamedTuple):
    """A drawing, and the signs in it with what they mean."""

    drawing: str
    signs: Mapping[str, str]


def draw_strip(entries: Sequence[TimelineEntry], frame: Frame) -> Strip:
    """Draw entries, in any order, as wide as their frame or wider; nothing where there are none.

    Text is 13 units high, and the drawing is not scaled. A group of the class ``annals-event-flag``
    holds each event, with what a reader may choose it by: its kind, its tags, its first and last
    year.
    """
    if not entries:
        return Strip("", {})
    language = frame.language
    flags = raise_flags(entries, language)
    lanes = assign_lanes([flag.row for flag in flags])
    end = max(flag.end for flag in flags)
    days = [*(flag.row.first for flag in flags), max(flag.row.until for flag in flags)]
    last = flags[-1].x + min(_MOST, max(end - flags[-1].x, _APART))
    scale = Scale(days, [*(flag.x for flag in flags), last])
    for flag in flags:
        measure(flag.row, flag.x, scale)
    _share_marks(flags)
    breaks = scale.breaks() if len({*days}) > 1 else []
    axis = max(flag.top for flag in flags) + _BETWEEN
    below = axis + _LANE * (lanes + 1)
    drawn = _draw_axis(axis, last, breaks, [f for f in flags if f.row.sign.is_hollow])
    drawn += _draw_ticks(ticks([f.row for f in flags], scale, 44.0, language), axis, below)
    drawn += "".join(_draw_flag(flag, axis, language) for flag in flags)
    told = in_order([flag.row for flag in flags], language)
    size = max(frame.width, end + _RIGHT, last + _RIGHT), below + _TICKS
    drawing = svg.document(drawn, frame, told, size, "annals-timeline", scaled=False)
    return Strip(drawing, samples({flag.row.sign for flag in flags}, language, broken=bool(breaks)))


def raise_flags(entries: Sequence[TimelineEntry], language: Language = ENGLISH) -> list[Flag]:
    """Give each event, of one at least, its place: no flag lies on another or on a pole.

    A flag hangs to the right of its pole, so it must hang above all whose poles stand under it.
    Where these would reach too high, the next event stands further to the right than its day asks.
    """
    flags = [_flag(row, language) for row in rows_of(entries)]
    gaps = [later.row.first - flag.row.first for flag, later in pairwise(flags)]
    usual = median([gap for gap in gaps if gap] or [1])
    flags[0].x = _LEFT
    for n, gap in enumerate(gaps, 1):
        least = flags[n - 1].x + _APART
        wanted = max(least, flags[n - 1].x + min(_MOST, _USUAL * gap / usual))
        for x in _places(flags, n, wanted):
            flags[n].x = x
            rising = _rising(flags, n)
            highest, base = rising[-1]
            if base + highest.height <= _HIGH:
                break
        for flag, base in rising:
            flag.base = base
    return flags


def _places(flags: Sequence[Flag], n: int, wanted: float) -> Iterator[float]:
    """Give where the ``n``-th flag can stand: where it is to, or where one before it ends."""
    yield wanted
    near = flags[max(0, n - _NEAR) : n]
    yield from sorted(end for flag in near if (end := flag.end) > wanted)


def _rising(flags: Sequence[Flag], n: int) -> list[tuple[Flag, float]]:
    """Give the ``n``-th flag, and those before it that must hang higher above it, or above another
    that must, each with how high it then begins; the last is the first that is too high, if any.
    """
    rising = [(flags[n], _BETWEEN)]
    for flag in map(flags.__getitem__, range(n - 1, -1, -1)):
        highest, base = rising[-1]
        if base + highest.height > _HIGH or flag.x + _WIDEST <= highest.x:
            break
        base, end = flag.base, flag.end
        for under, at in rising:
            if under.x < end:
                base = max(base, at + under.height + _BETWEEN)
        if base > flag.base:
            rising.append((flag, base))
    return rising


def _flag(row: Row, language: Language) -> Flag:
    row.head = svg.wrap(in_words(row.entry.date, language), TEXT, _FLAG, bold=True)
    row.lines = svg.wrap(row.entry.label, TEXT, _FLAG)
    widths = [svg.text_width(line, TEXT, bold=True) for line in row.head]
    widths += [svg.text_width(line, TEXT) for line in row.lines]
    return Flag(row, max(widths) + 2 * _INDENT, LEADING * len((*row.head, *row.lines)))


def _share_marks(flags: Sequence[Flag]) -> None:
    """Let events of one date have one mark, each its own, so that it stays when others go."""
    for above, flag in pairwise(flags):
        if not flag.row.is_head:
            flag.row.lane = above.row.lane
            flag.row.top, flag.row.bottom = above.row.top, above.row.bottom


def _draw_axis(axis: float, last: float, breaks: Sequence[float], hollow: Sequence[Flag]) -> str:
    """Draw the axis, interrupted where time is left out and where a hollow mark stands."""
    d = steps("M", 0, axis)
    for x in sorted([*breaks, *(flag.x for flag in hollow)]):
        d += steps("H", x - 5, "M", x + 5, axis)
    marks = "".join(_TURNED % draw_break(axis, x) for x in breaks)
    line = stroke(d + steps("H", last), 1) + marks
    return element("g", line, class_="annals-axis", opacity=0.7)


def _draw_ticks(found: Sequence[tuple[float, str]], axis: float, below: float) -> str:
    style: Style = {"font_size": TEXT, "font_weight": "bold"}
    drawn = ""
    for x, label in found:
        drawn += stroke(steps("M", x, axis, "V", below + 4), 0.6, stroke_opacity=0.4)
        drawn += element("text", svg.clean(label), x=x, y=below + 17, **style)
    return element("g", drawn, class_="annals-ticks")


def _draw_flag(flag: Flag, axis: float, language: Language) -> str:
    """Draw an event: its mark, its pole, its date and its label."""
    row, x, top = flag.row, flag.x, axis - flag.top
    at = axis + (0.0 if row.lane is None else _LANE * (row.lane + 1))
    indented, below = number(x + _INDENT), top + LEADING * len(row.head)
    drawn = _POLE % (number(x), number(top), number(at))
    drawn += _TURNED % draw_sign(row.sign, at, row.top, row.bottom)
    drawn += _WHEN % (indented, number(top + 12), svg.spans(row.head, indented, LEADING))
    label = _LABEL % (indented, number(below + 12), svg.spans(row.lines, indented, LEADING))
    box = x + 2, below, flag.width - 4, LEADING * len(row.lines)
    drawn += svg.linked(label, row.entry.href, say(row.entry, language), "annals-entry", box)
    first, last = row.entry.date.span
    chosen_by: Style = {
        "data_kind": row.entry.kind or None,
        "data_tags": " ".join(row.entry.tags) or None,
        "data_first": number(first[0]),
        "data_last": number(last[0]),
    }
    return element("g", drawn, class_="annals-event-flag", **chosen_by)
