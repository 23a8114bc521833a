"""SVG images for builders that take PDF but no SVG, LaTeX above all, with the ``typst`` wheel."""

import os
from pathlib import Path

import typst
from docutils import nodes
from sphinx.transforms.post_transforms.images import ImageConverter

from sphinx_annals.messages import warn
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.typesetting import DEFAULT_PACKAGES, compiler, load_fonts

# without the time of making, so that the same image is the same file
_PAGE = """\
#set document(date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(sys.inputs.at("file"))
"""


class SvgToPdf(ImageConverter):
    """Convert SVG to a PDF of its own size; of what there is none words stand in its place.

    LaTeX stops at an image that is missing, and at each SVG.
    """

    conversion_rules = [  # noqa: RUF012 - as the base class declares it
        ("image/svg+xml", "application/pdf"),
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
