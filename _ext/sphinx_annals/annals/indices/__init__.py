"""The indices of the domain, and its part in the general index."""

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_annals.annals.indices import general
from sphinx_annals.annals.indices.general import entries, entry, linked, mark_mention, mark_record
from sphinx_annals.annals.indices.of_records import indices
from sphinx_annals.extension import language_in_force


def setup(app: Sphinx) -> None:
    """Register the indices."""

    def register(app: Sphinx, config: Config) -> None:
        for index in indices(language_in_force(config)):
            app.add_index_to_domain("annals", index)

    app.connect("config-inited", register)
    general.setup(app)
