"""The records of the domain: what authors state, as frozen values that import no Sphinx.

Ids are strings as authors write them; references to other records hold the id as written
and are resolved by :class:`~sphinx_annals.annals.model.catalogue.Catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sphinx_annals.annals.model.terms import Certainty, DateBasis, Kind, TreatyKind
from sphinx_annals.dates import Duration, HistoricalDate


@dataclass(frozen=True, slots=True)
class Citation:
    """One source with its locator: ``{see}heinzig2004arduous{p. 364}``."""

    key: str
    locator: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        prefix = f"{{{self.prefix}}}" if self.prefix else ""
        locator = f"{{{self.locator}}}" if self.locator else ""
        return f"{prefix}{self.key}{locator}"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an object, with its language (BCP 47) where the author gives one."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part in an event, and as what."""

    id: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class ParallelText:
    """The wording of a provision in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What stands for a body elsewhere: a digest of its nodes, and what it refers to and cites."""

    digest: str
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What all annotated objects share.

    ``file`` is the file that ``line`` counts in, where it is included in the document.
    """

    kind: ClassVar[Kind]

    id: str
    title: str
    docname: str
    line: int
    anchor: str
    names: tuple[Name, ...] = ()
    sources: tuple[Citation, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    file: str = ""

    @property
    def display(self) -> str:
        """The name by which prose refers to it."""
        return self.title

    @property
    def filing(self) -> str:
        """The form of the name by which indices file it."""
        return self.title

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The ids it refers to, as (option, id, kind asked for; None for any)."""
        return ()

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """Its dates, as (property, date)."""
        return ()


def _refs(
    option: str, ids: tuple[str, ...] | str | None, kind: Kind | None
) -> list[tuple[str, str, Kind | None]]:
    ids = (ids,) if isinstance(ids, str) else ids or ()
    return [(option, id, kind) for id in ids]


def _dated(**dates: HistoricalDate | None) -> tuple[tuple[str, HistoricalDate], ...]:
    return tuple((name.replace("_", "-"), date) for name, date in dates.items() if date)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event(Record):
    """Something that happened."""

    kind: ClassVar[Kind] = Kind.EVENT

    date: HistoricalDate | None = None
    date_basis: DateBasis | None = None
    date_note: str = ""
    place: str | None = None
    actors: tuple[Actor, ...] = ()
    treaty: str | None = None
    part_of: str | None = None
    follows: tuple[str, ...] = ()
    certainty: Certainty | None = None

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The ids it refers to."""
        return tuple(
            _refs("place", self.place, Kind.PLACE)
            + _refs("actors", tuple(actor.id for actor in self.actors), None)
            + _refs("treaty", self.treaty, Kind.TREATY)
            + _refs("part-of", self.part_of, Kind.EVENT)
            + _refs("follows", self.follows, Kind.EVENT)
        )

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """Its date."""
        return _dated(date=self.date)


@dataclass(frozen=True, kw_only=True, slots=True)
class Treaty(Record):
    """A treaty, agreement, protocol, declaration or exchange of notes."""

    kind: ClassVar[Kind] = Kind.TREATY

    treaty_kind: TreatyKind = TreatyKind.TREATY
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    signed: HistoricalDate | None = None
    ratified: HistoricalDate | None = None
    in_force: HistoricalDate | None = None
    term: Duration | None = None
    expiry: HistoricalDate | None = None
    terminated: HistoricalDate | None = None
    place: str | None = None
    languages: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The ids it refers to."""
        return tuple(
            _refs("parties", self.parties, None)
            + _refs("signatories", self.signatories, Kind.PERSON)
            + _refs("place", self.place, Kind.PLACE)
            + _refs("supersedes", self.supersedes, Kind.TREATY)
            + _refs("supplements", self.supplements, Kind.TREATY)
            + _refs("amends", self.amends, Kind.TREATY)
        )

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """The dates of its life, in the order of treaty law."""
        return _dated(
            signed=self.signed,
            ratified=self.ratified,
            in_force=self.in_force,
            expiry=self.expiry,
            terminated=self.terminated,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Article(Record):
    """A provision of a treaty, numbered or not; its id begins with the treaty's.

    ``markup`` stands for its substance with the markup, so that a change of it is seen.
    """

    kind: ClassVar[Kind] = Kind.ARTICLE

    treaty: str | None = None
    number: str = ""
    order: int = 0
    texts: tuple[ParallelText, ...] = ()
    markup: Markup | None = None

    @property
    def display(self) -> str:
        """``Article 6``, or the title of an unnumbered provision."""
        return f"Article {self.number}" if self.number else self.title

    @property
    def heading(self) -> str:
        """``Article 6. Term and renewal``."""
        parts = (self.display, self.title if self.number else "")
        return ". ".join(part for part in parts if part)

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The treaty it belongs to."""
        return tuple(_refs("treaty", self.treaty, Kind.TREATY))


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority(Record):
    """An entry of an authority list; ``authority_ids`` pairs ``wikidata`` and the like with ids.

    ``sort_name`` is the form by which it files, where that is not its name: ``Stalin, Joseph``.
    """

    role: str = ""
    sort_name: str = ""
    authority_ids: tuple[tuple[str, str], ...] = ()

    @property
    def filing(self) -> str:
        """The form of the name by which indices file it."""
        return self.sort_name or self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Authority):
    """A person."""

    kind: ClassVar[Kind] = Kind.PERSON

    born: HistoricalDate | None = None
    died: HistoricalDate | None = None

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """The dates of a life."""
        return _dated(born=self.born, died=self.died)


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation(Authority):
    """A state, party, army, body or institution."""

    kind: ClassVar[Kind] = Kind.ORGANISATION

    founded: HistoricalDate | None = None
    dissolved: HistoricalDate | None = None

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """The dates of its life."""
        return _dated(founded=self.founded, dissolved=self.dissolved)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place(Authority):
    """A place; ``coordinates`` are (latitude, longitude) in decimal degrees, WGS 84."""

    kind: ClassVar[Kind] = Kind.PLACE

    coordinates: tuple[float, float] | None = None
