"""Comparisons as nodes: who says what, in whose words, and how it stands."""

from collections.abc import Iterator, Set

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.criticism import Comparison, own_reading, shown_value
from sphinx_annals.annals.doctree.nodes import apparatus, folded, folded_summary
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import Cell, heading, make_table
from sphinx_annals.annals.model import Account, Statement, Verdict

HEADERS = ("Account", "Says", "In its words")
WIDTHS = (26, 22, 30)

Here = Set[Statement]
"""What stands in one place, of which nothing need be said where it stands."""


def compare(
    comparison: Comparison, render: Renderer, here: Here | None = None, *, named: bool = False
) -> nodes.container:
    """Give a comparison, a table in HTML and a list elsewhere; ``here`` are the statements that
    stand in this place. It is ``named`` where readers would not know of which object it is.

    Statements that stand elsewhere are linked to, and their verdicts named. With None all
    are copied in full, as in a list of disputed points.
    """
    node = apparatus(classes=["annals-comparison", f"annals-{comparison.status.value}"])
    title = caption(comparison, render, named=named)
    rows = list(_rows(comparison, here, render)) if comparison.accounts else []
    # what is folded away is counted in full; in the open readers count what is said themselves
    more = [nodes.Text(f" ({comparison.counted()})")] if comparison.is_dependent() else []
    classes = ["annals-accounts"]
    folding = bool(rows) and render.html and render.env.config.annals_fold_comparisons
    if rows and render.html:
        above = [] if folding else [*title, *more]
        node += make_table(HEADERS, rows, WIDTHS, caption=above, classes=classes, html=True)
    else:
        node += heading([*title, *more])
        items = [nodes.list_item("", *_line(*row)) for row in rows]
        node += [nodes.bullet_list("", *items, bullet="-", classes=classes)] if rows else []
    for verdict in comparison.verdicts:
        node += _verdict(verdict, here, render)
    return _fold(node, title, comparison) if folding else node


def _fold(shown: nodes.container, title: list[Node], comparison: Comparison) -> folded:
    """Fold a comparison under its title, what the editors prefer, and the number of accounts."""
    table = shown.next_node(nodes.table)
    assert table is not None
    table["label"] = "".join(node.astext() for node in title)
    label, status = title
    preferred = next((v.prefers for v in comparison.verdicts if v.prefers), "")
    remark = f" ({shown_value(preferred)})" if preferred else ""
    remark += f", {comparison.counted()}" if len(comparison.accounts) > 1 else ""
    line = folded_summary("", "", nodes.strong("", "", label), status, nodes.Text(remark))
    return folded("", line, *shown.children, classes=shown["classes"])


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


def _rows(comparison: Comparison, here: Here | None, render: Renderer) -> Iterator[list[Cell]]:
    first = here or ()
    for account in sorted(comparison.accounts, key=lambda account: account not in first):
        yield _row(account, here, render)
    reading = own_reading(comparison)
    if reading:
        book = nodes.emphasis("", "This book" if render.html else "(this book)")
        yield [[book], render.values(reading.shown), []]


def _row(account: Account, here: Here | None, render: Renderer) -> list[Cell]:
    if here is not None and account in here:
        cite, said, *words = list(render.as_read.statement(account))
        cell = [nodes.target("", "", ids=[account.anchor]), cite]
    else:
        cite, said, *words = render.borrowed_statement(account)
        cell = [cite]
    # remarks that begin with inline nodes need a paragraph round these
    inline = [word for word in words if isinstance(word, nodes.Inline | nodes.Text)]
    blocks = [word for word in words if word not in inline]
    if inline:
        blocks.insert(0, nodes.paragraph("", "", *inline))
    if here is not None and account not in here:
        text = [nodes.Text("Stands in "), render.place_of(account), nodes.Text(".")]
        blocks.append(nodes.paragraph("", "", *text))
    return [cell, says(account, said), blocks]


def says(account: Account, said: Node) -> list[Node]:
    """Give what an account says, with its stance where it does more than assert it."""
    found = [said] if said.astext() else []
    if account.stance == "asserts":
        return found
    colon = [nodes.Text(": ")] if found else []
    return [nodes.emphasis("", account.stance), *colon, *found]


def _line(cite: Cell, says: Cell, words: Cell) -> list[Node]:
    """Give an account as an item of a list: what it says, who says so, in which words."""
    space = [nodes.Text(" ")] if says else []
    first = nodes.paragraph("", "", *says, *space, *cite)
    blocks = list(words)
    if blocks and isinstance(blocks[0], nodes.paragraph):
        first += [nodes.Text(": "), *blocks.pop(0).children]
    return [first, *blocks]


def _verdict(verdict: Verdict, here: Here | None, render: Renderer) -> list[Node]:
    """Give the reasons of a verdict, or where they stand, under a heading run in."""
    preferred = shown_value(verdict.prefers or "")
    head: Node = nodes.strong("", f"Verdict: {preferred}." if preferred else "Verdict.")
    if here is None:
        blocks = render.borrowed_statement(verdict)
    elif verdict in here:
        head = nodes.inline("", "", nodes.target("", "", ids=[verdict.anchor]), head)
        blocks = list(render.as_read.statement(verdict))
    else:
        away = [nodes.Text("The reasons stand in "), render.place_of(verdict), nodes.Text(".")]
        blocks = [nodes.paragraph("", "", *away)]
    first = blocks[0] if blocks else None
    if isinstance(first, nodes.paragraph):
        first.insert(0, [head, nodes.Text(" ")])
    else:
        first = nodes.paragraph("", "", head)
        blocks.insert(0, first)
    first["classes"].append("annals-verdict")
    return blocks


def setup(app: Sphinx) -> None:
    """Register the setting, and the button that opens all."""

    def add_script(app: Sphinx) -> None:
        if app.builder.format == "html" and app.config.annals_fold_comparisons:
            app.add_js_file("comparisons.js", loading_method="defer")

    about = "Fold the comparisons of accounts away in HTML, under one line each"
    app.add_config_value("annals_fold_comparisons", True, "html", frozenset({bool}), about)
    app.connect("builder-inited", add_script)
