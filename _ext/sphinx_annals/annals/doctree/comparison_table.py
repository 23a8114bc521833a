"""Comparisons as nodes: what is in question, the answer, who says what, and how it stands."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_annals.annals.criticism import Comparison, own_reading
from sphinx_annals.annals.doctree.marked import nodes_of
from sphinx_annals.annals.doctree.nodes import (
    DRAWS_ON,
    apparatus,
    filled,
    fold,
    joined,
    permalink,
    seen,
)
from sphinx_annals.annals.doctree.references import cites
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import Cell, make_table
from sphinx_annals.annals.model import Account, Statement, Verdict, phrase_of, run_of
from sphinx_annals.annals.paths import STATIC
from sphinx_annals.extension import add_script
from sphinx_annals.language import Language, message
from sphinx_annals.settings import add_setting
from sphinx_annals.text import sentence_end

HEADERS = message("Account"), message("Says"), message("In its words")
WIDTHS = (26, 22, 30)


def compare(
    comparison: Comparison,
    render: Renderer,
    *,
    at_home: bool = False,
    named: bool = False,
    listed: bool = False,
) -> nodes.container:
    """Give a comparison: in HTML a line that opens to a table and the verdict, elsewhere the
    verdict with the accounts run in.

    ``at_home`` is the one place of the point, which links lead to; other places have copies. It is
    ``named`` where readers would not know of which object it is. ``listed`` ones always fold.
    """
    classes = ["annals-comparison", f"annals-{comparison.status.value}"]
    ids = [comparison.home.anchor] if at_home else []
    title = name_of(comparison, render, named=named)
    reasons = [_Reasons(verdict, comparison, at_home, render) for verdict in comparison.verdicts]
    rows = list(_rows(comparison, at_home, render)) if comparison.accounts else []
    if not render.html:
        # not every builder makes a target of a container
        target: list[Node] = [nodes.target("", "", ids=ids)] if ids else []
        short = _in_short(comparison, title, target, reasons, render)
        blocks = [*short, *_run_in(rows, render.language)]
        return apparatus("", *blocks, classes=classes)
    classes.append(f"annals-{comparison.weight}")
    folding = listed or render.env.config.annals_fold_comparisons
    line = _line(comparison, title, reasons, render.language)
    caption: list[Node] = [] if folding else line
    table: list[Node] = []
    if rows:
        columns = 3 if any(words for _, _, words in rows) else 2
        rows = [row[:columns] for row in rows]
        heads = [render.language.gettext(head) for head in HEADERS[:columns]]
        of = heads, rows, WIDTHS[:columns]
        table = make_table(*of, caption=caption, classes=_ACCOUNTS, label=title, html=True)
    elif caption:
        table = [nodes.paragraph("", "", *caption, classes=["annals-caption"])]
    told = [
        block
        for n, found in enumerate(reasons)
        for block in found.blocks(said=folding and n == 0 and bool(comparison.question))
    ]
    if ids:
        told.append(permalink("", to=ids[0]))
    if folding:
        made: nodes.container = fold(line, *table, *told, classes=classes)
    else:
        made = apparatus("", *table, *told, classes=classes)
    made["ids"] += ids
    return made


_ACCOUNTS = ("annals-accounts",)


def caption(comparison: Comparison, render: Renderer) -> list[Node]:
    """Give what is in question and how it stands, to name a comparison where it is not shown."""
    after = " " if comparison.question else render.language.mark(": ")
    title = run_of(name_of(comparison, render), after)
    status = comparison.status.label(render.language)
    return [*nodes_of(title), nodes.inline("", status, classes=["annals-status"])]


def name_of(comparison: Comparison, render: Renderer, *, named: bool = False) -> str:
    """Give the question, or the property, with the name of the object if it is to be named."""
    record = render.catalogue.find(comparison.of)
    if comparison.question or not named or not record:
        return comparison.question or comparison.title
    phrase = render.language.gettext("{object}, {property}")
    property = render.language.inside(comparison.title)
    return phrase_of(phrase, object=record.title, property=property)


class _Reasons:
    """A verdict where it is shown: what answers the question, and the whole of it."""

    def __init__(
        self, verdict: Verdict, comparison: Comparison, at_home: bool, render: Renderer
    ) -> None:
        self._language = render.language
        self._preferred = comparison.shown(verdict.prefers or "")
        self._place = {"verdict": verdict.key} if at_home else {}
        blocks = _held(verdict, at_home, render)
        if not blocks or not isinstance(blocks[0], nodes.paragraph):
            blocks.insert(0, nodes.paragraph())
        first, *self._more = blocks
        assert isinstance(first, nodes.paragraph)
        self._first = first
        self.answer, whole = _first_sentence(first)
        self._is_all = whole and not self._more

    def blocks(self, *, said: bool) -> list[Node]:
        """Give the reasons under a heading run in, or nothing where all is ``said`` already."""
        if said and self._is_all:
            return []
        words = self._language
        phrase = (
            words.gettext("Verdict: {value}.") if self._preferred else words.gettext("Verdict.")
        )
        # a value may end with the stop that closes the phrase: “1867 г.”
        told = phrase.format(value=self._preferred.removesuffix("."))
        return self.after(nodes.strong("", told))

    def after(self, *head: Node) -> list[Node]:
        """Give the reasons, with something before them on their first line."""
        if head:
            inline = nodes.inline("", "", *head, classes=["annals-head"])
            self._first.insert(0, [inline, nodes.Text(" ")])
        blocks = [self._first, *self._more]
        return [nodes.container("", *blocks, classes=["annals-verdict"], **self._place)]

    def short(self) -> Node:
        """Give the answer for a line, which stands for the whole where it is all."""
        if self._is_all:
            return nodes.inline("", "", *self.answer, classes=["annals-answer"], **self._place)
        return nodes.inline("", "", *self.answer, classes=["annals-answer", "annals-again"])


def _first_sentence(block: Element) -> tuple[list[Node], bool]:
    """Give a copy of the first sentence without citations, and whether it says all there is.

    A link can be followed only where the sentence is said again.
    """
    found: list[Node] = []
    whole = True
    for child in block.children:
        if cites(child) or isinstance(child, nodes.footnote_reference):
            whole = False
            continue
        if isinstance(child, nodes.Text):
            end = sentence_end(child.astext())
            if end is not None:
                found.append(nodes.Text(child.astext()[:end]))
                rest = child.astext()[end:].strip() or block.children[-1] is not child
                return found, whole and not rest
        whole = whole and not any(child.findall(_is_link))
        copy = child.deepcopy()
        for node in copy.findall(nodes.Element):
            node["ids"] = []
        found.append(copy)
    return found, whole


def _is_link(node: Node) -> bool:
    return isinstance(node, addnodes.pending_xref | nodes.reference)


def _line(
    comparison: Comparison, title: str, reasons: list[_Reasons], language: Language
) -> list[Node]:
    """Give the line that remains of a folded comparison: the question, the answer, the status."""
    preferred = comparison.shown(comparison.preferred)
    answer: Node | None = None
    if comparison.question and reasons and reasons[0].answer:
        answer = reasons[0].short()
    elif preferred:
        answer = nodes.inline("", preferred, classes=["annals-answer"])
    colon = language.mark(": ").rstrip() if answer and not comparison.question else ""
    line: list[Node] = [nodes.strong("", "", *nodes_of(run_of(title, colon))), nodes.Text(" ")]
    brackets = language.mark(" ({remark})")  # Chinese ones have their blank in them
    line += [answer, nodes.Text(brackets[: -len(brackets.lstrip())])] if answer else []
    mark, status = comparison.status.mark, comparison.status.label(language)
    marks: list[Node] = [seen(mark, mark), nodes.Text("\u00a0")] if mark else []
    if len(comparison.accounts) > 1:
        status += language.mark(", ") + comparison.counted(language)
    words = filled(brackets.lstrip(), remark=[*marks, nodes.Text(status)])
    return [*line, nodes.inline("", "", *words, classes=["annals-status"])]


def _in_short(
    comparison: Comparison,
    title: str,
    target: list[Node],
    reasons: list[_Reasons],
    render: Renderer,
) -> Iterator[Node]:
    """Give the question, how it stands, and the verdicts whole."""
    language = render.language
    words = nodes_of(title if comparison.question else run_of(title, language.stop(title)))
    preferred = comparison.shown(comparison.preferred)
    label = comparison.status.heading(language)
    label += language.mark(": ") + preferred if preferred and not comparison.question else ""
    # in the open readers count what is said themselves
    if comparison.is_dependent():
        label += language.mark(" ({remark})").format(remark=comparison.counted(language))
    label += language.stop(label)
    head: list[Node] = [*target, nodes.strong("", "", *words), nodes.Text(" ")]
    head.append(nodes.emphasis("", label, classes=["annals-status"]))
    if not reasons:
        yield nodes.paragraph("", "", *head)
    for found in reasons:
        yield from found.after(*head)
        head = []


def _rows(comparison: Comparison, at_home: bool, render: Renderer) -> Iterator[list[Cell]]:
    for account in comparison.accounts:
        yield _row(account, comparison, at_home, render)
    reading = own_reading(comparison)
    if reading:
        name = render.language.gettext("This book")
        book = nodes.emphasis("", name if render.html else render.language.inside(name))
        yield [[book], render.values(reading.shown), []]


def _row(account: Account, comparison: Comparison, at_home: bool, render: Renderer) -> list[Cell]:
    cite, said, *words = _held(account, at_home, render)
    # remarks that begin with inline nodes need a paragraph round these
    inline = [word for word in words if isinstance(word, nodes.Inline | nodes.Text)]
    blocks = [word for word in words if word not in inline]
    if inline:
        blocks.insert(0, nodes.paragraph("", "", *inline))
    return [[cite], says(account, said, comparison, render.language), blocks]


def _held(said: Statement, at_home: bool, render: Renderer) -> list[Node]:
    """Give what a statement holds: itself where it is at home in its own document, or a copy."""
    if at_home and said.docname == render.docname:
        return list(render.as_read.statement(said))
    return render.borrowed_statement(said)


def says(account: Account, said: Node, comparison: Comparison, language: Language) -> list[Node]:
    """Give what an account says, with its stance where it does more than assert it."""
    if said.astext() == account.value != (told := comparison.matter.told(account.value)):
        said = nodes.inline("", told, classes=["annals-said"])
    found = [said] if said.astext() else []
    if account.stance == "asserts":
        return found
    colon = [nodes.Text(language.mark(": "))] if found else []
    return [nodes.emphasis("", language.gettext(account.stance)), *colon, *found]


def _run_in(rows: list[list[Cell]], language: Language) -> list[Node]:
    """Give accounts one after the other, or as a list where one has more to say than a remark."""
    if not rows:
        return []
    items = [_item(cite, said, words, language) for cite, said, words in rows]
    if all(len(item) == 1 for item in items):
        lines = joined((item[:1] for item in items), language.mark("; "))
        stop = nodes.Text(language.stop(lines[-1].astext()))
        return [nodes.paragraph("", "", *lines, stop, classes=[*_ACCOUNTS])]
    listed = [nodes.list_item("", nodes.paragraph("", "", first), *more) for first, *more in items]
    return [nodes.bullet_list("", *listed, bullet="-", classes=[*_ACCOUNTS])]


def _item(cite: Cell, says: Cell, words: Cell, language: Language) -> list[Node]:
    """Give who says what, in which words."""
    first = nodes.inline("", "", *cite, nodes.Text(language.mark(": ")), *says)
    blocks = list(words)
    if blocks and isinstance(remark := blocks[0], nodes.paragraph):
        blocks.pop(0)
        told = list(remark.children)
        if DRAWS_ON in remark["classes"]:  # no sentence of its own in a line
            told[0] = nodes.Text(language.inside(told[0].astext()))
        told = _unstopped(told)
        first += [*([nodes.Text(language.mark(", "))] if says else []), *told]
    return [first, *blocks]


def _unstopped(words: list[Node]) -> list[Node]:
    """Give the words of a sentence that does not end here: without its full stop."""
    marks = (nodes.footnote_reference, nodes.footnote)
    last = next((n for n in reversed(range(len(words))) if not isinstance(words[n], marks)), None)
    if (
        last is not None
        and isinstance(text := words[last], nodes.Text)
        and text[-1:] in (".", "。")
    ):
        return [*words[:last], nodes.Text(text[:-1]), *words[last + 1 :]]
    return words


def setup(app: Sphinx) -> None:
    """Register the setting, and the button that opens all."""

    def add_button(app: Sphinx) -> None:
        if app.builder.format == "html" and app.config.annals_fold_comparisons:
            add_script(app, STATIC / "comparisons.js")

    about = "In HTML, fold each comparison of accounts under one line; a button opens all."
    add_setting(app, "annals_fold_comparisons", True, "html", bool, about)
    app.connect("builder-inited", add_button)
