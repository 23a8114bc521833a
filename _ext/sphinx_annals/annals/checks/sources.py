"""Checks of citations: of what is cited, and of what cites nothing."""

from sphinx_annals import text
from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.text import located_pages, outside, show_pages


@check("locator-outside", Severity.WARNING)
def locator_outside(book: Book) -> Found:
    """A page that is cited lies outside the pages of the entry."""
    seen = set()
    for use in book.uses:
        work, locator = book.works.get(use.citation.key), use.citation.locator
        # an object may cite one page several times, and in prose a place is all there is
        place = (use.object or (use.docname, use.line), use.citation.key, locator)
        if not work or not work.pages or place in seen:
            continue
        seen.add(place)
        if outside(located_pages(locator), work.pages):
            yield use, f"{locator!r} lies outside the pages of {work.key}, {show_pages(work.pages)}"


@check("no-source", Severity.WARNING)
def no_source(book: Book) -> Found:
    """An annotation has no source, neither of its own, nor in an account, nor in its body."""
    cited = {use.object for use in book.uses}
    for record in book.catalogue.records:
        if record.id not in cited:
            yield record, "no source; add :sources:, or cite one in its body"


@check("never-cited", Severity.INFO)
def never_cited(book: Book) -> Found:
    """An entry of the bibliography is never cited."""
    refers = {key: work.refers for key, work in book.works.items()}
    for key in text.never_cited(refers, (use.citation.key for use in book.uses)):
        yield book.works[key], "never cited"
