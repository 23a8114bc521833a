"""Ids in the options of directives: ``:actors: zhou-enlai (head)``, ``:part-of: first-meeting``.

The language server itself completes ids in roles, shows what `editor.objects` says of them and
finds them; this adds the same for options.
"""

from __future__ import annotations

import json
import re

from esbonio import server
from esbonio.server.features.project_manager import ProjectManager
from lsprotocol import types

from sphinx_annals.annals.editor.objects import OPTIONS
from sphinx_annals.annals.editor.options import kinds_of_options
from sphinx_annals.annals.model.project import Schema
from sphinx_annals.fences import esbonio as fence

KINDS = kinds_of_options(Schema())
OPTION = re.compile(r"^\s*:(?P<option>[\w-]+):(?P<value>.*)$")
_ID = re.compile(r"[^\s,;()]+")
Context = server.HoverContext | server.DefinitionContext | server.CompletionContext


class ObjectIds(server.LanguageFeature):
    """Hover, definition and completion for ids in options."""

    hover_trigger = server.HoverTrigger(patterns=[OPTION], languages=fence.LANGUAGES)
    definition_trigger = server.DefinitionTrigger(patterns=[OPTION], languages=fence.LANGUAGES)
    completion_trigger = server.CompletionTrigger(
        patterns=[OPTION], languages=fence.LANGUAGES, characters={" ", ","}
    )

    def __init__(self, esbonio: server.EsbonioLanguageServer, projects: ProjectManager) -> None:
        super().__init__(esbonio)
        self.projects = projects

    async def hover(self, context: server.HoverContext) -> types.Hover | None:
        """Describe the object under the cursor."""
        word = _word_at(context)
        found = await self._objects(context, word[0]) if word else []
        if not word or not found or not found[0].description:
            return None
        line, said = context.position.line, found[0].description
        span = types.Range(types.Position(line, word.start()), types.Position(line, word.end()))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), span)

    async def definition(self, context: server.DefinitionContext) -> list[types.Location]:
        """Give the place where the object under the cursor is declared."""
        word = _word_at(context)
        found = await self._objects(context, word[0]) if word else []
        places = [json.loads(item.place) for item in found if item.place]
        return [self.converter.structure(place, types.Location) for place in places]

    async def completion(self, context: server.CompletionContext) -> list[types.CompletionItem]:
        """Offer the ids of the kinds that the option takes, but no roles in brackets."""
        before = fence.before_cursor(context)
        if before.count("(") > before.count(")"):
            return []
        kind = types.CompletionItemKind.Reference
        return [
            fence.replacing_word(
                context,
                types.CompletionItem(item.id, detail=f"{item.title} ({item.kind})", kind=kind),
            )
            for item in await self._objects(context)
        ]

    async def _objects(self, context: Context, id: str = "") -> list[fence.Known]:
        option, project = context.match["option"], self.projects.get_project(context.uri)
        kinds = KINDS.get(option)
        if kinds is None:  # an option that the project declares, as its last build noted it
            kinds = await fence.noted(project, OPTIONS, option)
        return [] if kinds is None else await fence.objects(project, "annals", kinds, id)


def _word_at(context: server.HoverContext | server.DefinitionContext) -> re.Match[str] | None:
    line = context.doc.lines[context.position.line]
    for word in _ID.finditer(line, context.match.start("value")):
        if word.start() <= context.position.character <= word.end():
            return word
    return None


def esbonio_setup(esbonio: server.EsbonioLanguageServer, projects: ProjectManager) -> None:
    """Register the feature."""
    esbonio.add_feature(ObjectIds(esbonio, projects))
