"""Checks of objects: how they name each other, and whether two are one."""

from collections.abc import Iterable, Iterator

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Article, Catalogue, Identifier, Kind, Record, where
from sphinx_annals.dates import Day, overlapping
from sphinx_annals.text import fold, rings


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


@check("never-mentioned", Severity.INFO)
def never_mentioned(book: Book) -> Found:
    """Neither prose nor another annotation refers to an object."""
    used = {
        target.id
        for record in book.catalogue.records
        if not isinstance(record, Article)  # each names its treaty, which makes none known
        for _, id, _ in record.references
        if (target := book.catalogue.find(id)) and target is not record
    }
    for record in book.catalogue.records:
        if record.id not in used and not book.catalogue.mentions_of(record.id):
            role = f"{{{record.kind.value}}}`{record.id}`"
            yield record, f"never mentioned; refer to it as {role}"


@check("shared-name", Severity.WARNING)
def shared_name(book: Book) -> Found:
    """Two objects of one kind have one name, variants included, and no dates tell them apart."""
    groups: dict[tuple[Kind, str], dict[str, Record]] = {}
    for record in book.catalogue.records:
        if not isinstance(record, Article):  # provisions are named within their treaties
            for name in (record.title, *(name.text for name in record.names)):
                groups.setdefault((record.kind, fold(name)), {})[record.id] = record
    seen = set()
    for (kind, _), group in groups.items():
        for one, other in overlapping(_spans(group.values())):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                message = f"{kind.value} {one.id!r} ({where(one)}) has this name"
                yield other, message + "; keep one, the other as an alias"


def _spans(records: Iterable[Record]) -> Iterator[tuple[Day | None, Day | None, Record]]:
    for record in records:
        date = record.dates[0][1] if record.dates else None
        yield (date.earliest, date.latest, record) if date else (None, None, record)


@check("shared-identifier", Severity.ERROR)
def shared_identifier(book: Book) -> Found:
    """Two objects have one identifier in an authority file."""
    owners: dict[tuple[str, str], Record] = {}
    for record in book.catalogue.records:
        for field in record.fields:
            if not isinstance(field.type, Identifier) or not (number := record.value(field)):
                continue
            other = owners.setdefault((field.name, number), record)
            if other is not record:
                who = f"{other.kind.value} {other.id!r} ({where(other)})"
                yield record, f"{who} has {field.name} {number} too; one of them is mistaken"


@check("stale-acknowledgement", Severity.INFO)
def stale_acknowledgement(book: Book) -> Found:
    """What is acknowledged is no longer found."""
    for object, code in book.unmet:
        record = book.catalogue.find(object)
        if record:
            yield record, f"{code!r} is acknowledged, but no longer found; remove the option"
