"""Treaties without parties."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.annals.model import Treaty


def _rule(book: Book) -> Found:
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.parties:
            yield treaty, "no parties; add :parties: with the ids of states"


CHECK = Check("no-parties", Severity.WARNING, "A treaty has no parties.", _rule)
