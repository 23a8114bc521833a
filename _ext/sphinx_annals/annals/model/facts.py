"""The facts of one record: what readers see of its fields, in reading order, as plain parts."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.chronology import Bounds
from sphinx_annals.annals.model.marked import Marked, listed, phrase_of
from sphinx_annals.annals.model.records import Event, Record, Treaty
from sphinx_annals.annals.model.schema import Field, Schema, label_of
from sphinx_annals.annals.model.types import Choice, Names, is_stated
from sphinx_annals.annals.model.values import Actor, Kind, Link, Name, Part, Values, Words
from sphinx_annals.dates import HistoricalDate, in_words
from sphinx_annals.language import Language


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact with one or more values; a ``late`` one stands after the body."""

    name: str
    label: str
    values: Values
    late: bool = False


def facts_of(record: Record, catalogue: Catalogue) -> Iterator[Fact]:
    """Give the facts of a record; those it does not state are left out."""
    remarks = remarks_of(record, catalogue.language)
    for field in record.fields:
        if field.stands in ("head", "end") and not field.qualifies:
            values = _stated_or_derived(record, field, catalogue)
            if not values:
                continue
            if field.name in remarks:
                told = listed(remarks[field.name], catalogue.language.mark("; "))
                remark = Words(phrase_of(catalogue.language.mark(" ({remark})"), remark=told))
                values = (*values[:-1], (*values[-1], remark))
            label = catalogue.language.gettext(field.label)
            yield Fact(field.name, label, values, field.stands == "end")
    for field in catalogue.relations_to[record.kind]:
        if values := _referring(record, field, catalogue):
            label = catalogue.language.gettext(label_of(field.inverse))
            yield Fact(field.inverse, label, values, field.stands == "end")
    if names := Names().parts(record.names, catalogue.language):
        also = catalogue.language.gettext("Also")
        yield Fact("names", also, names, late=isinstance(record, Event | Treaty))


def taken_from_others(record: Record, catalogue: Catalogue) -> Iterator[object]:
    """Give what facts of a record show of others; what it says itself changes with its page."""
    yield [Link(id) for _, id, _ in record.references]
    yield [_referring(record, field, catalogue) for field in catalogue.relations_to[record.kind]]
    if isinstance(record, Event) and not record.date:
        yield when(record, catalogue)
    yield [word for field in record.fields for word in _marked(record.value(field))]


def _marked(value: object) -> Iterator[Marked]:
    """Give the words of a value that have inline markup."""
    match value:
        case Marked():
            yield value
        case Actor(role=words) | Name(text=words):
            yield from _marked(words)
        case tuple():
            for one in value:
                yield from _marked(one)


def parts_of(record: Record, field: Field, language: Language, *, unsaid: bool = False) -> Values:
    """Give what a record says in a field; what goes without saying only where it is asked for."""
    value = record.value(field)
    if not is_stated(value):
        return ()
    silent = not unsaid and isinstance(field.type, Choice) and value == field.type.unsaid
    return () if silent else field.type.parts(value, language)


def bounds_of(event: Event, catalogue: Catalogue) -> Bounds | None:
    """Give what its neighbours tell of when an event was; nothing if its id is another's."""
    return catalogue.chronology.bounds(event.id) if catalogue.find(event.id) is event else None


def when(event: Event, catalogue: Catalogue) -> HistoricalDate | Words | None:
    """Give when an event was: its date, else what those tell that it stands between."""
    bounds = None if event.date else bounds_of(event, catalogue)
    return Words(bounds.in_words(catalogue.language)) if bounds else event.date


def in_text(part: Part, catalogue: Catalogue) -> str:
    """Give a part as plain text: an object by its title."""
    match part:
        case Link():
            record = catalogue.find(part.id)
            return part.text or (record.title if record else part.id)
        case Words():
            return part.text
        case _:
            return in_words(part, catalogue.language)


def _stated_or_derived(record: Record, field: Field, catalogue: Catalogue) -> Values:
    if isinstance(record, Event) and field.name == "date":
        found = when(record, catalogue)
        return ((found,),) if found else ()
    return parts_of(record, field, catalogue.language, unsaid=bool(field.qualifies))


def remarks_of(record: Record, language: Language) -> dict[str, list[str]]:
    """Give what fields say of others, by the name of the other."""
    found: dict[str, list[str]] = defaultdict(list)
    for field in record.fields:
        for value in parts_of(record, field, language) if field.qualifies else ():
            found[field.qualifies] += [part.text for part in value if isinstance(part, Words)]
    return found


def _referring(record: Record, field: Field, catalogue: Catalogue) -> Values:
    others = catalogue.referring(field.name, record.id)
    if not others:
        return ()
    order = catalogue.chronology.order
    # events in their order, others as they are told: sorting is stable
    return tuple((Link(o.id),) for o in sorted(others, key=lambda other: order.get(other.id, 0)))


def columns_of(schema: Schema, kind: Kind) -> tuple[str, ...]:
    """Give the columns that a table of such records can have."""
    fields = [field for field in schema[kind] if field.stands != "nowhere"]
    inverse = [field.inverse for field in fields if field.leads_to(kind)]
    more = ["articles"] if kind is Kind.TREATY else []
    return (kind.value, *(field.column for field in fields), *inverse, *more)


def heading_of(schema: Schema, kind: Kind, column: str) -> str:
    """Give the heading of a column."""
    named = [field.label for field in schema[kind] if column == field.name == field.column]
    return named[0] if named else label_of(column)


def cells_of(kind: Kind, column: str, catalogue: Catalogue) -> Callable[[Any], Values]:
    """Give what tells, of a record of a kind, what stands in a column of a table."""
    for field in catalogue.schema[kind]:
        if column == field.column:
            return partial(_stated_or_derived, field=field, catalogue=catalogue)
        if column == field.inverse:
            return partial(_referring, field=field, catalogue=catalogue)
    if column == kind.value:
        return lambda record: ((Link(record.id),),)
    return lambda treaty: tuple((Link(a.id),) for a in catalogue.articles_of(treaty))
