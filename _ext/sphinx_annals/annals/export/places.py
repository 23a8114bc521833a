"""GeoJSON (RFC 7946): the places with coordinates, each with what happened there."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Event, Place


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
    features: list[dict[str, Any]] = []
    for place in located(catalogue):
        latitude, longitude = place.coordinates or (0.0, 0.0)
        features.append({
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {
                "title": place.title,
                "names": [{"text": name.text, "language": name.language} for name in place.names],
                "description": publication.bodies.get(place.id, ""),
                "url": site.permanent(place.id) or site.url(place),
                "events": [
                    {"id": event.id, "title": event.title,
                     "date": event.date.edtf if event.date else None,
                     "url": site.permanent(event.id) or site.url(event)}
                    for event in events[place.id]
                ],
            },
        })  # fmt: skip
    return to_json({"type": "FeatureCollection", "features": features})
