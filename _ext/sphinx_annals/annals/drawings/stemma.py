"""A stemma as SVG: works below those that they draw on; imports no Sphinx.

Rows are the longest ways from works that draw on none, as in Sugiyama's layered drawings; a line
that passes a row has a lane of its own in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import pairwise
from math import ceil

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.svg import Frame, Style, element, steps, stroke
from sphinx_annals.language import message

_TEXT, _LEADING, _SMALL, _SMALL_LEADING = 12.0, 14.5, 10.5, 13.0
_PADDING, _GAP, _BETWEEN, _LANE, _MARGIN, _HANGING = 6.0, 12.0, 30.0, 8.0, 2.0, 8.0
_WIDEST, _WIDEST_ROW = 122.0, 156.0
"""How wide the text of a frame may be before it is broken, and of a frame of several works."""
_FEW = 3
"""How many works that stand alike have a frame each."""
_KEY = message(
    "Arrows lead from a source to who draws on it; what draws on none has a heavy frame."
)


@dataclass(frozen=True, slots=True)
class StemmaWork:
    """What a stemma shows of one work: ``sources`` are ids of those that it draws on.

    ``remark`` stands below the label; ``href`` is None where nothing is to be linked.
    """

    id: str
    label: str
    sources: tuple[str, ...] = ()
    remark: str = ""
    href: str | None = None


@dataclass(slots=True, eq=False)
class Box:
    """A frame of works that stand alike, or a lane for a line that passes a row."""

    works: Sequence[StemmaWork] = ()
    columns: int = 1
    column: float = 0.0
    width: float = _LANE
    height: float = 0.0
    x: float = 0.0  # its middle
    y: float = 0.0  # its top
    above: list["Box"] = field(default_factory=list)
    below: list["Box"] = field(default_factory=list)


def draw_stemma(works: Sequence[StemmaWork], frame: Frame) -> str:
    """Draw who draws on whom, as an SVG document for HTML or a file.

    The ``sources`` make no ring, and those that are no ids of the works are left out. It is wider
    than its frame where a row needs it. Gives the empty string where there are no works.
    """
    if not works:
        return ""
    language, rows = frame.language, lay_out_stemma(works, frame.width - 2 * _MARGIN)
    wide = max(frame.width, max(box.x + box.width / 2 for row in rows for box in row) + 2 * _MARGIN)
    high = max(box.y + box.height for box in rows[-1]) + 12
    drawn = "".join(_draw_lines(rows)) + "".join(_draw_box(box) for row in rows for box in row)
    key = svg.wrap(language.gettext(_KEY), _SMALL, wide - 2 * _MARGIN)
    drawn += svg.text_lines(key, 0, high + _SMALL, _SMALL_LEADING, font_size=_SMALL)
    moved = f"translate({svg.number(_MARGIN)} {svg.number(_MARGIN)})"
    told = language.ngettext(
        "{count} work, each below those that it draws on.",
        "{count} works, each below those that it draws on.",
        len(works),
    )
    size = wide, high + _SMALL_LEADING * len(key) + 2 * _MARGIN
    return svg.document(element("g", drawn, transform=moved), frame, told, size, "annals-stemma")


def lay_out_stemma(works: Sequence[StemmaWork], width: float) -> list[list[Box]]:
    """Put works into frames, and these into rows, each below all that it draws on."""
    boxes = _boxes(works, width)
    rows = [row for level in _levels(boxes) for row in _broken(level, width)]
    _add_lanes(rows)
    # Each row in the order of the means of what it is tied to above, then below: the barycentre
    # method of Sugiyama, Tagawa and Toda (1981) against crossings. A few rounds settle it.
    for _ in range(4):
        for row in rows:
            row.sort(key=lambda box: _mean(box.above, box.x))
            _spread(row, width, [_mean(box.above, box.x) for box in row])
        for row in reversed(rows):
            row.sort(key=lambda box: _mean(box.below, box.x))
            _spread(row, width, [_mean(box.below, box.x) for box in row])
    _centre(rows, width)
    y = 0.0
    for row in rows:
        height = max(box.height for box in row)
        for box in row:
            box.y = y
            box.height = box.height or height  # a lane is as long as its row is high
        y += height + _BETWEEN
    return rows


def _boxes(works: Sequence[StemmaWork], width: float) -> list[Box]:
    """Frame each work, or several that have the same sources and the same who draw on them."""
    known = {work.id for work in works}
    sources = {work.id: frozenset(work.sources) & known for work in works}
    drawn_by: dict[str, set[str]] = defaultdict(set)
    for id, found in sources.items():
        for source in found:
            drawn_by[source].add(id)
    groups: dict[tuple[frozenset[str], ...], list[StemmaWork]] = defaultdict(list)
    for work in works:
        groups[sources[work.id], frozenset(drawn_by[work.id])].append(work)
    together = [group for place, group in groups.items() if len(group) > _FEW and any(place)]
    # frames of many stand side by side if they can
    room = (width + _GAP) / max(1, len(together)) - _GAP
    boxes: list[Box] = []
    for group in groups.values():
        for part in [group] if group in together else [[work] for work in group]:
            framed = _framed(part, room)
            boxes.append(framed if framed.width <= room else _framed(part, width))
    of = {work.id: box for box in boxes for work in box.works}
    for box in boxes:
        box.above = list(dict.fromkeys(of[id] for id in sorted(sources[box.works[0].id])))
        for upper in box.above:
            upper.below.append(box)
    return boxes


def _framed(works: Sequence[StemmaWork], width: float) -> Box:
    blocks = [_lines(work, len(works) > 1) for work in works]
    column = max(
        svg.text_width(line, size) + (_HANGING if len(works) > 1 and n else 0)
        for block in blocks
        for lines, size in block
        for n, line in enumerate(lines)
    )
    room = width - 2 * _PADDING
    columns = max(1, min(len(works), int((room + _GAP) // (column + _GAP))))
    rows = ceil(len(works) / columns)
    columns = ceil(len(works) / rows)
    height = sum(
        max(map(_height, blocks[row * columns : (row + 1) * columns])) for row in range(rows)
    )
    inner = columns * column + (columns - 1) * _GAP
    return Box(works, columns, column, inner + 2 * _PADDING, height + 2 * _PADDING - 2)


def _lines(work: StemmaWork, together: bool) -> list[tuple[list[str], float]]:
    """Give the lines of the label and of the remark, each with their size."""
    widest = _WIDEST_ROW if together else _WIDEST
    found = [(svg.wrap(work.label, _TEXT, widest, lines=3), _TEXT)]
    if work.remark:
        found.append((svg.wrap(work.remark, _SMALL, widest, lines=4), _SMALL))
    return found


def _height(block: Iterable[tuple[list[str], float]]) -> float:
    leadings = {_TEXT: _LEADING, _SMALL: _SMALL_LEADING}
    return sum(leadings[size] * len(lines) for lines, size in block)


def _levels(boxes: Sequence[Box]) -> list[list[Box]]:
    """Put boxes in order: each as near to the top as all that it draws on allows."""
    level: dict[Box, int] = {}
    for box in TopologicalSorter({box: box.above for box in boxes}).static_order():
        level[box] = 1 + max((level[source] for source in box.above), default=-1)
    return [[box for box in boxes if level[box] == n] for n in range(max(level.values()) + 1)]


def _broken(level: Sequence[Box], width: float) -> list[list[Box]]:
    """Break what is too wide into rows; what nobody draws on stands in the first of them."""
    rows: list[list[Box]] = []
    left = 0.0
    for box in sorted(level, key=lambda box: len(box.below) > 0):
        if not rows or box.width > left:
            rows.append([])
            left = width
        rows[-1].append(box)
        left -= box.width + _GAP
    return rows


def _add_lanes(rows: Sequence[list[Box]]) -> None:
    """Lead the lines that pass rows through lanes in these."""
    at = {box: number for number, row in enumerate(rows) for box in row}
    for box in list(at):
        for place, source in enumerate(box.above):
            way = [source, *(Box() for _ in range(at[source] + 1, at[box])), box]
            for number, lane in enumerate(way[1:-1], at[source] + 1):
                rows[number].append(lane)
            for upper, lower in pairwise(way):
                if upper is not source:
                    upper.below.append(lower)
                if lower is not box:
                    lower.above.append(upper)
            source.below[source.below.index(box)] = way[1]
            box.above[place] = way[-2]


def _mean(boxes: Sequence[Box], otherwise: float) -> float:
    return sum(box.x for box in boxes) / len(boxes) if boxes else otherwise


def _spread(row: Sequence[Box], width: float, wanted: Sequence[float]) -> None:
    """Put the boxes of a row as near to where they want to be as their widths allow."""
    end = 0.0
    for box, x in zip(row, wanted, strict=True):
        box.x = max(x, end + box.width / 2)
        end = box.x + box.width / 2 + _GAP
    # a row is moved as a whole where it leans to one side, then back into the sheet
    lean = sum(x - box.x for box, x in zip(row, wanted, strict=True)) / len(row)
    edge = max(width, end - _GAP - (row[0].x - row[0].width / 2))
    for box in row:
        box.x += lean
    for box in reversed(row):
        box.x = min(box.x, edge - box.width / 2)
        edge = box.x - box.width / 2 - _GAP
    end = 0.0
    for box in row:
        box.x = max(box.x, end + box.width / 2)
        end = box.x + box.width / 2 + _GAP


def _centre(rows: Sequence[Sequence[Box]], width: float) -> None:
    """Bring what stands alone near to the rest, and all of it into the middle."""
    for row in rows:
        for box, following in reversed(list(pairwise(row))):
            if not box.above and not box.below:
                box.x = following.x - following.width / 2 - _GAP - box.width / 2
    left = min(box.x - box.width / 2 for row in rows for box in row)
    right = max(box.x + box.width / 2 for row in rows for box in row)
    moved = max(0.0, (width - right + left) / 2) - left
    for box in (box for row in rows for box in row):
        box.x += moved


def _draw_lines(rows: Sequence[Sequence[Box]]) -> Iterator[str]:
    """Draw the lines from each box to those below, with an arrow where a work is reached."""
    d = heads = ""
    ends = {box: max(b.y + b.height for b in row) for row in rows for box in row}
    for box in ends:
        for upper, x in zip(sorted(box.above, key=lambda upper: upper.x), _ports(box), strict=True):
            low, start, end = ends[upper], upper.y + upper.height, box.y - (4 if box.works else 0)
            middle = (low + box.y) / 2
            d += steps("M", upper.x, start, "V", low, "C", upper.x, middle, x, middle, x, end)
            if box.works:
                heads += steps("M", x, box.y - 1, "L", x - 3, box.y - 7, "L", x + 3, box.y - 7, "Z")
            else:
                d += steps("V", box.y + box.height)
    if d:
        yield stroke(d, 0.9, stroke_opacity=0.6, class_="annals-lines")
        yield element("path", d=heads, fill="currentColor", fill_opacity=0.75)


def _ports(box: Box) -> list[float]:
    """Give where lines reach a box, side by side in its middle."""
    count = len(box.above)
    apart = min(12.0, (box.width - 16) / count) if count > 1 else 0.0
    return [box.x + (n - (count - 1) / 2) * apart for n in range(count)]


def _draw_box(box: Box) -> str:
    if not box.works:
        return ""
    left = box.x - box.width / 2
    frame: Style = {"x": left, "y": box.y, "width": box.width, "height": box.height, "rx": 3}
    frame |= {"fill": "none", "stroke": "currentColor"}
    frame |= {"stroke_width": 0.8 if box.above else 1.8, "stroke_opacity": 0.7}
    drawn = element("rect", **frame)
    y = box.y + _PADDING - 1
    for start in range(0, len(box.works), box.columns):
        row = box.works[start : start + box.columns]
        for number, work in enumerate(row):
            drawn += _draw_work(work, left + _PADDING + number * (box.column + _GAP), y, box)
        y += max(_height(_lines(work, len(box.works) > 1)) for work in row)
    return drawn


def _draw_work(work: StemmaWork, x: float, y: float, box: Box) -> str:
    """Draw a label with its remark: in the middle of its own frame, else hanging at the left."""
    alone = len(box.works) == 1
    style: Style = {"text_anchor": "middle"} if alone else {}
    x = box.x if alone else x
    drawn, top = "", y
    for lines, size in _lines(work, not alone):
        leading = _LEADING if size == _TEXT else _SMALL_LEADING
        style |= {"font_size": size, "opacity": 0.8 if size == _SMALL else None}
        for line in lines:
            moved = x if alone or top == y else x + _HANGING
            drawn += element("text", svg.words(line), x=moved, y=top + leading * 0.8, **style)
            top += leading
    left = x - box.column / 2 if alone else x
    hit = left, y, box.column, top - y
    name = f"{work.label}: {work.remark}" if work.remark else work.label
    return svg.linked(drawn, work.href, name, "annals-work", hit)
