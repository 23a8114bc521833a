"""The signs of a timeline: what a date looks like, told apart by form and not by colour."""

from collections.abc import Set
from dataclasses import dataclass

from sphinx_annals.annals.drawings.svg import LINE, Style, element, steps
from sphinx_annals.dates import HistoricalDate, Precision, Shape
from sphinx_annals.language import Language, message


@dataclass(frozen=True, slots=True)
class Sign:
    """The look of one date: that of a day, a month, a year, or a longer or other span."""

    unit: Precision
    open_start: bool = False
    open_end: bool = False
    uncertain: bool = False

    @property
    def is_bar(self) -> bool:
        """Tell whether it has a length, and so needs a lane."""
        return self.unit is not Precision.DAY

    @property
    def is_hollow(self) -> bool:
        """Tell whether it is a day that the axis must not strike through."""
        return self.uncertain and not self.is_bar


def sign_of(date: HistoricalDate, *, doubtful: bool = False) -> Sign:
    """Choose the sign for a date; ``doubtful`` where the event itself is."""
    unit = date.start.precision if date.shape is Shape.POINT and date.start else Precision.SPAN
    unit = Precision.MONTH if unit is Precision.SEASON else unit
    uncertain = doubtful or date.is_uncertain or date.shape is Shape.ONE_OF
    return Sign(unit, date.earliest is None, date.latest is None, uncertain)


def draw_sign(
    sign: Sign, x: float, top: float, bottom: float, whole: tuple[bool, bool] = (True, True)
) -> str:
    """Draw a mark; ``whole`` says which of its ends are here and not on another page."""
    line: Style = {**LINE, "stroke_width": 1.3}
    if sign.uncertain:
        line["stroke_dasharray"] = "2.4 1.9"
    solid: Style = line if sign.uncertain else {"fill": "currentColor"}
    match sign.unit:
        case Precision.DAY:
            return element("circle", cx=x, cy=top, r=4.2, **solid)
        case Precision.MONTH:
            return element("rect", x=x - 1.9, y=top, width=3.8, height=bottom - top, **solid)
        case Precision.YEAR:
            return element("rect", x=x - 2.4, y=top, width=4.8, height=bottom - top, **line)
    ends = ""
    for y, way, is_open, is_here in (
        (top, 1, sign.open_start, whole[0]),
        (bottom, -1, sign.open_end, whole[1]),
    ):
        if is_here and is_open:
            ends += steps("M", x - 3, y + 5 * way, "L", x, y, "l", 3, 5 * way)
        elif is_here:
            ends += steps("M", x - 2.8, y, "h5.6")
    drawn = element("path", d=steps("M", x, top, "V", bottom), **line | {"stroke_width": 1.8})
    return drawn + element("path", d=ends, **LINE, stroke_width=1.8)


def draw_break(x: float, y: float) -> str:
    """Draw where the axis leaves out time."""
    d = steps("M", x, y - 5, "v1l-4 2l8 4l-4 2v1")
    return element("path", d=d, class_="annals-break", **LINE, stroke_width=1)


_SAMPLES = {
    message("exact day"): Sign(Precision.DAY),
    message("month or season"): Sign(Precision.MONTH),
    message("year"): Sign(Precision.YEAR),
    message("from – to, or several years"): Sign(Precision.SPAN),
    message("open or unknown end"): Sign(Precision.SPAN, open_end=True),
    message("uncertain or approximate"): Sign(Precision.YEAR, uncertain=True),
}


def _occurs(sample: Sign, signs: Set[Sign]) -> bool:
    """Tell whether a sign shows what a sample explains."""
    if sample.uncertain:
        return any(sign.uncertain for sign in signs)
    if sample.open_end:
        return any(sign.open_start or sign.open_end for sign in signs)
    return any(sign.unit is sample.unit for sign in signs)


def samples(signs: Set[Sign], language: Language, *, broken: bool) -> dict[str, str]:
    """Draw each sign that occurs, 16 units high; gives the markup by what it means."""
    found = {
        language.gettext(text): draw_sign(sample, 8, 1 if sample.is_bar else 8, 15)
        for text, sample in _SAMPLES.items()
        if _occurs(sample, signs)
    }
    if broken:
        found[language.gettext("empty time, shortened")] = draw_break(8, 8)
    return found
