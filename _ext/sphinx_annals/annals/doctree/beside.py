"""Annotations and the prose that they are about, where that is not written inside them.

An annotation without a body is about the block that follows it, and shares it with those that
stand before the same block. One that is set in the margin stands beside its body in any case.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.nodes import (
    account_note,
    annotation,
    annotation_title,
    beside,
    cited_sources,
    held,
    margin_note,
    verdict_note,
)
from sphinx_annals.walking import each

_BLOCKS = (
    *(nodes.paragraph, nodes.Admonition, nodes.Sequential, nodes.block_quote, nodes.line_block),
    *(nodes.figure, nodes.image, nodes.table, nodes.literal_block, nodes.math_block),
)
"""What an annotation can be about that stands before it."""
_OURS = (annotation, annotation_title, account_note, cited_sources, held, verdict_note)


class Run(NamedTuple):
    """Annotations, and what they have for their body; as yet they stand apart from it."""

    annotations: list[annotation]
    body: list[Node]


def runs_in(document: nodes.document) -> Iterator[Run]:
    """Give the annotations that are not round their body, with what follows them in the source:
    all without a body, and those with one that stand in the margin.
    """
    for parent in dict.fromkeys(node.parent for node in each(document, annotation)):
        waiting: list[annotation] = []
        passed: list[Any] = []
        for child in parent.children:
            if isinstance(child, annotation) and not _own_body(child):
                waiting.append(child)
            elif waiting and isinstance(child, (nodes.Invisible, nodes.system_message)):
                passed.append(child)
            else:
                fits = isinstance(child, _BLOCKS) and not isinstance(child, _OURS)
                if waiting:
                    yield Run(waiting, [*passed, child] if fits else [])
                if isinstance(child, margin_note):
                    yield Run([child], _own_body(child))
                waiting, passed = [], []
        if waiting:
            yield Run(waiting, [])


def _own_body(node: annotation) -> list[Node]:
    apart = (annotation_title, cited_sources, held, nodes.system_message, nodes.comment)
    return [child for child in node.children if not isinstance(child, apart)]


def join(run: Run) -> None:
    """Bring annotations and their body together: the last that is a card takes it up."""
    notes = [node for node in run.annotations if isinstance(node, margin_note)]
    cards = [node for node in run.annotations if node not in notes]
    first = run.annotations[0]
    holder = beside("", anchors=[node["ids"][0] for node in run.annotations])
    holder.source, holder.line = first.source, first.line
    parent, place = first.parent, first.parent.index(first)
    for node in [*run.annotations, *run.body]:
        node.parent.remove(node)
    if cards:
        sources = [child for child in cards[-1].children if isinstance(child, cited_sources)]
        end = cards[-1].index(sources[0]) if sources else len(cards[-1])
        cards[-1].insert(end, run.body)
    if cards and len(run.annotations) == 1:
        parent.insert(place, cards)
    else:
        holder += [*notes, *(cards or run.body)]
        parent.insert(place, holder)


def sharing(node: Node | None) -> list[annotation]:
    """Give the annotations of which a node holds the body; none for any other node."""
    if isinstance(node, beside):
        notes = (child for child in node.children if isinstance(child, annotation))
        anchors = {*node["anchors"]}  # once, since thousands can stand before one block
        return [note for note in notes if not anchors.isdisjoint(note["ids"])]
    if not isinstance(node, annotation):
        return []
    holder = holder_of(node)
    return [node] if holder is node else sharing(holder)


def holder_of(node: Element) -> Element:
    """Give what holds the body of an annotation: itself, or what it shares with others."""
    parent = node.parent
    shared = isinstance(parent, beside) and any(id in parent["anchors"] for id in node["ids"])
    return parent if shared and isinstance(node, annotation) else node


def annotations_around(node: Node) -> list[annotation]:
    """Give the annotations that a node stands in: one, or those that share a body."""
    for holder in traverse_parent(cast("Element", node)):
        if found := sharing(holder):
            return found
    return []


def body_of(node: Element) -> list[Node]:
    """Give what an annotation is about: what stands in it, or what it shares with others."""
    holder = holder_of(node)
    if holder is node:
        return list(node.children)
    together = dict.fromkeys(sharing(holder)).keys()
    cards = (card for card in together if not isinstance(card, margin_note))
    return [child for part in (*cards, holder) for child in part.children if child not in together]
