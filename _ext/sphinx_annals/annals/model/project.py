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

from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.model.schema import BUILT_IN, LIVES, PLACES, TYPES, Field, Schema, declare
from sphinx_annals.annals.model.types import Choice, Date
from sphinx_annals.annals.model.values import Kind
from sphinx_annals.text import meant_or_all

_CALENDAR = next(field for field in BUILT_IN[Kind.EVENT] if field.name == "calendar")
_EXAMPLE = '{"type": "phrase", "help": "write numbers with what they count"}'


def read_schema(kinds: object, fields: object) -> tuple[Schema, list[str]]:
    """Give the schema that a project declares, and what is wrong with its declarations.

    What is wrong is left out, the rest is in force. A kind that is declared takes the place of the
    field that is built in.
    """
    problems: list[str] = []
    own: dict[Kind, dict[str, Field]] = {}
    for kind, words in _each_kind("annals_kinds", kinds, '["armistice"]', problems):
        with _noting(f"annals_kinds: {kind.value}", problems):
            own[kind] = {"kind": _field_of_kinds(kind, words)}
    example = f'{{"casualties": {_EXAMPLE}}}'
    for kind, declared in _each_kind("annals_fields", fields, example, problems):
        found = own.setdefault(kind, {})
        if not isinstance(declared, Mapping):
            problems.append(f"annals_fields: {kind.value}: write {example}, not {declared!r}")
            continue
        for name, said in declared.items():
            with _noting(f"annals_fields: {kind.value}: {name}", problems):
                found[name] = _field(kind, name, said, found)
    for found in own.values():  # or nobody could say in which calendar these dates are stated
        if any(isinstance(field.type, Date) for field in found.values()):
            found["calendar"] = _CALENDAR
    schema = {
        kind: {field.name: field for field in fields} | own.get(kind, {})
        for kind, fields in BUILT_IN.items()
    }
    return {kind: tuple(fields.values()) for kind, fields in schema.items()}, problems


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
            _is_kind(word)
            yield Kind(word), value


def _field_of_kinds(kind: Kind, words: object) -> Field:
    """Give the field that says what kind of event it is, or of treaty: that has words already."""
    _are_words(words)
    said = {"type": "choice", "words": words, "about": f"What kind of {kind.value}."}
    new = declare(kind, "kind", said, own=True)
    old = next((field for field in BUILT_IN[kind] if field.name == "kind"), None)
    if old is None:
        return new
    assert isinstance(old.type, Choice)
    assert isinstance(new.type, Choice)
    for word in new.type.words:
        if word in old.type.words:
            raise ValueError(f"{word!r} is one already; leave it out")
    type = replace(old.type, words=old.type.words + new.type.words)
    return replace(old, type=type, help=type.help)


# what else stands beside fields on records, in JSON, and as columns
_RESERVED = {
    *Record.__dataclass_fields__,
    *"kind markup articles authorities url permanent_url statements mentions text".split(),  # noqa: SIM905
    *("derived", "derived_after", "derived_before", "calendar"),
}


def _field(kind: Kind, name: object, said: object, others: Mapping[str, Field]) -> Field:
    """Read one declaration; a ValueError says what is wrong with it and what to write."""
    _are_words([name])
    if not isinstance(said, Mapping):
        raise ValueError(f"write {_EXAMPLE}, not {said!r}")
    fields = (*BUILT_IN[kind], *others.values())
    taken = {n for f in fields for n in (f.name, f.column, f.inverse, f.attribute, *f.synonyms)}
    if {str(name), str(name).replace("-", "_")} & (taken | _RESERVED | {kind.value}):
        raise ValueError(f"{kind.with_article} has that option; choose another name")
    if "type" not in said:
        raise ValueError(f"no type; write one of: {', '.join(TYPES)}")
    _is_one_of(TYPES, "type")(said["type"])
    of_type = _OF_TYPE.get(said["type"], {})
    allowed: _Checks = {"type": str, **of_type, **_KEYWORDS}
    for word in of_type:
        if word in _NEEDED and word not in said:
            raise ValueError(f"{said['type']} needs {word!r}")
    for word, value in said.items():
        _is_one_of(allowed, "keyword")(word)
        try:
            allowed[word](value)
        except ValueError as error:
            raise ValueError(f"{word}: {error}") from None
    field = declare(kind, str(name), said, own=True)
    columns = {name for f in fields if f.exported for name in f.type.columns(f.json_name)}
    for column in field.type.columns(field.json_name):
        if column in columns:
            raise ValueError(f"a table has a column {column!r} of another option; rename it")
    for other in field.after:
        _is_one_of([date.name for date in fields if date.life], "date")(other)
    return field


def _is_one_of(known: Iterable[str], noun: str) -> Callable[[object], None]:
    allowed = list(known)

    def check(word: object) -> None:
        if not isinstance(word, str) or word not in allowed:
            hint = meant_or_all(str(word), allowed, "write one of:")
            raise ValueError(f"no {noun} {word!r}{hint}")

    return check


def _is_text(value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"write a text, not {value!r}")


def _is_address(value: object) -> None:
    _is_text(value)
    if "{}" not in str(value):
        raise ValueError(f"{value!r} has no {{}} for the identifier")


def _is_flag(value: object) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"write True or False, not {value!r}")


_WORD = re.compile(r"[^\W\d_][^\W_]*(-[^\W_]+)*")


def _are_words(value: object) -> None:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f'write a list of words: ["battle", "letter"], not {value!r}')
    for word in value:
        if not isinstance(word, str) or word != word.lower() or not _WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word; write small letters joined by hyphens")


_Checks = Mapping[str, Callable[[object], object]]
_is_kind = _is_one_of([kind.value for kind in Kind], "kind")
_REFERRING: _Checks = {
    "of": lambda word: word == "actor" or _is_kind(word),
    "inverse": lambda value: _are_words([value]),
}
_OF_TYPE: Mapping[str, _Checks] = {
    "date": {"life": _is_one_of(LIVES, "life"), "after": _are_words},
    **dict.fromkeys(("id", "ids"), _REFERRING),
    "choice": {"words": _are_words},
    "identifier": {"address": _is_address},
}
"""What else a project may say of a field of some type."""
_NEEDED = ("of", "words", "address")
_KEYWORDS: _Checks = {
    **dict.fromkeys(("help", "about", "label", "term"), _is_text),
    **dict.fromkeys(("closed", "compared", "usual"), _is_flag),
    "synonyms": _are_words,
    "stands": _is_one_of(PLACES, "place"),
}
"""What a project may say of any field beside its type."""
