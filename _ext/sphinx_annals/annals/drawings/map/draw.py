"""A map of places as SVG: places in, one drawing out; imports no Sphinx.

The coasts are Natural Earth's (``data/land.json`` says where they come from). Borders are
left out: those of today would be wrong for the past.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.labels import XY, Field, Place
from sphinx_annals.annals.drawings.map.projection import (
    Projection,
    Vector,
    choose,
    clip_to_frame,
    vector,
)
from sphinx_annals.annals.drawings.svg import Frame, Style, element, steps, stroke
from sphinx_annals.language import Language

_TEXT, _LEADING, _RADIUS, _MARGIN = 10.5, 13.0, 3.0, 1.0
_LEAST = 1600.0
"""The least width of a map in kilometres: the outline is too coarse for less."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """What a map shows of one place: ``coordinates`` are (latitude, longitude) in degrees.

    ``href`` is None where nothing is to be linked, as in a PDF.
    """

    id: str
    label: str
    coordinates: tuple[float, float]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A projection and a frame: where on the drawing a place lies."""

    projection: Projection
    left: float
    top: float
    scale: float
    width: float
    height: float

    def place(self, at: XY) -> XY:
        """Give a projected point on the drawing."""
        x, y = (at[0] - self.left) * self.scale, (at[1] - self.top) * self.scale
        return (_MARGIN + x, _MARGIN + y)

    def point(self, at: Vector) -> XY:
        """Give a place of the globe on the drawing."""
        return self.place(self.projection.project(at))


def draw_map(places: Sequence[MapPlace], frame: Frame) -> str:
    """Draw places on an outline of the coasts, as an SVG document for HTML or a file.

    Labels that find no room on the map become numbers, explained below it. Gives the empty
    string where there are no places.
    """
    if not places:
        return ""
    ordered = sorted(places, key=lambda place: (place.label, place.id))
    vectors = [vector(*place.coordinates) for place in ordered]
    sheet = fit(vectors, frame.width)
    points = [sheet.point(at) for at in vectors]
    labels, numbers = label_places(ordered, points, sheet)
    edge: Style = {"x": _MARGIN, "y": _MARGIN, "width": sheet.width, "height": sheet.height}
    edge |= {"fill": "none", "stroke": "currentColor", "stroke_width": 0.6, "stroke_opacity": 0.5}
    outline = _draw_land(sheet) + element("rect", **edge)
    key, key_height = _draw_key(numbers, ordered, frame.width, sheet.height + 2 * _MARGIN + 4)
    marks = "".join(
        _draw_place(place, point, labels.get(index), numbers.get(index))
        for index, (place, point) in enumerate(zip(ordered, points, strict=True))
    )
    drawn = element("g", outline, class_="annals-land")
    drawn += _draw_scale(sheet, frame.language) + marks + key
    told = frame.language.ngettext(
        "{count} place on an outline of the coasts.",
        "{count} places on an outline of the coasts.",
        len(ordered),
    )
    size = frame.width, sheet.height + 2 * _MARGIN + key_height
    return svg.document(drawn, frame, told, size, "annals-map")


def fit(vectors: Sequence[Vector], width: float) -> Sheet:
    """Choose a projection and a frame with room round the places."""
    projection = choose(vectors)
    points = [projection.project(at) for at in vectors]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    # Room for labels at the sides; neither a strip nor a tower, whatever lies on one line.
    wide, high = max(max(xs) - min(xs), _LEAST) * 1.24, max(max(ys) - min(ys), _LEAST * 0.5) * 1.3
    high = min(max(high, wide * 0.6), wide * 1.15) if high < wide * 1.15 else high
    wide = max(wide, high / 1.15)
    left, top = (max(xs) + min(xs) - wide) / 2, (max(ys) + min(ys) - high) / 2
    scale = (width - 2 * _MARGIN) / wide
    return Sheet(projection, left, top, scale, width - 2 * _MARGIN, high * scale)


