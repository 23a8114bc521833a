"""Say where a document is nested too deep, which ends the build as Python's recursion ends.

docutils reads a block in a block, and Sphinx stores and writes the tree, by functions that call
themselves; Sphinx then advises to raise the limit, but names no document.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_annals.messages import warn


def deepest_line(text: str) -> int:
    """Give the number of the first line, from 1, before which most spaces and marks stand."""
    lines = [line if line.strip() else "" for line in text.splitlines()] or [""]
    depths = [len(line) - len(line.lstrip(" \t>")) for line in lines]
    return depths.index(max(depths)) + 1


class _Watch:
    """Knows the document that is being read or written."""

    docname = ""

    def at_source(self, _app: Sphinx, docname: str, _source: list[str]) -> None:
        self.docname = docname

    def at_tree(self, _app: Sphinx, _tree: nodes.document, docname: str) -> None:
        self.docname = docname

    def tell(self, app: Sphinx, error: BaseException | None) -> None:
        """Warn at the deepest line of the document, if it was this that ended the build."""
        while error is not None and not isinstance(error, RecursionError):
            error = error.__cause__
        if error is None or not self.docname:
            return
        path = Path(app.env.doc2path(self.docname))
        line = deepest_line(path.read_text(encoding="utf-8", errors="replace"))
        message = (
            "blocks are nested too deep in this document, deepest here; nest fewer of them, or "
            "put `import sys; sys.setrecursionlimit(5_000)` into conf.py"
        )
        warn(("annals", "nesting"), message, (self.docname, line))


def setup(app: Sphinx) -> None:
    """Register it for the end of each build."""
    watch = _Watch()
    app.connect("source-read", watch.at_source)
    app.connect("doctree-resolved", watch.at_tree)
    app.connect("build-finished", watch.tell)
