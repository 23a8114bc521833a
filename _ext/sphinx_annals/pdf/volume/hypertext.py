"""Read HTML as blocks that a page can show: tables, code, and else its words."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product

from docutils import nodes
from docutils.nodes import Element, Node

#: What is not read by anybody, as is what has one of these attributes; and what has no end.
_UNREAD = re.compile("audio|canvas|head|iframe|noscript|object|script|style|template|video")
_HIDDEN = re.compile(r"display\s*:\s*none")
_ENDLESS = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
#: What stands within a line; at any other tag a line ends.
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|button|cite|code|data|dfn|em|font|i|img|kbd|label|mark|q|s|samp|small|span|"
    "strong|style|sub|sup|time|tt|u|var|wbr"
)
#: No table with more columns is legible on a page; its cells are lines.
MOST_COLUMNS = 40

Attributes = list[tuple[str, str | None]]


@dataclass
class _Cell:
    """A cell of a table: its words, whether it is a head, over how many columns and rows it is."""

    head: bool
    across: int
    down: int
    words: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """The rows of a table: each tells whether it is of the head of the table, and has cells."""

    rows: list[tuple[bool, list[_Cell]]] = field(default_factory=list)
    in_head: bool = False
    open: bool = False
    """Whether words belong to the last cell."""


def read_html(source: str) -> list[Node]:
    """Give the tables, the code and the lines of an HTML as docutils has them, none if it is mute.

    A table in a table gives its words to the cell, as do other blocks.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Node] = []
        self._words: list[str] = []
        self._tables: list[_Table] = []
        self._unread: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = dict(attrs)
        hidden = "hidden" in given or _HIDDEN.search(given.get("style") or "")
        unread = _UNREAD.fullmatch(tag) or (hidden and not _ENDLESS.fullmatch(tag))
        if unread or tag in self._unread[-1:]:
            self._unread.append(tag)
        if not _INLINE.fullmatch(tag):
            self.end_line()
        if tag == "img":
            self.handle_data(given.get("alt") or "")
        elif tag == "pre":
            self._code = True
        elif tag == "table":
            self._tables.append(_Table())
        elif len(self._tables) == 1:
            self._row_or_cell(self._tables[0], tag, given)

    def _row_or_cell(self, table: _Table, tag: str, given: dict[str, str | None]) -> None:
        if tag in {"thead", "tbody", "tfoot"}:
            table.in_head = tag == "thead"
        elif tag == "tr":
            table.rows.append((table.in_head, []))
        elif tag in {"td", "th"}:
            if not table.rows:
                table.rows.append((table.in_head, []))
            across, down = _number(given.get("colspan")), _number(given.get("rowspan"))
            table.rows[-1][1].append(_Cell(tag == "th", across, down))
        table.open = tag in {"td", "th"} or (table.open and tag not in {"tr", "caption"})

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread[-1:]:
            self._unread.pop()
        if not _INLINE.fullmatch(tag):
            self.end_line()
        if tag == "table" and self._tables:
            table = self._tables.pop()
            if not self._tables:
                self.found += _as_table(table)
        elif len(self._tables) == 1 and tag in {"td", "th", "tr"}:
            self._tables[0].open = False

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._words.append(data)

    def end_line(self) -> None:
        """End the line that is being read: it goes to a cell, or stands by itself."""
        raw, code = "".join(self._words), self._code
        text = " ".join(raw.split())
        self._words, self._code = [], False
        table = self._tables[0] if self._tables else None
        if not text:
            return
        if table and table.open:
            table.rows[-1][1][-1].words.append(text)
        elif code:
            self.found.append(nodes.literal_block(raw, raw.strip("\n"), language="none"))
        else:
            self.found.append(nodes.paragraph(text, text))

    def close(self) -> None:
        """Read on to the end, where a table may still be open."""
        super().close()
        self.end_line()
        self.found += _as_table(self._tables[0]) if self._tables else []


def _number(given: str | None) -> int:
    return max(1, int(given)) if given and given.isdecimal() and len(given) < 4 else 1


def _as_table(table: _Table) -> list[Node]:
    """Give a table of docutils, or the words of one that has too many columns, row by row."""
    rows = [cells for _, cells in table.rows if cells]
    heads = [cells for head, cells in table.rows if head and cells]
    bodies = [cells for head, cells in table.rows if not head and cells]
    if not any(cell.words for cells in rows for cell in cells):
        return []
    groups = [(nodes.thead, heads), (nodes.tbody, bodies)] if bodies else [(nodes.tbody, heads)]
    taken = [_place(group) for _, group in groups]
    count = max(width for widths in taken for width in widths)
    if count > MOST_COLUMNS:
        lines = (", ".join(" ".join(cell.words) for cell in cells) for cells in rows)
        return [nodes.paragraph(line, line) for line in lines]
    made = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in range(count)), cols=count)
    for (kind, group), widths in zip(groups, taken, strict=True):
        lacking = ([nodes.entry("") for _ in range(count - width)] for width in widths)
        shown = ([_entry(cell) for cell in cells] for cells in group)
        filled = (nodes.row("", *row, *more) for row, more in zip(shown, lacking, strict=True))
        made += kind("", *filled) if group else []
    return [nodes.table("", made)]


def _place(rows: list[list[_Cell]]) -> list[int]:
    """Cut the cells of a group to the room that they have; give the columns of each row."""
    taken: set[tuple[int, int]] = set()
    for y, cells in enumerate(rows):
        x = 0
        for cell in cells:
            while (x, y) in taken:
                x += 1
            free = (n for n in range(1, cell.across) if (x + n, y) in taken)
            cell.across = min(next(free, cell.across), MOST_COLUMNS + 1)
            cell.down = min(cell.down, len(rows) - y)
            taken.update(product(range(x, x + cell.across), range(y, y + cell.down)))
    return [max((x + 1 for x, row in taken if row == y), default=0) for y in range(len(rows))]


def _entry(cell: _Cell) -> Element:
    made = nodes.entry("", *(nodes.paragraph(words, words) for words in cell.words))
    spans = {"morecols": cell.across - 1, "morerows": cell.down - 1}
    made.attributes.update({name: more for name, more in spans.items() if more})
    if cell.head:
        made["scope"] = "row"
    return made
