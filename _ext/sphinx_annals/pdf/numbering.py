"""What has no number in Sphinx has none in LaTeX, so that figures count by the same chapters."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

_UNNUMBERED = (
    r"\ifdefined\numbereddepth\else\edef\numbereddepth{\the\value{secnumdepth}}\fi"
    r"\setcounter{secnumdepth}{-1}"
)
_NUMBERED = r"\setcounter{secnumdepth}{\numbereddepth}"


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
            outer = file.parent
            while outer is not None and not isinstance(outer, addnodes.start_of_file):
                outer = outer.parent
            inner = file.findall(addnodes.start_of_file)  # with itself
            if outer is None and not any(map(self._numbered, inner)):
                yield file
