"""Put what belongs in a line, and stands in none, into paragraphs, and blocks out of them.

Docutils itself lets a linked image stand in a section, and directives return links or words
without a paragraph. Browsers show these; in a tagged PDF they would be in no block. Sphinx puts
what is said of a parameter into the paragraph with its name, lists and code too.
"""

from collections.abc import Iterator
from itertools import groupby, takewhile

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx import addnodes

from sphinx_annals.walking import each

#: Inline by their class, but blocks of their own: what is raw may be one, signatures are lines.
_OWN_BLOCKS = nodes.FixedTextElement | addnodes.desc_signature


class picture_line(nodes.paragraph):  # noqa: N801
    """A paragraph of images alone, which have the size of those that stand in no paragraph."""


def put_in_paragraphs(tree: Element) -> None:
    """Give each run of inline nodes in a tree that stands directly among blocks a paragraph.

    A figure keeps its link, since it is a block by itself. A paragraph ends where a block begins.
    """
    for paragraph in reversed(each(tree, nodes.paragraph)):
        if any(map(_is_block, paragraph.children)):
            _open(paragraph)
        elif _is_of_pictures(paragraph):
            line = picture_line("", "", *paragraph.children)
            line.source, line.line = paragraph.source, paragraph.line
            paragraph.replace_self(line)
    for holder in list(_holders(tree)):
        if not isinstance(holder, nodes.figure):
            runs = [(kind, list(run)) for kind, run in groupby(holder.children, _kind)]
            holder[:] = [new for kind, run in runs for new in _put(run, kind)]


def _is_block(node: Node) -> bool:
    return isinstance(node, nodes.Body) and not isinstance(node, nodes.Inline | nodes.Invisible)


def _open(paragraph: nodes.paragraph) -> None:
    """Put the blocks in a paragraph behind it; the first goes on where a space leads to it."""
    words = list(takewhile(lambda node: not _is_block(node), paragraph.children))
    first, *rest = paragraph.children[len(words) :]
    said = "".join(node.astext() for node in words)
    if isinstance(first, nodes.paragraph) and (not said.strip() or said[-1:].isspace()):
        words += first.children
        paragraph.update_basic_atts(first)
        paragraph.line = first.line or paragraph.line
    else:
        rest = [first, *rest]
    holder, place = paragraph.parent, paragraph.parent.index(paragraph)
    paragraph[:] = words
    if words or not rest:
        holder[place + 1 : place + 1] = rest
    else:
        paragraph.replace_self(rest)


def _holders(tree: Element) -> Iterator[Element]:
    """Give the nodes below which blocks stand."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        yield holder
        waiting += [c for c in holder.children if isinstance(c, Element) and _holds_blocks(c)]


def _holds_blocks(node: Element) -> bool:
    if isinstance(node, nodes.Admonition) or type(node).__name__ == "PassthroughTextElement":
        return True  # some, and sphinx-design's, are text by their class alone
    return not isinstance(node, nodes.TextElement | nodes.Inline)


def _kind(node: Node) -> type[nodes.paragraph] | None:
    """Give what kind of paragraph a node belongs in, None if it is a block."""
    if isinstance(node, nodes.Text):
        return nodes.paragraph
    if not isinstance(node, nodes.Inline) or not isinstance(node, nodes.TextElement):
        return None
    pictures = [isinstance(child, nodes.image) for child in node.children]
    if isinstance(node, nodes.reference) and pictures and all(pictures):
        return picture_line
    return None if isinstance(node, _OWN_BLOCKS) else nodes.paragraph


def _is_of_pictures(paragraph: nodes.paragraph) -> bool:
    said = [node for node in paragraph.children if not _is_silent(node)]
    return bool(said) and all(
        isinstance(node, nodes.image) or _kind(node) is picture_line for node in said
    )


def _is_silent(node: Node) -> bool:
    """Tell whether a node prints nothing, such as an anchor, or the space between two blocks."""
    return isinstance(node, nodes.Text | nodes.Invisible) and not node.astext().strip()


def _put(run: list[Node], kind: type[nodes.paragraph] | None) -> list[Node]:
    before = list(takewhile(_is_silent, run))
    said = run[len(before) :]
    if kind is None or not said:
        return run
    if kind is picture_line:  # as browsers set them, who see a space between them
        said = [part for node in said for part in (nodes.Text(" "), node)][1:]
    made = kind("", "", *said)
    made.source, made.line = said[0].source, said[0].line
    return [*before, made]
