"""Tables: spans, repeated headers, column widths, captions."""

from itertools import product

from docutils import nodes
from docutils.nodes import Element

from sphinx_annals.pdf.markup import value
from sphinx_annals.pdf.translator.base import whole_block
from sphinx_annals.pdf.translator.blocks import BlocksMixin
from sphinx_annals.pdf.volume import elements, first


class TablesMixin(BlocksMixin):
    """Visitors for tables. A table is written in one go, so that spans are known."""

    @whole_block
    def visit_table(self, node: Element) -> str:
        caption = self.caption(node, first(node, nodes.title), "table")
        written = ""
        for group in node.children:
            if isinstance(group, nodes.tgroup):
                rows = self._rows(group)
                # Typst repeats the head on each page; a label must be there once.
                written += "".join(self.head_marks)
                self.head_marks.clear()
                columns = self._columns(node, group)
                # Short rows need not be split between two pages.
                short = all(len(entry.astext()) < 600 for entry in group.findall(nodes.entry))
                whole = f"{value(short)}{self.alignment(node)}"
                written += f"#tbl({caption}, columns: {columns}, whole-rows: {whole},\n{rows})\n"
        return written

    def _columns(self, table: Element, group: Element) -> str:
        specs = [c for c in group.children if isinstance(c, nodes.colspec)]
        widths = [spec.get("colwidth", 1) for spec in specs]
        given = "colwidths-given" in table["classes"] or table.get("width")
        if given and all(isinstance(width, int | float) and width > 0 for width in widths):
            return "(" + "".join(f"{width:g}fr, " for width in widths) + ")"
        return f"({'auto, ' * len(specs)})"

    def _rows(self, group: Element) -> str:
        columns = [child for child in group.children if isinstance(child, nodes.colspec)]
        written = ""
        if head := first(group, nodes.thead):
            # A note is a link, which PDF/UA forbids in what is repeated.
            notes = next(head.findall(nodes.footnote_reference), None) is not None
            self.context.append("table head")
            cells = self._cells(head, [True] * len(columns))
            self.context.pop()
            written = f"table.header(repeat: {value(not notes)},\n{cells}"
            written += "table.hline(stroke: 0.5pt + ink)),\n"
        body = first(group, nodes.tbody)
        stubs = [bool(column.get("stub")) for column in columns]
        return written + (self._cells(body, stubs) if body else "")

    def _cells(self, part: Element, bold: list[bool]) -> str:
        # Typst places cells around a spanning one by itself, as docutils leaves them out too; but
        # which column a cell is in, and so whether it is bold, must be known here.
        taken: set[tuple[int, int]] = set()
        written = ""
        for y, row in enumerate(elements(part)):
            x = 0
            self.later(self.anchors(row))
            for entry in elements(row):
                while (x, y) in taken:
                    x += 1
                across, down = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
                taken.update(product(range(x, x + across), range(y, y + down)))
                sizes = {"colspan": across, "rowspan": down}
                spans = ", ".join(f"{name}: {size}" for name, size in sizes.items() if size > 1)
                function = "table.cell" if spans else ""
                if any(bold[x : x + 1]):
                    function = "th"
                elif entry.get("scope") == "row":  # as HTML has it
                    function = "row-head"
                written += f"{function}({spans})" if function else ""
                written += self.content(entry) + ", "
            written += "\n"
        return written
