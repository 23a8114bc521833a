"""What a document refers to: the objects that its sections mention, and the works it cites,
whichever extension does the citing.
"""

from collections.abc import Iterable, Iterator, Mapping

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
from sphinx_annals.annals.doctree.places import annotation_around, section_of
from sphinx_annals.annals.model import ACTORS, InText, Kind, Mention, Record
from sphinx_annals.interfaces import CITING_DOMAINS
from sphinx_annals.text import Citation, parse_citations

_TAKING_PART = (*ACTORS, Kind.PLACE)
"""Kinds of objects that are as much in the story as those of which its prose speaks."""


def mentions_in(
    docname: str, document: nodes.document, records: Iterable[Record]
) -> Iterator[Mention]:
    """Give the mentions in a document, by its prose or by what its ``records`` state, each
    object once for a section.
    """
    stated = {record.anchor: record for record in records}
    seen = set()
    for node in document.findall(lambda n: isinstance(n, pending_xref | annotation)):
        targets = list(_targets(node, stated))
        anchor, title = section_of(node) if targets else ("", "")
        for target in targets:
            if (target, anchor) not in seen:
                seen.add((target, anchor))
                yield Mention(target, docname, anchor, title or docname)


def _targets(node: nodes.Node, stated: Mapping[str, Record]) -> Iterator[str]:
    if isinstance(node, annotation):
        for _, id, kind in stated[node["ids"][0]].references:
            if kind in _TAKING_PART:
                yield id
    elif isinstance(node, pending_xref) and node.get("refdomain") == "annals":
        yield node["reftarget"]


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
