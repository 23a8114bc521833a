"""Entries as items of CSL-JSON; what a work does not have is left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sphinx_annals.citations.entry import (
    NAME_FIELDS,
    SEASONS,
    TYPES,
    Date,
    Entry,
    Name,
    Rich,
    tagged,
)
from sphinx_annals.citations.formats.csl.reader import (
    CUSTOM,
    DATES,
    NAMES,
    VARIABLES,
    VERBATIM,
    own,
)

Item = dict[str, Any]

NUMBERED = ("report", "patent", "legislation", "treaty", "standard", "legal_case", "hearing")
_APART = (
    "title issue number collection-number page genre language DOI URL section"
    " chapter-number publisher publisher-place archive_location"
)
APART = frozenset(_APART.split())
"""Variables that are more than the text of a field."""
_OWN = {own(variable): variable for variable in VARIABLES}


def item(entry: Entry) -> Item:
    """Give an entry as an item."""
    names = (entry.subtype, entry.declared_type, entry.type)
    kind = next(TYPES[name].csl for name in names if name in TYPES)
    kind = entry.text("csltype") or kind  # what it was before it was read
    people = ((name, [_person(n) for n in entry.names(role).names]) for name, role in NAMES.items())
    dates = ((name, _date(entry.dated(field))) for name, field in DATES.items())
    pairs = (*_titles(entry), *_texts(entry, kind), *people, *dates, ("custom", _custom(entry)))
    return {"id": entry.key, "type": kind} | {name: value for name, value in pairs if value}


class LazyItem(Mapping[str, Any]):
    """An entry as an item that is made when somebody looks into it; few do, and it takes long.

    Its ``repr`` is that of the entry, and so tells whether the item would be another.
    """

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    @cached_property
    def _made(self) -> Item:
        return item(self._entry)

    def __getitem__(self, name: str) -> Any:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __repr__(self) -> str:
        return repr(self._entry)


def _custom(entry: Entry) -> dict[str, Any]:
    """Give what no variable tells: people as persons, the rest as plain text."""
    used = {*NAMES.values(), *DATES.values(), *_held(entry), "title", "subtitle", "pages", "eid"}
    for fields in (*VARIABLES.values(), ("number", "issue"), ("langid", "language")):
        used |= {*[field for field in fields if entry.has(field)][:1]}
    if not entry.has("title"):
        used |= {"maintitle", "mainsubtitle"}
    if entry.has("box", "folder"):  # the place in the archive is one text
        used.discard("shelfmark")
    return {name: _kept(entry, name) for name in entry.fields if name in CUSTOM - used}


def _kept(entry: Entry, name: str) -> list[Item] | str:
    if name in NAME_FIELDS:
        return [*map(_person, entry.names(name).names)]
    return entry.verbatim(name) if name in VERBATIM else entry.text(name)


def _held(entry: Entry) -> Sequence[str]:
    """Name the fields of what holds the work, if it tells of that."""
    for held in ("booktitle", "journaltitle", "maintitle"):
        if entry.has(held):
            return held, held.replace("title", "subtitle")
    return ("organization",) if entry.type == "online" and entry.has("organization") else ()


def title(entry: Entry) -> str:
    """Give the title of a work with its subtitle, as plain text."""
    whole = entry.whole_title() or entry.whole_title("main")
    return str(whole) or entry.text("titleromanised", "titletranslated", "booktitle")


def _marked(text: Rich) -> str:
    """Give a text with the tags that CSL has for its appearance."""
    small = 'span style="font-variant:small-caps;"'
    return "".join(
        tagged(s.text, {s.script: s.script, small: s.caps, "b": s.bold, "i": s.italic})
        for s in text
    )


def _titles(entry: Entry) -> Iterator[tuple[str, str]]:
    whole = entry.whole_title() or entry.whole_title("main")
    own = _marked(whole) or title(entry)
    yield "title", own
    held = next(iter(_held(entry)), "")
    whole = entry.whole_title(held[:-5]) if held.endswith("title") else entry.rich(held)
    container = _marked(whole)
    # a book's booktitle is there for its chapters to inherit
    apart = held in ("journaltitle", "organization") or container not in (own, entry.text("title"))
    if entry.has("title") and apart:
        yield "container-title", container


def _texts(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    for variable, fields in VARIABLES.items():
        if variable not in APART:
            yield variable, _marked(entry.rich(*fields))
    yield _among(entry, _numbers(entry, kind)), entry.text("number", "issue")
    if kind.startswith(_ISSUED):
        yield "number", entry.text("eid")
    sections = ("section", "chapter-number")
    sections = sections if kind.startswith(_DIVIDED) else sections[::-1]
    yield _among(entry, sections), entry.text("chapter")
    held = [(name, entry.text(name)) for name in ("box", "folder")]
    told = [f"{name} {text}" if text[:1].isdigit() else text for name, text in held]
    yield "archive_location", ", ".join(filter(None, (*told, entry.text("shelfmark"))))
    house = VARIABLES["publisher"]
    yield "publisher", entry.text(*(name for name in house if name not in _held(entry)))
    # papers lie where their archive is
    lies = kind in _PAPERS and entry.has("library", "archive", "collection")
    lies = lies and not entry.has("publisher", "archiveplace")
    yield "archive-place" if lies else "publisher-place", entry.text("location")
    yield "page", re.sub(r"\s*[–—]+\s*|--+", "-", entry.text("pages"))
    yield "genre", entry.genre[0]
    yield "language", entry.tag or entry.text("langid", "language").lower()
    yield "DOI", (entry.doi or entry.verbatim("doi")) if entry.has("doi") else ""
    url = entry.verbatim("url")
    yield "URL", url if re.match(r"(https?|ftp)://|www\.", url) else ""
    for field in entry.fields:
        if field in _OWN:
            yield _OWN[field], _marked(entry.rich(field))


def _numbers(entry: Entry, kind: str) -> Sequence[str]:
    """Give what a number counts, the likeliest first: issues, works, or volumes of a series."""
    if kind.startswith(_ISSUED):
        return "issue", "number", "collection-number"
    if kind in ("book", "chapter") or (kind not in NUMBERED and entry.has("series")):
        return "collection-number", "number", "issue"
    return "number", "issue", "collection-number"


def _among(entry: Entry, variables: Sequence[str]) -> str:
    """Give the first of the variables that is not kept apart."""
    free = (name for name in variables if not entry.has(own(name)))
    return next(free, variables[0])


_ISSUED = ("article-", "periodical", "review")
_DIVIDED = ("article", "bill", "hearing", "leg", "post", "regulation", "treaty", "webpage")
_PAPERS = ("collection", "manuscript", "personal_communication")


def _person(name: Name) -> Item:
    if name.corporate:
        return {"literal": name.family}
    particle = "dropping-particle" if name.dropping else "non-dropping-particle"
    parts = ("family", name.family), ("given", name.given), (particle, name.prefix)
    return {part: text for part, text in (*parts, ("suffix", name.suffix)) if text}


def _date(date: Date | None) -> Item | None:
    if date is None:
        return None
    points = [point for point in (date.start, date.end) if point]
    if not date.start:
        return {"literal": date.literal or f"../{date.year.lstrip('–')}"}
    found: Item = {"date-parts": [_parts(*point.numbers) for point in points]}
    if (season := date.start.numbers[1]) in SEASONS:
        found["season"] = season - 20
    if any(point.is_uncertain for point in points):
        found["circa"] = True
    return found


def _parts(year: int, month: int, day: int) -> list[int]:
    # a season stands in a variable of its own, and CSL has no year 0
    return [year if year > 0 else year - 1, *filter(None, (month if month <= 12 else 0, day))]
