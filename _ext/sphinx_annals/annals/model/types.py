"""What a field can hold: a closed set of types, each with everything that follows from it.

A type reads what authors write, and gives a value as parts for display, as the ids it refers
to, and as JSON with its schema and the columns of a table. A new type is one class here: it says
how one value is read, shown and exported, and what stands between several. What an object is in
JSON stands in the schema of the exports.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from urllib.parse import urlsplit

import isodate
from babel import Locale
from babel.core import get_global

from sphinx_annals.annals.model.converters import citation, identifier, language_tag, parted, split
from sphinx_annals.annals.model.marked import phrase_of
from sphinx_annals.annals.model.values import Actor, Kind, Link, Name, Part, Values, Words
from sphinx_annals.dates import (
    ALLOWED,
    Calendar,
    Duration,
    HistoricalDate,
    UnclearError,
    from_text,
    in_words,
    iso_day,
    parse,
)
from sphinx_annals.language import ENGLISH, Language
from sphinx_annals.text import Citation, did_you_mean, fold, gnd_digit, isni_digit, mended

Data = dict[str, Any]


class Context(Protocol):
    """What exports tell values in: a catalogue."""

    language: Language

    def current(self, id: str) -> str:
        """Give the id that an object has now, for one that may be retired."""


# or the first word of a name, "of the sea", would be taken for a language
_TAGS = (
    "ar az be bg bs ca cs cy da de el en eo es et eu fa fi fo fr ga gd gl he hi hr hu id is it ja"
    " ka kk ko ku la lb lt lv mn ms mt my nb ne nl nn no pl pt rm ro ru sk sl sq sr sv sw ta th tr"
    " uk ur uz vi yi zh"
)
_LANGUAGES = frozenset(_TAGS.split())
# but for words with which a name in Latin letters may begin
_THREE_LETTERS = {
    long
    for long, short in get_global("language_aliases").items()
    if len(long) == 3 and short in _LANGUAGES
} - {"als", "cat", "fin", "lit", "may", "mon", "nor", "per", "por"}
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


_LONGEST_TERM = 40
_IN_FRONT = re.compile(
    r"[\[(]?(?P<tag>[A-Za-z][A-Za-z_-]+)(?:[\])]?[:：,]\s*|[\])]?\s+)(?P<name>.+)"
)


def _is_language(tag: str, name: str) -> bool:
    """Tell whether what stands before a name is its language: any, before no Latin letters."""
    if not _TAG.fullmatch(tag):
        return False
    language = tag.partition("-")[0]
    anywhere = language in _LANGUAGES
    return anywhere or (_is_foreign(name) and language in Locale.parse("en").languages)


def _is_foreign(text: str) -> bool:
    """Tell whether a text has letters, and no Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _tag_meant(text: str) -> tuple[str, str] | None:
    """Give the tag, or none, and the name of a text that begins with what is almost a tag.

    ``rus``, ``RU``, ``ru:``, ``zh_Hans``; and whatever small letters stand before a name that is
    in no Latin letters.
    """
    match = _IN_FRONT.fullmatch(text)
    if not match or _is_language(*text.partition(" ")[::2]):
        return None
    said, name = match["tag"], match["name"].strip()
    language, *more = said.replace("_", "-").split("-")
    language = get_global("language_aliases").get(language.lower(), language.lower())
    tag = "-".join([language, *more])
    foreign = _is_foreign(name)
    plain = text.startswith(f"{said} ") and not more
    if _is_language(tag, name) and (foreign or not plain or said in _THREE_LETTERS):
        return tag, name
    return ("", name) if foreign and said.islower() else None


_COMMA = re.compile(r"[,，、]\s*(?=(?P<tag>[a-z]{2,3}(?:-\w+)*)\s+(?P<name>\S.*))")
_PARTICLES = ("da", "de", "el", "la")
"""Tags that are words of names too."""


