"""The words of biblatex's model, and what other programs call them; kept as data beside it.

Types and fields: biblatex manual 3.19, sections 2.1 and 2.2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def read_table(path: Path) -> dict[str, Any]:
    """Read a table of data that belongs to the code."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def inverted(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give the name for each of its other names."""
    return {other: name for name, others in table.items() for other in others}


_DATA = read_table(Path(__file__).with_name("biblatex.toml"))

TYPES = frozenset(_DATA["types"])
TYPE_ALIASES = inverted(_DATA["types"])
KNOWN_TYPES = TYPES | TYPE_ALIASES.keys()
SUBTYPES = inverted(_DATA["subtypes"])
THESES = inverted(_DATA["theses"])
FIELD_ALIASES = inverted(_DATA["fields"])
NAME_FIELDS: tuple[str, ...] = tuple(_DATA["names"])
EASTERN = frozenset(_DATA["eastern"])
"""Languages whose names stand family name first."""
LANGUAGES = inverted(_DATA["languages"])
"""BCP 47 tags of languages by babel's names."""
EPRINTS: Mapping[str, str] = _DATA["eprints"]
"""Where papers lie that are known by a number."""
