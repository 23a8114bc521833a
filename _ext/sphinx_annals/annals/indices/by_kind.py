"""Indices: chronological, of treaty articles, people, organisations and places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from sphinx.domains import Index, IndexEntry

from sphinx_annals.annals.model.records import Article, Event, Record, Treaty
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.dates import display

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_annals.annals.domain import AnnalsDomain
    from sphinx_annals.annals.model.catalogue import Catalogue

OPENING = " \"'“‘«„("
"""What may stand before the first letter of a title."""

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
        return [
            (group, entries) for group, entries in groups.items() if _has_target(entries)
        ], False

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give each entry with the heading of its group, in order."""
        raise NotImplementedError


def _has_target(entries: list[IndexEntry]) -> bool:
    return any(entry.docname for entry in entries)


def _entry(record: Record, name: str, extra: str = "", subtype: int = 0) -> IndexEntry:
    return IndexEntry(name, subtype, record.docname, record.anchor, extra, "", "")


def _initial(key: str) -> str:
    letter = key[:1].upper()
    return letter if letter.isalpha() else "#"


def filing_key(title: str) -> str:
    """Give the key by which a name files: without case, diacritics or opening marks."""
    decomposed = unicodedata.normalize("NFD", title.casefold().lstrip(OPENING))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\w|[\"“‘«„(])", re.IGNORECASE)


def title_key(title: str) -> str:
    """Give the key by which a title files: as :func:`filing_key`, without a first article."""
    return filing_key(_ARTICLE.sub("", title.lstrip(OPENING), count=1))


def filed(record: Record) -> str:
    """Give the key by which a record files; what looks like an article may be a person's name."""
    return (filing_key if record.kind is Kind.PERSON else title_key)(record.filing)


class ChronologicalIndex(CatalogueIndex):
    """Events by date."""

    name = "chronology"
    localname = "Chronological index"
    shortname = "chronology"

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give the events, grouped by year."""
        for event in catalogue.events():
            yield (
                _year(event),
                _entry(event, event.title, display(event.date) if event.date else ""),
            )


def _year(event: Event) -> str:
    if event.date is None:
        return "Undated"
    first = event.date.earliest or event.date.latest
    return str(first[0]) if first and first[0] > 0 else "BC"


class ArticleIndex(CatalogueIndex):
    """Provisions by treaty.

    Treaties are entries and not groups: Sphinx's templates print the name of a group as it is,
    also in ids, where an author's text has no place.
    """

    name = "articles"
    localname = "Index of treaty articles"
    shortname = "articles"

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give the treaties that have provisions, each with these below it."""
        placed: set[str] = set()
        for treaty in sorted(catalogue.of_type(Treaty), key=filed):
            articles = catalogue.articles_of(treaty)
            placed.update(article.id for article in articles)
            entries = [_entry(treaty, treaty.title, subtype=1)] if articles else []
            entries += [_entry(article, article.heading, subtype=2) for article in articles]
            yield from ((_initial(filed(treaty)), entry) for entry in entries)
        for article in catalogue.of_type(Article):
            if article.id not in placed:
                yield "#", _entry(article, article.heading, "without a treaty")


class NameIndex(CatalogueIndex):
    """Records of one kind by their names, with their other names."""

    kind: ClassVar[Kind]

    def entries(self, catalogue: Catalogue) -> Iterable[tuple[str, IndexEntry]]:
        """Give main entries, and ``see`` entries from other names in the Latin script."""
        found: list[tuple[str, str, IndexEntry]] = []
        for record in catalogue.of_kind(self.kind):
            key = filed(record)
            names = [name.text for name in record.names if filing_key(name.text) != key]
            main = _entry(record, record.filing, "; ".join(names))
            found.append((key, record.filing, main))
            found += [
                (title_key(name), name, _entry(record, name, f"see {record.filing}"))
                for name in names
                if not key.startswith(title_key(name))  # it would stand right before
            ]
        found.sort(key=lambda item: item[:2])
        return [(_initial(key), entry) for key, _, entry in found]


class PeopleIndex(NameIndex):
    """People by name."""

    name = "people"
    localname = "Index of people"
    shortname = "people"
    kind = Kind.PERSON


class OrganisationIndex(NameIndex):
    """Organisations by name."""

    name = "organisations"
    localname = "Index of organisations"
    shortname = "organisations"
    kind = Kind.ORGANISATION


class PlaceIndex(NameIndex):
    """Places by name."""

    name = "places"
    localname = "Index of places"
    shortname = "places"
    kind = Kind.PLACE


INDICES = [ChronologicalIndex, ArticleIndex, PeopleIndex, OrganisationIndex, PlaceIndex]


def setup(app: Sphinx) -> None:
    """Register the indices."""
    for index in INDICES:
        app.add_index_to_domain("annals", index)
