"""Entries of the bibliography that nothing cites, nor an entry cited as its part."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity


def _rule(book: Book) -> Found:
    cited = {use.citation.key for use in book.uses}
    cited |= {work.part_of for key, work in book.works.items() if key in cited}
    for key, work in book.works.items():
        if key not in cited:
            yield work, "never cited"


CHECK = Check("never-cited", Severity.INFO, "An entry of the bibliography is never cited.", _rule)
