"""Page locators outside the pages of the entry that is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinx_annals.annals.checks.base import Check, Severity
from sphinx_annals.annals.checks.book import Book, Use


def _rule(book: Book) -> Iterator[tuple[Use, str]]:
    seen = set()
    for use in book.uses:
        work, locator = book.works.get(use.citation.key), use.citation.locator
        # an object may cite one page several times, and in prose a place is all there is
        place = (use.object or (use.docname, use.line), use.citation.key, locator)
        if not work or not work.pages or place in seen:
            continue
        seen.add(place)
        for first, last in located_pages(locator):
            if not any(low <= first and last <= high for low, high in work.pages):
                yield use, f"{locator!r} lies outside {work.key}, pp. {show_pages(work.pages)}"
                break


CHECK = Check(
    "locator-outside", Severity.WARNING, "A locator is outside the entry's page range.", _rule
)

_PAGES = re.compile(
    r"(?:\bpp?\.|\bpages?\b)\s*((?:\d+(?:\s*[-–—]+\s*\d+)?(?:\s*(?:,|and|&)\s*)?)+)"
)


def located_pages(locator: str) -> list[tuple[int, int]]:
    """Give the pages that a locator names; a bare number is a page, ``ch. 3`` is none."""
    if re.fullmatch(r"[\d\s,–—-]+", locator):
        return list(page_spans(locator))
    return [span for match in _PAGES.finditer(locator) for span in page_spans(match[1])]


def page_spans(text: str) -> Iterator[tuple[int, int]]:
    """Read ``244--45, 250`` as (244, 245) and (250, 250); what is no arabic number is left."""
    for match in re.finditer(r"(?<![\w.])(\d+)(?:\s*[-–—]+\s*(\d+))?(?!\w)", text):
        first, last = match[1], match[2] or match[1]
        if len(last) < len(first):  # 244–45
            last = first[: -len(last)] + last
        if int(first) <= int(last):
            yield int(first), int(last)


def show_pages(spans: Iterable[tuple[int, int]]) -> str:
    """Give spans of pages as they are printed: ``244–245, 250``."""
    return ", ".join(f"{low}–{high}" if low < high else str(low) for low, high in spans)
