"""The schema in force: the fields of all records, with the kinds and fields of the project.

Made from ``conf.py`` anew wherever it is asked for, and never stored. A project declares its
fields with the words of :class:`~sphinx_annals.annals.model.schema.Field`::

    annals_kinds = {"treaty": ["armistice"], "event": ["battle", "letter"]}
    annals_fields = {"event": {"casualties": {"type": "phrase", "label": "Losses"}}}
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from sphinx_annals.annals.model import types
from sphinx_annals.annals.model.records import RECORDS, Record
from sphinx_annals.annals.model.schema import Field, Stands, fields_of
from sphinx_annals.annals.model.terms import Kind, Life
from sphinx_annals.annals.model.types import Choice, Date, FieldType
from sphinx_annals.text import did_you_mean

_E = TypeVar("_E", bound=Enum)
_BY_KIND = {record.kind: record for record in RECORDS}


class Schema:
    """The fields of each kind of records: those that are built in, and those of a project.

    A field of a project takes the place of the one that is built in by the same name.
    """

    def __init__(self, own: Mapping[Kind, dict[str, Field]] | None = None) -> None:
        self._fields: dict[Kind, tuple[Field, ...]] = {}
        for kind, record in _BY_KIND.items():
            fields = {field.name: field for field in fields_of(record)} | (own or {}).get(kind, {})
            self._fields[kind] = tuple(sorted(fields.values(), key=lambda field: field.rank))

    def fields(self, kind: Kind) -> tuple[Field, ...]:
        """Give the fields of a kind, in their order."""
        return self._fields[kind]


_TYPES: Mapping[str, Callable[..., FieldType]] = {
    "date": types.Date,
    "phrase": types.Phrase,
    "words": types.WordList,
    "number": types.Number,
    "duration": types.Length,
    "coordinates": types.Coordinates,
    "names": types.Names,
    "actors": types.Actors,
    "id": types.Id,
    "ids": types.Ids,
    "choice": lambda words: Choice(words=words),
    "identifier": types.Identifier,
}
"""The types that a project may give a field, by the word for it."""
_EXAMPLE = '{"type": "phrase", "help": "write numbers with what they count"}'


def read_schema(kinds: object, fields: object) -> tuple[Schema, list[str]]:
    """Give the schema that a project declares, and what is wrong with its declarations.

    What is wrong is left out, the rest is in force.
    """
    problems: list[str] = []
    own: dict[Kind, dict[str, Field]] = {}
    for kind, words in _each_kind("annals_kinds", kinds, '["armistice"]', problems):
        with _noting(f"annals_kinds: {kind.value}", problems):
            own[kind] = {"kind": _field_of_kinds(kind, _words(words))}
    example = f'{{"casualties": {_EXAMPLE}}}'
    for kind, declared in _each_kind("annals_fields", fields, example, problems):
        found = own.setdefault(kind, {})
        if not isinstance(declared, Mapping):
            problems.append(f"annals_fields: {kind.value}: write {example}, not {declared!r}")
            continue
        for name, said in declared.items():
            with _noting(f"annals_fields: {kind.value}: {name}", problems):
                found[name] = _field(kind, name, said, found)
    return Schema(own), problems


def _field_of_kinds(kind: Kind, words: tuple[str, ...]) -> Field:
    """Give the field that says what kind of event it is, or of treaty: that has words already."""
    new = Field(type=Choice(), about=f"What kind of {kind.label}.", name="kind", own=True)
    field = next((field for field in fields_of(_BY_KIND[kind]) if field.name == "kind"), new)
    assert isinstance(field.type, Choice)
    for word in words:
        if word in field.type.allowed:
            raise ValueError(f"{word!r} is one already; leave it out")
    widened = replace(field, type=replace(field.type, words=words), help="")
    return widened.named(field.attribute or f"{kind.value}_kind")


@contextmanager
def _noting(where: str, problems: list[str]) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        problems.append(f"{where}: {error}")


def _each_kind(
    setting: str, said: object, example: str, problems: list[str]
) -> Iterator[tuple[Kind, object]]:
    if not isinstance(said, Mapping):
        problems.append(f'{setting}: write {{"event": {example}}}, not {said!r}')
        return
    for word, value in said.items():
        with _noting(setting, problems):
            yield _member(Kind, word, "kind"), value


def _field(kind: Kind, name: object, said: object, others: Mapping[str, Field]) -> Field:
    """Read one declaration; a ValueError says what is wrong with it and what to write."""
    record = _BY_KIND[kind]
    _words([name])
    if not isinstance(said, Mapping):
        raise ValueError(f"write {_EXAMPLE}, not {said!r}")
    fields = (*fields_of(record), *others.values())
    taken = {n for f in fields for n in (f.name, f.column, f.inverse, f.attribute, *f.synonyms)}
    if {str(name), str(name).replace("-", "_")} & (taken | _RESERVED | {kind.value}):
        raise ValueError(f"{kind.with_article} has that option; choose another name")
    if "type" not in said:
        raise ValueError(f"no type; write one of: {', '.join(_TYPES)}")
    type_word = _one_of(said["type"], _TYPES, "type")
    parameter, reader = _PARAMETERS.get(type_word, ("", _text))
    if parameter and parameter not in said:
        raise ValueError(f"{type_word} needs {parameter!r}")
    given = (reader(said[parameter]),) if parameter else ()
    known: dict[str, Any] = {"type": _TYPES[type_word](*given)}
    for word, value in said.items():
        if word not in ("type", parameter):
            read = _KEYWORDS[_one_of(word, _KEYWORDS, "keyword")]
            try:
                known[str(word)] = read(value)
            except ValueError as error:
                raise ValueError(f"{word}: {error}") from None
    field = Field(name=str(name), own=True, **known).named(str(name).replace("-", "_"))
    columns = {name for f in fields if f.exported for name in f.type.columns(f.json_name)}
    for column in field.type.columns(field.json_name):
        if column in columns:
            raise ValueError(f"a table has a column {column!r} of another option; rename it")
    for other in field.after:
        _one_of(other, [date.name for date in fields if date.life], "date")
    if field.life and not isinstance(field.type, Date):
        raise ValueError("only a date has a life; leave 'life' out")
    if field.inverse and not field.refers:
        raise ValueError("only id and ids have an inverse; leave 'inverse' out")
    return field


# what else stands beside fields on records, in JSON, and as columns
_RESERVED = {
    *Record.__dataclass_fields__,
    *"kind markup articles authorities url permanent_url statements mentions text".split(),  # noqa: SIM905
}


def _one_of(word: object, known: Iterable[str], noun: str) -> str:
    allowed = list(known)
    if isinstance(word, str) and word in allowed:
        return word
    hint = did_you_mean(str(word), allowed) or f"; write one of: {', '.join(allowed)}"
    raise ValueError(f"no {noun} {word!r}{hint}")


def _member(terms: type[_E], word: object, noun: str) -> _E:
    return terms(_one_of(word, [str(term.value) for term in terms], noun))


def _kind(word: object) -> Kind | None:
    return None if word == "actor" else _member(Kind, word, "kind")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"write a text, not {value!r}")
    return value


def _address(value: object) -> str:
    text = _text(value)
    if "{}" not in text:
        raise ValueError(f"{text!r} has no {{}} for the identifier")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"write True or False, not {value!r}")
    return value


_WORD = re.compile(r"[^\W\d_][^\W_]*(-[^\W_]+)*")


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f'write a list of words: ["battle", "letter"], not {value!r}')
    for word in value:
        if not isinstance(word, str) or word != word.lower() or not _WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word; write small letters joined by hyphens")
    return tuple(dict.fromkeys(value))


_PARAMETERS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    "id": ("of", _kind),
    "ids": ("of", _kind),
    "choice": ("words", _words),
    "identifier": ("address", _address),
}
"""What else a type needs to be told, and how that is read."""
_KEYWORDS: Mapping[str, Callable[[object], Any]] = {
    **dict.fromkeys(("help", "about", "label", "term"), _text),
    **dict.fromkeys(("after", "synonyms"), _words),
    **dict.fromkeys(("closed", "compared", "usual"), _flag),
    "inverse": lambda value: _words([value])[0],
    "life": lambda value: _member(Life, value, "life"),
    "stands": lambda value: _member(Stands, value, "place"),
}
"""What a project may say of a field beside its type, and how that is read."""
