"""What checks look at: the records, the works, and every citation of a work for a record. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sphinx_annals.annals.criticism import (
    Compared,
    Criticism,
    Dependence,
    field_of,
    property_key,
    shown_date,
)
from sphinx_annals.annals.model import Account, Article, Catalogue, Record, Treaty, Use
from sphinx_annals.dates import HistoricalDate
from sphinx_annals.text import Citation, each_work


@dataclass(frozen=True)
class Book(Compared):
    """All that checks look at.

    ``criticism`` is what the sources say of each object, compared. ``unmet`` are acknowledgements,
    by object and code, that no finding answers to; they are known when the other checks have run.
    ``listed`` are the points that lists show, by object and property.
    """

    criticism: Criticism
    unmet: tuple[tuple[str, str], ...] = ()
    listed: Collection[tuple[str, str]] = ()

    @cached_property
    def uses(self) -> list[Use]:
        """All citations, each once for one object, by the keys that works have now."""
        return list(dict.fromkeys(_uses(self.catalogue, self.criticism.dependence)))


def _uses(catalogue: Catalogue, dependence: Dependence) -> Iterator[Use]:
    def cited(citation: Citation) -> Citation:
        return replace(citation, key=dependence.key(citation.key))

    for record in catalogue.records:
        place = record.docname, record.line, record.id
        reported = _begins(record, catalogue)
        for citation in each_work(record.sources):
            yield Use(cited(citation), *place, record.file, reported)
        for account in catalogue.statements_of(record.id):
            if not isinstance(account, Account):
                continue
            key = property_key(record.id, account.property, catalogue)
            field = field_of(catalogue, record.id, key)
            past = field is not None and field.life in ("begins", "ends")
            own = shown_date(account.value, account.calendar) if past else None
            place = account.docname, account.line, record.id
            for citation in account.citation.works:
                yield Use(cited(citation), *place, account.file, own or reported)
    for use in (use for notes in catalogue.documents.values() for use in notes.citations):
        for citation in use.citation.works:
            yield replace(use, citation=cited(citation))


def _begins(record: Record, catalogue: Catalogue) -> HistoricalDate | None:
    """Give the date before which nobody can have reported of an object."""
    if isinstance(record, Article):
        treaty = catalogue.find(record.treaty or "")
        return _begins(treaty, catalogue) if isinstance(treaty, Treaty) else None
    known = [record.value(field) for field in record.fields if field.life == "begins"]
    known = [date for date in known if date]
    if any(date.earliest is None for date in known):
        return None
    return min(known, key=lambda date: date.earliest or (0, 0, 0), default=None)
