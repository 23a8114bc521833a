from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Treaty


@check("no-parties", Severity.WARNING)
def no_parties(book: Book) -> Found:
    """A treaty has no parties."""
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.parties:
            yield treaty, "no parties; add :parties: with the ids of states"
