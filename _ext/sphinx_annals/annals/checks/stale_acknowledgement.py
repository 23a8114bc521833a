from sphinx_annals.annals.checks.base import Book, Found, Severity, check


@check("stale-acknowledgement", Severity.INFO)
def stale_acknowledgement(book: Book) -> Found:
    """What is acknowledged is no longer found."""
    for object, code in book.unmet:
        record = book.catalogue.find(object)
        if record:
            yield record, f"{code!r} is acknowledged, but no longer found; remove the option"
