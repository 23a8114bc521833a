"""Tables: spans, repeated headers, column widths, captions."""

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import value
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import whole_block
from sphinx_annals.pdf.translator.blocks import BlocksMixin
from sphinx_annals.pdf.translator.fitting import (
    SMALLEST,
    WORDS,
    is_low,
    needed,
    room,
    rows,
    shares,
    words,
)
from sphinx_annals.pdf.volume import first


class TablesMixin(BlocksMixin):
    """Visitors for tables. A table is written in one go, so that spans are known."""

    @whole_block
    def visit_table(self, node: Element) -> str:
        caption = self.caption(node, first(node, nodes.title), "table")
        written = ""
        for group in node.children:
            if isinstance(group, nodes.tgroup):
                written += self._group(node, group, caption)
        if not written:
            raise LookupError("it has no columns")
        return written

    def _group(self, node: Element, group: Element, caption: str) -> str:
        count = sum(isinstance(child, nodes.colspec) for child in group)
        scale, turned, narrow = self._fit(node, needed(group, count))
        outside, self.narrow = self.narrow, narrow
        rows = self._rows(group)
        self.narrow = outside
        # Typst repeats the head on each page; a label must be there once.
        marks = "".join(self.head_marks)
        self.head_marks.clear()
        columns = self._columns(node, group) if scale == 1 else f"({'auto, ' * count})"
        look = f"columns: {columns}, whole-rows: {value(is_low(group, count))}"
        look += f", scale: {scale:g}" if scale < 1 else ""
        table = f"#tbl({caption}, {look}{self.alignment(node)},\n{rows})\n"
        return marks + (f"#sideways[{table}]\n" if turned else table)

    def _fit(self, node: Element, widths: list[float]) -> tuple[float, bool, tuple[int, int]]:
        """Give how small the letters of a table must be, and whether its page must be turned.

        Where neither helps words are shorter than they are elsewhere.
        """
        width = sum(widths)
        fits = room(self.options) / width
        if fits >= SMALLEST or self.narrow:
            return min(1.0, max(fits, SMALLEST)), False, WORDS
        turned = room(self.options, turned=True) / width
        if turned < SMALLEST:
            message = "the table is too wide even for a page that is turned; split its columns"
            # Directives note no line of a table.
            known = (part for part in node.findall() if part.line)
            warn(Subtype.TABLE, message, next(known, node))
        # What a toctree binds stands in a compound.
        skeleton = nodes.document | nodes.section | addnodes.start_of_file | nodes.compound
        alone = all(isinstance(holder, skeleton) for holder in traverse_parent(node.parent))
        scale = min(1.0, max(turned if alone else fits, SMALLEST))
        return scale, alone, words(room(self.options, turned=alone) / scale, widths)

    def _columns(self, table: Element, group: Element) -> str:
        specs = [c for c in group.children if isinstance(c, nodes.colspec)]
        widths: list[float] = [spec.get("colwidth", 1) for spec in specs]
        given = "colwidths-given" in table["classes"] or table.get("width")
        if given and all(isinstance(width, int | float) and width > 0 for width in widths):
            if not self.narrow:  # within another table nothing is known of the room
                widths = shares(widths, needed(group, len(specs), narrow=True), room(self.options))
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
        written = ""
        for row, cells in rows(part):
            self.later(self.anchors(row))
            for x, across, down, entry in cells:
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
