"""Relations that lead back to where they start: an object that, in the end, supersedes itself."""

from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Catalogue


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


def rings(graph: Mapping[str, Set[str]]) -> Iterator[list[str]]:
    """Give rings, each from its first object on, until what is left can be put in order."""
    order = {id: place for place, id in enumerate(graph)}
    left = {id: sorted(targets) for id, targets in graph.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # In a cycle each must come before the next: read backwards, each leads to the next.
            ring = error.args[1][:0:-1]
        else:
            return
        first = ring.index(min(ring, key=order.__getitem__))
        ring = ring[first:] + ring[:first]
        yield ring
        left[ring[-1]].remove(ring[0])
