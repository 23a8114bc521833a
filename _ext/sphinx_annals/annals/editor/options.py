"""Which options take ids, and of which kinds of objects. Pure."""

from __future__ import annotations

from sphinx_annals.annals.model import Kind, Schema

_ACTORS = (Kind.PERSON.value, Kind.ORGANISATION.value)


def kinds_of_options(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Give the kinds of objects that options name; none for those that may name any."""
    # an account is of any object, and a view is filtered by who took part
    found: dict[str, tuple[str, ...]] = {"of": (), "actor": _ACTORS}
    for field in (field for kind in Kind for field in schema.fields(kind)):
        if field.refers and field.written:
            kinds = (field.type.kind.value,) if field.type.kind else _ACTORS
            found[field.name] = tuple(dict.fromkeys((*found.get(field.name, ()), *kinds)))
    return found
