from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Treaty


@check("no-entry-into-force", Severity.INFO)
def no_entry_into_force(book: Book) -> Found:
    """A treaty that is no declaration has no entry into force."""
    for treaty in book.catalogue.of_type(Treaty):
        # a declaration binds nobody to anything, so that it need not enter into force
        if treaty.treaty_kind != "declaration" and not treaty.in_force:
            yield treaty, "no entry into force; add :in-force:"
