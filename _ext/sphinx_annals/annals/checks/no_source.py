from sphinx_annals.annals.checks.base import Book, Found, Severity, check


@check("no-source", Severity.WARNING)
def no_source(book: Book) -> Found:
    """An annotation has no source, neither of its own, nor in an account, nor in its body."""
    cited = {use.object for use in book.uses}
    for record in book.catalogue.records:
        if record.id not in cited:
            yield record, "no source; add :sources:, or cite one in its body"
