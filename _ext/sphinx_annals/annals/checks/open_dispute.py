from sphinx_annals.annals.checks.base import Book, Found, Severity, Use, check
from sphinx_annals.annals.criticism import Status


@check("open-dispute", Severity.WARNING)
def open_dispute(book: Book) -> Found:
    """Accounts exclude each other, without a verdict."""
    for comparison in book.criticism.all():
        if comparison.status is Status.DISPUTED and comparison.accounts:
            first = comparison.accounts[0]
            values = ", ".join(dict.fromkeys(repr(a.value) for a in comparison.accounts))
            label = comparison.property.replace("-", " ")
            # an account may name its object by a retired id: the finding has the present one
            use = Use(first.citation, first.docname, first.line, comparison.of, file=first.file)
            yield use, f"{label} is disputed ({values}); add a verdict on it"
