"""Events as a list, each on one line: date, title, place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import Renderer, date_nodes
from sphinx_annals.annals.model import Event, Link
from sphinx_annals.annals.views.base import FilteredView
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import Sort, sorting
from sphinx_annals.dates import HistoricalDate


class EventLine(NamedTuple):
    """What a line says of an event."""

    date: HistoricalDate | None
    event: Link
    place: Link | None

    @classmethod
    def of(cls, event: Event) -> EventLine:
        """Give the line of an event."""
        return cls(event.date, Link(event.id), Link(event.place) if event.place else None)

    def item(self, render: Renderer) -> nodes.list_item:
        """Give the line as an item of a list."""
        line = nodes.paragraph()
        if self.date:
            line += [*date_nodes(self.date), nodes.Text(": ")]
        line += render.link(self.event)
        if self.place:
            line += [nodes.Text(", "), render.link(self.place)]
        return nodes.list_item("", line)


@dataclass(frozen=True, kw_only=True)
class EventList(FilteredView[Sequence[EventLine]]):
    """Events as a list."""

    name: ClassVar[str] = "event-list"
    noun: ClassVar[str] = "event"

    sort: Sort = sorting("date", "title", "place")

    def shown(self, corpus: Corpus) -> Sequence[EventLine]:
        return [EventLine.of(event) for event in corpus.chosen(Event, self, self.sort)]

    def nodes(self, shown: Sequence[EventLine], render: Renderer) -> list[Node]:
        items = [line.item(render) for line in shown]
        return self.captioned(nodes.bullet_list("", *items, bullet="-"))
