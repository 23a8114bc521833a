"""The indices of the domain, and its part in the general index."""

from sphinx.application import Sphinx

from sphinx_annals.annals.indices import general
from sphinx_annals.annals.indices.general import entries, entry, linked, mark_mention, mark_record
from sphinx_annals.annals.indices.of_records import INDICES


def setup(app: Sphinx) -> None:
    """Register the indices."""
    for index in INDICES:
        app.add_index_to_domain("annals", index)
    general.setup(app)
