"""Lists in one of pybtex's own styles (`:style: plain`), for projects that keep one.

An entry that such a style cannot set, whatever the reason, is set in the book's own style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from pybtex.database import Entry as PybtexEntry
from pybtex.database import Person
from pybtex.plugin import find_plugin

from citations import chicago
from citations.chicago import Options
from citations.model import Entry
from citations.render import to_nodes
from citations.richtext import safe_url

if TYPE_CHECKING:
    from citations.resolution import Resolution

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


def styled(style: str, entry: Entry, resolution: Resolution) -> list[nodes.Node]:
    """Set an entry in the named style: Chicago's other one, or one of pybtex."""
    if style in ("author-date", "notes"):
        options = Options(style, resolution.options.date_form, resolution.options.page_labels)
        letter = resolution.letters.get(entry.key, "")
        return to_nodes(chicago.reference(entry, letter, options))
    try:
        return _pybtex(style, entry)
    except Exception:
        return to_nodes(resolution.reference(entry))


def _pybtex(style: str, entry: Entry) -> list[nodes.Node]:
    formatter = find_plugin("pybtex.style.formatting", style)()
    backend = find_plugin("pybtex.backends", "docutils")()
    made = formatter.format_entry("", to_pybtex(entry))
    paragraph = backend.paragraph(made)
    for node in paragraph.findall(nodes.reference):
        if not safe_url(node.get("refuri", "")):
            node.replace_self(node.children)
    return list(paragraph.children)


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
    if entry.link:
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
