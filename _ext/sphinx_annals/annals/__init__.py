"""Annals: structured historical annotations for Sphinx.

Events, treaties and their articles, people, organisations and places, and what sources say
of them, as directives; references to them as roles; indices, views, checks and exports.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import ENUM
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals import extension
from sphinx_annals.annals import (
    checks,
    directives,
    doctree,
    domain,
    editor,
    export,
    indices,
    search,
    transforms,
    views,
)
from sphinx_annals.annals.directives import citing_role, names
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import read_schema
from sphinx_annals.annals.paths import STATIC
from sphinx_annals.builders import epub
from sphinx_annals.fences.sphinx import walk_less
from sphinx_annals.messages import warn
from sphinx_annals.settings import add_setting

CITE_ROLE = "cite:p"
LAYOUTS = ("card", "margin")
READING = (domain, doctree, directives, names)
SHOWING = (views, transforms, checks, indices, export, editor, search)


def _check_settings(app: Sphinx) -> None:
    """Warn of a citing role that does not exist, and of kinds and fields that cannot be read."""
    name = app.config.annals_cite_role
    if name != CITE_ROLE and citing_role(app.env, name) is None:
        message = f"annals_cite_role: there is no role {name!r}; sources are printed as typed"
        warn(Subtype.SOURCE, message)
    for problem in read_schema(app.config.annals_kinds, app.config.annals_fields)[1]:
        warn(Subtype.CONFIG, problem)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain and what belongs to it."""
    extension.require_sphinx(app)
    extension.collect_rarely(app)
    walk_less()
    extension.add_language(app)
    about = "The role that turns the text of `sources` into citations."
    add_setting(app, "annals_cite_role", CITE_ROLE, "env", str, about)
    about = "Whether events, treaties and provisions are a `card` or stand in the `margin`."
    add_setting(app, "annals_layout", "card", "env", ENUM(*LAYOUTS), about)
    about = "Kinds of treaties, events or other objects that a project adds."
    app.add_config_value("annals_kinds", {}, "env", Any, about)
    about = "Fields that a project adds, by kinds of objects and names."
    app.add_config_value("annals_fields", {}, "env", Any, about)
    app.setup_extension("sphinx_annals.authoring")
    app.setup_extension("sphinx_annals.builders")
    app.setup_extension("sphinx_annals.cards")
    for room in (*READING, *SHOWING):
        room.setup(app)
    epub.setup(app)  # drawings in pages have to be declared there
    extension.add_static_folder(app, STATIC)
    app.add_css_file("annotations.css")
    app.add_css_file("annals.css")
    app.connect("builder-inited", _check_settings)
    return extension.metadata(env_version=5)
