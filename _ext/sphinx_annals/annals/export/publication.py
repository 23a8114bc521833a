"""What all exports draw on: the records, the works, the text of the bodies, the addresses.

Pure, so that each format is a function from a publication to bytes.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from urllib.parse import quote

from sphinx_annals.annals.criticism import Compared, Comparison, Criticism
from sphinx_annals.annals.model import Record, Verdict
from sphinx_annals.dates import Day, HistoricalDate, as_date

_T = TypeVar("_T")
_LONGEST, _LETTERS = 200, 40
"""Bytes of a name for which folders have room, and letters that leave room for more."""


@dataclass(frozen=True)
class Site:
    """Where a project is published and what it is called.

    ``base`` is the address of the HTML output, ending in a slash, or empty where it is not
    known; ``page`` gives the address of a document relative to it, quoted as addresses are.
    """

    title: str
    version: str = ""
    language: str = "en"
    base: str = ""
    page: Callable[[str], str] = field(default=lambda docname: f"{quote(docname)}.html")
    permanent_ids: bool = True

    def url(self, record: Record) -> str:
        """Give the address of an annotation: absolute, or relative to the HTML output."""
        return self.section_url(record.docname, record.anchor)

    def address(self, record: Record) -> str:
        """Give the permanent address of an annotation if it has one, else where it stands."""
        return self.permanent(record.id) or self.url(record)

    def section_url(self, docname: str, anchor: str) -> str:
        """Give the address of a section, or of a page where it has no anchor."""
        return f"{self.base}{self.page(docname)}" + (f"#{quote(anchor)}" if anchor else "")

    def permanent(self, id: str) -> str | None:
        """Give the permanent address of an id, where such pages are written and it can be one."""
        if not self.permanent_ids or not is_path(id):
            return None
        return f"{self.base}id/{quote(id)}/"


@dataclass(frozen=True)
class Publication(Compared):
    """One book as exports see it; ``bodies`` gives the text of each annotation by id.

    ``criticism`` is what the sources say of each object, compared; ``reasons`` gives the text of
    verdicts as readers see it, references by name; ``stamp`` is the time that some formats want.
    """

    site: Site
    criticism: Criticism
    bodies: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[Verdict, str] = field(default_factory=dict)
    stamp: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    _shared: dict[Any, Any] = field(default_factory=dict)

    def once(self, make: Callable[["Publication"], _T]) -> _T:
        """Make something of it, once for all formats that share it."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return cast("_T", self._shared[make])

    def id_of_point(self, point: Comparison) -> str:
        """Give what a point is called beside objects, or nothing where an object is called so."""
        id = f"{point.of}/{point.property}"
        return "" if self.catalogue.find(id) else id


def is_path(id: str) -> bool:
    """Tell whether an id can name folders on every system, and none outside its own."""
    if any(c in '\\:*?"<>|' or ord(c) < 32 or "\ud800" <= c <= "\udfff" for c in id):
        return False
    return len(id.encode()) <= _LONGEST and all(
        # the page of an id is index.html in its folder
        part and part.strip(". ") == part and part.casefold() != "index.html"
        for part in id.split("/")
    )


def file_name(id: str) -> str:
    """Give an id as one name: letters, digits, ``-``, ``_`` and dots in any script.

    Ids that differ have names that differ, since what is left out is told by a digest.
    """
    name = re.sub(r"[^\w.-]+", "-", id).strip(".-")
    if name == id and len(name.encode()) <= _LONGEST:
        return name
    digest = hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{name[:_LETTERS]}-{digest}".lstrip("-")


def iso_date(date: HistoricalDate | None) -> str | None:
    """Give the ISO 8601 value of a certain point, of its own precision, or None."""
    if date is None or date.start is None or date.start != date.end or date.is_uncertain:
        return None
    return iso_day(date.earliest) if date.is_exact else date.start.iso


def iso_day(day: Day | None) -> str | None:
    """Give the ISO 8601 value of a day in the years 1 to 9999, or None."""
    found = as_date(day) if day else None
    return found.isoformat() if found else None
