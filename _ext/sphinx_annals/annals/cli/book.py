"""What the commands work on: the sources of a book, with the objects that they state and name."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.lists import format_list

from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.editor import kinds_of_options
from sphinx_annals.annals.model import Kind, Schema, read_schema
from sphinx_annals.annals.scan import Naming, Scanned, Stated, scan
from sphinx_annals.annals.views import VIEWS, ViewOfObjects
from sphinx_annals.cli import Change, read_utf8
from sphinx_annals.language import language_of
from sphinx_annals.sources import ProjectError, Sources, settings_of, with_entry
from sphinx_annals.text import numbered

AddWorks = Callable[[bytes, str, bool], int]
"""Adds works to the bibliography: a text of them, what that is called, and whether to write; gives
the exit code."""


@dataclass
class Book:
    """The sources of a book, read once."""

    sources: Sources
    add_works: AddWorks | None = None
    """What looks after a bibliography, where something does."""

    @property
    def root(self) -> Path:
        """The folder of conf.py."""
        assert self.sources.root is not None  # without one no command is run
        return self.sources.root

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What conf.py says outright."""
        return settings_of(self.root / "conf.py")[0]

    @property
    def language(self) -> str:
        """The language of the book, as conf.py names it."""
        return str(self.settings.get("language") or "en")

    @cached_property
    def schema(self) -> Schema:
        """The fields of each kind, with those that the project declares."""
        declared = (self.settings.get(f"annals_{what}", {}) for what in ("kinds", "fields"))
        return read_schema(*declared)[0]

    @cached_property
    def scans(self) -> dict[Path, Scanned]:
        """What each source file states and names."""
        about = frozenset(view.name for view in VIEWS if issubclass(view, ViewOfObjects))
        ours = frozenset({*DIRECTIVES, *(view.name for view in VIEWS)})
        naming = Naming(ours, kinds_of_options(self.schema), about)
        return {path: scan(text, path.suffix, naming) for path, text in self.sources.texts.items()}

    @property
    def stated(self) -> Iterator[tuple[Path, Stated]]:
        """Every object that is stated, with its file."""
        return ((path, stated) for path, found in self.scans.items() for stated in found.stated)

    @cached_property
    def objects(self) -> dict[str, tuple[Path, Stated]]:
        """The objects by their ids; the first of two that share one."""
        found: dict[str, tuple[Path, Stated]] = {}
        for path, stated in self.stated:
            found.setdefault(stated.id, (path, stated))
        return found

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Retired ids, and those that took their place."""
        return {alias: stated.id for _, stated in self.stated for alias in stated.aliases}

    def free_id(self, wanted: str) -> str:
        """Give an id that nothing has: the one that is wanted, or with 2, 3, … behind it."""
        taken = {id.casefold() for id in (*self.objects, *self.aliases)}
        return next(id for id in numbered(wanted) if id.casefold() not in taken)

    @cached_property
    def root_file(self) -> Path:
        """The file of the root document; raises ProjectError where there is none."""
        name = self.settings.get("root_doc") or self.settings.get("master_doc") or "index"
        found = [path for path in self.sources.documents if self.docname(path) == name]
        if not found:
            raise ProjectError(f"there is no document {name!r} to list what is new in")
        return found[0]

    def docname(self, path: Path) -> str:
        """Give the name of a document, by its path."""
        return Path(os.path.relpath(path, self.root)).with_suffix("").as_posix()

    def heading(self, kinds: Iterable[Kind]) -> str:
        """Give the heading of a new document of such objects, in the language of the book."""
        language = language_of(self.language)
        words = [language.gettext(kind.plural) for kind in kinds]
        text = format_list(words, locale=language.locale)
        return text[:1].upper() + text[1:]

    def new_document(self, path: Path, text: str) -> list[Change]:
        """Give what makes a document, and lists it in the root document."""
        root = self.root_file
        before = read_utf8(root)
        folder = Path(self.docname(root)).parent
        name = os.path.relpath(self.docname(path.resolve()), folder).replace(os.sep, "/")
        entered = with_entry(before, root.suffix, name)
        return [Change(path, None, text), Change(root, before, entered)]
