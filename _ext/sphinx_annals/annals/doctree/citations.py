"""Finds what running text cites, whichever extension does the citing."""

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.nodes import get_node_line, traverse_parent

from sphinx_annals.annals.doctree.nodes import (
    account_note,
    annotation,
    cited_sources,
    parallel_text,
    verdict_note,
)
from sphinx_annals.annals.doctree.places import annotation_around
from sphinx_annals.annals.model import InText
from sphinx_annals.interfaces import CITING_DOMAINS
from sphinx_annals.text import Citation, parse_citations

_OF_OTHERS = (account_note, annotation, parallel_text, verdict_note)


def citations_in(docname: str, document: nodes.document) -> Iterator[InText]:
    """Give the citations of a document but those of ``:sources:``, which records keep.

    Both sphinxcontrib-bibtex and layers over it leave pending references of the domains
    ``cite`` and ``footcite`` whose target is the role's text.
    """
    for node in document.findall(pending_xref):
        if node.get("refdomain") in CITING_DOMAINS and not isinstance(node.parent, cited_sources):
            holder = annotation_around(node)
            within = holder["record"] if holder is not None else ""
            for citation in parse_citations(node["reftarget"])[0]:
                yield InText(citation, docname, _line(node), str(within))


def cited_by(body: Iterable[nodes.Node]) -> frozenset[Citation]:
    """Give what the text of an annotation cites itself, apart from what stands within it."""
    return frozenset(
        citation
        for block in body
        for node in block.findall(pending_xref)
        if node.get("refdomain") in CITING_DOMAINS and not any(traverse_parent(node, _OF_OTHERS))
        for citation in parse_citations(node["reftarget"])[0]
    )


def _line(node: nodes.Element) -> int:
    try:
        return get_node_line(node)
    except ValueError:
        return 1
