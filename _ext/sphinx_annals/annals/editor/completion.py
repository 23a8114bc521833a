"""Ids in the options of directives: ``:actors: zhou-enlai (head)``, ``:part-of: first-meeting``.

The language server itself completes ids in roles, shows what `editor.objects` says of them and
finds them; this adds the same for options.
"""

import json
import re

from esbonio import server
from esbonio.server.features.project_manager import ProjectManager
from lsprotocol import types

from sphinx_annals.annals.editor.objects import OPTIONS
from sphinx_annals.fences import esbonio as fence

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
        for item in await self._objects(context, word[0]) if word else ():
            if word and item.description:
                said = types.MarkupContent(types.MarkupKind.Markdown, item.description)
                start, end = (types.Position(context.position.line, at) for at in word.span())
                return types.Hover(said, types.Range(start, end))
        return None

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
        project = self.projects.get_project(context.uri)
        kinds = await fence.noted(project, OPTIONS, context.match["option"])
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
