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
            yield use, f"{locator!r} lies outside {work.key}, pp. {show_pages(work.pages)}"
