"""Pure views of one record: the facts of its header, in reading order, as plain parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .catalogue import Catalogue
from .dates import HistoricalDate
from .model import (
    Article,
    Authority,
    Certainty,
    DateBasis,
    Event,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another object; ``text`` replaces its display name."""

    id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, in a language if given; ``href`` makes it an external link."""

    text: str
    language: str | None = None
    href: str | None = None


Part = Link | Words | HistoricalDate


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled fact with one or more values, each a run of parts."""

    label: str
    values: tuple[tuple[Part, ...], ...]


def fields_of(record: Record, catalogue: Catalogue) -> list[Field]:
    """Give the facts of a record; those it does not state are left out."""
    found = [field for field in _specific(record, catalogue) if field.values]
    if record.names:
        values = tuple((Words(name.text, name.language),) for name in record.names)
        found.append(Field("Names" if len(values) > 1 else "Also", values))
    return found


def _specific(record: Record, catalogue: Catalogue) -> Iterator[Field]:
    match record:
        case Event():
            yield from _event(record, catalogue)
        case Treaty():
            yield from _treaty(record, catalogue)
        case Article() if record.treaty:
            yield _links("Treaty", (record.treaty,))
        case Authority():
            yield from _authority(record)


def _event(event: Event, catalogue: Catalogue) -> Iterator[Field]:
    if event.date:
        yield Field("Date", (_date_with_basis(event),))
    yield _links("Place", (event.place,) if event.place else ())
    actors = tuple(
        (Link(actor.id), Words(f" ({actor.role})")) if actor.role else (Link(actor.id),)
        for actor in event.actors
    )
    yield Field("Actors", actors)
    yield _links("Treaty", (event.treaty,) if event.treaty else ())
    yield _links("Part of", (event.part_of,) if event.part_of else ())
    yield _links("Follows", event.follows)
    yield _records("Comprises", catalogue.referring("part-of", event.id))
    yield _records("Followed by", catalogue.referring("follows", event.id))
    if event.certainty and event.certainty is not Certainty.CERTAIN:
        yield Field("Certainty", ((Words(event.certainty.value),),))


def _date_with_basis(event: Event) -> tuple[Part, ...]:
    remarks = []
    if event.date_basis in (DateBasis.INFERRED, DateBasis.EXTERNAL):
        remarks.append(event.date_basis.value)
    if event.date_note:
        remarks.append(event.date_note)
    shown: tuple[Part, ...] = (event.date,) if event.date else ()
    return (*shown, Words(f" ({'; '.join(remarks)})")) if remarks else shown


def _treaty(treaty: Treaty, catalogue: Catalogue) -> Iterator[Field]:
    yield Field("Kind", ((Words(treaty.treaty_kind.label),),))
    yield _links("Parties", treaty.parties)
    yield _links("Signatories", treaty.signatories)
    for label, date in (
        ("Signed", treaty.signed),
        ("Ratified", treaty.ratified),
        ("In force", treaty.in_force),
    ):
        yield Field(label, ((date,),) if date else ())
    yield Field("Term", ((Words(treaty.term.display),),) if treaty.term else ())
    yield Field("Expiry", ((treaty.expiry,),) if treaty.expiry else ())
    yield Field("Terminated", ((treaty.terminated,),) if treaty.terminated else ())
    yield _links("Place", (treaty.place,) if treaty.place else ())
    yield Field("Languages", tuple((Words(language),) for language in treaty.languages))
    yield _links("Supersedes", treaty.supersedes)
    yield _links("Supplements", treaty.supplements)
    yield _links("Amends", treaty.amends)
    yield _records("Superseded by", catalogue.referring("supersedes", treaty.id))
    yield _records("Supplemented by", catalogue.referring("supplements", treaty.id))
    yield _records("Amended by", catalogue.referring("amends", treaty.id))


def _authority(record: Authority) -> Iterator[Field]:
    if record.role:
        yield Field("Role", ((Words(record.role),),))
    if isinstance(record, Person | Organisation):
        for name, date in record.dates:
            yield Field(name.capitalize(), ((date,),))
    if isinstance(record, Place) and record.coordinates:
        yield Field("Coordinates", ((Words(show_coordinates(record.coordinates)),),))
    for scheme, identifier in record.authority_ids:
        label, url = AUTHORITIES[scheme]
        yield Field(label, ((Words(identifier, href=url.format(identifier)),),))


AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/entity/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
    "lcnaf": ("LCNAF", "https://id.loc.gov/authorities/names/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
}
"""Authority files: option name, label, and the address of an entry."""


def show_coordinates(coordinates: tuple[float, float]) -> str:
    """Give ``55.75° N, 37.62° E``."""
    latitude, longitude = coordinates
    north, east = ("N" if latitude >= 0 else "S"), ("E" if longitude >= 0 else "W")
    return f"{abs(latitude):g}° {north}, {abs(longitude):g}° {east}"


def _links(label: str, ids: Iterable[str]) -> Field:
    return Field(label, tuple((Link(id),) for id in ids))


def _records(label: str, records: Iterable[Record]) -> Field:
    return _links(label, [record.id for record in records])
