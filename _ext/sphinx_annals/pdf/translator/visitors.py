"""Visitors that many kinds of nodes share, made from the markup that they write."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.nodes import Element

# What docutils declares for each node is the node's own class; these take any, so they are Any.
Visitor = Any


def around(before: str, after: str = "]", *, is_block: bool = False) -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes whose content stands between two pieces of markup."""

    def visit(self: Any, node: Element) -> None:
        if is_block:
            self.open_block(node)
        self.append(before)

    def depart(self: Any, node: Element) -> None:
        self.append(after)

    return visit, depart


def inside(function: str) -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes that are a block inside a function."""

    def visit(self: Any, node: Element) -> None:
        self.begin_block(function)

    def depart(self: Any, node: Element) -> None:
        self.end_block()

    return visit, depart


def whole(markup: Callable[[Any, Element], str]) -> Visitor:
    """Make a visitor of what gives the markup of a node with all that is below it."""

    def visit(self: Any, node: Element) -> None:
        self.append(markup(self, node))
        raise nodes.SkipNode

    return visit


def whole_block(markup: Callable[[Any, Element], str]) -> Visitor:
    """Make a visitor like :func:`whole` of nodes that are a block of their own."""

    def visit(self: Any, node: Element) -> None:
        self.open_block(node)
        whole(markup)(self, node)

    return visit


def line(function: str) -> Visitor:
    """Give the visitor of nodes that are one line inside a function of the template."""
    return whole_block(lambda self, node: f"#{function}[{self.render(*node.children)}]\n")
