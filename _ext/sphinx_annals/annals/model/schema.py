"""A field of records, declared once: everything else that is known of options is derived from it.

A field stands on the class of its records, one attribute and one declaration::

    signed: HistoricalDate | None = stated(Date(), "Signature.", term="legislationDate")

Directives, checks, facts, tables, filters, exports, the editor and the reference ask
:func:`fields_of` for them, or :class:`~sphinx_annals.annals.model.project.Schema`, which adds
those that a project declares.
"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import Any, Self

from sphinx_annals.annals.model.shapes import Data, described
from sphinx_annals.annals.model.terms import Kind, Life
from sphinx_annals.annals.model.types import Date, FieldType, Id, is_stated


class Stands(Enum):
    """Where readers see a field."""

    HEAD = "head"
    """Among the facts under the title."""
    END = "end"
    """After the body, with what leads on from it."""
    TABLE = "table"
    """In tables alone, where an author asks for the column."""
    NOWHERE = "nowhere"
    """Not as a fact: elsewhere, in another form, or not at all."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What there is to know of a field.

    As authors write it: ``name`` is the option, ``help`` what to write, ``given`` the option that
    says how to read it, ``subtype`` that of a warning; unless ``written`` it is no option;
    ``usual`` ones are in the short snippet.

    What it means: ``about`` is a sentence, ``life`` what a date is in the life of the object,
    ``after`` the dates that come before it, ``inverse`` the name of the relation seen from the
    other object, which makes it one-way, ``closed`` that its list is complete by nature,
    ``synonyms`` what else sources call it, ``compared`` that accounts are compared with it.

    As readers see it: ``label``, where it ``stands``, ``qualifies`` the field behind which it
    stands in brackets, ``column`` its name in tables, ``rank`` its order where it is not as
    declared.

    In exports: unless ``exported`` it is in none; ``source`` is the attribute to export, if
    another, ``term`` the property in schema.org, two for the ends of a span.
    """

    type: FieldType
    about: str = ""
    attribute: str = ""
    name: str = ""
    help: str = ""
    label: str = ""
    subtype: str = ""
    given: str = ""
    written: bool = True
    usual: bool = False
    life: Life | None = None
    after: tuple[str, ...] = ()
    inverse: str = ""
    closed: bool = False
    synonyms: tuple[str, ...] = ()
    compared: bool = True
    stands: Stands = Stands.HEAD
    qualifies: str = ""
    column: str = ""
    rank: int = 0
    exported: bool = True
    source: str = ""
    term: str | tuple[str, str] = ""
    nullable: bool = True
    own: bool = False
    """Whether a project declares it; its value is then in the record's ``own``."""

    def named(self, attribute: str) -> Self:
        """Give it with all that follows from its attribute and its type."""
        name = self.name or attribute.replace("_", "-")
        return dataclasses.replace(
            self,
            attribute=attribute,
            name=name,
            help=self.help or self.type.help,
            label=self.label or label_of(name),
            subtype=self.subtype or self.type.subtype,
            column=self.column or name,
            source=self.source or attribute,
            life=self.life or (Life.BEGINS if isinstance(self.type, Date) else None),
        )

    @property
    def convert(self) -> Callable[..., Any]:
        """What reads it as an author writes it."""
        return self.type.convert

    @property
    def refers(self) -> Id | None:
        """Its type, if that refers to other objects."""
        return self.type if isinstance(self.type, Id) else None

    def leads_to(self, kind: Kind) -> bool:
        """Tell whether it is a relation that leads one way, to objects of a kind."""
        return bool(self.inverse and self.refers and self.refers.kind is kind)

    @cached_property
    def json_name(self) -> str:
        """Its name in JSON, and of its column in CSV: ``inForce``."""
        return re.sub(r"[_-]+(\w)", lambda match: match[1].upper(), self.attribute)

    @property
    def schema(self) -> Data:
        """The JSON Schema of its value."""
        schema, about = self.type.schema, described(self.about)
        if self.type.several or not self.nullable:
            return schema | about
        if "enum" in schema:
            return {"enum": [*schema["enum"], None], **about}
        if schema.keys() == {"type"}:
            return {"type": [schema["type"], "null"], **about}
        return {"anyOf": [schema, {"type": "null"}], **about}


def label_of(name: str) -> str:
    """Give ``In force`` for ``in-force``: the one place where a field gets its words."""
    return name.replace("-", " ").capitalize()


def stated(type: FieldType, about: str = "", *, default: Any = None, **known: Any) -> Any:
    """Declare a field of a record and its attribute."""
    value = type.empty if default is None else default
    known["nullable"] = not (is_stated(value) or "source" in known)
    field = Field(type=type, about=about, **known)
    return dataclasses.field(default=value, metadata={"annals": field})


def fields_of(record_type: Any) -> tuple[Field, ...]:
    """Give the fields that a class of records declares or inherits, in their order."""
    return _fields_of(record_type)


@cache  # which has a type checker ask whether classes of dataclasses can be hashed
def _fields_of(record_type: Any) -> tuple[Field, ...]:
    declared = [f for f in dataclasses.fields(record_type) if "annals" in f.metadata]
    fields: list[Field] = [f.metadata["annals"].named(f.name) for f in declared]
    return tuple(sorted(fields, key=lambda field: field.rank))
