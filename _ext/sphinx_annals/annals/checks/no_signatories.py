from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Treaty


@check("no-signatories", Severity.INFO)
def no_signatories(book: Book) -> Found:
    """A treaty has no signatories."""
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.signatories:
            yield treaty, "no signatories; add :signatories: with ids"
