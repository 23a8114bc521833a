"""The records of the domain: what authors state, as frozen values that import no Sphinx.

Each field is declared here and nowhere else, see :mod:`~sphinx_annals.annals.model.schema`.
Ids are strings as authors write them; references to other records hold the id as written
and are resolved by :class:`~sphinx_annals.annals.model.catalogue.Catalogue`.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sphinx_annals.annals.model.schema import Field, Stands, fields_of, stated
from sphinx_annals.annals.model.terms import Certainty, DateBasis, Kind, Life, Term, TreatyKind
from sphinx_annals.annals.model.types import (
    Actors,
    Choice,
    Citations,
    Coordinates,
    Date,
    Id,
    Identifier,
    Ids,
    Length,
    Names,
    Number,
    Phrase,
    Reasons,
    RetiredIds,
    Wordings,
    WordList,
)
from sphinx_annals.annals.model.values import Actor, Markup, Name, ParallelText
from sphinx_annals.dates import Calendar, Duration, HistoricalDate
from sphinx_annals.text import Citation

_APART = {"stands": Stands.NOWHERE, "compared": False}
"""What is no fact of its own, and of which no source gives an account."""
_INSIDE = _APART | {"exported": False}
"""What is for the book's own machinery."""
_TOLD = _APART | {"written": False}
"""What is told otherwise than by an option."""
_OF_DATE = {"qualifies": "date", "compared": False}
_COLUMN = {"stands": Stands.TABLE, "compared": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What all annotated objects share.

    ``file`` is the file that ``line`` counts in, where it is included in the document; ``own``
    holds the values of the fields that the project declares.
    """

    kind: ClassVar[Kind]

    id: str
    title: str
    docname: str
    line: int
    anchor: str
    names: tuple[Name, ...] = stated(
        Names(), "Other names, with their languages where known.", **_COLUMN
    )
    aliases: tuple[str, ...] = stated(RetiredIds(), "Retired ids that still lead here.", **_APART)
    tags: tuple[str, ...] = stated(WordList(), "Free keywords.", **_COLUMN)
    sources: tuple[Citation, ...] = stated(
        Citations(), "What is cited for it as a whole.", usual=True, rank=2, **_APART
    )
    acknowledge: tuple[tuple[str, str], ...] = stated(
        Reasons(), "Findings of the checks that are known, each with a reason.", rank=2, **_INSIDE
    )
    own: Mapping[Field, Any] = dataclasses.field(default_factory=dict, hash=False)
    file: str = ""

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
        declared = fields_of(type(self))
        return (*declared, *self.own) if self.own else declared

    def value(self, field: Field, *, exported: bool = False) -> Any:
        """Give the value of a field, or what exports have in its place."""
        if field.own:
            return self.own.get(field, field.type.empty)
        return getattr(self, field.source if exported else field.attribute)

    @property
    def references(self) -> tuple[tuple[str, str, Kind | None], ...]:
        """The ids it refers to, as (option, id, kind asked for; None for any)."""
        return tuple(
            (field.name, id, field.refers.kind)
            for field in self.fields
            if field.refers
            for id in field.refers.ids(self.value(field))
        )

    @property
    def dates(self) -> tuple[tuple[str, HistoricalDate], ...]:
        """Its dates, as (property, date), in the order of its life."""
        dated = ((field.name, self.value(field)) for field in self.fields if field.life)
        return tuple((name, date) for name, date in dated if date)


def _leads_on(inverse: str) -> dict[str, Any]:
    return {"inverse": inverse, "stands": Stands.END}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event(Record):
    """Something that happened."""

    kind: ClassVar[Kind] = Kind.EVENT

    date: HistoricalDate | None = stated(
        Date(), "When.", given="calendar", term=("startDate", "endDate"), usual=True
    )
    date_basis: DateBasis | None = stated(
        Choice(DateBasis, unsaid=DateBasis.STATED),
        "Whether the source states the date, it is inferred, or comes from elsewhere.",
        **_OF_DATE | {"column": "basis", "subtype": "date", "usual": True},
    )
    date_note: str = stated(
        Phrase(), "How the date is known.", help="say how the date is known", **_OF_DATE
    )
    calendar: Calendar | None = stated(
        Choice(Calendar), "The calendar in which the date is stated.", subtype="date", **_INSIDE
    )
    place: str | None = stated(Id(Kind.PLACE), "Where.", term="location", usual=True)
    actors: tuple[Actor, ...] = stated(Actors(), "Who took part.", term="attendee", usual=True)
    treaty: str | None = stated(Id(Kind.TREATY), "The treaty it belongs to.", term="about")
    part_of: str | None = stated(
        Id(Kind.EVENT), "The event it is part of.", term="superEvent", **_leads_on("comprises")
    )
    follows: tuple[str, ...] = stated(
        Ids(Kind.EVENT), "Events that it follows.", **_leads_on("followed-by")
    )
    certainty: Certainty | None = stated(
        Choice(Certainty, unsaid=Certainty.CERTAIN),
        "How sure the editors are that it happened as told.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Treaty(Record):
    """A treaty or other instrument."""

    kind: ClassVar[Kind] = Kind.TREATY

    treaty_kind: TreatyKind | Term = stated(
        Choice(TreatyKind),
        "What kind of instrument.",
        default=TreatyKind.TREATY,
        name="kind",
        term="legislationType",
        usual=True,
    )
    parties: tuple[str, ...] = stated(
        Ids(),
        "The parties.",
        help="write ids of organisations",
        closed=True,
        term="legislationPassedBy",
        usual=True,
    )
    signatories: tuple[str, ...] = stated(Ids(Kind.PERSON), "Who signed.", term="contributor")
    signed: HistoricalDate | None = stated(
        Date(), "Signature.", synonyms=("signature",), term="legislationDate", usual=True
    )
    ratified: HistoricalDate | None = stated(
        Date(), "Ratification.", synonyms=("ratification",), after=("signed",)
    )
    in_force: HistoricalDate | None = stated(
        Date(), "Entry into force.", synonyms=("entry-into-force",), after=("signed",), usual=True
    )
    term: Duration | None = stated(
        Length(), "For how long it is to last.", synonyms=("duration",), usual=True
    )
    expiry: HistoricalDate | None = stated(
        Date(),
        "When it expires or expired.",
        synonyms=("expiration",),
        life=Life.FORESEEN,
        after=("signed", "in-force"),
        term="expires",
    )
    terminated: HistoricalDate | None = stated(
        Date(),
        "When it was ended otherwise.",
        synonyms=("termination",),
        life=Life.ENDS,
        after=("signed", "in-force"),
    )
    place: str | None = stated(Id(Kind.PLACE), "Where it was signed.", term="locationCreated")
    languages: tuple[str, ...] = stated(
        WordList(), "The languages of its authentic texts.", closed=True, term="inLanguage"
    )
    supersedes: tuple[str, ...] = stated(
        Ids(Kind.TREATY),
        "Treaties that it takes the place of.",
        inverse="superseded-by",
        term="legislationRepeals",
    )
    supplements: tuple[str, ...] = stated(
        Ids(Kind.TREATY), "Treaties that it adds to.", inverse="supplemented-by", term="isBasedOn"
    )
    amends: tuple[str, ...] = stated(
        Ids(Kind.TREATY),
        "Treaties that it changes.",
        inverse="amended-by",
        term="legislationAmends",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Article(Record):
    """A provision of a treaty.

    It may be unnumbered; its id begins with the treaty's. ``markup`` stands for its substance
    with the markup, so that a change of it is seen.
    """

    kind: ClassVar[Kind] = Kind.ARTICLE

    treaty: str | None = stated(Id(Kind.TREATY), "The treaty.", subtype="treaty", term="isPartOf")
    number: str = stated(Phrase(), "Its number as printed.", term="legislationIdentifier", **_TOLD)
    order: int = stated(Number(), "Its place among the provisions.", default=0, **_TOLD)
    texts: tuple[ParallelText, ...] = stated(
        Wordings(), "Its wording, by language.", term="text", **_TOLD
    )
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


def _listed_in(label: str, address: str) -> Any:
    """Declare the identifier of an object in an authority file."""
    help = f"write the identifier in {label}"
    return stated(Identifier(address), help=help, label=label, rank=1, compared=False)


def _role(term: str) -> Any:
    about, help = "Who or what it is.", "say who or what it is"
    return stated(Phrase(), about, help=help, term=term, usual=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority(Record):
    """An entry of an authority list.

    ``sort_name`` is the form by which it files, where that is not its name: ``Stalin, Joseph``.
    """

    role: str = _role("disambiguatingDescription")
    sort_name: str = stated(
        Phrase(),
        "The form of the title by which it files.",
        help="write the form to file by: Stalin, Joseph",
        source="filing",
        **_APART,
    )
    wikidata: str = _listed_in("Wikidata", "https://www.wikidata.org/entity/{}")
    viaf: str = _listed_in("VIAF", "https://viaf.org/viaf/{}")
    gnd: str = _listed_in("GND", "https://d-nb.info/gnd/{}")
    lcnaf: str = _listed_in("LCNAF", "https://id.loc.gov/authorities/names/{}")
    isni: str = _listed_in("ISNI", "https://isni.org/isni/{}")
    orcid: str = _listed_in("ORCID", "https://orcid.org/{}")
    geonames: str = _listed_in("GeoNames", "https://www.geonames.org/{}")

    @property
    def filing(self) -> str:
        """The form of the name by which indices file it."""
        return self.sort_name or self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Authority):
    """A person."""

    kind: ClassVar[Kind] = Kind.PERSON

    role: str = _role("jobTitle")
    born: HistoricalDate | None = stated(Date(), "Birth.", term="birthDate")
    died: HistoricalDate | None = stated(
        Date(), "Death.", life=Life.ENDS, after=("born",), term="deathDate"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation(Authority):
    """A state, party, army, body or institution."""

    kind: ClassVar[Kind] = Kind.ORGANISATION

    founded: HistoricalDate | None = stated(Date(), "Foundation.", term="foundingDate")
    dissolved: HistoricalDate | None = stated(
        Date(), "Dissolution.", life=Life.ENDS, after=("founded",), term="dissolutionDate"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Place(Authority):
    """A place."""

    kind: ClassVar[Kind] = Kind.PLACE

    coordinates: tuple[float, float] | None = stated(
        Coordinates(), "Where it lies.", term="geo", usual=True
    )


RECORDS: tuple[type[Record], ...] = (Event, Treaty, Article, Person, Organisation, Place)
"""The classes of records, in the order in which exports list them."""
