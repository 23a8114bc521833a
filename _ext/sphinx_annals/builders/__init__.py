"""What builders leave: files whole or as they were, pages that are fresh, one page, EPUB."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals.builders import epub, freshness, html, outputs, singlehtml
from sphinx_annals.builders.html import (
    Line,
    Run,
    escaped,
    href_of,
    in_one,
    link,
    printed,
    prints,
    run_of,
)
from sphinx_annals.builders.outputs import write_output
from sphinx_annals.extension import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up what pages of HTML need; a wing asks for it that shows its own on them."""
    for part in (html, freshness, singlehtml):
        part.setup(app)
    return metadata(env_version=1)
