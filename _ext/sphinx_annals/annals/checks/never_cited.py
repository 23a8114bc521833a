from sphinx_annals import text
from sphinx_annals.annals.checks.base import Book, Found, Severity, check


@check("never-cited", Severity.INFO)
def never_cited(book: Book) -> Found:
    """An entry of the bibliography is never cited."""
    refers = {key: work.refers for key, work in book.works.items()}
    for key in text.never_cited(refers, (use.citation.key for use in book.uses)):
        yield book.works[key], "never cited"
