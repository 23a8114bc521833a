"""The text of each annotation's body, as a reader sees it: references by name, citations set.

Taken from the resolved doctrees as they pass by. What an unchanged page said is kept in the
folder of the doctrees, so that an incremental build need not resolve it again.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.doctree.nodes import (
    account_note,
    annotation,
    annotation_title,
    parallel_text,
    verdict_note,
)
from sphinx_annals.annals.domain import catalogue_of
from sphinx_annals.annals.model import Record, Verdict
from sphinx_annals.annals.output import write_output

_APART = (
    annotation,
    annotation_title,
    parallel_text,
    account_note,
    verdict_note,
    nodes.system_message,
    nodes.footnote,
    nodes.Invisible,
    nodes.raw,
)
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

    def __init__(self, builder: Builder) -> None:
        self.builder, self.env = builder, builder.env
        self.changed = False
        self._path = Path(builder.doctreedir) / f"annals-{builder.name}.json"
        known = self._known()
        self._documents: dict[str, dict[str, Any]] = known["documents"]
        self.files: list[str] = known["files"]
        self.made_from: str = known["made_from"]

    def _known(self) -> dict[str, Any]:
        """Read what the last build of this builder knew; what cannot be read is forgotten."""
        try:
            known: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            if known["version"] == _VERSION:
                return known
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {"documents": {}, "files": [], "made_from": ""}

    def save(self) -> None:
        """Keep what is known for the next build."""
        found = sorted(self._documents.keys() & self.env.found_docs)
        known = {
            "version": _VERSION,
            "documents": {name: self._documents[name] for name in found},
            "files": self.files,
            "made_from": self.made_from,
        }
        write_output(self._path, json.dumps(known, ensure_ascii=False))

    def collect(self, doctree: nodes.document, docname: str) -> None:
        """Take the texts of a resolved document."""
        self.changed = True
        stated = catalogue_of(self.env).in_document(docname)
        self._documents[docname] = {
            "read": read_at(self.builder, docname),
            "texts": texts_in(doctree) if stated.records else {},
            "reasons": reasons_in(doctree) if stated.verdicts else {},
        }

    def stale(self) -> list[str]:
        """Give the documents with annotations whose texts are not those of this build."""
        return [
            docname
            for docname in sorted(self.env.found_docs)
            if _states(self.env, docname)
            and self._documents.get(docname, {}).get("read") != read_at(self.builder, docname)
        ]

    def complete(self) -> None:
        """Resolve the pages with annotations or verdicts that did not pass by."""
        for docname in self.stale():
            resolve(self.env, docname)

    def by_id(self) -> dict[str, str]:
        """Give the texts of all annotations by id."""
        records = catalogue_of(self.env).records
        return {record.id: self._text("texts", record) for record in records}

    def reasons(self) -> dict[Verdict, str]:
        """Give the texts of all verdicts."""
        verdicts = catalogue_of(self.env).verdicts
        return {verdict: text for verdict in verdicts if (text := self._text("reasons", verdict))}

    def _text(self, kind: str, of: Record | Verdict) -> str:
        text: str = self._documents.get(of.docname, {}).get(kind, {}).get(of.anchor, "")
        return text


def _states(env: BuildEnvironment, docname: str) -> bool:
    stated = catalogue_of(env).in_document(docname)
    return bool(stated.records or stated.verdicts)


def resolve(env: BuildEnvironment, docname: str) -> None:
    """Let the resolved doctree of a document pass by, if it states something."""
    if _states(env, docname):
        env.apply_post_transforms(env.get_doctree(docname), docname)


def read_at(builder: Builder, docname: str) -> int:
    """Tell when a document was last read: its doctree's time in nanoseconds."""
    try:
        return (Path(builder.doctreedir) / f"{docname}.doctree").stat().st_mtime_ns
    except OSError:
        return 0
