"""Tables with a row for each record and the columns that the author chooses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils.nodes import Node

from sphinx_annals.annals.doctree import Renderer, make_table
from sphinx_annals.annals.model import (
    Catalogue,
    Event,
    Record,
    Treaty,
    Values,
    WordList,
    cells_of,
    columns_of,
    heading_of,
)
from sphinx_annals.annals.views.base import FilteredView
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, sorting
from sphinx_annals.language import message
from sphinx_annals.text import meant_or_all

Row = tuple[Values, ...]

_WIDTHS = {
    "event": 44,
    "treaty": 34,
    "date": 26,
    "names": 30,
    "articles": 40,
    "actors": 36,
    "parties": 26,
    "basis": 16,
}
_USUAL_WIDTH = 18


def _columns(*usual: str) -> Any:
    return asked(
        WordList().convert,
        "write names of columns: date, place",
        default=usual,
        about="What stands in it, in this order.",
    )


@dataclass(frozen=True, kw_only=True)
class RecordTable(FilteredView[Sequence[Row]]):
    """A table of the records of a type."""

    record_type: ClassVar[type[Record]]

    sort: str
    columns: tuple[str, ...]

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from super().problems(corpus)
        known = columns_of(corpus.catalogue.schema, self.record_type.kind)
        for column in self.columns:
            if column not in known:
                yield f":columns: no column {column!r}{meant_or_all(column, known)}"

    def _known(self, catalogue: Catalogue) -> Sequence[str]:
        """Give the columns that there are, or the name alone where none of those asked for is."""
        known = columns_of(catalogue.schema, self.record_type.kind)
        return [column for column in self.columns if column in known] or known[:1]

    def shown(self, corpus: Corpus) -> Sequence[Row]:
        kind, catalogue = self.record_type.kind, corpus.catalogue
        cells = [cells_of(kind, column, catalogue) for column in self._known(catalogue)]
        records = corpus.chosen(self.record_type, self, self.sort)
        return [tuple([cell(record) for cell in cells]) for record in records]

    def nodes(self, shown: Sequence[Row], render: Renderer) -> list[Node]:
        rows = [[render.content(cell) for cell in row] for row in shown]
        schema, kind = render.catalogue.schema, self.record_type.kind
        columns = self._known(render.catalogue)
        headers = [render.language.gettext(heading_of(schema, kind, column)) for column in columns]
        widths = [_WIDTHS.get(column, _USUAL_WIDTH) for column in columns]
        return make_table(headers, rows, widths, caption=self.title, html=render.html)


@dataclass(frozen=True, kw_only=True)
class EventTable(RecordTable):
    """Events as a table with the columns chosen."""

    name = "event-table"
    nothing = message("No event")
    record_type = Event

    sort: str = sorting("date", "title", "place")
    columns: tuple[str, ...] = _columns("date", "event", "place", "actors")


@dataclass(frozen=True, kw_only=True)
class TreatyTable(RecordTable):
    """Treaties as a table with the columns chosen."""

    name = "treaty-table"
    nothing = message("No treaty")
    record_type = Treaty

    sort: str = sorting("date", "title", "kind")
    columns: tuple[str, ...] = _columns("treaty", "kind", "parties", "signed", "term")
