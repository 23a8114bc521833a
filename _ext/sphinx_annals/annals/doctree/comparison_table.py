"""Comparisons as nodes: who says what, in whose words, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Set

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism import Comparison, own_reading, shown_value
from sphinx_annals.annals.doctree.folds import fold
from sphinx_annals.annals.doctree.nodes import apparatus
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import Cell, heading, make_table
from sphinx_annals.annals.model import Account, Stance, Statement, Verdict

HEADERS = ("Account", "Says", "In its words")
WIDTHS = (26, 22, 30)

Here = Set[Statement]
"""What stands in one place, of which nothing need be said where it stands."""


class ComparisonTable:
    """Makes comparisons in one document: tables in HTML, lists elsewhere."""

    def __init__(self, render: Renderer) -> None:
        self.render = render
        self.folding = render.html and render.env.config.annals_fold_comparisons

    def make(
        self, comparison: Comparison, here: Here | None = None, *, named: bool = False
    ) -> nodes.container:
        """Give a comparison; ``here`` are the statements that stand in this place. It is
        ``named`` where readers would not know of which object it is.

        Statements that stand elsewhere are linked to, and their verdicts named. With None all
        are copied in full, as in a list of disputed points.
        """
        node = apparatus(classes=["annals-comparison", f"annals-{comparison.status.value}"])
        title = caption(comparison, self.render, named=named)
        rows = list(self._rows(comparison, here)) if comparison.accounts else []
        classes = ["annals-accounts"]
        if rows and self.render.html:
            node += make_table(HEADERS, rows, WIDTHS, caption=title, classes=classes, html=True)
        else:
            node += heading(title)
            items = [nodes.list_item("", *_line(*row)) for row in rows]
            node += [nodes.bullet_list("", *items, bullet="-", classes=classes)] if rows else []
        for verdict in comparison.verdicts:
            node += self._verdict(verdict, here)
        return fold(node, comparison) if self.folding else node

    def _rows(self, comparison: Comparison, here: Here | None) -> Iterator[list[Cell]]:
        first = here or ()
        for account in sorted(comparison.accounts, key=lambda account: account not in first):
            yield self._row(account, here)
        reading = own_reading(comparison)
        if reading:
            book = nodes.emphasis("", "This book" if self.render.html else "(this book)")
            yield [[book], self.render.values(reading.shown), []]

    def _row(self, account: Account, here: Here | None) -> list[Cell]:
        present = here is not None and account in here
        if present:
            cite, said, *words = list(self.render.as_read.statement(account))
            cell = [nodes.target("", "", ids=[account.anchor]), cite]
        else:
            cite, said, *words = self.render.borrowed_statement(account)
            cell = [cite]
        words = _blocks(words)
        if here is not None and not present:
            text = [nodes.Text("Stands in "), self._place_of(account), nodes.Text(".")]
            words.append(nodes.paragraph("", "", *text))
        return [cell, says(account, said), words]

    def _place_of(self, said: Statement) -> Node:
        return self.render.place(said.docname, said.anchor, said.section)

    def _verdict(self, verdict: Verdict, here: Here | None) -> list[Node]:
        preferred = shown_value(verdict.prefers or "")
        head: Node = nodes.strong("", f"Verdict: {preferred}." if preferred else "Verdict.")
        if here is None:
            return _headed(head, self.render.borrowed_statement(verdict))
        if verdict in here:
            target = nodes.target("", "", ids=[verdict.anchor])
            head = nodes.inline("", "", target, head)
            return _headed(head, list(self.render.as_read.statement(verdict)))
        away = [nodes.Text("The reasons stand in "), self._place_of(verdict), nodes.Text(".")]
        return _headed(head, [nodes.paragraph("", "", *away)])


def caption(comparison: Comparison, render: Renderer, *, named: bool = False) -> list[Node]:
    """Give the property and how it stands: ``Expiry: left open``, or with the name of the
    object ``The treaty, expiry: left open``.
    """
    title = comparison.title
    record = render.catalogue.find(comparison.of)
    if named and record:
        title = f"{record.title}, {title[:1].lower()}{title[1:]}"
    status = nodes.inline("", comparison.status.label, classes=["annals-status"])
    return [nodes.Text(f"{title}: "), status]


def says(account: Account, said: Node) -> list[Node]:
    """Give what an account says, with its stance where it does more than assert it."""
    found = [said] if said.astext() else []
    if account.stance is Stance.ASSERTS:
        return found
    colon = [nodes.Text(": ")] if found else []
    return [nodes.emphasis("", account.stance.value), *colon, *found]


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
