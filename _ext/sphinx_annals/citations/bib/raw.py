"""What the reading of .bib files yields, before anything is understood of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a .bib file: a code, what to do about it, and where."""

    code: str
    message: str
    path: str
    line: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as the file has it: TeX source by lower-case field name."""

    key: str
    type: str
    fields: Mapping[str, str]
    path: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BibSource:
    """Everything that one file yields."""

    path: str
    entries: tuple[RawEntry, ...]
    findings: tuple[Finding, ...]
