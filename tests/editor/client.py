"""A small editor: starts the language server as a user's editor does, and asks it things."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

TIMEOUT = 90.0
LANGUAGES = {".md": "markdown", ".rst": "restructuredtext"}


class Editor:
    """A client with a project open; use it as an async context manager."""

    def __init__(self, server: Path, project: Path) -> None:
        self.server = server
        self.project = project
        self.client = LanguageClient("test-editor", "1")
        self.diagnostics: dict[str, list[types.Diagnostic]] = {}
        self.published = asyncio.Event()
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.log: list[str] = []

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.diagnostics[params.uri] = list(params.diagnostics)
            self.published.set()

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def log(params: types.LogMessageParams) -> None:
            self.log.append(params.message)

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def show(params: types.ShowMessageParams) -> None:
            self.log.append(params.message)

        @self.client.feature(types.WORKSPACE_CONFIGURATION)
        def configuration(params: types.ConfigurationParams) -> list[Any]:
            return [{} for _ in params.items]

        @self.client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def progress(params: types.WorkDoneProgressCreateParams) -> None:
            return None

        for name in ("clientCreated", "appCreated", "clientErrored", "clientDestroyed"):
            self.client.feature(f"sphinx/{name}")(partial(self._sphinx, name))

    def _sphinx(self, name: str, params: Any) -> None:
        self.log.append(f"{name} {params}")
        self.published.set()

    def ready(self) -> bool:
        """Tell whether Sphinx has started."""
        return any(line.startswith("appCreated") for line in self.log)

    async def __aenter__(self) -> Editor:
        await self.client.start_io(sys.executable, str(self.server))
        uri = self.project.as_uri()
        await self._soon(
            self.client.initialize_async(
                types.InitializeParams(
                    capabilities=types.ClientCapabilities(
                        text_document=types.TextDocumentClientCapabilities(
                            hover=types.HoverClientCapabilities(
                                content_format=[types.MarkupKind.Markdown]
                            )
                        )
                    ),
                    process_id=None,
                    root_uri=uri,
                    workspace_folders=[types.WorkspaceFolder(uri, self.project.name)],
                )
            )
        )
        self.client.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_error: object) -> None:
        try:
            await asyncio.wait_for(self.client.shutdown_async(None), 10)
            self.client.exit(None)
            await asyncio.wait_for(self.client.stop(), 10)
        except (TimeoutError, asyncio.CancelledError, RuntimeError):
            process = self.client._server
            if process is not None and process.returncode is None:
                process.kill()

    async def _soon(self, awaitable: Any) -> Any:
        return await asyncio.wait_for(awaitable, TIMEOUT)

    def uri(self, name: str) -> str:
        return (self.project / name).resolve().as_uri()

    def open(self, name: str) -> None:
        """Open a document as it is on disk."""
        path = self.project / name
        self.texts[name] = path.read_text()
        self.versions[name] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(self.uri(name), LANGUAGES[path.suffix], 1, self.texts[name])
            )
        )

    def type_line(self, name: str, line: str) -> types.Position:
        """Add text at the end of the document, and leave the cursor where it has a “|”."""
        before, _, after = line.partition("|")
        start = self.texts[name] + before
        self.texts[name] = start + after + "\n"
        self.versions[name] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(self.texts[name])],
            )
        )
        return types.Position(start.count("\n"), len(start) - start.rfind("\n") - 1)

    def save(self, name: str) -> None:
        """Write the document to disk, and say so."""
        (self.project / name).write_text(self.texts[name])
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        )

    async def wait_for(self, done: Any) -> None:
        """Wait until diagnostics have come with which `done()` is true."""
        deadline = asyncio.get_running_loop().time() + TIMEOUT
        while not done():
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, "the language server did not answer:\n" + "\n".join(self.log[-40:])
            self.published.clear()
            try:
                await asyncio.wait_for(self.published.wait(), min(left, 5))
            except TimeoutError:
                continue

    async def wait_for_build(self, name: str) -> None:
        """Wait until a build has told the server which events there are."""
        deadline = asyncio.get_running_loop().time() + TIMEOUT
        while not await self.complete(name, "{event}`|`"):
            assert asyncio.get_running_loop().time() < deadline, "\n".join(self.log[-40:])
            await asyncio.sleep(0.5)

    async def complete(self, name: str, line: str) -> dict[str, types.CompletionItem]:
        """Type a line, and return what is offered at its “|”, by label."""
        position = self.type_line(name, line)
        found = await self._soon(
            self.client.text_document_completion_async(
                types.CompletionParams(types.TextDocumentIdentifier(self.uri(name)), position)
            )
        )
        items = found.items if isinstance(found, types.CompletionList) else found or []
        return {item.label: item for item in items}

    def accepted(self, name: str, item: types.CompletionItem) -> str:
        """Return the last line as it would be with an item accepted."""
        edit = item.text_edit
        assert isinstance(edit, types.TextEdit)
        line = self.texts[name].split("\n")[edit.range.start.line]
        return line[: edit.range.start.character] + edit.new_text + line[edit.range.end.character :]

    async def hover(self, name: str, line: str) -> str:
        """Type a line, and return what the hover at its “|” says."""
        position = self.type_line(name, line)
        found = await self._soon(
            self.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(self.uri(name)), position)
            )
        )
        return found.contents.value if found else ""

    async def definition(self, name: str, line: str) -> list[tuple[str, int]]:
        """Type a line, and return files and lines that go to definition gives at its “|”."""
        position = self.type_line(name, line)
        found = await self._soon(
            self.client.text_document_definition_async(
                types.DefinitionParams(types.TextDocumentIdentifier(self.uri(name)), position)
            )
        )
        return [(Path(place.uri).name, place.range.start.line + 1) for place in found or []]
