"""Relations that lead back to where they start: an object that, in the end, supersedes itself."""

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Catalogue
from sphinx_annals.text import rings


@check("circular", Severity.ERROR)
def circular(book: Book) -> Found:
    """An object in the end is part of, follows, supersedes, supplements or amends itself."""
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
