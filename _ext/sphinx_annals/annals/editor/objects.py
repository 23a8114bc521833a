"""What an editor shows of an annotated object, and where it is declared.

When the language server esbonio runs the build, its table of objects has a description and a
place for each; Sphinx's own interface, `get_objects`, knows neither.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_annals.annals.editor.options import kinds_of_options
from sphinx_annals.annals.model.project import Schema
from sphinx_annals.annals.model.records import Record
from sphinx_annals.dates import display

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BEFORE_ESBONIO = AFTER_ESBONIO = 900
OWN_OPTIONS = "annals_options"
"""The table in which the build tells the server of a project's own options."""


def setup(app: Sphinx) -> None:
    """Describe the objects to the language server, if it is what runs the build."""
    if hasattr(app, "esbonio"):
        app.connect("builder-inited", offer_ids, priority=BEFORE_ESBONIO)
        app.connect("build-finished", describe_objects, priority=AFTER_ESBONIO)


def offer_ids(app: Sphinx) -> None:
    """Offer ids after ``{event}``, as the language server does by itself after ``{annals:event}``.

    It knows the objects of a role by the role's domain, and the short names have none.
    """
    domain, server = app.env.domains["annals"], app.esbonio  # type: ignore[attr-defined]
    for kind, declared in domain.object_types.items():
        ids = server.create_role_target_provider(
            "objects", obj_types=[f"annals:{kind}"], projects=None
        )
        for name in declared.roles:
            server.add_role(name, domain.role(name), [ids])


def describe_objects(app: Sphinx, _error: Exception | None) -> None:
    """Complete esbonio's table of objects: a description in Markdown, a place in the source."""
    from sphinx_annals.annals.domain import AnnalsDomain

    domain = app.env.domains["annals"]
    if not isinstance(domain, AnnalsDomain):
        return
    rows = []
    for record in domain.catalogue.records:
        path = Path(app.srcdir, record.file or app.env.doc2path(record.docname))
        place = json.dumps(location(path, record.line))
        rows.append((describe(record), place, record.kind.value, record.id))
    connection = app.esbonio.db.db  # type: ignore[attr-defined]
    connection.executemany(
        "UPDATE objects SET description = ?, location = ?"
        " WHERE domain = 'annals' AND objtype = ? AND name = ? AND project IS NULL",
        rows,
    )
    note_options(connection, domain.schema)
    connection.commit()


def note_options(connection: sqlite3.Connection, schema: Schema) -> None:
    """Note which options of the project take ids, for the server, which does not read conf.py."""
    connection.execute(f"DROP TABLE IF EXISTS {OWN_OPTIONS}")
    connection.execute(f"CREATE TABLE {OWN_OPTIONS} (option TEXT, kinds TEXT)")
    rows = [(option, json.dumps(kinds)) for option, kinds in kinds_of_options(schema).items()]
    connection.executemany(f"INSERT INTO {OWN_OPTIONS} VALUES (?, ?)", rows)


def describe(record: Record) -> str:
    """Give an object's title, kind and dates as Markdown."""
    parts = [f"**{_plain(record.heading)}** ({record.kind.label})"]
    if record.dates:
        parts.append("\n".join(f"- {of}: {_plain(display(date))}" for of, date in record.dates))
    parts.append(f"`{record.id}`")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in text)


def location(path: Path, line: int) -> dict[str, object]:
    """Give a line of a file as the Language Server Protocol has it."""
    point = {"line": max(line - 1, 0), "character": 0}
    return {"uri": path.resolve().as_uri(), "range": {"start": point, "end": point}}
