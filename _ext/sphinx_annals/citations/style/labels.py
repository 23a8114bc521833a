"""What stands in the text and opens an entry: short names, years, letters, the order of a list.

Rules: *The Chicago Manual of Style*, 17th edition, 14.76, 15.9–15.29, 16.29–16.71.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sphinx_annals.citations.entry import (
    Entry,
    Name,
    NameList,
    Rich,
    plain,
    quoted,
    rich,
    toggle_italic,
)
from sphinx_annals.text import LAST, Words, filing_place, headword

IN_TEXT_MAX = 3
IN_LIST_MAX = 10
IN_LIST_SHOWN = 7
_QUOTED = "article incollection inproceedings inreference inbook thesis online unpublished"
_CORPORATE = """
article      journaltitle
online       organization institution
report       institution organization
archival     institution organization
legal        institution organization
manual       organization
dataset      organization
software     organization
misc         organization
proceedings  organization
"""
CORPORATE = {kind: fields for kind, *fields in map(str.split, _CORPORATE.strip().splitlines())}
"""The fields that stand for the author of an unsigned work, by its type."""


def and_list(names: list[str]) -> str:
    """Join with commas and “and” (serial comma)."""
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def corporate(entry: Entry) -> str:
    """Give the body that stands for the author of an unsigned work, or empty."""
    return entry.text(*CORPORATE.get(entry.type, ()))


def short_names(entry: Entry, *, full: bool = False) -> Rich:
    """Give the names of a citation in the text; four or more become the first with “et al.”."""
    role, names = entry.creators
    short = entry.names("shortauthor" if role in ("author", "") else "shorteditor")
    names = short or names
    if names:
        shown = [name.surname for name in names.names]
        if not full and (len(shown) > IN_TEXT_MAX or names.others):
            return rich(f"{shown[0]} et al.")
        return rich(and_list(shown) + (" et al." if names.others else ""))
    label = entry.text("shorthand", "label")
    if label:
        return rich(label)
    body = corporate(entry)
    if body:
        return toggle_italic(rich(body)) if entry.type == "article" else rich(body)
    return short_title(entry)


def short_title(entry: Entry) -> Rich:
    """Give the short title, in the title's own dress; without one the title before its colon."""
    text = entry.rich("shorttitle")
    if not text:
        text = entry.rich("titleromanised", "title", "maintitle", "booktitle", "titletranslated")
        cut = plain(text).find(": ")
        if cut > 0:
            text = _clip(text, cut)
    if not text:
        return rich(entry.key)
    if plain(text).startswith("[") and plain(text).endswith("]"):
        return text
    return quoted(text) if is_quoted(entry) else toggle_italic(text)


def is_quoted(entry: Entry) -> bool:
    """Tell whether the title of a work stands in quotation marks, and not in italics."""
    if entry.type == "misc":
        return not entry.has("publisher", "isbn")
    return entry.type in _QUOTED.split()


def _clip(text: Rich, length: int) -> Rich:
    out = []
    for span in text:
        if length <= 0:
            break
        out.append(span._replace(text=span.text[:length]))
        length -= len(span.text)
    return tuple(out)


def year_label(entry: Entry, letter: str = "") -> str:
    """Give the year with its letter; a reprint shows the first year in brackets: 2003 [1998]."""
    date = entry.date
    if date is None:
        year = entry.pubstate or "n.d."
        year = {"inpress": "in press", "submitted": "submitted"}.get(year, year)
        year = f"{year}-{letter}" if letter else year
    else:
        year = f"{date.year}{letter}"
    first = entry.origdate.year if entry.origdate else ""
    return f"{year} [{first}]" if first and (date is None or first != date.year) else year


def with_original(name: Name, shown: str) -> str:
    """Add the name in its own script."""
    return f"{shown} {name.original}" if name.original else shown


def list_names(names: NameList, *, invert: bool = True) -> str:
    """Give the names that open an entry: the first inverted; of more than ten, seven are shown."""
    shown = [
        with_original(name, name.inverted if invert and not index else name.direct)
        for index, name in enumerate(names.names)
    ]
    if len(shown) > IN_LIST_MAX:
        return ", ".join(shown[:IN_LIST_SHOWN]) + ", et al."
    if names.others:
        return ", ".join(shown) + (", et al." if len(shown) > 1 or "," in shown[0] else " et al.")
    if len(shown) == 2 and invert and "," in shown[0]:
        return f"{shown[0]}, and {shown[1]}"
    return and_list(shown)


SortKey = tuple[tuple[Words, ...], int, tuple[int, int, int], Words, str]


def author_key(entry: Entry) -> tuple[Words, ...]:
    """Give the names as they are filed."""
    given = entry.text("sortkey", "sortname")
    if given:
        return (filing_place(given),)
    _, names = entry.creators
    if names:
        keys = tuple(filing_place(f"{name.surname} {name.given}") for name in names.names)
        return (*keys, LAST) if names.others else keys
    return (filing_place(headword(corporate(entry) or entry.sort_title())),)


def sort_key(entry: Entry) -> SortKey:
    """Order of a reference list: names, year (undated last), title, key."""
    date = entry.date
    undated = 2 if date is None else 1 if date.start is None and date.end is None else 0
    when = date.sort_key if date else (9999, 0, 0)
    given = entry.text("sortyear")
    if given[:4].isdigit():
        when = (int(given[:4]), 0, 0)
    # Within a year the title decides, as its letters do, not the month (Chicago 15.20).
    year_only = (when[0], 0, 0)
    title = filing_place(headword(entry.sort_title()))
    return (author_key(entry), undated, year_only, title, entry.key)


def letters(entries: Iterable[Entry]) -> dict[str, str]:
    """Give a, b, c … to works whose citation would read alike, in the order of the list."""
    # Alike is what a reader sees alike: “Li et al. 1950” may be three works by three teams, and
    # the same authors of two years need no letter. A work of “n.d.” takes one as “n.d.-a”.
    alike: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[plain(short_names(entry)), year_label(entry)].append(entry)
    found: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1:
            # in the order in which the list sets them, so that a stands above b there
            for index, entry in enumerate(sorted(group, key=sort_key)):
                found[entry.key] = letter(index)
    return found


def letter(index: int) -> str:
    """Count a, b … z, aa, ab …"""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