def label_places(
    places: Sequence[MapPlace], points: Sequence[XY], sheet: Sheet
) -> tuple[dict[int, Place], dict[int, int]]:
    """Find room for the names of places, or for numbers: those by the index of the place."""
    frame = (3, 3, sheet.width - 1, sheet.height - 1)
    scale = (0, sheet.height - 24, 112, sheet.height)
    field = Field(frame, _RADIUS + 0.5, _TEXT, _LEADING - 2, [scale])
    return field.label(points, [(svg.text_width(p.label, _TEXT), _LEADING) for p in places])


@lru_cache(maxsize=1)
def _rings() -> tuple[tuple[Vector, ...], ...]:
    """Read the outline: rings of the land and, inside, of its seas."""
    data = json.loads((Path(__file__).parent / "data" / "land.json").read_text("utf-8"))
    degree = data["steps"]

    def ring(flat: Sequence[int]) -> tuple[Vector, ...]:
        xs, ys = accumulate(flat[::2]), accumulate(flat[1::2])  # each is a step from the last
        return tuple(vector(y / degree, x / degree) for x, y in zip(xs, ys, strict=True))

    return tuple(map(ring, data["rings"]))


@lru_cache(maxsize=16)  # maps of one book share frames, and builders share maps
def _draw_land(sheet: Sheet) -> str:
    low, high = (_MARGIN, _MARGIN), (_MARGIN + sheet.width, _MARGIN + sheet.height)
    outlines = (outline for ring in _rings() for outline in sheet.projection.outline(ring))
    d = "".join(_path(clip_to_frame(map(sheet.place, found), low, high)) for found in outlines)
    fill: Style = {"fill": "currentColor", "fill_opacity": 0.1, "fill_rule": "evenodd"}
    line: Style = {"stroke": "currentColor", "stroke_width": 0.5, "stroke_opacity": 0.45}
    return element("path", d=d or None, **fill, **line, stroke_linejoin="round")


def _path(ring: Sequence[XY]) -> str:
    """Write a ring, to a tenth of a unit and without points closer than half of one."""
    kept: list[XY] = []
    for x, y in ring:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 0.6:
            kept.append((round(x, 1), round(y, 1)))
    if len(kept) < 3:
        return ""
    lines = (steps("l", b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept))
    return steps("M", *kept[0]) + "".join(lines) + "z"


def _draw_scale(sheet: Sheet, language: Language) -> str:
    """Draw a bar of a round number of kilometres."""
    most = 90 / sheet.scale
    length = max(n * 10**p for p in range(5) for n in (1, 2, 5) if n * 10**p <= max(most, 1))
    x, y = 8.0, sheet.height - 5
    line = stroke(steps("M", x, y - 4, "v4h", length * sheet.scale, "v-4"), 1)
    words = language.gettext("{length} km").format(length=f"{length:,}".replace(",", "\u202f"))
    text = element("text", words, x=x + 3, y=y - 4, font_size=9)
    return element("g", line + text, class_="annals-scale")


def _draw_place(place: MapPlace, point: XY, label: Place | None, count: int | None) -> str:
    x, y = point
    drawn = ""
    if label and label.leader:
        drawn += stroke(steps("M", x, y, "L", *label.leader), 0.6, class_="annals-leader")
    drawn += element("circle", cx=x, cy=y, r=_RADIUS, fill="currentColor")
    if label:
        text, weight = (place.label, None) if count is None else (str(count), "bold")
        font: Style = {"text_anchor": label.anchor, "font_size": _TEXT, "font_weight": weight}
        drawn += element("text", svg.words(text), x=label.x, y=label.box[3] - 3.4, **font)
    return svg.linked(drawn, place.href, place.label, "annals-place")


def _draw_key(
    numbers: dict[int, int], places: Sequence[MapPlace], width: float, top: float
) -> tuple[str, float]:
    """List the numbered places below the map."""
    if not numbers:
        return "", 0.0
    font: Style = {"font_size": _TEXT, "font_weight": "bold", "text_anchor": "end"}
    signs = (element("text", str(count), x=14, y=11.5, **font) for count in numbers.values())
    listed = [places[index] for index in numbers]
    words = (place.label for place in listed)
    parts, height = svg.in_columns(zip(signs, words, strict=True), width)
    links = (
        svg.linked(part, place.href, place.label, "annals-place")
        for part, place in zip(parts, listed, strict=True)
    )
    return svg.key(links, top), height + 4
