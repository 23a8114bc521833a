"""The words of biblatex's model, and what other programs call them; kept as data beside it.

Types and fields: biblatex manual 3.19, sections 2.1 and 2.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sphinx_annals.text import read_table


def inverted(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give the name for each of its other names."""
    return {other: name for name, others in table.items() for other in others}


Form = (
    Literal["book", "item", "report", "chapter", "article", "daily", "periodical"]
    | Literal["thesis", "online", "letter", "archival"]
)
Dress = Literal["italic", "quoted", "bare", "by publication"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a type of works; biblatex.toml tells what each word means.

    ``type`` is that of its entries: its own name, or the type that it is set as.
    """

    name: str
    type: str
    group: str
    csl: str
    apart: bool
    form: Form = "book"
    title: Dress = "italic"
    requires: Sequence[str] = ("title",)
    expects: str = ""
    signed: bool = False
    dated: bool = True
    day: bool = True
    bodies: Sequence[str] = ()
    house: bool = False
    whole: bool = False
    genre: str = ""
    noun: str = ""


def kinds(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Kind]:
    """Read what is said of each type: what it leaves out is as in the type above it."""

    def said(name: str) -> dict[str, Any]:
        own = table[name]
        above = own.get("of") or own.get("as")
        return {**(said(above) if above else {}), **own}

    found: dict[str, Kind] = {}
    for name, own in table.items():
        values = {field: value for field, value in said(name).items() if field not in _PLACES}
        # a word without a group of its own goes with its type
        apart = "as" in own and "group" in own
        found[name] = Kind(name=name, type=own.get("as", name), apart=apart, **values)
    return found


_PLACES = ("of", "as", "also")
_DATA = read_table(Path(__file__).with_name("biblatex.toml"))

TYPES = kinds(_DATA["types"])
"""What is known of each type."""
KINDS: dict[str, Kind] = TYPES | {
    other: TYPES[name] for name, own in _DATA["types"].items() for other in own.get("also", ())
}
"""The same by every name that files have for a type."""
FIELD_ALIASES = inverted(_DATA["fields"])
NAME_FIELDS: tuple[str, ...] = tuple(_DATA["names"])
UNPRINTED: Mapping[str, str] = _DATA["unprinted"]
"""Fields that tell of a work and that no reference shows, each with the reason."""
TOLD = frozenset({*NAME_FIELDS, *_DATA["told"], *UNPRINTED} - {"shortauthor", "shorteditor"})
"""Fields that tell of a work."""
SERVING = frozenset(name for names in _DATA["serving"].values() for name in names.split())
"""Fields that are not printed and do something else."""
EASTERN = frozenset(_DATA["eastern"])
"""Languages whose names stand family name first."""
LANGUAGES = inverted(_DATA["languages"])
"""BCP 47 tags of languages by babel's names."""
GENRES: Mapping[str, Sequence[str]] = _DATA["genres"]
"""Kinds of theses and reports by biblatex's names, in full and as Chicago has them."""
EPRINTS: Mapping[str, str] = _DATA["eprints"]
"""Where papers lie that are known by a number."""
