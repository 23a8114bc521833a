"""The JSON Schema (2020-12) of annals.json: ``schema.json`` and the fields of records."""

import json
from pathlib import Path

from sphinx_annals.annals import model
from sphinx_annals.annals.criticism import Status
from sphinx_annals.annals.model import Data, Kind, refer
from sphinx_annals.dates import Calendar

VERSION = "annals 1"
SCHEMA = "annals.schema.json"


def json_schema(schema: model.Schema) -> Data:
    """Give the schema of the data of a project."""
    book: Data = json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
    shared = book.pop("$defs")
    shared["date"]["properties"]["calendar"]["enum"] = [term.value for term in Calendar]
    shared["statement"]["properties"]["status"]["enum"] = [term.value for term in Status]
    shared["statement"]["properties"]["weight"]["enum"] = list(model.WEIGHTS)
    shared["account"]["properties"]["stance"]["enum"] = list(model.STANCES)
    common = shared.pop("object")["properties"]
    lists = {kind.plural: _list(kind.value, "In the order of the documents.") for kind in Kind}
    fixed: Data = {"$schema": {"const": SCHEMA}, "format": {"const": VERSION}}
    return {
        **book,
        **_object(book["description"], **fixed, **book["properties"], **lists),
        "$defs": {
            **{name: _closed(shape) for name, shape in shared.items()},
            **{type.kind.value: _record(type, schema, common) for type in model.RECORDS},
        },
    }


def _list(definition: str, about: str) -> Data:
    return {"type": "array", "items": refer(definition), "description": about}


def _object(about: str, /, **properties: Data) -> Data:
    """Give the JSON Schema of an object that has all of these properties, and no others."""
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _closed(shape: Data) -> Data:
    """Give a shape with all its properties required and no others allowed, if it is an object."""
    if "properties" not in shape:
        return shape
    return _object(shape["description"], **shape["properties"])


def _record(record: type[model.Record], schema: model.Schema, common: Data) -> Data:
    fields = [field for field in schema[record.kind] if field.exported]
    files = [field for field in fields if isinstance(field.type, model.Identifier)]
    properties = {field.json_name: field.schema for field in fields if field not in files}
    if files:
        properties["authorities"] = {
            "type": "object",
            "description": "Identifiers in authority files, by the name of the file.",
            "propertyNames": {"enum": [field.name for field in files]},
            "additionalProperties": {"type": "string"},
        }
    if record.kind is Kind.TREATY:
        properties["articles"] = _list("id", "Its provisions, in order.")
    if record.kind is Kind.EVENT:
        properties["derived"] = {"anyOf": [refer("bounds"), {"type": "null"}]}
    about = (record.__doc__ or "").partition("\n")[0]
    return _object(about, kind={"const": record.kind.value}, **common, **properties)
