"""People and organisations: who met, who signed together, who wrote about whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sphinx_annals.annals.model import (
    Account,
    Event,
    Ids,
    Kind,
    Link,
    Organisation,
    Person,
    Record,
    Treaty,
)
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.ties import NetworkView, Tie
from sphinx_annals.annals.views.options import asked, several
from sphinx_annals.language import message
from sphinx_annals.text import each_work

_WORDS = {"met": message("met"), "signed": message("signed with"), "wrote": message("wrote about")}
"""What ties two of them, in the words of the table."""
_KINDS = (Kind.PERSON.value, Kind.ORGANISATION.value)


@dataclass(frozen=True, kw_only=True)
class Network(NetworkView):
    """Who met at an event, signed one treaty, wrote about whom: as a drawing, with a table."""

    name = "network"
    named = message("Network")
    nothing = message("No tie between people or organisations")
    members = message("The {count} members with most ties are drawn; {left} are left out.")
    heads = (message("Who"), message("How"), message("Whom"), message("In"))
    meaning = (message("met or signed with"), message("wrote about"))

    of: tuple[str, ...] = asked(
        Ids().convert, "write ids of people or organisations", about="The ties of these alone."
    )
    kinds: tuple[str, ...] = several("kind", _KINDS, "Whom it has; by itself both.")
    relations: tuple[str, ...] = several(
        "relation", tuple(_WORDS), "What ties them; by itself all three."
    )

    def ties(self, corpus: Corpus) -> Iterator[Tie]:
        wanted, about = corpus.selection(self), {record.id for record in corpus.found(self.of)}
        found: dict[tuple[str, Record, Record], list[Link]] = defaultdict(list)
        for record in filter(wanted.__contains__, corpus.catalogue.records):
            for relation, one, other in self._in(record, corpus):
                right = one.kind.value in self.kinds and other.kind.value in self.kinds
                if right and one is not other and (not about or {one.id, other.id} & about):
                    found[relation, one, other].append(Link(record.id))
        for (relation, one, other), things in found.items():
            ends = (Link(one.id), Link(other.id))
            word = corpus.catalogue.language.gettext(_WORDS[relation])
            names, once = (one.title, other.title), tuple(dict.fromkeys(things))
            yield Tie(*ends, names, word, once, one_way=relation == "wrote")

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from super().problems(corpus)
        for id in self.of:
            if not isinstance(corpus.catalogue.find(id), Person | Organisation):
                yield f":of: {corpus.catalogue.explain_unknown(id, Kind.PERSON)}"

    def _in(self, record: Record, corpus: Corpus) -> Iterator[tuple[str, Record, Record]]:
        """Give who is tied to whom by one object, those who meet in the order of their ids."""
        acting: dict[str, Record] = {}
        if isinstance(record, Person | Organisation):
            acting[record.id] = record
        for relation, group in _together(record):
            found = {actor.id: actor for actor in corpus.found(group)}
            acting |= found
            for one, other in combinations(sorted(found), 2) if relation in self.relations else ():
                yield relation, found[one], found[other]
        if "wrote" in self.relations:
            for author in _authors(record, corpus):
                yield from (("wrote", author, actor) for actor in acting.values())


def _together(record: Record) -> Iterator[tuple[str, Iterable[str]]]:
    """Give the ids of those who act together in an event or a treaty, with what they do."""
    match record:
        case Event():
            yield "met", (actor.id for actor in record.actors)
        case Treaty():
            yield "signed", record.signatories
            yield "signed", record.parties


def _authors(record: Record, corpus: Corpus) -> Iterator[Record]:
    """Give those of the book who wrote what is cited for an object, or tells of it."""
    said = corpus.catalogue.statements_of(record.id)
    cited = [*record.sources, *(s.citation for s in said if isinstance(s, Account))]
    keys = sorted({work.key for work in each_work(cited)})
    yield from dict.fromkeys(author for key in keys for author in corpus.authors_of(key))