def _names_parted(text: str) -> str:
    """Give a text with a semicolon for each comma before what is the tag of a language.

    What follows has to tell: a tag of several parts, another script, or that the text begins with
    a tag and this is no particle, as in ``en Charles, de Gaulle``.
    """
    tag, _, name = text.partition(" ")

    def part(match: re.Match[str]) -> str:
        before = name[: match.start() - len(tag) - 1] if _is_language(tag, name) else text
        plain = "-" not in match["tag"] and not _is_foreign(match["name"])
        word = match["tag"] in _PARTICLES and not _is_foreign(before)
        is_name = plain and (word or before == text)
        is_tag = not is_name and _is_language(match["tag"], match["name"])
        return "; " if is_tag else match[0]

    return _COMMA.sub(part, text)


class Readable(Protocol):
    """What authors write in an option, as :func:`read_as_meant` reads it."""

    @property
    def help(self) -> str:
        """What to write, as a warning says it."""

    @property
    def convert(self) -> Callable[..., Any]:
        """What reads it as an author writes it; its ValueErrors say what to write instead."""

    @property
    def mended(self) -> Callable[..., str]:
        """What gives a text as it may have been meant, which cannot be read as it is.

        A ValueError says what else it may have been meant as.
        """


def read_as_meant(option: Readable, text: str, *given: Any) -> tuple[Any, str]:
    """Read what an author writes, else what is plainly meant by it, and give that text too.

    A ValueError says what to write instead.
    """
    if not text.strip():
        raise ValueError(f"is empty; {option.help}, or leave it out")
    try:
        return option.convert(text, *given), text
    except ValueError as error:
        meant = option.mended(text, *given)
        if meant not in ("", text):
            with suppress(ValueError):
                return option.convert(meant, *given), meant
        raise error


def refer(definition: str) -> Data:
    """Give the JSON Schema of what is defined elsewhere in the file."""
    return {"$ref": f"#/$defs/{definition}"}


def is_stated(value: Any) -> bool:
    """Tell whether an author says anything: zero is something."""
    return value is not None and value not in ("", ())


@dataclass(frozen=True)
class FieldType:
    """What a field holds; its class says how that is read, shown and exported."""

    separator: ClassVar[str] = ""
    """What stands between values, where there may be several: to each the rest applies."""
    empty: ClassVar[Any] = None
    """The value where an author says nothing."""
    subtype: ClassVar[str] = "option"
    """The subtype of the warning about a text that is no such value."""
    hint: ClassVar[str] = "write a few words"
    shape: ClassVar[Data] = {"type": "string"}
    """The JSON Schema of one value."""
    properties: ClassVar[tuple[str, ...]] = ()
    """The attributes of a value that are its properties in JSON."""
    cells: ClassVar[Mapping[str, str]] = {"": ""}
    """What is added to the name of each column in a table, with the key of its cell in JSON."""

    @property
    def help(self) -> str:
        """What to write, as a warning says it."""
        return self.hint

    def convert(self, text: str, *given: Any) -> Any:
        """Read what an author writes; a ValueError says what to write instead."""
        if self.separator:
            return tuple(self._read(piece) for piece in split(text, self.separator))
        return self._read(text.strip(), *given)

    def mended(self, text: str, *_given: Any) -> str:
        """Give a text as it may have been meant, which cannot be read as it is."""
        return mended(", ".join(split(text, ";")) if self.separator == "," else text)

    def parts(self, value: Any, language: Language) -> Values:
        """Give a stated value as readers of a language see it."""
        items = value if self.separator else (value,)
        return tuple(self._shown(item, language) for item in items)

    def told(self, text: str, language: Language) -> str:
        """Give what a source says of it as readers see a value that is stated."""
        return text

    def in_english(self, text: str, language: Language) -> str:
        """Give what a source says of it, perhaps in a language, as values are compared."""
        return text

    def json(self, value: Any, context: Context) -> Any:
        """Give a value for JSON: a list if there may be several, else None if there is none."""
        if self.separator:
            return [self._exported(item, context) for item in value]
        return self._exported(value, context) if is_stated(value) else None

    @property
    def schema(self) -> Data:
        """The JSON Schema of a stated value."""
        return {"type": "array", "items": self.shape} if self.separator else self.shape

    def columns(self, name: str) -> Mapping[str, str]:
        """Give the columns of a table, each with the key of its cell in the JSON of a value."""
        return {f"{name}{suffix}": key for suffix, key in self.cells.items()}

    def _read(self, text: str, *given: Any) -> Any:
        return text

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(item if isinstance(item, str) else str(item)),)

    def _exported(self, item: Any, context: Context) -> Any:
        return {name: getattr(item, name) for name in self.properties} or item


