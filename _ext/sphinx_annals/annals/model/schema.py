"""A field of records, declared once: everything else that is known of options is derived from it.

Those of the house are declared in ``fields.toml``, those of a project in its ``conf.py``, in the
same words: those of :class:`Field`. Directives, checks, facts, tables, filters, exports, the editor
and the reference follow from them.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx_annals.annals.model import types
from sphinx_annals.annals.model.types import Data, Date, FieldType, Id
from sphinx_annals.annals.model.values import Kind
from sphinx_annals.text import read_table

LIVES = ("begins", "ends", "foreseen")
"""What a date is in the life of an object; sources tell a foreseen one before it comes."""
PLACES = ("head", "end", "table", "nowhere")
"""Where readers see a field: among the facts under the title; after the body, with what leads on
from it; in tables alone, where an author asks for the column; not as a fact.
"""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What there is to know of a field.

    As authors write it: ``name`` is the option, ``help`` what to write, ``given`` the option that
    says how to read it, ``subtype`` that of a warning; unless ``written`` it is no option;
    ``usual`` ones are in the short snippet.

    What it means: ``about`` is a sentence, ``life`` what a date is in the life of the object,
    ``after`` the dates that come before it, ``inverse`` the name of the relation seen from the
    other object, which makes it one-way, ``closed`` that its list is complete by nature,
    ``synonyms`` what else sources call it, ``compared`` that accounts are compared with it,
    ``always`` that no record is without.

    As readers see it: ``label``, where it ``stands``, ``qualifies`` the field behind which it
    stands in brackets, ``column`` its name in tables.

    In exports: unless ``exported`` it is in none; ``source`` is the attribute to export, if
    another, ``term`` the property in schema.org, two for the ends of a span.
    """

    type: FieldType
    name: str
    attribute: str
    help: str
    label: str
    subtype: str
    column: str
    source: str
    about: str = ""
    given: str = ""
    written: bool = True
    usual: bool = False
    life: str = ""
    after: tuple[str, ...] = ()
    inverse: str = ""
    closed: bool = False
    synonyms: tuple[str, ...] = ()
    compared: bool = True
    always: bool = False
    stands: str = "head"
    qualifies: str = ""
    exported: bool = True
    term: str | tuple[str, str] = ""
    own: bool = False
    """Whether a project declares it."""

    def __hash__(self) -> int:
        """Hash it by its name: records keep values by fields, and each look would hash all this."""
        return hash(self.name)

    @property
    def convert(self) -> Callable[..., Any]:
        """What reads it as an author writes it."""
        return self.type.convert

    @property
    def mended(self) -> Callable[..., str]:
        """What gives a text as it may have been meant, which cannot be read as it is."""
        return self.type.mended

    @cached_property
    def refers(self) -> Id | None:
        """Its type, if that refers to other objects."""
        return self.type if isinstance(self.type, Id) else None

    def leads_to(self, kind: Kind) -> bool:
        """Tell whether it is a relation that leads one way, to objects of a kind."""
        return bool(self.inverse and self.refers and self.refers.of is kind)

    @cached_property
    def json_name(self) -> str:
        """Its name in JSON, and of its column in CSV: ``inForce``."""
        return re.sub(r"[_-]+(\w)", lambda match: match[1].upper(), self.attribute)

    @property
    def schema(self) -> Data:
        """The JSON Schema of its value."""
        schema = self.type.schema
        about = {"description": self.about} if self.about else {}
        if self.type.separator or self.always:
            return schema | about
        if "enum" in schema:
            return {"enum": [*schema["enum"], None], **about}
        if schema.keys() == {"type"}:
            return {"type": [schema["type"], "null"], **about}
        return {"anyOf": [schema, {"type": "null"}], **about}


def label_of(name: str) -> str:
    """Give ``In force`` for ``in-force``: the one place where a field gets its words."""
    return name.replace("-", " ").capitalize()


TYPES: Mapping[str, type[FieldType]] = {
    "date": types.Date,
    "phrase": types.Phrase,
    "words": types.WordList,
    "languages": types.Languages,
    "number": types.Number,
    "duration": types.Length,
    "coordinates": types.Coordinates,
    "names": types.Names,
    "actors": types.Actors,
    "id": types.Id,
    "ids": types.Ids,
    "choice": types.Choice,
    "identifier": types.Identifier,
}
"""The types of fields by the words for them."""
_OF_THE_HOUSE: Mapping[str, type[FieldType]] = {
    "retired ids": types.RetiredIds,
    "citations": types.Citations,
    "reasons": types.Reasons,
    "wordings": types.Wordings,
}
"""Those for which a project has no use."""


def declare(kind: Kind, name: str, said: Mapping[str, Any], *, own: bool = False) -> Field:
    """Make a field of a kind of records from what is said of it, by the words of a field."""
    known: dict[str, Any] = {
        word: tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value
        for word, value in said.items()
    }
    if "of" in known:
        known["of"] = None if known["of"] == "actor" else Kind(known["of"])
    word = known.pop("type")
    made = TYPES.get(word) or _OF_THE_HOUSE[word]
    type = made(**{f.name: known.pop(f.name) for f in dataclasses.fields(made) if f.name in known})
    attribute = f"{kind.value}_kind" if name == "kind" else name.replace("-", "_")
    derived: dict[str, Any] = {
        "help": type.help,
        "label": label_of(name),
        "subtype": type.subtype,
        "column": name,
        "source": attribute,
        "life": "begins" if made is Date else "",
        "given": "calendar" if made is Date else "",
    }
    return Field(type=type, name=name, attribute=attribute, own=own, **derived | known)


Schema = Mapping[Kind, tuple[Field, ...]]
"""The fields of each kind of records, in their order."""


def _built_in() -> Schema:
    table = read_table(Path(__file__).with_name("fields.toml"))
    found = {}
    for kind in Kind:
        # a later declaration of one name keeps the place of the first, and nothing else of it
        said = [item for group in table["kinds"][kind.value] for item in table[group].items()]
        found[kind] = tuple(declare(kind, name, known) for name, known in dict(said).items())
    return found


BUILT_IN = _built_in()
"""The fields of the house; a project adds to them in :func:`.project.read_schema`."""
