"""Citations as notes: the ``notes`` style, the ``footcite`` roles, and ``footbibliography``.

A note is a docutils footnote, so every builder sets it as it sets the author's own: at the foot
of the page in print, as a linked note in HTML. What a note says is decided when it is resolved.
"""

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.authoring import WrittenDirective
from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.nodes import notes_heading
from sphinx_annals.citations.build.notes.numbering import OPENING, as_read, is_inside, opens_notes
from sphinx_annals.citations.build.roles import NOTED, new_id
from sphinx_annals.citations.build.writing import Writer, mark_headings
from sphinx_annals.fences.sphinx import number_footnotes, order_footnotes
from sphinx_annals.interfaces import IN_PLACE
from sphinx_annals.text import Citation
from sphinx_annals.walking import each

_CLOSING = "”’\"'»」』"
_PUNCTUATION = re.compile(
    rf"[{_CLOSING}]*[.,;:?!…。，、；：？！]+[{_CLOSING})）]*|[{_CLOSING}]+(?!\w)"
)
_ENDED = re.compile(rf"[.?!…。？！][{_CLOSING}]*\Z")
_FULL_STOP = re.compile(r"[.。](?!\.)")
_PAUSES = tuple(",;:，、；：")
_INLINE = (nodes.emphasis, nodes.strong, nodes.inline, nodes.reference)
_MARK = nodes.footnote_reference
_APART = "\N{NO-BREAK SPACE}"
NO_NOTES = (nodes.title, nodes.caption, nodes.term, nodes.entry)
"""Where a citation keeps its place."""
AUTHOR = {"t": "author", "ts": "authors", "ct": "cauthor", "cts": "cauthors"}


class notes_placeholder(nodes.General, nodes.Element):  # noqa: N801
    """Where the notes of ``footcite`` since the last such place go."""


class FootBibliography(WrittenDirective):
    """Marks the place of the notes; without it they stand at the end of the document."""

    slip = Subtype.OPTION

    def run(self) -> list[nodes.Node]:
        """Leave the header, if one is set, and a placeholder."""
        if self.arguments or self.options or (self.content and not self.is_open):
            self.warn_of_slip("takes neither words nor options; write them below it")
        header = self.config.bibtex_footbibliography_header
        heading: list[nodes.Node] = self.parse_text_to_nodes(header) if header else []
        return [*heading, notes_placeholder(), *self.parse_content_to_nodes()]


