"""Draw a timeline: entries in, SVG out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.svg import Style, element, number, steps
from sphinx_annals.annals.drawings.timeline import rows, signs
from sphinx_annals.annals.drawings.timeline.pages import MIN_HEIGHT, Page, cut
from sphinx_annals.annals.drawings.timeline.rows import Layout, Piece, Row, TimelineEntry
from sphinx_annals.annals.drawings.timeline.scale import YEAR
from sphinx_annals.dates import display

_MARGIN = 4.0


def draw_timeline(
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
    placed = rows.layout(entries, width)
    key, key_height = _legend(placed)
    pages = cut(placed, key_height, max_height)
    drawn = []
    for index, page in enumerate(pages):
        part = f" ({index + 1} of {len(pages)})" if len(pages) > 1 else ""
        content, height = _draw_page(placed, page), page.height
        if page.legend:
            content = key + element("g", content, transform=f"translate(0 {number(key_height)})")
            height += key_height
        words = title + part, _describe(page)
        ids = f"{prefix}-{index + 1}" if index else prefix
        drawn.append(svg.document(content, words, ids, (placed.width, height), "annals-timeline"))
    return drawn


def _legend(placed: Layout) -> tuple[str, float]:
    """Draw the legend; gives the markup and the height that it needs above the sheet."""
    drawing, height = signs.legend(
        {row.sign for row in placed.rows},
        broken=any(band.broken for band in placed.scale.bands),
        cut=any(row.sign.is_bar and row.lane is None for row in placed.rows),
        width=placed.width - 2 * _MARGIN,
    )
    moved = element("g", drawing, class_="annals-legend", transform=f"translate({_MARGIN} 4)")
    return moved, height + 20


def _describe(page: Page) -> str:
    if not page.pieces:
        return "What the signs of the timeline mean."
    first, last = (display(page.pieces[at].row.date) for at in (0, -1))
    count = len(page.pieces)
    if count == 1:
        return f"One entry, {first}."
    return f"{count} entries in the order of time, from “{first}” to “{last}”."


def _draw_page(placed: Layout, page: Page) -> str:
    if not page.height:
        return ""
    head = ""
    if page.context:
        style: Style = {"font_size": rows.HEAD, "font_style": "italic", "fill_opacity": 0.75}
        head = element("text", svg.clean(page.context), x=_MARGIN, y=11, **style)
    inside = _draw_axis(placed, page) + _draw_ticks(placed, page)
    passing = (row for row in placed.rows if row.lane is not None and page.is_crossed_by(row))
    inside += "".join(_draw_mark(placed, row, page) for row in passing)
    inside += "".join(_draw_piece(placed, piece, page) for piece in page.pieces)
    return head + element("g", inside, transform=f"translate(0 {number(page.lead - page.top)})")


def _draw_axis(placed: Layout, page: Page) -> str:
    """Draw the axis, interrupted where time is left out."""
    bands = placed.scale.bands
    first = bisect_right(bands, page.top, key=lambda band: band.bottom)
    last = bisect_left(bands, page.bottom, key=lambda band: band.top)
    breaks = [(band.top + band.bottom) / 2 for band in bands[first:last] if band.broken]
    breaks = [y for y in breaks if page.top + 6 <= y <= page.bottom - 6]
    heads = [piece.row for piece in page.pieces if piece.index == 0]
    # Nothing strikes through a hollow sign, nor through the mark of a break.
    gaps = sorted([*breaks, *(row.y for row in heads if row.sign.is_hollow)])
    path = ""
    at = max(0.0, page.top)
    stop = min(page.bottom, placed.scale.height)
    for top, bottom in [*((y - 5, y + 5) for y in gaps), (stop, stop)]:
        path += steps("M", placed.axis, at, "V", top) if top > at else ""
        at = max(at, bottom)
    line = element("path", d=path, stroke="currentColor", stroke_width=1, fill="none")
    marks = "".join(signs.break_mark(placed.axis, y) for y in breaks)
    return element("g", line + marks, class_="annals-axis", opacity=0.7)


def _draw_ticks(placed: Layout, page: Page) -> str:
    parts = []
    first, last = (bisect_left(placed.ticks, (y,)) for y in (page.top, page.bottom))
    for y, label, level in placed.ticks[first:last]:
        strong = level >= YEAR
        x, size, weight, opacity = (0, rows.HEAD, "bold", None) if strong else (2, 10, None, 0.8)
        style: Style = {"font_size": size, "font_weight": weight, "fill_opacity": opacity}
        parts.append(element("text", svg.clean(label), x=_MARGIN + x, y=y + 3.7, **style))
        left = _MARGIN + svg.text_width(label, rows.HEAD, bold=strong) + 3
        line = steps("M", left, y, "H", placed.axis)
        parts.append(svg.stroke(line, 0.6, stroke_opacity=0.4 if strong else 0.18))
    return element("g", "".join(parts), class_="annals-ticks") if parts else ""


def _draw_mark(placed: Layout, row: Row, page: Page) -> str:
    """Draw the part of a mark that is on a page."""
    if not row.sign.is_bar:
        return signs.draw_point(row.sign, placed.axis, row.y)
    x = placed.lane_at(row.lane)
    if row.lane is None:
        return signs.cut_tail(row.sign, x, row.y)
    whole = (row.top >= page.top, row.bottom <= page.bottom)
    top, bottom = max(row.top, page.top), min(row.bottom, page.bottom)
    stops = tuple(y for y in row.stops if top <= y <= bottom)
    return signs.draw_bar(row.sign, x, (top, bottom), stops=stops, whole=whole)


def _draw_leader(placed: Layout, row: Row) -> str:
    """Draw the thin line from a mark to its label."""
    start = placed.lane_at(row.lane) + 4 if row.sign.is_bar else placed.axis + 5
    line = steps("M", start, row.y, "H", placed.labels - 3)
    style: Style = {**svg.LINE, "stroke_width": 0.7, "stroke_opacity": 0.5}
    return element("path", d=line, class_="annals-leader", **style)


def _draw_piece(placed: Layout, piece: Piece, page: Page) -> str:
    """Draw the label of an entry, and with the first of a row the date and the mark."""
    row = piece.row
    entry, lines = row.entries[piece.index]
    head = mark = ""
    if piece.index == 0:
        style: Style = {"font_size": rows.HEAD, "font_weight": "bold", "class_": "annals-when"}
        head = svg.text_lines(row.head, placed.labels, row.y + 3.7, rows.HEAD_LEADING, **style)
        mark = _draw_leader(placed, row) + _draw_mark(placed, row, page)
    label = svg.text_lines(lines, placed.labels, piece.y + 11.4, rows.LEADING, font_size=rows.TEXT)
    names = [entry.kind, *(f"tag-{svg.slug(tag)}" for tag in entry.tags)]
    classes = " ".join(["annals-entry", *(f"annals-{svg.slug(name)}" for name in names)])
    if entry.href:  # a finger hits a box more easily than thin letters
        box: Style = {"x": placed.labels - 2, "y": piece.y - 1}
        box |= {"width": placed.width - placed.labels, "height": rows.LEADING * len(lines) + 1}
        mark += element("rect", **box, fill="none", pointer_events="all")
    name = f"{display(entry.date)}: {entry.label}"
    return head + svg.linked(mark + label, entry.href, name, classes)
