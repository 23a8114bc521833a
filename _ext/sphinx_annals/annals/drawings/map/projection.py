"""The globe on a sheet: two equal-area projections, and cutting outlines to a frame."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import TypeVar

from sphinx_annals.annals.drawings.labels import XY

Vector = tuple[float, float, float]
_P = TypeVar("_P")

EARTH = 6371.0
"""The earth's radius in kilometres."""

# How far from the middle places may lie to be shown round it, and up to where coasts are drawn,
# which fill the frame to its corners.
_WIDE = cos(radians(75))
_RIM = cos(radians(115))


def vector(latitude: float, longitude: float) -> Vector:
    """Give a place as a unit vector."""
    phi, lam = radians(latitude), radians(longitude)
    return (cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi))


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _between(a: Vector, b: Vector, share: float) -> Vector:
    x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    length = sqrt(x * x + y * y + z * z) or 1.0
    return (x / length, y / length, z / length)


def clip(
    ring: Sequence[_P], depth: Callable[[_P], float], between: Callable[[_P, _P, float], _P]
) -> list[_P]:
    """Cut a closed ring to where ``depth`` is not negative (Sutherland and Hodgman).

    ``between`` gives the point at a share of the way from one point to another.
    """
    kept: list[_P] = []
    for here, there in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        a, b = depth(here), depth(there)
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            kept.append(between(here, there, a / (a - b)))
    return kept


def _on_line(a: XY, b: XY, share: float) -> XY:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def clip_to_frame(ring: Iterable[XY], low: XY, high: XY) -> list[XY]:
    """Cut a ring to a rectangle."""
    found = list(ring)
    for axis in (0, 1):
        found = clip(found, lambda p, i=axis: p[i] - low[i], _on_line)  # type: ignore[misc]
        found = clip(found, lambda p, i=axis: high[i] - p[i], _on_line)  # type: ignore[misc]
    return found


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection; x to the right, y downwards, unit: km.

    The formulas are Snyder's (Map Projections: A Working Manual, 1987, p. 182).
    """

    centre: Vector

    def project(self, place: Vector) -> XY:
        """Give a place on the sheet."""
        x, y, z = self.centre
        flat = hypot(x, y) or 1e-12
        east, north = (-y / flat, x / flat, 0.0), (-z * x / flat, -z * y / flat, flat)
        # The other side of the globe is all of the rim: it is only kept finite.
        scale = EARTH * sqrt(2 / max(1 + _dot(self.centre, place), 1e-6))
        return (scale * _dot(east, place), -scale * _dot(north, place))

    def outline(self, ring: Sequence[Vector]) -> list[list[XY]]:
        """Give a ring on the sheet, without what lies near the other side of the globe."""
        near = clip(ring, lambda place: _dot(self.centre, place) - _RIM, _between)
        return [[self.project(place) for place in near]] if len(near) > 2 else []


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018) round a meridian; unit: km."""

    meridian: float

    def project(self, place: Vector) -> XY:
        """Give a place on the sheet."""
        longitude, latitude = _degrees(place)
        return self._at((longitude - self.meridian + 180) % 360 - 180, latitude)

    def _at(self, longitude: float, latitude: float) -> XY:
        theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        t2 = theta * theta
        t6 = t2**3
        slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
        x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope)
        return (EARTH * x, -EARTH * theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)))

    def outline(self, ring: Sequence[Vector]) -> list[list[XY]]:
        """Give a ring on the sheet, cut at the far meridian where it crosses that."""
        points: list[XY] = []
        for longitude, latitude in map(_degrees, ring):
            x = longitude - self.meridian
            if points:  # unrolled: what crosses the far meridian goes on beyond 180 degrees
                x += 360 * round((points[-1][0] - x) / 360)
            points.append((x, latitude))
        turns = ([(x + turn, y) for x, y in points] for turn in (-360, 0, 360))
        parts = (clip_to_frame(moved, (-180, -90), (180, 90)) for moved in turns)
        return [[self._at(x, y) for x, y in part] for part in parts if len(part) > 2]


def _degrees(place: Vector) -> XY:
    """Give longitude and latitude."""
    return degrees(atan2(place[1], place[0])), degrees(asin(max(-1, min(1, place[2]))))


Projection = Azimuthal | EqualEarth


def choose(places: Iterable[Vector]) -> Projection:
    """Choose the projection for places: round their middle, or of the whole earth.

    Round the middle, shapes stay true for anything up to a continent and its neighbours.
    """
    found = list(places)
    total = [sum(place[axis] for place in found) for axis in range(3)]
    length = hypot(*total)
    if length < 1e-6:
        return EqualEarth(0.0)
    mean = (total[0] / length, total[1] / length, total[2] / length)
    for _ in range(40):  # towards the farthest, to the middle of all rather than of most
        far = min(found, key=lambda place: _dot(mean, place))
        mean = _between(mean, far, 0.05)
    if min(_dot(mean, place) for place in found) < _WIDE:
        return EqualEarth(round(_degrees(mean)[0] / 10) * 10.0)
    return Azimuthal(mean)