class Notes(SphinxTransform):
    """Turn citations into footnotes, before docutils numbers footnotes (620)."""

    default_priority = 300

    def apply(self, **kwargs: Any) -> None:
        """Give each citation that is a note its footnote, in the order of the text."""
        domain = domain_of(self.env)
        self.style = domain.options.style == "notes"
        self.waiting: list[nodes.footnote] = []
        self.made: dict[str, nodes.Element] = {}
        # most documents have neither, and every further look through one costs
        kinds = (addnodes.pending_xref, notes_placeholder, _MARK, nodes.title)
        found = [node for node in self.document.findall() if isinstance(node, kinds)]
        self._tell_apart(found)
        if any(isinstance(node, _MARK) or self._is_noted(node) for node in found):
            self._make()
            _keep_apart(self.document)
        # which knows no letters of years yet: update_headings gives headings their final text
        early = Writer(domain.library, domain.options)
        titles = (node for node in found if isinstance(node, nodes.title))
        mark_headings(titles, self.env.current_document.docname, early)

    def _tell_apart(self, found: Sequence[nodes.Node]) -> None:
        """Give each citation an id of its own: where a translation repeats one, Sphinx gives all
        of them that of the original.
        """
        taken = set()
        for node in found:
            if isinstance(node, addnodes.pending_xref) and "use" in node:
                if node["use"].id in taken:
                    node["ids"] = [new_id(self.env)]
                    node["use"] = node["use"]._replace(id=node["ids"][0])
                taken.add(node["use"].id)

    def _is_noted(self, node: nodes.Node) -> bool:
        """Tell whether a node is a citation that becomes a note, or a place for notes."""
        if isinstance(node, addnodes.pending_xref) and "use" in node:
            return self.style or node["use"].foot
        return isinstance(node, notes_placeholder)

    def _make(self) -> None:
        for node in list(as_read(self.document, self._is_noted)):
            if isinstance(node, notes_placeholder):
                self._put_notes(node)
            elif isinstance(node, addnodes.pending_xref):
                self._note(node)
        if self.waiting:
            told = domain_of(self.env).options.language.gettext("Notes")
            heading = notes_heading("", told, **{"heading-level": 2})
            self.document += [heading, *self.waiting]
        if self.made:
            number_footnotes(self.document)
            order_footnotes(self.document)

    def _put_notes(self, node: notes_placeholder) -> None:
        """Put the notes that wait in their place, which a label before it may have made a target.

        A note has an id of its own, by which its marks know it.
        """
        target = nodes.target("", "", ids=node["ids"], names=node["names"])
        for id in node["ids"]:
            self.document.ids[id] = target
        node.parent.replace(node, [*([target] if node["ids"] else []), *self.waiting])
        self.waiting = []

    def _note(self, node: addnodes.pending_xref) -> None:
        node["refdomain"] = "cite"
        if node["reftype"] not in NOTED:
            return
        if node.get(IN_PLACE) or is_inside(node, *NO_NOTES):
            if self.style:
                bare = node.get(IN_PLACE) or "p" not in node["reftype"]
                node["reftype"] = "short" if bare else "shortpar"
                if not bare:
                    _keep_off(node)
        elif not self._joins(node):
            if is_inside(node, nodes.footnote):
                node["reftype"] = "note"
            else:
                self._footnote(node)

    def _joins(self, node: addnodes.pending_xref) -> bool:
        """Put works into the note before, if only a blank parts the two: one mark for one place.

        Chicago 14.57: several citations for one place share a note, set off by semicolons.
        """
        before = _neighbour(node)
        if before is None or node["reftype"] in AUTHOR:
            return False
        marked = isinstance(before, _MARK)
        note = self.made.get(before.get("refname", "")) if marked else before
        if note is None or note.get("reftype") != "note":
            return False
        told = note["targets"]
        told += tuple(target for target in node["targets"] if target not in told)
        note.attributes |= {"targets": told, "reftarget": ", ".join(map(str, told))}
        before["use"] = before["use"]._replace(targets=told)
        parent = node.parent
        del parent[parent.index(before) + 1 : parent.index(node) + 1]
        if marked:
            _close_up(before)
        return True

    def _footnote(self, node: addnodes.pending_xref) -> None:
        """Put a mark behind the text of a citation, or in its place, and make the note of it."""
        targets, use, ids = node["targets"], node.attributes.pop("use"), node["ids"]
        node["ids"] = []
        name = f"citation-note-{len(self.made) + 1}"
        inner = self.made[name] = node.copy()
        inner.attributes |= {"reftype": "note", "stop": True}
        inner += nodes.inline("", node[0].astext())
        text = nodes.paragraph("", "", inner)
        note = nodes.footnote("", text, auto=1, names=[name], classes=["citation-note"])
        note.source, note.line = node.source, node.line
        self.document.note_autofootnote(note)
        self.document.note_explicit_target(note, note)
        self.waiting.append(note)
        # the mark takes over the id: it is what a link back leads to
        mark = nodes.footnote_reference("", auto=1, refname=name, ids=ids, use=use)
        self.document.note_footnote_ref(mark)
        if node["reftype"] in AUTHOR:
            node["reftype"] = AUTHOR[node["reftype"]]
            node["targets"] = tuple(Citation(t.key, prefix=t.prefix) for t in targets)
            node.parent.insert(node.parent.index(node) + 1, mark)
        else:
            node.replace_self(mark)
        _close_up(mark)


