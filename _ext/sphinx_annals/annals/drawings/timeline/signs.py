"""The signs of a timeline: what a date looks like, told apart by form and not by colour."""

from dataclasses import dataclass
from enum import Enum

from sphinx_annals.annals.drawings.svg import LINE, Style, element, number, steps, text_lines, wrap
from sphinx_annals.annals.drawings.timeline.scale import YEAR, level_of
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
        """Tell whether it has a length, and so needs a lane."""
        return self.body is not Body.DAY

    @property
    def is_hollow(self) -> bool:
        """Tell whether it is a day that the axis must not strike through."""
        return not self.is_bar and (self.dashed or self.first is End.POINTED)


def sign_of(date: HistoricalDate, *, doubtful: bool = False) -> Sign:
    """Choose the sign for a date; ``doubtful`` where the event itself is."""
    if date.members:
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
    level, edtf = level_of(point), point.edtf.upper()
    if level > YEAR or ("X" in edtf and not edtf.startswith("Y")):
        return Body.SPAN  # where digits are left out, it is no one unit either
    return (Body.DAY, Body.MONTH, Body.YEAR)[level]


def draw_point(sign: Sign, x: float, y: float) -> str:
    """Draw the mark of a day: a disc, a lozenge where approximate, hollow where uncertain."""
    style = _style(sign, filled=not sign.is_hollow)
    if sign.first is End.POINTED:
        path = steps("M", x, y - 5.2, "l5.2 5.2l-5.2 5.2l-5.2 -5.2z")
        return element("path", d=path, **style)
    return element("circle", cx=x, cy=y, r=4.4 if sign.is_hollow else 4, **style)


def _style(sign: Sign, *, filled: bool) -> Style:
    if filled and not sign.dashed:
        return {"fill": "currentColor", "stroke": "none"}
    width, dash = (1.4, "2.4 1.9") if sign.dashed else (1.3, None)
    return {**LINE, "stroke_width": width, "stroke_dasharray": dash}


def draw_bar(
    sign: Sign,
    x: float,
    ends: tuple[float, float],
    *,
    stops: tuple[float, ...] = (),
    whole: tuple[bool, bool] = (True, True),
) -> str:
    """Draw a mark with a length; ``stops`` are the places of the members of a set.

    ``whole`` says whether the upper and the lower end belong to this drawing, or the mark
    comes from the page before or goes on to the next.
    """
    line = steps("M", x, ends[0], "V", ends[1])
    if sign.body in (Body.ONE_OF, Body.ALL_OF):
        return _draw_set(sign, x, line, stops)
    if sign.body is Body.INTERVAL:
        return _draw_interval(sign, x, ends, whole)
    if sign.body is Body.SPAN:  # rungs along a line
        rung: Style = {"stroke_width": 5, "stroke_dasharray": "1.1 3.3"}
        rungs = element("path", d=line, **rung, stroke="currentColor", fill="none")
        rail: Style = {"stroke_width": 1, "stroke_dasharray": "2.4 1.9" if sign.dashed else None}
        return rungs + element("path", d=line, stroke="currentColor", **rail, fill="none")
    return _draw_box(sign, x, ends, whole)


def _draw_box(sign: Sign, x: float, ends: tuple[float, float], whole: tuple[bool, bool]) -> str:
    """Draw a month, solid, or a year, in outline; pointed at both ends where approximate."""
    half = 1.9 if sign.body is Body.MONTH else 2.4
    tips = [5.0 if sign.first is End.POINTED and end else 0.0 for end in whole]
    top, bottom = ends[0], max(ends[1], ends[0] + sum(tips))
    left, right, upper, lower = x - half, x + half, top + tips[0], bottom - tips[1]
    path = steps("M", left, upper, "L", x, top, "L", right, upper, "V", lower)
    path += steps("L", x, bottom, "L", left, lower, "z")
    return element("path", d=path, **_style(sign, filled=sign.body is Body.MONTH))


