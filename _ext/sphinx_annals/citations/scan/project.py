"""What a command or an editor works on: a project's .bib files and documents, without Sphinx."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx_annals.citations import formats
from sphinx_annals.citations.bib import BibSource, Finding, Library, assemble
from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.scan.cites import Cite, prefixes_in, scan
from sphinx_annals.citations.style import LIMITS, STYLES, Options, csl, forms, reference
from sphinx_annals.sources import (
    ProjectError,
    Sources,
    find_conf,
    settings_of,
    shown,
    strings,
    told,
)


@dataclass(kw_only=True)
class Project(Sources):
    """One bibliography with the documents that cite it."""

    bibfiles: Sequence[Path]
    overlays: Sequence[Path] = ()
    encoding: str = "utf-8-sig"
    style: str = STYLES[0]
    options: Options = field(default_factory=Options)
    at_keys: bool = False

    @cached_property
    def sources(self) -> list[BibSource]:
        """What the .bib files yield, then the overlays; ProjectError says which cannot be read."""
        found = formats.read((*self.bibfiles, *self.overlays), self.encoding)
        for source in found:
            if not source.entries and source.findings and source.findings[0].code == "file":
                raise ProjectError(f"{shown(source.path)}: {source.findings[0].message}")
        return found

    @cached_property
    def library(self) -> Library:
        """Every entry, inheritance resolved."""
        count = len(self.bibfiles)
        return assemble(self.sources[:count], self.sources[count:])

    @property
    def unread(self) -> list[Finding]:
        """The documents that could not be read, once their texts are asked for."""
        return [Finding("file", why, str(path), 0) for path, why in self.unreadable.items()]

    @cached_property
    def cited(self) -> list[Cite]:
        """Every citation in every document."""
        return [
            c._replace(real=self.real_key(c.key), path=str(path))
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


def open_project(bib: Sequence[str] = (), folder: str = "") -> Project:
    """Find the project: ``folder`` or the nearest conf.py above; ``bib`` overrides its .bib files.

    Raises ProjectError where nothing can be found.
    """
    conf = find_conf(folder)
    if conf is None and not bib:
        raise ProjectError(
            "no conf.py here or above; go to the project, or name it with --project, "
            "or name .bib files with --bib"
        )
    base = conf.parent if conf else Path.cwd()
    settings = read_settings(conf, named=bool(bib)) if conf else {}
    if (base / "references.bib").is_file():
        settings.setdefault("bibtex_bibfiles", ["references.bib"])
    files = [Path(name) for name in bib] or [base / n for n in strings(settings, "bibtex_bibfiles")]
    if not files:
        conf_py = shown(base / "conf.py")
        raise ProjectError(f"{conf_py} names no .bib files (bibtex_bibfiles); name them with --bib")
    overlays = [] if bib else strings(settings, "citations_overlays")
    style = str(settings.get("citations_style", STYLES[0]))
    edition = settings.get("citations_edition")
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
        at_keys=settings.get("citations_at_keys") is True,
        **told(settings),
    )


def read_settings(conf: Path, *, named: bool = False) -> dict[str, Any]:
    """Give the settings that ``conf.py`` assigns values of its own text to.

    Raises ProjectError where the file is not Python, or where bibtex_bibfiles is computed and no
    file is ``named`` in its place.
    """
    try:
        known, unclear = settings_of(conf)
    except ProjectError:
        if named:
            return {}
        raise
    if "bibtex_bibfiles" in unclear and not named:
        raise ProjectError(
            f"{shown(conf)} computes bibtex_bibfiles, and this command does not run conf.py; "
            "name the files with --bib"
        )
    return known
