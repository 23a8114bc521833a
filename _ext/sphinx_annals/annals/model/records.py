"""The records of the domain: what authors state, as frozen values that import no Sphinx.

What each can say is declared in ``fields.toml``, see :mod:`~sphinx_annals.annals.model.schema`.
An attribute is what code asks for by name; records keep the other fields in ``others``.
Ids are strings as authors write them; references to other records hold the id as written
and are resolved by :class:`~sphinx_annals.annals.model.catalogue.Catalogue`.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from sphinx_annals.annals.model.marked import phrase_of
from sphinx_annals.annals.model.schema import BUILT_IN, Field
from sphinx_annals.annals.model.values import Actor, Kind, Markup, Name, ParallelText
from sphinx_annals.dates import Duration, HistoricalDate
from sphinx_annals.language import message
from sphinx_annals.text import Citation

_REFERRING = {kind: [f for f in fields if f.refers] for kind, fields in BUILT_IN.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What all annotated objects share.

    ``file`` is the file that ``line`` counts in, where it is included in the document;
    ``untranslated`` has what is written in the fields in which a translation is shown, by their
    attributes: accounts are compared with that.
    """

    kind: ClassVar[Kind]

    id: str
    title: str
    docname: str
    line: int
    anchor: str
    file: str = ""
    names: tuple[Name, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    layout: str | None = None
    sources: tuple[Citation, ...] = ()
    acknowledge: tuple[tuple[str, str], ...] = ()
    untranslated: tuple[tuple[str, str], ...] = ()
    others: Mapping[Field, Any] = dataclasses.field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, said: Mapping[str, Any], fields: Iterable[Field], **place: Any) -> Self:
        """Make a record of what is said in its fields, by their attributes."""
        own = cls.__dataclass_fields__
        others = {f: said.get(f.attribute, f.type.empty) for f in fields if f.attribute not in own}
        known = {attribute: value for attribute, value in said.items() if attribute in own}
        return cls(others=others, **place, **known)

    @property
    def display(self) -> str:
        """The name by which prose refers to it."""
        return self.title

    @property
    def heading(self) -> str:
        """Its whole title."""
        return self.title

    @property
    def filing(self) -> str:
        """The form of the name by which indices file it."""
        return self.title

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it can have, those of the project last."""
        built_in = BUILT_IN[self.kind]
        own = [field for field in self.others if field.own]
        return (*built_in, *own) if own else built_in

    def value(self, field: Field, *, exported: bool = False) -> Any:
        """Give the value of a field, or what exports have in its place."""
        if field.attribute in self.__dataclass_fields__:
            return getattr(self, field.source if exported else field.attribute)
        return self.others.get(field, field.type.empty)

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The ids it refers to, as (option, id, kind asked for; None for somebody)."""
        own = [field for field in self.others if field.own and field.refers]
        return tuple(
            (field.name, id, field.refers.of)
            for field in (*_REFERRING[self.kind], *own)
            if field.refers and (value := self.value(field))
            for id in field.refers.ids(value)
        )

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """Its dates, as (property, date), in the order of its life."""
        dated = ((field.name, self.value(field)) for field in self.fields if field.life)
        return tuple((name, date) for name, date in dated if date)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event(Record):
    """Something that happened."""

    kind: ClassVar[Kind] = Kind.EVENT

    date: HistoricalDate | None = None
    place: str | None = None
    actors: tuple[Actor, ...] = ()
    part_of: str | None = None
    follows: tuple[str, ...] = ()
    precedes: tuple[str, ...] = ()
    certainty: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Treaty(Record):
    """A treaty or other instrument."""

    kind: ClassVar[Kind] = Kind.TREATY

    treaty_kind: str = "treaty"
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    signed: HistoricalDate | None = None
    in_force: HistoricalDate | None = None
    term: Duration | None = None
    expiry: HistoricalDate | None = None
    terminated: HistoricalDate | None = None
    place: str | None = None


PHRASES = message("Article {number}"), message("{provision}. {title}")
"""How a provision is called, by its number, and with its title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article(Record):
    """A provision of a treaty.

    It may be unnumbered; its id begins with the treaty's. ``markup`` stands for its substance
    with the markup, so that a change of it is seen. ``phrases`` are how one with a number is called
    in the language of the book, and with its title.
    """

    kind: ClassVar[Kind] = Kind.ARTICLE

    treaty: str | None = None
    number: str = ""
    order: int = 0
    texts: tuple[ParallelText, ...] = ()
    markup: Markup | None = None
    phrases: tuple[str, str] = PHRASES

    @property
    def display(self) -> str:
        """``Article 6``, or the title of an unnumbered provision."""
        return self.phrases[0].format(number=self.number) if self.number else self.title

    @property
    def heading(self) -> str:
        """``Article 6. Term and renewal``."""
        if not (self.number and self.title):
            return self.display
        return phrase_of(self.phrases[1], provision=self.display, title=self.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority(Record):
    """An entry of an authority list.

    ``sort_name`` is the form by which it files, where that is not its name: ``Stalin, Joseph``.
    """

    role: str = ""
    sort_name: str = ""

    @property
    def filing(self) -> str:
        """The form of the name by which indices file it."""
        return self.sort_name or self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Authority):
    """A person."""

    kind: ClassVar[Kind] = Kind.PERSON


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation(Authority):
    """A state, party, army, body or institution."""

    kind: ClassVar[Kind] = Kind.ORGANISATION


@dataclass(frozen=True, kw_only=True, slots=True)
class Place(Authority):
    """A place."""

    kind: ClassVar[Kind] = Kind.PLACE

    coordinates: tuple[float, float] | None = None


RECORDS: tuple[type[Record], ...] = (Event, Treaty, Article, Person, Organisation, Place)
"""The classes of records, in the order in which exports list them."""
