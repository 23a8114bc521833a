"""The general index at the end of a book, as it files: one arrangement on the web and on paper."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from sphinx_annals.text.collate import filing_key, initial, one_entry

IndexLinks = list[tuple[str, str]]
IndexLine = tuple[str, tuple[IndexLinks, list[tuple[str, IndexLinks]], str | None]]
"""A line as Sphinx has it: its name, its links (emphasis, address), its sub-entries, its letter."""
IndexGroups = list[tuple[str, list[IndexLine]]]


def arranged(lines: Iterable[IndexLine], forms: Mapping[str, str]) -> IndexGroups:
    """File the lines of an index under their headings, which is empty for numbers and signs.

    Several words that differ in capitals alone are one line, with the name that came first.
    ``forms`` are the texts by which lines file that do not as they stand.
    """
    merged: dict[str, IndexLine] = {}
    for name, (links, below, letter) in lines:
        first = merged.setdefault(one_entry(name), (name, ([], [], letter)))
        first[1][0].extend(links)
        first[1][1].extend(below)
    for _name, (_links, subs, _letter) in merged.values():
        subs.sort(key=lambda sub: filing_key(sub[0]))

    def form(line: IndexLine) -> str:
        return forms.get(line[0], line[0])

    filed_lines = sorted(merged.values(), key=lambda line: (filing_key(form(line)), line[0]))
    groups = groupby(filed_lines, key=lambda line: initial(form(line)))
    return [(heading, list(found)) for heading, found in groups]
