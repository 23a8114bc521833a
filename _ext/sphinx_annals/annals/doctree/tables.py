"""Tables that stay readable on a narrow screen, as standard tables with a little more HTML.

Sphinx's translators print a node like its base class where they have no visitor for it, so
that only HTML needs some: it names the header in each cell, for the style sheet to show
where columns do not fit. Browsers keep what a table is when its cells are stacked.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import chain, repeat
from typing import Any

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.doctree.nodes import between, block, element, held
from sphinx_annals.builders import Line, Run, in_one, printed

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
    rows: Iterable[Sequence[Line]],
    widths: Sequence[int],
    *,
    caption: Sequence[Node] = (),
    classes: Sequence[str] = (),
    label: str = "",
    html: bool = False,
) -> list[Node]:
    """Give a table whose first column heads the rows, with its caption.

    The caption takes no number: it stands in the table in HTML, and above it elsewhere. A ``label``
    names the table to those who cannot see what does.
    """
    group = nodes.tgroup(cols=len(headers))
    for width in widths:
        group += nodes.colspec(colwidth=width)
    head = [_entry("", "col", [nodes.Text(text)]) for text in headers]
    group += nodes.thead("", data_row("", *head))
    body = in_one((_row(headers, row) for row in rows), between="")
    group += nodes.tbody("", *chain.from_iterable(body))
    form = ["colwidths-auto"] if html else ["colwidths-given", "longtable"]
    table = data_table("", classes=["annals-table", *form, *classes])
    if label:
        table["label"] = label
    if caption and html:
        table += data_caption("", "", *caption)
    table += group
    return [heading(caption), table] if caption and not html else [table]


def without_tables(blocks: Iterable[Node]) -> list[Node]:
    """Give blocks with a list for each table, for the cells of formats that nest no tables."""
    holder = nodes.Element("", *blocks)
    for table in list(holder.findall(nodes.table)):
        rows = ([c for entry in row for c in entry.children] for row in table.findall(nodes.row))
        items = [nodes.list_item("", *row) for row in rows]
        titles = [nodes.paragraph("", "", *title.children) for title in table.findall(nodes.title)]
        table.replace_self([*titles, nodes.bullet_list("", *items, bullet="-")])
    return list(holder.children)


def heading(caption: Sequence[Node]) -> data_heading:
    """Give the heading of something that has no caption of its own."""
    return data_heading("", "", nodes.strong("", "", *caption), classes=["annals-caption"])


def _row(headers: Sequence[str], cells: Sequence[Line]) -> Line:
    # an empty first cell heads nothing
    scopes = ["row" if any(cells[:1]) else "", *repeat("", len(cells) - 1)]
    if not all(isinstance(cell, Run) or not cell for cell in cells):
        return [data_row("", *map(_entry, headers, scopes, cells))]
    texts = (cell.text for cell in cells if isinstance(cell, Run))
    return Run(" ".join(texts), f"<tr>\n{''.join(map(_printed, headers, scopes, cells))}</tr>\n")


def _printed(label: str, scope: str, cell: Line) -> str:
    if isinstance(cell, Run):
        return f"{_opening(label, scope)}<p>{cell.html}</p>{_closing(scope)}"
    return _opening("", scope) + _closing(scope)


def _entry(label: str, scope: str, cell: Line) -> data_entry:
    if isinstance(cell, Run):
        cell = [printed("", cell.text, html=cell.html)]
    inline = all(isinstance(node, nodes.Text | nodes.Inline | held) for node in cell)
    blocks = [nodes.paragraph("", "", *cell)] if inline and cell else list(cell)
    return data_entry("", *blocks, label=label if cell else "", scope=scope)


def _open_table(self: Any, node: data_table) -> str:
    named = {"aria-label": node["label"]} if node.get("label") else {}
    return str(self.starttag(node, "table", CLASS="docutils align-default", **named))


@lru_cache
def _opening(label: str, scope: str) -> str:
    named = f' data-label="{escape(label)}"' if label else ""
    return f'<th{named} scope="{scope}">' if scope else f"<td{named}>"


def _closing(scope: str) -> str:
    return "</th>\n" if scope else "</td>\n"


def _depart_table_latex(self: Any, node: data_table) -> None:
    """Write a table that may go on overleaf, and that takes no number as it has no caption.

    LaTeX counts each `longtable`, and "Table 3, continued" would be that of a table before it.
    """
    whole = self.table.get_table_type() != "longtable"
    if not whole:
        anchor = "\\def\\theHtable{uncounted.\\the\\value{LT@tables}}"
        self.body.append(f"\n\\begingroup\\def\\sphinxtablecontinued#1{{}}{anchor}\n")
    self.depart_table(node)
    if not whole:
        self.body.append("\\endgroup\\addtocounter{table}{-1}\n")


def _visit_heading_latex(self: Any, node: data_heading) -> None:
    """Begin a heading; with a table below, where the page has room for a row of it."""
    if isinstance(node.next_node(descend=False, siblings=True), data_table):
        self.body.append("\n\\needspace{0.4\\textheight}\n")
    self.visit_paragraph(node)


def _depart_heading_latex(self: Any, node: data_heading) -> None:
    self.depart_paragraph(node)
    self.body.append("\\nopagebreak\n")


def setup(app: Sphinx) -> None:
    """Register the HTML of tables."""
    app.add_node(
        data_table,
        html=between(_open_table, "</table>\n"),
        latex=(lambda self, node: self.visit_table(node), _depart_table_latex),
    )
    app.add_node(data_caption, html=element("caption", suffix="", CLASS="annals-caption"))
    app.add_node(
        data_heading,
        latex=(_visit_heading_latex, _depart_heading_latex),
        typst=block(lambda node: "line-block(above: 1.2em, below: 0.7em, sticky: true)"),
    )
    app.add_node(data_row, html=element("tr"))
    app.add_node(
        data_entry,
        html=between(
            lambda self, node: _opening(node["label"], node["scope"]),
            lambda self, node: _closing(node["scope"]),
        ),
    )
