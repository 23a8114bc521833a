"""Annotations with no source of their own, in an account or in their body."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity


def _rule(book: Book) -> Found:
    cited = {use.object for use in book.uses}
    for record in book.catalogue.records:
        if record.id not in cited:
            yield record, "no source; add :sources:, or cite one in its body"


CHECK = Check("no-source", Severity.WARNING, "An annotation has no source.", _rule)
