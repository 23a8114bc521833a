"""Citations in headings: the contents and other copies of a title get the final text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sphinx_annals.citations.entry.richtext import plain

if TYPE_CHECKING:
    from sphinx_annals.citations.build.domain import CitationsDomain


def mark(env: BuildEnvironment, pending: Iterable[nodes.Element]) -> None:
    """Give citations in headings a text and a mark, before titles and labels are collected.

    Earlier they have none, so that the id of a section does not hang on what it cites.
    """
    from sphinx_annals.citations.build.domain import CitationsDomain

    domain = cast(CitationsDomain, env.domains["cite"])
    for node in pending:
        if _in_title(node):
            kind, targets = node["reftype"], node["targets"]
            text = domain.early_text(kind if kind != "note" else "p", targets)
            inner = cast("nodes.Element", node[0])
            inner["citation"] = (kind, targets)
            inner += nodes.Text(text)
            domain.data["headings"][env.current_document.docname] = True


def _in_title(node: nodes.Element) -> bool:
    parent: Any = node.parent
    while isinstance(parent, nodes.TextElement):
        if isinstance(parent, nodes.title):
            return True
        parent = parent.parent
    return False


def update(env: BuildEnvironment, domain: CitationsDomain) -> str:
    """Write the final text into every copy of a heading; return a fingerprint of the texts."""
    found: list[tuple[str, str]] = []
    for docname in sorted(domain.data.get("headings", {})):
        found.extend((docname, _fill(node, domain, docname, env)) for node in _copies(env, docname))
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""


def _copies(env: BuildEnvironment, docname: str) -> Iterator[nodes.inline]:
    for table in (env.titles, env.longtitles, env.tocs):
        root = table.get(docname)
        if root is not None:
            for node in root.findall(nodes.inline):
                if "citation" in node:
                    yield node


def _fill(node: nodes.inline, domain: CitationsDomain, docname: str,
          env: BuildEnvironment) -> str:  # fmt: skip
    kind, targets = node["citation"]
    text = plain(domain.writer.text(kind, targets, docname))
    before = node.astext()
    if text != before:
        node.children = []
        node += nodes.Text(text)
        _relabel(env, docname, before, text)
    return text


def _relabel(env: BuildEnvironment, docname: str, before: str, after: str) -> None:
    """Section labels keep a title as text: what `ref` shows for it follows."""
    labels = env.domains.standard_domain.labels
    for name, (where, anchor, title) in list(labels.items()):
        if where == docname and before and before in title:
            labels[name] = (where, anchor, title.replace(before, after))
