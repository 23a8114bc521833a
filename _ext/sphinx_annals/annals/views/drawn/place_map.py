"""Places as a drawing on the outline of coasts, with a list of their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from docutils import nodes

from sphinx_annals.annals.doctree import Renderer, bulleted
from sphinx_annals.annals.drawings import Frame, MapPlace, draw_map
from sphinx_annals.annals.model import Event, Link, Place
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.figure import Drawn, FigureView
from sphinx_annals.language import message

LocatedPlace = tuple[Link, tuple[float, float]]
"""What a map shows of a place: its name, and its coordinates."""


@dataclass(frozen=True, kw_only=True)
class PlaceMap(FigureView[Sequence[LocatedPlace]]):
    """Places with coordinates on a map without borders, with the same as a list."""

    name = "place-map"
    named = message("Map")
    nothing = message("No place with coordinates")

    def shown(self, corpus: Corpus) -> Sequence[LocatedPlace]:
        """Give the places of events that pass, or places that pass by documents or tags alone."""
        wanted = corpus.selection(self)
        places = corpus.catalogue.of_type(Place)
        if self.start or self.end or self.actor or self.treaty:
            events = [event for event in corpus.catalogue.of_type(Event) if event in wanted]
            used = {place.id for place in corpus.found(event.place or "" for event in events)}
            places = [place for place in places if place.id in used]
        else:
            places = [place for place in places if place in wanted]
        return [(Link(p.id), p.coordinates) for p in places if p.coordinates]

    def draw(self, shown: Sequence[LocatedPlace], frame: Frame, render: Renderer) -> Drawn:
        found = [
            MapPlace(place.id, record.display, coordinates, render.href(record))
            for place, coordinates in shown
            if (record := render.catalogue.find(place.id))
        ]
        return Drawn([draw_map(found, frame)])

    def listed(self, shown: Sequence[LocatedPlace], render: Renderer) -> nodes.Element:
        return bulleted(render.line([place]) for place, _ in shown)
