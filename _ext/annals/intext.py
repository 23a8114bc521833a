"""Finds what running text cites, whichever extension does the citing."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.nodes import get_node_line

from .directives.base import SOURCES
from .model import Citation
from .nodes import annotation
from .notes import InText
from .options import citations

_DOMAINS = frozenset({"cite", "footcite"})


def citations_in(docname: str, document: nodes.document) -> Iterator[InText]:
    """Give the citations of a document but those of ``:sources:``, which records keep.

    Both sphinxcontrib-bibtex and layers over it leave pending references of the domains
    ``cite`` and ``footcite`` whose target is the role's text.
    """
    for node in document.findall(pending_xref):
        if node.get("refdomain") in _DOMAINS and not _of_sources(node):
            for citation in _read(node["reftarget"]):
                yield InText(citation, docname, _line(node), _within(node))


def _of_sources(node: nodes.Node) -> bool:
    parent = node.parent
    return parent is not None and SOURCES in parent.get("classes", ())


def _within(node: nodes.Node) -> str:
    parent = node.parent
    while parent is not None and not isinstance(parent, annotation):
        parent = parent.parent
    return str(parent["record"]) if parent is not None else ""


def _line(node: nodes.Element) -> int:
    try:
        return get_node_line(node)
    except ValueError:
        return 1


def _read(text: str) -> tuple[Citation, ...]:
    try:
        return citations(text)
    except ValueError:  # reported by the role
        return ()
