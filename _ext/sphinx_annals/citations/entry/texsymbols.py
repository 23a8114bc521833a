"""What the TeX commands of bibliographies stand for; kept as data beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from sphinx_annals.citations.entry.vocabulary import inverted, read_table

_DATA = read_table(Path(__file__).with_name("tex.toml"))

ACCENTS: Mapping[str, str] = _DATA["accents"]
SYMBOLS: Mapping[str, str] = _DATA["symbols"]
STYLES = inverted(_DATA["styles"])
SWITCHES = frozenset(_DATA["switches"])
"""Styles that hold to the end of the group."""
MARKS: Mapping[str, str] = _DATA["marks"]
"""What commands put before and behind their argument."""
SWALLOW = frozenset(_DATA["swallow"])
"""Commands whose argument is not shown."""
DELIMITED = frozenset(_DATA["delimited"])
SIZED = frozenset(_DATA["sized"])


def letter(name: str) -> str:
    """Give the Greek or Cyrillic letter that a command names (`alpha`, `CYRYA`), or nothing."""
    if name[:3].lower() == "cyr":
        found: str = _DATA["cyrillic"].get(name[3:].lower(), "")
        return found.upper() if name.isupper() else found
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}") if len(name) > 1 else ""
    except KeyError:
        return ""
