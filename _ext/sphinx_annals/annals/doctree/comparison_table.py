"""Accounts and verdicts become comparisons: who says what, in whose words, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism.comparing import (
    Comparison,
    Reading,
    comparisons_of,
    property_of,
    property_title,
    shown_value,
)
from sphinx_annals.annals.criticism.values import Relation, read_value, relate
from sphinx_annals.annals.doctree.as_read import AsRead
from sphinx_annals.annals.doctree.folds import fold
from sphinx_annals.annals.doctree.nodes import apparatus
from sphinx_annals.annals.doctree.places import annotation_around
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import Cell, heading, make_table
from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.model.statements import Account, Statement, Verdict
from sphinx_annals.annals.model.terms import Stance

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

HEADERS = ("Account", "Says", "In its words")
WIDTHS = (26, 22, 30)

Here = Set[Statement]
"""What stands in one place, of which nothing need be said where it stands."""


class Comparisons:
    """Makes the comparisons of one document."""

    def __init__(self, env: BuildEnvironment, show: Renderer, document: nodes.document) -> None:
        self.show = show
        self.catalogue = show.catalogue
        self.html = show.builder.format == "html"
        self.folding = self.html and env.config.annals_fold_comparisons
        self.document = document
        self.as_read = AsRead(env, document)
        self._filled: set[tuple[Node | None, str, str]] = set()

    def fill(self) -> None:
        """Put a comparison in the place of the first of the notes on a property that stand
        together, and take the others away.
        """
        for group in self._groups():
            first = group[0]
            notes = [self._said_in(node) for node in group]
            comparison = self._comparison(notes[0])
            here = frozenset(notes)
            holder = annotation_around(first)
            inside = holder is not None and self._canonical(holder["record"]) == comparison.of
            goes_on = _object_above(first) == comparison.of
            made = self.make(comparison, first["docname"], here, named=not (inside or goes_on))
            made["of"] = comparison.of
            if holder is None:
                made["classes"].append("annals-apart")
            first.parent.replace(first, made)
            for node in group[1:]:
                node.parent.remove(node)

    def _groups(self) -> list[list[Element]]:
        found: dict[tuple[Node | None, str, str], list[Element]] = {}
        for node in self.as_read.present:
            note = self._said_in(node)
            key = (node.parent, self._canonical(note.of), property_of(note, self.catalogue))
            found.setdefault(key, []).append(node)
        self._filled = set(found)
        return list(found.values())

    def _said_in(self, node: Element) -> Statement:
        return self.catalogue.statements_of(node["docname"])[node["key"]]

    def _canonical(self, id: str) -> str:
        record = self.catalogue.find(id)
        return record.id if record else id

    def _comparison(self, note: Statement) -> Comparison:
        found = comparisons_of(self.catalogue, note.of)
        return next(c for c in found if c.property == property_of(note, self.catalogue))

    def elsewhere(self, node: Element, record: Record) -> list[Node]:
        """Point an annotation to the comparisons on it that stand in other places alone."""
        if self.catalogue.find(record.id) is not record:
            return []
        found: list[Node] = []
        for comparison in comparisons_of(self.catalogue, record.id):
            if (node, record.id, comparison.property) not in self._filled:
                found += [nodes.Text("; ") if found else nodes.strong("", "Compared elsewhere.")]
                found += self._pointer(comparison, self.show.at(record.docname))
        if not found:
            return []
        found.append(nodes.Text("."))
        pointer = nodes.paragraph("", "", *found, classes=["annals-elsewhere"])
        return [apparatus("", pointer) if self.show.paged else pointer]

    def _pointer(self, comparison: Comparison, show: Renderer) -> list[Node]:
        statements: list[Statement] = [*comparison.accounts, *comparison.verdicts]
        said = statements[0]
        link = show.place(said.docname, said.anchor, said.section)
        return [nodes.Text(" "), *self.caption(comparison), nodes.Text(", in "), link]

    def make(
        self,
        comparison: Comparison,
        docname: str,
        here: Here | None = None,
        *,
        named: bool = False,
    ) -> nodes.container:
        """Give the comparison in a document; ``here`` are the notes that stand in this place.
        It is ``named`` where readers would not know of which object it is.

        Notes that stand elsewhere are linked to, and their verdicts named. With None all are
        copied in full, as in a list of disputed points.
        """
        show = self.show.at(docname)
        node = apparatus(classes=["annals-comparison", f"annals-{comparison.status.value}"])
        caption = self.caption(comparison, named=named)
        rows = list(self._rows(comparison, show, here)) if comparison.accounts else []
        classes = ["annals-accounts"]
        if rows and self.html:
            node += make_table(HEADERS, rows, WIDTHS, caption=caption, classes=classes, html=True)
        else:
            node += heading(caption)
            items = [nodes.list_item("", *_line(*row)) for row in rows]
            node += [nodes.bullet_list("", *items, bullet="-", classes=classes)] if rows else []
        for verdict in comparison.verdicts:
            node += self._verdict(verdict, show, here)
        return fold(node, comparison) if self.folding else node

    def caption(self, comparison: Comparison, *, named: bool = False) -> list[Node]:
        """Give the property and how it stands: ``Expiry: left open``, or with the name of the
        object ``The treaty, expiry: left open``.
        """
        title = property_title(comparison, self.catalogue)
        record = self.catalogue.find(comparison.of)
        if named and record:
            title = f"{record.title}, {title[:1].lower()}{title[1:]}"
        return [
            nodes.Text(f"{title}: "),
            nodes.inline("", comparison.status.label, classes=["annals-status"]),
        ]

    def _rows(
        self, comparison: Comparison, show: Renderer, here: Here | None
    ) -> Iterator[list[Cell]]:
        first = here or ()
        for account in sorted(comparison.accounts, key=lambda account: account not in first):
            yield self._row(account, show, here)
        reading = own_reading(comparison)
        if reading:
            book = nodes.emphasis("", "This book" if self.html else "(this book)")
            yield [[book], show.values(reading.shown), []]

    def _row(self, account: Account, show: Renderer, here: Here | None) -> list[Cell]:
        present = here is not None and account in here
        source = self.as_read.statement(account)
        cite, said, *words = list(source) if present else self.borrowed(account, show)
        cell = [cite]
        if present:
            cell.insert(0, nodes.target("", "", ids=[account.anchor]))
        says = [said] if said.astext() else []
        if account.stance is not Stance.ASSERTS:
            says = [
                nodes.emphasis("", account.stance.value),
                nodes.Text(": " if says else ""),
                *says,
            ]
        words = _blocks(words)
        if here is not None and not present:
            link = show.place(account.docname, account.anchor, account.section)
            words.append(nodes.paragraph("", "", nodes.Text("Stands in "), link, nodes.Text(".")))
        return [cell, says, words]

    def borrowed(self, account: Account, show: Renderer) -> list[Node]:
        """Give the citation, the value and the words of an account that stands elsewhere."""
        source = self.as_read.statement(account)
        plain: list[Node] = [nodes.Text(str(account.citation)), nodes.Text(account.value)]
        return show.borrow(source, account.docname) or plain

    def _verdict(self, verdict: Verdict, show: Renderer, here: Here | None) -> list[Node]:
        source = self.as_read.statement(verdict)
        preferred = shown_value(verdict.prefers or "")
        word = f"Verdict: {preferred}." if preferred else "Verdict."
        head = nodes.strong("", word)
        if here is None:
            return _headed(head, show.borrow(source, verdict.docname))
        if verdict in here:
            target = nodes.target("", "", ids=[verdict.anchor])
            return _headed(nodes.inline("", "", target, head), list(source))
        link = show.place(verdict.docname, verdict.anchor, verdict.section)
        return [
            nodes.paragraph(
                "", "", head, nodes.Text(" The reasons stand in "), link, nodes.Text("."),
                classes=["annals-verdict"],
            )
        ]  # fmt: skip


def _object_above(node: Element) -> str | None:
    """Give the object of the comparison right before a note, if one stands there."""
    index = node.parent.index(node)
    above = node.parent.children[index - 1] if index else None
    return above.get("of") if isinstance(above, Element) else None


def own_reading(comparison: Comparison) -> Reading | None:
    """Give what the book itself says, where no verdict prefers the same."""
    reading = comparison.reading
    preferred = [read_value(verdict.prefers) for verdict in comparison.verdicts if verdict.prefers]
    if reading and any(relate(value, reading.value) is Relation.SAME for value in preferred):
        return None
    return reading


def _line(cite: Cell, says: Cell, words: Cell) -> list[Node]:
    """Give an account as an item of a list: what it says, who says so, in which words."""
    space = [nodes.Text(" ")] if says else []
    first = nodes.paragraph("", "", *says, *space, *cite)
    blocks = list(words)
    if blocks and isinstance(blocks[0], nodes.paragraph):
        first += [nodes.Text(": "), *blocks.pop(0).children]
    return [first, *blocks]


def _blocks(children: list[Node]) -> list[Node]:
    """Give blocks, with inline nodes at the beginning gathered in a paragraph."""
    inline = [c for c in children if isinstance(c, nodes.Inline | nodes.Text)]
    blocks = [c for c in children if not isinstance(c, nodes.Inline | nodes.Text)]
    return [nodes.paragraph("", "", *inline), *blocks] if inline else blocks


def _headed(head: Node, children: list[Node]) -> list[Node]:
    """Give blocks that begin with a run-in heading."""
    if children and isinstance(children[0], nodes.paragraph):
        first: Element = children[0]
        first.insert(0, [head, nodes.Text(" ")])
        blocks = children
    else:
        first = nodes.paragraph("", "", head)
        blocks = [first, *children]
    first["classes"].append("annals-verdict")
    return blocks
