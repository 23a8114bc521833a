"""What a field can hold: a closed set of types, each with everything that follows from it.

A type reads what authors write, and gives a value as parts for display, as the ids it refers
to, and as JSON with its schema and the columns of a table. A new type is one class here: it says
how one value is read, shown and exported, and that there may be ``several``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.shapes import Data, list_of, made_of, refer, string
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.annals.model.values import Link, Part, Values, Words
from sphinx_annals.dates import ALLOWED, Calendar, HistoricalDate, display, iso_day, parse

Current = Callable[[str], str]
"""Gives the id that an object has now, for one that may be retired."""


def is_stated(value: Any) -> bool:
    """Tell whether an author says anything: zero is something."""
    return value is not None and value not in ("", ())


@dataclass(frozen=True)
class FieldType:
    """What a field holds; its class says how that is read, shown and exported."""

    several: ClassVar[bool] = False
    """Whether a value is a tuple, to each item of which the rest applies."""
    empty: ClassVar[Any] = None
    """The value where an author says nothing."""
    subtype: ClassVar[str] = "option"
    """The subtype of the warning about a text that is no such value."""
    hint: ClassVar[str] = "write a few words"
    read: ClassVar[Callable[..., Any]] = convert.phrase
    shape: ClassVar[Data] = string()
    """The JSON Schema of one value; the properties of an object are attributes of the value."""
    definition: ClassVar[str] = ""
    """The name under which the shape stands among the definitions of a schema."""
    cells: ClassVar[Mapping[str, str]] = {"": ""}
    """What is added to the name of each column in a table, with the key of its cell in JSON."""

    @property
    def help(self) -> str:
        """What to write, as a warning says it."""
        return self.hint

    def convert(self, text: str, *given: Any) -> Any:
        """Read what an author writes; a ValueError says what to write instead."""
        return type(self).read(text, *given)

    def parts(self, value: Any) -> Values:
        """Give a stated value as readers see it."""
        return tuple(self._shown(item) for item in (value if self.several else (value,)))

    def json(self, value: Any, current: Current) -> Any:
        """Give a value for JSON: a list if there may be several, else None if there is none."""
        if self.several:
            return [self._exported(item, current) for item in value]
        return self._exported(value, current) if is_stated(value) else None

    @property
    def schema(self) -> Data:
        """The JSON Schema of a stated value."""
        shape = refer(self.definition) if self.definition else self.shape
        return list_of(shape) if self.several else shape

    def columns(self, name: str) -> Mapping[str, str]:
        """Give the columns of a table, each with the key of its cell in the JSON of a value."""
        return {f"{name}{suffix}": key for suffix, key in self.cells.items()}

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Words(str(item)),)

    def _exported(self, item: Any, current: Current) -> Any:
        if "properties" in self.shape:
            return {name: getattr(item, name) for name in self.shape["properties"]}
        return item


class _Several(FieldType):
    several = True
    empty = ()


class Phrase(FieldType):
    """A few words that readers see as they were typed, quotation marks made curly."""

    empty = ""


class Date(FieldType):
    """A historical date; the option that says in which calendar it is stated may be given."""

    subtype = "date"
    hint = ALLOWED
    definition = "date"
    cells: ClassVar[Mapping[str, str]] = {
        "": "display",
        "Edtf": "edtf",
        "Earliest": "earliest",
        "Latest": "latest",
    }

    def convert(self, text: str, *given: Any) -> HistoricalDate:
        """Read EDTF; the name of a calendar may be given."""
        return parse(text, *map(Calendar, given))

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (item,)  # each place shows it in its own way

    def _exported(self, item: Any, current: Current) -> Data:
        return {
            "edtf": item.edtf,
            "calendar": item.calendar.value,
            "earliest": iso_day(item.earliest) if item.earliest else None,
            "latest": iso_day(item.latest) if item.latest else None,
            "display": display(item),
            "exact": item.is_exact,
            "uncertain": item.is_uncertain,
        }


class Number(FieldType):
    """A whole number."""

    hint = "write a whole number: 12000"
    read = convert.number
    shape: ClassVar[Data] = {"type": "integer"}


class WordList(_Several):
    """Words or phrases."""

    hint = "write words separated by commas"
    read = convert.words


@dataclass(frozen=True)
class Id(FieldType):
    """A reference to one object, of a kind if given: else to a person or an organisation."""

    of: Kind | None = None

    hint = "write the id of {one}"
    read: ClassVar[Callable[..., Any]] = convert.identifier
    definition = "id"

    @property
    def help(self) -> str:
        """What kind of object to name."""
        one, several = "somebody", "people or organisations"
        if self.of:
            one, several = self.of.with_article, self.of.plural
        return self.hint.format(one=one, several=several)

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the ids of the objects that a value refers to, as they are written."""
        items = value if self.several else (value,)
        return tuple(self._id(item) for item in items if item)

    def _id(self, item: Any) -> str:
        return str(item)

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Link(self._id(item)),)

    def _exported(self, item: Any, current: Current) -> Any:
        return current(item)


