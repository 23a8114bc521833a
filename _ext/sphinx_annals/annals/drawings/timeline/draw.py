"""Draw a timeline: entries in, SVG out, page by page."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.svg import Frame, Style, element, number, steps, stroke
from sphinx_annals.annals.drawings.timeline.layout import (
    HEAD,
    HEAD_LEADING,
    LEADING,
    RAISE,
    TEXT,
    Layout,
    Row,
    TimelineEntry,
    in_order,
    layout,
    say,
)
from sphinx_annals.annals.drawings.timeline.signs import draw_break, draw_sign, samples
from sphinx_annals.dates import in_words
from sphinx_annals.language import Language

MIN_HEIGHT = 320.0
"""The lowest page that has room for any entry below the legend."""

_MARGIN, _CONTEXT = 6.0, 16.0


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the sheet, from ``top`` to ``bottom``, with its rows.

    ``lead`` is the room above it, for the legend or for the date that goes on.
    """

    top: float
    bottom: float
    rows: Sequence[Row]
    lead: float

    @property
    def height(self) -> float:
        """The height of the page."""
        return self.lead + self.bottom - self.top + 2 * _MARGIN


def draw_timeline(
    entries: Sequence[TimelineEntry],
    frame: Frame,
    *,
    max_height: float | None = None,
    columns: int = 1,
) -> list[str]:
    """Draw entries, in any order, as SVG documents ready to be put into HTML or a file.

    Text is 12 units high. No drawing is higher than ``max_height``; with None there is just one.
    Those of a page stand in ``columns``, whose heights are much the same. Gives no drawing where
    there are no entries.

    Raises ValueError where ``max_height`` leaves no room for an entry.
    """
    if max_height is not None and max_height < MIN_HEIGHT:
        raise ValueError(f"a page of {max_height:g} units is too low; {MIN_HEIGHT:g} at least")
    if not entries:
        return []
    language = frame.language
    placed = layout(entries, frame.width, language)
    known = samples({row.sign for row in placed.rows}, language, broken=bool(placed.breaks))
    meanings = ((sign, text) for text, sign in known.items())
    key, key_height = svg.in_columns(meanings, placed.width - 2 * _MARGIN)
    pages = _cut(placed, key_height, max_height or float("inf"), columns)
    drawn = []
    for index, page in enumerate(pages):
        content = _draw_page(placed, page, language)
        if index == 0:
            moved = f"translate({_MARGIN} {_MARGIN})"
            content = element("g", "".join(key), class_="annals-legend", transform=moved) + content
        told = _told(page, language, whole=len(pages) == 1)
        around = _numbered(frame, index, len(pages))
        size = placed.width, page.height
        drawn.append(svg.document(content, around, told, size, "annals-timeline"))
    return drawn


def _numbered(frame: Frame, index: int, count: int) -> Frame:
    """Give the frame of one of several drawings."""
    if count == 1:
        return frame
    phrase = frame.language.gettext("{title} ({number} of {count})")
    title = phrase.format(title=frame.title, number=index + 1, count=count)
    prefix = f"{frame.prefix}-{index + 1}" if index else frame.prefix
    return replace(frame, title=title, prefix=prefix)


def _told(page: Page, language: Language, *, whole: bool) -> str:
    """Say what a page shows: its entries, or how far they reach where a list beside has them."""
    if whole:
        return in_order(page.rows, language)
    return language.mark("; ").join(say(row.entry, language) for row in page.rows)


def _cut(placed: Layout, key_height: float, max_height: float, columns: int) -> list[Page]:
    """Cut the sheet between rows into pages of much the same height."""
    pages = _fill(placed, key_height, max_height)
    most = ceil(len(pages) / columns) * columns
    # Pages filled to the brim leave a rest on the last: lower ones, if as few, are more alike.
    for share in range(97, 0, -3) if most > 1 else ():
        lower = _fill(placed, key_height, max_height * share / 100)
        if len(lower) > most:
            break
        pages = lower
    return pages


