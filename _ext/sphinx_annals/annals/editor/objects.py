"""What an editor shows of an annotated object, and where it is declared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_annals.annals.domain import catalogue_of
from sphinx_annals.annals.editor.options import kinds_of_options
from sphinx_annals.annals.model.records import Record
from sphinx_annals.dates import display
from sphinx_annals.fences import esbonio

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OPTIONS = "annals_options"
"""Under this name a build notes the options that take ids; the server reads no ``conf.py``."""


def setup(app: Sphinx) -> None:
    """Describe the objects to the language server, if it is what runs the build."""
    if esbonio.runs(app):
        app.connect("builder-inited", offer_ids, priority=esbonio.BEFORE)
        app.connect("build-finished", describe_objects, priority=esbonio.AFTER)


def offer_ids(app: Sphinx) -> None:
    """Offer ids in roles by their short names."""
    esbonio.offer_roles(app, app.env.domains["annals"])


def describe_objects(app: Sphinx, _error: Exception | None) -> None:
    """Say of each object what it is and where it is declared, and which options name such."""
    described, catalogue = [], catalogue_of(app.env)
    for record in catalogue.records:
        path = Path(app.srcdir, record.file or app.env.doc2path(record.docname))
        about = record.kind.value, record.id, describe(record), path, record.line
        described.append(esbonio.Described(*about))
    esbonio.describe_objects(app, "annals", described)
    esbonio.note(app, OPTIONS, kinds_of_options(catalogue.schema))


def describe(record: Record) -> str:
    """Give an object's title, kind and dates as Markdown."""
    parts = [f"**{_plain(record.heading)}** ({record.kind.label})"]
    if record.dates:
        parts.append("\n".join(f"- {of}: {_plain(display(date))}" for of, date in record.dates))
    parts.append(f"`{record.id}`")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in text)
