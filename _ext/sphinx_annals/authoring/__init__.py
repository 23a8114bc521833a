"""What authors get wrong, read all the same, with one warning that says what to write."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals.authoring import ended, images, markdown, sources
from sphinx_annals.authoring.ended import depths_of
from sphinx_annals.authoring.images import BEFORE_ASSETS_ARE_COLLECTED, leave_out
from sphinx_annals.authoring.misread import Names, watch_misread
from sphinx_annals.authoring.misspelt import watch_misspelt
from sphinx_annals.authoring.sources import watch_sources
from sphinx_annals.authoring.written import Untouched, WrittenDirective
from sphinx_annals.extension import metadata
from sphinx_annals.fences.sphinx import leave_names_to_parsers, name_catalogues
from sphinx_annals.messages import WarningSubtype


def watch(app: Sphinx, names: Names, misspelt: WarningSubtype, misread: WarningSubtype) -> None:
    """Warn where directives or roles of these names are misspelt, or taken for something else."""
    watch_misspelt(app, names, misspelt)
    watch_misread(app, names, misread)


def watch_files(app: Sphinx) -> None:
    """Tell of files that end a build; each wing asks for it, the first sees to it."""
    for part in (images, ended):
        app.setup_extension(part.__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Keep the lines of what is read; a wing asks for it that has directives."""
    sources.setup(app)
    watch_files(app)
    leave_names_to_parsers()
    name_catalogues(app)
    return metadata()
