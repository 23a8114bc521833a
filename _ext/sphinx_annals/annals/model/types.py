"""What a field can hold: a closed set of types, each with everything that follows from it.

A type reads what authors write, and gives a value as parts for display, as the ids it refers
to, and as JSON with its schema and the columns of a table. A new type is one class here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.terms import Kind, Term
from sphinx_annals.annals.model.values import Link, Values, Words
from sphinx_annals.dates import ALLOWED, Calendar, HistoricalDate, display, iso_day, parse

Data = dict[str, Any]
Current = Callable[[str], str]
"""Gives the id that an object has now, for one that may be retired."""


def refer(definition: str) -> Data:
    """Give a JSON Schema that stands elsewhere in the file."""
    return {"$ref": f"#/$defs/{definition}"}


def made_of(about: str = "", /, **properties: Data) -> Data:
    """Give the JSON Schema of an object that has all of these properties, and no others."""
    described = {"description": about} if about else {}
    return {
        "type": "object",
        **described,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(items: Data) -> Data:
    """Give the JSON Schema of a list."""
    return {"type": "array", "items": items}


TEXT: Data = {"type": "string"}


@dataclass(frozen=True)
class FieldType:
    """A short text, and what every other type changes of it."""

    empty: ClassVar[Any] = ""
    """The value where an author says nothing."""
    subtype: ClassVar[str] = "option"
    """The subtype of the warning about a text that is no such value."""
    hint: ClassVar[str] = "write a few words"

    @property
    def help(self) -> str:
        """What to write, as a warning says it."""
        return self.hint

    @property
    def kind(self) -> Kind | None:
        """The kind of object that it refers to; None for people and organisations."""
        return None

    def convert(self, text: str) -> Any:
        """Read what an author writes; a ValueError says what to write instead."""
        return convert.phrase(text)

    def parts(self, value: Any) -> Values:
        """Give a stated value as readers see it."""
        return ((Words(str(value)),),)

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the ids of the objects that a value refers to, as they are written."""
        return ()

    def json(self, value: Any, current: Current) -> Any:
        """Give a value for JSON, None where it is not stated."""
        return value if is_stated(value) else None

    @property
    def schema(self) -> Data:
        """The JSON Schema of a stated value."""
        return TEXT

    def columns(self, name: str) -> Mapping[str, str]:
        """Give the columns of a table, each with the key of its cell in the JSON of a value."""
        return {name: ""}


def is_stated(value: Any) -> bool:
    """Tell whether an author says anything: zero is something."""
    return value is not None and value not in ("", ())


class Phrase(FieldType):
    """A few words that readers see as they were typed, quotation marks made curly."""


