"""Views that are drawn: inline in HTML, as image files where there are pages, else as a list."""

import re
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import Renderer, folded, folded_summary
from sphinx_annals.annals.domain import domain_of
from sphinx_annals.annals.views.base import FilteredView

_S = TypeVar("_S")
_SVG = "image/svg+xml"
PAGE_WIDTH, PAGE_HEIGHT = 480, 370.0
"""The room that a drawing may take on a page; three quarters of it in points."""


@dataclass(frozen=True, kw_only=True)
class FigureView(FilteredView[Sequence[_S]]):
    """A view that is drawn, with a list that says the same in words: folded away in HTML, the
    alternative text of the image on paper, alone where nothing can be drawn.
    """

    @abstractmethod
    def draw(self, shown: Sequence[_S], render: Renderer) -> list[str]:
        """Draw what is shown, in pieces that fit a page where there are pages."""

    @abstractmethod
    def listed(self, shown: Sequence[_S], render: Renderer) -> nodes.Element:
        """Say the same as a list."""

    def nodes(self, shown: Sequence[_S], render: Renderer) -> list[Node]:
        """Give the drawing, and the list where it is needed."""
        listed = self.listed(shown, render)
        if render.html:
            caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
            drawn = "".join(self.draw(shown, render)) + caption
            return [
                nodes.raw("", f'<figure class="annals-drawing">{drawn}</figure>\n', format="html"),
                folded("", folded_summary("", "The same as a list"), listed),
            ]
        converted = render.paged and _SVG in domain_of(render.env).convertible_images
        if not converted and _SVG not in render.builder.supported_image_types:
            return self.captioned(listed)
        words = "; ".join(" ".join(item.astext().split()) for item in listed.children)
        return self.captioned(*self._images(self.draw(shown, render), words, render))

    def _images(self, drawings: list[str], words: str, render: Renderer) -> Iterator[Node]:
        folder = Path(render.env.doctreedir) / "annals"
        folder.mkdir(parents=True, exist_ok=True)
        title = self.caption or self.name.replace("-", " ").capitalize()
        for number, drawn in enumerate(drawings, 1):
            name = re.sub(r"[^\w.-]+", "-", f"{self.docname}-{self.anchor}-{number}.svg")
            path = folder / name
            path.write_text(drawn, encoding="utf-8")
            render.env.images.add_file(self.docname, str(path))
            alt = f"{title}: {words}" if number == 1 else f"{title}, continued"
            yield nodes.image(uri=str(path), candidates={_SVG: str(path)}, alt=alt)
