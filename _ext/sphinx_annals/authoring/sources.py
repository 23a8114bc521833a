"""The lines of the files that a document is read from, while it is read."""

import os
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals.authoring.circles import line_of_circle
from sphinx_annals.messages import warn
from sphinx_annals.text import cut_short, held_by_no_output, without_controls

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
    return found.get(os.path.normpath(path or "")) or Source("")


def _keep(app: Sphinx, path: Path, source: list[str]) -> None:
    """Keep a file as it is to be parsed: without what no output can hold, nor itself."""
    kept: dict[str, Source] = app.env.current_document.setdefault(_KEY, {})  # type: ignore[assignment]
    where = os.path.normpath(path)
    if where in kept and (line := line_of_circle(Path(where), Path(app.srcdir))):
        message = "what is included includes this file again; it is left out here"
        warn(("include", "circular"), message, f"{where}:{line}")
        source[0] = ""
        return
    for line, character in held_by_no_output(source[0]):
        message = f"U+{ord(character):04X} is left out, which no output can hold; delete it"
        warn(("source", "character"), message, f"{where}:{line}")
    source[0] = without_controls(source[0], markdown=where.endswith(".md"))
    kept[where] = Source(source[0])


def _keep_document(app: Sphinx, docname: str, source: list[str]) -> None:
    _keep(app, Path(app.env.doc2path(docname)), source)


def _keep_included(app: Sphinx, path: Path, _parent: str, source: list[str]) -> None:
    _keep(app, Path(app.srcdir, path), source)


def setup(app: Sphinx) -> None:
    """Keep what is read, after other extensions have changed it."""
    app.connect("source-read", _keep_document, priority=900)
    app.connect("include-read", _keep_included, priority=900)
