"""Treaties of which nobody says when they entered into force."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.annals.model import Treaty, TreatyKind


def _rule(book: Book) -> Found:
    for treaty in book.catalogue.of_type(Treaty):
        # a declaration binds nobody to anything, so that it need not enter into force
        if treaty.treaty_kind is not TreatyKind.DECLARATION and not treaty.in_force:
            yield treaty, "no entry into force; add :in-force:"


CHECK = Check("no-entry-into-force", Severity.INFO, "A treaty has no entry into force.", _rule)
