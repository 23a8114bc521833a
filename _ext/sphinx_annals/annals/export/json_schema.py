"""The JSON Schema (2020-12) of annals.json, derived from the fields of records."""

from __future__ import annotations

from sphinx_annals.annals.criticism.comparing import Status
from sphinx_annals.annals.model.project import Schema
from sphinx_annals.annals.model.records import RECORDS, Record
from sphinx_annals.annals.model.schema import Field
from sphinx_annals.annals.model.terms import Kind, Stance
from sphinx_annals.annals.model.types import TEXT, Data, Identifier, list_of, made_of, refer
from sphinx_annals.dates import Calendar

VERSION = "annals 1"
SCHEMA = "annals.schema.json"
_ISO_DAY = r"^(\d{4}|[+-]\d{4,})-\d{2}-\d{2}$"
_ABOUT = (
    "What the annotations of one book state, with sources, accounts and verdicts. Ids are "
    "permanent; additions raise no format number, other changes do."
)


def json_schema(schema: Schema) -> Data:
    """Give the schema of the data of a project."""
    lists = {kind.plural: _list(kind.value, "In the order of the documents.") for kind in Kind}
    aliases = {"type": "object", "additionalProperties": refer("id")}
    book = made_of(
        _ABOUT,
        **{"$schema": {"const": SCHEMA}},
        format={"const": VERSION},
        title=_text("The title of the book."),
        version=_text("Its version."),
        language=_text("The language of its prose (BCP 47)."),
        baseUrl=_maybe("The address of the HTML, ending in a slash; null where it is not known.")
        | {"format": "uri"},
        aliases=aliases | {"description": "Retired ids and the ids that took their place."},
        **lists,
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Annals",
        **book,
        "$defs": _shared() | {record.kind.value: _record(record, schema) for record in RECORDS},
    }


def _record(record: type[Record], schema: Schema) -> Data:
    about = (record.__doc__ or "").partition("\n")[0]
    fields = [field for field in schema.fields(record.kind) if field.exported]
    files = [field for field in fields if isinstance(field.type, Identifier)]
    properties = {field.json_name: field.schema for field in fields if field not in files}
    if files:
        properties["authorities"] = _authorities(files)
    if record.kind is Kind.TREATY:
        properties["articles"] = _list("id", "Its provisions, in order.")
    return made_of(
        about,
        id=refer("id") | {"description": "The permanent id."},
        kind={"const": record.kind.value},
        title=_text("The main name or title."),
        url=_text("Where it stands in the HTML, relative to its root where baseUrl is null.")
        | {"format": "uri-reference"},
        permanentUrl=_maybe("An address that stays when the object moves to another page.")
        | {"format": "uri-reference"},
        **properties,
        statements=_list("statement", "What several sources say of one property, one by one."),
        mentions=_list("mention", "The sections whose prose refers to it."),
        text=_text("What the book says of it; paragraphs stand a blank line apart."),
    )


def _authorities(files: list[Field]) -> Data:
    return {
        "type": "object",
        "description": "Identifiers in authority files, by the name of the file.",
        "propertyNames": {"enum": [field.name for field in files]},
        "additionalProperties": TEXT,
    }


def _shared() -> dict[str, Data]:
    """Give the definitions that several kinds of objects refer to."""
    day = {"type": ["string", "null"], "pattern": _ISO_DAY}
    about_id = "A permanent id; references hold the id that an object has now."
    date = {"anyOf": [refer("date"), {"type": "null"}]}
    return {
        "id": _text(about_id) | {"minLength": 1},
        "name": made_of(
            "A name of an object.",
            text=_text("The name."),
            language=_maybe("Its language (BCP 47)."),
        ),
        "citation": made_of(
            "One source with its locator.",
            key=_text("The key in the bibliography."),
            locator=_text("The place in the work: p. 364; empty for the whole."),
            prefix=_text("Words before it: see."),
        ),
        "date": made_of(
            "A historical date. Years are astronomical: 0000 is 1 BC.",
            edtf=_text("The date as the authors write it, in EDTF (ISO 8601-2)."),
            calendar={
                "enum": [calendar.value for calendar in Calendar],
                "description": "The calendar of edtf.",
            },
            earliest=day
            | {"description": "The first day it can be, in the Gregorian calendar; null if open."},
            latest=day | {"description": "The last day it can be."},
            display=_text("The date in English."),
            exact={"type": "boolean", "description": "Whether it is one certain day."},
            uncertain={
                "type": "boolean",
                "description": "Whether any part is uncertain or approximate.",
            },
        ),
        "statement": made_of(
            "Source criticism of one property.",
            property=_text("The property that the sources speak of."),
            status={
                "enum": [status.value for status in Status],
                "description": "How the accounts stand: one alone, agreeing, compatible, "
                "disputed without a verdict, settled by one, or left open by one.",
            },
            reading=_maybe("What the book itself states of the property."),
            accounts=_list("account", "What each source says."),
            verdicts=_list("verdict", "The editors' reasoned choices."),
        ),
        "account": made_of(
            "What one source says.",
            source=refer("citation"),
            stance={"enum": [stance.value for stance in Stance]},
            value=_text("What the source says, in short."),
            date=date | {"description": "The value, where it is EDTF."},
            quote=_maybe("The source's own words."),
            note=_maybe("The editors' remark."),
        ),
        "verdict": made_of(
            "The editors' choice.",
            text=_text("The reasons."),
            prefers=_maybe("The value preferred; null where it is left open."),
        ),
        "mention": made_of(
            "A section that refers to an object.",
            title=_text("The title of the section."),
            url=_text("Its address, as url of an object.") | {"format": "uri-reference"},
        ),
    }


def _text(about: str) -> Data:
    return TEXT | {"description": about}


def _maybe(about: str) -> Data:
    return {"type": ["string", "null"], "description": about}


def _list(definition: str, about: str) -> Data:
    return list_of(refer(definition)) | {"description": about}
