"""What the columns of a table mean: as a file in TOML says, as their names say, or by a guess.

The file says into which field a column goes, which value stands for which, and what holds for all
rows::

    kind = "event"
    [columns]
    "Datum" = "date"
    "Name (ru)" = "names ru"
    "Nr" = "ignore"
    [values.certainty]
    "sicher" = "certain"
    [all]
    date-basis = "external"
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sphinx_annals.annals.importing.drafts import language_of
from sphinx_annals.annals.model import Coordinates, Date, Kind, Schema
from sphinx_annals.text import did_you_mean, fold, meant_or_all, read_table

_GUESSES = read_table(Path(__file__).with_name("headers.toml"))
IGNORE = "ignore"
PARTS = ("latitude", "longitude")
AUTHORITIES = "authorities"
"""A column of several identifiers, each behind the name of its field, as our own tables have it."""
TAGGED = "names tagged"
"""A column of names, each behind its language, as in the option."""
_BESIDE = ("id", "title", "body", AUTHORITIES)
"""What a column can go into beside the options of an object."""
_ALWAYS = (*_BESIDE, IGNORE)
_NAMED = {
    name: kind for kind in Kind if kind is not Kind.ARTICLE for name in (kind.value, kind.plural)
}
"""The kinds of what can be imported, by their names in the singular and the plural."""
_OWN = re.compile(r"(?P<field>\w+)(?P<part>Edtf|Calendar|Earliest|Latest)")
_DERIVED = re.compile(r"url|permanentUrl|derived\w+")
_NAME_IN = re.compile(
    r"(?:names?|labels?|titles?|titel|имя|название)[\s_(:@-]+(?P<tag>[a-z]{2,3}(?:-\w+)?)\)?",
    re.IGNORECASE,
)


class MappingError(ValueError):
    """A mapping says what cannot be; the message says what to write instead."""


@dataclass(frozen=True)
class Mapped:
    """What is said of a table: ``columns`` by header, ``values`` by column and by what it holds."""

    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    all: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """How files are to be read: the schema in force, and what a user says of them."""

    schema: Schema
    kind: Kind | None = None
    mapped: Mapped = field(default_factory=Mapped)
    languages: Sequence[str] = ("en",)
    encoding: str = ""


def read_mapping(text: str) -> Mapped:
    """Read a mapping in TOML; raises MappingError."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"no TOML: {error}") from error
    known = ("kind", "columns", "values", "all")
    for word in said:
        if word not in known:
            raise MappingError(f"no {word!r}{meant_or_all(word, known, 'write one of:')}")
    columns = _texts(said, "columns")
    values = said.get("values", {})
    if not isinstance(values, dict):
        raise MappingError("values: write a table for each field: [values.certainty]")
    kind = kind_of(said["kind"]) if "kind" in said else None
    each = {name: _texts(values, name) for name in values}
    return Mapped(kind, columns, each, _texts(said, "all"))


def kind_of(word: Any) -> Kind:
    """Give the kind of objects that a word names, in the singular or the plural."""
    if not isinstance(word, str) or word not in _NAMED:
        kinds = ", ".join(dict.fromkeys(kind.value for kind in _NAMED.values()))
        hint = did_you_mean(str(word), _NAMED) or f"; write one of: {kinds}"
        raise MappingError(f"no kind {word!r}{hint}")
    return _NAMED[word]


def _texts(said: Mapping[str, Any], name: str) -> dict[str, str]:
    found = said.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise MappingError(f'{name}: write lines of the form "from" = "to"')
    return found


def guessed_kind(headers: Sequence[str], stem: str, schema: Schema) -> Kind | None:
    """Give the kind of the rows by what the file is called, or by what the columns tell."""
    if named := _NAMED.get(stem.lower()):
        return named
    for word, telling in _GUESSES["kinds"].items():
        kind = Kind(word)
        if {target for header in headers for target in _guesses(header, kind, schema)} & {*telling}:
            return kind
    return None


def targets(headers: Sequence[str], kind: Kind, schema: Schema, mapped: Mapped) -> list[str | None]:
    """Give for each column where it goes, None where nobody can tell; raises MappingError."""
    by_fold = {fold(header): target for header, target in mapped.columns.items()}
    for header in mapped.columns:
        if fold(header) not in {fold(known) for known in headers}:
            hint = meant_or_all(header, headers, "it has:")
            raise MappingError(f"columns: the table has no column {header!r}{hint}")
    for header, said in mapped.columns.items():
        if not _fits(said, kind, schema):
            raise MappingError(f"columns: {header!r}: {_no_field(said, kind, schema)}")
    for name in (*mapped.values, *mapped.all):
        if not _fits(name, kind, schema):
            raise MappingError(_no_field(name, kind, schema))
    taken = {*by_fold.values()} - {"names", "body"}
    found: list[str | None] = []
    for header in headers:
        target = by_fold.get(fold(header))
        if target is None:
            guesses = _guesses(header, kind, schema, headers)
            target = next((t for t in guesses if t not in taken), None)
            taken |= {target} if target and target not in ("body", IGNORE) else set()
        found.append(target)
    # a date beside one that ends it is where that begins
    return [f"{t}-from" if f"{t}-to" in found and f"{t}-from" not in found else t for t in found]


def _no_field(target: str, kind: Kind, schema: Schema) -> str:
    known = [f.name for f in schema[kind] if f.written]
    known += [*_ALWAYS, *(PARTS if kind is Kind.PLACE else ())]
    hint = meant_or_all(target, known, "write one of:")
    return f"{kind.with_article} has no field {target!r}{hint}"


def _fits(target: str, kind: Kind, schema: Schema) -> bool:
    """Tell whether a kind has what a column is to go into."""
    fields = {f.name: f for f in schema[kind] if f.written}
    base, _, end = target.rpartition("-")
    if target in PARTS:
        return any(isinstance(f.type, Coordinates) for f in fields.values())
    if end in ("from", "to") and base in fields:
        return isinstance(fields[base].type, Date)
    return target in _ALWAYS or target in fields or target.startswith("names ")


def _guesses(header: str, kind: Kind, schema: Schema, headers: Sequence[str] = ()) -> Iterator[str]:
    """Give what a column may mean by its header, the surest first."""
    own = _OWN.fullmatch(header)
    if own:  # a column of our own tables
        target = {"Edtf": _option(own["field"]), "Calendar": "calendar"}.get(own["part"], IGNORE)
        yield from (t for t in (target,) if _fits(t, kind, schema))
        return
    own_table = "permanentUrl" in headers
    if f"{header}Edtf" in headers or (own_table and _DERIVED.fullmatch(header)):
        yield IGNORE
        return
    if own_table and header == "names":
        yield TAGGED
        return
    match = _NAME_IN.fullmatch(header.strip())
    if match and (tag := language_of(match["tag"])):
        yield f"names {tag}"
        return
    word = _squeezed(header)
    possible = [name for name in _BESIDE if _squeezed(name) == word]
    possible += [
        option.name
        for option in schema[kind]
        if word in (_squeezed(option.name), _squeezed(option.json_name))
    ]
    for target, words in _GUESSES["columns"].items():
        if word in {_squeezed(target), *map(_squeezed, words)}:
            possible.append(target)
    yield from (target for target in possible if _fits(target, kind, schema))


def _option(header: str) -> str:
    """Give the name that an option has for that of a column: ``in-force`` for ``inForce``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", header.strip())
    return re.sub(r"[\s_.-]+", "-", apart).lower()


@cache
def _squeezed(words: str) -> str:
    """Give the letters and digits of a header, by which it is compared."""
    return "".join(fold(words.replace("_", " ")).split())
