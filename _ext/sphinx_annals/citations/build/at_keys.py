"""Citations in Markdown as Pandoc, Quarto and MyST write them, where ``citations_at_keys`` is set.

Each becomes the role that says the same, before the document is parsed, on its line.
"""

from pathlib import Path

from sphinx.application import Sphinx


def read_document(app: Sphinx, docname: str, source: list[str]) -> None:
    """Write roles for the citations of a document."""
    _read(app, app.env.doc2path(docname), source)


def read_included(app: Sphinx, path: Path, _parent: str, source: list[str]) -> None:
    """Write roles for the citations of a file that a document includes."""
    _read(app, path, source)


def _read(app: Sphinx, path: Path, source: list[str]) -> None:
    if app.config.citations_at_keys and Path(path).suffix == ".md":
        # few projects ask for it, and it loads all that reads sources without Sphinx
        from sphinx_annals.citations.scan import with_roles

        source[0] = with_roles(source[0])
