"""A module for the language server esbonio: ids in the options of directives.

esbonio itself completes ids in roles, shows what `editor.objects` says of them and finds them.
This adds the same for options (`:actors: zhou-enlai (head)`, `:part-of: first-meeting`).
Use: `python -m esbonio server --include sphinx_annals.annals.editor.completion`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from esbonio import server
from esbonio.server.features.project_manager import ProjectManager
from lsprotocol import types

from sphinx_annals.annals.editor.objects import OWN_OPTIONS
from sphinx_annals.annals.editor.options import kinds_of_options
from sphinx_annals.annals.model.project import Schema

KINDS = kinds_of_options(Schema())
OPTION = re.compile(r"^\s*:(?P<option>[\w-]+):(?P<value>.*)$")
_ID = re.compile(r"[^\s,;()]+")
LANGUAGES = {"markdown", "rst"}
Context = server.HoverContext | server.DefinitionContext | server.CompletionContext
Row = tuple[str, str, str, str | None, str | None]


class ObjectIds(server.LanguageFeature):
    """Hover, definition and completion for ids in options."""

    hover_trigger = server.HoverTrigger(patterns=[OPTION], languages=LANGUAGES)
    definition_trigger = server.DefinitionTrigger(patterns=[OPTION], languages=LANGUAGES)
    completion_trigger = server.CompletionTrigger(
        patterns=[OPTION], languages=LANGUAGES, characters={" ", ","}
    )

    def __init__(self, esbonio: server.EsbonioLanguageServer, projects: ProjectManager) -> None:
        super().__init__(esbonio)
        self.projects = projects

    async def hover(self, context: server.HoverContext) -> types.Hover | None:
        """Describe the object under the cursor."""
        word = _word_at(context)
        rows = await self._objects(context, word[0]) if word else []
        if not word or not rows or not rows[0][3]:
            return None
        line = context.position.line
        span = types.Range(types.Position(line, word.start()), types.Position(line, word.end()))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, rows[0][3]), span)

    async def definition(self, context: server.DefinitionContext) -> list[types.Location]:
        """Give the place where the object under the cursor is declared."""
        word = _word_at(context)
        rows = await self._objects(context, word[0]) if word else []
        places = [json.loads(row[4]) for row in rows if row[4]]
        return [self.converter.structure(place, types.Location) for place in places]

    async def completion(self, context: server.CompletionContext) -> list[types.CompletionItem]:
        """Offer the ids of the kinds that the option takes."""
        line = context.doc.lines[context.position.line]
        before = line[: context.position.character]
        if before.count("(") > before.count(")"):
            return []
        typed = re.search(r"[^\s,;()]*$", before)
        start = types.Position(context.position.line, typed.start() if typed else len(before))
        span = types.Range(start, context.position)
        return [
            types.CompletionItem(
                label=name,
                detail=f"{title} ({kind})",
                kind=types.CompletionItemKind.Reference,
                text_edit=types.TextEdit(span, name),
            )
            for name, title, kind, *_ in await self._objects(context)
        ]

    async def _objects(self, context: Context, name: str = "") -> list[Row]:
        project = self.projects.get_project(context.uri)
        if project is None:
            return []
        database = await project.get_db()
        option = context.match["option"]
        kinds = KINDS.get(option)
        if kinds is None:
            kinds = await _own_kinds(database, option)
            if kinds is None:
                return []
        query = (
            "SELECT name, display, objtype, description, location FROM objects"
            " WHERE domain = 'annals' AND project IS NULL"
        )
        if kinds:
            query += f" AND objtype IN ({', '.join('?' * len(kinds))})"
        if name:
            query += " AND name = ?"
        cursor = await database.execute(query, (*kinds, *([name] if name else [])))
        return [tuple(row) for row in await cursor.fetchall()]


async def _own_kinds(database: Any, option: str) -> tuple[str, ...] | None:
    """Give the kinds that an option of the project itself takes, as its last build noted them."""
    there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?"
    if not await (await database.execute(there, (OWN_OPTIONS,))).fetchone():
        return None
    query = f"SELECT kinds FROM {OWN_OPTIONS} WHERE option = ?"
    row = await (await database.execute(query, (option,))).fetchone()
    return tuple(json.loads(row[0])) if row else None


def _word_at(context: server.HoverContext | server.DefinitionContext) -> re.Match[str] | None:
    line = context.doc.lines[context.position.line]
    for word in _ID.finditer(line, context.match.start("value")):
        if word.start() <= context.position.character <= word.end():
            return word
    return None


def esbonio_setup(esbonio: server.EsbonioLanguageServer, projects: ProjectManager) -> None:
    """Register the feature."""
    esbonio.add_feature(ObjectIds(esbonio, projects))
