"""Where accounts and verdicts stand in a document, so that other pages can point to them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import TypeVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.nodes import account_note, annotation, verdict_note
from sphinx_annals.annals.model import Markup

_E = TypeVar("_E", bound=nodes.Element)


def places_of_statements(document: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Say where each statement stands, by its key: its anchor, and the title of its section.

    Its key is the anchor, but where the document has an id that is the same.
    """
    taken = set(document.ids)
    for node in statements_in(document):
        key = node["key"]
        anchor = next(a for a in chain([key], (f"{key}-{n}" for n in count(2))) if a not in taken)
        taken.add(anchor)
        section = section_of(node)
        yield key, (anchor, section[0].astext() if section is not None and len(section) else "")


def section_of(node: nodes.Node | None) -> nodes.section | None:
    """Give the section that a node stands in."""
    return _around(node, nodes.section)


def annotation_around(node: nodes.Node) -> annotation | None:
    """Give the annotation that a node stands in."""
    return _around(node, annotation)


def _around(node: nodes.Node | None, kind: type[_E]) -> _E | None:
    found = iter(traverse_parent(cast("nodes.Element", node), kind))
    return cast("_E | None", next(found, None))


def statements_in(document: nodes.Element) -> list[nodes.Element]:
    """Give the nodes of accounts and verdicts, in order."""
    found = document.findall(lambda n: isinstance(n, account_note | verdict_note))
    return cast("list[nodes.Element]", list(found))


def markup_of(body: Iterable[nodes.Node]) -> Markup | None:
    """Give what changes when the nodes do, or what they refer to, but not when they move."""
    holder = nodes.Element("", *body)
    if not len(holder):
        return None
    bare = re.sub(r' (?:ids|key|refid|backrefs)="[^"]*"', "", holder.pformat())
    digest = hashlib.blake2b(bare.encode(), digest_size=8).hexdigest()
    targets = {
        word
        for node in holder.findall(addnodes.pending_xref)
        for word in re.split(r"[\s,;{}]+", str(node["reftarget"]).removeprefix("/"))
    }
    return Markup(digest, tuple(sorted(targets - {""})))
