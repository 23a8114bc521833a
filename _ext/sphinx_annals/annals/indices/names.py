"""The indices of people, organisations and places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from sphinx.domains import IndexEntry

from sphinx_annals.annals.indices.base import CatalogueIndex, entry_of, group_of
from sphinx_annals.annals.model import Catalogue, Kind, filed
from sphinx_annals.text import filing_key, filing_words


class NameIndex(CatalogueIndex):
    """Records of one kind by their names, with their other names."""

    kind: ClassVar[Kind]

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give main entries, and ``see`` entries from other names."""
        found: list[tuple[str, IndexEntry]] = []
        for record in catalogue.of_kind(self.kind):
            own = filing_words(filed(record))
            names = [n.text for n in record.names if filing_words(n.text) != own]
            found.append((filed(record), entry_of(record, record.filing, "; ".join(names))))
            for name in names:
                words = filing_words(filed(record, name))
                if own[: len(words)] != words:  # or it would stand right before
                    see = entry_of(record, name, f"see {record.filing}")
                    found.append((filed(record, name), see))
        found.sort(key=lambda item: (filing_key(item[0]), item[1].name))
        return [(group_of(text), entry) for text, entry in found]


def _names(kind: Kind, plural: str) -> type[NameIndex]:
    """Give the index of one kind."""
    said = {"name": plural, "localname": f"Index of {plural}", "shortname": plural, "kind": kind}
    return type(f"{plural.title()}Index", (NameIndex,), said)


NAME_INDICES = [
    _names(Kind.PERSON, "people"),
    _names(Kind.ORGANISATION, "organisations"),
    _names(Kind.PLACE, "places"),
]