class Ids(Id):
    """References to several objects."""

    several = True
    empty = ()
    hint = "write ids of {several}"
    read: ClassVar[Callable[..., Any]] = convert.identifiers


class Actors(Ids):
    """People and organisations, each with a role."""

    hint = "write ids with roles: stalin (host)"
    read = convert.actors
    definition = ""
    shape = made_of("Somebody who takes part.", id=refer("id"), role=string("As what.", maybe=True))

    def _id(self, item: Any) -> str:
        return str(item.id)

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Link(item.id), Words(f" ({item.role})")) if item.role else (Link(item.id),)

    def _exported(self, item: Any, current: Current) -> Any:
        return {"id": current(item.id), "role": item.role or None}


class RetiredIds(_Several):
    """Ids that an object had: words, since they refer to nothing but itself."""

    subtype = "id"
    hint = "write retired ids"
    read = convert.identifiers
    definition = "id"


@dataclass(frozen=True)
class Choice(FieldType):
    """One of some words, of which readers see nothing where it is the ``unsaid`` one."""

    words: tuple[str, ...] = ()
    unsaid: str = ""

    @property
    def help(self) -> str:
        """All that an author may write, as words."""
        *others, last = self.words
        return f"{', '.join(others)} or {last}" if others else last

    def convert(self, text: str, *given: Any) -> str:
        """Read one of the words."""
        word = text.strip().lower()
        if word not in self.words:
            raise ValueError(f"{text!r} is none of: {', '.join(self.words)}")
        return word

    @property
    def schema(self) -> Data:
        """The words as JSON Schema."""
        return {"enum": list(self.words)}

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Words(item.replace("-", " ")),)  # exchange of notes


class Length(FieldType):
    """A length of time."""

    hint = "write an ISO 8601 duration: P30Y"
    read = convert.duration
    shape = made_of(
        "A length of time.", iso=string("ISO 8601: P30Y."), display=string("In English: 30 years.")
    )
    cells: ClassVar[Mapping[str, str]] = {"": "iso"}

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Words(item.display),)


class Coordinates(FieldType):
    """A point on the earth: latitude and longitude in decimal degrees, WGS 84."""

    hint = "write latitude and longitude: 55.75, 37.62"
    read = convert.coordinates
    shape = made_of(
        "Decimal degrees, WGS 84.",
        latitude={"type": "number", "minimum": -90, "maximum": 90},
        longitude={"type": "number", "minimum": -180, "maximum": 180},
    )

    def columns(self, name: str) -> Mapping[str, str]:
        """Give a column for each number, by its bare name where nothing else can be meant."""
        keys = self.shape["properties"]
        return {key if name == "coordinates" else f"{name}{key.title()}": key for key in keys}

    def _shown(self, item: Any) -> tuple[Part, ...]:
        latitude, longitude = item
        north, east = ("N" if latitude >= 0 else "S"), ("E" if longitude >= 0 else "W")
        return (Words(f"{abs(latitude):g}° {north}, {abs(longitude):g}° {east}"),)

    def _exported(self, item: Any, current: Current) -> Any:
        return dict(zip(self.shape["properties"], item, strict=True))


class Names(_Several):
    """Names, each in its language."""

    hint = "write names separated by semicolons"
    read = convert.names
    definition = "name"
    shape = made_of(
        "A name of an object.",
        text=string("The name."),
        language=string("Its language (BCP 47).", maybe=True),
    )

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Words(item.text, item.language),)


class Citations(_Several):
    """Sources with their locators."""

    subtype = "source"
    hint = "write keys with locators: key{p. 1}"
    read = convert.citations
    definition = "citation"
    shape = made_of(
        "One source with its locator.",
        key=string("The key in the bibliography."),
        locator=string("The place in the work: p. 364; empty for the whole."),
        prefix=string("Words before it: see."),
    )


class Reasons(_Several):
    """Codes of findings, each with a reason why it is let stand."""

    hint = "write: code (reason); code (reason)"
    read = convert.acknowledgements


class Wordings(_Several):
    """Parallel texts, which are told by directives of their own."""

    shape = made_of(
        "The wording in one language.", language=string("BCP 47."), text=string("The wording.")
    )


@dataclass(frozen=True)
class Identifier(FieldType):
    """An identifier in an authority file; ``address`` is that of an entry, with ``{}`` for it."""

    address: str = ""

    empty = ""

    def _shown(self, item: Any) -> tuple[Part, ...]:
        return (Words(item, href=self.address.replace("{}", item)),)
