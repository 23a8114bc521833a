"""Small helpers for drawing: markup, numbers, and text that must fit without its font known."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from sphinx_annals.language import ENGLISH, Language
from sphinx_annals.text import Styled, runs, styles_of, without_controls

Style = dict[str, str | float | None]
"""Attributes of an element; those with None are left out."""
Box = tuple[float, float, float, float]
"""Where a box begins, from the left and from above, how wide and how high it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every drawing is told of its place.

    ``title`` names it for those who do not see it; ``prefix`` begins every id in it, so that two on
    one page do not clash; ``width`` is what there is of it, in CSS pixels or points; words in it
    are of a ``language``.
    """

    title: str
    prefix: str
    width: float
    language: Language = ENGLISH


LINE: Style = {"fill": "none", "stroke": "currentColor"}
"""A line, and no shape."""

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Libertinus Serif', 'Noto Serif', sans-serif"
"""The reader's own font on a screen; the book's in a PDF, where the first ones are missing."""

_ADVANCES = {
    char: width
    for width, chars in {
        0.28: "'",
        0.34: "il,.;:/\\!‘’·|j",
        0.39: " -()[]ftI",
        0.47: '"r',
        0.53: "Jsz“”*`",
        0.6: "ckvxy?_–",
        0.97: "mwфюж+#<=>^~",
        1.09: "MW@%—…ЖЩШщшЮФ&",
    }.items()
    for char in chars
}
_BOLD = 1.13  # how much wider bold letters are
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_PIECE = re.compile(  # a line may end after spaces and around Chinese characters
    rf"[(\[“‘（「『《]*[{_CJK}][)\]”’，。、；：！？）」』》…—]*\s*|[^\s{_CJK}]+\s*"
)
_DRESS: dict[str, Style] = {
    "em": {"font_style": "italic"},
    "strong": {"font_weight": "bold"},
    "code": {"font_family": "monospace"},
}
_ZERO = frozenset({"Mn", "Me", "Cf"})


@lru_cache(maxsize=4096)
def _advance(char: str) -> float:
    """Give the width of a character in ems, no less than the common text fonts have.

    Measured on DejaVu Sans, the widest of the fonts that systems come with, Liberation Sans
    and Noto Serif.
    """
    known = _ADVANCES.get(char) or _ADVANCES.get(unicodedata.normalize("NFD", char)[0])
    if known:
        return known
    category = unicodedata.category(char)
    if category in _ZERO:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x2E7F:
        return 1.04
    if ord(char) > 0x52F:  # scripts not measured
        return 1.0
    return 0.82 if category == "Lu" else 0.69


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Give a width that the text will not exceed at a font size, in the same unit."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=8192)
def _extent(piece: str) -> tuple[float, float]:
    """Give the width of a piece of text in ems, without the blanks at its end and with them."""
    bare = piece.rstrip()
    wide = sum(map(_advance, bare))
    return wide, wide + sum(map(_advance, piece[len(bare) :]))


def wrap(
    text: str, size: float, width: float, *, bold: bool = False, lines: int | None = None
) -> list[str]:
    """Break a text into lines no wider than ``width``; what exceeds ``lines`` becomes "…".

    Gives one empty line for an empty text; each line has the styles of its words.
    """
    room = width / (size * (_BOLD if bold else 1))
    done, reach = [""], 0.0
    for piece in _PIECE.findall(text.strip()):
        bare, _ = _extent(piece)
        if done[-1] and reach + bare > room:
            done, reach = [*done, ""], 0.0
        for part in [piece] if bare <= room else piece:  # a word wider than a line is cut
            bare, whole = _extent(part)
            if done[-1] and reach + bare > room:
                done, reach = [*done, ""], 0.0
            done[-1] += part
            reach += whole
    done = [line.rstrip() for line in done]
    if lines is not None and len(done) > lines:
        last = done[lines - 1]
        while last and text_width(last + "…", size, bold=bold) > width:
            last = last[:-1]
        done = [*done[: lines - 1], last.rstrip() + "…"]
    return list(_broken(text, done)) if styles_of(text) else done


def _broken(text: str, lines: Iterable[str]) -> Iterator[str]:
    """Give the lines of a text the styles that their words have in it."""
    at = 0
    for line in lines:
        start = text.index(line.removesuffix("…"), at)
        at = start + len(line.removesuffix("…"))
        within = (
            (max(first, start) - start, min(last, at) - start, style)
            for first, last, style in styles_of(text)
        )
        yield Styled(line, tuple(found for found in within if found[0] < found[1]))


def number(value: float) -> str:
    """Write a coordinate, to a hundredth."""
    return f"{value:z.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Escape a text for markup and attributes, without what XML cannot hold."""
    return escape(without_controls(text))


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def element(tag: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Write an element; ``stroke_width=2`` becomes ``stroke-width="2"``, None is left out.

    ``content`` is markup already; a trailing underscore is dropped from ``class_``.
    """
    written = "".join(
        [
            f' {_attribute(name)}="{clean(value) if isinstance(value, str) else number(value)}"'
            for name, value in attributes.items()
            if value is not None
        ]
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def linked(content: str, href: str | None, name: str, class_: str, box: Box | None = None) -> str:
    """Write a group, as a link if it leads anywhere; fingers hit a ``box`` better than letters."""
    if not href:
        return element("g", content, class_=class_)
    content += _BOX % tuple(map(number, box)) if box else ""
    return _LINK % (clean(href), clean(class_), clean(name), content)


# with %s for what is to be written
_LINK = element("a", "%s", href="%s", class_="%s", aria_label="%s")
_BOX = element("rect", x="%s", y="%s", width="%s", height="%s", fill="none", pointer_events="all")


def steps(*parts: str | float) -> str:
    """Write the steps of a path: ``steps("M", 1, 2, "V", 5.5)`` is ``M1 2V5.5``."""
    written = ""
    for part in parts:
        if isinstance(part, str):
            written += part
        else:
            written += (" " if written[-1:].isdigit() else "") + number(part)
    return written


def stroke(d: str | None, width: float, **attributes: str | float | None) -> str:
    """Write a path that is a line and no shape."""
    return element("path", d=d, **LINE, stroke_width=width, **attributes)


def text_lines(
    lines: Sequence[str], x: float, y: float, leading: float, **attributes: str | float | None
) -> str:
    """Write lines of text below each other, the first with its baseline at ``y``."""
    return element("text", spans(lines, number(x), leading), x=x, y=y, **attributes)


def spans(lines: Sequence[str], x: str, leading: float) -> str:
    """Write what an element of text at ``x`` holds: its lines, the first as high as it is."""
    written = list(map(words, lines))
    if len(written) == 1:
        return written[0]
    below = f'</tspan><tspan x="{x}" dy="{number(leading)}">'
    return f'<tspan x="{x}">{below.join(written)}</tspan>'


def words(text: str) -> str:
    """Write a text with its styles."""
    if not styles_of(text):
        return clean(text)
    written = ""
    for run, styles in runs(text):
        dress: Style = {}
        for style in styles:
            dress |= _DRESS[style]
        written += element("tspan", clean(run), **dress) if dress else clean(run)
    return written


def in_columns(
    items: Iterable[tuple[str, str]], width: float, *, size: float = 10.5
) -> tuple[list[str], float]:
    """Set signs, each with what it means beside it, in columns and row by row.

    Takes the markup of a sign, drawn 20 units wide and high, and the words, set in a ``size``;
    gives the markup of each item, and the height of them all.
    """
    columns = max(1, int(width // (150 / 10.5 * size)))
    column, leading, indent = width / columns, size + 2.5, 20 / 10.5 * size
    parts: list[str] = []
    y = tallest = 0.0
    for index, (sign, text) in enumerate(items):
        if index % columns == 0:
            y, tallest = y + tallest, 0.0
        lines = wrap(text, size, column - indent - 6)
        tallest = max(tallest, leading * len(lines) + 7)
        moved = f"translate({number(index % columns * column)} {number(y)})"
        words = text_lines(lines, indent, size + 1, leading, font_size=size)
        parts.append(element("g", sign + words, transform=moved))
    return parts, y + tallest


def key(parts: Iterable[str], top: float) -> str:
    """Write what explains a drawing, below it."""
    moved = f"translate(0 {number(top)})"
    return element("g", "".join(parts), class_="annals-key", transform=moved)


def document(
    content: str,
    frame: Frame,
    told: str,
    size: tuple[float, float],
    kind: str,
    *,
    scaled: bool = True,
) -> str:
    """Write the outer element, with what is told in words: as wide as its frame, or unless it is
    ``scaled`` of its own size, so that its letters are as high as they are drawn.

    A drawing without links is one image; with links it is a group, so that they stay reachable.
    ``kind`` is the drawing's class.
    """
    prefix = frame.prefix
    head = element("title", clean(frame.title), id=f"{prefix}-title")
    head += element("desc", clean(told), id=f"{prefix}-desc")
    return element(
        "svg",
        head + content,
        xmlns="http://www.w3.org/2000/svg",
        class_=kind,
        role="group" if "<a " in content else "img",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        width="100%" if scaled else size[0],
        height=None if scaled else size[1],
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        font_family=FONTS,
        fill="currentColor",
    )
