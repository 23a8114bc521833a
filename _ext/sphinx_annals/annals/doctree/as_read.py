"""The nodes of accounts and verdicts, as they were read, from whichever document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import Element

from sphinx_annals.annals.doctree.nodes import annotation
from sphinx_annals.annals.doctree.places import statements_in
from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.model.statements import Statement

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class AsRead:
    """The nodes of statements and annotations in all documents, as they were read."""

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        self._env = env
        self._document = document
        self._statements: dict[tuple[str, str], Element] = {}
        self._annotations: dict[tuple[str, str], Element] = {}
        self._loaded: set[str] = set()
        self.present = statements_in(document)
        self._gather(self.present)

    def annotation(self, record: Record) -> Element:
        """Give the node of an annotated object, from any document."""
        key = (record.docname, record.anchor)
        if not self._annotations:
            self._note_annotations(self._document)
        if key not in self._annotations:
            self._note_annotations(self._env.get_doctree(record.docname))
        return self._annotations.get(key) or nodes.Element()

    def _note_annotations(self, document: nodes.document) -> None:
        for node in document.findall(annotation):
            self._annotations.setdefault((node["docname"], node["ids"][0]), node)

    def statement(self, said: Statement) -> Element:
        """Give a copy of the node of an account or a verdict, from any document."""
        if said.docname not in self._loaded:
            self._gather(statements_in(self._env.get_doctree(said.docname)))
            self._loaded.add(said.docname)
        return (self._statements.get((said.docname, said.key)) or nodes.Element()).deepcopy()

    def _gather(self, found: list[Element]) -> None:
        for node in found:
            self._statements.setdefault((node["docname"], node["key"]), node)
            self._loaded.add(node["docname"])
