"""esbonio: what we touch of the language server that it does not document for extensions.

It documents features with triggers, and ``esbonio_setup``. Here belongs whatever knows its
database, its agent in the build, or how its own features finish an item. Each function says what
would break it, and ``tests/fences`` fails with that sentence. esbonio runs in a process of its
own and is imported where it is used: a build that it does not run needs none of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esbonio.server import CompletionContext
    from esbonio.server.features.project_manager.project import Project
    from lsprotocol import types
    from sphinx.application import Sphinx
    from sphinx.domains import Domain

    Renderer = Callable[[CompletionContext, types.CompletionItem], types.CompletionItem | None]

LANGUAGES = {"markdown", "rst"}
BEFORE, AFTER = 900, 900
"""Priorities of ours that come before its handlers of builder-inited, after those of the end."""


def runs(app: Sphinx) -> bool:
    """Tell whether the language server runs this build.

    Breaks if its agent no longer gives its application an attribute ``esbonio``.
    """
    return hasattr(app, "esbonio")


def offer_roles(app: Any, domain: Domain) -> None:
    """Offer ids after ``{event}``, as the language server does by itself after ``{annals:event}``.

    It knows the objects of a role by the role's domain, and the short names have none.

    Breaks if its agent no longer takes roles by ``add_role``, with providers of their targets.
    """
    server = app.esbonio
    for kind, declared in domain.object_types.items():
        types = [f"{domain.name}:{kind}"]
        ids = server.create_role_target_provider("objects", obj_types=types, projects=None)
        for name in declared.roles:
            server.add_role(name, domain.role(name), [ids])


@dataclass(frozen=True, slots=True)
class Known:
    """An object as an editor shows it: a description in Markdown, a location as JSON."""

    id: str
    title: str
    kind: str
    description: str | None
    place: str | None


def location(path: Path, line: int) -> str:
    """Give the begin of a line, counted from 1, as JSON of the language server's protocol."""
    point = {"line": max(line - 1, 0), "character": 0}
    return json.dumps({"uri": path.resolve().as_uri(), "range": {"start": point, "end": point}})


def describe_objects(app: Any, domain: str, objects: Iterable[Known]) -> None:
    """Complete the table of objects, for which Sphinx's ``get_objects`` knows neither of these.

    Breaks if its agent no longer keeps objects in the SQLite table ``objects`` of
    ``app.esbonio.db.db``, with columns description and location and no project for our own.
    """
    connection = app.esbonio.db.db
    connection.executemany(
        "UPDATE objects SET description = ?, location = ?"
        " WHERE domain = ? AND objtype = ? AND name = ? AND project IS NULL",
        [(item.description, item.place, domain, item.kind, item.id) for item in objects],
    )
    connection.commit()


async def objects(
    project: Project | None, domain: str, kinds: Sequence[str] = (), id: str = ""
) -> list[Known]:
    """Give the objects of a domain, of all kinds or of some, all of them or the one of an id.

    Breaks if a project's database, ``get_db()``, no longer has the table ``objects`` with
    columns name, display, objtype, description and location.
    """
    query = (
        "SELECT name, display, objtype, description, location FROM objects"
        " WHERE domain = ? AND project IS NULL"
    )
    known = [Known(*row) for row in await _rows(project, query, domain)]
    return [o for o in known if (not kinds or o.kind in kinds) and (not id or o.id == id)]


async def _rows(project: Project | None, query: str, *values: str) -> list[tuple[Any, ...]]:
    if project is None:
        return []
    cursor = await (await project.get_db()).execute(query, values)
    return [tuple(row) for row in await cursor.fetchall()]


def note(app: Any, table: str, values: Mapping[str, object]) -> None:
    """Note in a build, for the server, what it cannot know by itself.

    Breaks if its agent no longer shares the SQLite database of ``app.esbonio.db.db`` with it.
    """
    connection = app.esbonio.db.db
    connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(f"CREATE TABLE {table} (name TEXT, value TEXT)")
    rows = [(name, json.dumps(value)) for name, value in values.items()]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    connection.commit()


async def noted(project: Project | None, table: str, name: str) -> Any:
    """Give what the last build noted under a name, or None.

    Breaks if a project's database, ``get_db()``, is no longer that of its builds.
    """
    there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?"
    if not await _rows(project, there, table):
        return None
    found = await _rows(project, f"SELECT value FROM {table} WHERE name = ?", name)
    return json.loads(found[0][0]) if found else None


def render_targets(render: Renderer) -> None:
    """Let a function of ours finish the items that are offered as targets of roles.

    Breaks if ``features.roles.completion`` no longer finds such a function by language and
    behaviour, in the last that was registered.
    """
    from esbonio.server.features.roles import completion

    for language in LANGUAGES:
        for behaviour in ("insert", "replace"):
            completion.role_target_renderer(language=language, insert_behavior=behaviour)(render)


def as_role_target(item: types.CompletionItem) -> types.CompletionItem:
    """Mark an item as the target of a role, as the server's own functions for them do.

    Breaks if ``resolve`` no longer finds what documents an item by ``completion_type``.
    """
    from lsprotocol import types

    item.kind = item.kind or types.CompletionItemKind.Reference
    item.data = {"completion_type": "role_target"}
    return item


def before_cursor(context: CompletionContext) -> str:
    """Give the line up to the cursor; beyond the last line there is none."""
    lines, at = context.doc.lines, context.position
    return str(lines[at.line][: at.character]) if at.line < len(lines) else ""


def replacing_word(
    context: CompletionContext, item: types.CompletionItem, marks: str = ""
) -> types.CompletionItem:
    """Let an item replace the word before the cursor, hyphens and all, and nothing else.

    ``marks`` part words, beside blanks, commas and brackets.

    Breaks if the server no longer sends the edit of an item as it stands.
    """
    from lsprotocol import types

    word = re.search(rf"[^\s,;`<>{{}}(){re.escape(marks)}]*$", before_cursor(context))
    start = context.position.character - (len(word[0]) if word else 0)
    span = types.Range(types.Position(context.position.line, start), context.position)
    item.text_edit = types.TextEdit(span, item.insert_text or item.label)
    return item
