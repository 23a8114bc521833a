"""Lists in one of pybtex's own styles (``:style: plain``), for projects that keep one.

An entry that such a style cannot set, whatever the reason, is set in the book's own style.
"""

from collections.abc import Sequence

from docutils import nodes
from pybtex.database import Entry as PybtexEntry
from pybtex.database import Person

from sphinx_annals.citations.build.nodes import to_nodes
from sphinx_annals.citations.entry import Entry, Name, Rich, escape, safe_url
from sphinx_annals.dates import MONTHS
from sphinx_annals.fences import bibtex

_TYPES = {
    "thesis": "phdthesis",
    "report": "techreport",
    "collection": "book",
    "reference": "book",
    "inreference": "incollection",
}
_KNOWN = (
    "article book booklet inbook incollection inproceedings manual misc phdthesis proceedings "
    "techreport unpublished"
)
_FIELDS = {"journaltitle": "journal", "location": "address", "institution": "school"}


def styled(style: str, entry: Entry, otherwise: Rich) -> list[nodes.Node]:
    """Set an entry in a style of pybtex, or give the text for it where the style fails."""
    try:
        paragraph = bibtex.formatted(style, to_pybtex(entry))
    except Exception:  # a style is anybody's code
        return to_nodes(otherwise)
    for node in paragraph.findall(nodes.reference):
        if not safe_url(node.get("refuri", "")):
            node.replace_self(node.children)
    return list(paragraph.children)


def labelled(style: str, entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """Give the places of entries in the style's order, with its labels; numbers where it fails."""
    made = [to_pybtex(entry) for entry in entries]
    # by identity: the style gives the very entries back, and two may be equal
    places = {id(item): index for index, item in enumerate(made)}
    try:
        return [(places[id(item)], label) for item, label in bibtex.in_order(style, made)]
    except Exception:  # a style is anybody's code
        return [(index, str(index + 1)) for index in range(len(made))]


def to_pybtex(entry: Entry) -> PybtexEntry:
    """Translate an entry for pybtex: BibTeX's types and fields, titles that keep their capitals."""
    kind = _TYPES.get(entry.type, entry.type)
    texts = {name: escape(entry.text(name)) for name in entry.fields}
    fields = {_FIELDS.get(name, name): text for name, text in texts.items() if text}
    for name in ("date", "month", "url"):
        fields.pop(name, None)
    for name in ("title", "booktitle", "journal"):
        if name in fields:
            fields[name] = f"{{{fields[name]}}}"
    if "school" in fields:  # a thesis has a school, a report an institution
        fields["institution"] = fields["school"]
    if entry.has("type"):
        fields["type"] = escape(entry.genre[0])
    if entry.date:
        fields["year"] = escape(entry.date.year)
        month = entry.date.start.numbers[1] if entry.date.start else 0
        if 1 <= month <= 12:
            fields["month"] = MONTHS[month]
    if entry.link and entry.has("url") and not entry.doi:
        fields["url"] = entry.link
    roles = {role: entry.names(role).names for role in ("author", "editor")}
    persons = {role: [_person(name) for name in names] for role, names in roles.items() if names}
    made = PybtexEntry(kind if kind in _KNOWN.split() else "misc", fields, persons)
    made.key = entry.key
    return made


def _person(name: Name) -> Person:
    person = Person()
    person.first_names = escape(name.given).split()
    person.prelast_names = escape(name.prefix).split()
    person.last_names = escape(name.family).split()
    person.lineage_names = escape(name.suffix).split()
    return person
