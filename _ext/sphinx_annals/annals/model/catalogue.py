"""The whole of what all documents state, ready for questions; derived anew, never stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TypeVar

from sphinx_annals.annals.model.chronology import Chronology
from sphinx_annals.annals.model.records import Article, Event, Record, Treaty
from sphinx_annals.annals.model.schema import BUILT_IN, Field, Schema
from sphinx_annals.annals.model.statements import DocumentNotes, Mention, Statement, Verdict, where
from sphinx_annals.annals.model.values import ACTORS, Kind
from sphinx_annals.language import ENGLISH, Language
from sphinx_annals.text import Nearest, fold

_R = TypeVar("_R", bound=Record)

_LINKS = {"follows": "follows", "part-of": "is part of"}


def _has_it(record: Record) -> str:
    return f"{record.kind.value} {record.heading!r} has it ({where(record)})"


class Catalogue:
    """Answers questions about the records of all documents.

    Built from the notes by document name, with the ``schema`` in force, to be shown in a
    ``language``. Documents count in the ``order`` of the book, others after them by name, so that
    of two records with one id the same one wins in every build.
    """

    def __init__(
        self,
        documents: Mapping[str, DocumentNotes],
        order: Mapping[str, int] | None = None,
        schema: Schema = BUILT_IN,
        language: Language = ENGLISH,
    ) -> None:
        self.schema = schema
        self.language = language
        places = order or {}
        names = sorted(documents, key=lambda name: (places.get(name, len(places)), name))
        self.documents = {name: documents[name] for name in names}
        self._by_id: dict[str, Record] = {}
        self.aliases: dict[str, str] = {}
        """Retired ids and the ids that took their place."""
        for record in self._each_record():
            self._by_id.setdefault(record.id, record)
        for record in self._by_id.values():
            for alias in record.aliases:
                self.aliases.setdefault(alias, record.id)
        self._turn_precedes()

    def _turn_precedes(self) -> None:
        """Let events follow what says that it precedes them: one relation, told by either."""
        follows: dict[str, list[str]] = defaultdict(list)
        for event in self.of_type(Event):
            for id in event.precedes:
                if target := self.find(id, Kind.EVENT):
                    follows[target.id].append(event.id)
        for docname, notes in self.documents.items() if follows else ():
            records = list(notes.records)
            for n, record in enumerate(records):
                # not one that lost its id to another: nobody means that
                if record.id in follows and self._by_id[record.id] is record:
                    assert isinstance(record, Event)
                    told = dict.fromkeys([*map(self.current, record.follows), *follows[record.id]])
                    records[n] = self._by_id[record.id] = replace(record, follows=tuple(told))
            self.documents[docname] = replace(notes, records=records)

    def _each_record(self) -> Iterator[Record]:
        return (record for notes in self.documents.values() for record in notes.records)

    @property
    def records(self) -> Iterable[Record]:
        """All records, in document order, without those that lost their id to another."""
        return self._by_id.values()

    def of_type(self, record_type: type[_R]) -> list[_R]:
        """Give the records of one type, in document order."""
        return [record for record in self.records if isinstance(record, record_type)]

    def find(self, id: str, kind: Kind | None = None) -> Record | None:
        """Find a record by its id or a retired one, of a kind if given."""
        record = self._by_id.get(id) or self._by_id.get(self.aliases.get(id, ""))
        return record if record and (kind is None or record.kind is kind) else None

    def current(self, id: str) -> str:
        """Give the id that an object has now, for one that is retired; unknown ones as written."""
        record = self.find(id)
        return record.id if record else id

    @cached_property
    def _ids(self) -> Mapping[Kind | None, Nearest]:
        return {
            kind: Nearest(r.id for r in self.records if kind in (None, r.kind))
            for kind in (None, *Kind)
        }

    def explain_unknown(self, id: str, kind: Kind | None = None) -> str:
        """Say that an id is unknown, and which one may be meant."""
        other = self.find(id)
        if other and kind:
            return f"{id!r} is not {kind.with_article} but {other.kind.with_article}"
        # of its own kind first; else the slip may be in the role
        near = self._ids[kind].to(id) or self._ids[None].to(id)
        # what a treaty that is not there has as its provision is no answer
        hint = f"; did you mean {near!r}?" if near and not near.startswith(f"{id}/") else ""
        return f"unknown {kind.value if kind else 'object'} {id!r}{hint}"

    def in_document(self, docname: str) -> DocumentNotes:
        """Give what one document states."""
        return self.documents.get(docname) or DocumentNotes()

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], Record]:
        """The records by the document that states each and its anchor there."""
        return {(record.docname, record.anchor): record for record in self._each_record()}

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Statement]:
        """What sources and the editors say, by document and key."""
        return {(said.docname, said.key): said for said in self.statements}

    @cached_property
    def chronology(self) -> Chronology:
        """The order of the events, and what their neighbours tell of their dates."""
        return Chronology(self.of_type(Event), partial(self.find, kind=Kind.EVENT))

    def events(self) -> list[Event]:
        """Give the events in their order, none before one that it follows."""
        return sorted(self.of_type(Event), key=lambda event: self.chronology.order[event.id])

    def articles_of(self, treaty: Treaty) -> list[Article]:
        """Give the provisions of a treaty in their order."""
        found = [r for r in self.referring("treaty", treaty.id) if isinstance(r, Article)]
        return sorted(found, key=lambda article: article.order)

    @cached_property
    def _inverse(self) -> dict[tuple[str, str], list[Record]]:
        found: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
        for record in self.records:
            for option, id, _ in record.references:
                target = self.find(id)
                if target:
                    found[option, target.id][record.id] = record
        return {key: list(records.values()) for key, records in found.items()}

    def referring(self, option: str, id: str) -> list[Record]:
        """Give the records whose option names the object: ``referring("supersedes", …)``."""
        return self._inverse.get((option, id), [])

    @cached_property
    def relations(self) -> tuple[Field, ...]:
        """The relations that lead one way, from an object to others, those of the project too."""
        return tuple(field for of in self.schema.values() for field in of if field.inverse)

    @cached_property
    def relations_to(self) -> Mapping[Kind, Sequence[Field]]:
        """The relations that lead to objects of each kind."""
        return {kind: [f for f in self.relations if f.leads_to(kind)] for kind in Kind}

    @cached_property
    def _mentions(self) -> dict[str, list[Mention]]:
        found: dict[str, dict[tuple[str, str], Mention]] = defaultdict(dict)
        for notes in self.documents.values():
            for mention in notes.mentions:
                target = self.find(mention.target)
                if target:
                    found[target.id].setdefault((mention.docname, mention.section), mention)
        return {id: list(mentions.values()) for id, mentions in found.items()}

    def mentions_of(self, id: str) -> list[Mention]:
        """Give the sections whose prose refers to an object, each once."""
        return self._mentions.get(id, [])

    @cached_property
    def statements(self) -> list[Statement]:
        """All accounts, then all verdicts, each in document order."""
        found = [said for notes in self.documents.values() for said in notes.statements]
        # sorting is stable: within each sort the order of the documents stays
        return sorted(found, key=lambda said: isinstance(said, Verdict))

    @cached_property
    def _said(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for said in self.statements:
            found[self.current(said.of)].append(said)
        return found

    def statements_of(self, id: str) -> list[Statement]:
        """Give the accounts of an object, then the verdicts on it, each in document order."""
        return self._said.get(id, [])

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for record in self.records:
            names = [record.id, *record.aliases, record.title, *(n.text for n in record.names)]
            for name in names:
                found.setdefault(fold(name), record.id)
        return found

    def find_named(self, name: str) -> str | None:
        """Find the id of the object that has a name, whatever its case and diacritics."""
        return self._by_name.get(fold(name))

    def _link(self, one: Record, option: str, other: Record) -> str:
        """Say how an event depends on another, and where that is written, if not at itself."""
        precedes = other.precedes if option == "follows" and isinstance(other, Event) else ()
        turned = one.id in map(self.current, precedes)
        return f"{_LINKS[option]} {other.id}{' (by its :precedes:)' if turned else ''}"

    def _amiss(self, id: str, kind: Kind | None) -> str:
        """Say what is wrong with a reference: one that names no kind of object is to somebody."""
        goal = self.find(id, kind)
        if goal and kind is None and goal.kind not in ACTORS:
            return f"{id!r} is neither a person nor an organisation but {goal.kind.with_article}"
        return "" if goal else self.explain_unknown(id, kind)

    @property
    def acknowledgements(self) -> Iterator[tuple[Record, str, str]]:
        """All findings that authors acknowledge: on what, the code, and why."""
        return ((record, *known) for record in self._each_record() for known in record.acknowledge)

    def problems(self) -> Iterator[tuple[str, Record | Statement, str]]:
        """Give what is wrong with ids and references: its code, with what, and a message."""
        for record in self._each_record():
            winner = self._by_id[record.id]
            if winner is not record:
                message = f"duplicate id {record.id!r}: {_has_it(winner)}; choose another"
                yield "duplicate", record, message
        alike: dict[str, Record] = {}
        for record in self._by_id.values():
            other = alike.setdefault(record.id.casefold(), record)
            if other is not record:
                message = f"id {record.id!r} differs from {other.id!r} in case alone"
                why = "and many disks have one file for both; choose another"
                yield "duplicate", record, f"{message}, {why}"
        for record in self._by_id.values():
            for alias in record.aliases:
                holder = self.find(alias)
                if holder and holder is not record:
                    message = f"{record.id}: alias {alias!r}: {_has_it(holder)}; leave it out"
                    yield "duplicate", record, message
        for record in self._each_record():
            for option, id, kind in record.references:
                if amiss := self._amiss(id, kind):
                    yield "ref", record, f"{record.id}: {option}: {amiss}"
        for circle in self.chronology.circles:
            first, *others = ring = [self._by_id[id] for id, _ in circle]
            links = map(self._link, ring, (option for _, option in circle), [*others, first])
            yield "ref", first, f"{first.id}: {', which '.join(links)}; take one of these out"
        for said in self.statements:
            if not self.find(said.of):
                message = f"{said.kind} of {said.property!r}: {self.explain_unknown(said.of)}"
                yield "account", said, message
