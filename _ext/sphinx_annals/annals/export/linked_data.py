"""JSON-LD: the objects in the words of schema.org, in an export and in each page.

The context is embedded, so that nothing is fetched. schema.org has no words for uncertain
dates: they stand as EDTF under ``dcterms:date`` (https://id.loc.gov/datatypes/edtf.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from sphinx_annals.annals.export.publication import Publication, iso_date, iso_day
from sphinx_annals.annals.model.facts import AUTHORITIES
from sphinx_annals.annals.model.records import (
    Article,
    Authority,
    Event,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
)
from sphinx_annals.dates import Day, HistoricalDate, Point, Precision

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": {"@id": "dcterms:date", "@type": "http://id.loc.gov/datatypes/edtf/EDTF"},
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
}
Node = dict[str, Any]


class Describer:
    """Describes records; ``page`` is the address that relative ones start from in a page."""

    def __init__(self, publication: Publication, page: str = "") -> None:
        self.publication = publication
        self.page = page

    def id_of(self, record: Record) -> str:
        """Give the IRI of an object: its permanent address, or one relative to the document."""
        site = self.publication.site
        if site.base:
            return site.permanent(record.id) or site.url(record)
        return f"#{record.anchor}" if not self.page else self._relative(record)

    def _relative(self, record: Record) -> str:
        target = self.publication.site.url(record)
        page, _, anchor = target.partition("#")
        if page == self.page:
            return f"#{anchor}"
        return "../" * self.page.count("/") + target

    def graph(self, records: Iterable[Record]) -> Node:
        """Give a document of several objects."""
        return {"@context": CONTEXT, "@graph": [self.node(record) for record in records]}

    def node(self, record: Record) -> Node:
        """Describe one object."""
        found: Node = {"@id": self.id_of(record), "@type": _TYPES[type(record)]}
        pairs = (*self._common(record), *self._specific(record))
        return found | {name: value for name, value in pairs if value not in (None, "", [])}

    def _common(self, record: Record) -> Iterator[tuple[str, Any]]:
        site = self.publication.site
        yield "identifier", [record.id, *record.aliases]
        yield "name", record.heading if isinstance(record, Article) else record.title
        yield "alternateName", [_tagged(name.text, name.language) for name in record.names]
        if site.base:
            yield "url", site.url(record)
        yield "description", self.publication.bodies.get(record.id)
        yield "keywords", list(record.tags)
        yield "subjectOf", [self._work(c.key, c.locator) for c in record.sources]

    def _work(self, key: str, locator: str) -> Node:
        found: Node = {"@type": "CreativeWork", "identifier": key}
        work = self.publication.works.get(key)
        if work and work.text("title"):
            found["name"] = work.text("title")
        return found | ({"pagination": locator} if locator else {})

    def _specific(self, record: Record) -> Iterator[tuple[str, Any]]:
        match record:
            case Event():
                yield from self._event(record)
            case Treaty():
                yield from self._treaty(record)
            case Article():
                yield "legislationIdentifier", record.number
                yield "isPartOf", self._reference(record.treaty)
                yield "text", [_tagged(text.text, text.language) for text in record.texts]
            case Authority():
                yield from self._authority(record)

    def _event(self, event: Event) -> Iterator[tuple[str, Any]]:
        yield from _span(event.date, "startDate", "endDate")
        yield "edtf", event.date.edtf if event.date else None
        yield "location", self._reference(event.place)
        yield "superEvent", self._reference(event.part_of)
        yield "about", self._reference(event.treaty)
        yield "attendee", [self._actor(actor.id, actor.role) for actor in event.actors]

    def _actor(self, id: str, role: str) -> Node:
        reference = self._reference(id) or {"@type": "Thing", "name": id}
        return {"@type": "Role", "roleName": role, "attendee": reference} if role else reference

    def _treaty(self, treaty: Treaty) -> Iterator[tuple[str, Any]]:
        yield "legislationType", treaty.treaty_kind.label
        yield "legislationDate", iso_date(treaty.signed)
        yield "edtf", [date.edtf for _, date in treaty.dates]
        yield "expires", iso_date(treaty.expiry)
        yield "temporalCoverage", _coverage(treaty)
        yield "legislationPassedBy", self._references(treaty.parties)
        yield "contributor", self._references(treaty.signatories)
        yield "locationCreated", self._reference(treaty.place)
        yield "inLanguage", list(treaty.languages)
        yield "legislationRepeals", self._references(treaty.supersedes)
        yield "legislationAmends", self._references(treaty.amends)
        yield "isBasedOn", self._references(treaty.supplements)
        articles = self.publication.catalogue.articles_of(treaty)
        yield "hasPart", [{"@id": self.id_of(article)} for article in articles]

    def _authority(self, record: Authority) -> Iterator[tuple[str, Any]]:
        ids = [(AUTHORITIES[scheme][1], quote(id, safe="")) for scheme, id in record.authority_ids]
        yield "sameAs", [address.format(id) for address, id in ids]
        match record:
            case Person():
                yield "jobTitle", record.role
                yield "birthDate", iso_date(record.born)
                yield "deathDate", iso_date(record.died)
            case Organisation():
                yield "disambiguatingDescription", record.role
                yield "foundingDate", iso_date(record.founded)
                yield "dissolutionDate", iso_date(record.dissolved)
            case Place():
                yield "disambiguatingDescription", record.role
                if record.coordinates:
                    latitude, longitude = record.coordinates
                    yield "geo", {"@type": "GeoCoordinates", "latitude": latitude,
                                  "longitude": longitude}  # fmt: skip
        yield "edtf", [date.edtf for _, date in record.dates]

    def _reference(self, id: str | None) -> Node | None:
        record = self.publication.catalogue.find(id or "")
        return {"@id": self.id_of(record)} if record else None

    def _references(self, ids: Iterable[str]) -> list[Node]:
        return [reference for id in ids if (reference := self._reference(id))]


_TYPES = {Event: "Event", Treaty: "Legislation", Article: "Legislation", Person: "Person",
          Organisation: "Organization", Place: "Place"}  # fmt: skip


def _tagged(text: str, language: str | None) -> Any:
    return {"@value": text, "@language": language} if language else text


def _span(date: HistoricalDate | None, start: str, end: str) -> Iterator[tuple[str, str | None]]:
    if date is None or date.is_uncertain or date.members:
        return
    point = iso_date(date)
    yield start, point or _end_of(date, date.start, date.earliest)
    if not point:
        yield end, _end_of(date, date.end, date.latest)


def _end_of(date: HistoricalDate, point: Point | None, day: Day | None) -> str | None:
    """Give one end of an interval, a day always in the Gregorian calendar."""
    if point is None or day is None or point.precision is not Precision.DAY:
        return point.iso if point else None
    return iso_day(day) if 1 <= day[0] <= 9999 else None


def _coverage(treaty: Treaty) -> str | None:
    start = iso_date(treaty.in_force)
    end = iso_date(treaty.terminated) or iso_date(treaty.expiry)
    return f"{start}/{end or '..'}" if start else None


def script(graph: Node) -> str:
    """Give JSON-LD as an element that HTML can hold, whatever its texts hold."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'