class _Several(FieldType):
    separator = ","
    empty = ()


class Phrase(FieldType):
    """A few words that readers see as they were typed, quotation marks made curly."""

    empty = ""


class Date(FieldType):
    """A historical date; the option that says in which calendar it is stated may be given."""

    subtype = "date"
    hint = ALLOWED
    cells: ClassVar[Mapping[str, str]] = {
        "": "display",
        "Edtf": "edtf",
        "Calendar": "calendar",
        "Earliest": "earliest",
        "Latest": "latest",
    }
    shape = refer("date")

    def _read(self, text: str, *given: Any) -> HistoricalDate:
        return parse(text, *map(Calendar, given))

    def mended(self, text: str, *given: Any) -> str:
        """Give the EDTF of a date in words or numbers that says itself in no other calendar."""
        calendar = Calendar(*given or (Calendar.GREGORIAN,))
        try:
            meant = from_text(text, calendar)
        except UnclearError:
            raise
        except ValueError:
            return super().mended(text)
        if meant.calendar is not calendar:
            converted = f"{meant.gregorian.edtf}, or " if meant.gregorian else ""
            other = f"{converted}{meant.edtf} with the calendar {meant.calendar.value}"
            raise ValueError(f"{text!r} is in another calendar; write {other}")
        return meant.edtf

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (item,)  # each place shows it in its own way

    def _exported(self, item: Any, context: Context) -> Data:
        return {
            "edtf": item.edtf,
            "calendar": item.calendar.value,
            "earliest": iso_day(item.earliest) if item.earliest else None,
            "latest": iso_day(item.latest) if item.latest else None,
            "display": in_words(item, context.language),
            "exact": item.is_exact,
            "uncertain": item.is_uncertain,
        }


class Number(FieldType):
    """A whole number."""

    hint = "write a whole number: 12000"
    shape: ClassVar[Data] = {"type": "integer"}

    def _read(self, text: str, *given: Any) -> int:
        if not re.fullmatch(r"[+-]?\d{1,18}", text):
            raise ValueError(f"{text!r} is not a whole number; write digits: 12000")
        return int(text)


class WordList(_Several):
    """Words or phrases."""

    hint = "write words separated by commas"


class Languages(WordList):
    """Languages by their tags, or in words."""

    hint = "write tags of languages: ru, zh-Hans"

    def told(self, text: str, language: Language) -> str:
        """Give the names of the languages whose tags a source has."""
        pieces = parted(text)
        names = list(map(language.name_of, pieces))
        return text if names == pieces else language.mark(", ").join(names)

    def in_english(self, text: str, language: Language) -> str:
        """Give the English names: who says ru says Russian, and so does who says Russisch."""
        return ", ".join(ENGLISH.name_of(language.tag_of(piece)) for piece in parted(text))

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(language.name_of(item)),)


@dataclass(frozen=True)
class Id(FieldType):
    """A reference to one object, of a kind if given: else to a person or an organisation."""

    of: Kind | None = None

    hint = "write the id of {one}"
    shape = refer("id")

    @property
    def help(self) -> str:
        """What kind of object to name."""
        one, several = "somebody", "people or organisations"
        if self.of:
            one, several = self.of.with_article, self.of.plural
        return self.hint.format(one=one, several=several)

    def ids(self, value: Any) -> tuple[str, ...]:
        """Give the ids of the objects that a value refers to, as they are written."""
        items = value if self.separator else (value,)
        return tuple(self._id(item) for item in items if item)

    def _id(self, item: Any) -> str:
        return str(item)

    def _read(self, text: str, *given: Any) -> Any:
        return identifier(text)

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Link(self._id(item)),)

    def _exported(self, item: Any, context: Context) -> Any:
        return context.current(item)


class Ids(Id):
    """References to several objects."""

    separator = ","
    empty = ()
    hint = "write ids of {several}"


