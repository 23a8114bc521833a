"""The order in which a reader comes to the documents of a book."""

from collections.abc import Iterable, Mapping, Sequence


def book_order(
    root: str, includes: Mapping[str, Sequence[str]], others: Iterable[str] = ()
) -> dict[str, int]:
    """Number documents as a reader comes to them, then the ``others``, which no table names.

    ``includes`` are what the tables of contents of each document name.
    """
    order: dict[str, int] = {}
    waiting = [root]
    while waiting:
        docname = waiting.pop()
        if docname not in order:
            order[docname] = len(order)
            waiting += reversed(includes.get(docname, ()))
    for docname in sorted(others):
        order.setdefault(docname, len(order))
    return order
