"""What books of LaTeX get beside those of Typst: SVG as PDF, and the numbers that Sphinx gives."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util.nodes import traverse_parent

from sphinx_annals.messages import warn
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.typesetting import DEFAULT_PACKAGES, compiler, load_fonts

# without the time of making, so that the same image is the same file
_PAGE = """\
#set document(date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(sys.inputs.at("file"))
"""
_UNNUMBERED = (
    r"\ifdefined\numbereddepth\else\edef\numbereddepth{\the\value{secnumdepth}}\fi"
    r"\setcounter{secnumdepth}{-1}"
)
_NUMBERED = r"\setcounter{secnumdepth}{\numbereddepth}"


class SvgToPdf(ImageConverter):
    """Convert SVG to a PDF of its own size, for builders that take PDF alone; of what there is none
    words stand in its place.

    LaTeX stops at an image that is missing, and at each SVG.
    """

    conversion_rules = [  # noqa: RUF012 - as the base class declares it
        ("image/svg+xml", "application/pdf")
    ]

    def is_available(self) -> bool:
        """Say yes: the wheel is a requirement of this extension."""
        return True

    def match(self, node: nodes.image) -> bool:
        """Choose what can be converted, and for LaTeX what is missing: Sphinx has warned of it."""
        if self._is_there(node):
            return super().match(node)
        return self.env._builder_cls.format == "latex" and "://" not in node["uri"]

    def _is_there(self, node: nodes.image) -> bool:
        return any(path in self.env.images for path in node["candidates"].values())

    def handle(self, node: nodes.image) -> None:
        """Convert an image, or put its words there."""
        self.reason = ""
        if self._is_there(node):
            super().handle(node)
            if not self.reason:
                return
            message = f"the image {node['uri']} cannot be converted to PDF ({self.reason})"
            warn(Subtype.IMAGE, f"{message}, its alternative text stands instead", node)
        words = nodes.inline("", f"[{node.get('alt') or node['uri']}]")
        is_inline = isinstance(node.parent, nodes.TextElement)
        node.replace_self(words if is_inline else nodes.paragraph("", "", words))

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Write the PDF; tell whether it was possible, and note why not."""
        source = Path(_from).resolve()
        inputs = {"file": source.as_posix()}
        fonts = load_fonts(DEFAULT_PACKAGES)
        try:
            page = compiler(fonts, _PAGE.encode(), root="/", sys_inputs=inputs)
            data = page.compile(format="pdf")
        except typst.TypstError as error:
            self.reason = error.message
            return False
        assert isinstance(data, bytes)
        Path(_to).write_bytes(data)
        return True


class NumbersAsInSphinx(SphinxPostTransform):
    """Take the numbers from documents that no numbered toctree lists, in a book that has some.

    LaTeX numbers every chapter. A book without a numbered toctree has chosen that; one with both
    kinds would have a figure 4.1 on its pages that is 5.1 on paper.
    """

    default_priority = 900
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Switch numbers off before each such document, and on again behind it."""
        if any(map(self._numbered, self.document.findall(addnodes.start_of_file))):
            for file in list(self._unnumbered(self.document)):
                file.insert(0, nodes.raw("", _UNNUMBERED, format="latex"))
                file.append(nodes.raw("", _NUMBERED, format="latex"))

    def _numbered(self, file: nodes.Element) -> bool:
        return bool(self.env.toc_secnumbers.get(file["docname"]))

    def _unnumbered(self, within: nodes.Element) -> Iterator[nodes.Element]:
        """Give the outermost documents with no numbered one in them."""
        for file in within.findall(addnodes.start_of_file):
            outer = next(iter(traverse_parent(file.parent, addnodes.start_of_file)), None)
            inner = file.findall(addnodes.start_of_file)  # with itself
            if outer is None and not any(map(self._numbered, inner)):
                yield file