class Actors(Ids):
    """People and organisations, each with a role."""

    hint = "write ids with roles: stalin (host)"
    shape = refer("actor")

    def _read(self, text: str, *given: Any) -> Actor:
        match = re.fullmatch(r"([^()]+?)\s*(?:\(((?:[^()]|\([^()]*\))*)\))?", text)
        if not match:
            raise ValueError(f"{text!r} is not an actor; write: zhou-enlai (head of delegation)")
        id, _, role = text.partition(" ")
        if role and "(" not in text and id.islower():
            raise ValueError(f"{text!r} has a role without brackets; write: {id} ({role.strip()})")
        return Actor(identifier(match[1]), (match[2] or "").strip())

    def _id(self, item: Any) -> str:
        return str(item.id)

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        if not item.role:
            return (Link(item.id),)
        remark = phrase_of(language.mark(" ({remark})"), remark=item.role)
        return (Link(item.id), Words(remark))

    def _exported(self, item: Any, context: Context) -> Any:
        return {"id": context.current(item.id), "role": item.role or None}


class RetiredIds(_Several):
    """Ids that an object had: words, since they refer to nothing but itself."""

    subtype = "id"
    hint = "write retired ids"
    shape = refer("id")

    def _read(self, text: str, *given: Any) -> str:
        return identifier(text)


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

    def _read(self, text: str, *given: Any) -> str:
        word = text.lower()
        if word not in self.words:
            hint = did_you_mean(word, self.words)
            raise ValueError(f"{text!r} is none of: {', '.join(self.words)}{hint}")
        return word

    @property
    def schema(self) -> Data:
        """The words as JSON Schema."""
        return {"enum": list(self.words)}

    def told(self, text: str, language: Language) -> str:
        """Give one of the words as readers see it, and what is none as it is."""
        if text not in self.words:
            return text
        return language.pgettext("choice", text.replace("-", " "))  # exchange of notes

    def in_english(self, text: str, language: Language) -> str:
        """Give the English word for one that is written as an option or as readers see it."""
        said = fold(text)
        meant = (w for w in self.words if said in (w, fold(self.told(w, language))))
        return self.told(next(meant, text), ENGLISH)

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(self.told(item, language)),)


class Length(FieldType):
    """A length of time."""

    hint = "write an ISO 8601 duration: P30Y"
    cells: ClassVar[Mapping[str, str]] = {"": "iso"}
    shape = refer("duration")

    def _read(self, text: str, *given: Any) -> Duration:
        error = ValueError(f"{text!r} is not a duration; write ISO 8601: P30Y, P6M, P1Y6M, P10D")
        if len(text) > _LONGEST_TERM:
            raise error
        try:
            value = isodate.parse_duration(text, as_timedelta_if_possible=False)
        except (ValueError, TypeError, OverflowError) as cause:
            raise error from cause
        years, months, days = value.years, value.months, value.tdelta.days
        whole = years == int(years) and months == int(months) and value.tdelta.seconds == 0
        if not whole or min(years, months, days) < 0 or not (years or months or days):
            raise error
        return Duration(text, int(years), int(months), int(days))

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(item.in_words(language)),)

    def _exported(self, item: Any, context: Context) -> Any:
        return {"iso": item.iso, "display": item.in_words(context.language)}


class Coordinates(FieldType):
    """A point on the earth: latitude and longitude in decimal degrees, WGS 84."""

    hint = "write latitude and longitude: 55.75, 37.62"
    shape = refer("coordinates")

    def _read(self, text: str, *given: Any) -> tuple[float, float]:
        try:
            latitude, longitude = (float(piece) for piece in text.split(","))
        except ValueError:
            latitude = longitude = math.nan
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # nan neither
            raise ValueError(f"{text!r} are not coordinates; {self.hint}")
        return latitude, longitude

    def columns(self, name: str) -> Mapping[str, str]:
        """Give a column for each number, by its bare name where nothing else can be meant."""
        keys = ("latitude", "longitude")
        return {key if name == "coordinates" else f"{name}{key.title()}": key for key in keys}

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        latitude, longitude = item
        north, south = language.gettext("{degrees}° N"), language.gettext("{degrees}° S")
        east, west = language.gettext("{degrees}° E"), language.gettext("{degrees}° W")
        directed = (north if latitude >= 0 else south), (east if longitude >= 0 else west)
        numbers = [language.number(abs(degrees)) for degrees in item]
        shown = (d.format(degrees=n) for d, n in zip(directed, numbers, strict=True))
        return (Words(language.mark(", ").join(shown)),)

    def _exported(self, item: Any, context: Context) -> Any:
        return {"latitude": item[0], "longitude": item[1]}


