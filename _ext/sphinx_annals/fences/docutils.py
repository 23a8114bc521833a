"""docutils: what we touch of it that it does not document for extensions."""

from collections.abc import Iterator

from docutils.nodes import Node


def walk_flatly() -> None:
    """Let a search in a tree hand what it finds to whoever asks, not up through all it stands in.

    A build searches each document some sixty times, mostly for what is not in it, and the
    generators of docutils, one in another for each level, take a fifth of its time. What is found,
    and when the next is looked for, is the same.

    Breaks if ``Node.findall`` no longer searches for a class by ``_fast_findall``, and for all by
    ``_superfast_findall``.
    """
    of: type = Node
    of._fast_findall = each_of  # type: ignore[attr-defined]
    of._superfast_findall = each_of  # type: ignore[attr-defined]


def each_of(root: Node, kind: type | tuple[type, ...] = Node) -> Iterator[Node]:
    """Give the nodes of a kind in a tree, one when it is asked for: the tree may change between."""
    if isinstance(root, kind):
        yield root
    above: list[Iterator[Node]] = []
    here = iter(root.children)
    while True:
        for node in here:
            if isinstance(node, kind):
                yield node
            if node.children:
                above.append(here)
                here = iter(node.children)
                break
        else:
            if not above:
                return
            here = above.pop()
