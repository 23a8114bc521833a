"""What all indices of the domain share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from sphinx.domains import Index, IndexEntry

from sphinx_annals.annals.model import Catalogue, Record
from sphinx_annals.text import initial

if TYPE_CHECKING:
    from sphinx_annals.annals.domain import AnnalsDomain

Groups = list[tuple[str, list[IndexEntry]]]


class CatalogueIndex(Index):
    """An index over the catalogue."""

    def generate(self, docnames: Iterable[str] | None = None) -> tuple[Groups, bool]:
        """Give the entries in groups, those of ``docnames`` if given."""
        domain = cast("AnnalsDomain", self.domain)
        allowed = set(docnames) if docnames is not None else None
        groups: dict[str, list[IndexEntry]] = {}
        for group, entry in self.entries(domain.catalogue):
            if allowed is None or not entry.docname or entry.docname in allowed:
                groups.setdefault(group, []).append(entry)
        found = [(group, found) for group, found in groups.items() if any(e.docname for e in found)]
        return found, False

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give each entry with the heading of its group, in order."""
        raise NotImplementedError


def entry_of(record: Record, name: str, extra: str = "", subtype: int = 0) -> IndexEntry:
    """Give the entry of a record under a name; ``subtype`` is 1 above others, 2 below."""
    return IndexEntry(name, subtype, record.docname, record.anchor, extra, "", "")


def group_of(text: str) -> str:
    """Give the heading of the group in which a text files."""
    return initial(text) or "#"
