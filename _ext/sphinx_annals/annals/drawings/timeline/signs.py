"""The signs of a timeline: what a date looks like, told apart by form and not by colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sphinx_annals.annals.drawings.svg import element, number, text_lines, wrap
from sphinx_annals.annals.drawings.timeline.scale import MONTH, YEAR, level_of
from sphinx_annals.dates import HistoricalDate, Point, Precision, Shape

TAIL = 24.0
"""How far an open end is drawn."""


class End(Enum):
    """How a mark ends."""

    BLUNT = "known no better than to the month or year"
    CAP = "known to the day"
    POINTED = "approximate"
    OPEN = "open"
    UNKNOWN = "unknown"


class Body(Enum):
    """What a mark stands for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SPAN = "decade or other span"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True, slots=True)
class Sign:
    """The look of one date."""

    body: Body
    first: End = End.BLUNT
    last: End = End.BLUNT
    dashed: bool = False

    @property
    def is_bar(self) -> bool:
        """Whether it has a length, and so needs a lane."""
        return self.body is not Body.DAY

    @property
    def is_hollow(self) -> bool:
        """Whether it is a day that the axis must not strike through."""
        return not self.is_bar and (self.dashed or self.first is End.POINTED)


def sign_of(date: HistoricalDate, *, doubtful: bool = False) -> Sign:
    """Choose the sign for a date; ``doubtful`` where the event itself is."""
    if date.shape is Shape.ONE_OF or date.shape is Shape.ALL_OF:
        body = Body.ONE_OF if date.shape is Shape.ONE_OF else Body.ALL_OF
        return Sign(body, dashed=doubtful or any(sign_of(m).dashed for m in date.members))
    points = [point for point in (date.start, date.end) if point]
    dashed = doubtful or any(point.uncertain for point in points)
    if date.shape is Shape.INTERVAL:
        missing = End.UNKNOWN if date.unknown else End.OPEN
        first, last = (_end(point) if point else missing for point in (date.start, date.end))
        return Sign(Body.INTERVAL, first, last, dashed)
    pointed = End.POINTED if any(point.approximate for point in points) else End.BLUNT
    return Sign(_body(points[0]), pointed, pointed, dashed)


def _end(point: Point) -> End:
    if point.approximate:
        return End.POINTED
    return End.CAP if point.precision is Precision.DAY else End.BLUNT


def _body(point: Point) -> Body:
    level = level_of(point)
    if "X" in point.edtf.upper() and not point.edtf.upper().startswith("Y"):
        return Body.SPAN  # digits left out, and so no one unit
    if level > YEAR:
        return Body.SPAN
    return {MONTH: Body.MONTH, YEAR: Body.YEAR}.get(level, Body.DAY)


def draw_point(sign: Sign, x: float, y: float) -> str:
    """Draw the mark of a day: a disc, a lozenge where approximate, hollow where uncertain."""
    style = _style(sign, filled=not sign.is_hollow)
    if sign.first is End.POINTED:
        path = f"M{number(x)} {number(y - 5.2)}l5.2 5.2l-5.2 5.2l-5.2 -5.2z"
        return element("path", d=path, **style)
    return element("circle", cx=x, cy=y, r=4.4 if sign.is_hollow else 4, **style)


def _style(sign: Sign, *, filled: bool) -> dict[str, str | float | None]:
    if sign.dashed:
        return {"fill": "none", "stroke": "currentColor", "stroke_width": 1.4,
                "stroke_dasharray": "2.4 1.9"}  # fmt: skip
    if filled:
        return {"fill": "currentColor", "stroke": "none"}
    return {"fill": "none", "stroke": "currentColor", "stroke_width": 1.3}


