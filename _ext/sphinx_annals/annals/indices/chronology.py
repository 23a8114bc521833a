"""The index of events by date."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.domains import IndexEntry

from sphinx_annals.annals.indices.base import CatalogueIndex, entry_of
from sphinx_annals.annals.model import Catalogue, Event
from sphinx_annals.dates import display


class ChronologicalIndex(CatalogueIndex):
    """Events by date."""

    name = "chronology"
    localname = "Chronological index"
    shortname = "chronology"

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give the events, grouped by year."""
        for event in catalogue.events():
            shown = display(event.date) if event.date else ""
            yield _year(event), entry_of(event, event.title, shown)


def _year(event: Event) -> str:
    if event.date is None:
        return "Undated"
    first = event.date.earliest or event.date.latest
    return str(first[0]) if first and first[0] > 0 else "BC"
