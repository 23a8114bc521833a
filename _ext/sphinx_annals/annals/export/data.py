"""annals.json: everything that the annotations state, as ``annals.schema.json`` describes it."""

import json
from typing import Any

from sphinx_annals.annals import model
from sphinx_annals.annals.criticism import Comparison, shown_date
from sphinx_annals.annals.export.base import Download, Files, Format
from sphinx_annals.annals.export.json_schema import SCHEMA, VERSION, json_schema
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.model import Data
from sphinx_annals.dates import iso_day
from sphinx_annals.language import message

FILE = "annals.json"
_CITATION, _DATE = model.Citations(), model.Date()


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
    return {
        "$schema": SCHEMA,
        "format": VERSION,
        "title": site.title,
        "version": site.version,
        "language": site.language,
        "baseUrl": site.base or None,
        "aliases": dict(sorted(catalogue.aliases.items())),
        **{
            type.kind.plural: [describe(record, publication) for record in catalogue.of_type(type)]
            for type in model.RECORDS
        },
    }


def describe(record: model.Record, publication: Publication) -> Data:
    """Give one object with all that is said of it."""
    site, catalogue = publication.site, publication.catalogue
    return {
        "id": record.id,
        "kind": record.kind.value,
        "title": record.title,
        "url": site.url(record),
        "permanentUrl": site.permanent(record.id),
        **_fields(record, publication),
        "statements": [
            _statement(comparison, publication)
            for comparison in publication.criticism.of(record.id)
        ],
        "mentions": [
            {"title": m.title, "url": site.section_url(m.docname, m.section)}
            for m in catalogue.mentions_of(record.id)
        ],
        "text": publication.bodies.get(record.id, ""),
    }


def _fields(record: model.Record, publication: Publication) -> Data:
    found: Data = {}
    for field in publication.catalogue.schema[record.kind]:
        value = record.value(field, exported=True)
        if isinstance(field.type, model.Identifier):
            found.setdefault("authorities", {}).update({field.name: value} if value else {})
        elif field.exported:
            found[field.json_name] = field.type.json(value, publication.catalogue)
    if isinstance(record, model.Treaty):
        found["articles"] = [a.id for a in publication.catalogue.articles_of(record)]
    if isinstance(record, model.Event):
        bounds = publication.catalogue.chronology.bounds(record.id)
        found["derived"] = bounds and {
            "after": iso_day(bounds.after) if bounds.after else None,
            "before": iso_day(bounds.before) if bounds.before else None,
        }
    return found


def _statement(comparison: Comparison, publication: Publication) -> Data:
    reading = comparison.reading
    return {
        "property": comparison.property,
        "weight": comparison.weight,
        "question": comparison.question or None,
        "status": comparison.status.value,
        "independent": comparison.independent,
        "reading": _plain(reading.shown, publication.catalogue) if reading else None,
        "accounts": [_account(said, publication.catalogue) for said in comparison.accounts],
        "verdicts": [
            {"text": publication.reasons.get(v) or " ".join(v.text.split()), "prefers": v.prefers}
            for v in comparison.verdicts
        ],
    }


def _account(account: model.Account, catalogue: model.Catalogue) -> Data:
    return {
        "source": _CITATION.json((account.citation,), catalogue)[0],
        "stance": account.stance,
        "value": account.value,
        "date": _DATE.json(shown_date(account.value, account.calendar), catalogue),
        "quote": account.quote or None,
        "note": " ".join(account.note.split()) or None,
        "derivesFrom": _CITATION.json(account.derives_from, catalogue),
    }


def _plain(values: model.Values, catalogue: model.Catalogue) -> str:
    """Give values as plain text: ``China; Soviet Union``."""
    return "; ".join("".join(model.in_text(part, catalogue) for part in value) for value in values)


def _make(publication: Publication) -> Files:
    schema = to_json(json_schema(publication.catalogue.schema))
    return {FILE: to_json(publication.once(as_data)), SCHEMA: schema}


def _downloads(book: Publication) -> list[Download]:
    count = len(list(book.catalogue.records))
    return [Download(FILE, count), Download(SCHEMA, None)] if count else []


FORMAT = Format(
    "json",
    "JSON",
    message(
        "Everything that the annotations state, with sources, accounts and verdicts, as the "
        "JSON Schema beside it describes."
    ),
    _make,
    _downloads,
)
