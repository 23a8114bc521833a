"""Citations as notes: the `notes` style, the `footcite` roles, and `footbibliography`.

A note is a docutils footnote, so every builder sets it as it sets the author's own: at the foot
of the page in print, as a linked note in HTML. What a note says is decided when it is resolved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_annals.citations.build import headings
from sphinx_annals.citations.build.roles import PENDING
from sphinx_annals.text import Target

PLACED = "citations_notes_placed"
FULL, SHORT = "full", "short"
NOTED = frozenset({"p", "ps", "t", "ts", "ct", "cts"})
AUTHOR = {"t": "author", "ts": "authors", "ct": "cauthor", "cts": "cauthors"}


class notes_placeholder(nodes.General, nodes.Element):  # noqa: N801
    """Where the notes of `footcite` since the last such place go."""


class FootBibliography(SphinxDirective):
    """Marks the place of the notes; without it they stand at the end of the document."""

    has_content = False
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Leave the header, if one is set, and a placeholder."""
        header = self.config.bibtex_footbibliography_header
        heading: list[nodes.Node] = self.parse_text_to_nodes(header) if header else []
        self.env.current_document[PLACED] = True
        return [*heading, notes_placeholder()]


class Notes(SphinxTransform):
    """Turn citations into footnotes, before docutils numbers footnotes (620)."""

    default_priority = 300

    def apply(self, **kwargs: Any) -> None:
        """Give each citation that is a note its footnote, in the order of the text."""
        pending = self.env.current_document.get(PENDING) or []
        headings.mark(self.env, pending)
        style = self.config.citations_style == "notes"
        wanted = {id(n) for n in pending if n["refdomain"] == "footcite" or style}
        self.seen: set[str] = set()
        self.ready: dict[tuple[Target, ...], str] = {}
        self.waiting: list[nodes.footnote] = []
        self.marks: dict[int, nodes.footnote_reference] = {}
        if wanted or self.env.current_document.get(PLACED):
            for node in list(self.document.findall(_is_ours)):
                if isinstance(node, notes_placeholder):
                    self._flush(node)
                elif isinstance(node, addnodes.pending_xref) and id(node) in wanted:
                    self._note(node)
        if self.waiting:
            self.document += self.waiting
        if self.marks:
            self.env.current_document[PENDING] = [self.marks.get(id(n), n) for n in pending]
            _reorder(self.document)

    def _note(self, node: addnodes.pending_xref) -> None:
        foot = node["refdomain"] == "footcite"
        node["refdomain"] = "cite"
        if node["reftype"] not in NOTED:
            return
        if _inside(node, nodes.title, nodes.caption, nodes.term):
            return
        if _inside(node, nodes.footnote):
            node["forms"] = self._forms(node["targets"])
            node["reftype"] = "note"
            return
        self._footnote(node, foot=foot)

    def _forms(self, targets: Iterable[Target]) -> tuple[str, ...]:
        forms = []
        for target in targets:
            forms.append(SHORT if target.key in self.seen else FULL)
            self.seen.add(target.key)
        return tuple(forms)

    def _footnote(self, node: addnodes.pending_xref, *, foot: bool) -> None:
        targets = node["targets"]
        bare = foot and not any(target.prefix or target.locator for target in targets)
        name = self.ready.get(targets, "") if bare else ""
        if not name:
            name = self._made(node, targets)
            if bare:
                self.ready[targets] = name
        mark = nodes.footnote_reference("", auto=1, refname=name, ids=node["ids"])
        node["ids"] = []
        kind = AUTHOR.get(node["reftype"], "")
        if kind:
            node["reftype"] = kind
            node["targets"] = tuple(Target(t.key, t.prefix) for t in targets)
            parent = node.parent
            parent.insert(parent.index(node) + 1, mark)
        else:
            _close_up(node)
            node.replace_self(mark)
        self.marks[id(node)] = mark
        self.document.note_autofootnote_ref(mark)
        self.document.note_footnote_ref(mark)

    def _made(self, node: addnodes.pending_xref, targets: tuple[Target, ...]) -> str:
        name = f"citation-note-{len(self.marks) + 1}"
        inner = addnodes.pending_xref(
            "", nodes.inline("", node[0].astext()), refdomain="cite", reftype="note",
            reftarget=node["reftarget"], refdoc=node["refdoc"], refexplicit=False, refwarn=False,
            targets=targets, forms=self._forms(targets), stop=True)  # fmt: skip
        inner.source, inner.line = node.source, node.line
        note = nodes.footnote("", nodes.paragraph("", "", inner), auto=1, names=[name],
                              classes=["citation-note"])  # fmt: skip
        note.source, note.line = node.source, node.line
        self.document.note_autofootnote(note)
        self.document.note_explicit_target(note, note)
        self.waiting.append(note)
        return name

    def _flush(self, node: notes_placeholder) -> None:
        node.replace_self(self.waiting)
        self.waiting = []
        self.ready = {}


def _is_ours(node: nodes.Node) -> bool:
    return isinstance(node, notes_placeholder | addnodes.pending_xref)


def _inside(node: nodes.Node, *kinds: type) -> bool:
    parent: Any = node.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


def _close_up(node: nodes.Node) -> None:
    """A note mark stands close: drop the space before it, as a parenthesis needed one."""
    parent = node.parent
    index = parent.index(node)
    before = parent[index - 1] if index else None
    if isinstance(before, nodes.Text) and before != before.rstrip():
        parent[index - 1] = nodes.Text(before.rstrip())


def _reorder(document: nodes.document) -> None:
    """Number all footnotes of a document in the order in which the text refers to them."""
    marks = [node for node in document.findall(nodes.footnote_reference) if node.get("auto") == 1]
    document.autofootnote_refs = marks
    places: dict[str, int] = {}
    unnamed: list[int] = []
    for index, mark in enumerate(marks):
        if mark.get("refname"):
            places.setdefault(mark["refname"], index)
        else:
            unnamed.append(index)
    spare = iter(unnamed)
    order: dict[int, int] = {}
    for note in document.autofootnotes:
        names = note["names"] or note["dupnames"]
        found = next((places[name] for name in names if name in places), None)
        order[id(note)] = next(spare, len(marks)) if not names else (
            len(marks) if found is None else found)  # fmt: skip
    document.autofootnotes.sort(key=lambda note: order[id(note)])
