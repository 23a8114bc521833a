"""Objects that neither prose nor another annotation refers to."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.annals.model import Article


def _rule(book: Book) -> Found:
    used = {
        target.id
        for record in book.catalogue.records
        if not isinstance(record, Article)  # each names its treaty, which makes none known
        for _, id, _ in record.references
        if (target := book.catalogue.find(id)) and target is not record
    }
    for record in book.catalogue.records:
        if record.id not in used and not book.catalogue.mentions_of(record.id):
            role = f"{{{record.kind.value}}}`{record.id}`"
            yield record, f"never mentioned; refer to it as {role}"


CHECK = Check("never-mentioned", Severity.INFO, "Nothing in the book refers to an object.", _rule)