_INSETS: dict[End | None, float] = {End.POINTED: 8.0, End.UNKNOWN: TAIL * 0.6}
"""How far a line keeps off the end that is drawn upon it."""


def _draw_interval(
    sign: Sign, x: float, ends: tuple[float, float], whole: tuple[bool, bool]
) -> str:
    """Draw a line with an end for what is known of either end."""
    dash = "4 2.6" if sign.dashed else None
    first, last = sign.first if whole[0] else None, sign.last if whole[1] else None
    start, stop = ends[0] + _INSETS.get(first, 0.0), ends[1] - _INSETS.get(last, 0.0)
    line = steps("M", x, start, "V", max(stop, start))
    drawn = element("path", d=line, stroke_width=1.8, stroke_dasharray=dash)
    drawn += _draw_end(first, x, ends[0], 1, start) + _draw_end(last, x, ends[1], -1, stop)
    return element("g", drawn, fill="none", stroke="currentColor")


def _draw_end(end: End | None, x: float, y: float, way: int, edge: float) -> str:
    """Draw an end at ``y``; ``way`` is towards the middle, where the line begins at ``edge``."""
    if end is End.UNKNOWN:
        return _dots(x, edge - 2 * way, y)
    shapes = {
        End.CAP: (steps("M", x - 2.8, y, "h5.6"), 1.8),
        End.POINTED: (steps("M", x, y, f"l3 {4 * way}l-3 {4 * way}l-3 {-4 * way}z"), 1.2),
        End.OPEN: (steps("M", x - 3, y + 5 * way, "L", x, y, f"l3 {5 * way}"), 1.5),
    }
    if end not in shapes:
        return ""
    path, width = shapes[end]
    return element("path", d=path, stroke_width=width)


def _draw_set(sign: Sign, x: float, line: str, stops: tuple[float, ...]) -> str:
    """Draw the members of a set: hollow and apart where one of them is meant, else joined."""
    one = sign.body is Body.ONE_OF
    link = element("path", d=line, stroke_width=1, stroke_dasharray="1 2.6" if one else None)
    style = _style(Sign(Body.DAY, dashed=sign.dashed), filled=not one)
    style["fill"] = "none" if one else "currentColor"
    rings = "".join(element("circle", cx=x, cy=y, r=2.8, **style) for y in stops)
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
    """Tell whether a sign shows what a sample in the legend explains."""
    if sample.dashed:
        return sign.dashed
    if sample.last in (End.POINTED, End.OPEN, End.UNKNOWN):
        return sample.last in (sign.first, sign.last)
    return sample.body is sign.body


def legend(signs: set[Sign], *, broken: bool, cut: bool, width: float) -> tuple[str, float]:
    """Draw what the signs that occur mean; gives the markup and its height."""
    rows = [
        (text, draw_bar(sample, 8, (0, 16), stops=(3.5, 12.5)))
        if sample.is_bar
        else (text, draw_point(sample, 8, 8))
        for text, sample in _SAMPLES
        if any(_occurs(sample, sign) for sign in signs)
    ]
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


def break_mark(x: float, y: float) -> str:
    """Draw where the axis leaves out time."""
    d = steps("M", x, y - 5, "v1l-4 2l8 4l-4 2v1")
    return element("path", d=d, class_="annals-break", **LINE, stroke_width=1)


def cut_tail(sign: Sign, x: float, y: float) -> str:
    """Draw a mark for which there is no room: its beginning, and that it lasts."""
    start = draw_bar(sign, x, (y, y + 9), stops=(y + 3,), whole=(True, False))
    return element("g", start + _dots(x, y + 12, y + 19), stroke="currentColor")


def _dots(x: float, start: float, stop: float) -> str:
    dots = {"stroke_dasharray": "0.1 3.4", "stroke_linecap": "round"}
    return element("path", d=steps("M", x, start, "V", stop), stroke_width=1.8, **dots)
