"""Pieces of JSON Schema (2020-12), as plain data."""

from typing import Any

Data = dict[str, Any]


def refer(definition: str) -> Data:
    """Give a JSON Schema that stands elsewhere in the file."""
    return {"$ref": f"#/$defs/{definition}"}


def made_of(about: str = "", /, **properties: Data) -> Data:
    """Give the JSON Schema of an object that has all of these properties, and no others."""
    return {
        "type": "object",
        **described(about),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(items: Data, about: str = "") -> Data:
    """Give the JSON Schema of a list."""
    return {"type": "array", "items": items, **described(about)}


def string(about: str = "", *, maybe: bool = False) -> Data:
    """Give the JSON Schema of a text, or of one that may be missing."""
    return {"type": ["string", "null"] if maybe else "string", **described(about)}


def described(about: str) -> Data:
    """Give a description to add to a JSON Schema."""
    return {"description": about} if about else {}
