"""The text of each annotation's body, as a reader sees it: references by name, citations set.

Taken from the resolved doctrees as they pass by. What an unchanged page said is kept in the
folder of the doctrees, so that an incremental build need not resolve it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_annals.annals.checks.builder import catalogue_of, write_if_changed
from sphinx_annals.annals.doctree.nodes import (
    account_note,
    annotation,
    annotation_title,
    parallel_text,
    verdict_note,
)
from sphinx_annals.annals.model.statements import Verdict

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_APART = (annotation, annotation_title, parallel_text, account_note, verdict_note,
          nodes.system_message, nodes.footnote, nodes.Invisible, nodes.raw)  # fmt: skip
_SILENT = (
    nodes.footnote_reference,
    nodes.system_message,
    nodes.raw,
    nodes.image,
    nodes.problematic,
)
_VERSION = 3


def texts_in(document: nodes.document) -> dict[str, str]:
    """Give the text of each annotation of a document by anchor, paragraphs a blank line apart."""
    return {
        node["ids"][0]: "\n\n".join(_blocks(node))
        for node in document.findall(annotation)
        if node["ids"]
    }


def reasons_in(document: nodes.document) -> dict[str, str]:
    """Give the text of each verdict that stands in a document by its anchor."""
    found: dict[str, list[str]] = {}
    for comparison in document.findall(_is_comparison):
        anchor = ""
        for block in comparison.children:
            if not isinstance(block, nodes.Element) or isinstance(block, nodes.table):
                continue
            target = next((t for t in block.findall(nodes.target) if t["ids"]), None)
            anchor = target["ids"][0] if target else anchor
            head = next(iter(block.findall(nodes.strong)), None) if target else None
            text = " ".join(_words(block).split())
            found.setdefault(anchor, []).append(text.removeprefix(head.astext() if head else ""))
    return {anchor: "\n\n".join(blocks).strip() for anchor, blocks in found.items() if anchor}


def _is_comparison(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "annals-comparison" in node["classes"]


def _blocks(node: nodes.Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, _APART) or not isinstance(child, nodes.Element):
            continue
        classes: list[str] = child.get("classes", [])
        if any(name.startswith("annals") for name in classes):
            continue
        if isinstance(child, nodes.TextElement):
            text = " ".join(_words(child).split())
            if text:
                yield text
        elif isinstance(child, nodes.list_item):
            yield "- " + " ".join(_blocks(child))
        else:
            yield from _blocks(child)


def _words(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _SILENT):
        return ""
    return "".join(_words(child) for child in node.children)


class Bodies:
    """Gathers the texts of one build.

    ``files`` are those that the last export wrote, ``made_from`` says from what.
    """

    def __init__(self) -> None:
        self._documents: dict[str, dict[str, Any]] = {}
        self._loaded: Path | None = None
        self.files: list[str] = []
        self.made_from = ""
        self.changed = False

    def load(self, builder: Builder) -> None:
        """Read what the last build of this builder knew; what cannot be read is forgotten."""
        path = Path(builder.doctreedir) / f"annals-{builder.name}.json"
        if self._loaded == path:
            return
        self._loaded, self._documents, self.files, self.made_from = path, {}, [], ""
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
            if known["version"] == _VERSION:
                self._documents, self.files = known["documents"], known["files"]
                self.made_from = known["made_from"]
        except (OSError, ValueError, KeyError, TypeError):
            return

    def save(self, app: Sphinx) -> None:
        """Keep what is known for the next build."""
        found = app.env.found_docs
        documents = {name: self._documents[name] for name in sorted(self._documents.keys() & found)}
        known = {"version": _VERSION, "documents": documents, "files": self.files,
                 "made_from": self.made_from}  # fmt: skip
        if self._loaded:
            write_if_changed(self._loaded, json.dumps(known, ensure_ascii=False))

    def collect(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Take the texts of a resolved document (``doctree-resolved``)."""
        self.load(app.builder)
        self.changed = True
        stated = catalogue_of(app.env).in_document(docname)
        self._documents[docname] = {
            "read": read_at(app.builder, docname),
            "texts": texts_in(doctree) if stated.records else {},
            "reasons": reasons_in(doctree) if stated.verdicts else {},
        }

    def stale(self, app: Sphinx) -> list[str]:
        """Give the documents with annotations whose texts are not those of this build."""
        self.load(app.builder)
        return [
            docname
            for docname in sorted(app.env.found_docs)
            if states(app, docname)
            and self._documents.get(docname, {}).get("read") != read_at(app.builder, docname)
        ]

    def complete(self, app: Sphinx) -> None:
        """Resolve the pages with annotations or verdicts that did not pass by."""
        for docname in self.stale(app):
            app.env.apply_post_transforms(app.env.get_doctree(docname), docname)

    def by_id(self, app: Sphinx) -> dict[str, str]:
        """Give the texts of all annotations by id."""
        found = {}
        for record in catalogue_of(app.env).records:
            texts = self._documents.get(record.docname, {}).get("texts", {})
            found[record.id] = texts.get(record.anchor, "")
        return found

    def reasons(self, app: Sphinx) -> dict[Verdict, str]:
        """Give the texts of all verdicts."""
        found = {}
        for docname, known in self._documents.items():
            stated = catalogue_of(app.env).in_document(docname)
            for verdict in stated.verdicts:
                text = known["reasons"].get(verdict.anchor)
                if text:
                    found[verdict] = text
        return found


def states(app: Sphinx, docname: str) -> bool:
    """Tell whether a document has texts that exports need."""
    stated = catalogue_of(app.env).in_document(docname)
    return bool(stated.records or stated.verdicts)


def read_at(builder: Builder, docname: str) -> int:
    """Tell when a document was last read: its doctree's time in nanoseconds."""
    try:
        return (Path(builder.doctreedir) / f"{docname}.doctree").stat().st_mtime_ns
    except OSError:
        return 0
