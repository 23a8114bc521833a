"""The index of provisions."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.domains import IndexEntry

from sphinx_annals.annals.indices.base import CatalogueIndex, entry_of, group_of
from sphinx_annals.annals.model import Article, Catalogue, Treaty, filed
from sphinx_annals.text import filing_key


class ArticleIndex(CatalogueIndex):
    """Provisions by treaty.

    Treaties are entries and not groups: Sphinx's templates print the name of a group as it is,
    also in ids, where an author's text has no place.
    """

    name = "articles"
    localname = "Index of treaty articles"
    shortname = "articles"

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give the treaties that have provisions, each with these below it."""
        placed: set[str] = set()
        for treaty in sorted(catalogue.of_type(Treaty), key=lambda t: filing_key(filed(t))):
            articles = catalogue.articles_of(treaty)
            placed.update(article.id for article in articles)
            entries = [entry_of(treaty, treaty.title, subtype=1)] if articles else []
            entries += [entry_of(article, article.heading, subtype=2) for article in articles]
            yield from ((group_of(filed(treaty)), entry) for entry in entries)
        for article in catalogue.of_type(Article):
            if article.id not in placed:
                yield "#", entry_of(article, article.heading, "without a treaty")
