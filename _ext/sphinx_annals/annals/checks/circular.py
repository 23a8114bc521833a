"""Relations that lead back to where they start: an object that, in the end, supersedes itself.

Without recursion: chains of relations may be as long as the book.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Catalogue

Graph = Mapping[str, Set[str]]


@check("circular", Severity.ERROR)
def circular(book: Book) -> Found:
    """A relation leads back to where it starts."""
    for option in dict.fromkeys(field.name for field in book.catalogue.relations):
        for ring in rings(_graph_of(book.catalogue, option)):
            record = book.catalogue.find(ring[0])
            if record:
                way = f" by way of {', '.join(ring[1:])}" if ring[1:] else ""
                yield record, f":{option}: leads back to it{way}"


def _graph_of(catalogue: Catalogue, option: str) -> dict[str, set[str]]:
    """Give the ids that each object names in an option, as they are now."""
    graph: dict[str, set[str]] = {}
    for record in catalogue.records:
        for name, id, kind in record.references:
            target = catalogue.find(id, kind) if name == option else None
            if target:
                graph.setdefault(record.id, set()).add(target.id)
    return graph


def rings(graph: Graph) -> Iterator[list[str]]:
    """Give shortest rings, each from its first object on, until all in a ring are named."""
    named: set[str] = set()
    left = _held_up(graph)
    for start in graph:
        if start in left and start not in named:
            ring = _way_back(left, start)
            if ring:
                named.update(ring)
                yield ring


def _held_up(graph: Graph) -> dict[str, set[str]]:
    """Leave out what leads to no ring: what can be put in order, after all that it leads to."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):  # what no ring holds up comes out all the same
        sorter.prepare()
    ordered: set[str] = set()
    while ready := sorter.get_ready():
        ordered.update(ready)
        sorter.done(*ready)
    return {id: {*targets} - ordered for id, targets in graph.items() if id not in ordered}


def _way_back(graph: Graph, start: str) -> list[str]:
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        id = waiting.popleft()
        for target in sorted(graph[id]):
            if target == start:
                way = [id]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if target not in came:
                came[target] = id
                waiting.append(target)
    return []
