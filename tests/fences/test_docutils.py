"""What we touch of docutils without its leave is still there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from docutils import nodes
from docutils.nodes import Node
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.fences.docutils import each_of, walk_flatly
from support import fence

LEAVES = st.sampled_from(["a", "b"]).map(nodes.Text)
TREES = st.recursive(
    LEAVES,
    lambda children: st.builds(
        lambda kind, below: kind("", *below),
        st.sampled_from([nodes.container, nodes.section, nodes.emphasis]),
        st.lists(children, max_size=4),
    ),
)
"""Trees of a few kinds of nodes."""


def in_turn(node: Node, kind: type[Node]) -> Iterator[Node]:
    """Search a tree as docutils does."""
    if isinstance(node, kind):
        yield node
    for child in node.children:
        yield from in_turn(child, kind)


def emptied(node: nodes.Element) -> None:
    node.children.clear()


def removed(node: nodes.Element) -> None:
    node.parent.remove(node)


def replaced(node: nodes.Element) -> None:
    node.replace_self(nodes.container("", nodes.section("", nodes.Text("new"))))


def filled(node: nodes.Element) -> None:
    node += nodes.section("", nodes.Text("more"))


@given(TREES)
def test_all_nodes_of_a_kind_are_found_in_their_order(tree: Node) -> None:
    for kind in (Node, nodes.Element, nodes.Text, nodes.section):
        assert [*map(id, each_of(tree, kind))] == [*map(id, in_turn(tree, kind))]


@pytest.mark.parametrize("change", [emptied, removed, replaced, filled])
@given(tree=TREES, turn=st.integers(0, 5))
def test_a_tree_may_change_while_it_is_searched(
    change: Callable[[nodes.Element], None], tree: Node, turn: int
) -> None:
    def searched(search: Callable[[Node, type[Node]], Iterator[Node]]) -> tuple[list[str], str]:
        copy, seen = nodes.container("", tree.deepcopy()), list[str]()
        for number, node in enumerate(search(copy, nodes.Element)):
            seen.append(str(node))
            if number == turn and isinstance(node.parent, nodes.Element):
                change(node)
        return seen, str(copy)

    assert searched(each_of) == searched(in_turn)


def test_searches_are_flat() -> None:
    with fence(walk_flatly):
        deep: nodes.Element = nodes.section()
        for _ in range(2000):  # deeper than generators in one another can be
            deep = nodes.container("", deep)
        walk_flatly()
        assert len(list(deep.findall(nodes.section))) == 1
        assert len(list(deep.findall())) == 2001
