"""The years and letters that tell works apart, and the order of a list.

Rules: *The Chicago Manual of Style*, 17th edition, 15.14–15.22, 15.44–45, 16.29–16.71.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.style.names import corporate, short_names
from sphinx_annals.citations.style.options import USUAL, Options
from sphinx_annals.language import ENGLISH, Language, message
from sphinx_annals.text import LAST, Words, filing_place, headword, is_number

_STATES = {
    "": message("n.d."),
    "inpreparation": message("in preparation"),
    "submitted": message("submitted"),
    "forthcoming": message("forthcoming"),
    "inpress": message("in press"),
    "prepublished": message("prepublished"),
}
"""What stands for the year of a work that has none, by biblatex's `pubstate`."""


def year_label(entry: Entry, letter: str = "", language: Language = ENGLISH) -> str:
    """Give the year with its letter; a reprint shows the first year in brackets: 2003 [1998]."""
    date = entry.date
    if date is None:
        state = entry.text("pubstate")
        year = language.gettext(_STATES.get(state, state))
        year = f"{year}-{letter}" if letter else year
    else:
        year = f"{date.year_in(language)}{letter}"
    first = entry.dated("origdate")
    again = first and first.year and (date is None or first.year != date.year)
    return f"{year} [{first.year_in(language)}]" if first and again else year


SortKey = tuple[tuple[Words, ...], int, int, Words, str]


def sort_key(entry: Entry) -> SortKey:
    """Order of a reference list: names, year (undated last), title, key."""
    date = entry.date
    undated = 2 if date is None else 1 if date.start is None and date.end is None else 0
    # Within a year the title decides, as its letters do, not the month (Chicago 15.20).
    year = date.sort_key[0] if date else 9999
    given = entry.text("sortyear")[:4]
    year = int(given) if is_number(given) else year
    title = filing_place(headword(entry.sort_title()))
    return (_filed_names(entry), undated, year, title, entry.key)


def _filed_names(entry: Entry) -> tuple[Words, ...]:
    given = entry.text("sortkey", "sortname")
    if given:
        return (filing_place(given),)
    _, names = entry.creators
    if names:
        keys = tuple(filing_place(f"{name.surname} {name.given}") for name in names.names)
        return (*keys, LAST) if names.others else keys
    return (filing_place(headword(corporate(entry) or entry.sort_title())),)


def letters(
    entries: Iterable[Entry], called: Mapping[str, str] | None = None, options: Options = USUAL
) -> dict[str, str]:
    """Give a, b, c … to works whose citation would read alike, in the order of the list.

    ``called`` is what tells namesakes apart before letters do, by ``names.namesakes``.
    """
    # Alike is what a reader sees alike: “Li et al. 1950” may be three works by three teams, and
    # the same authors of two years need no letter. A work of “n.d.” takes one as “n.d.-a”.
    alike: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        names = short_names(entry, options, first=(called or {}).get(entry.key, ""))
        alike[str(names), year_label(entry)].append(entry)
    # in the order in which the list sets them, so that a stands above b there
    return {
        entry.key: letter(index)
        for group in alike.values()
        if len(group) > 1
        for index, entry in enumerate(sorted(group, key=sort_key))
    }


def letter(index: int) -> str:
    """Count a, b … z, aa, ab …"""
    more, rest = divmod(index, 26)
    return (letter(more - 1) if more else "") + chr(ord("a") + rest)
