"""Labels beside points on a map: none overlaps another, a mark or the frame."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import cos, pi, sin

from sphinx_annals.annals.drawings.map.projection import XY

Rect = tuple[float, float, float, float]
Line = tuple[XY, XY]
Cell = tuple[int, int]

_REACHES = (14.0, 24.0, 36.0, 50.0, 66.0)
_CELL = 24.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands: its box (left, top, right, bottom) and where a leader meets it."""

    box: Rect
    leader: XY | None


def overlap(a: Rect, b: Rect) -> bool:
    """Tell whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def crosses(start: XY, end: XY, box: Rect) -> bool:
    """Tell whether a line passes through a box (Liang and Barsky)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        step = end[axis] - start[axis]
        for edge, way in ((box[axis], -1), (box[axis + 2], 1)):
            room = way * (edge - start[axis])
            if step * way == 0:
                if room < 0:
                    return False
            elif step * way > 0:
                high = min(high, room / (step * way))
            else:
                low = max(low, room / (step * way))
    return low < high


@dataclass(slots=True)
class Labeller:
    """Finds room for labels one after the other, near their points first.

    ``radius`` is the size of the marks, which labels keep off.
    """

    frame: Rect
    radius: float
    # By cells of a grid, so that a label is compared with those near it alone.
    _boxes: dict[Cell, list[Rect]] = field(default_factory=lambda: defaultdict(list))
    _lines: dict[Cell, list[Line]] = field(default_factory=lambda: defaultdict(list))
    _marks: set[Rect] = field(default_factory=set)

    def block(self, box: Rect) -> None:
        """Keep a box free of labels, and of the leaders that do not begin in it."""
        for cell in _cells(box):
            self._boxes[cell].append(box)

    def mark(self, point: XY) -> None:
        """Keep a mark free."""
        x, y, r = *point, self.radius
        box = (x - r, y - r, x + r, y + r)
        self._marks.add(box)
        self.block(box)

    def find(
        self, point: XY, width: float, height: float, *, over_marks: bool = False
    ) -> Place | None:
        """Find room for a label of a size near a point, and take it; None where there is none.

        ``over_marks`` lets its leader cross the marks of other points, in a dense crowd.
        """
        for place in self._candidates(point, width, height):
            if self._is_free(point, place, over_marks):
                self.block(place.box)
                if place.leader:
                    for cell in _cells(_bounds(point, place.leader)):
                        self._lines[cell].append((point, place.leader))
                return place
        return None

    def _candidates(self, point: XY, width: float, height: float) -> Iterator[Place]:
        x, y = point
        off = self.radius + 2
        middle = y - height / 2
        near_x, far_x = x + off, x - off - width
        near_y, far_y = y + off, y - off - height
        beside = [(near_x, middle), (far_x, middle)]
        above_below = [(x - width / 2, far_y), (x - width / 2, near_y)]
        # At a corner the box may come closer, since letters do not fill its corners.
        corners = product((near_x - 1, far_x + 1), (far_y + 3, near_y - 3))
        for left, top in [*beside, *above_below, *corners]:
            yield Place((left, top, left + width, top + height), None)
        for reach in _REACHES:
            for turn in range(16):
                angle = pi / 8 * turn
                ex, ey = x + reach * cos(angle), y + reach * sin(angle)
                # A leader meets the label's near side; an upright one its lower or upper edge.
                left, top = (ex if cos(angle) > 0 else ex - width), ey - height / 2
                if abs(cos(angle)) <= 0.3:
                    left, top = ex - width / 2, (ey if sin(angle) > 0 else ey - height)
                yield Place((left, top, left + width, top + height), (ex, ey))

    def _is_free(self, point: XY, place: Place, over_marks: bool) -> bool:
        left, top, right, bottom = self.frame
        box = place.box
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        for cell in _cells(box):
            if any(overlap(box, other) for other in self._boxes.get(cell, ())):
                return False
            if any(crosses(a, b, box) for a, b in self._lines.get(cell, ())):
                return False
        return place.leader is None or self._is_clear(point, place.leader, over_marks)

    def _is_clear(self, point: XY, end: XY, over_marks: bool) -> bool:
        """Tell whether a leader crosses neither a box nor another leader."""
        # Leaders from one point may share a stretch, and begin in the box of their own mark.
        for cell in _cells(_bounds(point, end)):
            if any(_meet(point, end, a, b) for a, b in self._lines.get(cell, ()) if a != point):
                return False
            blocks = (b for b in self._boxes.get(cell, ()) if crosses(point, end, b))
            if any(not (_holds(b, point) or (over_marks and b in self._marks)) for b in blocks):
                return False
        return True


def _cells(box: Rect) -> Iterator[Cell]:
    left, top, right, bottom = (int(edge // _CELL) for edge in box)
    return product(range(left, right + 1), range(top, bottom + 1))


def _bounds(a: XY, b: XY) -> Rect:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _holds(box: Rect, point: XY) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _meet(a: XY, b: XY, c: XY, d: XY) -> bool:
    """Tell whether two lines cross."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: XY, b: XY, p: XY) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def most_crowded_last(points: Sequence[XY], near: float) -> list[int]:
    """Order points so that those with many neighbours, which need leaders, come last."""
    cells = [(x // near, y // near) for x, y in points]
    crowd = Counter(cells)
    return sorted(range(len(points)), key=lambda index: (crowd[cells[index]], index))
