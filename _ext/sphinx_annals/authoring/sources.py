"""The lines of the files that a document is read from, while it is read."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from sphinx_annals.fences.sphinx import catalogues_of, translated_at
from sphinx_annals.messages import warn
from sphinx_annals.text import cut_short, held_by_no_output, without_controls
from sphinx_annals.walking import each

_KEY = "sphinx_annals:sources"
_INCLUDE = re.compile(r"(?:\{include\}|\.\. include::)\s+(\S+)")


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
    if where in kept and (line := _line_of_circle(Path(where), Path(app.srcdir))):
        message = "what is included includes this file again; it is left out here"
        warn(("include", "circular"), message, f"{where}:{line}")
        source[0] = ""
        return
    for line, character in held_by_no_output(source[0]):
        _warn_of(character, f"{where}:{line}")
    source[0] = without_controls(source[0], markdown=where.endswith(".md"))
    kept[where] = Source(source[0])


def _warn_of(character: str, place: object) -> None:
    message = f"U+{ord(character):04X} is left out, which no output can hold; delete it"
    warn(("source", "character"), message, place)


class LeaveOut(SphinxTransform):
    """Leave out what no output can hold of what a document has from a translation, or from a file
    that is not parsed as it is.
    """

    default_priority = 21  # when Sphinx has put in translations

    def apply(self, **kwargs: Any) -> None:
        """Look through a document that may have such texts; the others have been read without."""
        read = self.document.settings.record_dependencies.list
        if not (read or self.env.dependencies[self.env.docname] or catalogues_of(self.env)):
            return
        for node in each(self.document, nodes.Element, nodes.Text):
            if isinstance(node, nodes.Element):
                node.attributes = {name: _cleaned(told) for name, told in node.attributes.items()}
            elif held := next(held_by_no_output(str(node)), None):
                _warn_of(held[1], translated_at(node.parent) or node.parent)
                node.parent.replace(node, nodes.Text(without_controls(str(node))))


def _cleaned(told: Any) -> Any:
    """Give a text, or what is made of texts, without what no output can hold."""
    if type(told) is str:
        return without_controls(told)
    return type(told)(map(_cleaned, told)) if type(told) in (list, tuple) else told


def _line_of_circle(path: Path, root: Path) -> int:
    """Give the line of a file whose include leads back to it, 0 if none does.

    MyST follows such a circle to its end.
    """
    for line, other in _included(path, root):
        if _reaches(other, path, root):
            return line
    return 0


def _reaches(path: Path, goal: Path, root: Path) -> bool:
    seen: set[Path] = set()
    waiting = [path]
    while waiting and waiting[-1] != goal:
        if (file := waiting.pop()) not in seen:
            seen.add(file)
            waiting += (other for _, other in _included(file, root))
    return bool(waiting)


def _included(path: Path, root: Path) -> Iterator[tuple[int, Path]]:
    """Give the files that a file includes, with the line in which it does."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:  # of which who includes it is told
        return
    for number, line in enumerate(lines, 1):
        for name in _INCLUDE.findall(line):
            base, name = (root, name[1:]) if name.startswith("/") else (path.parent, name)
            yield number, Path(base, name).resolve()


def watch_sources(
    app: Sphinx, read: Callable[[Sphinx, Path, list[str]], object], priority: int = 500
) -> None:
    """Have every document, and every file that one includes, read before it is parsed."""

    def document(app: Sphinx, docname: str, source: list[str]) -> None:
        read(app, Path(app.env.doc2path(docname)), source)

    def included(app: Sphinx, path: Path, _parent: str, source: list[str]) -> None:
        read(app, Path(app.srcdir, path), source)

    app.connect("source-read", document, priority)
    app.connect("include-read", included, priority)


def setup(app: Sphinx) -> None:
    """Keep what is read, after other extensions have changed it."""
    watch_sources(app, _keep, priority=900)
    app.add_transform(LeaveOut)
