from collections import defaultdict
from dataclasses import replace

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import WEIGHTS, Statement

_MOST = 8


@check("crowded", Severity.INFO)
def crowded(book: Book) -> Found:
    """More than eight major points stand in one document, more than readers of a story bear."""
    homes: dict[str, list[Statement]] = defaultdict(list)
    for point in book.criticism.all():
        if point.weight == WEIGHTS[0]:
            homes[point.home.docname].append(replace(point.home, of=point.of))
    for docname, found in homes.items():
        if len(found) > _MOST:
            says = f"the major point no. {_MOST + 1} of {len(found)} in {docname!r}"
            yield found[_MOST], f"{says}; make some of them minor"
