"""iCalendar (RFC 5545), with the ``icalendar`` library: the events that have an exact day."""

import datetime
import re
from typing import Any
from urllib.parse import urlsplit

from sphinx_annals.annals.export.base import COUNTED, Download, Format
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.model import Catalogue, Event, Place
from sphinx_annals.dates import as_date
from sphinx_annals.language import message
from sphinx_annals.text import without_controls

FILE = "events.ics"


def exact_events(catalogue: Catalogue) -> list[tuple[Event, datetime.date]]:
    """Give the events of one certain day in the years 1 to 9999, in order, with the day."""
    exact = ((e, e.date.earliest) for e in catalogue.events() if e.date and e.date.is_exact)
    return [(event, day) for event, first in exact if first and (day := as_date(first))]


def export(publication: Publication) -> bytes:
    """Give a calendar of whole days."""
    from icalendar import Calendar

    site = publication.site
    calendar = Calendar()
    calendar.add("prodid", f"-//{_name(site.title)}//annals//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", without_controls(site.title))
    host = urlsplit(site.base).hostname or f"{_name(site.title)}.invalid"
    for event, day in exact_events(publication.catalogue):
        calendar.add_component(_entry(event, day, publication, host))
    return bytes(calendar.to_ical(sorted=False))


def _entry(event: Event, day: datetime.date, publication: Publication, host: str) -> Any:
    from icalendar import Event as Entry

    site, entry = publication.site, Entry()
    place = publication.catalogue.find(event.place or "")
    said = {  # RFC 5545 forbids controls in values
        "uid": f"{event.id}@{host}",
        "dtstamp": publication.stamp,
        "dtstart": day,
        "dtend": day + datetime.timedelta(days=1) if day < datetime.date.max else None,
        "summary": without_controls(event.title),
        "description": without_controls(publication.bodies.get(event.id, "")),
        "location": without_controls(place.title) if place else None,
        "geo": place.coordinates if isinstance(place, Place) else None,
        "categories": [without_controls(tag) for tag in event.tags],
        "url": site.address(event) if site.base else None,
        "transp": "TRANSPARENT",
    }
    for name, value in said.items():
        if value:
            entry.add(name, value)
    return entry


def _name(text: str) -> str:
    """Give text as letters, digits and hyphens, as product ids and host names want it."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "annals"


FORMAT = Format(
    "ics",
    "iCalendar",
    message("The events of which the exact day is known, for calendars."),
    lambda book: {FILE: export(book)},
    lambda book: [Download(FILE, len(exact_events(book.catalogue)), COUNTED["events"])],
    needs=("icalendar",),
)
