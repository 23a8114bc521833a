"""JSON-LD: the objects in the words of schema.org, in an export and in each page.

The context is embedded, so that nothing is fetched. schema.org has no words for uncertain
dates: they stand as EDTF under ``dcterms:date`` (https://id.loc.gov/datatypes/edtf.html). What is
stated in the Julian calendar stands in the Gregorian there, and as stated as a property.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from sphinx_annals.annals import model
from sphinx_annals.annals.export.base import Download, Format
from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication, iso_date, iso_day
from sphinx_annals.annals.model import Event, Kind, Record, Treaty
from sphinx_annals.dates import Calendar, Day, HistoricalDate, Point, Precision
from sphinx_annals.language import ENGLISH, message
from sphinx_annals.text import Citation

FILE = "annals.jsonld"
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
            return site.address(record)
        page, _, anchor = site.url(record).partition("#")
        within = self.page in ("", page)
        return f"#{anchor}" if within else f"{'../' * self.page.count('/')}{page}#{anchor}"

    def graph(self, records: Iterable[Record]) -> Node:
        """Give a document of several objects."""
        return {"@context": CONTEXT, "@graph": [self.node(record) for record in records]}

    def node(self, record: Record) -> Node:
        """Describe one object."""
        found: Node = {"@id": self.id_of(record), "@type": _TYPES[record.kind]}
        pairs = (*self._common(record), *self._fields(record))
        return found | {name: value for name, value in pairs if value not in (None, "", [])}

    def _common(self, record: Record) -> Iterator[tuple[str, Any]]:
        site = self.publication.site
        yield "identifier", [record.id, *record.aliases]
        yield "name", record.heading
        yield "alternateName", [_tagged(name.text, name.language) for name in record.names]
        if site.base:
            yield "url", site.url(record)
        yield "description", self.publication.bodies.get(record.id)
        yield "keywords", list(record.tags)
        yield "subjectOf", [self._work(c) for c in record.sources]

    def _work(self, cited: Citation) -> Node:
        found: Node = {"@type": "CreativeWork", "identifier": cited.key}
        work = self.publication.works.get(cited.key)
        if work and work.title:
            found["name"] = work.title
        found |= {"pagination": cited.locator} if cited.locator else {}
        # the work that was read speaks of the one that is cited
        return found | ({"subjectOf": self._work(cited.via)} if cited.via else {})

    def _fields(self, record: Record) -> Iterator[tuple[str, Any]]:
        """Give each field under its term; what a project declares without one is a property."""
        properties, elsewhere = [], []
        for field in self.publication.catalogue.schema[record.kind]:
            stated = record.value(field)
            if isinstance(field.type, model.Identifier):
                if stated:
                    elsewhere.append(field.type.address.replace("{}", quote(stated, safe="")))
                continue
            if isinstance(stated, HistoricalDate) and stated.calendar is not Calendar.GREGORIAN:
                name = f"{field.label} ({stated.calendar.value} calendar)"
                properties.append({"@type": "PropertyValue", "name": name, "value": stated.edtf})
            if isinstance(field.term, tuple):
                yield from _span(stated, *field.term)
            elif field.term:
                yield field.term, self._value(field, stated)
            elif field.own and model.is_stated(stated):
                value = self._value(field, stated)
                properties.append({"@type": "PropertyValue", "name": field.label, "value": value})
        yield "additionalProperty", properties
        yield "sameAs", elsewhere
        edtf = [edtf for _, date in record.dates if (edtf := date.in_edtf)]
        yield "edtf", edtf[0] if isinstance(record, Event) and len(edtf) == 1 else edtf
        if isinstance(record, Treaty):
            yield "temporalCoverage", _coverage(record)
            articles = self.publication.catalogue.articles_of(record)
            yield "hasPart", [{"@id": self.id_of(article)} for article in articles]

    def _value(self, field: model.Field, value: Any) -> Any:
        """Give a value in the forms of schema.org, nothing where it is not stated."""
        match field.type:
            case _ if not model.is_stated(value):
                return None
            case model.Date():
                return (value.in_edtf or None) if field.own and not field.term else iso_date(value)
            case model.Actors():
                return [self._actor(actor, str(field.term or "actor")) for actor in value]
            case model.Ids():
                return [found for id in value if (found := self._reference(id))]
            case model.Id():
                return self._reference(value)
            case model.Wordings():
                return [_tagged(text.text, text.language) for text in value]
            case model.Coordinates():
                point = field.type.json(value, self.publication.catalogue)
                return {"@type": "GeoCoordinates", **point}
            case model.WordList():
                return list(value)
            case model.Number():
                return value
        parts = field.type.parts(value, ENGLISH)
        shown = [part.text for (part,) in parts if isinstance(part, model.Words)]
        return shown[0] if len(shown) == 1 else shown

    def _actor(self, actor: model.Actor, term: str) -> Node:
        reference = self._reference(actor.id) or {"@type": "Thing", "name": actor.id}
        role = {"@type": "Role", "roleName": actor.role, term: reference}
        return role if actor.role else reference

    def _reference(self, id: str | None) -> Node | None:
        record = self.publication.catalogue.find(id or "")
        return {"@id": self.id_of(record)} if record else None


_TYPES = {
    Kind.EVENT: "Event",
    Kind.TREATY: "Legislation",
    Kind.ARTICLE: "Legislation",
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.PLACE: "Place",
}


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
    if point and day and point.precision is Precision.DAY:
        return iso_day(day)
    return point.iso if point else None


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


FORMAT = Format(
    "jsonld",
    "JSON-LD",
    message(
        "The same objects in the words of schema.org, for linked data; each page also carries its "
        "own."
    ),
    lambda book: {FILE: to_json(Describer(book).graph(book.catalogue.records))},
    lambda book: [Download(FILE, len(list(book.catalogue.records)))],
)
