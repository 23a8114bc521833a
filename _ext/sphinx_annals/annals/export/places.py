"""GeoJSON (RFC 7946): the places with coordinates, each with what happened there."""

from collections import defaultdict
from typing import Any

from sphinx_annals.annals.export.base import COUNTED, Download, Format
from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication, Site
from sphinx_annals.annals.model import Catalogue, Event, Names, Place
from sphinx_annals.language import message

FILE = "places.geojson"


def located(catalogue: Catalogue) -> list[Place]:
    """Give the places that have coordinates."""
    return [place for place in catalogue.of_type(Place) if place.coordinates]


def export(publication: Publication) -> bytes:
    """Give a feature collection of points; positions are longitude first, as the RFC asks."""
    site, catalogue = publication.site, publication.catalogue
    events: dict[str, list[Event]] = defaultdict(list)
    for event in catalogue.events():
        place = catalogue.find(event.place or "")
        if place:
            events[place.id].append(event)
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": (place.coordinates or ())[::-1]},
            "properties": {
                "title": place.title,
                "names": Names().json(place.names, catalogue),
                "description": publication.bodies.get(place.id, ""),
                "url": site.address(place),
                "events": [_event(event, site) for event in events[place.id]],
            },
        }
        for place in located(catalogue)
    ]
    return to_json({"type": "FeatureCollection", "features": features})


def _event(event: Event, site: Site) -> dict[str, Any]:
    date = (event.date.in_edtf if event.date else "") or None
    return {"id": event.id, "title": event.title, "date": date, "url": site.address(event)}


FORMAT = Format(
    "geojson",
    "GeoJSON",
    message("The places with coordinates and what happened there, for maps."),
    lambda book: {FILE: export(book)},
    lambda book: [Download(FILE, len(located(book.catalogue)), COUNTED["places"])],
)
