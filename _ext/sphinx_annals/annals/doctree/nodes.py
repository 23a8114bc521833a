"""The few nodes of the domain, and how each builder prints them.

An annotation is one node with its title and body until the post-transforms add its facts as
standard nodes. Sphinx prints a node like its base class where it has no visitor for it: so each
derives from the standard node that is nearest, and has visitors where that is not near enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import traverse_parent

Translator = Any
Visitors = tuple[Callable[[Translator, Any], None], Callable[[Translator, Any], None]]


class annotation(nodes.block_quote):  # noqa: N801
    """An annotated object; ``docname`` and its first id, the anchor, say which record."""


class annotation_title(nodes.paragraph):  # noqa: N801
    """The heading of an annotation."""


class cited_sources(nodes.inline):  # noqa: N801
    """The citations of an annotation, until they are one of its facts."""


class account_note(nodes.container):  # noqa: N801
    """One account: the citation, then the author's remarks; ``docname`` and ``key`` say which."""


class verdict_note(nodes.container):  # noqa: N801
    """One verdict: the editors' reasons; ``docname`` and ``key`` say which."""


class apparatus(nodes.container):  # noqa: N801
    """What the sources say of one property, and the editors' verdict; set small on paper."""


class parallel_text(nodes.General, nodes.Element):  # noqa: N801
    """The wording of a provision in one language, as its children."""


class date_span(nodes.inline):  # noqa: N801
    """A date or a part of one; ``datetime`` is HTML's value, ``edtf`` the author's."""


class view(nodes.container):  # noqa: N801
    """The place of a view, filled when all documents are known."""


def joined(runs: Iterable[Sequence[nodes.Node]], separator: str) -> list[nodes.Node]:
    """Give runs of nodes as one, with a text between them."""
    found: list[nodes.Node] = []
    for run in runs:
        found += [nodes.Text(separator), *run] if found else run
    return found


def between(before: str, after: str) -> Visitors:
    """Give visitors that print something before a node and something after it."""

    def visit(self: Translator, node: nodes.Element) -> None:
        self.body.append(before)

    def depart(self: Translator, node: nodes.Element) -> None:
        self.body.append(after)

    return visit, depart


def element(tag: str, *, suffix: str = "\n", **attributes: str) -> Visitors:
    """Give visitors that print a node as an HTML element, which ends its line or does not."""

    def visit(self: Translator, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, tag, suffix, **attributes))

    return visit, between("", f"</{tag}>\n")[1]


def visit_annotation_html(self: Translator, node: annotation) -> None:
    classes = f"annals annals-{node['kind']}"
    self.body.append(
        self.starttag(node, "article", CLASS=classes, **{"aria-labelledby": _title_id(node)})
    )


def _title_id(node: nodes.Element) -> str:
    return f"{node['ids'][0]}-title"


def _level(self: Translator, node: annotation_title) -> int:
    depth = len(list(traverse_parent(node.parent.parent, annotation)))
    return int(min(6, self.section_level + 1 + depth))


def visit_title_html(self: Translator, node: annotation_title) -> None:
    tag = f"h{_level(self, node)}"
    attributes = {"CLASS": "annals-title", "ids": [_title_id(node.parent)]}
    self.body.append(self.starttag(nodes.Element(), tag, "", **attributes))


def depart_title_html(self: Translator, node: annotation_title) -> None:
    owner = node.parent
    if self.config.html_permalinks and self.builder.add_permalinks:
        label = f"Link to this {owner['kind']}"
        self.body.append(
            f'<a class="headerlink" href="#{owner["ids"][0]}" title="{label}">'
            f"{self.config.html_permalinks_icon}</a>"
        )
    self.body.append(f"</h{_level(self, node)}>\n")


def visit_date_html(self: Translator, node: date_span) -> None:
    attributes = {"datetime": node["datetime"]} if node.get("datetime") else {}
    if node.get("edtf"):
        attributes["data-edtf"] = node["edtf"]
    tag = "time" if node.get("datetime") else "span"
    self.body.append(self.starttag(node, tag, "", CLASS="annals-date", **attributes))


def depart_date_html(self: Translator, node: date_span) -> None:
    self.body.append("</time>" if node.get("datetime") else "</span>")


def visit_annotation_latex(self: Translator, node: annotation) -> None:
    self.body.append("\n\n" + self.hypertarget_to(node) + "\\begin{quote}\n")


def visit_annotation_texinfo(self: Translator, node: annotation) -> None:
    self.visit_block_quote(node)
    for id in node["ids"]:
        self.add_anchor(id, node)


_SHORT, _FEW_LINES = 700, 40
"""Letters and lines of an annotation that is not worth cutting between two pages."""

_OF_ANY_HEIGHT = (annotation, apparatus, nodes.image, nodes.raw)


def visit_annotation_typst(self: Translator, node: annotation) -> None:
    self.begin_block("ruled(whole: true)" if _is_short(node) else "ruled", node)


def end_block(self: Translator, node: nodes.Element) -> None:
    self.end_block()


def _is_short(node: annotation) -> bool:
    """Tell whether an annotation fits on a page for certain: what is whole cannot go on."""
    text = node.astext()
    high = any(child is not node for child in node.findall(lambda n: isinstance(n, _OF_ANY_HEIGHT)))
    return not high and len(text) < _SHORT and text.count("\n") < _FEW_LINES


def visit_apparatus_latex(self: Translator, node: apparatus) -> None:
    self.visit_container(node)
    begin = "\\begin{quote}" if "annals-apart" in node["classes"] else ""
    self.body.append(f"\n{begin}{{\\small\n")


def depart_apparatus_latex(self: Translator, node: apparatus) -> None:
    end = "\\end{quote}" if "annals-apart" in node["classes"] else ""
    self.body.append(f"\n\\par}}{end}\n")
    self.depart_container(node)


def visit_apparatus_typst(self: Translator, node: apparatus) -> None:
    apart = str("annals-apart" in node["classes"]).lower()
    self.begin_block(f"apparatus(apart: {apart})", node)


def setup(app: Sphinx) -> None:
    """Register the nodes with what their base classes do not print."""
    app.add_node(
        annotation,
        html=(visit_annotation_html, element("article")[1]),
        latex=(visit_annotation_latex, between("", "\n\\end{quote}\n\n")[1]),
        texinfo=(visit_annotation_texinfo, None),
        typst=(visit_annotation_typst, end_block),
    )
    app.add_node(
        annotation_title,
        html=(visit_title_html, depart_title_html),
        latex=between("\\sphinxstylestrong{", "}\\par\\nopagebreak\n"),
        man=between(".sp\n\\fB", "\\fP\n"),
        texinfo=between("@strong{", "}\n\n"),
        typst=(
            lambda self, node: self.append("#ruled-title["),
            lambda self, node: self.append("]\n\n"),
        ),
    )
    app.add_node(
        apparatus,
        latex=(visit_apparatus_latex, depart_apparatus_latex),
        typst=(visit_apparatus_typst, end_block),
    )
    app.add_node(cited_sources)
    app.add_node(date_span, html=(visit_date_html, depart_date_html))
    children_alone = (lambda self, node: None, lambda self, node: None)
    builders = ["html", "latex", "text", "man", "texinfo", "typst"]
    visitors: Any = dict.fromkeys(builders, children_alone)
    app.add_node(parallel_text, **visitors)
