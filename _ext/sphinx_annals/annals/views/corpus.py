"""All documents together, as views ask them: what passes a filter, in which order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from sphinx_annals.annals.criticism import Compared, Comparison
from sphinx_annals.annals.doctree import ListedIn, title_of
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.model import Event, Person, Record
from sphinx_annals.annals.views.filters import Filter, Selection, chapter_names
from sphinx_annals.dates import sort_key
from sphinx_annals.text import filing_key

_R = TypeVar("_R", bound=Record)


class Corpus(Compared):
    """What all documents state, once they are read."""

    def __init__(self, domain: AnnalsDomain) -> None:
        self.env = domain.env
        self.builder = domain.builder
        self.criticism = domain.criticism
        self._shown: dict[tuple[str, str], Any] = {}

    def shown(self, view: Any) -> Any:
        """Give what a view shows: it is compared with what it was, then nodes are made of it."""
        key = view.docname, view.anchor
        if key not in self._shown:
            self._shown[key] = view.shown(self)
        return self._shown[key]

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """The documents by each name they may be filtered with."""
        labels = self.env.domains.standard_domain.anonlabels
        named = {label: docname for label, (docname, _) in labels.items()}
        return chapter_names(self.env.found_docs, named)

    def authors_of(self, key: str) -> list[Record]:
        """Give the people of the book who wrote a work, found by their names."""
        work = self.works.get(self.criticism.dependence.key(key))
        names = [
            ((a.get("given", ""), a.get("family", "") or a.get("literal", "")))
            for a in (work.csl.get("author", ()) if work else ())
        ]
        ids = (
            self.catalogue.find_named(" ".join(order).strip())
            for name in names
            for order in (name, name[::-1])  # Chinese names have the family in front
        )
        people = dict.fromkeys(self.found(id for id in ids if id))
        return [record for record in people if isinstance(record, Person)]

    @cached_property
    def places_of_works(self) -> Mapping[str, tuple[str, str]]:
        """Where lists have the works of the bibliography: document and anchor by key."""
        citing = self.env.config.annals_cite_role.partition(":")[0]
        objects = self.env.domains[citing].get_objects() if citing in self.env.domains else ()
        return {name: (docname, anchor) for name, _, _, docname, anchor, _ in objects if anchor}

    @cached_property
    def listed(self) -> Mapping[tuple[str, str], ListedIn]:
        """The points that stand in a list, each in the first that shows it."""
        found: dict[tuple[str, str], ListedIn] = {}
        for docname, notes in self.catalogue.documents.items():
            title = title_of(self.env, docname)
            for view in notes.views.values():
                for point in view.holds(self):
                    place = ListedIn(docname, view.anchor, title)
                    found.setdefault((point.of, point.property), place)
        return found

    @cached_property
    def written(self) -> Mapping[tuple[str, str], int]:
        """Numbers by which statements, by document and key, sort as they are written."""
        documents = self.catalogue.documents.values()
        said = (statement for notes in documents for statement in notes.statements)
        return {(statement.docname, statement.key): n for n, statement in enumerate(said)}

    def listed_in(self, point: Comparison) -> ListedIn | None:
        """Give the list that a point stands in, if it stands in one."""
        return self.listed.get((point.of, point.property))

    def document_of(self, point: Comparison) -> str:
        """Give the document that a point stands in."""
        return (self.listed_in(point) or point.home).docname

    def selection(self, filter: Filter) -> Selection:
        """Make a filter ready."""
        return Selection(filter, self.catalogue, self.documents)

    def points(self, wanted: Selection, ids: Sequence[str]) -> Iterator[Comparison]:
        """Give the points on objects that pass, wherever stated; on some if ``ids`` are named."""
        about = {record.id for record in self.found(ids)}
        for record in self.catalogue.records:
            if wanted.passes(record) and (record.id in about or not ids):
                yield from self.criticism.of(record.id)

    def chosen(self, record_type: type[_R], filter: Filter, sort: str = "date") -> list[_R]:
        """Give the records of a type that pass, in an order; ``-`` in front turns it round."""
        chosen = self.catalogue.of_type(record_type)
        if filter.narrows:
            wanted = self.selection(filter)
            chosen = [record for record in chosen if record in wanted]
        keys: dict[str, Callable[[Any], tuple[Any, ...]]] = {
            "title": lambda record: (filing_key(record.title), record.id),
            "place": lambda event: (filing_key(self.title_of(event.place)), *self._date_key(event)),
            "kind": lambda treaty: (treaty.treaty_kind, *self._date_key(treaty)),
        }
        order = sort.removeprefix("-")
        chosen.sort(key=keys.get(order, self._date_key), reverse=order != sort)
        if order == "date":  # the undated come last, whichever way
            days = self.catalogue.chronology.days
            chosen.sort(key=lambda record: record.id not in days and not record.dates)
        return chosen

    def _date_key(self, record: Record) -> tuple[Any, ...]:
        """Give a key that sorts by date, and those of one date as they are told."""
        if isinstance(record, Event):
            return (self.catalogue.chronology.order[record.id],)
        return sort_key(record.dates[0][1] if record.dates else None)

    def title_of(self, id: str | None) -> str:
        """Give the title of an object; an id that is none files last."""
        record = self.catalogue.find(id or "")
        return record.title if record else id or "\uffff"

    def found(self, ids: Iterable[str]) -> list[Record]:
        """Give the objects of the ids that are ids of some."""
        return [record for id in ids if (record := self.catalogue.find(id))]