def draw_bar(
    sign: Sign, x: float, top: float, bottom: float, *, stops: tuple[float, ...] = (),
    whole: tuple[bool, bool] = (True, True),
) -> str:  # fmt: skip
    """Draw a mark with a length; ``stops`` are the places of the members of a set.

    ``whole`` says whether the upper and the lower end belong to this drawing, or the mark
    comes from the page before or goes on to the next.
    """
    if sign.body in (Body.ONE_OF, Body.ALL_OF):
        return _draw_set(sign, x, top, bottom, stops)
    if sign.body is Body.INTERVAL:
        return _draw_interval(sign, x, top, bottom, whole)
    if sign.body is Body.SPAN:
        rungs = element("path", d=_line(x, top, bottom), stroke_width=5, stroke_dasharray="1.1 3.3",
                        stroke="currentColor", fill="none")  # fmt: skip
        dash = "2.4 1.9" if sign.dashed else None
        return rungs + element("path", d=_line(x, top, bottom), stroke="currentColor",
                               stroke_width=1, stroke_dasharray=dash, fill="none")  # fmt: skip
    return _draw_box(sign, x, top, bottom, whole)


def _line(x: float, top: float, bottom: float) -> str:
    return f"M{number(x)} {number(top)}V{number(bottom)}"


def _draw_box(sign: Sign, x: float, top: float, bottom: float, whole: tuple[bool, bool]) -> str:
    """Draw a month, solid, or a year, in outline; pointed at both ends where approximate."""
    half = 1.9 if sign.body is Body.MONTH else 2.4
    tips = [5.0 if sign.first is End.POINTED and end else 0.0 for end in whole]
    if bottom - top < sum(tips):
        bottom = top + sum(tips)
    path = (
        f"M{number(x - half)} {number(top + tips[0])}L{number(x)} {number(top)}"
        f"L{number(x + half)} {number(top + tips[0])}V{number(bottom - tips[1])}"
        f"L{number(x)} {number(bottom)}L{number(x - half)} {number(bottom - tips[1])}z"
    )
    return element("path", d=path, **_style(sign, filled=sign.body is Body.MONTH))


def _draw_interval(
    sign: Sign, x: float, top: float, bottom: float, whole: tuple[bool, bool]
) -> str:
    """Draw a line with an end for what is known of either end."""
    dash = "4 2.6" if sign.dashed else None
    upper, lower = (sign.first if whole[0] else None), (sign.last if whole[1] else None)
    start = top + (8 if upper is End.POINTED else TAIL * 0.6 if upper is End.UNKNOWN else 0)
    stop = bottom - (8 if lower is End.POINTED else TAIL * 0.6 if lower is End.UNKNOWN else 0)
    parts = [element("path", d=_line(x, start, max(stop, start)), stroke_width=1.8,
                     stroke_dasharray=dash)]  # fmt: skip
    for end, y, way, edge in ((upper, top, 1, start), (lower, bottom, -1, stop)):
        parts.append(_draw_end(end, x, y, way, edge))
    return element("g", "".join(parts), fill="none", stroke="currentColor")


def _draw_end(end: End | None, x: float, y: float, way: int, edge: float) -> str:
    here = f"M{number(x)} {number(y)}"
    if end is End.CAP:
        return element("path", d=f"M{number(x - 2.8)} {number(y)}h5.6", stroke_width=1.8)
    if end is End.POINTED:
        d = f"{here}l3 {4 * way}l-3 {4 * way}l-3 {-4 * way}z"
        return element("path", d=d, stroke_width=1.2)
    if end is End.OPEN:
        d = f"M{number(x - 3)} {number(y + 5 * way)}L{number(x)} {number(y)}l3 {5 * way}"
        return element("path", d=d, stroke_width=1.5)
    if end is End.UNKNOWN:
        return _dots(x, edge - 2 * way, y)
    return ""


def _draw_set(sign: Sign, x: float, top: float, bottom: float, stops: tuple[float, ...]) -> str:
    """Draw the members of a set: hollow and apart where one of them is meant, else joined."""
    one = sign.body is Body.ONE_OF
    dash = "1 2.6" if one else None
    link = element("path", d=_line(x, top, bottom), stroke_width=1, stroke_dasharray=dash)
    style = _style(Sign(Body.DAY, dashed=sign.dashed), filled=not one)
    cover = "none" if one else "currentColor"
    rings = "".join(element("circle", cx=x, cy=y, r=2.8, **{**style, "fill": cover}) for y in stops)
    return element("g", link + rings, fill="none", stroke="currentColor")


