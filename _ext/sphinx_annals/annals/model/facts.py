"""Pure views of one record: the facts of its header, in reading order, as plain parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sphinx_annals.annals.model.catalogue import Catalogue
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
from sphinx_annals.annals.model.terms import Certainty, DateBasis
from sphinx_annals.dates import HistoricalDate


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
Values = tuple[tuple[Part, ...], ...]
"""Values of one fact, each a run of parts; none if it is not stated."""


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled fact with one or more values; a ``late`` one stands after the body."""

    label: str
    values: Values
    late: bool = False


def fields_of(record: Record, catalogue: Catalogue) -> list[Field]:
    """Give the facts of a record; those it does not state are left out."""
    found = [field for field in _specific(record, catalogue) if field.values]
    if record.names:
        found.append(Field("Also", names_of(record), late=isinstance(record, Event | Treaty)))
    return found


def _specific(record: Record, catalogue: Catalogue) -> Iterator[Field]:
    match record:
        case Event():
            for name, fact in EVENT_FACTS.items():
                yield Field(label_of(name), fact(record, catalogue), late=name in _AMONG_EVENTS)
        case Treaty():
            for name, treaty_fact in TREATY_FACTS.items():
                yield Field(label_of(name), treaty_fact(record, catalogue))
        case Article() if record.treaty:
            yield Field("Treaty", _links(record.treaty))
        case Authority():
            yield from _authority(record)


def label_of(name: str) -> str:
    """Give ``In force`` for ``in-force``."""
    return name.replace("-", " ").capitalize()


def names_of(record: Record) -> Values:
    """Give the variant names of a record, each in its language."""
    return tuple((Words(name.text, name.language),) for name in record.names)


def _links(*ids: str | None) -> Values:
    return tuple((Link(id),) for id in ids if id)


def _said(text: str) -> Values:
    return ((Words(text),),) if text else ()


def _dated(date: HistoricalDate | None) -> Values:
    return ((date,),) if date else ()


def _referring(catalogue: Catalogue, option: str, record: Record) -> Values:
    return _links(*(other.id for other in catalogue.referring(option, record.id)))


def _date_with_basis(event: Event) -> Values:
    if event.date is None:
        return ()
    remarks = []
    if event.date_basis in (DateBasis.INFERRED, DateBasis.EXTERNAL):
        remarks.append(event.date_basis.value)
    if event.date_note:
        remarks.append(event.date_note)
    return ((event.date, Words(f" ({'; '.join(remarks)})")) if remarks else (event.date,),)


def _actors(event: Event) -> Values:
    return tuple(
        (Link(actor.id), Words(f" ({actor.role})")) if actor.role else (Link(actor.id),)
        for actor in event.actors
    )


def _doubt(event: Event) -> Values:
    certainty = event.certainty
    return _said(certainty.value) if certainty and certainty is not Certainty.CERTAIN else ()


EVENT_FACTS: dict[str, Callable[[Event, Catalogue], Values]] = {
    "date": lambda event, _: _date_with_basis(event),
    "place": lambda event, _: _links(event.place),
    "actors": lambda event, _: _actors(event),
    "treaty": lambda event, _: _links(event.treaty),
    "part-of": lambda event, _: _links(event.part_of),
    "follows": lambda event, _: _links(*event.follows),
    "comprises": lambda event, catalogue: _referring(catalogue, "part-of", event),
    "followed-by": lambda event, catalogue: _referring(catalogue, "follows", event),
    "certainty": lambda event, _: _doubt(event),
}
"""The facts of an event by name, in reading order."""

_AMONG_EVENTS = frozenset({"part-of", "follows", "comprises", "followed-by"})
"""What leads on from an event: readers want it when they have read what happened."""

TREATY_FACTS: dict[str, Callable[[Treaty, Catalogue], Values]] = {
    "kind": lambda treaty, _: _said(treaty.treaty_kind.label),
    "parties": lambda treaty, _: _links(*treaty.parties),
    "signatories": lambda treaty, _: _links(*treaty.signatories),
    "signed": lambda treaty, _: _dated(treaty.signed),
    "ratified": lambda treaty, _: _dated(treaty.ratified),
    "in-force": lambda treaty, _: _dated(treaty.in_force),
    "term": lambda treaty, _: _said(treaty.term.display if treaty.term else ""),
    "expiry": lambda treaty, _: _dated(treaty.expiry),
    "terminated": lambda treaty, _: _dated(treaty.terminated),
    "place": lambda treaty, _: _links(treaty.place),
    "languages": lambda treaty, _: tuple((Words(language),) for language in treaty.languages),
    "supersedes": lambda treaty, _: _links(*treaty.supersedes),
    "supplements": lambda treaty, _: _links(*treaty.supplements),
    "amends": lambda treaty, _: _links(*treaty.amends),
    "superseded-by": lambda treaty, catalogue: _referring(catalogue, "supersedes", treaty),
    "supplemented-by": lambda treaty, catalogue: _referring(catalogue, "supplements", treaty),
    "amended-by": lambda treaty, catalogue: _referring(catalogue, "amends", treaty),
}
"""The facts of a treaty by name, in reading order."""


def _authority(record: Authority) -> Iterator[Field]:
    if record.role:
        yield Field("Role", _said(record.role))
    if isinstance(record, Person | Organisation):
        for name, date in record.dates:
            yield Field(name.capitalize(), _dated(date))
    if isinstance(record, Place) and record.coordinates:
        yield Field("Coordinates", _said(show_coordinates(record.coordinates)))
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
