"""Which sections mention which objects, and in which order a reader comes to them."""

from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_annals.annals.doctree.nodes import annotation
from sphinx_annals.annals.doctree.places import section_of
from sphinx_annals.annals.model import ACTORS, Kind, Mention, Record

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
