"""Entries of the bibliography that nothing cites, nor an entry that is cited refers to."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.text import never_cited


def _rule(book: Book) -> Found:
    refers = {key: work.refers for key, work in book.works.items()}
    for key in never_cited(refers, (use.citation.key for use in book.uses)):
        yield book.works[key], "never cited"


CHECK = Check("never-cited", Severity.INFO, "An entry of the bibliography is never cited.", _rule)
