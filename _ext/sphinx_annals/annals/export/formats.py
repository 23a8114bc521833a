"""The formats: what each is for, what files it gives, how much is in them. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_annals.annals.export import akoma, calendar, csl, data, places, tables
from sphinx_annals.annals.export.json_schema import SCHEMA, json_schema
from sphinx_annals.annals.export.linked_data import Describer
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.export.works import Works
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Treaty
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.annals.model.types import Data

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Edition:
    """One export of a publication; ``stamp`` is the time that some formats want."""

    publication: Publication
    stamp: datetime.datetime

    @cached_property
    def data(self) -> Data:
        """Everything that is stated, as JSON and the tables share it."""
        return data.as_data(self.publication)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to link to, and how many records it holds, with the noun in one and many."""

    file: str
    records: int
    one: str
    many: str

    @property
    def size(self) -> str:
        """Give ``121 events``."""
        return f"{self.records:,} {self.one if self.records == 1 else self.many}"


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``make`` gives its files, ``downloads`` what of them is worth a link."""

    id: str
    title: str
    sentence: str
    make: Callable[[Edition], Files]
    downloads: Callable[[Catalogue, Works], list[Download]]


def _json(edition: Edition) -> Files:
    schema = json_schema(edition.publication.schema)
    return {"annals.json": data.to_json(edition.data), SCHEMA: data.to_json(schema)}


def _linked(edition: Edition) -> Files:
    graph = Describer(edition.publication).graph(edition.publication.catalogue.records)
    return {"annals.jsonld": data.to_json(graph)}


def _objects(file: str) -> Callable[[Catalogue, Works], list[Download]]:
    return lambda catalogue, _works: [
        Download(file, len(list(catalogue.records)), "record", "records")
    ]


def _tables(catalogue: Catalogue, _works: Works) -> list[Download]:
    found = [
        Download(f"{kind.plural}.csv", len(catalogue.of_kind(kind)), kind.label, _many(kind))
        for kind in Kind
    ]
    found.append(Download("accounts.csv", len(list(catalogue.accounts)), "account", "accounts"))
    return [download for download in found if download.records]


def _many(kind: Kind) -> str:
    return "provisions" if kind is Kind.ARTICLE else kind.plural


def _treaties(catalogue: Catalogue, _works: Works) -> list[Download]:
    return [
        Download(f"treaties/{akoma.file_name(treaty.id)}.xml",
                 len(catalogue.articles_of(treaty)), "provision", "provisions")
        for treaty in catalogue.of_type(Treaty)
    ]  # fmt: skip


FORMATS = (
    Format(
        "json", "JSON",
        "Everything that the annotations state, with sources, accounts and verdicts, as the "
        "JSON Schema beside it describes.",
        _json, _objects("annals.json"),
    ),
    Format(
        "jsonld", "JSON-LD",
        "The same objects in the words of schema.org, for linked data; each page also carries "
        "its own.",
        _linked, _objects("annals.jsonld"),
    ),
    Format(
        "csv", "CSV",
        "One table for each kind of object and one of accounts, for spreadsheets and statistics.",
        lambda edition: tables.export(edition.data, edition.publication.schema), _tables,
    ),
    Format(
        "geojson", "GeoJSON",
        "The places with coordinates and what happened there, for maps.",
        lambda edition: {"places.geojson": places.export(edition.publication)},
        lambda catalogue, _works: [
            Download("places.geojson", len(places.located(catalogue)), "place", "places")
        ],
    ),
    Format(
        "ics", "iCalendar",
        "The events of which the exact day is known, for calendars.",
        lambda edition: {"events.ics": calendar.export(edition.publication, edition.stamp)},
        lambda catalogue, _works: [
            Download("events.ics", len(calendar.exact_events(catalogue)), "event", "events")
        ],
    ),
    Format(
        "csl", "CSL-JSON",
        "The bibliography, for reference managers and pandoc.",
        lambda edition: {"bibliography.csl.json": csl.export(edition.publication)},
        lambda _catalogue, works: [
            Download("bibliography.csl.json", len(works), "entry", "entries")
        ],
    ),
    Format(
        "akn", "Akoma Ntoso",
        "The treaties and their provisions in the XML of legal documents, one file each.",
        lambda edition: akoma.export(edition.publication), _treaties,
    ),
)  # fmt: skip
"""All formats, in the order in which pages list them."""


def files_of(publication: Publication, stamp: datetime.datetime) -> dict[str, bytes]:
    """Give the files of all formats by name."""
    edition = Edition(publication, stamp)
    found: dict[str, bytes] = {}
    for format in FORMATS:
        found.update(format.make(edition))
    return found
