"""The indices of the domain, and its part in the general index."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.domains import Index

from sphinx_annals.annals.indices import general
from sphinx_annals.annals.indices.articles import ArticleIndex
from sphinx_annals.annals.indices.chronology import ChronologicalIndex
from sphinx_annals.annals.indices.general import (
    arranged,
    entry,
    mark_mention,
    mark_record,
    see_entries,
)
from sphinx_annals.annals.indices.names import NAME_INDICES


def setup(app: Sphinx) -> None:
    """Register the indices."""
    indices: list[type[Index]] = [ChronologicalIndex, ArticleIndex, *NAME_INDICES]
    for index in indices:
        app.add_index_to_domain("annals", index)
    general.setup(app)
