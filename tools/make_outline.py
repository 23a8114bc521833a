r"""Make ``land.json``, the outline of the coasts for maps.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_outline.py package/land-50m.json \
        _ext/sphinx_annals/annals/drawings/map/data/land.json

The input is the TopoJSON that the npm package world-atlas (ISC licence) makes of Natural
Earth's 1:50m land polygons (public domain).
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

TOLERANCE = 0.09
"""How far, in degrees, a point may lie from the line that replaces it."""

SMALLEST = 0.02
"""Islands with a smaller bounding box, in square degrees, are left out."""

STEPS = 50
"""Steps in a degree to which coordinates are rounded."""

Point = tuple[float, float]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """Give all rings of a TopoJSON with one object, land, as (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for indices in polygon:
                ring: list[Point] = []
                for index in indices:
                    part = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring += part[1:] if ring else part
                rings.append(ring)
    return rings


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Leave out points by Douglas and Peucker's rule."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, found = tolerance, 0
        for index in range(first + 1, last):
            x, y = points[index]
            if length:
                away = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            else:
                away = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            if away > worst:
                worst, found = away, index
        if found:
            keep[found] = True
            todo += [(first, found), (found, last)]
    return [point for point, kept in zip(points, keep, strict=True) if kept]


def is_large(ring: list[Point]) -> bool:
    """Whether a ring is worth drawing."""
    xs, ys = zip(*ring, strict=True)
    return (max(xs) - min(xs)) * (max(ys) - min(ys)) >= SMALLEST


def encode(ring: list[Point]) -> list[int]:
    """Give a ring as steps: the first point, then differences, x and y in turn."""
    whole = [(round(x * STEPS), round(y * STEPS)) for x, y in ring]
    steps = list(whole[0])
    for (ax, ay), (bx, by) in pairwise(whole):
        if (ax, ay) != (bx, by):
            steps += [bx - ax, by - ay]
    return steps


def main(source: str, target: str) -> None:
    """Read the TopoJSON, write the outline."""
    rings = decode(json.loads(Path(source).read_text()))
    outlines = [encode(simplify(ring, TOLERANCE)) for ring in rings if is_large(ring)]
    data = {
        "origin": "Natural Earth 1:50m land (https://www.naturalearthdata.com), by way of the "
        "npm package world-atlas 2.0.2; simplified by tools/make_outline.py",
        "licence": "public domain (Natural Earth); world-atlas: ISC, (c) Michael Bostock",
        "steps": STEPS,
        "rings": [ring for ring in outlines if len(ring) >= 8],
    }
    Path(target).write_text(json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
