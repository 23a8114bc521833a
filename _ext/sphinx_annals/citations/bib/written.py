"""What the reading of .bib files yields, before anything is understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a .bib file: a code, what to do about it, and where."""

    code: str
    message: str
    path: str
    line: int
    key: str = ""


class Span(NamedTuple):
    """A piece of a text."""

    start: int
    end: int


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as the file has it: TeX source by lower-case field name.

    ``whole`` is its place in the text of the file, ``name`` that of its key.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    path: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    whole: Span = _NOWHERE
    name: Span = _NOWHERE


def as_bibtex(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Give an entry as a .bib file has it."""
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{told}}}"


@dataclass(frozen=True, slots=True)
class BibSource:
    """Everything that one file yields."""

    path: str
    entries: tuple[RawEntry, ...]
    findings: tuple[Finding, ...]
