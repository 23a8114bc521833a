"""What a command or an editor works on: a project's .bib files and documents, without Sphinx.

Of ``conf.py`` the plain assignments are read; nothing that it imports or calls is run.
"""

import ast
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from sphinx_annals.citations import formats
from sphinx_annals.citations.bib import BibSource, Finding, Library, assemble
from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.scan.cites import Cite, prefixes_in, scan
from sphinx_annals.citations.scan.settings import assigned
from sphinx_annals.citations.style import LIMITS, STYLES, Options, csl, forms, reference

_LEFT_OUT = (".*", "_build", "node_modules", "__pycache__")
SUFFIXES = (".md", ".rst", ".txt", ".rest")


class ProjectError(Exception):
    """What stops a command; its message is all that the user sees."""


def read_text(path: Path) -> str:
    """Read a file so that writing the text back gives the same bytes."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


@dataclass
class Project:
    """One bibliography with the documents that cite it."""

    root: Path | None
    bibfiles: Sequence[Path]
    overlays: Sequence[Path] = ()
    encoding: str = "utf-8-sig"
    style: str = STYLES[0]
    options: Options = field(default_factory=Options)
    exclude: Sequence[str] = ()
    suffixes: Sequence[str] = SUFFIXES[:2]
    at_keys: bool = False
    unread: list[Finding] = field(default_factory=list)

    @cached_property
    def sources(self) -> list[BibSource]:
        """What the .bib files yield, then the overlays; strings of one serve in those after it."""
        strings: dict[str, str] = {}
        return [_read(path, self.encoding, strings) for path in (*self.bibfiles, *self.overlays)]

    @cached_property
    def library(self) -> Library:
        """Every entry, inheritance resolved."""
        count = len(self.bibfiles)
        return assemble(self.sources[:count], self.sources[count:])

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
        """The documents' texts; those that cannot be read are noted in ``unread``."""
        found = {}
        for path in self.documents:
            try:
                found[path] = read_text(path)
            except OSError as error:
                message = f"cannot be read: {error.strerror or error}"
                self.unread.append(Finding("file", message, str(path), 0))
        return found

    @cached_property
    def cited(self) -> list[Cite]:
        """Every citation in every document."""
        return [
            replace(c, real=self.real_key(c.key), path=str(path))
            for path, text in self.texts.items()
            for c in self.scanned(path, text)
        ]

    def scanned(self, path: Path, text: str) -> list[Cite]:
        """Give the citations of a document as its project writes them."""
        return scan(text, path.suffix, at=self.at_keys)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The key prefixes that bibliographies set, and that of those which set none."""
        return "", *sorted({prefix for text in self.texts.values() for prefix in prefixes_in(text)})

    def reference(self, entry: Entry) -> str:
        """Give the full reference of an entry as plain text, in the style of the house."""
        return str(reference(entry, options=self.options))

    def formatted(
        self, entries: Sequence[Entry], locator: str = "", style: str | None = None
    ) -> dict[str, dict[str, str]]:
        """Give by key the forms of works by their names, as plain text.

        The style is that of conf.py unless one is named. Raises SheetError for what is none,
        ModuleNotFoundError where nothing can set it.
        """
        name = style or self.style
        if name not in STYLES:
            sheet = csl.find(name, self.root or Path.cwd(), STYLES)
            return csl.forms(sheet, {entry.key: entry for entry in entries}, locator)
        options = replace(self.options, style=name)
        return {entry.key: forms(entry, locator, options) for entry in entries}

    def real_key(self, key: str) -> str:
        """Give the key of the entry that a cited key means, or nothing."""
        found = self.library.cited_as(key, self.prefixes)
        return found.key if found else ""


def _read(path: Path, encoding: str, strings: dict[str, str]) -> BibSource:
    source = formats.read(path, encoding, strings)
    if not source.entries and source.findings and source.findings[0].code == "file":
        raise ProjectError(f"{shown(path)}: {source.findings[0].message}")
    return source


def shown(path: Path | str) -> str:
    """Give a path as short as it can be given from here."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if not relative.startswith(os.path.join("..", "..")) else str(path)


def open_project(bib: Sequence[str] = (), folder: str = "") -> Project:
    """Find the project: ``folder`` or the nearest conf.py above; ``bib`` overrides its .bib files.

    Raises ProjectError where nothing can be found.
    """
    conf = _find_conf(folder)
    if conf is None and not bib:
        raise ProjectError(
            "no conf.py here or above; go to the project, or name it with --project, "
            "or name .bib files with --bib"
        )
    base = conf.parent if conf else Path.cwd()
    settings = read_settings(conf, named=bool(bib)) if conf else {}
    if (base / "references.bib").is_file():
        settings.setdefault("bibtex_bibfiles", ["references.bib"])
    files = [Path(name) for name in bib] or [
        base / n for n in _strings(settings, "bibtex_bibfiles")
    ]
    if not files:
        conf_py = shown(base / "conf.py")
        raise ProjectError(f"{conf_py} names no .bib files (bibtex_bibfiles); name them with --bib")
    overlays = [] if bib else _strings(settings, "citations_overlays")
    suffixes = settings.get("source_suffix") or SUFFIXES[:2]
    style, edition = (
        str(settings.get("citations_style", STYLES[0])),
        settings.get("citations_edition"),
    )
    return Project(
        root=conf.parent if conf else None,
        bibfiles=files,
        overlays=[base / name for name in overlays],
        encoding=str(settings.get("bibtex_encoding", "utf-8-sig")),
        style=style,
        options=Options(
            style if style in STYLES else STYLES[0],
            str(settings.get("citations_date_form", "mdy")),
            edition=edition if edition in LIMITS else 17,
        ),
        exclude=_strings(settings, "exclude_patterns"),
        at_keys=settings.get("citations_at_keys") is True,
        suffixes=[name for name in SUFFIXES if name in suffixes],
    )


def _find_conf(folder: str) -> Path | None:
    here = Path.cwd() / folder
    above = (base / "conf.py" for base in ((here,) if folder else (here, *here.parents)))
    conf = next(filter(Path.is_file, above), None)
    if folder and conf is None:
        raise ProjectError(f"{shown(here)} has no conf.py")
    return conf


def _strings(settings: dict[str, Any], name: str) -> list[str]:
    value = settings.get(name, [])
    value = [value] if isinstance(value, str | PurePath) else value
    if isinstance(value, list | tuple | map | filter | set):
        value = list(value)
        if all(isinstance(item, str | PurePath) for item in value):
            return [str(item) for item in value]
    raise ProjectError(f"{name} in conf.py is not a list of names")


def read_settings(conf: Path, *, named: bool = False) -> dict[str, Any]:
    """Give the settings that ``conf.py`` assigns values of its own text to.

    Lists, sums, f-strings and names of files by pattern come out, what is computed otherwise does
    not. Raises ProjectError where the file is not Python, or where bibtex_bibfiles is computed and
    no file is ``named`` in its place.
    """
    try:
        tree = ast.parse(conf.read_bytes())
    except (SyntaxError, ValueError) as error:
        if named:
            return {}
        line = getattr(error, "lineno", None) or 1
        raise ProjectError(f"{shown(conf)}:{line}: not Python: {error}") from error
    known, unclear = assigned(tree, conf)
    if "bibtex_bibfiles" in unclear and not named:
        raise ProjectError(
            f"{shown(conf)} computes bibtex_bibfiles, and this command does not run conf.py; "
            "name the files with --bib"
        )
    return known
