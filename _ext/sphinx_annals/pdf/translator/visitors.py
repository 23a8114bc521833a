"""Visitors that many kinds of nodes share, made from the markup that stands around them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.nodes import Element

# What docutils declares for each node is the node's own class; these take any, so they are Any.
Visitor = Any


def around(before: str, after: str = "]") -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes whose content stands between two pieces of markup."""

    def visit(self: Any, node: Element) -> None:
        self.append(before)

    def depart(self: Any, node: Element) -> None:
        self.append(after)

    return visit, depart


def block(function: str) -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes that are a block inside a function of the template."""

    def visit(self: Any, node: Element) -> None:
        self.begin_block(function)

    return visit, end_block


def end_block(self: Any, node: Element) -> None:
    """Close a block that the visitor began."""
    self.end_block()


def line(function: str) -> Visitor:
    """Give the visitor of nodes that are one line inside a function of the template."""

    def visit(self: Any, node: Element) -> None:
        self.open_block(node)
        self.append(f"#{function}[{self.render(*node.children)}]\n")
        raise nodes.SkipNode

    return visit


def open_content(self: Any, node: Element) -> None:
    """Open the bracket of a cell or an item."""
    self.open_content(node)


def close_content(self: Any, node: Element) -> None:
    """Close the bracket of a cell or an item."""
    self.close_content(node)