def _neighbour(node: nodes.Element) -> nodes.Element | None:
    """Give what stands before a node, or before the blank there."""
    siblings = node.parent.children[: node.parent.index(node)]
    if siblings and isinstance(siblings[-1], nodes.Text) and not siblings[-1].strip():
        siblings.pop()
    before = siblings[-1] if siblings else None
    return before if isinstance(before, nodes.Element) else None


def _keep_off(node: nodes.Element) -> None:
    """Put a space before brackets that the author wrote as a mark of a note is written."""
    parent, at = node.parent, node.parent.index(node)
    before = parent[at - 1].astext() if at else " "
    if before[-1:].strip():
        parent.insert(at, nodes.Text(" "))


def _close_up(mark: nodes.Element) -> None:
    """Let a mark stand close to what it follows, and behind the punctuation that it precedes.

    It leaves emphasis and links that end with it. Of marks in a row all stand there.
    """
    while isinstance(mark.parent, _INLINE) and mark.parent[-1] is mark:
        inner = mark.parent
        inner.remove(mark)
        inner.parent.insert(inner.parent.index(inner) + 1, mark)
        _trim(inner[-1] if len(inner) else None)
    parent = mark.parent
    _trim(parent[parent.index(mark) - 1] if parent.index(mark) else None)
    first = last = parent.index(mark)
    while first and (isinstance(parent[first - 1], _MARK) or parent[first - 1] == _APART):
        first -= 1
    if first < last:
        parent.insert(last, nodes.Text(_APART))
        last += 1
    # the author's own marks may follow
    while last + 1 < len(parent) and isinstance(parent[last + 1], _MARK):
        last += 1
    after = parent[last + 1] if last + 1 < len(parent) else None
    closing = _PUNCTUATION.match(after) if isinstance(after, nodes.Text) else None
    if closing:
        rest = closing.string[closing.end() :]
        parent[last + 1 : last + 2] = [nodes.Text(rest)] if rest else []
        _close(parent, first, closing[0])


def _close(parent: nodes.Element, at: int, closing: str) -> None:
    """Put punctuation to its text, but for the full stop of a sentence that has ended there; it
    takes the place of a comma, which parted the text from a citation, or two citations.
    """
    before = parent[at - 1] if at else nodes.Text("")
    if _ENDED.search(before.astext()) and _FULL_STOP.match(closing):
        closing = closing[1:]
    elif isinstance(before, nodes.Text) and before.endswith(_PAUSES) and closing[0] not in _CLOSING:
        parent[at - 1] = nodes.Text(before[:-1])
    if closing:
        parent.insert(at, nodes.Text(closing))


def _trim(before: nodes.Node | None) -> None:
    """Take the blanks away that a text ends with."""
    if isinstance(before, nodes.Text) and before != before.rstrip():
        # itself, and not the first of equal texts: “ and ” stands between all of them
        parent = before.parent
        at = next(at for at, child in enumerate(parent) if child is before)
        parent[at : at + 1] = [nodes.Text(kept)] if (kept := str(before).rstrip()) else []


def _keep_apart(document: nodes.document) -> None:
    """Keep neighbouring marks apart, whoever wrote them."""
    for mark in list(document.findall(_MARK)):
        at = mark.parent.index(mark)
        if at and isinstance(mark.parent[at - 1], _MARK):
            mark.parent.insert(at, nodes.Text(_APART))


class NotesAtTheFoot(SphinxPostTransform):
    """Take away what parts notes from the text, where they are set at the foot of the page."""

    default_priority = 5
    formats = ("latex", "texinfo", "typst")

    def run(self, **kwargs: Any) -> None:
        """Remove the headings of notes, and the rule that MyST draws over footnotes."""
        for node in each(self.document, *OPENING):
            if opens_notes(node):
                node.parent.remove(node)