@dataclass(frozen=True)
class Date(FieldType):
    """A historical date; ``calendar`` is that of the option that says in which it is stated."""

    empty: ClassVar[Any] = None
    subtype: ClassVar[str] = "date"
    hint: ClassVar[str] = ALLOWED

    def convert(self, text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
        """Read EDTF."""
        return parse(text, calendar)

    def parts(self, value: HistoricalDate) -> Values:
        """Give the date, which each place shows in its own way."""
        return ((value,),)

    def json(self, value: HistoricalDate | None, current: Current) -> Data | None:
        """Give it as written, its bounds in the Gregorian calendar, and as it is shown."""
        if value is None:
            return None
        return {
            "edtf": value.edtf,
            "calendar": value.calendar.value,
            "earliest": iso_day(value.earliest) if value.earliest else None,
            "latest": iso_day(value.latest) if value.latest else None,
            "display": display(value),
            "exact": value.is_exact,
            "uncertain": value.is_uncertain,
        }

    @property
    def schema(self) -> Data:
        """The schema that all dates share."""
        return refer("date")

    def columns(self, name: str) -> Mapping[str, str]:
        """Give the date in English, in EDTF, and its bounds, which can be sorted."""
        return {
            name: "display",
            f"{name}Edtf": "edtf",
            f"{name}Earliest": "earliest",
            f"{name}Latest": "latest",
        }


@dataclass(frozen=True)
class Number(FieldType):
    """A whole number."""

    empty: ClassVar[Any] = None
    hint: ClassVar[str] = "write a whole number: 12000"

    def convert(self, text: str) -> int:
        """Read digits."""
        return convert.number(text)

    @property
    def schema(self) -> Data:
        """A whole number."""
        return {"type": "integer"}


class _Several(FieldType):
    """Several values of one kind."""

    empty: ClassVar[Any] = ()

    def json(self, value: Any, current: Current) -> Any:
        """Give a list, empty where nothing is stated."""
        return list(value)


class WordList(_Several):
    """Words or phrases."""

    hint: ClassVar[str] = "write words separated by commas"

    def convert(self, text: str) -> tuple[str, ...]:
        """Read words separated by commas."""
        return convert.words(text)

    def parts(self, value: tuple[str, ...]) -> Values:
        """Give each on its own."""
        return tuple((Words(word),) for word in value)

    @property
    def schema(self) -> Data:
        """A list of texts."""
        return list_of(TEXT)


@dataclass(frozen=True)
class Id(FieldType):
    """A reference to one object, of a kind if given: else to a person or an organisation."""

    of: Kind | None = None

    empty: ClassVar[Any] = None

    @property
    def help(self) -> str:
        """What kind of object to name."""
        return f"write the id of {a(self.of.label)}" if self.of else "write the id of somebody"

    @property
    def kind(self) -> Kind | None:
        """The kind of object that it refers to; None for people and organisations."""
        return self.of

    def convert(self, text: str) -> Any:
        """Read one id."""
        return convert.identifier(text)

    def parts(self, value: Any) -> Values:
        """Give links."""
        return tuple((Link(id),) for id in self.ids(value))

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the id."""
        return (value,) if value else ()

    def json(self, value: Any, current: Current) -> Any:
        """Give the id that the object has now."""
        return current(value) if value else None

    @property
    def schema(self) -> Data:
        """An id."""
        return refer("id")


class Ids(Id):
    """References to several objects."""

    empty: ClassVar[Any] = ()

    @property
    def help(self) -> str:
        """What kind of objects to name."""
        return f"write ids of {self.of.plural if self.of else 'people or organisations'}"

    def convert(self, text: str) -> Any:
        """Read ids separated by commas."""
        return convert.identifiers(text)

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the ids."""
        return tuple(value)

    def json(self, value: Any, current: Current) -> Any:
        """Give the ids that the objects have now."""
        return [current(id) for id in value]

    @property
    def schema(self) -> Data:
        """A list of ids."""
        return list_of(refer("id"))


class Actors(Ids):
    """People and organisations, each with a role."""

    @property
    def help(self) -> str:
        """How to add a role."""
        return "write ids with roles: stalin (host)"

    def convert(self, text: str) -> Any:
        """Read ids, each with a role in brackets."""
        return convert.actors(text)

    def parts(self, value: Any) -> Values:
        """Give each as a link, the role in brackets."""
        return tuple(
            (Link(actor.id), Words(f" ({actor.role})")) if actor.role else (Link(actor.id),)
            for actor in value
        )

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the ids."""
        return tuple(actor.id for actor in value)

    def json(self, value: Any, current: Current) -> Any:
        """Give id and role of each."""
        return [{"id": current(actor.id), "role": actor.role or None} for actor in value]

    @property
    def schema(self) -> Data:
        """A list of ids with roles."""
        role = {"type": ["string", "null"], "description": "As what."}
        return list_of(made_of("Somebody who takes part.", id=refer("id"), role=role))


class RetiredIds(_Several):
    """Ids that an object had: words, since they refer to nothing but itself."""

    subtype: ClassVar[str] = "id"
    hint: ClassVar[str] = "write retired ids"

    def convert(self, text: str) -> tuple[str, ...]:
        """Read ids separated by commas."""
        return convert.identifiers(text)

    @property
    def schema(self) -> Data:
        """A list of ids."""
        return list_of(refer("id"))


@dataclass(frozen=True)
class Choice(FieldType):
    """One of the members of ``terms``, or of the words that a project adds to them.

    ``unsaid`` is the member that goes without saying, and of which readers see nothing.
    """

    terms: type[Enum] | None = None
    words: tuple[str, ...] = ()
    unsaid: Enum | None = None

    empty: ClassVar[Any] = None

    @property
    def allowed(self) -> list[str]:
        """All that an author may write."""
        return [*(str(term.value) for term in self.terms or ()), *self.words]

    @property
    def help(self) -> str:
        """All that an author may write, as words."""
        *others, last = self.allowed
        return f"{', '.join(others)} or {last}" if others else last

    def convert(self, text: str) -> Enum | Term:
        """Read one of the words."""
        word = text.strip().lower()
        if word in self.words:
            return Term(word)
        if self.terms and word in self.allowed:
            return self.terms(word)
        raise ValueError(f"{text!r} is none of: {', '.join(self.allowed)}")

    def parts(self, value: Any) -> Values:
        """Give ``exchange of notes``."""
        return ((Words(str(value.value).replace("-", " ")),),)

    def json(self, value: Any, current: Current) -> Any:
        """Give the word."""
        return value.value if value else None

    @property
    def schema(self) -> Data:
        """The words."""
        return {"enum": self.allowed}


class Length(FieldType):
    """A length of time."""

    empty: ClassVar[Any] = None
    hint: ClassVar[str] = "write an ISO 8601 duration: P30Y"

    def convert(self, text: str) -> Any:
        """Read an ISO 8601 duration."""
        return convert.duration(text)

    def parts(self, value: Any) -> Values:
        """Give ``30 years``."""
        return ((Words(value.display),),)

    def json(self, value: Any, current: Current) -> Any:
        """Give it as written and in English."""
        return {"iso": value.iso, "display": value.display} if value else None

    @property
    def schema(self) -> Data:
        """The two forms of it."""
        iso = TEXT | {"description": "ISO 8601: P30Y."}
        shown = TEXT | {"description": "In English: 30 years."}
        return made_of("A length of time.", iso=iso, display=shown)

    def columns(self, name: str) -> Mapping[str, str]:
        """Give the form that programs read."""
        return {name: "iso"}


class Coordinates(FieldType):
    """A point on the earth: latitude and longitude in decimal degrees, WGS 84."""

    empty: ClassVar[Any] = None
    hint: ClassVar[str] = "write latitude and longitude: 55.75, 37.62"

    def convert(self, text: str) -> Any:
        """Read two numbers, latitude first."""
        return convert.coordinates(text)

    def parts(self, value: tuple[float, float]) -> Values:
        """Give ``55.75° N, 37.62° E``."""
        latitude, longitude = value
        north, east = ("N" if latitude >= 0 else "S"), ("E" if longitude >= 0 else "W")
        return ((Words(f"{abs(latitude):g}° {north}, {abs(longitude):g}° {east}"),),)

    def json(self, value: Any, current: Current) -> Any:
        """Give both numbers by name."""
        return {"latitude": value[0], "longitude": value[1]} if value else None

    @property
    def schema(self) -> Data:
        """Two numbers within their bounds."""
        return made_of(
            "Decimal degrees, WGS 84.",
            latitude={"type": "number", "minimum": -90, "maximum": 90},
            longitude={"type": "number", "minimum": -180, "maximum": 180},
        )

    def columns(self, name: str) -> Mapping[str, str]:
        """Give a column for each number."""
        prefix = "" if name == "coordinates" else name
        return {
            (f"{prefix}{key.capitalize()}" if prefix else key): key
            for key in ("latitude", "longitude")
        }


class Names(_Several):
    """Names, each in its language."""

    hint: ClassVar[str] = "write names separated by semicolons"

    def convert(self, text: str) -> Any:
        """Read names separated by semicolons, each with its language in front where known."""
        return convert.names(text)

    def parts(self, value: Any) -> Values:
        """Give each in its language."""
        return tuple((Words(name.text, name.language),) for name in value)

    def json(self, value: Any, current: Current) -> Any:
        """Give text and language of each."""
        return [{"text": name.text, "language": name.language} for name in value]

    @property
    def schema(self) -> Data:
        """A list of names."""
        return list_of(refer("name"))


class Citations(_Several):
    """Sources with their locators."""

    subtype: ClassVar[str] = "source"
    hint: ClassVar[str] = "write keys with locators: key{p. 1}"

    def convert(self, text: str) -> Any:
        """Read keys with locators and prefixes, separated by commas."""
        return convert.citations(text)

    def json(self, value: Any, current: Current) -> Any:
        """Give the pieces of each."""
        return [
            {"key": cited.key, "locator": cited.locator, "prefix": cited.prefix} for cited in value
        ]

    @property
    def schema(self) -> Data:
        """A list of citations."""
        return list_of(refer("citation"))


class Reasons(_Several):
    """Codes of findings, each with a reason why it is let stand."""

    hint: ClassVar[str] = "write: code (reason); code (reason)"

    def convert(self, text: str) -> Any:
        """Read codes with reasons, separated by semicolons."""
        return convert.acknowledgements(text)


class Wordings(_Several):
    """Parallel texts, which are told by directives of their own."""

    def json(self, value: Any, current: Current) -> Any:
        """Give language and wording of each."""
        return [{"language": text.language, "text": text.text} for text in value]

    @property
    def schema(self) -> Data:
        """A list of wordings."""
        language = TEXT | {"description": "BCP 47."}
        wording = TEXT | {"description": "The wording."}
        return list_of(made_of("The wording in one language.", language=language, text=wording))


@dataclass(frozen=True)
class Identifier(FieldType):
    """An identifier in an authority file; ``address`` is that of an entry, with ``{}`` for it."""

    address: str = ""

    def parts(self, value: str) -> Values:
        """Give a link to the entry."""
        return ((Words(value, href=self.address.replace("{}", value)),),)


def a(noun: str) -> str:
    """Give a noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