class Names(_Several):
    """Names, each in its language."""

    separator = ";"
    hint = "write names separated by semicolons"
    shape = refer("name")
    properties = ("text", "language")

    def _read(self, text: str, *given: Any) -> Name:
        if (parted := _names_parted(text)) != text:
            raise ValueError(f"{text!r} has a comma between names; write: {parted}")
        tag, _, name = text.partition(" ")
        if tag == "und" and name:  # BCP 47's “undetermined”: “und de Gaulle” is no German name
            return Name(name.strip())
        tag = language_tag(tag)
        if name and _is_language(tag, name):
            return Name(name.strip(), tag)
        if meant := _tag_meant(text):
            tag, name = meant
            said = f"{text!r} does not begin with the tag of a language; write: "
            raise ValueError(f"{said}{tag} {name}" if tag else f"{said}{name}, or: ru {name}")
        return Name(text)

    def mended(self, text: str, *_given: Any) -> str:
        """Give the names with the tags that are meant, and without what is none."""
        parted = "; ".join(map(_names_parted, split(text, self.separator)))
        pieces = split(parted, self.separator)
        return "; ".join(" ".join(_tag_meant(piece) or (piece,)).strip() for piece in pieces)

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(item.text, item.language),)


class Citations(_Several):
    """Sources with their locators."""

    subtype = "source"
    hint = "write keys with locators: key{p. 1}"
    shape = refer("citation")
    properties = ("key", "locator", "prefix")

    def _read(self, text: str, *given: Any) -> Citation:
        return citation(text)

    def _exported(self, item: Any, context: Context) -> Any:
        via = item.via and self._exported(item.via, context)
        return {**super()._exported(item, context), "via": via}


class Reasons(_Several):
    """Codes of findings, each with a reason why it is let stand."""

    separator = ";"
    hint = "write: code (reason); code (reason)"

    def _read(self, text: str, *given: Any) -> tuple[str, str]:
        match = re.fullmatch(r"([a-z][a-z-]*)\s*\((.+)\)", text)
        if not match:
            raise ValueError(f"{text!r} has no reason; write: code (reason)")
        return match[1], match[2].strip()


class Wordings(_Several):
    """Parallel texts, which are told by directives of their own."""

    shape = refer("wording")
    properties = ("language", "text")


@dataclass(frozen=True)
class Identifier(FieldType):
    """An identifier in an authority file; ``address`` is that of an entry, with ``{}`` for it.

    ``form`` is a pattern that it fits, ``example`` one that does, ``digit`` the rule for the last.
    """

    address: str = ""
    form: str = ".+"
    example: str = ""
    digit: str = ""

    empty = ""

    def _read(self, text: str, *given: Any) -> str:
        found = next((piece for piece in self._pieces(text) if re.fullmatch(self.form, piece)), "")
        if not found:
            raise ValueError(f"{text!r} is no such identifier; write one like {self.example}")
        if self.digit and found[-1] != (right := _DIGITS[self.digit](found[:-1])):
            raise ValueError(
                f"{text!r} is mistyped: after {found[:-1]} comes the check digit {right}"
            )
        return found

    def _pieces(self, text: str) -> Iterator[str]:
        """Give what may be the identifier: the text, that without blanks, a part of an address."""
        yield text
        yield re.sub(r"\s", "", text)
        host = self.address.partition("//")[2].partition("/")[0].removeprefix("www.")
        address = urlsplit(text)
        if address.hostname and address.hostname.endswith(host):
            yield from reversed(address.path.split("/"))

    def _shown(self, item: Any, language: Language) -> tuple[Part, ...]:
        return (Words(item, href=self.address.replace("{}", item)),)


_DIGITS: Mapping[str, Callable[[str], str]] = {"gnd": gnd_digit, "isni": isni_digit}
