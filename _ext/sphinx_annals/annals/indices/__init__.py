"""The indices of the domain, and its part in the general index."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config

from sphinx_annals.annals.indices import general
from sphinx_annals.annals.indices.general import entries, entry, linked, mark_mention, mark_record
from sphinx_annals.annals.indices.of_records import indices
from sphinx_annals.extension import language_in_force


def remove_empty(app: Sphinx, error: Exception | None) -> None:
    """Remove the pages of indices that have no entries any more, which Sphinx leaves."""
    builder = app.builder
    if error is None and isinstance(builder, StandaloneHTMLBuilder):
        written = {name for name, *_ in builder.domain_indices}
        for index in app.env.domains["annals"].indices:
            name = f"annals-{index.name}"
            if name not in written:
                Path(builder.get_outfilename(name)).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register the indices."""

    def register(app: Sphinx, config: Config) -> None:
        for index in indices(language_in_force(config)):
            app.add_index_to_domain("annals", index)

    app.connect("config-inited", register)
    app.connect("build-finished", remove_empty)
    general.setup(app)