def _fill(placed: Layout, key_height: float, max_height: float) -> list[Page]:
    """Fill pages of a height one after the other, each with one row at least."""
    rows = placed.rows
    edges = [0.0, *(row.y - RAISE for row in rows[1:]), placed.height]
    pages: list[Page] = []
    first = 0
    while first < len(rows):
        lead = 0.0 if rows[first].is_head else _CONTEXT
        lead = lead if pages else key_height + _CONTEXT
        # The last edge that the page reaches; a row that alone is too high stands all the same.
        end = edges[first] + max_height - lead - 2 * _MARGIN
        stop = max(bisect_right(edges, end) - 1, first + 1)
        pages.append(Page(edges[first], edges[stop], rows[first:stop], lead))
        first = stop
    return pages


def _draw_page(placed: Layout, page: Page, language: Language) -> str:
    drawn = _draw_axis(placed, page) + _draw_ticks(placed, page)
    drawn += "".join(_draw_mark(placed, row, page) for row in placed.rows if row.is_head)
    drawn += "".join(_draw_row(placed, row, language) for row in page.rows)
    first = page.rows[0]
    if not first.is_head:
        date = in_words(first.entry.date, language)
        words = language.gettext("{title}, continued").format(title=date)
        style: Style = {"font_size": HEAD, "font_style": "italic"}
        drawn += element("text", svg.clean(words), x=placed.labels, y=page.top - 5, **style)
    return element("g", drawn, transform=f"translate(0 {number(_MARGIN + page.lead - page.top)})")


def _draw_axis(placed: Layout, page: Page) -> str:
    """Draw the axis, interrupted where time is left out and where a hollow mark stands."""
    hollow = (row.y for row in page.rows if row.is_head and row.sign.is_hollow)
    breaks = [y for y in placed.breaks if page.top < y < page.bottom]
    d = steps("M", placed.axis, page.top)
    for y in sorted([*breaks, *hollow]):
        d += steps("V", y - 5, "M", placed.axis, y + 5)
    line = stroke(d + steps("V", page.bottom), 1)
    marks = "".join(draw_break(placed.axis, y) for y in breaks)
    return element("g", line + marks, class_="annals-axis", opacity=0.7)


def _draw_ticks(placed: Layout, page: Page) -> str:
    style: Style = {"font_size": HEAD, "font_weight": "bold"}
    drawn = ""
    for y, label in placed.ticks:
        if page.top <= y < page.bottom:
            drawn += element("text", svg.clean(label), x=_MARGIN, y=y + 3.7, **style)
            left = _MARGIN + svg.text_width(label, HEAD, bold=True) + 3
            drawn += stroke(steps("M", left, y, "H", placed.axis), 0.6, stroke_opacity=0.4)
    return element("g", drawn, class_="annals-ticks") if drawn else ""


def _draw_mark(placed: Layout, row: Row, page: Page) -> str:
    """Draw the part of a mark that is on a page."""
    if row.bottom < page.top or row.top >= page.bottom:
        return ""
    top, bottom = max(row.top, page.top), min(row.bottom, page.bottom)
    whole = row.top >= page.top, row.bottom <= page.bottom
    return draw_sign(row.sign, placed.x(row), top, bottom, whole)


def _draw_row(placed: Layout, row: Row, language: Language) -> str:
    """Draw the label of an entry, and with the first of a date that date."""
    head, x, y = "", placed.labels, row.y - RAISE + HEAD_LEADING * len(row.head)
    if row.is_head:
        style: Style = {"font_size": HEAD, "font_weight": "bold", "class_": "annals-when"}
        head = svg.text_lines(row.head, x, row.y + 3.7, HEAD_LEADING, **style)
        leader = steps("M", placed.x(row) + 5, row.y, "H", x - 3)
        head += stroke(leader, 0.7, stroke_opacity=0.5, class_="annals-leader")
    label = svg.text_lines(row.lines, x, y + 11.4, LEADING, font_size=TEXT)
    box = x - 2, y - 1, placed.width - x, LEADING * len(row.lines) + 1
    return head + svg.linked(label, row.entry.href, say(row.entry, language), "annals-entry", box)
