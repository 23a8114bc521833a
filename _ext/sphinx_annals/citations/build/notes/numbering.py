"""The order in which one reads a document: a note is read where its mark stands.

By it notes are numbered, and the first on a work gives it in full. Annotations move what they
hold, each builder in its own way, so both are settled once a page stands as it will be shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent

from sphinx_annals.citations.build.conditions import drop
from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.nodes import notes_heading
from sphinx_annals.text import each_work
from sphinx_annals.walking import each

_Name = tuple[str, str]
_Wanted = Callable[[nodes.Element], bool]


def as_read(document: nodes.document, wanted: _Wanted) -> Iterator[nodes.Element]:
    """Give the wanted nodes as one reads: those of a note, and the note, where its mark stands.

    Notes without a mark come last.
    """
    waiting = dict.fromkeys(document.findall(nodes.footnote))
    named = {name: note for note in waiting for name in _names(note)}

    def within(top: nodes.Element) -> Iterator[nodes.Element]:
        # each note that is being read with what is left of it: no recursion, since thousands of
        # notes may lead from one to the next
        read = [(top, top.findall(nodes.Element))]
        while read:
            top, rest = read[-1]
            node = next(rest, None)
            if node is None:
                read.pop()
            elif isinstance(node, nodes.footnote_reference):
                by_name = ("", node["refname"]) if "refname" in node else None
                note = named.get(by_name or _resolved(node))
                if note in waiting:
                    waiting.pop(note)
                    read.append((note, note.findall(nodes.Element)))
            elif wanted(node) and (top is not document or not is_inside(node, nodes.footnote)):
                yield node

    yield from within(document)
    while waiting:
        note = next(iter(waiting))
        waiting.pop(note)
        yield from within(note)


def is_inside(node: nodes.Element, *kinds: type) -> bool:
    """Tell whether a node is of a kind, or stands in one that is."""
    return any(traverse_parent(node, kinds))


def _names(note: nodes.footnote) -> Iterator[_Name]:
    """Give what marks call a note: by name, and once they are resolved by id in a document."""
    yield from (("", name) for name in (*note["names"], *note["dupnames"]))
    yield from ((note.get("docname", ""), identity) for identity in note["ids"])


def _resolved(mark: nodes.Element) -> _Name:
    return mark.get("docname", ""), mark.get("refid", "")


class NotesInOrder(SphinxPostTransform):
    """Number the notes of each document as it is shown, and tell which are first on a work.

    After annotations have moved what they hold (5), before citations are resolved (10).
    """

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Give each note its place, and the keys of the works that it gives in full."""
        every = each(self.document, nodes.footnote)
        if not every:
            return
        numbers: dict[str, list[str]] = defaultdict(list)
        for note in filter(_is_note, every):
            numbers[note.get("docname", "")].append(note[0].astext())
        self._drop()
        seen: dict[str, set[str]] = defaultdict(set)
        notes: dict[str, list[nodes.footnote]] = defaultdict(list)
        for node in as_read(self.document, _is_note):
            if isinstance(node, nodes.footnote):
                notes[node.get("docname", "")].append(node)
            else:
                known = seen[node["refdoc"]]
                node["new"] = {work.key for work in each_work(node["targets"])} - known
                known |= node["new"]
        marks = each(self.document, nodes.footnote_reference)
        for docname, found in notes.items():
            if any("citation-note" in note["classes"] for note in found):
                _number(found, marks, sorted(numbers[docname], key=int))

    def _drop(self) -> None:
        """Take away what the builder leaves out, with the notes whose marks stand in it."""
        drop(self.document, domain_of(self.env).builder)
        meant = {_resolved(mark) for mark in each(self.document, nodes.footnote_reference)}
        for note in each(self.document, nodes.footnote):
            if "citation-note" in note["classes"] and meant.isdisjoint(_names(note)):
                note.parent.remove(note)
        for opening in filter(opens_notes, each(self.document, *OPENING)):
            after = opening.parent[opening.parent.index(opening) :]
            if not any(isinstance(node, nodes.footnote) for node in after):
                opening.parent.remove(opening)


#: What may part notes from the text.
OPENING = (nodes.transition, notes_heading)


def opens_notes(node: nodes.Node) -> bool:
    """Tell whether a node parts notes from the text: a heading, or the rule of MyST."""
    rule = isinstance(node, nodes.transition) and "footnotes" in node["classes"]
    return rule or isinstance(node, notes_heading)


def _is_note(node: nodes.Element) -> bool:
    if isinstance(node, nodes.footnote):
        return bool(node.get("auto") == 1)
    return isinstance(node, addnodes.pending_xref) and node["reftype"] == "note"


def _number(
    notes: list[nodes.footnote], marks: Iterable[nodes.footnote_reference], numbers: Sequence[str]
) -> None:
    """Give notes, and the marks that refer to them, the first of the numbers in this order."""
    labels = [next(iter(note.findall(nodes.label))) for note in notes]
    shown: dict[_Name, str] = {}
    for note, label, number in zip(notes, labels, numbers, strict=False):
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
