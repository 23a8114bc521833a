"""Labels beside points of a drawing: none overlaps another, a mark, a leader or the frame."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, pi, sin

from sphinx_annals.annals.drawings import svg

XY = tuple[float, float]
Rect = tuple[float, float, float, float]

_REACHES = (5.0, 15.0, 25.0, 36.0, 50.0)
"""How far from its point a label begins: beside the mark, or at the end of a leader."""
_ANGLES = [pi / 8 * turn for turn in (0, 8, 12, 4, 14, 2, 10, 6, *range(1, 16, 2))]
"""Where a label stands, the best first: to the right, to the left, above, below, at a corner …"""
_NEAR = 40.0
_CELL = 24.0
"""The side of a cell of the grid by which what stands near is found."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands: its box (left, top, right, bottom), the horizontal place of its
    ``anchor`` (of SVG's ``text-anchor``), and where a leader meets it.
    """

    box: Rect
    x: float
    anchor: str
    leader: XY | None


def overlap(a: Rect, b: Rect) -> bool:
    """Tell whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class Labeller:
    """Finds room for labels one after the other, near their points first."""

    def __init__(self, frame: Rect, taken: Sequence[Rect]) -> None:
        self.frame = frame
        self.taken: list[Rect] = []
        self._in_cell: dict[tuple[int, int], list[Rect]] = defaultdict(list)
        for box in taken:
            self._take(box)

    def find(self, point: XY, width: float, height: float) -> Place | None:
        """Find room for a label of a size near a point, and take it; None where there is none."""
        for reach, angle in product(_REACHES, _ANGLES):
            place = _place(point, width, height, reach, angle)
            if not self._holds(place.box) or self._is_taken(place.box):
                continue
            # A line is a chain of small boxes, so that one question is asked of all that stands.
            chain = list(_chain(point, reach, angle)) if place.leader else []
            if not any(map(self._is_taken, chain)):
                for box in (place.box, *chain):
                    self._take(box)
                return place
        return None

    def _take(self, box: Rect) -> None:
        self.taken.append(box)
        for cell in _cells(box):
            self._in_cell[cell].append(box)

    def _holds(self, box: Rect) -> bool:
        left, top, right, bottom = self.frame
        return left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom

    def _is_taken(self, box: Rect) -> bool:
        # only what stands near is asked, or a thousand labels would each ask all others
        near = (self._in_cell.get(cell, ()) for cell in _cells(box))
        return any(overlap(box, other) for others in near for other in others)


def _cells(box: Rect) -> Iterator[tuple[int, int]]:
    """Give the cells of a grid that a box touches."""
    left, top, right, bottom = (int(edge // _CELL) for edge in box)
    return product(range(left, right + 1), range(top, bottom + 1))


def _place(point: XY, width: float, height: float, reach: float, angle: float) -> Place:
    """Give a label that begins at a distance from its point, in a direction."""
    x, y = point[0] + reach * cos(angle), point[1] + reach * sin(angle)
    if abs(cos(angle)) < 0.3:  # above or below
        anchor, left, top = "middle", x - width / 2, (y if sin(angle) > 0 else y - height)
    elif cos(angle) > 0:
        anchor, left, top = "start", x, y - height / 2
    else:
        anchor, left, top = "end", x - width, y - height / 2
    leader = (x, y) if reach > _REACHES[0] else None
    return Place((left, top, left + width, top + height), x, anchor, leader)


def _chain(point: XY, reach: float, angle: float) -> Iterator[Rect]:
    """Give the boxes of a leader, from where it leaves the mark."""
    for step in range(6, int(reach), 2):
        x, y = point[0] + step * cos(angle), point[1] + step * sin(angle)
        yield (x - 0.8, y - 0.8, x + 0.8, y + 0.8)


@dataclass(frozen=True, slots=True)
class Field:
    """Where labels stand: in a ``frame``, beside marks of a ``radius``, and not on what is
    ``taken``. What finds no room becomes a number, of a font ``size`` and a height.
    """

    frame: Rect
    radius: float
    size: float
    height: float
    taken: Sequence[Rect] = ()

    def label(
        self, points: Sequence[XY], sizes: Sequence[tuple[float, float]]
    ) -> tuple[dict[int, Place], dict[int, int]]:
        """Find room for labels of some sizes, and for the numbers of those that find none.

        Gives where labels and numbers stand, and the numbers, by the index of the point. What finds
        no room comes first in the next of a few tries, fewer where there are many points; the best
        counts. A number that finds no room in any is only listed.
        """
        # those with many neighbours, which need leaders, come last
        cells = [(x // _NEAR, y // _NEAR) for x, y in points]
        crowd, tries = Counter(cells), []
        order = sorted(range(len(points)), key=lambda index: (crowd[cells[index]], index))
        for _ in range(1 + min(8, 300 // len(points))):
            placed, numbers = self._label_in(order, points, sizes)
            lost = [index for index in numbers if index not in placed]
            tries.append((len(lost), len(numbers), placed, numbers))
            first = lost or list(numbers)
            if not first:
                break
            order = [*first, *(index for index in order if index not in first)]
        return min(tries, key=lambda found: found[:2])[2:]

    def _label_in(
        self, order: Sequence[int], points: Sequence[XY], sizes: Sequence[tuple[float, float]]
    ) -> tuple[dict[int, Place], dict[int, int]]:
        r = self.radius
        marks = [(x - r, y - r, x + r, y + r) for x, y in points]
        labeller = Labeller(self.frame, [*marks, *self.taken])
        found = {index: labeller.find(points[index], *sizes[index]) for index in order}
        without = (index for index in range(len(points)) if not found[index])
        numbers = {index: count for count, index in enumerate(without, 1)}
        # a number stands better over another mark than nowhere
        labeller = Labeller(self.frame, labeller.taken[len(points) :])
        for index, count in numbers.items():
            wide = svg.text_width(str(count), self.size, bold=True)
            found[index] = labeller.find(points[index], wide, self.height)
        return {index: place for index, place in found.items() if place}, numbers