_SAMPLES: tuple[tuple[str, Sign], ...] = (
    ("exact day", Sign(Body.DAY)),
    ("month or season", Sign(Body.MONTH)),
    ("year", Sign(Body.YEAR)),
    ("decade, or digits unknown", Sign(Body.SPAN)),
    ("from – to (bar: day known)", Sign(Body.INTERVAL, End.CAP, End.BLUNT)),
    ("open end", Sign(Body.INTERVAL, End.BLUNT, End.OPEN)),
    ("end unknown", Sign(Body.INTERVAL, End.BLUNT, End.UNKNOWN)),
    ("uncertain", Sign(Body.YEAR, dashed=True)),
    ("approximate", Sign(Body.YEAR, End.POINTED, End.POINTED)),
    ("one of these dates", Sign(Body.ONE_OF)),
    ("each of these dates", Sign(Body.ALL_OF)),
)


def _occurs(sample: Sign, sign: Sign) -> bool:
    """Whether a sign shows what a sample in the legend explains."""
    if sample.dashed:
        return sign.dashed
    if End.POINTED in (sample.first, sample.last):
        return End.POINTED in (sign.first, sign.last)
    for end in (End.OPEN, End.UNKNOWN):
        if end is sample.last:
            return end in (sign.first, sign.last)
    return sample.body is sign.body


def legend(signs: set[Sign], *, broken: bool, cut: bool, width: float) -> tuple[str, float]:
    """Draw what the signs that occur mean; gives the markup and its height."""
    rows = [(text, _sample(sample)) for text, sample in _SAMPLES
            if any(_occurs(sample, sign) for sign in signs)]  # fmt: skip
    if broken:
        rows.append(("empty time, shortened", break_mark(8, 8)))
    if cut:
        rows.append(("lasts longer than drawn", cut_tail(Sign(Body.INTERVAL), 8, -1)))
    size, left = 10.5, 20.0
    columns = 2 if width < 460 else 3
    column = width / columns
    parts, y, tallest = [], 0.0, 0.0
    for index, (text, drawing) in enumerate(rows):
        if index % columns == 0:
            y, tallest = y + tallest, 20.0
        x = index % columns * column
        lines = wrap(text, size, column - left - 6)
        tallest = max(tallest, 13.0 * len(lines) + 7)
        parts.append(element("g", drawing, transform=f"translate({number(x)} {number(y)})"))
        parts.append(text_lines(lines, x + left, y + 11.5, 13, font_size=size))
    return "".join(parts), y + tallest


def _sample(sign: Sign) -> str:
    if not sign.is_bar:
        return draw_point(sign, 8, 8)
    return draw_bar(sign, 8, 0, 16, stops=(3.5, 12.5))


def break_mark(x: float, y: float) -> str:
    """Draw where the axis leaves out time."""
    d = f"M{number(x)} {number(y - 5)}v1l-4 2l8 4l-4 2v1"
    return element("path", d=d, class_="annals-break", fill="none", stroke="currentColor",
                   stroke_width=1)  # fmt: skip


def cut_tail(sign: Sign, x: float, y: float) -> str:
    """Draw a mark for which there is no room: its beginning, and that it lasts."""
    start = draw_bar(sign, x, y, y + 9, stops=(y + 3,), whole=(True, False))
    return element("g", start + _dots(x, y + 12, y + 19), stroke="currentColor")


def _dots(x: float, start: float, stop: float) -> str:
    return element("path", d=_line(x, start, stop), stroke_width=1.8,
                   stroke_dasharray="0.1 3.4", stroke_linecap="round")  # fmt: skip
