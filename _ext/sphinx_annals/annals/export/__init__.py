"""Exports: what the annotations state, in the formats of other tools.

Each format is a pure function of a :class:`~.publication.Publication` in a file of its own; a
format of another extension is registered like these, with :func:`add_format`.
"""

from sphinx.application import Sphinx

from sphinx_annals.annals.export import (
    akoma,
    bibliography,
    builder,
    calendar,
    data,
    linked_data,
    places,
    tables,
)
from sphinx_annals.annals.export.base import EVENT, Download, Files, Format, add_format
from sphinx_annals.annals.export.downloads import DataDownloads
from sphinx_annals.annals.export.json_schema import json_schema
from sphinx_annals.annals.export.publication import Publication, Site, is_path
from sphinx_annals.annals.views import add_view

_MODULES = (data, linked_data, tables, places, calendar, bibliography, akoma)
FORMATS = tuple(module.FORMAT for module in _MODULES)
"""Our own formats, in the order in which pages list them."""


def setup(app: Sphinx) -> None:
    """Register the formats, the builder, the directive, and what goes into the HTML output."""
    app.add_event(EVENT)
    for format in FORMATS:
        add_format(app, format)
    builder.setup(app)
    add_view(app, DataDownloads)
