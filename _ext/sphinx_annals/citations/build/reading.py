"""The order in which one reads a document: a note is read where its mark stands.

By it notes are numbered, and the first on a work gives it in full. Annotations move what they
hold, each builder in its own way, so both are settled once a page stands as it will be shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent

from sphinx_annals.text import each_work

_Name = tuple[str, str]
_Wanted = Callable[[nodes.Element], bool]


def as_read(document: nodes.document, wanted: _Wanted) -> Iterator[nodes.Element]:
    """Give the wanted nodes as one reads: those of a note, and the note, where its mark stands.

    Notes without a mark come last.
    """
    waiting = dict.fromkeys(document.findall(nodes.footnote))
    named = {name: note for note in waiting for name in _names(note)}

    def within(top: nodes.Element) -> Iterator[nodes.Element]:
        for node in top.findall(nodes.Element):
            if isinstance(node, nodes.footnote_reference):
                note = named.get(_meant(node))
                if note in waiting:
                    waiting.pop(note)
                    yield from within(note)
            elif wanted(node) and (top is not document or not _in_a_note(node)):
                yield node

    yield from within(document)
    while waiting:
        note = next(iter(waiting))
        waiting.pop(note)
        yield from within(note)


def _names(note: nodes.footnote) -> Iterator[_Name]:
    """Give what marks call a note: by name, and once they are resolved by id in a document."""
    yield from (("", name) for name in (*note["names"], *note["dupnames"]))
    yield from ((note.get("docname", ""), identity) for identity in note["ids"])


def _meant(mark: nodes.Element) -> _Name:
    return ("", mark["refname"]) if "refname" in mark else _resolved(mark)


def _resolved(mark: nodes.Element) -> _Name:
    return mark.get("docname", ""), mark.get("refid", "")


def _in_a_note(node: nodes.Element) -> bool:
    return any(traverse_parent(node, nodes.footnote))


class NotesInOrder(SphinxPostTransform):
    """Number the notes of each document as it is shown, and tell which are first on a work.

    After annotations have moved what they hold (5), before citations are resolved (10).
    """

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Give each note its place, and the keys of the works that it gives in full."""
        if next(self.document.findall(nodes.footnote), None) is None:
            return
        seen: dict[str, set[str]] = defaultdict(set)
        notes: dict[str, list[nodes.footnote]] = defaultdict(list)
        for node in as_read(self.document, _is_note):
            if isinstance(node, nodes.footnote):
                notes[node.get("docname", "")].append(node)
            else:
                known = seen[node["refdoc"]]
                node["new"] = {work.key for work in each_work(node["targets"])} - known
                known |= node["new"]
        marks = list(self.document.findall(nodes.footnote_reference))
        for found in notes.values():
            if any("citation-note" in note["classes"] for note in found):
                _number(found, marks)


def _is_note(node: nodes.Element) -> bool:
    if isinstance(node, nodes.footnote):
        return bool(node.get("auto") == 1)
    return isinstance(node, addnodes.pending_xref) and node["reftype"] == "note"


def _number(notes: list[nodes.footnote], marks: Iterable[nodes.footnote_reference]) -> None:
    """Give notes, and the marks that refer to them, the numbers that they have in this order."""
    labels = [next(iter(note.findall(nodes.label))) for note in notes]
    numbers = sorted((label.astext() for label in labels), key=int)
    shown: dict[_Name, str] = {}
    for note, label, number in zip(notes, labels, numbers, strict=True):
        label.children = [nodes.Text(number)]
        shown |= dict.fromkeys(_names(note), number)
    for mark in marks:
        if number := shown.get(_resolved(mark), ""):
            mark.children = [nodes.Text(number)]
    for parent in dict.fromkeys(note.parent for note in notes):
        own = [note for note in notes if note.parent is parent]
        places = sorted(parent.index(note) for note in own)
        for place, note in zip(places, own, strict=True):
            parent[place] = note


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(NotesInOrder)
