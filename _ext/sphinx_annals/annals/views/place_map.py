"""Places as a drawing on the outline of coasts, with a list of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes

from sphinx_annals.annals import drawings
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Event, Link, Place
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawing import PAGE_WIDTH, DrawnView


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """What a map shows of a place."""

    place: Link
    coordinates: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PlaceMap(DrawnView[LocatedPlace]):
    """Places as a drawing, with a list."""

    name: ClassVar[str] = "place-map"
    noun: ClassVar[str] = "place with coordinates"

    def shown(self, corpus: Corpus) -> Sequence[LocatedPlace]:
        """Give the places with coordinates: those of the events that pass, or that pass
        themselves where only documents or tags are asked for.
        """
        asked, wanted = self.filter, corpus.selection(self.filter)
        places = corpus.catalogue.of_type(Place)
        if asked.start or asked.end or asked.actor or asked.treaty:
            events = [event for event in corpus.catalogue.of_type(Event) if event in wanted]
            used = {place.id for place in corpus.found(event.place or "" for event in events)}
            places = [place for place in places if place.id in used]
        else:
            places = [place for place in places if place in wanted]
        return [LocatedPlace(Link(p.id), p.coordinates) for p in places if p.coordinates]

    def draw(self, shown: Sequence[LocatedPlace], render: Renderer) -> list[str]:
        """Draw the places."""
        found = [
            drawings.MapPlace(item.place.id, target.text, item.coordinates, render.href(target))
            for item in shown
            if (target := render.target(item.place))
        ]
        title = self.caption or "Map"
        if render.paged:
            return [drawings.draw_map(found, title=title, prefix=self.anchor, width=PAGE_WIDTH)]
        return [drawings.draw_map(found, title=title, prefix=self.anchor)]

    def listed(self, shown: Sequence[LocatedPlace], render: Renderer) -> nodes.Element:
        """Give the names."""
        lines = [nodes.paragraph("", "", render.link(item.place)) for item in shown]
        items = [nodes.list_item("", line) for line in lines]
        return nodes.bullet_list("", *items, bullet="-")
