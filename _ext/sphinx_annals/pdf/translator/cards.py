"""Boxes of extensions that lay out pages of the web: cards, grids, tabs, what folds, cells."""

import re

from docutils import nodes
from docutils.nodes import Element
from sphinx.util.nodes import traverse_parent

from sphinx_annals.pdf.markup import string
from sphinx_annals.pdf.translator.base import BaseTranslator, whole_block
from sphinx_annals.pdf.translator.lists import ListsMixin
from sphinx_annals.pdf.volume import elements

#: What sphinx-design calls its boxes, with a function for each.
_LOOKS = {
    "card": "card",
    "card-header": "card-head",
    "card-title": "card-title",
    "card-footer": "card-foot",
    "tab-item": "tab",
    "dropdown": "tab",
}
_COLUMNS = re.compile(r"sd-row-cols(?:-[a-z]+)?-(\d+)")
#: More than these side by side do not fit a book.
MOST_COLUMNS = 3


def _look(node: Element) -> str:
    return _LOOKS.get(node.get("design_component", ""), "")


def _columns(row: Element) -> int:
    """Give how many cells of a row stand side by side: one where it is in such a cell itself."""
    holders = traverse_parent(row.parent)
    if any(holder.get("design_component") == "grid-row" for holder in holders):
        return 1
    asked = [int(found[1]) for name in row["classes"] if (found := _COLUMNS.fullmatch(name))]
    return max(1, min(max(asked, default=len(row)), MOST_COLUMNS, len(row)))


class CardsMixin(ListsMixin):
    """Visitors for containers that have a look, and for the cells of notebooks."""

    def visit_container(self, node: Element) -> None:
        if node.get("design_component") == "grid-row":
            self._grid(node)
        if "sphinx-tabs" in node["classes"]:
            self._tabs(node)
        if look := _look(node):
            self.begin_block(look, node)

    def depart_container(self, node: Element) -> None:
        if _look(node):
            self.end_block()

    @whole_block
    def _grid(self, node: Element) -> str:
        return self._call(f"card-grid({_columns(node)},", node, self.content)

    @whole_block
    def _tabs(self, node: Element) -> str:
        """Print tabs of sphinx-tabs: pairs, but where HTML was built before names come first."""
        tabs, beside = elements(node), []
        if tabs and type(tabs[0]).__name__ == "SphinxTabsTablist":
            names, panels = elements(tabs[0]), tabs[1:]
            inner = [[*pair] for pair in zip(names, panels, strict=False)]
            beside = panels[len(names) :]  # other tabs, in none of these
        else:  # code stands behind a panel without anything
            inner = [elements(tab) for tab in tabs]
        written = "".join(
            f"#tab-name{self.content(name)}\n\n#tab[{self.render(*panels)}]\n\n"
            for name, *panels in inner
        )
        return written + self.render(*beside)

    # sphinx-inline-tabs; what folds in sphinx-toolbox is made alike

    def visit_TabContainer(self, node: Element) -> None:
        name = node.pop(0)
        self.open_block(node, f"#tab-name[{self.render(*name.children)}]\n#tab[")

    depart_TabContainer = BaseTranslator.end_block
    visit_CollapseNode, depart_CollapseNode = visit_TabContainer, depart_TabContainer

    # The cells of nbsphinx

    def visit_CodeAreaNode(self, node: Element) -> None:
        self.begin_block(f"cell(prompt: {string(node.get('prompt', '').strip())})")

    depart_CodeAreaNode = BaseTranslator.end_block
    visit_FancyOutputNode, depart_FancyOutputNode = visit_CodeAreaNode, depart_CodeAreaNode

    def visit_AdmonitionNode(self, node: Element) -> None:
        title = ""
        if len(node) > 1 and isinstance(node[0], nodes.paragraph):
            title = self.render(*node.pop(0).children)
        kind = next((name for name in node["classes"] if name != "admonition"), "note")
        self.begin_block(f"admonition(kind: {string(kind)}, title: [{title}])")

    depart_AdmonitionNode = BaseTranslator.end_block
