"""Citing by key: a layer over sphinxcontrib-bibtex.

Keeps its roles, its .bib files and its directives; formats by *The Chicago Manual of Style*,
turns every mistake into a located warning, and resolves citations in constant time.

Nothing is imported before :func:`setup`, so that the command line starts without Sphinx; ``build``
alone imports it, and ``editor`` esbonio.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up sphinxcontrib-bibtex and put this layer over it."""
    from sphinx_annals import extension

    extension.require_sphinx(app)
    extension.require(__name__, "citations")
    extension.collect_rarely(app)
    from sphinx_annals.citations import build
    from sphinx_annals.settings import add_settings

    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinx_annals.authoring")
    app.setup_extension("sphinx_annals.builders")
    app.setup_extension("sphinx_annals.cards")
    add_settings(app, build.SETTINGS)
    extension.add_static_folder(app, STATIC)
    app.add_css_file("citations.css")
    build.setup(app)
    return extension.metadata(env_version=2)
