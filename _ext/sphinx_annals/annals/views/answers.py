"""What views show, as plain values: pure, so that their digest tells when a page is stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sphinx_annals.annals.criticism.comparing import Comparison, Status, all_comparisons
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.indices.by_kind import filing_key
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.facts import cell
from sphinx_annals.annals.model.records import Article, Event, Place, Record, Treaty
from sphinx_annals.annals.model.statements import Mention
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.annals.model.values import Values
from sphinx_annals.annals.views.filters import Selection, chapter_names, unknown_values
from sphinx_annals.annals.views.spec import ViewSpec
from sphinx_annals.dates import sort_key

TABLES = {"event-table": Kind.EVENT, "treaty-table": Kind.TREATY}
"""What the rows of tables are, by view."""
DEFAULT_COLUMNS = {
    "event-table": ("date", "event", "place", "actors"),
    "treaty-table": ("treaty", "kind", "parties", "signed", "term"),
}
SORTS: dict[str, tuple[str, ...]] = {
    "event-list": ("date", "title", "place"),
    "event-table": ("date", "title", "place"),
    "treaty-table": ("date", "title", "kind"),
    "disputed-points": ("order", "object", "property", "status", "date"),
    "mentions": ("order", "title"),
}
"""The orders that an author may choose from, by view; the first is the default."""
DISPUTES = (Status.DISPUTED.value, Status.OPEN.value, Status.SETTLED.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One record with the cells chosen."""

    id: str
    cells: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """One row of an article comparison: the provisions of each treaty, None where it has none."""

    label: str
    articles: tuple[Article | None, ...]


