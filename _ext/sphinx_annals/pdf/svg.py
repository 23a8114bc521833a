"""SVG images for builders that take PDF but no SVG, LaTeX above all, with the ``typst`` wheel."""

import os
from pathlib import Path

import typst
from docutils import nodes
from sphinx.transforms.post_transforms.images import ImageConverter

from sphinx_annals.messages import warn
from sphinx_annals.pdf.fonts import DEFAULT_PACKAGES, compiler, load_fonts
from sphinx_annals.pdf.messages import Subtype

_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image(sys.inputs.at("file"))\n'


class SvgToPdf(ImageConverter):
    """Convert SVG to a PDF of its own size."""

    conversion_rules = [  # noqa: RUF012 - as the base class declares it
        ("image/svg+xml", "application/pdf"),
    ]

    def match(self, node: nodes.image) -> bool:
        """Tell whether it is an image to convert; one that is missing was warned of."""
        found = node["candidates"].values() if super().match(node) else ()
        return any(path in self.env.images for path in found)

    def is_available(self) -> bool:
        """Say yes: the wheel is a requirement of this extension."""
        return True

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Write the PDF; a file that is no SVG is a warning, and the image is left out."""
        source = Path(_from).resolve()
        inputs = {"file": source.as_posix()}
        fonts = load_fonts(DEFAULT_PACKAGES)
        try:
            page = compiler(fonts, _PAGE.encode(), root="/", sys_inputs=inputs)
            data = page.compile(format="pdf")
        except typst.TypstError as error:
            warn(Subtype.IMAGE, f"{source} cannot be converted to PDF: {error}")
            return False
        assert isinstance(data, bytes)
        Path(_to).write_bytes(data)
        return True
