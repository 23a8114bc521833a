"""Sources that were published before what they report."""

from __future__ import annotations

from sphinx_annals.annals.checks.base import Book, Check, Found, Severity
from sphinx_annals.dates import show_day


def _rule(book: Book) -> Found:
    for use in book.uses:
        work, date = book.works.get(use.citation.key), use.reported
        first = date.earliest if date and not date.is_uncertain else None
        if work and first and work.published_by and work.published_by < first:
            published, reported = show_day(work.published_by), show_day(first)
            yield (
                use,
                (
                    f"{work.key} was published by {published}, "
                    f"before {reported}, the first day of what it is cited for"
                ),
            )


CHECK = Check("older-source", Severity.ERROR, "A source is older than what it reports.", _rule)
