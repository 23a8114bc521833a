"""Entries as items of CSL-JSON; what a work does not have is left out."""

import re
from collections.abc import Iterator
from typing import Any

from sphinx_annals.citations.entry import SEASONS, TYPES, Date, Entry, Name, Point, Rich, Span
from sphinx_annals.citations.formats.csl.reader import CUSTOM, DATES, NAMES, VARIABLES

Item = dict[str, Any]

NUMBERED = ("report", "patent", "legislation", "treaty", "standard", "legal_case", "hearing")
_APART = (
    "title issue number collection-number page genre language DOI URL archive-place chapter-number"
)
APART = frozenset(_APART.split())
"""Variables that are more than the text of a field."""


def item(entry: Entry) -> Item:
    """Give an entry as an item."""
    names = (entry.subtype, entry.declared_type, entry.type)
    kind = next(TYPES[name].csl for name in names if name in TYPES)
    kind = entry.text("csltype") or kind  # what it was before it was read
    people = ((name, [_person(n) for n in entry.names(role).names]) for name, role in NAMES.items())
    dates = ((name, _date(entry.dated(field))) for name, field in DATES.items())
    custom = {name: entry.text(name) for name in CUSTOM if entry.has(name)}
    if not {"box", "folder"} & custom.keys():  # else the place in the archive is more than that
        custom.pop("shelfmark", None)
    if "booktitle" not in entry.fields:  # where the main title is what holds the work
        custom = {name: text for name, text in custom.items() if not name.startswith("main")}
    pairs = (*_titles(entry), *_texts(entry, kind), *people, *dates, ("custom", custom))
    return {"id": entry.key, "type": kind} | {name: value for name, value in pairs if value}


def title(entry: Entry) -> str:
    """Give the title of a work with its subtitle, as plain text."""
    whole = entry.whole_title() or entry.whole_title("main")
    return str(whole) or entry.text("titleromanised", "titletranslated", "booktitle")


def _marked(text: Rich) -> str:
    """Give a text with the tags that CSL has for its appearance."""
    return "".join(map(_tagged, text))


def _tagged(span: Span) -> str:
    piece = span.text
    for wanted, opening in (
        (span.script, span.script),
        (span.caps, 'span style="font-variant:small-caps;"'),
        (span.bold, "b"),
        (span.italic, "i"),
    ):
        piece = f"<{opening}>{piece}</{opening.split()[0]}>" if wanted else piece
    return piece


def _titles(entry: Entry) -> Iterator[tuple[str, str]]:
    whole = entry.whole_title() or entry.whole_title("main")
    own = _marked(whole) or title(entry)
    yield "title", own
    containers = [_marked(entry.whole_title(part)) for part in ("book", "journal", "main")]
    container = next(filter(None, containers), "")
    # a book's booktitle is there for its chapters to inherit
    if entry.has("title") and container not in (own, entry.text("title")):
        yield "container-title", container


def _texts(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    for variable, fields in VARIABLES.items():
        if variable not in APART:
            yield variable, _marked(entry.rich(*fields))
    number = "number" if kind in NUMBERED or not entry.has("series") else "collection-number"
    if kind.startswith(("article", "periodical", "review")):
        number = "issue"
    yield number, entry.text("number", "issue")
    held = [(name, entry.text(name)) for name in ("box", "folder")]
    told = [f"{name} {text}" if text[:1].isdigit() else text for name, text in held]
    yield "archive_location", ", ".join(filter(None, (*told, entry.text("shelfmark"))))
    yield "page", re.sub(r"\s*[–—]+\s*|--+", "-", entry.text("pages"))
    yield "genre", entry.genre[0]
    yield "language", entry.tag or entry.text("langid", "language").lower()
    yield "DOI", entry.doi if entry.has("doi") else ""
    url = entry.verbatim("url")
    yield "URL", url if re.match(r"(https?|ftp)://\S+$", url) else ""


def _person(name: Name) -> Item:
    if name.corporate:
        return {"literal": name.family}
    particle = "dropping-particle" if name.dropping else "non-dropping-particle"
    parts = ("family", name.family), ("given", name.given), (particle, name.prefix)
    return {part: text for part, text in (*parts, ("suffix", name.suffix)) if text}


def _date(date: Date | None) -> Item | None:
    if date is None or date.literal.lower() in ("n.d.", "nd"):
        return None
    points = [point for point in (date.start, date.end) if point]
    if not date.start:
        return {"literal": date.literal or f"../{date.year.lstrip('–')}"}
    found: Item = {"date-parts": [_parts(point) for point in points]}
    if date.start.month in SEASONS:
        found["season"] = date.start.month - 20
    if any(point.uncertain or point.approximate for point in points):
        found["circa"] = True
    return found


def _parts(point: Point) -> list[int]:
    # a season stands in a variable of its own
    month = point.month if point.month <= 12 else 0
    # CSL has no year 0
    year = point.number if point.number > 0 else point.number - 1
    return [year, *filter(None, (month, month and point.day))]
