"""Relations that lead back to where they start, whatever they relate."""

from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter


def rings(graph: Mapping[str, Set[str]]) -> Iterator[list[str]]:
    """Give rings, each from its first object on, until what is left can be put in order.

    ``graph`` has for each object those that it names.
    """
    order = {id: place for place, id in enumerate(graph)}
    left = {id: sorted(targets) for id, targets in graph.items()}
    # one ring at a time, since the step that is taken away may have closed several
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
