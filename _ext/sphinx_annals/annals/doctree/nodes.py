"""The few nodes of the domain, and how each builder prints them.

An annotation is one node with its title and body until the post-transforms add its facts as
standard nodes. Sphinx prints a node like its base class where it has no visitor for it: so each
derives from the standard node that is nearest, and has visitors where that is not near enough.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.model import label_of
from sphinx_annals.builders import Line, in_one
from sphinx_annals.extension import language_in_force
from sphinx_annals.language import fill, message

Visitors = tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]
Printed = str | Callable[[Any, Any], str]
"""A text, or what gives one of the translator and the node."""


class WithTexts(addnodes.translatable):
    """A node of a directive whose options hold words for readers: ``texts``, for translators.

    They are translated when the directive is read, since records are made of them then; what is
    left to do is to tell them to the builder of catalogues.
    """

    def preserve_original_messages(self) -> None:
        """Keep nothing: the texts are as they are written."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Change nothing: what is shown is translated already."""

    def extract_original_messages(self) -> Sequence[str]:
        """Give the texts."""
        found: Sequence[str] = cast("nodes.Element", self).get("texts", ())
        return found


class annotation(nodes.block_quote, WithTexts):  # noqa: N801
    """An annotated object; ``docname`` and its first id, the anchor, say which record."""


class margin_note(annotation):  # noqa: N801
    """An annotation that stands beside what it is about, which follows it in a :class:`beside`."""


class marginal(nodes.inline):  # noqa: N801
    """What stands in the margin of a page, beside the words that follow it."""


class beside(nodes.container):  # noqa: N801
    """Annotations, by their ``anchors``, and the blocks of text that they share as their body."""


class annotation_title(nodes.paragraph):  # noqa: N801
    """The heading of an annotation."""


class cited_sources(nodes.inline):  # noqa: N801
    """The citations of an annotation, until they are one of its facts."""


class held(nodes.Part, nodes.TextElement):  # noqa: N801
    """A text of an option that cites or refers, whole, until it is shown; ``key`` says which."""


class account_note(nodes.container, WithTexts):  # noqa: N801
    """One account: the citation, then the author's remarks; ``docname`` and ``key`` say which."""


DRAWS_ON = "annals-draws-on"
"""The class of the paragraph of an account that names its sources."""


class verdict_note(nodes.container, WithTexts):  # noqa: N801
    """One verdict: the editors' reasons; ``docname`` and ``key`` say which."""


class apparatus(nodes.container):  # noqa: N801
    """What the sources say of one property, and the editors' verdict; set small on paper."""


class parallel_text(nodes.container):  # noqa: N801
    """The wording of a provision in one language, as its children."""


class floating(nodes.container):  # noqa: N801
    """Blocks for which a printed page may have no room: they stand at the foot of one."""


class SideBySide(addnodes.hlist):
    """Pieces in one row, each an `hlistcol`."""


class folded(nodes.container):  # noqa: N801
    """What HTML folds away under its first child: it opens without a script, for a search in the
    page or a link to what is in it, and is printed open (see the style sheet).
    """


class folded_summary(nodes.TextElement):  # noqa: N801
    """The line that remains."""


class permalink(nodes.General, nodes.Element):  # noqa: N801
    """A mark that links to what it ends, by its anchor ``to``; for pages that have such marks."""


class seen(nodes.inline):  # noqa: N801
    """What is for the eye, since words beside it say the same."""


class date_span(nodes.inline):  # noqa: N801
    """A date or a part of one; ``datetime`` is HTML's value, ``edtf`` all of it."""


class view(nodes.container, WithTexts):  # noqa: N801
    """The place of a view, filled when all documents are known."""


def joined(runs: Iterable[Sequence[nodes.Node]], separator: str) -> list[nodes.Node]:
    """Give runs of nodes as one, with a text between them."""
    found: list[nodes.Node] = []
    for run in runs:
        found += [nodes.Text(separator), *run] if found else run
    return found


