"""The text of each annotation's body, as a reader sees it: references by name, citations set.

Taken from the resolved doctrees as they pass by. What an unchanged page said is kept in the
folder of the doctrees, so that an incremental build need not resolve it again.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.doctree import body_of, holder_of
from sphinx_annals.annals.doctree import nodes as own
from sphinx_annals.annals.domain import catalogue_of, domain_of
from sphinx_annals.annals.model import Verdict
from sphinx_annals.annals.views import Corpus
from sphinx_annals.builders import write_output
from sphinx_annals.walking import each

_OURS = own.annotation, own.annotation_title, own.parallel_text, own.account_note, own.verdict_note
_APART = (*_OURS, own.held, nodes.system_message, nodes.footnote, nodes.Invisible, nodes.raw)
_NOT_SAID = nodes.system_message, nodes.raw, nodes.image, nodes.problematic
_SILENT = (nodes.footnote_reference, *_NOT_SAID)
_HEAD = "annals-head"
_VERSION = 7


def texts_in(document: nodes.document) -> dict[str, str]:
    """Give the text of each annotation of a document by anchor, paragraphs a blank line apart."""
    found: dict[str, str] = {}
    texts: dict[nodes.Node, str] = {}  # by what holds it, which many can share
    for node in each(document, own.annotation):
        if node["ids"]:
            holder = holder_of(node)
            if holder not in texts:
                texts[holder] = "\n\n".join(_blocks(body_of(node)))
            found[node["ids"][0]] = texts[holder]
    return found


def reasons_in(document: nodes.document) -> dict[str, str]:
    """Give the text of each verdict that is shown in a document, by its key."""
    found: dict[str, str] = {}
    for node in each(document, nodes.Element):
        if "verdict" not in node:
            continue
        blocks = [node] if isinstance(node, nodes.inline) else node.children
        texts = (" ".join(_words(block).split()) for block in blocks)
        found[node["verdict"]] = "\n\n".join(text for text in texts if text)
    return found


def _blocks(children: Iterable[nodes.Node]) -> Iterator[str]:
    for child in children:
        if isinstance(child, _APART) or not isinstance(child, nodes.Element):
            continue
        if any(name.startswith("annals") for name in child["classes"]):
            continue
        if isinstance(child, nodes.TextElement):
            if text := " ".join(_words(child).split()):
                yield text
        elif isinstance(child, nodes.list_item):
            yield "- " + " ".join(_blocks(child.children))
        else:
            yield from _blocks(child.children)


def _words(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _SILENT) or (isinstance(node, nodes.inline) and _HEAD in node["classes"]):
        return ""
    return "".join(_words(child) for child in node.children)


class Bodies:
    """Gathers the texts of one build, from what the last of the same builder knew.

    ``files`` are those that the last export wrote, ``made_from`` says from what.
    """

    def __init__(self, builder: Builder) -> None:
        self.env, self.changed = builder.env, False
        self._path = Path(builder.doctreedir) / f"annals-{builder.name}.json"
        self._documents: dict[str, dict[str, Any]] = {}
        self.files: list[str] = []
        self.made_from = ""
        with suppress(OSError, ValueError, TypeError):  # what cannot be read is forgotten
            version, *known = json.loads(self._path.read_text(encoding="utf-8"))
            if version == _VERSION:
                self._documents, self.files, self.made_from = known

    def save(self) -> None:
        """Keep what is known for the next build."""
        found = sorted(self._documents.keys() & self.env.found_docs)
        documents = {name: self._documents[name] for name in found}
        known = _VERSION, documents, self.files, self.made_from
        write_output(self._path, json.dumps(known, ensure_ascii=False))

    def collect(self, doctree: nodes.document, docname: str) -> None:
        """Take the texts of a resolved document."""
        self.changed = True
        stated = catalogue_of(self.env).in_document(docname)
        self._documents[docname] = {
            "read": self.env.all_docs.get(docname),
            "texts": texts_in(doctree) if stated.records else {},
            "reasons": reasons_in(doctree) if stated.statements or stated.views else {},
        }

    def stale(self) -> list[str]:
        """Give the documents with annotations whose texts are not those of this build."""
        borrowing = _borrowing(self.env)
        return [
            docname
            for docname in sorted(self.env.found_docs)
            if docname in borrowing
            or (
                _states(self.env, docname)
                and self._documents.get(docname, {}).get("read") != self.env.all_docs.get(docname)
            )
        ]

    def complete(self) -> None:
        """Resolve the pages with annotations or verdicts that did not pass by."""
        resolve(self.env, self.stale())

    def texts(self) -> tuple[dict[str, str], dict[Verdict, str]]:
        """Give the texts of all annotations by id, and those of all verdicts."""

        def text(kind: str, docname: str, key: str) -> str:
            found: str = self._documents.get(docname, {}).get(kind, {}).get(key, "")
            return found

        corpus = domain_of(self.env).derived(Corpus)
        records = corpus.catalogue.records
        bodies = {record.id: text("texts", record.docname, record.anchor) for record in records}
        reasons = {
            verdict: text("reasons", corpus.document_of(point), verdict.key)
            for point in corpus.criticism.all()
            for verdict in point.verdicts
        }
        return bodies, {verdict: said for verdict, said in reasons.items() if said}


def _borrowing(env: BuildEnvironment) -> set[str]:
    """Give the documents that show points of others, whose verdicts change without them."""
    corpus = domain_of(env).derived(Corpus)
    places = ((corpus.document_of(p), p.home.docname) for p in corpus.criticism.all())
    return {shown for shown, home in places if shown != home}


def _states(env: BuildEnvironment, docname: str) -> bool:
    stated = catalogue_of(env).in_document(docname)
    return bool(stated.records or stated.statements)


def resolve(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Let the resolved doctrees pass by of documents that state something or show it."""
    borrowing = _borrowing(env)
    for docname in docnames:
        if docname in borrowing or _states(env, docname):
            env.apply_post_transforms(env.get_doctree(docname), docname)
