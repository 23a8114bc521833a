"""What a document holds as it was read: where its statements stand, which objects its sections
mention, and which works it cites, whichever extension does the citing.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, count
from typing import cast
from urllib.parse import unquote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.beside import annotations_around
from sphinx_annals.annals.doctree.nodes import (
    account_note,
    annotation,
    cited_sources,
    parallel_text,
    verdict_note,
)
from sphinx_annals.annals.model import ACTORS, Kind, Markup, Mention, Record, Use
from sphinx_annals.interfaces import CITING_DOMAINS
from sphinx_annals.text import Citation, parse_citations
from sphinx_annals.walking import each

_TAKING_PART = (*ACTORS, Kind.PLACE)
"""Kinds of objects that are as much in the story as those of which its prose speaks."""
_OF_OTHERS = (account_note, annotation, parallel_text, verdict_note)


def places_of_statements(document: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Say where each statement stands, by its key: its anchor, and the title of its section.

    Its key is the anchor, but where the document has an id that is the same.
    """
    taken = set(document.ids)
    for node in each(document, account_note, verdict_note):
        key = node["key"]
        anchor = next(a for a in chain([key], (f"{key}-{n}" for n in count(2))) if a not in taken)
        taken.add(anchor)
        yield key, (anchor, section_of(node)[1])


def section_of(node: nodes.Node) -> tuple[str, str]:
    """Give the anchor and the title of the section that a node stands in; empty outside any."""
    return _named(_section_around(node))


def _section_around(node: nodes.Node) -> nodes.Element | None:
    return next(iter(traverse_parent(cast("nodes.Element", node), nodes.section)), None)


def _named(section: nodes.Element | None) -> tuple[str, str]:
    if section is None:
        return "", ""
    anchor = section["ids"][0] if section["ids"] else ""
    return anchor, section[0].astext() if len(section) else ""


def title_of(env: BuildEnvironment, docname: str) -> str:
    """Give the title of a document, its name where it has none."""
    title = env.titles[docname].astext() if docname in env.titles else ""
    return docname if title in ("", _("<no title>")) else title


def markup_of(body: Iterable[nodes.Node]) -> Markup | None:
    """Give what changes when the nodes do, or what they refer to, but not when they move."""
    holder = nodes.Element("", *body)
    if not len(holder):
        return None
    bare = re.sub(r' (?:ids|key|refid|backrefs)="[^"]*"', "", holder.pformat())
    digest = hashlib.blake2b(bare.encode(), digest_size=8).hexdigest()
    targets = {
        word
        for node in holder.findall(nodes.Element)
        for target in _targets(node)
        for word in re.split(r"[\s,;{}]+", target.removeprefix("/"))
    }
    return Markup(digest, tuple(sorted(targets - {""})))


def mentions_in(
    docname: str, document: nodes.document, records: Iterable[Record]
) -> Iterator[Mention]:
    """Give the mentions of prose, or of what its ``records`` state, each object once a section."""
    stated = {record.anchor: record for record in records}
    seen = set()
    named = cache(_named)  # thousands of nodes stand in one section
    for node in each(document, pending_xref, nodes.reference, annotation):
        targets: list[str] = []
        if isinstance(node, annotation):
            references = stated[node["ids"][0]].references
            targets = [id for _, id, kind in references if kind in _TAKING_PART]
        elif node.get("refdomain") == "annals" or node.get("reftype") == "any" or _by_id(node):
            # whether what may be anything is an object is known when all are
            targets = list(_targets(node))
        anchor, title = named(_section_around(node)) if targets else ("", "")
        for target in targets:
            if (target, anchor) not in seen:
                seen.add((target, anchor))
                yield Mention(target, docname, anchor, title or docname)


def _by_id(node: nodes.Element) -> bool:
    """Tell whether a node is a ``[](#id)`` of MyST, which becomes a reference to anything later."""
    return bool(node.get("id_link")) and str(node.get("refuri", "")).startswith("#")


def names_object(node: pending_xref) -> bool:
    """Tell whether a reference is to an object, and not to one that another inventory has."""
    return node.get("refdomain") == "annals" and not node.get("intersphinx")


def _targets(node: nodes.Element) -> Iterator[str]:
    """Give what a node refers to here by name, if it is a reference that is yet to be resolved."""
    if isinstance(node, pending_xref):
        if not node.get("intersphinx"):
            yield str(node["reftarget"])
    elif isinstance(node, nodes.reference) and _by_id(node):
        yield unquote(node["refuri"][1:])


def cites(node: nodes.Node) -> bool:
    """Tell whether a node is a citation that is yet to be resolved.

    Both sphinxcontrib-bibtex and layers over it leave pending references of the domains
    ``cite`` and ``footcite`` whose target is the role's text.
    """
    return isinstance(node, pending_xref) and node.get("refdomain") in CITING_DOMAINS


def citations_of(node: nodes.Node) -> tuple[Citation, ...]:
    """Give what a node that :func:`cites` cites."""
    return parse_citations(cast("nodes.Element", node)["reftarget"])[0]


def citations_in(docname: str, document: nodes.document) -> Iterator[Use]:
    """Give the citations of a document but those of ``:sources:``, which records keep."""
    for node in each(document, pending_xref):
        if cites(node) and not isinstance(node.parent, cited_sources):
            line = next((holder.line for holder in traverse_parent(node) if holder.line), 1)
            around = [str(holder["record"]) for holder in annotations_around(node)]
            for citation in citations_of(node):
                for within in around or [""]:
                    yield Use(citation, docname, line, within)


def cited_by(body: Iterable[nodes.Node]) -> frozenset[Citation]:
    """Give what the text of an annotation cites itself, apart from what stands within it."""
    return frozenset(
        citation
        for block in body
        for node in each(block, pending_xref)
        if cites(node) and not any(traverse_parent(node, _OF_OTHERS))
        for citation in citations_of(node)
    )
