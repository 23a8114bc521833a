"""Statements give way to comparisons where they stand, one for each property."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism import Comparison, Criticism, property_of
from sphinx_annals.annals.doctree.comparison_table import ComparisonTable, caption
from sphinx_annals.annals.doctree.nodes import apparatus
from sphinx_annals.annals.doctree.places import annotation_around
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Record, Statement

_Place = tuple[Node | None, str, str]
"""What statements stand in, their object, and its property."""


class ComparisonsInPlace:
    """Puts the comparisons of one document where its statements stand."""

    def __init__(self, render: Renderer, criticism: Criticism) -> None:
        self.render = render
        self.catalogue = render.catalogue
        self.criticism = criticism
        self._filled: set[_Place] = set()

    def fill(self) -> None:
        """Put a comparison in the place of the first of the statements on a property that stand
        together, and take the others away.
        """
        for (_, of, property), group in self._groups().items():
            first = group[0]
            found = self.criticism.of(of)
            comparison = next(c for c in found if c.property == property)
            here = frozenset(self._said_in(node) for node in group)
            holder = annotation_around(first)
            inside = holder is not None and self._canonical(holder["record"]) == of
            named = not (inside or _object_above(first) == of)
            table = ComparisonTable(self.render.at(first["docname"]))
            made = table.make(comparison, here, named=named)
            made["of"] = of
            if holder is None:
                made["classes"].append("annals-apart")
            first.parent.replace(first, made)
            for node in group[1:]:
                node.parent.remove(node)

    def _groups(self) -> dict[_Place, list[Element]]:
        found: dict[_Place, list[Element]] = {}
        for node in self.render.as_read.statements:
            said = self._said_in(node)
            place = node.parent, self._canonical(said.of), property_of(said, self.catalogue)
            found.setdefault(place, []).append(node)
        self._filled = set(found)
        return found

    def _said_in(self, node: Element) -> Statement:
        return self.catalogue.statements_of(node["docname"])[node["key"]]

    def _canonical(self, id: str) -> str:
        record = self.catalogue.find(id)
        return record.id if record else id

    def elsewhere(self, node: Element, record: Record) -> list[Node]:
        """Point an annotation to the comparisons on it that stand in other places alone."""
        if self.catalogue.find(record.id) is not record:
            return []
        found: list[Node] = []
        for comparison in self.criticism.of(record.id):
            if (node, record.id, comparison.property) not in self._filled:
                found += [nodes.Text("; ") if found else nodes.strong("", "Compared elsewhere.")]
                found += self._pointer(comparison, self.render.at(record.docname))
        if not found:
            return []
        pointer = nodes.paragraph("", "", *found, nodes.Text("."), classes=["annals-elsewhere"])
        return [apparatus("", pointer) if self.render.paged else pointer]

    def _pointer(self, comparison: Comparison, render: Renderer) -> list[Node]:
        first = comparison.statements()[0]
        link = render.place(first.docname, first.anchor, first.section)
        return [nodes.Text(" "), *caption(comparison, render), nodes.Text(", in "), link]


def _object_above(node: Element) -> str | None:
    """Give the object of the comparison right before a statement, if one stands there."""
    index = node.parent.index(node)
    above = node.parent.children[index - 1] if index else None
    return above.get("of") if isinstance(above, Element) else None
