"""annals.json: everything that the annotations state, as ``annals.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from sphinx_annals.annals.criticism.comparing import Comparison, comparisons_of
from sphinx_annals.annals.criticism.values import read_edtf
from sphinx_annals.annals.export.publication import Publication, iso_day
from sphinx_annals.annals.model.facts import Link, Part, Words
from sphinx_annals.annals.model.records import (
    Article,
    Authority,
    Citation,
    Event,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
)
from sphinx_annals.annals.model.statements import Account
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.dates import HistoricalDate, display

FORMAT = "annals 1"
SCHEMA = "annals.schema.json"
PLURALS = {
    Kind.EVENT: "events",
    Kind.TREATY: "treaties",
    Kind.ARTICLE: "articles",
    Kind.PERSON: "people",
    Kind.ORGANISATION: "organisations",
    Kind.PLACE: "places",
}
"""The name of the list, or file, of each kind."""

Data = dict[str, Any]


def schema() -> bytes:
    """Give the JSON Schema (2020-12) of the data."""
    return files(__package__).joinpath("schema", SCHEMA).read_bytes()


def to_json(data: Any) -> bytes:
    """Give JSON in UTF-8 that is the same for the same data, one object of a list a line.

    The lines let two versions be compared; an encoder that indents would take five times as long.
    """
    return (_lines(data) + "\n").encode("utf-8", "replace")


def _lines(data: Any) -> str:
    match data:
        case [_, *_]:
            return "[\n" + ",\n".join(_line(item) for item in data) + "\n]"
        case {}:
            pairs = [f"{_line(name)}: {_lines(value)}" for name, value in data.items()]
            return "{\n" + ",\n".join(pairs) + "\n}"
    return _line(data)


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def as_data(publication: Publication) -> Data:
    """Give everything that is stated: objects by kind, and the ids that took others' place."""
    site, catalogue = publication.site, publication.catalogue
    lists: dict[str, list[Data]] = {name: [] for name in PLURALS.values()}
    for record in catalogue.records:
        lists[PLURALS[record.kind]].append(describe(record, publication))
    return {
        "$schema": SCHEMA,
        "format": FORMAT,
        "title": site.title,
        "version": site.version,
        "language": site.language,
        "baseUrl": site.base or None,
        "aliases": dict(sorted(catalogue.aliases.items())),
        **lists,
    }


def describe(record: Record, publication: Publication) -> Data:
    """Give one object with all that is said of it."""
    site = publication.site
    found: Data = {
        "id": record.id,
        "kind": record.kind.value,
        "title": record.title,
        "names": [{"text": name.text, "language": name.language} for name in record.names],
        "aliases": list(record.aliases),
        "tags": list(record.tags),
        "url": site.url(record),
        "permanentUrl": site.permanent(record.id),
        "sources": [cited(citation) for citation in record.sources],
    }
    found |= dict(_specific(record, publication))
    found["statements"] = [
        _statement(comparison, publication)
        for comparison in comparisons_of(publication.catalogue, record.id)
    ]
    found["mentions"] = [
        {"title": m.title, "url": site.section_url(m.docname, m.section)}
        for m in publication.catalogue.mentions_of(record.id)
    ]
    found["text"] = publication.bodies.get(record.id, "")
    return found


def cited(citation: Citation) -> Data:
    """Give a citation."""
    return {"key": citation.key, "locator": citation.locator, "prefix": citation.prefix}


def dated(date: HistoricalDate | None) -> Data | None:
    """Give a date: as written, its bounds in the Gregorian calendar, and as it is shown."""
    if date is None:
        return None
    return {
        "edtf": date.edtf,
        "calendar": date.calendar.value,
        "earliest": iso_day(date.earliest) if date.earliest else None,
        "latest": iso_day(date.latest) if date.latest else None,
        "display": display(date),
        "exact": date.is_exact,
        "uncertain": date.is_uncertain,
    }


def _specific(record: Record, publication: Publication) -> Iterator[tuple[str, Any]]:
    match record:
        case Event():
            yield from _event(record, publication.current)
        case Treaty():
            yield from _treaty(record, publication)
        case Article():
            yield "treaty", publication.current(record.treaty) if record.treaty else None
            yield "number", record.number or None
            yield "order", record.order
            yield "texts", [{"language": t.language, "text": t.text} for t in record.texts]
        case Authority():
            yield from _authority(record)


def _event(event: Event, current: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    yield "date", dated(event.date)
    yield "dateBasis", event.date_basis.value if event.date_basis else None
    yield "dateNote", event.date_note or None
    yield "place", current(event.place) if event.place else None
    yield "actors", [{"id": current(a.id), "role": a.role or None} for a in event.actors]
    yield "treaty", current(event.treaty) if event.treaty else None
    yield "partOf", current(event.part_of) if event.part_of else None
    yield "follows", [current(id) for id in event.follows]
    yield "certainty", event.certainty.value if event.certainty else None


def _treaty(treaty: Treaty, publication: Publication) -> Iterator[tuple[str, Any]]:
    current = publication.current
    yield "treatyKind", treaty.treaty_kind.value
    for name, ids in (
        ("parties", treaty.parties),
        ("signatories", treaty.signatories),
        ("supersedes", treaty.supersedes),
        ("supplements", treaty.supplements),
        ("amends", treaty.amends),
    ):
        yield name, [current(id) for id in ids]
    yield "signed", dated(treaty.signed)
    yield "ratified", dated(treaty.ratified)
    yield "inForce", dated(treaty.in_force)
    term = treaty.term
    yield "term", {"iso": term.iso, "display": term.display} if term else None
    yield "expiry", dated(treaty.expiry)
    yield "terminated", dated(treaty.terminated)
    yield "place", current(treaty.place) if treaty.place else None
    yield "languages", list(treaty.languages)
    yield "articles", [article.id for article in publication.catalogue.articles_of(treaty)]


def _authority(record: Authority) -> Iterator[tuple[str, Any]]:
    yield "role", record.role or None
    yield "sortName", record.filing
    yield "authorities", dict(record.authority_ids)
    match record:
        case Person():
            yield "born", dated(record.born)
            yield "died", dated(record.died)
        case Organisation():
            yield "founded", dated(record.founded)
            yield "dissolved", dated(record.dissolved)
        case Place():
            at = record.coordinates
            yield "coordinates", {"latitude": at[0], "longitude": at[1]} if at else None


def _statement(comparison: Comparison, publication: Publication) -> Data:
    reading = comparison.reading
    return {
        "property": comparison.property,
        "status": comparison.status.value,
        "reading": shown(reading.shown, publication) if reading else None,
        "accounts": [_account(account) for account in comparison.accounts],
        "verdicts": [
            {"text": publication.reasons.get(v) or " ".join(v.text.split()), "prefers": v.prefers}
            for v in comparison.verdicts
        ],
    }


def _account(account: Account) -> Data:
    return {
        "source": cited(account.citation),
        "stance": account.stance.value,
        "value": account.value,
        "date": dated(read_edtf(account.value)),
        "quote": account.quote or None,
        "note": " ".join(account.note.split()) or None,
    }


def shown(values: tuple[tuple[Part, ...], ...], publication: Publication) -> str:
    """Give values as plain text: ``China; Soviet Union``."""
    return "; ".join("".join(_part(part, publication) for part in value) for value in values)


def _part(part: Part, publication: Publication) -> str:
    match part:
        case Link():
            return part.text or publication.name(part.id)
        case Words():
            return part.text
        case _:
            return display(part)
