"""The nodes of accounts and verdicts, as they were read, from whichever document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import Element

from sphinx_annals.annals.doctree.nodes import account_note, annotation
from sphinx_annals.annals.doctree.places import notes_in
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.model.statements import Account, Standing, Verdict

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class Notes:
    """The account and verdict nodes of all documents, as they were read."""

    def __init__(
        self, env: BuildEnvironment, catalogue: Catalogue, document: nodes.document
    ) -> None:
        self._env = env
        self._catalogue = catalogue
        self._document = document
        self._found: dict[tuple[str, str, int], Element] = {}
        self._annotations: dict[tuple[str, str], Element] = {}
        self._loaded: set[str] = set()
        self.present = notes_in(document)
        self._gather(self.present)

    def annotation(self, record: Record) -> Element:
        """Give the node of an annotated object as it was read, from any document."""
        key = (record.docname, record.anchor)
        if not self._annotations:
            self._note_annotations(self._document)
        if key not in self._annotations:
            self._note_annotations(self._env.get_doctree(record.docname))
        return self._annotations.get(key) or nodes.Element()

    def _note_annotations(self, document: nodes.document) -> None:
        for node in document.findall(annotation):
            self._annotations.setdefault((node["docname"], node["ids"][0]), node)

    def _gather(self, found: list[Element]) -> None:
        for node in found:
            key = (node["docname"], type(node).__name__, node["index"])
            self._found.setdefault(key, node)
            self._loaded.add(node["docname"])

    def of(self, note: Account | Verdict) -> tuple[Element, Standing]:
        """Give a copy of the node of a note in any document, and where it stands."""
        stated = self._catalogue.in_document(note.docname)
        kind, index = self._catalogue.place_of(note)
        if note.docname not in self._loaded:
            self._gather(notes_in(self._env.get_doctree(note.docname)))
            self._loaded.add(note.docname)
        node = self._found.get((note.docname, kind, index)) or nodes.Element()
        standing = stated.standing.get((kind, index)) or Standing("", note.docname)
        return node.deepcopy(), standing


def is_account(node: Element) -> bool:
    """Tell accounts from verdicts."""
    return isinstance(node, account_note)
