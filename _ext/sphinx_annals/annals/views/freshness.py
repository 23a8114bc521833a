"""What a page draws from other documents, so that it is written again when that changes.

Pure. Nothing here depends on where in a file something stands: moving it changes no page
but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import cast

from sphinx_annals.annals.criticism.comparing import Comparison, comparisons_of, property_title
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Article, Event, Place, Record
from sphinx_annals.annals.model.statements import Account, DocumentNotes, Mention, Verdict
from sphinx_annals.annals.model.values import Link, Markup, Part
from sphinx_annals.annals.views.answers import Views
from sphinx_annals.annals.views.spec import ViewSpec

Lookup = Callable[[str], object]
"""Gives what a page shows of an object, a label, a document or a work, by its name."""


def drawn_from_others(notes: DocumentNotes, views: Views, lookup: Lookup) -> Iterator[object]:
    """Give everything a page shows that other documents state."""
    catalogue = views.catalogue
    targets = {mention.target for mention in notes.mentions}
    for record in notes.records:
        targets.update(id for _, id, _ in record.references)
        for option in catalogue.relations:
            others = [other.id for other in catalogue.referring(option, record.id)]
            yield others  # in the order of the book, which tables of contents may change
            targets.update(others)
        for mention in catalogue.mentions_of(record.id):
            yield _mention(mention), catalogue.in_document(mention.docname).title
    yield [_identity(catalogue, id) for id in sorted(targets)]
    objects = {record.id for record in notes.records}
    objects |= {account.of for account in notes.accounts}
    objects |= {verdict.of for verdict in notes.verdicts}
    for id in sorted(objects):
        for comparison in comparisons_of(catalogue, id):
            yield _comparison(comparison, catalogue, lookup)
    for spec in cast("dict[str, ViewSpec]", notes.views).values():
        yield spec.view
        yield from _view(spec, views, lookup)


def _identity(catalogue: Catalogue, id: str) -> object:
    record = catalogue.find(id)
    return _record(record) if record else id


def _record(record: Record) -> object:
    title = record.heading if isinstance(record, Article) else record.title
    return record.id, record.kind.value, record.display, title, record.docname, record.anchor


def _mention(mention: Mention) -> object:
    return mention.docname, mention.section, mention.title


def _comparison(comparison: Comparison, catalogue: Catalogue, lookup: Lookup) -> object:
    notes: list[Account | Verdict] = [*comparison.accounts, *comparison.verdicts]
    return (
        comparison.property,
        comparison.status.value,
        comparison.reading,
        property_title(comparison, catalogue),
        _linked(comparison.reading.shown if comparison.reading else (), catalogue),
        [replace(note, line=0, file="") for note in notes],
        [lookup(account.citation.key) for account in comparison.accounts],
        [_behind(note.markup, lookup) for note in notes],
    )


def _linked(values: Iterable[Iterable[Part]], catalogue: Catalogue) -> object:
    parts = [part for value in values for part in value]
    return [_identity(catalogue, part.id) for part in parts if isinstance(part, Link)]


def _behind(markup: Markup | None, lookup: Lookup) -> object:
    return [lookup(target) for target in markup.targets] if markup else None


def _view(spec: ViewSpec, views: Views, lookup: Lookup) -> Iterator[object]:
    catalogue = views.catalogue
    match spec.view:
        case "event-table" | "treaty-table":
            for row in views.rows(spec):
                yield row, _identity(catalogue, row.id)
                yield [_linked(cell, catalogue) for cell in row.cells]
        case "event-list" | "timeline":
            yield from (_event(event, catalogue) for event in views.events(spec))
        case "place-map":
            yield from (_place(place) for place in views.places(spec))
        case "mentions":
            for record, mentions in views.mentions(spec):
                yield _record(record), [_mention(mention) for mention in mentions]
                yield [views.titles.get(mention.docname) for mention in mentions]
        case "disputed-points":
            for comparison in views.disputes(spec):
                yield _identity(catalogue, comparison.of)
                yield _comparison(comparison, catalogue, lookup)
        case "article-comparison":
            yield [_identity(catalogue, id) for id in spec.targets]
            for line in views.alignments(spec):
                yield line.label, [_article(a, lookup) for a in line.articles]


def _article(article: Article | None, lookup: Lookup) -> object:
    if article is None:
        return None
    return _record(article), article.markup, _behind(article.markup, lookup)


def _event(event: Event, catalogue: Catalogue) -> object:
    place = _identity(catalogue, event.place) if event.place else None
    return _record(event), event.date, event.certainty, event.tags, place


def _place(place: Place) -> object:
    return _record(place), place.coordinates
