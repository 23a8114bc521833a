"""What a command or an editor works on: a project's .bib files and documents, without Sphinx.

`conf.py` is read, never run: the settings named here must be written as plain values.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx_annals.citations.bib.bibfile import read_file
from sphinx_annals.citations.bib.library import Library, assemble
from sphinx_annals.citations.bib.raw import BibSource
from sphinx_annals.citations.scan import markdown as scan
from sphinx_annals.citations.scan.cites import Cite
from sphinx_annals.citations.style.chicago import Options

SETTINGS = ("bibtex_bibfiles", "bibtex_encoding", "citations_overlays", "citations_style",
            "citations_date_form", "exclude_patterns", "source_suffix")  # fmt: skip
LEFT_OUT = frozenset({"_build", "node_modules", "__pycache__"})
SUFFIXES = (".md", ".rst", ".txt", ".rest")


class ProjectError(Exception):
    """What stops a command; its message is all that the user sees."""


@dataclass(frozen=True)
class Place:
    """A citation and the document that it stands in."""

    path: Path
    cite: Cite


@dataclass
class Project:
    """One bibliography with the documents that cite it."""

    root: Path | None
    bibfiles: Sequence[Path]
    overlays: Sequence[Path] = ()
    encoding: str = "utf-8-sig"
    options: Options = field(default_factory=Options)
    exclude: Sequence[str] = ()
    suffixes: Sequence[str] = (".md", ".rst")
    unread: list[tuple[Path, str]] = field(default_factory=list)

    @cached_property
    def _strings(self) -> dict[str, str]:
        return {}

    @cached_property
    def sources(self) -> list[BibSource]:
        """What the .bib files yield."""
        return [_read(path, self.encoding, self._strings) for path in self.bibfiles]

    @cached_property
    def overlaid(self) -> list[BibSource]:
        """What the overlays yield."""
        return [_read(path, self.encoding, self._strings) for path in self.overlays]

    @cached_property
    def library(self) -> Library:
        """Every entry, inheritance resolved."""
        return assemble(self.sources, self.overlaid)

    @cached_property
    def documents(self) -> list[Path]:
        """The source files, those that Sphinx would leave out left out."""
        return list(self._documents()) if self.root else []

    def _documents(self) -> Iterable[Path]:
        from sphinx.util.matching import compile_matchers

        assert self.root is not None
        matchers = compile_matchers(self.exclude)
        for folder, names, files in os.walk(self.root):
            base = Path(folder).relative_to(self.root)
            names[:] = sorted(
                name for name in names
                if not name.startswith(".") and name not in LEFT_OUT
                and not any(match((base / name).as_posix()) for match in matchers)
            )  # fmt: skip
            for name in sorted(files):
                relative = (base / name).as_posix()
                if name.endswith(tuple(self.suffixes)) and not any(m(relative) for m in matchers):
                    yield Path(folder) / name

    @cached_property
    def texts(self) -> dict[Path, str]:
        """The documents' texts; those that cannot be read are noted in `unread`."""
        found = {}
        for path in self.documents:
            try:
                found[path] = scan.read_text(path)
            except OSError as error:
                self.unread.append((path, error.strerror or str(error)))
        return found

    @cached_property
    def places(self) -> list[Place]:
        """Every citation in every document."""
        return [Place(path, cite) for path, text in self.texts.items()
                for cite in scan.scan(text, path.suffix)]  # fmt: skip

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The key prefixes that bibliographies set."""
        return tuple(sorted({p for text in self.texts.values() for p in scan.prefixes_in(text)}))

    def real_key(self, key: str) -> str:
        """Return the key of the entry that a cited key means, or the empty string."""
        for prefix in ("", *self.prefixes):
            if key.startswith(prefix):
                entry = self.library.get(key.removeprefix(prefix))
                if entry is not None:
                    return entry.key
        return ""


def _read(path: Path, encoding: str, strings: dict[str, str]) -> BibSource:
    if path.is_dir():
        raise ProjectError(f"{shown(path)} is a folder, not a .bib file")
    source = read_file(path, encoding, strings)
    if not source.entries and source.findings and source.findings[0].code == "file":
        raise ProjectError(f"{shown(path)}: {source.findings[0].message}")
    return source


def shown(path: Path | str) -> str:
    """Return a path as short as it can be given from here."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if not relative.startswith(os.path.join("..", "..")) else str(path)


