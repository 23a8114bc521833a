"""Tables with a row for each record and the columns that the author chooses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from docutils.nodes import Node

from sphinx_annals.annals.directives.base import Option
from sphinx_annals.annals.doctree import Renderer, make_table
from sphinx_annals.annals.model import (
    Event,
    Record,
    Schema,
    Treaty,
    Values,
    cell,
    columns_of,
    heading_of,
)
from sphinx_annals.annals.views.base import FilteredView
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, chosen, sorting

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


@dataclass(frozen=True, kw_only=True)
class RecordTable(FilteredView[Sequence[Row]]):
    """A table of the records of a type."""

    record_type: ClassVar[type[Record]]

    sort: str
    columns: tuple[str, ...]

    @classmethod
    def options(cls, schema: Schema) -> dict[str, Option]:
        """Give the options with the columns that the project has."""
        found = super().options(schema)
        allowed = columns_of(schema, cls.record_type.kind)
        help = f"write some of: {', '.join(allowed)}"
        found["columns"] = replace(found["columns"], convert=chosen("column", *allowed), help=help)
        return found

    def shown(self, corpus: Corpus) -> Sequence[Row]:
        return [
            tuple(cell(record, column, corpus.catalogue) for column in self.columns)
            for record in corpus.chosen(self.record_type, self, self.sort)
        ]

    def nodes(self, shown: Sequence[Row], render: Renderer) -> list[Node]:
        rows = [[render.values(cell) for cell in row] for row in shown]
        schema, kind = render.catalogue.schema, self.record_type.kind
        headers = [heading_of(schema, kind, column) for column in self.columns]
        widths = [_WIDTHS.get(column, _USUAL_WIDTH) for column in self.columns]
        return make_table(headers, rows, widths, caption=self.title, html=render.html)


@dataclass(frozen=True, kw_only=True)
class EventTable(RecordTable):
    """Events as a table with the columns chosen."""

    name = "event-table"
    noun = "event"
    record_type = Event

    sort: str = sorting("date", "title", "place")
    columns: tuple[str, ...] = asked(str.split, default=("date", "event", "place", "actors"))


@dataclass(frozen=True, kw_only=True)
class TreatyTable(RecordTable):
    """Treaties as a table with the columns chosen."""

    name = "treaty-table"
    noun = "treaty"
    record_type = Treaty

    sort: str = sorting("date", "title", "kind")
    columns: tuple[str, ...] = asked(
        str.split, default=("treaty", "kind", "parties", "signed", "term")
    )
