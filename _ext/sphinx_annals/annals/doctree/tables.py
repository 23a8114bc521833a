"""Tables that stay readable on a narrow screen, as standard tables with a little more HTML.

Sphinx's translators print a node like its base class where they have no visitor for it, so
that only HTML needs some: it names the header in each cell, for the style sheet to show
where columns do not fit, and keeps the roles that stacking the cells would lose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.doctree.nodes import element, end_block

Cell = Sequence[Node]
"""The content of a cell: inline nodes, or blocks."""


class data_table(nodes.table):  # noqa: N801
    """A table; ``label`` names it to those who cannot see its caption."""


class data_caption(nodes.TextElement):  # noqa: N801
    """The caption of a table in HTML."""


class data_heading(nodes.paragraph):  # noqa: N801
    """A caption above, which stays on the page of what it heads."""


class data_row(nodes.row):  # noqa: N801
    """A row."""


class data_entry(nodes.entry):  # noqa: N801
    """A cell; ``label`` is the header of its column, ``scope`` tells that it is a header."""


def make_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    *,
    caption: Sequence[Node] = (),
    classes: Sequence[str] = (),
    html: bool = False,
) -> list[Node]:
    """Give a table whose first column heads the rows, with its caption.

    The caption takes no number: it stands in the table in HTML, and above it elsewhere.
    """
    group = nodes.tgroup(cols=len(headers))
    for width in widths:
        group += nodes.colspec(colwidth=width)
    head = data_row("", *(_entry("", "col", [nodes.Text(text)]) for text in headers))
    body = [
        data_row(
            "",
            *(
                _entry(header, "row" if position == 0 and cell else "", cell)
                for position, (header, cell) in enumerate(zip(headers, row, strict=True))
            ),
        )
        for row in rows
    ]
    group += nodes.thead("", head)
    group += nodes.tbody("", *body)
    given = "colwidths-auto" if html else "colwidths-given"
    table = data_table("", classes=["annals-table", given, *classes])
    if caption and html:
        table += data_caption("", "", *caption)
    table += group
    if caption and not html:
        return [heading(caption), table]
    return [table]


def heading(caption: Sequence[Node]) -> data_heading:
    """Give the heading of something that has no caption of its own."""
    return data_heading("", "", nodes.strong("", "", *caption), classes=["annals-caption"])


def _entry(label: str, scope: str, cell: Cell) -> data_entry:
    inline = all(isinstance(node, nodes.Text | nodes.Inline) for node in cell)
    blocks = [nodes.paragraph("", "", *cell)] if inline and cell else list(cell)
    return data_entry("", *blocks, label=label, scope=scope)


def visit_table_html(self: Any, node: data_table) -> None:
    named = {"aria-label": node["label"]} if node.get("label") else {}
    tag = self.starttag(node, "table", CLASS="docutils align-default", role="table", **named)
    self.body.append(tag)


def visit_entry_html(self: Any, node: data_entry) -> None:
    label = f' data-label="{escape(node["label"])}"' if node["label"] and len(node) else ""
    self.body.append(f"<{_tag(node)}{label}{_CELL_ROLES[node['scope']]}>")


_CELL_ROLES = {
    "": ' role="cell"',
    "col": ' role="columnheader" scope="col"',
    "row": ' role="rowheader" scope="row"',
}


def _tag(node: data_entry) -> str:
    return "th" if node["scope"] else "td"


def depart_entry_html(self: Any, node: data_entry) -> None:
    self.body.append(f"</{_tag(node)}>\n")


def depart_heading_latex(self: Any, node: data_heading) -> None:
    self.depart_paragraph(node)
    self.body.append("\\nopagebreak\n")


def visit_heading_typst(self: Any, node: data_heading) -> None:
    self.begin_block("block(above: 1.2em, below: 0.7em, sticky: true)", node)


def setup(app: Sphinx) -> None:
    """Register the HTML of tables."""
    app.add_node(data_table, html=(visit_table_html, element("table")[1]))
    app.add_node(data_caption, html=element("caption", suffix="", CLASS="annals-caption"))
    app.add_node(
        data_heading,
        latex=(lambda self, node: self.visit_paragraph(node), depart_heading_latex),
        typst=(visit_heading_typst, end_block),
    )
    app.add_node(data_row, html=element("tr", role="row"))
    app.add_node(data_entry, html=(visit_entry_html, depart_entry_html))
    app.add_post_transform(KeepIdsSingle)


class KeepIdsSingle(SphinxPostTransform):
    """Let an id stand on one element alone: Furo's scrolling box copies those of its table."""

    default_priority = 600
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Take the ids off boxes whose table has them."""
        for table in self.document.findall(nodes.table):
            box = table.parent
            if isinstance(box, nodes.container) and box["ids"] == table["ids"]:
                box["ids"] = []