def open_project(bib: Sequence[str] = (), folder: str = "") -> Project:
    """Find the project: `folder` or the nearest conf.py above; `bib` overrides its .bib files.

    Raises ProjectError where nothing can be found.
    """
    conf = _find_conf(folder)
    settings = read_settings(conf) if conf else {}
    if conf is None and not bib:
        raise ProjectError(
            "no conf.py here or above; go to the project, or name it with --project, "
            "or name .bib files with --bib"
        )
    base = conf.parent if conf else Path.cwd()
    names = settings.get("bibtex_bibfiles")
    overlays: list[Path] = []
    if bib:
        files = [Path(name) for name in bib]
    else:
        if names is None and (base / "references.bib").is_file():
            names = ["references.bib"]
        if not names:
            raise ProjectError(f"{shown(base / 'conf.py')} names no .bib files (bibtex_bibfiles); "
                               "name them with --bib")  # fmt: skip
        files = [base / name for name in _strings(names, "bibtex_bibfiles")]
        over = _strings(settings.get("citations_overlays", []), "citations_overlays")
        overlays = [base / name for name in over]
    return Project(
        root=conf.parent if conf else None, bibfiles=files, overlays=overlays,
        encoding=str(settings.get("bibtex_encoding", "utf-8-sig")),
        options=Options(str(settings.get("citations_style", "author-date")),
                        str(settings.get("citations_date_form", "mdy"))),
        exclude=_strings(settings.get("exclude_patterns", []), "exclude_patterns"),
        suffixes=_suffixes(settings.get("source_suffix")),
    )  # fmt: skip


def _find_conf(folder: str) -> Path | None:
    if folder:
        conf = Path(folder) / "conf.py"
        if not conf.is_file():
            raise ProjectError(f"{shown(Path(folder))} has no conf.py")
        return conf.resolve()
    here = Path.cwd()
    return next((base / "conf.py" for base in (here, *here.parents)
                 if (base / "conf.py").is_file()), None)  # fmt: skip


def _strings(value: object, name: str) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return list(value)
    raise ProjectError(f"{name} in conf.py is not a list of names")


def _suffixes(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else list(value or ()) if isinstance(
        value, list | tuple | dict) else []  # fmt: skip
    return tuple(name for name in names if name in SUFFIXES) or (".md", ".rst")


def read_settings(conf: Path) -> dict[str, Any]:
    """Return the settings that `conf.py` assigns plain values to.

    Raises ProjectError where the file cannot be read, or where bibtex_bibfiles is computed.
    """
    try:
        tree = ast.parse(conf.read_bytes())
    except OSError as error:
        raise ProjectError(f"{shown(conf)}: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ProjectError(f"{shown(conf)}:{line}: not Python: {error}") from error
    known: dict[str, Any] = {}
    unclear: set[str] = set()
    for node in tree.body:
        for name, value in _assigned(node, known):
            try:
                known[name] = _value(value, known)
                unclear.discard(name)
            except ValueError:
                unclear.add(name)
    if "bibtex_bibfiles" in unclear:
        raise ProjectError(
            f"{shown(conf)} computes bibtex_bibfiles, and this command does not run conf.py; "
            "name the files with --bib"
        )
    return {name: value for name, value in known.items() if name in SETTINGS}


def _assigned(node: ast.stmt, known: Mapping[str, Any]) -> Iterable[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        left = ast.Name(node.target.id, ast.Load())
        yield node.target.id, ast.BinOp(left, node.op, node.value)


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name) and node.id in known:
        return known[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        try:
            return _value(node.left, known) + _value(node.right, known)
        except TypeError as error:
            raise ValueError(str(error)) from error
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(item, known) for item in node.elts]
    return ast.literal_eval(node)
