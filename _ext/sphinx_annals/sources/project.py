"""What a command works on: the folder of ``conf.py`` and the documents in it."""

import ast
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from sphinx_annals.sources.markup import Directive, read
from sphinx_annals.sources.settings import assigned

_LEFT_OUT = (".*", "_build", "node_modules", "__pycache__")
SUFFIXES = (".md", ".rst", ".txt", ".rest")


class ProjectError(Exception):
    """What stops a command; its message is all that the user sees."""


def read_text(path: Path) -> str:
    """Read a file so that writing the text back gives the same bytes."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


@dataclass
class Sources:
    """The documents of a project; without a ``root`` it has none."""

    root: Path | None
    exclude: Sequence[str] = ()
    suffixes: Sequence[str] = SUFFIXES[:2]
    unreadable: dict[Path, str] = field(default_factory=dict)
    """Why a document could not be read, once `texts` are."""
    _includers: dict[Path, list[Path]] = field(default_factory=dict)

    @cached_property
    def documents(self) -> list[Path]:
        """The source files, those that Sphinx would leave out left out."""
        if self.root is None:
            return []
        from sphinx.util.matching import get_matching_files  # spares commands that read none

        left_out = [pattern for name in _LEFT_OUT for pattern in (name, f"**/{name}")]
        included = [f"**{suffix}" for suffix in self.suffixes]
        found = get_matching_files(self.root, included, [*self.exclude, *left_out])
        return [self.root / name for name in found]

    @cached_property
    def texts(self) -> dict[Path, str]:
        """The texts of the documents and of what they include, by path.

        Those that cannot be read are told of in `unreadable`.
        """
        found: dict[Path, str] = {}
        waiting = list(self.documents)
        while waiting:
            path = waiting.pop(0)
            try:
                found[path] = read_text(path)
            except OSError as error:
                self.unreadable[path] = f"cannot be read: {error.strerror or error}"
            else:
                for included in self._included(path, found[path]):
                    self._includers.setdefault(included, []).append(path)
                    if included not in (*found, *waiting, *self.unreadable):
                        waiting.append(included)
        return found

    def includers(self, path: Path) -> list[Path]:
        """Give the files that include another, once `texts` are read."""
        return self._includers.get(path, [])

    def _included(self, path: Path, text: str) -> Iterator[Path]:
        """Give the files that a document includes, as they are: those that are not are none."""
        for part in read(text, path.suffix) if "include" in text else ():
            if isinstance(part, Directive) and part.name == "include" and self.root:
                name = part.argument.text.strip()
                base = self.root if name.startswith("/") else path.parent
                included = Path(os.path.normpath(base / name.lstrip("/")))
                if included.is_file():
                    yield included


def told(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the settings tell of the documents, as `Sources` take it."""
    suffixes = settings.get("source_suffix") or SUFFIXES[:2]
    return {
        "exclude": strings(settings, "exclude_patterns"),
        "suffixes": [name for name in SUFFIXES if name in suffixes],
    }


def open_sources(folder: str = "") -> Sources:
    """Find the project: ``folder``, or the nearest conf.py above.

    Raises ProjectError where there is none, or where it is not Python.
    """
    conf = find_conf(folder)
    if conf is None:
        raise ProjectError("no conf.py here or above; go to the project, or name it with --project")
    return Sources(conf.parent, **told(settings_of(conf)[0]))


def shown(path: Path | str) -> str:
    """Give a path as short as it can be given from here."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if not relative.startswith(os.path.join("..", "..")) else str(path)


def find_conf(folder: str = "") -> Path | None:
    """Give the conf.py of a folder, or the nearest above where none is named.

    Raises ProjectError where the folder that is named has none.
    """
    here = Path.cwd() / folder
    above = (base / "conf.py" for base in ((here,) if folder else (here, *here.parents)))
    conf = next(filter(Path.is_file, above), None)
    if folder and conf is None:
        raise ProjectError(f"{shown(here)} has no conf.py")
    return conf


def strings(settings: Mapping[str, Any], name: str) -> list[str]:
    """Give a setting that is a list of names; raises ProjectError where it is something else."""
    value = settings.get(name, [])
    value = [value] if isinstance(value, str | PurePath) else value
    if isinstance(value, list | tuple | map | filter | set):
        value = list(value)
        if all(isinstance(item, str | PurePath) for item in value):
            return [str(item) for item in value]
    raise ProjectError(f"{name} in conf.py is not a list of names")


def settings_of(conf: Path) -> tuple[dict[str, Any], set[str]]:
    """Give the settings that ``conf.py`` assigns values of its own text to, and all others' names.

    Lists, sums, f-strings and names of files by pattern come out, what is computed otherwise does
    not; nothing that it imports or calls is run. Raises ProjectError where it is not Python.
    """
    try:
        tree = ast.parse(conf.read_bytes())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # of nesting
        line = getattr(error, "lineno", None) or 1
        raise ProjectError(f"{shown(conf)}:{line}: not Python: {error}") from error
    return assigned(tree, conf)
