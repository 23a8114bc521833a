"""Say which file ended the build: one that is nested too deep for Python, or no UTF-8.

docutils reads a block in a block, and Sphinx stores and writes the tree, by functions that call
themselves; Sphinx then advises to raise the limit. A text in another encoding it gives up. Of
neither it names the document. What a setting of Sphinx holds and no output can is left out before.
"""

import codecs
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals.extension import metadata
from sphinx_annals.messages import warn
from sphinx_annals.settings import WHEN_THOSE_ARE_REPAIRED, leave_out_controls
from sphinx_annals.text import undecodable


def depths_of(text: str) -> list[int]:
    """Give how many spaces and marks stand before each line; there is one at least."""
    lines = [line if line.strip() else "" for line in text.splitlines()] or [""]
    return [len(line) - len(line.lstrip(" \t>")) for line in lines]


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
        # of what another process met its message alone comes here, and not which document it had
        elsewhere = any(isinstance(cause, SphinxParallelError) for cause in causes)
        names = " ".join(str(cause) if elsewhere else type(cause).__name__ for cause in causes)
        if "RecursionError" in names and (elsewhere or self.docname):
            self._tell_of_depth(app, app.env.found_docs if elsewhere else [self.docname])
        elif "UnicodeDecodeError" in names:
            self._tell_of_bytes(app, isinstance(error, UnicodeDecodeError))

    def _tell_of_depth(self, app: Sphinx, docnames: Iterable[str]) -> None:
        """Warn at the deepest line of some documents."""
        read = partial(Path.read_text, encoding=app.config.source_encoding, errors="replace")
        depths = {name: depths_of(read(Path(app.env.doc2path(name)))) for name in sorted(docnames)}
        docname = max(depths, key=lambda name: max(depths[name]))
        line = depths[docname].index(max(depths[docname])) + 1
        message = (
            "blocks are nested too deep in this document, deepest here; nest fewer of them, or "
            "put `import sys; sys.setrecursionlimit(5_000)` into conf.py"
        )
        warn(("annals", "nesting"), message, (docname, line))

    def _tell_of_bytes(self, app: Sphinx, met: bool) -> None:
        encoding = app.config.source_encoding
        name = "UTF-8" if codecs.lookup(encoding).name.startswith("utf-8") else encoding
        found = False
        for docname in sorted(app.env.found_docs):
            try:
                Path(app.env.doc2path(docname)).read_text(encoding)
            except UnicodeDecodeError as error:
                found, (line, fault) = True, undecodable(error, name)
                message = f"{fault}; save the document as {name}"
                warn(("annals", "encoding"), message, (docname, line))
        if met and self.docname and not found:
            message = f"a file that this document takes in is not {name}; save that as {name}"
            warn(("annals", "encoding"), message, self.docname)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _tell_of_templates(app: Sphinx) -> None:
    """Warn of a template of pages that is no UTF-8: Sphinx says of each page that one fails."""
    folders = app.config.templates_path if app.builder.format == "html" else []
    for path in (path for folder in folders for path in Path(app.confdir, folder).rglob("*.html")):
        try:
            path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line, fault = undecodable(error)
            message = f"{fault}; save the template as UTF-8"
            warn(("annals", "encoding"), message, f"{path}:{line}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register it for the end of each build."""
    watch = _Watch()
    app.connect("config-inited", leave_out_controls, priority=WHEN_THOSE_ARE_REPAIRED)
    app.connect("builder-inited", _tell_of_templates)
    app.connect("source-read", watch.at_source)
    app.connect("doctree-resolved", watch.at_tree)
    app.connect("build-finished", watch.tell)
    return metadata()
