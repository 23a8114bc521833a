"""Statements give way to comparisons where they stand, one for each property."""

from collections import defaultdict

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism import Criticism, property_of
from sphinx_annals.annals.doctree.beside import annotations_around, body_of
from sphinx_annals.annals.doctree.comparison_table import caption, compare
from sphinx_annals.annals.doctree.nodes import apparatus, joined
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
        self._groups: dict[_Place, list[Element]] = defaultdict(list)
        for node in render.as_read.statements:
            said = self._said_in(node)
            of, property = self.catalogue.current(said.of), property_of(said, self.catalogue)
            # what stands in another section or item is compared there once more
            self._groups[node.parent, of, property].append(node)

    def _said_in(self, node: Element) -> Statement:
        return self.catalogue.by_key[node["docname"], node["key"]]

    def fill(self) -> None:
        """Put a comparison in the place of the first of the statements on a property that stand
        together, and take the others away.
        """
        for (_, of, property), group in self._groups.items():
            first = group[0]
            comparison = next(c for c in self.criticism.of(of) if c.property == property)
            here = frozenset(map(self._said_in, group))
            around = [self.catalogue.current(node["record"]) for node in annotations_around(first)]
            above = first.previous_sibling()
            named = of not in around and not (isinstance(above, Element) and above.get("of") == of)
            made = compare(comparison, self.render.at(first["docname"]), here, named=named)
            made["of"] = of
            if not around:
                made["classes"].append("annals-apart")
            first.parent.replace(first, made)
            for node in group[1:]:
                node.parent.remove(node)

    def elsewhere(self, node: Element, record: Record) -> list[Node]:
        """Point an annotation to the comparisons on it that stand in other places alone."""
        if self.catalogue.find(record.id) is not record:
            return []
        render = self.render.at(record.docname)
        places = {block.parent for block in body_of(node)} | {node}
        found = [
            [
                *caption(comparison, render),
                nodes.Text(", in "),
                render.place_of((*comparison.accounts, *comparison.verdicts)[0]),
            ]
            for comparison in self.criticism.of(record.id)
            if all((place, record.id, comparison.property) not in self._groups for place in places)
        ]
        if not found:
            return []
        head = [nodes.strong("", "Compared elsewhere."), nodes.Text(" ")]
        text = [*head, *joined(found, "; "), nodes.Text(".")]
        pointer = nodes.paragraph("", "", *text, classes=["annals-elsewhere"])
        return [apparatus("", pointer) if self.render.paged else pointer]
