"""Citation keys in the language server esbonio, while writing.

Use: ``python -m esbonio server --include sphinx_annals.citations.editor``.

Hover shows the formatted reference, go to definition opens the .bib file at the entry, for every
key of a role, of a list of sources and of an account. Completion adds the places that esbonio
does not know, and makes an accepted item replace the word under the cursor alone.

Needs no build: the .bib files are read again whenever they change.
"""

import re
from pathlib import Path
from typing import Any

from esbonio import server
from lsprotocol import types

from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.scan import Cite, Project, open_project
from sphinx_annals.citations.style import short_names, year_label
from sphinx_annals.citations.style.csl import SheetError
from sphinx_annals.fences import esbonio as fence
from sphinx_annals.sources import ProjectError
from sphinx_annals.text import literal

# What esbonio does not complete: options, arguments, and roles outside the domain `cite`.
COMPLETED = re.compile(
    r"""^\s*:(?:sources|derives-from):(?P<sources>.*)$
      | ^[\s>]*[`:~]{3,}\{(?:[\w-]+:)?account\}(?P<argument>.*)$
      | ^\s*\.\.[ ](?:[\w-]+:)?account::(?P<rest>.*)$
      | (?<![\w@/.`\\:^-])@\{?(?P<at>[\w:.\#$%&+?<>~/-]*)
      | [{:](?:cite|footcite(?::\w+)?)[}:]`(?P<role>[^`]*)`?""",
    re.VERBOSE,
)
ANYWHERE = [re.compile(r".*")]


class CitationKeys(server.LanguageFeature):
    """Hover, definition and completion for citation keys."""

    hover_trigger = server.HoverTrigger(patterns=ANYWHERE, languages=fence.LANGUAGES)
    definition_trigger = server.DefinitionTrigger(patterns=ANYWHERE, languages=fence.LANGUAGES)
    completion_trigger = server.CompletionTrigger(
        patterns=[COMPLETED], languages=fence.LANGUAGES, characters={"`", " ", ",", "@"}
    )

    def __init__(self, esbonio: server.EsbonioLanguageServer) -> None:
        super().__init__(esbonio)
        self._projects: dict[Path, tuple[object, Project]] = {}

    def hover(self, context: server.HoverContext) -> types.Hover | None:
        """Give the reference of the key under the cursor."""
        found = self._key_at(context)
        if found is None:
            return None
        project, entry, cite = found
        shown = "\n\n".join(literal(form) for form in self._forms(project, entry, cite.locator))
        where = f"{literal(Path(entry.path).name)}:{entry.line}"
        text = f"{shown}\n\n{literal(entry.key)} ({where})"
        start = types.Position(cite.line - 1, cite.column)
        end = types.Position(cite.line - 1, cite.column + len(cite.key))
        codec = context.doc.position_codec
        return types.Hover(
            types.MarkupContent(types.MarkupKind.Markdown, text),
            codec.range_to_client_units(context.doc.lines, types.Range(start, end)),
        )

    def _forms(self, project: Project, entry: Entry, locator: str) -> list[str]:
        """Give the work as a list and as the text or a note of this project shows it."""
        try:
            found = project.formatted([entry], locator)[entry.key]
        except (SheetError, ModuleNotFoundError) as error:
            self.logger.warning("citations: %s", error)
            return [project.reference(entry)]
        return list(found.values())[:2]

    def definition(self, context: server.DefinitionContext) -> list[types.Location] | None:
        """Give the line of the .bib file that opens the entry."""
        found = self._key_at(context)
        if found is None:
            return None
        _, entry, _ = found
        uri = str(server.Uri.for_file(str(Path(entry.path).resolve())))
        line = types.Position(max(entry.line - 1, 0), 0)
        return [types.Location(uri, types.Range(line, line))]

    def completion(self, context: server.CompletionContext) -> list[types.CompletionItem] | None:
        """Give all keys, where the cursor is not inside a locator."""
        project = self._project(context.uri)
        match = context.match
        start = match.start(match.lastgroup or 0)  # each kind of place has one group
        at_key = match["at"] is not None
        if project is None or _in_braces(fence.before_cursor(context)[start:]):
            return None
        if at_key and not (project.at_keys and context.language != "rst"):
            return None
        found = []
        for entry in project.library.entries.values():
            year = year_label(entry)
            title = entry.text("title", "booktitle", "maintitle")
            detail = f"{short_names(entry)} {year}, {title}"
            kind = types.CompletionItemKind.Reference
            item = types.CompletionItem(entry.key, detail=detail, kind=kind)
            found.append(fence.replacing_word(context, item, "@[]" * at_key))
        return found

    def _key_at(
        self, context: server.HoverContext | server.DefinitionContext
    ) -> tuple[Project, Entry, Cite] | None:
        """Find the citation under the cursor, if it is one and its key is known."""
        lines = context.doc.lines
        at = context.doc.position_codec.position_from_client_units(lines, context.position)
        project = self._project(context.uri)
        if project is None:
            return None
        path = Path("index.rst" if context.language == "rst" else "index.md")
        for cite in project.scanned(path, "".join(lines)):
            if cite.line == at.line + 1 and 0 <= at.character - cite.column <= len(cite.key):
                entry = project.library.get(project.real_key(cite.key))
                return (project, entry, cite) if entry else None
        return None

    def _project(self, uri: server.Uri) -> Project | None:
        """Give the project of a document, read again if a file of it has changed."""
        path = Path(str(uri.fs_path))
        folder = next((p for p in path.parents if (p / "conf.py").is_file()), None)
        if folder is None:
            return None
        known = self._projects.get(folder)
        if known and known[0] == _state(folder, known[1]):
            return known[1]
        try:
            project = open_project(folder=str(folder))
            self.logger.debug("read %d entries", len(project.library.entries))
        except (ProjectError, OSError) as error:
            self.logger.warning("citations: %s", error)
            return known[1] if known else None
        self._projects[folder] = (_state(folder, project), project)
        return project


def _state(folder: Path, project: Project) -> tuple[Any, ...]:
    files = (folder / "conf.py", *project.bibfiles, *project.overlays)
    stats = [path.stat() if path.exists() else None for path in files]
    return tuple((stat.st_mtime_ns, stat.st_size) if stat else None for stat in stats)


def _in_braces(text: str) -> bool:
    return text.count("{") > text.count("}")


def render_target(
    context: server.CompletionContext, item: types.CompletionItem
) -> types.CompletionItem | None:
    """Prepare the target of a role, as esbonio's own renderer does, but for the word alone.

    Inside the braces of a citation's prefix or locator nothing is offered.
    """
    role = context.match.groupdict().get("name") or ""
    if "cite" in role and _in_braces(fence.before_cursor(context).rpartition("`")[2]):
        return None
    return fence.replacing_word(context, fence.as_role_target(item))


def esbonio_setup(esbonio: server.EsbonioLanguageServer) -> None:
    """Register the feature, and the renderer of completed role targets."""
    fence.render_targets(render_target)
    esbonio.add_feature(CitationKeys(esbonio))
