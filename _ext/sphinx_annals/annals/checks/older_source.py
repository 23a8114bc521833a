from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.dates import day_in_words
from sphinx_annals.language import ENGLISH


@check("older-source", Severity.ERROR)
def older_source(book: Book) -> Found:
    """A source was published before what it is cited for."""
    for use in book.uses:
        work, date = book.works.get(use.citation.key), use.reported
        first = date.earliest if date and not date.is_uncertain else None
        if work and first and work.published_by and work.published_by < first:
            published, reported = (
                day_in_words(work.published_by, ENGLISH),
                day_in_words(first, ENGLISH),
            )
            said = f"{work.key} was published by {published}, before {reported}"
            yield use, f"{said}, the first day of what it is cited for"
