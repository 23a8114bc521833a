"""Tables: spans, repeated headers, column widths, captions."""

# ruff: noqa: D102 - visit_ and depart_ methods follow one protocol
from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annals.pdf.translator.blocks import BlocksMixin

if TYPE_CHECKING:
    from docutils.nodes import Element

#: Letters in a line of the measure, near enough.
LINE = 75


class TablesMixin(BlocksMixin):
    """Visitors for tables. A table is written in one go, so that spans are known."""

    def visit_table(self, node: Element) -> None:
        self.open_block(node)
        title = next((c for c in node.children if isinstance(c, nodes.title)), None)
        caption = self.caption(node, title, "table")
        align = node.get("align")
        place = f", align: {align}" if align in {"left", "right"} else ""
        for child in node.children:
            if isinstance(child, nodes.tgroup):
                self.push()
                self._rows(child)
                rows = self.pop()
                # Typst repeats the head on each page; a label must be there once.
                self.append("".join(self.head_marks))
                self.head_marks.clear()
                columns = self._columns(node, child)
                whole = str(self._short_rows(child)).lower()
                self.append(
                    f"#tbl({caption}, columns: {columns}, whole-rows: {whole}{place},\n{rows})\n"
                )
        raise nodes.SkipNode

    def _columns(self, table: Element, group: Element) -> str:
        specs = [c for c in group.children if isinstance(c, nodes.colspec)]
        widths: list[float] = [spec.get("colwidth", 1) for spec in specs]
        given = "colwidths-given" in table["classes"] or table.get("width")
        numbers = all(isinstance(w, int | float) and w > 0 for w in widths)
        if not (given and numbers):
            widths = self._weights(group, len(specs))
        if not widths:
            return f"({'auto, ' * len(specs)})"
        return "(" + "".join(f"{w:g}fr, " for w in widths) + ")"

    def _weights(self, group: Element, count: int) -> list[float]:
        """Share the measure among the columns by what they hold; nothing for a narrow table.

        Typst can find the widths itself, but lays every cell out several times for that.
        """
        longest, words = [0] * count, [0] * count
        for row in group.findall(nodes.row):
            cells = [cell for cell in row.children if isinstance(cell, nodes.entry)]
            if len(cells) != count or any(cell.get("morecols") for cell in cells):
                continue
            for column, cell in enumerate(cells):
                text = cell.astext()
                longest[column] = max(longest[column], len(text))
                words[column] = max([words[column], *map(len, text.split())])
        if sum(longest) + 3 * count < LINE:
            return []
        # Long texts wrap, so they need room by the root of their length; words do not wrap.
        wanted = [min(n, 12) + 3 * max(0, n - 12) ** 0.5 for n in longest]
        scale = LINE / sum(wanted)
        return [max(w * scale, min(word, 16) + 2, 3) for w, word in zip(wanted, words, strict=True)]

    def _short_rows(self, group: Element) -> bool:
        """Whether no row need be split between two pages."""
        return all(len(entry.astext()) < 600 for entry in group.findall(nodes.entry))

    def _rows(self, group: Element) -> None:
        heads = self._rows_of(group, nodes.thead)
        body = self._rows_of(group, nodes.tbody)
        if heads:
            # A note is a link, which PDF/UA forbids in what is repeated.
            notes = any(next(row.findall(nodes.footnote_reference), None) for row in heads)
            self.append(f"table.header(repeat: {str(not notes).lower()},\n")
            self.context.append("table head")
            for row in heads:
                self._row(row, head=True)
            self.context.pop()
            self.append("table.hline(stroke: 0.5pt + ink)),\n")
        stubs = [bool(c.get("stub")) for c in group.children if isinstance(c, nodes.colspec)]
        # Typst places cells around a spanning one by itself, as docutils leaves them out too.
        free = [0] * len(stubs)
        for row in body:
            self._row(row, head=False, stubs=stubs, free=free)

    def _rows_of(self, group: Element, kind: type[Element]) -> list[Element]:
        parts = [part for part in group.children if isinstance(part, kind)]
        return [row for part in parts for row in part.children if isinstance(row, nodes.row)]

    def _row(
        self, row: Element, *, head: bool,
        stubs: list[bool] | None = None, free: list[int] | None = None,
    ) -> None:  # fmt: skip
        column = 0
        marks = self.anchors(row)
        for entry in row.children:
            if not isinstance(entry, nodes.entry):
                continue
            while free and column < len(free) and free[column]:
                free[column] -= 1
                column += 1
            across, down = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            stub = bool(stubs and column < len(stubs) and stubs[column])
            if free:
                free[column : column + across] = [down - 1] * across
            column += across
            self.later(marks)
            marks = ""
            self._cell(entry, across, down, bold=head or stub)
        while free and column < len(free):
            free[column] = max(0, free[column] - 1)
            column += 1
        self.append("\n")

    def _cell(self, entry: Element, across: int, down: int, *, bold: bool) -> None:
        spans = (f"colspan: {across}, " if across > 1 else "") + (
            f"rowspan: {down}, " if down > 1 else ""
        )
        function = "th" if bold else "table.cell" if spans else ""
        self.append(f"{function}({spans.rstrip(', ')})" if function else "")
        self.later(self.anchors(entry))
        self.open_content(entry)
        for child in entry.children:
            child.walkabout(self)
        self.close_content(entry)
        self.append(", ")
