"""Acknowledgements of what is no longer found."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity


def _rule(book: Book) -> Found:
    for object, code in book.unmet:
        record = book.catalogue.find(object)
        if record:
            yield record, f"{code!r} is acknowledged, but no longer found; remove the option"


CHECK = Check(
    "stale-acknowledgement", Severity.INFO, "What is acknowledged is no longer found.", _rule
)
