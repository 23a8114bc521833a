"""Where accounts and verdicts stand in a document, so that other pages can point to them."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.nodes import account_note, annotation, verdict_note
from sphinx_annals.annals.model import Markup


def places_of_statements(document: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Say where each statement stands, by its key: its anchor, and the title of its section.

    Its key is the anchor, but where the document has an id that is the same.
    """
    taken = set(document.ids)
    for node in document.findall(lambda n: isinstance(n, account_note | verdict_note)):
        key = cast("nodes.Element", node)["key"]
        anchor = next(a for a in chain([key], (f"{key}-{n}" for n in count(2))) if a not in taken)
        taken.add(anchor)
        yield key, (anchor, section_of(node)[1])


def section_of(node: nodes.Node) -> tuple[str, str]:
    """Give the anchor and the title of the section that a node stands in; empty outside any."""
    for section in traverse_parent(cast("nodes.Element", node), nodes.section):
        anchor = section["ids"][0] if section["ids"] else ""
        return anchor, section[0].astext() if len(section) else ""
    return "", ""


def annotation_around(node: nodes.Node) -> annotation | None:
    """Give the annotation that a node stands in."""
    found = traverse_parent(cast("nodes.Element", node), annotation)
    return cast("annotation | None", next(iter(found), None))


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
