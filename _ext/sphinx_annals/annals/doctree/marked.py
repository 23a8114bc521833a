"""From the inline nodes of what an author wrote to a text with markup, and back to nodes."""

import re
from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.nodes import held
from sphinx_annals.annals.doctree.references import citations_of, cites, markup_of
from sphinx_annals.annals.model import Marked
from sphinx_annals.fences.sphinx import curly_run
from sphinx_annals.interfaces import Work
from sphinx_annals.text import Styles, each_work

_MAY_BE_MARKUP = re.compile(
    r"[*_`\\<>&$\[\]{}|^~@'\"]|\w:\S|\w\.\w|\+-|[.,?!-]{2}|\((?:c|r|p|tm)\)", re.IGNORECASE
)
"""What either markup makes more of than words, with all extensions of MyST."""
_ONCE = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.target,
    nodes.pending,
    addnodes.index,
    nodes.image,
    nodes.system_message,
)
"""What stands once in a book, or in no line of text."""
_UNWRAPPED = (
    *(addnodes.pending_xref, nodes.reference),
    *(nodes.problematic, nodes.substitution_reference),
)
_VERBATIM = (nodes.literal, nodes.math)
_STYLES = {nodes.emphasis: "em", nodes.strong: "strong", nodes.literal: "code"}


def may_be_marked(text: str) -> bool:
    """Tell whether a text may hold markup at all."""
    return _MAY_BE_MARKUP.search(text) is not None


def is_live(children: Iterable[Node]) -> bool:
    """Tell whether nodes refer to something, or cite."""
    links = (addnodes.pending_xref, nodes.reference, nodes.footnote_reference)
    return any(
        isinstance(node, links) for child in children for node in child.findall(nodes.Element)
    )


def substituted(parsed: Sequence[Node], document: nodes.document) -> list[Node]:
    """Give inline nodes with what the document has defined so far in the place of its names."""
    holder = nodes.inline("", "", *parsed)
    for node in list(holder.findall(nodes.substitution_reference)):
        name = document.substitution_names.get(node["refname"].lower(), node["refname"])
        if name in document.substitution_defs:
            node.parent.replace(node, document.substitution_defs[name].deepcopy().children)
    return list(holder.children)


def works_in(children: Iterable[Node], works: Mapping[str, Work], comma: str) -> str:
    """Give the names of the works that nodes cite, for a text that has no other words."""
    cited = (
        citation
        for child in children
        for node in child.findall(cites)
        for citation in citations_of(node)
    )
    names = ((works[c.key].label if c.key in works else c.key, c.locator) for c in each_work(cited))
    return "; ".join(comma.join(filter(None, name)) for name in names)


def marked(children: Sequence[Node], language: str = "", key: str = "", *, alone: str = "") -> str:
    """Give a run of inline nodes as a text; with markup unless it is all words.

    Where no word is left without what stands once, it is *alone*, as copies show it. *language*
    makes quotation marks curly as it has them, since the transform that does so has not run, and
    will not see copies.
    """
    copies = nodes.inline("", "", *(child.deepcopy() for child in children))
    for node in list(copies.findall(nodes.Element))[1:]:
        if isinstance(node, _ONCE) or cites(node):
            parent, place = node.parent, node.parent.index(node)
            parent.remove(node)
            if place and isinstance(before := parent[place - 1], nodes.Text):
                parent[place - 1] = nodes.Text(before.rstrip())
        elif isinstance(node, _UNWRAPPED):
            node.parent.replace(node, node.children)
        else:
            node["ids"], node["names"] = [], []
    texts = list(copies.findall(nodes.Text)) if language else []
    verbatim = [isinstance(text.parent, _VERBATIM) for text in texts]
    for text, said in zip(texts, curly_run(texts, verbatim, language), strict=True):
        if said != text:
            text.parent.replace(text, nodes.Text(said))
    every = copies.findall(nodes.Text)
    words = (text.astext() for text in every if not isinstance(text.parent, nodes.raw))
    plain = " ".join("".join(words).split())
    if not key and all(isinstance(child, nodes.Text) for child in copies.children):
        return plain
    pieces = tuple(copies.children) if plain or not alone else (alone,)
    markup = markup_of([child.deepcopy() for child in children])
    return Marked(plain or alone, pieces, markup, key, _styles(copies) if plain else ())


def _styles(run: nodes.Element) -> Styles:
    """Give where the plain text of inline nodes is emphasised, strong or literal."""
    before, styles = "", []
    for text in run.findall(nodes.Text):
        if isinstance(text.parent, nodes.raw):
            continue
        start, blank = len(" ".join(before.split())), before[-1:].isspace()
        before += text.astext()
        for kind, style in _STYLES.items():
            if any(traverse_parent(text.parent, kind)):
                styles.append((start + (blank and start > 0), len(" ".join(before.split())), style))
    return tuple(styles)


def nodes_of(text: str) -> list[Node]:
    """Give the nodes of a text: copies without links, for :func:`fill_in` those it has in one."""
    if not isinstance(text, Marked):
        return [nodes.Text(text)]
    found = [
        node
        for piece in text.pieces
        for node in (nodes_of(piece) if isinstance(piece, str) else [piece.deepcopy()])
    ]
    return [held("", "", *found, key=text.key)] if text.key else found


def taken_out(node: nodes.Element) -> dict[str, list[Node]]:
    """Take out of a node what it holds for its texts, by key."""
    holders = [child for child in node.children if isinstance(child, held)]
    for holder in holders:
        node.remove(holder)
    return {holder["key"]: list(holder.children) for holder in holders}


def fill_in(shown: nodes.Element, live: dict[str, list[Node]]) -> None:
    """Show each text with its links once, where it stands first in what its author sees."""
    for place in list(shown.findall(held)) if live else ():
        if place["key"] in live:
            place.parent.replace(place, live.pop(place["key"]))
