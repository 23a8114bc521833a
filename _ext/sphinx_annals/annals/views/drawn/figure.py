"""Views that are drawn: inline in HTML, as image files where there are pages, else in words."""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import ClassVar, NamedTuple, TypeVar

from docutils import nodes
from docutils.nodes import Node, image
from sphinx import addnodes

from sphinx_annals.annals.doctree import Renderer, SideBySide, floating, fold
from sphinx_annals.annals.domain import domain_of
from sphinx_annals.annals.drawings import Frame
from sphinx_annals.annals.views.base import FilteredView
from sphinx_annals.builders import write_output
from sphinx_annals.language import Language, message

_S = TypeVar("_S")
_SVG = "image/svg+xml"
SCREEN_WIDTH, SCALED_WIDTH = 528, 360
"""The width of a drawing on a screen that is not scaled, in pixels: that of a line to be read; and
that of one which is as wide as its frame.
"""
PAGE_WIDTH, PAGE_HEIGHT, COLUMN_GAP = 480, 500.0, 20
"""The room that a drawing may take on a page; three quarters of it in points."""
_DESCRIPTION = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


class Drawn(NamedTuple):
    """A drawing, in pieces that fit a page where there are pages."""

    pieces: list[str]
    beside: str = ""
    """The markup of what stands under it in HTML, inside its figure."""


@dataclass(frozen=True, kw_only=True)
class FigureView(FilteredView[_S]):
    """A view that is drawn, with a list or a table that says the same in words: folded away in
    HTML, the alternative text of the image on paper, alone where nothing can be drawn.
    """

    in_words: ClassVar[str] = message("The same as a list")
    """What says the same, for the catalogues."""
    named: ClassVar[str]
    """What it is called without a caption, for the catalogues."""
    scrolls: ClassVar[bool] = False
    """Whether it is as large as it is drawn on a screen, in a region that scrolls if need be."""
    scaled_width: ClassVar[float] = SCALED_WIDTH
    columns: ClassVar[int] = 1
    """How many pieces of it stand side by side on paper."""

    @abstractmethod
    def draw(self, shown: _S, frame: Frame, render: Renderer) -> Drawn:
        """Draw what is shown."""

    @abstractmethod
    def listed(self, shown: _S, render: Renderer) -> nodes.Element:
        """Say the same as a list or a table."""

    def remark(self, shown: _S, language: Language) -> str:
        """Say what is to be known of the drawing, if anything is."""
        return ""

    def nodes(self, shown: _S, render: Renderer) -> list[Node]:
        """Give the drawing, and the words where they are needed."""
        listed, remark = self.listed(shown, render), self.remark(shown, render.language)
        remarks: list[Node] = [nodes.paragraph(remark, remark)] if remark else []
        if render.html:
            begin, end = self._figure(shown, render)
            figure = [_html(begin), *self.title, _html(end)]
            return [*figure, *remarks, fold(render.language.gettext(self.in_words), listed)]
        converted = render.paged and _SVG in domain_of(render.env).convertible_images
        if not converted and _SVG not in render.builder.supported_image_types:
            return self.captioned(listed, *remarks)
        items = [row for body in listed.findall(nodes.tbody) for row in body] or listed.children
        words = render.language.mark("; ").join(" ".join(item.astext().split()) for item in items)
        drawings = self.draw(shown, self._frame(render), render).pieces
        images = list(self._images(drawings, words, render))
        rows = [images[at : at + self.columns] for at in range(0, len(images), self.columns)]
        drawn = [_side_by_side(row) if len(row) > 1 else row[0] for row in rows]
        head = nodes.container("", *self.captioned(*drawn[:1]))
        return [floating("", head, *drawn[1:]), *remarks]

    def _figure(self, shown: _S, render: Renderer) -> tuple[str, str]:
        """Give what stands before the caption, and after it the drawing, which may scroll."""
        pieces, beside = self.draw(shown, self._frame(render), render)
        drawn = "".join(pieces)
        if drawn and self.scrolls and render.scrolls:
            name = render.language.gettext("{title}, drawn")
            name = escape(name.format(title=self.title_in_words(render.language)), quote=True)
            region = f'class="annals-scroll" role="region" tabindex="0" aria-label="{name}"'
            drawn = f"<div {region}>{drawn}</div>"
        drawn += beside
        begin, end = ("<figcaption>", "</figcaption>") if self.caption else ("", "")
        return f'<figure class="annals-drawing">{begin}', f"{end}{drawn}</figure>\n"

    def _frame(self, render: Renderer) -> Frame:
        width = SCREEN_WIDTH if self.scrolls and render.scrolls else self.scaled_width
        if render.paged:
            width = (PAGE_WIDTH - COLUMN_GAP) / self.columns if self.columns > 1 else PAGE_WIDTH
        return Frame(self.title_in_words(render.language), self.anchor, width, render.language)

    def title_in_words(self, language: Language) -> str:
        """Give the caption, or the name of the view."""
        return self.caption or language.gettext(self.named)

    def _images(self, drawings: list[str], words: str, render: Renderer) -> Iterator[image]:
        for number, drawn in enumerate(drawings, 1):
            name = re.sub(r"[^\w.-]+", "-", f"{self.docname}-{self.anchor}-{number}.svg")
            path = Path(render.env.doctreedir) / "annals" / name
            write_output(path, drawn)
            render.env.images.add_file(self.docname, str(path))
            own = _DESCRIPTION.search(drawn)
            told = unescape(own[1]) if own and number > 1 else words
            title, language = self.title_in_words(render.language), render.language
            if number > 1:
                title = language.gettext("{title}, continued").format(title=title)
            alt = f"{title}{language.mark(': ')}{told}"
            yield image(uri=str(path), candidates={_SVG: str(path)}, alt=alt)


def _html(text: str) -> Node:
    return nodes.raw("", text, format="html")


def _side_by_side(pieces: Sequence[Node]) -> nodes.Element:
    columns = [addnodes.hlistcol("", piece) for piece in pieces]
    return SideBySide("", *columns, ncolumns=str(len(pieces)))


def legend(signs: Mapping[str, str], language: Language) -> str:
    """Give the markup of what signs mean, folded under one line; nothing where there are none."""
    if not signs:
        return ""
    items = "".join(
        f'<li><svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">{sign}</svg>'
        f" {escape(meaning)}</li>"
        for meaning, sign in signs.items()
    )
    heading = language.gettext("What the signs mean")
    summary = f"<summary>{escape(heading)}</summary>"
    return f'<details class="annals-signs">{summary}<ul>{items}</ul></details>'
