"""The few nodes of the domain, and how each builder prints them.

An annotation is one node with its title and body until :mod:`.transforms` adds its facts as
standard nodes.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

Translator = Any

SOURCES = "annals-sources"
"""The class of the node that holds an annotation's citations."""


class annotation(nodes.General, nodes.Element):  # noqa: N801
    """An annotated object; ``docname`` and its first id, the anchor, say which record."""


class annotation_title(nodes.TextElement):  # noqa: N801
    """The heading of an annotation."""


class account_note(nodes.General, nodes.Element):  # noqa: N801
    """One account: the citation, then the author's remarks; ``docname`` and ``key`` say which."""


class verdict_note(nodes.General, nodes.Element):  # noqa: N801
    """One verdict: the editors' reasons; ``docname`` and ``key`` say which."""


class apparatus(nodes.container):  # noqa: N801
    """What the sources say of one property, and the editors' verdict; set small on paper."""


class parallel_text(nodes.General, nodes.Element):  # noqa: N801
    """The wording of a provision in one language, as its children."""


class date_span(nodes.inline):  # noqa: N801
    """A date or a part of one; ``datetime`` is HTML's value, ``edtf`` the author's."""


class view(nodes.General, nodes.Element):  # noqa: N801
    """The place of a view, filled when all documents are known."""


def visit_annotation_html(self: Translator, node: annotation) -> None:
    classes = f"annals annals-{node['kind']}"
    self.body.append(
        self.starttag(node, "article", CLASS=classes, **{"aria-labelledby": _title_id(node)})
    )


def _title_id(node: nodes.Element) -> str:
    return f"{node['ids'][0]}-title"


def depart_annotation_html(self: Translator, node: annotation) -> None:
    self.body.append("</article>\n")


def _level(self: Translator, node: annotation_title) -> int:
    depth, parent = 0, node.parent.parent
    while parent is not None:
        depth += isinstance(parent, annotation)
        parent = parent.parent
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


def depart_annotation_latex(self: Translator, node: annotation) -> None:
    self.body.append("\n\\end{quote}\n\n")


def visit_title_latex(self: Translator, node: annotation_title) -> None:
    self.body.append("\\sphinxstylestrong{")


def depart_title_latex(self: Translator, node: annotation_title) -> None:
    self.body.append("}\\par\\nopagebreak\n")


def visit_annotation_text(self: Translator, node: annotation) -> None:
    self.new_state(2)


def depart_annotation_text(self: Translator, node: annotation) -> None:
    self.end_state()


def visit_title_text(self: Translator, node: annotation_title) -> None:
    self.new_state(0)


def depart_title_text(self: Translator, node: annotation_title) -> None:
    self.end_state()


def visit_annotation_man(self: Translator, node: annotation) -> None:
    self.visit_block_quote(node)


def depart_annotation_man(self: Translator, node: annotation) -> None:
    self.depart_block_quote(node)


def visit_title_man(self: Translator, node: annotation_title) -> None:
    self.ensure_eol()
    self.body.append(".sp\n\\fB")


def depart_title_man(self: Translator, node: annotation_title) -> None:
    self.body.append("\\fP\n")


def visit_annotation_texinfo(self: Translator, node: annotation) -> None:
    self.body.append("\n\n@quotation\n")
    for id in node["ids"]:
        self.add_anchor(id, node)


def depart_annotation_texinfo(self: Translator, node: annotation) -> None:
    self.ensure_eol()
    self.body.append("@end quotation\n")


def visit_title_texinfo(self: Translator, node: annotation_title) -> None:
    self.body.append("@strong{")


def depart_title_texinfo(self: Translator, node: annotation_title) -> None:
    self.body.append("}\n\n")


_SHORT, _FEW_LINES = 700, 40
"""Letters and lines of an annotation that is not worth cutting between two pages."""

_OF_ANY_HEIGHT = (annotation, apparatus, nodes.image, nodes.raw)


def visit_annotation_typst(self: Translator, node: annotation) -> None:
    self.begin_block("ruled(whole: true)" if _is_short(node) else "ruled", node)


def _is_short(node: annotation) -> bool:
    """Tell whether an annotation fits on a page for certain: what is whole cannot go on."""
    text = node.astext()
    high = any(child is not node for child in node.findall(_has_any_height))
    return not high and len(text) < _SHORT and text.count("\n") < _FEW_LINES


def _has_any_height(node: nodes.Node) -> bool:
    return isinstance(node, _OF_ANY_HEIGHT)


def depart_annotation_typst(self: Translator, node: annotation) -> None:
    self.end_block()


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


def depart_apparatus_typst(self: Translator, node: apparatus) -> None:
    self.end_block()


def visit_title_typst(self: Translator, node: annotation_title) -> None:
    self.append("#ruled-title[")


def depart_title_typst(self: Translator, node: annotation_title) -> None:
    self.append("]\n\n")


def pass_through(self: Translator, node: nodes.Node) -> None:
    """Print the children and nothing else."""


def setup(app: Sphinx) -> None:
    """Register the nodes with a visitor for each format."""
    plain = (pass_through, pass_through)
    app.add_node(
        annotation,
        html=(visit_annotation_html, depart_annotation_html),
        latex=(visit_annotation_latex, depart_annotation_latex),
        text=(visit_annotation_text, depart_annotation_text),
        man=(visit_annotation_man, depart_annotation_man),
        texinfo=(visit_annotation_texinfo, depart_annotation_texinfo),
        typst=(visit_annotation_typst, depart_annotation_typst),
    )
    app.add_node(
        annotation_title,
        html=(visit_title_html, depart_title_html),
        latex=(visit_title_latex, depart_title_latex),
        text=(visit_title_text, depart_title_text),
        man=(visit_title_man, depart_title_man),
        texinfo=(visit_title_texinfo, depart_title_texinfo),
        typst=(visit_title_typst, depart_title_typst),
    )
    app.add_node(
        apparatus,
        latex=(visit_apparatus_latex, depart_apparatus_latex),
        typst=(visit_apparatus_typst, depart_apparatus_typst),
    )
    app.add_node(
        date_span, html=(visit_date_html, depart_date_html),
        latex=plain, text=plain, man=plain, texinfo=plain, typst=plain,
    )  # fmt: skip
    for node in (account_note, verdict_note, parallel_text, view):
        app.add_node(
            node, html=plain, latex=plain, text=plain, man=plain, texinfo=plain, typst=plain
        )
