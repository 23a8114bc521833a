"""Citations in headings: the contents and other copies of a title get the final text."""

import hashlib
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from sphinx_annals.citations.build.intext import Writer
from sphinx_annals.fences.sphinx import copies_of_titles, rename_sections


def mark(document: nodes.document, docname: str, writer: Writer) -> None:
    """Give citations in headings a text and a mark, before titles and labels are collected.

    Earlier they have none, so that the id of a section does not hang on what it cites.
    """
    for title in document.findall(nodes.title):
        for node in title.findall(addnodes.pending_xref):
            if "use" in node:
                kind = "p" if node["reftype"] == "note" else node["reftype"]
                inner = next(node.findall(nodes.inline))
                inner["citation"] = (kind, node["targets"], docname)
                inner += nodes.Text(writer.group(*inner["citation"]).astext())


def update(env: BuildEnvironment, docnames: Iterable[str], writer: Writer) -> str:
    """Write the final text into every copy of a heading; give a fingerprint of the texts."""
    found: list[tuple[str, str]] = []
    for docname in sorted(docnames):
        copies = copies_of_titles(env, docname)
        for node in (node for copy in copies for node in copy.findall(nodes.inline)):
            if "citation" in node:
                before, after = node.astext(), writer.group(*node["citation"]).astext()
                found.append((docname, after))
                if after != before:
                    node.children = [nodes.Text(after)]
                    rename_sections(env, docname, before, after)
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""
