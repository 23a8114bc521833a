"""The JSON Schema (2020-12) of annals.json, derived from the fields of records."""

from collections.abc import Iterable
from enum import Enum

from sphinx_annals.annals import model
from sphinx_annals.annals.criticism import Status
from sphinx_annals.annals.model import Data, Kind, described, list_of, made_of, refer, string
from sphinx_annals.dates import Calendar

VERSION = "annals 1"
SCHEMA = "annals.schema.json"
_ISO_DAY = r"^(\d{4}|[+-]\d{4,})-\d{2}-\d{2}$"
_ABOUT = (
    "What the annotations of one book state, with sources, accounts and verdicts. Ids are "
    "permanent; additions raise no format number, other changes do."
)
_BASE = "The address of the HTML, ending in a slash; null where it is not known."
_ALIASES = "Retired ids and the ids that took their place."
_STATUS = (
    "How the accounts stand: one alone, agreeing, compatible, disputed without a verdict, settled "
    "by one, or left open by one."
)
_ID = "A permanent id; references hold the id that an object has now."


def json_schema(schema: model.Schema) -> Data:
    """Give the schema of the data of a project."""
    book = made_of(
        _ABOUT,
        **{"$schema": {"const": SCHEMA}},
        format={"const": VERSION},
        title=string("The title of the book."),
        version=string("Its version."),
        language=string("The language of its prose (BCP 47)."),
        baseUrl={**string(_BASE, maybe=True), "format": "uri"},
        aliases={"type": "object", **described(_ALIASES), "additionalProperties": refer("id")},
        **{kind.plural: _list(kind.value, "In the order of the documents.") for kind in Kind},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Annals",
        **book,
        "$defs": _shared() | {type.kind.value: _record(type, schema) for type in model.RECORDS},
    }


def _record(record: type[model.Record], schema: model.Schema) -> Data:
    fields = [field for field in schema[record.kind] if field.exported]
    files = [field for field in fields if isinstance(field.type, model.Identifier)]
    properties = {field.json_name: field.schema for field in fields if field not in files}
    if files:
        properties["authorities"] = {
            "type": "object",
            "description": "Identifiers in authority files, by the name of the file.",
            "propertyNames": {"enum": [field.name for field in files]},
            "additionalProperties": string(),
        }
    if record.kind is Kind.TREATY:
        properties["articles"] = _list("id", "Its provisions, in order.")
    return made_of(
        (record.__doc__ or "").partition("\n")[0],
        id=refer("id") | {"description": "The permanent id."},
        kind={"const": record.kind.value},
        title=string("The main name or title."),
        url=_uri("Where it stands in the HTML, relative to its root where baseUrl is null."),
        permanentUrl=_uri("An address that stays when it moves to another page.", maybe=True),
        **properties,
        statements=_list("statement", "What sources say of it, property by property."),
        mentions=_list("mention", "The sections whose prose refers to it."),
        text=string("What the book says of it; paragraphs stand a blank line apart."),
    )


def _shared() -> dict[str, Data]:
    """Give the definitions that several kinds of objects refer to."""
    date = {"anyOf": [refer("date"), {"type": "null"}]}
    return {
        "id": {**string(_ID), "minLength": 1},
        **{type.definition: type.shape for type in (model.Names, model.Citations)},
        "date": made_of(
            "A historical date. Years are astronomical: 0000 is 1 BC.",
            edtf=string("The date as the authors write it, in EDTF (ISO 8601-2)."),
            calendar=_enum(Calendar, "The calendar of edtf."),
            earliest=_day("The first day it can be, in the Gregorian calendar; null where open."),
            latest=_day("The last day it can be."),
            display=string("The date in English."),
            exact=_flag("Whether it is one certain day."),
            uncertain=_flag("Whether any part is uncertain or approximate."),
        ),
        "statement": made_of(
            "Source criticism of one property.",
            property=string("The property that the sources speak of."),
            status=_enum(Status, _STATUS),
            reading=string("What the book itself states of the property.", maybe=True),
            accounts=_list("account", "What each source says."),
            verdicts=_list("verdict", "The editors' reasoned choices."),
        ),
        "account": made_of(
            "What one source says.",
            source=refer("citation"),
            stance={"enum": list(model.STANCES)},
            value=string("What the source says, in short."),
            date=date | {"description": "The value, where it is EDTF."},
            quote=string("The source's own words.", maybe=True),
            note=string("The editors' remark.", maybe=True),
        ),
        "verdict": made_of(
            "The editors' choice.",
            text=string("The reasons."),
            prefers=string("The value preferred; null where it is left open.", maybe=True),
        ),
        "mention": made_of(
            "A section that refers to an object.",
            title=string("The title of the section."),
            url=_uri("Its address, as url of an object."),
        ),
    }


def _list(definition: str, about: str) -> Data:
    return list_of(refer(definition), about)


def _enum(terms: Iterable[Enum], about: str = "") -> Data:
    return {"enum": [term.value for term in terms], **described(about)}


def _day(about: str) -> Data:
    return {**string(about, maybe=True), "pattern": _ISO_DAY}


def _flag(about: str) -> Data:
    return {"type": "boolean", "description": about}


def _uri(about: str, *, maybe: bool = False) -> Data:
    return {**string(about, maybe=maybe), "format": "uri-reference"}
