"""The lines of the files that a document is read from, while it is read."""

from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals.text import cut_short

_KEY = "sphinx_annals:sources"


class Source:
    """A file as it was parsed."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.accounted: set[int] = set()
        """Lines of fences that need no word more: they close one, or were warned of."""

    @cached_property
    def cut_short(self) -> frozenset[int]:
        """The lines that open a directive whose end closes what is around it."""
        return cut_short(self.lines)


def source_of(env: BuildEnvironment, path: str | Path | None) -> Source:
    """Give a file; an empty one for what was not read whole."""
    found: dict[str, Source] = env.current_document.get(_KEY, {})  # type: ignore[assignment]
    return found.get(str(path)) or Source("")


def _keep(env: BuildEnvironment, path: Path, text: str) -> None:
    kept: dict[str, Source] = env.current_document.setdefault(_KEY, {})  # type: ignore[assignment]
    kept[str(path)] = Source(text)


def _keep_document(app: Sphinx, docname: str, source: list[str]) -> None:
    _keep(app.env, Path(app.env.doc2path(docname)), source[0])


def _keep_included(app: Sphinx, path: Path, _parent: str, source: list[str]) -> None:
    _keep(app.env, Path(app.srcdir, path), source[0])


def setup(app: Sphinx) -> None:
    """Keep what is read, after other extensions have changed it."""
    app.connect("source-read", _keep_document, priority=900)
    app.connect("include-read", _keep_included, priority=900)
