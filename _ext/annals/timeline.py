"""A timeline as SVG: entries in, drawings out; imports no Sphinx.

Time flows downwards and labels stand to the right, so that one drawing serves a telephone and
a sheet of paper. :mod:`annals.timescale` says where a day stands, :mod:`annals.marks` how a
date looks, :mod:`annals.timerows` where everything goes; here it is drawn, page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import svg
from .dates import display
from .marks import break_mark, cut_tail, draw_bar, draw_point, legend
from .points import MONTHS, show_year
from .svg import element, number
from .timerows import (
    HEAD,
    HEAD_LEADING,
    LEADING,
    RAISE,
    TEXT,
    Layout,
    Row,
    TimelineEntry,
    layout,
)
from .timescale import MONTH, YEAR, Band, from_ordinal

__all__ = ["MIN_HEIGHT", "TimelineEntry", "render"]

MIN_HEIGHT = 320.0
"""The lowest page that has room for any entry."""

_TOP, _BOTTOM, _CONTEXT, _MARGIN = 14.0, 6.0, 16.0, 4.0


def render(
    entries: Sequence[TimelineEntry],
    *,
    title: str,
    prefix: str,
    max_height: float | None = None,
    width: float = 360,
) -> list[str]:
    """Draw entries, in any order, as SVG documents ready to be put into HTML or a file.

    ``title`` names the drawing for those who do not see it; ``prefix`` begins every id in it,
    so that two drawings on one page do not clash. Text is 12 units high: with ``width`` as
    CSS pixels or points that is its size. No drawing is higher than ``max_height``; with None
    there is just one. Gives no drawing where there are no entries.

    Raises ValueError where ``max_height`` leaves no room for an entry.
    """
    if max_height is not None and max_height < MIN_HEIGHT:
        raise ValueError(f"a page of {max_height:g} units is too low; {MIN_HEIGHT:g} at least")
    if not entries:
        return []
    placed = layout(entries, width)
    key, key_height = _legend(placed)
    pages = list(_pages(placed, key_height + 16, max_height))
    linked = any(entry.href for entry in entries)
    drawn = []
    for index, page in enumerate(pages):
        part = f" ({index + 1} of {len(pages)})" if len(pages) > 1 else ""
        content, height = _draw_page(placed, page)
        if page.legend:
            shift = f"translate(0 {number(key_height + 16)})"
            content = key + element("g", content, transform=shift)
            height += key_height + 16
        drawn.append(
            svg.document(
                content, title=title + part, description=_describe(page, placed),
                prefix=f"{prefix}-{index + 1}" if index else prefix, width=placed.width,
                height=height, class_="annals-timeline", linked=linked,
            )
        )  # fmt: skip
    return drawn


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a row: ``index`` is its place there; it is not cut between pages."""

    row: Row
    index: int
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the sheet, from ``top`` to ``bottom``, and what stands there."""

    top: float
    bottom: float
    pieces: list[Piece]
    legend: bool
    context: str = ""


def _legend(placed: Layout) -> tuple[str, float]:
    drawing, height = legend(
        {row.sign for row in placed.rows},
        broken=any(band.broken for band in placed.scale.bands),
        cut=any(row.sign.is_bar and row.lane is None for row in placed.rows),
        width=placed.width - 2 * _MARGIN,
    )
    moved = element("g", drawing, class_="annals-legend", transform=f"translate({_MARGIN} 4)")
    return moved, height + 4


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    found = []
    for row in rows:
        for index, (y, (_, lines)) in enumerate(zip(row.tops(), row.entries, strict=True)):
            top, bottom = y, y + LEADING * len(lines)
            if index == 0:
                top = row.y - RAISE - 1
            found.append(Piece(row, index, y, top, bottom))
    return found


def _pages(placed: Layout, key_height: float, max_height: float | None) -> Iterator[Page]:
    """Cut the sheet where nothing is cut apart."""
    pieces = _pieces(placed.rows)
    end = max(placed.scale.height + 8, pieces[-1].bottom + 2)
    start = -_TOP
    if max_height is None:
        yield Page(start, end, pieces, legend=True)
        return
    solid = sorted(
        [(piece.top, piece.bottom) for piece in pieces]
        + [(y - 8.0, y + 7.0) for y, _, _ in placed.ticks]
    )
    with_key = key_height <= max_height * 0.5
    if not with_key:
        yield Page(start, start, [], legend=True)
    spans: list[tuple[float, float]] = []
    for top, bottom in solid:
        if spans and top < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(bottom, spans[-1][1]))
        else:
            spans.append((top, bottom))
    at, used = 0, 0
    while start < end:
        context = _context(placed, start, pieces[used:]) if start > 0 else ""
        room = max_height - _BOTTOM - (key_height if with_key else 0) - (_CONTEXT if context else 0)
        stop = start + room
        while at < len(spans) and spans[at][1] <= stop:
            at += 1
        if end <= stop:
            stop = end
        elif at < len(spans) and start < spans[at][0] < stop:
            stop = spans[at][0]
        first = used
        while used < len(pieces) and pieces[used].top < stop:
            used += 1
        yield Page(start, stop, pieces[first:used], with_key, context)
        start, with_key = stop, False


def _context(placed: Layout, start: float, rest: Sequence[Piece]) -> str:
    """Say which date, year or month a page begins in, where nothing else on it does."""
    if not rest:
        return ""
    first = rest[0].row
    if rest[0].index:
        return f"{display(first.date)}, continued"
    year, month, _ = from_ordinal(first.item.start)
    said = [level for y, _, level in placed.ticks if start <= y <= first.y]
    level = said[0] + 1 if said else placed.scale.band_at(first.y).level
    if level <= MONTH:
        return f"{MONTHS[month]} {show_year(year)}"
    return show_year(year) if level == YEAR else ""


def _describe(page: Page, placed: Layout) -> str:
    if not page.pieces:
        return "What the signs of the timeline mean."
    first, last = (display(page.pieces[at].row.date) for at in (0, -1))
    count = len(page.pieces)
    if count == 1:
        return f"One entry, {first}."
    return f"{count} entries in the order of time, from “{first}” to “{last}”."


def _draw_page(placed: Layout, page: Page) -> tuple[str, float]:
    """Draw one page; gives the markup and its height."""
    lead = _CONTEXT if page.context else 0.0
    if page.bottom == page.top:
        return "", 0.0
    parts = []
    if page.context:
        words = svg.clean(page.context)
        parts.append(element("text", words, x=_MARGIN, y=11, font_size=HEAD, font_style="italic",
                             fill_opacity=0.75))  # fmt: skip
    inside = [
        _draw_axis(placed, page), _draw_ticks(placed, page), _draw_bars(placed, page),
        *(_draw_piece(placed, piece, page) for piece in page.pieces),
    ]  # fmt: skip
    shift = f"translate(0 {number(lead - page.top)})"
    parts.append(element("g", "".join(inside), transform=shift))
    return "".join(parts), page.bottom - page.top + lead + _BOTTOM


def _draw_axis(placed: Layout, page: Page) -> str:
    """Draw the axis, interrupted where time is left out."""
    x = number(placed.axis)
    lines, marks = [], []
    start = max(0.0, page.top)
    for band in _visible(placed.scale.bands, page):
        if band.broken:
            middle = (band.top + band.bottom) / 2
            if page.top + 6 <= middle <= page.bottom - 6:
                lines.append(f"M{x} {number(start)}V{number(middle - 6)}")
                marks.append(break_mark(placed.axis, middle))
                start = middle + 6
    stop = min(page.bottom, placed.scale.height)
    if stop > start:
        lines.append(f"M{x} {number(start)}V{number(stop)}")
    path = element("path", d="".join(lines), stroke="currentColor", stroke_width=1, fill="none")
    return element("g", path + "".join(marks), class_="annals-axis", opacity=0.7)


def _visible(bands: Sequence[Band], page: Page) -> Iterator[Band]:
    return (band for band in bands if band.bottom > page.top and band.top < page.bottom)


def _draw_ticks(placed: Layout, page: Page) -> str:
    parts = []
    for y, label, level in placed.ticks:
        if not page.top <= y < page.bottom:
            continue
        strong = level >= YEAR
        left = _MARGIN + svg.text_width(label, HEAD, bold=strong) + 3
        parts.append(
            element("text", svg.clean(label), x=_MARGIN if strong else _MARGIN + 2, y=y + 3.7,
                    font_size=HEAD if strong else 10, font_weight="bold" if strong else None,
                    fill_opacity=None if strong else 0.8)
            + element("path", d=f"M{number(left)} {number(y)}H{number(placed.axis)}", fill="none",
                      stroke="currentColor", stroke_width=0.6,
                      stroke_opacity=0.4 if strong else 0.18)
        )  # fmt: skip
    return element("g", "".join(parts), class_="annals-ticks") if parts else ""


def _draw_bars(placed: Layout, page: Page) -> str:
    """Draw what began on an earlier page, or reaches back to this one."""
    return "".join(
        _draw_mark(placed, row, page)
        for row in placed.rows
        if row.lane is not None
        and row.top < page.bottom
        and row.bottom > page.top
        and not page.top <= row.y < page.bottom
    )


def _draw_mark(placed: Layout, row: Row, page: Page) -> str:
    """Draw the part of a mark that is on a page."""
    if not row.sign.is_bar:
        return draw_point(row.sign, placed.axis, row.y)
    x = placed.lane_at(row.lane)
    if row.lane is None:
        return cut_tail(row.sign, x, row.y)
    whole = (row.top >= page.top, row.bottom <= page.bottom)
    top, bottom = max(row.top, page.top), min(row.bottom, page.bottom)
    stops = tuple(y for y in row.stops if top <= y <= bottom)
    return draw_bar(row.sign, x, top, bottom, stops=stops, whole=whole)


def _draw_leader(placed: Layout, row: Row) -> str:
    """Draw the thin line from a mark to its label."""
    start = placed.lane_at(row.lane) + 4 if row.sign.is_bar else placed.axis + 5
    d = f"M{number(start)} {number(row.y)}H{number(placed.labels - 3)}"
    return element("path", d=d, class_="annals-leader", fill="none", stroke="currentColor",
                   stroke_width=0.7, stroke_opacity=0.5)  # fmt: skip


def _draw_piece(placed: Layout, piece: Piece, page: Page) -> str:
    """Draw the label of an entry, and with the first of a row the date and the mark."""
    row = piece.row
    entry, lines = row.entries[piece.index]
    head = mark = ""
    if piece.index == 0:
        head = svg.text_lines(row.head, placed.labels, row.y + 3.7, HEAD_LEADING, font_size=HEAD,
                              font_weight="bold", class_="annals-when")  # fmt: skip
        mark = _draw_leader(placed, row) + _draw_mark(placed, row, page)
    label = svg.text_lines(lines, placed.labels, piece.y + 11.4, LEADING, font_size=TEXT)
    classes = " ".join(
        [
            f"annals-entry annals-{svg.slug(entry.kind)}",
            *(f"annals-tag-{svg.slug(tag)}" for tag in entry.tags),
        ]
    )
    if not entry.href:
        return head + element("g", mark + label, class_=classes)
    target = element(
        "rect", x=placed.labels - 2, y=piece.y - 1, width=placed.width - placed.labels,
        height=LEADING * len(lines) + 1, fill="none", pointer_events="all",
    )  # fmt: skip
    name = f"{display(entry.date)}: {entry.label}"
    link = element("a", mark + target + label, href=entry.href, class_=classes, aria_label=name)
    return head + link
