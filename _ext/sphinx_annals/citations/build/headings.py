"""Citations in headings: the contents and other copies of a title get the final text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from sphinx_annals.fences.sphinx import copies_of_titles, rename_sections
from sphinx_annals.text import Citation

Texts = Callable[[str, tuple[Citation, ...], str], str]
"""The text of a citation by its role, its targets and its document."""


def mark(document: nodes.document, docname: str, text_of: Texts) -> bool:
    """Give citations in headings a text and a mark, before titles and labels are collected.

    Earlier they have none, so that the id of a section does not hang on what it cites. Tell
    whether there are any.
    """
    found = False
    for title in document.findall(nodes.title):
        for node in title.findall(addnodes.pending_xref):
            if "use" in node:
                kind = "p" if node["reftype"] == "note" else node["reftype"]
                inner = next(iter(node.findall(nodes.inline)))
                inner["citation"] = (kind, node["targets"])
                inner += nodes.Text(text_of(kind, node["targets"], docname))
                found = True
    return found


def update(env: BuildEnvironment, docnames: Iterable[str], text_of: Texts) -> str:
    """Write the final text into every copy of a heading; give a fingerprint of the texts."""
    found: list[tuple[str, str]] = []
    for docname in sorted(docnames):
        copies = copies_of_titles(env, docname)
        for node in (node for copy in copies for node in copy.findall(nodes.inline)):
            if "citation" in node:
                before, after = (
                    node.astext(),
                    text_of(node["citation"][0], node["citation"][1], docname),
                )
                found.append((docname, after))
                if after != before:
                    node.children = [nodes.Text(after)]
                    rename_sections(env, docname, before, after)
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""