class Views:
    """Answers what a view shows, from one catalogue.

    ``documents`` gives documents by each name they may be filtered with, ``titles`` their
    titles by document name.
    """

    def __init__(
        self, catalogue: Catalogue, documents: Mapping[str, str], titles: Mapping[str, str]
    ) -> None:
        self.catalogue = catalogue
        self.documents = documents
        self.titles = titles

    def selection(self, spec: ViewSpec) -> Selection:
        """Give the filter of a view, made ready."""
        return Selection(spec.filter, self.catalogue, self.documents)

    def events(self, spec: ViewSpec) -> list[Event]:
        """Give the events that a view shows, in its order."""
        return self._sorted(self.catalogue.of_type(Event), spec)

    def treaties(self, spec: ViewSpec) -> list[Treaty]:
        """Give the treaties that a view shows, in its order."""
        return self._sorted(self.catalogue.of_type(Treaty), spec)

    def places(self, spec: ViewSpec) -> list[Place]:
        """Give the places with coordinates: those of the events that pass, or that pass
        themselves where only documents or tags are asked for.
        """
        asked = spec.filter
        wanted = self.selection(spec)
        located = [p for p in self.catalogue.of_type(Place) if p.coordinates]
        if not (asked.start or asked.end or asked.actor or asked.treaty):
            return [place for place in located if place in wanted]
        used = {e.place for e in self.catalogue.of_type(Event) if e in wanted and e.place}
        found = {record.id for id in used if (record := self.catalogue.find(id))}
        return [place for place in located if place.id in found]

    def _sorted(self, records: Iterable[Any], spec: ViewSpec) -> list[Any]:
        wanted = self.selection(spec)
        keys = {
            "title": lambda r: (filing_key(r.title), r.id),
            "place": lambda r: (filing_key(self.title_of(r.place)), *self._date_key(r)),
            "kind": lambda r: (r.treaty_kind.value, *self._date_key(r)),
        }
        chosen = [record for record in records if record in wanted]
        chosen.sort(key=keys.get(spec.sort, self._date_key), reverse=spec.descending)
        if spec.sort == "date":  # the undated come last, whichever way
            chosen.sort(key=lambda record: not record.dates)
        return chosen

    def _date_key(self, record: Record | None) -> tuple[Any, ...]:
        dates = record.dates if record else ()
        rank = self.catalogue.ranks[record.id] if record else -1
        return (*sort_key(dates[0][1] if dates else None), rank)

    def title_of(self, id: str | None) -> str:
        """Give the title of an object; an id that is none files last."""
        record = self.catalogue.find(id or "")
        return record.title if record else id or "\uffff"

    def rows(self, spec: ViewSpec) -> list[Row]:
        """Give the rows of an event or treaty table."""
        records = self._sorted(self.catalogue.of_kind(TABLES[spec.view]), spec)
        return [
            Row(record.id, tuple(cell(record, name, self.catalogue) for name in spec.columns))
            for record in records
        ]

    def mentions(self, spec: ViewSpec) -> list[tuple[Record, list[Mention]]]:
        """Give the objects asked for, or all that pass, with the sections that refer to them."""
        wanted = self.selection(spec)
        named = [self.catalogue.find(id) for id in spec.targets]
        records = [r for r in named if r] if spec.targets else list(self.catalogue.records)
        found = []
        for record in records:
            mentions = [
                mention
                for mention in self.catalogue.mentions_of(record.id)
                if wanted.passes(record) and wanted.in_chapter(mention.docname)
            ]
            if mentions:
                found.append((record, mentions))
        if spec.sort == "title":
            found.sort(key=lambda item: filing_key(item[0].title))
        return found[::-1] if spec.descending else found

    def disputes(self, spec: ViewSpec) -> list[Comparison]:
        """Give the points whose status is asked for, in the order asked for."""
        wanted = self.selection(spec)
        statuses = {Status(value) for value in spec.statuses or DISPUTES}
        found = [
            comparison
            for comparison in all_comparisons(self.catalogue)
            if comparison.status in statuses
            and comparison.accounts
            and self._concerns(comparison, wanted, spec)
        ]
        order = list(Status)
        keys: dict[str, Any] = {
            "object": lambda c: filing_key(self.title_of(c.of)),
            "property": lambda c: (c.property, filing_key(self.title_of(c.of))),
            "status": lambda c: order.index(c.status),
            "date": lambda c: self._date_key(self.catalogue.find(c.of)),
        }
        if spec.sort in keys:
            found.sort(key=keys[spec.sort])
        return found[::-1] if spec.descending else found

    def _concerns(self, comparison: Comparison, wanted: Selection, spec: ViewSpec) -> bool:
        """Tell whether a point passes: by its object, and by where its sources are heard."""
        record = self.catalogue.find(comparison.of)
        if record is None or (spec.targets and record.id not in self._canonical(spec.targets)):
            return False
        if not wanted.passes(record):
            return False
        return any(wanted.in_chapter(account.docname) for account in comparison.accounts)

    def _canonical(self, ids: Iterable[str]) -> set[str]:
        return {record.id for id in ids if (record := self.catalogue.find(id))}

    def alignments(self, spec: ViewSpec) -> list[Alignment]:
        """Set provisions side by side: as told, then by number, then the rest one by one."""
        treaties = [self.catalogue.find(id) for id in spec.targets]
        wanted = self.selection(spec)
        columns = [
            {_tail(a): a for a in self.catalogue.articles_of(t) if a in wanted}
            if isinstance(t, Treaty)
            else {}
            for t in treaties
        ]
        rows = [
            tuple(column.get(_short(name)) for name, column in zip(names, columns, strict=False))
            for names in spec.align
        ]
        placed = {article.id for row in rows for article in row if article}
        found = [Alignment(_label(row), row) for row in rows if any(row)]
        if "aligned" in spec.rows:
            return found
        tails = dict.fromkeys(tail for column in columns for tail in column)
        for tail in sorted(tails, key=_numeric):
            row = tuple(
                article if (article := column.get(tail)) and article.id not in placed else None
                for column in columns
            )
            if any(row):
                found.append(Alignment(_label(row), row))
        return sorted(found, key=lambda line: _numeric(next(_tail(a) for a in line.articles if a)))

    def problems(self, spec: ViewSpec) -> Iterator[str]:
        """Say what a view asks for that nobody states."""
        yield from unknown_values(spec.filter, self.catalogue, self.documents)
        kind = Kind.TREATY if spec.view == "article-comparison" else None
        for id in spec.targets:
            if not self.catalogue.find(id, kind):
                yield self.catalogue.explain_unknown(id, kind)
        yield from self._unaligned(spec)

    def _unaligned(self, spec: ViewSpec) -> Iterator[str]:
        for names in spec.align:
            for id, name in zip(spec.targets, names, strict=False):
                record = self.catalogue.find(id)
                if name and isinstance(record, Treaty):
                    known = [_tail(article) for article in self.catalogue.articles_of(record)]
                    if _short(name) not in known:
                        yield f":align: {record.id} has no provision {name!r}; it has " + (
                            ", ".join(known) or "none"
                        )


def answers_of(domain: AnnalsDomain) -> Views:
    """Give the answers of all documents as they are now."""
    env = domain.env
    labels = env.domains.standard_domain.anonlabels
    named = {label: docname for label, (docname, _) in labels.items()}
    titles = {docname: title.astext() for docname, title in env.titles.items()}
    return Views(domain.catalogue, chapter_names(env.found_docs, named), titles)


def _tail(article: Article) -> str:
    """Give the part of a provision's id that its treaty does not give."""
    return article.id.rsplit("/", 1)[-1]


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _numeric(tail: str) -> tuple[int, int, str]:
    digits = "".join(c for c in tail.split("(")[0] if c.isdigit())
    # those without a number follow, in the order in which they are told
    return (0, int(digits), tail) if tail[:1].isdigit() and digits else (1, 0, "")


def _label(row: Sequence[Article | None]) -> str:
    labels = dict.fromkeys(_tail(a) if a.number else a.title for a in row if a)
    return " / ".join(labels)
