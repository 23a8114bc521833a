"""Say which document ended the build: one that is nested too deep for Python, or no UTF-8.

docutils reads a block in a block, and Sphinx stores and writes the tree, by functions that call
themselves; Sphinx then advises to raise the limit. A text in another encoding it gives up. Of
neither it names the document.
"""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError

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
        """Warn at the document, if it was one of these that ended the build."""
        causes = list(_causes(error))
        if self.docname and any(isinstance(cause, RecursionError) for cause in causes):
            self._tell_of_depth(app)
        # of what another process met its message alone comes here
        elif any(isinstance(cause, UnicodeDecodeError | SphinxParallelError) for cause in causes):
            self._tell_of_bytes(app, isinstance(error, UnicodeDecodeError))

    def _tell_of_depth(self, app: Sphinx) -> None:
        path = Path(app.env.doc2path(self.docname))
        line = deepest_line(path.read_text(encoding="utf-8", errors="replace"))
        message = (
            "blocks are nested too deep in this document, deepest here; nest fewer of them, or "
            "put `import sys; sys.setrecursionlimit(5_000)` into conf.py"
        )
        warn(("annals", "nesting"), message, (self.docname, line))

    def _tell_of_bytes(self, app: Sphinx, met: bool) -> None:
        found = False
        for docname in sorted(app.env.found_docs):
            data = Path(app.env.doc2path(docname)).read_bytes()
            try:
                data.decode()
            except UnicodeDecodeError as fault:
                found, line = True, data.count(b"\n", 0, fault.start) + 1
                message = f"byte 0x{data[fault.start]:02x} is not UTF-8; save the document as UTF-8"
                warn(("annals", "encoding"), message, (docname, line))
        if met and self.docname and not found:
            message = "a file that this document takes in is not UTF-8; save that as UTF-8"
            warn(("annals", "encoding"), message, self.docname)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def setup(app: Sphinx) -> None:
    """Register it for the end of each build."""
    watch = _Watch()
    app.connect("source-read", watch.at_source)
    app.connect("doctree-resolved", watch.at_tree)
    app.connect("build-finished", watch.tell)
