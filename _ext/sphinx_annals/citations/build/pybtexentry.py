"""Entries as pybtex has them, and the labels and the order that its styles give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pybtex.database import Entry as PybtexEntry
from pybtex.database import Person
from pybtex.plugin import find_plugin

from sphinx_annals.citations.entry.dates import MONTHS
from sphinx_annals.citations.entry.model import Entry

TYPES: Mapping[str, str] = {
    "thesis": "phdthesis", "report": "techreport", "collection": "book", "online": "misc",
    "reference": "book", "inreference": "incollection",
}  # fmt: skip
PYBTEX_TYPES = frozenset({
    "article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual", "misc",
    "phdthesis", "proceedings", "techreport", "unpublished",
})  # fmt: skip
FIELDS: Mapping[str, str] = {
    "journaltitle": "journal", "location": "address", "institution": "school",
}  # fmt: skip
TITLES = frozenset({"title", "booktitle", "journal"})
_TEX = re.compile(r"[\\{}%&#_$~^]")
_SPELLED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def labelled(style: str, works: Sequence[tuple[str, Entry]],
             prefix: str = "") -> list[tuple[str, str, Entry]]:  # fmt: skip
    """Return key, label and entry in the style's order; a style that fails gives numbers.

    `works` come in the order of their citation, which styles such as `unsrt` keep.
    """
    made = [to_pybtex(entry) for _, entry in works]
    homes = {id(entry): work for entry, work in zip(made, works, strict=True)}
    try:
        formatter = find_plugin("pybtex.style.formatting", style)()
        ordered = list(formatter.sort(made))
        labels = [str(label) for label in formatter.format_labels(ordered)]
        found = [homes[id(entry)] for entry in ordered]
    except Exception:
        found, labels = list(works), []
    if len(labels) != len(found):
        labels = [str(number) for number in range(1, len(found) + 1)]
    return [(key, prefix + label, entry)
            for label, (key, entry) in zip(labels, found, strict=True)]  # fmt: skip


def escape(text: str) -> str:
    """Write characters so that TeX gives them back."""
    return _TEX.sub(lambda match: _SPELLED.get(match[0], "\\" + match[0]), text)


def to_pybtex(entry: Entry) -> PybtexEntry:
    """Translate an entry for pybtex: BibTeX's types and fields, titles that keep their capitals."""
    kind = TYPES.get(entry.type, entry.type)
    fields: dict[str, str] = {}
    for name in entry.fields:
        target = FIELDS.get(name, name)
        text = escape(entry.text(name))
        if text and name not in ("date", "month", "url"):
            fields[target] = "{" + text + "}" if target in TITLES else text
    if entry.date:
        fields["year"] = escape(entry.date.year)
        month = entry.date.start.month if entry.date.start else 0
        if 1 <= month <= 12:
            fields["month"] = MONTHS[month - 1]
    if entry.link and entry.has("url") and not entry.doi:
        fields["url"] = entry.link
    if entry.has("institution"):
        fields["institution"] = escape(entry.text("institution"))
    persons = {role: [_person(name.prefix, name.family, name.given, name.suffix)
                      for name in entry.names(role).names]
               for role in ("author", "editor") if entry.names(role)}  # fmt: skip
    made = PybtexEntry(kind if kind in PYBTEX_TYPES else "misc", fields=fields, persons=persons)
    made.key = entry.key
    return made


def _person(prefix: str, family: str, given: str, suffix: str) -> Person:
    person = Person()
    person.first_names = [escape(word) for word in given.split()]
    person.prelast_names = [escape(word) for word in prefix.split()]
    person.last_names = [escape(word) for word in family.split()]
    person.lineage_names = [escape(word) for word in suffix.split()]
    return person
