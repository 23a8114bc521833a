"""Events as a list, each on one line: date, title, place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docutils.nodes import Node

from sphinx_annals.annals.doctree import Renderer, bulleted
from sphinx_annals.annals.model import Catalogue, Event, Link, Part, Words, when
from sphinx_annals.annals.views.base import FilteredView
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import sorting
from sphinx_annals.language import message

Line = tuple[Part, ...]


def event_lines(events: Iterable[Event], catalogue: Catalogue) -> Iterator[Line]:
    """Give what a line says of each event."""
    colon, comma = (Words(catalogue.language.mark(mark)) for mark in (": ", ", "))
    for event in events:
        told = when(event, catalogue)
        date = (told, colon) if told else ()
        place = (comma, Link(event.place)) if event.place else ()
        yield (*date, Link(event.id), *place)


@dataclass(frozen=True, kw_only=True)
class EventList(FilteredView[Sequence[Line]]):
    """Events as a list by date."""

    name = "event-list"
    nothing = message("No event")

    sort: str = sorting("date", "title", "place")

    def shown(self, corpus: Corpus) -> Sequence[Line]:
        return list(event_lines(corpus.chosen(Event, self, self.sort), corpus.catalogue))

    def nodes(self, shown: Sequence[Line], render: Renderer) -> list[Node]:
        return self.captioned(bulleted(map(render.line, shown)))
