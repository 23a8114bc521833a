"""Treaties without signatories."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.annals.model import Treaty


def _rule(book: Book) -> Found:
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.signatories:
            yield treaty, "no signatories; add :signatories: with ids"


CHECK = Check("no-signatories", Severity.INFO, "A treaty has no signatories.", _rule)