def filled(phrase: str, **given: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Fill in a phrase with runs of nodes, each under its name."""
    return fill(phrase, given, lambda text: [nodes.Text(text)] if text else [])


def fold(
    summary: str | Sequence[nodes.Node], *content: nodes.Node, classes: Sequence[str] = ()
) -> folded:
    """Give what is folded under a line of text or of inline nodes."""
    line = [nodes.Text(summary)] if isinstance(summary, str) else summary
    return folded("", folded_summary("", "", *line), *content, classes=[*classes])


def bulleted(lines: Iterable[Line], **attributes: Any) -> nodes.bullet_list:
    """Give a list, each item a line."""
    return nodes.bullet_list("", *_items(lines), bullet="-", **attributes)


def numbered(lines: Iterable[Line]) -> nodes.enumerated_list:
    """Give a list, each item a line with its number."""
    return nodes.enumerated_list("", *_items(lines), enumtype="arabic", prefix="", suffix=".")


def _items(lines: Iterable[Line]) -> Iterator[nodes.list_item]:
    """Give lines as items; those that are HTML are one, which ends and begins between them."""
    for line in in_one(lines, between="</p></li>\n<li><p>"):
        yield nodes.list_item("", nodes.paragraph("", "", *line))


def between(before: Printed, after: Printed, *, typst: bool = False) -> Visitors:
    """Give visitors that print something before a node and something after it."""

    def printing(printed: Printed) -> Callable[[Any, Any], None]:
        def visit(self: Any, node: nodes.Element) -> None:
            write = self.append if typst else self.body.append
            write(printed if isinstance(printed, str) else printed(self, node))

        return visit

    return printing(before), printing(after)


def element(tag: str, *, suffix: str = "\n", **attributes: str) -> Visitors:
    """Give visitors that print a node as an HTML element, which ends its line or does not."""
    return between(lambda self, node: self.starttag(node, tag, suffix, **attributes), f"</{tag}>\n")


def _open_summary(self: Any, node: nodes.Element) -> str:
    """Open the line of a fold, without links: whoever touches one there cannot open the fold."""
    for link in list(node.findall(nodes.reference)):
        link.replace_self(link.children)
    return str(self.starttag(node, "summary", ""))


def block(function: Callable[[Any], str]) -> Visitors:
    """Give visitors that print a node as a block of Typst, of the function told of the node."""

    def visit(self: Any, node: nodes.Element) -> None:
        self.begin_block(function(node), node)

    return visit, lambda self, node: self.end_block()


def _anchored(self: Any, node: annotation) -> None:
    for id in node["ids"]:
        self.add_anchor(id, node)


def _article(self: Any, node: annotation) -> str:
    named = {"CLASS": f"annals annals-{node['kind']}", "aria-labelledby": _title_id(node)}
    return str(self.starttag(node, "article", **named))


def _owner(title: annotation_title) -> nodes.Element:
    return next(iter(traverse_parent(title, annotation)))


def _title_id(node: nodes.Element) -> str:
    return f"{node['ids'][0]}-title"


def _note(self: Any, node: margin_note) -> str:
    title = node.next_node(annotation_title)
    language = language_in_force(self.config)
    kind = language.gettext(label_of(node["kind"]))
    label = f"{kind}{language.mark(': ')}{title.astext() if title else node['record']}"
    # a note, since each aside with a label would be a landmark of the page
    named = {"CLASS": f"annals-note annals-{node['kind']}", "role": "note", "aria-label": label}
    return str(self.starttag(node, "aside", **named))


def _heading(self: Any, node: annotation_title) -> str:
    if isinstance(_owner(node), margin_note):
        return "span"
    depth = len(list(traverse_parent(node.parent.parent, annotation)))
    return f"h{min(6, self.section_level + 1 + depth)}"


def _open_heading(self: Any, node: annotation_title) -> str:
    return f'<{_heading(self, node)} class="annals-title" id="{_title_id(_owner(node))}">'


def _close_heading(self: Any, node: annotation_title) -> str:
    owner = _owner(node)
    return f"{_mark(self, owner['ids'][0], owner['kind'])}</{_heading(self, node)}>\n"


_LINK_TO = {
    "event": message("Link to this event"),
    "treaty": message("Link to this treaty"),
    "article": message("Link to this article"),
    "person": message("Link to this person"),
    "organisation": message("Link to this organisation"),
    "place": message("Link to this place"),
    "point": message("Link to this point"),
}


def _mark(self: Any, anchor: str, kind: str) -> str:
    """Give the mark that links to where it stands, where pages have such marks."""
    if not (self.config.html_permalinks and self.builder.add_permalinks):
        return ""
    icon = self.config.html_permalinks_icon
    title = escape(language_in_force(self.config).gettext(_LINK_TO[kind]), quote=True)
    return f'<a class="headerlink" href="#{anchor}" title="{title}">{icon}</a>'


def _open_permalink(self: Any, node: permalink) -> str:
    mark = _mark(self, node["to"], "point")
    return f'<p class="annals-permalink">{mark}</p>\n' if mark else ""


def _time(node: date_span) -> str:
    return "time" if node.get("datetime") else "span"


def _open_time(self: Any, node: date_span) -> str:
    given = {"datetime": node.get("datetime"), "data-edtf": node.get("edtf")}
    attributes = {name: value for name, value in given.items() if value}
    return str(self.starttag(node, _time(node), "", CLASS="annals-date", **attributes))


def _visit_texinfo(self: Any, node: annotation) -> None:
    self.visit_block_quote(node)
    _anchored(self, node)


_SHORT, _FEW_LINES = 120, 40
"""Letters and lines of an annotation that leaves no great gap where it does not fit on a page."""

_OF_ANY_HEIGHT = (annotation, apparatus, nodes.image, nodes.raw)


def ruled(node: annotation) -> str:
    """Give the block of an annotation: whole where it surely fits a page, for it cannot break."""
    text = node.astext()
    high = any(child is not node for child in node.findall(lambda n: isinstance(n, _OF_ANY_HEIGHT)))
    short = not high and len(text) < _SHORT and text.count("\n") < _FEW_LINES
    return "ruled(whole: true)" if short else "ruled"


def _is_apart(node: apparatus) -> bool:
    return "annals-apart" in node["classes"]


def _open_small(self: Any, node: apparatus) -> str:
    self.visit_container(node)
    return "\n" + ("\\begin{quote}" if _is_apart(node) else "") + "{\\small\n"


def _depart_small(self: Any, node: apparatus) -> None:
    self.body.append("\n\\par}" + ("\\end{quote}" if _is_apart(node) else "") + "\n")
    self.depart_container(node)


_PLAIN: Visitors = (lambda self, node: None, lambda self, node: None)
"""Visitors of nodes of which the children are printed and nothing else."""


def _is_alone(node: nodes.Element) -> bool:
    """Tell whether a heading has nothing but this: it stays with text, if there is some."""
    parent, place = node.parent, node.parent.index(node)
    before, after = parent.children[:place], parent.children[place + 1 :]
    if not all(isinstance(child, nodes.title | nodes.Invisible) for child in before):
        return False
    if not isinstance(parent, nodes.section):
        return not before and _is_alone(parent)
    return not any(isinstance(child, nodes.paragraph) for child in after)


def _visit_floating(self: Any, node: floating) -> None:
    pieces = ", ".join(f"[{self.render(child)}]" for child in node.children)
    after = node.next_node(nodes.Element, descend=False, ascend=True)
    # what goes on over pages would go round it: a table, here of another view
    waits = isinstance(after, nodes.container) and after.next_node(nodes.table) is not None
    told = ", opens: true" if _is_alone(node) else ""
    self.open_block(node, f"#floating({pieces}{told})\n" + "#place.flush()\n" * waits)
    raise nodes.SkipNode


def _visit_row_latex(self: Any, node: SideBySide) -> None:
    """Set boxes, which end where they end: Sphinx's columns part in the middle of a list."""
    gap = 0.04
    width = (1 - gap * (len(node) - 1)) / len(node)
    # what hangs below the line is counted as height, for a page to know what it holds
    self.body.append("\n\n\\noindent\\vbox{\\boxmaxdepth0pt\\hbox to\\linewidth{")
    for number, piece in enumerate(node):
        self.body.append("\\hfill" if number else "")
        # the empty line is what the tops of boxes are aligned by
        self.body.append(f"\\begin{{minipage}}[t]{{{width:.3f}\\linewidth}}\\vspace{{0pt}}\n")
        piece.walkabout(self)
        self.body.append("\n\\end{minipage}")
    self.body.append("}}\\par\n\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the nodes with what their base classes do not print."""
    quote = "\n\n{}\\begin{{quote}}\n".format
    app.add_node(
        annotation,
        html=between(_article, "</article>\n"),
        latex=between(lambda self, node: quote(self.hypertarget_to(node)), "\n\\end{quote}\n\n"),
        texinfo=(_visit_texinfo, None),
        typst=block(ruled),
    )
    app.add_node(
        annotation_title,
        html=between(_open_heading, _close_heading),
        latex=between("\\sphinxstylestrong{", "}\\par\\nopagebreak\n"),
        man=between(".sp\n\\fB", "\\fP\n"),
        texinfo=between("@strong{", "}\n\n"),
        typst=between("#ruled-title[", "]\n\n", typst=True),
    )
    app.add_node(
        apparatus,
        latex=(between(_open_small, "")[0], _depart_small),
        typst=block(lambda node: f"apparatus(apart: {str(_is_apart(node)).lower()})"),
    )
    app.add_node(
        margin_note,
        html=between(_note, "</aside>\n"),
        latex=between(lambda self, node: f"\n\n{self.hypertarget_to(node)}", ""),
        man=(between(".sp\n", "")[0], _PLAIN[1]),
        texinfo=(_anchored, None),
        text=_PLAIN,
        typst=_PLAIN,
    )
    app.add_node(
        marginal,
        # TeX divides no word that opens a paragraph, unless something stands before it
        latex=between("\\marginpar{\\footnotesize\\raggedright\\hspace{0pt}", "}"),
        typst=between(lambda self, node: f"#margin-note({self.serial()})[", "]", typst=True),
    )
    app.add_node(
        held, html=_PLAIN, latex=_PLAIN, text=_PLAIN, man=_PLAIN, texinfo=_PLAIN, typst=_PLAIN
    )
    app.add_node(beside, html=element("div", CLASS="annals-beside"))
    app.add_node(cited_sources)  # for what prints nodes by their names alone
    app.add_node(SideBySide, latex=(_visit_row_latex, None))
    app.add_node(floating, typst=(_visit_floating, None))
    app.add_node(folded, html=element("details"))
    app.add_node(folded_summary, html=between(_open_summary, "</summary>\n"))
    app.add_node(permalink, html=between(_open_permalink, ""))
    app.add_node(seen, html=between('<span class="annals-mark" aria-hidden="true">', "</span>"))
    app.add_node(date_span, html=between(_open_time, lambda self, node: f"</{_time(node)}>"))
    app.add_node(parallel_text, html=between("", ""))
