"""Writing history as an annotated book: annotations, citing by key, a PDF by pip.

``extensions = ["myst_parser", "sphinx_annals"]`` sets up the three wings; each of
``sphinx_annals.annals``, ``.citations`` and ``.pdf`` also loads alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annals.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the three wings, and the Markdown that their examples are written in."""
    from sphinx_annals import extension, untrusted
    from sphinx_annals.authoring import markdown
    from sphinx_annals.builders import outputs

    extension.require_sphinx(app)
    extension.require(__name__, *extension.EXTRAS)
    extension.collect_rarely(app)  # before all the modules of the wings are loaded
    for wing in ("citations", "annals", "pdf"):
        app.setup_extension(f"{__name__}.{wing}")
    outputs.setup(app)
    markdown.setup(app)
    untrusted.setup(app)
    return extension.metadata()
