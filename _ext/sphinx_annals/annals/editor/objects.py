"""What an editor is told of annotated objects: what each is, where, and which options name it."""

from pathlib import Path

from sphinx.application import Sphinx

from sphinx_annals.annals.domain import catalogue_of
from sphinx_annals.annals.model import Kind, Record, Schema
from sphinx_annals.fences import esbonio
from sphinx_annals.text import literal

OPTIONS = "annals_options"
"""Under this name a build notes the options that take ids; the server reads no ``conf.py``."""
_ACTORS = (Kind.PERSON.value, Kind.ORGANISATION.value)


def setup(app: Sphinx) -> None:
    """Describe the objects to the language server, if it is what runs the build."""

    def offer_ids(app: Sphinx) -> None:
        esbonio.offer_roles(app, app.env.domains["annals"])

    if esbonio.runs(app):
        app.connect("builder-inited", offer_ids, priority=esbonio.BEFORE)
        app.connect("build-finished", describe_objects, priority=esbonio.AFTER)


def describe_objects(app: Sphinx, _error: Exception | None) -> None:
    """Say of each object what it is and where it is declared, and which options name such."""
    catalogue = catalogue_of(app.env)
    described = [
        esbonio.Known(record.id, record.heading, record.kind.value, describe(record), place)
        for record in catalogue.records
        for file in [Path(app.srcdir, record.file or app.env.doc2path(record.docname))]
        for place in [esbonio.location(file, record.line)]
    ]
    esbonio.describe_objects(app, "annals", described)
    esbonio.note(app, OPTIONS, kinds_of_options(catalogue.schema))


def describe(record: Record) -> str:
    """Give an object's title, kind and dates as Markdown."""
    parts = [f"**{literal(record.heading)}** ({record.kind.value})"]
    if record.dates:
        parts.append("\n".join(f"- {of}: {literal(str(date))}" for of, date in record.dates))
    parts.append(f"`{record.id}`")
    return "\n\n".join(parts)


def kinds_of_options(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Give the kinds of objects that options name; none for those that may name any."""
    # an account is of any object, and a view is filtered by who took part
    found: dict[str, tuple[str, ...]] = {"of": (), "actor": _ACTORS}
    for field in (field for kind in Kind for field in schema[kind]):
        if field.refers and field.written:
            kinds = (field.refers.of.value,) if field.refers.of else _ACTORS
            found[field.name] = tuple(dict.fromkeys((*found.get(field.name, ()), *kinds)))
    return found
