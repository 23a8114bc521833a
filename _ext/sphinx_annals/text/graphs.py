"""What names what: the order in which a reader comes to it, and what leads back to its start.

No recursion, since chains may be longer than Python's stack; and each step of a relation is gone
once, however many rings it closes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import takewhile


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


def rings(graph: Mapping[str, Set[str]]) -> Iterator[list[str]]:
    """Give rings, each from the object that is met first on, until what is left has an order.

    ``graph`` has for each object those that it names. What is left is without the last step of
    each ring, that from its last object to its first.
    """
    part = {id: n for n, found in enumerate(components(graph)) for id in found}

    def inside(id: str) -> Iterator[str]:
        # what leads into rings and out of them is in none
        return iter(sorted(other for other in graph.get(id, ()) if part[other] == part[id]))

    met: set[str] = set()
    for start in graph:
        # the way from there to where the walk is, with what each object on it has still to name
        way = {} if start in met else {start: inside(start)}
        met.add(start)
        while way:
            here = next(reversed(way))
            there = next(way[here], None)
            if there is None:
                del way[here]
            elif there in way:
                yield _back_to(there, way)
            elif there not in met:
                met.add(there)
                way[there] = inside(there)


def _back_to(first: str, way: dict[str, Iterator[str]]) -> list[str]:
    """Give the end of a way, from an object on."""
    ring = list(takewhile(lambda id: id != first, reversed(way)))
    return [first, *reversed(ring)]


def components(graph: Mapping[str, Set[str]]) -> Iterator[list[str]]:
    """Give all objects, those together that lead to each other, behind all that these lead to.

    Strongly connected components, by the algorithm of Tarjan (1972).
    """
    met: dict[str, int] = {}
    lowest: dict[str, int] = {}
    """The first of those met that each object leads back to, while it is not given."""
    waiting: list[str] = []

    def meet(id: str) -> tuple[str, Iterator[str]]:
        met[id] = lowest[id] = len(met)
        waiting.append(id)
        return id, iter(graph.get(id, ()))

    for start in graph:
        way = [] if start in met else [meet(start)]
        while way:
            here, others = way[-1]
            there = next(others, None)
            if there is None:
                way.pop()
                if way:
                    before = way[-1][0]
                    lowest[before] = min(lowest[before], lowest[here])
                if lowest[here] == met[here]:
                    yield _taken_to(here, waiting, lowest)
            elif there not in met:
                way.append(meet(there))
            elif there in lowest:
                lowest[here] = min(lowest[here], met[there])


def _taken_to(first: str, waiting: list[str], lowest: dict[str, int]) -> list[str]:
    """Take what waits, back to an object."""
    found: list[str] = []
    while first not in found[-1:]:
        found.append(waiting.pop())
        del lowest[found[-1]]
    return found
