"""Lists of every kind, glossaries, fields, options and object descriptions."""

# ruff: noqa: D102 - visit_ and depart_ methods follow one protocol
from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from docutils import nodes
from sphinx import addnodes

from sphinx_annals.pdf.markup import string
from sphinx_annals.pdf.translator.base import BaseTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

_NUMBERING = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i",
              "upperroman": "I"}  # fmt: skip
#: A longer name of a field may wrap beside its body.
LONGEST_NAME = 24
#: What a letter takes at the most, on average, and a Chinese character, in em.
NARROW, WIDE = 0.45, 1.0
#: Classes on a list or its class that ask for hanging indents instead of bullets.
_HANGING = frozenset({"citation-list", "citations", "bibliography", "references", "csl-bib-body"})


def is_tight(node: Element) -> bool:
    """Whether every item is one short paragraph, perhaps with a list below."""
    lists = (nodes.bullet_list, nodes.enumerated_list)
    for item in node.children:
        kids = [c for c in getattr(item, "children", ()) if not isinstance(c, nodes.Invisible)]
        if len(kids) > 1 and not (len(kids) == 2 and isinstance(kids[1], lists)):
            return False
    return True


def _width_of_names(fields: Element) -> float:
    """Give the room, in em, that the names of a field list need beside its bodies."""
    names = [child[0].astext() for child in fields.children if isinstance(child, nodes.field)]
    widths = [sum(WIDE if east_asian_width(c) in "WF" else NARROW for c in n) for n in names]
    return min(max(widths, default=0), LONGEST_NAME * NARROW) + 1


class ListsMixin(BaseTranslator):
    """Visitors for lists."""

    def _hanging(self, node: Element) -> bool:
        names = {cls.__name__.replace("_", "-") for cls in type(node).__mro__}
        return bool(_HANGING & (names | set(node["classes"])))

    def visit_bullet_list(self, node: Element) -> None:
        self.open_block(node)
        if self._hanging(node):
            self.append("#hanging-list(\n")
        else:
            self.append(f"#bullets(tight: {str(is_tight(node)).lower()},\n")

    def depart_bullet_list(self, node: Element) -> None:
        self.append(")\n")

    def visit_enumerated_list(self, node: Element) -> None:
        self.open_block(node)
        kind = _NUMBERING.get(node.get("enumtype", "arabic"), "1")
        pattern = f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}"
        self.append(
            f"#numbered(tight: {str(is_tight(node)).lower()}, start: "
            f"{int(node.get('start', 1))}, numbering: {string(pattern)},\n"
        )

    depart_enumerated_list = depart_bullet_list

    def visit_list_item(self, node: Element) -> None:
        self.open_content(node)

    def depart_list_item(self, node: Element) -> None:
        self.close_content(node)
        self.append(",\n")

    # Definitions and glossaries

    def visit_definition_list(self, node: Element) -> None:
        self.open_block(node)
        self.append("#definitions(\n")

    depart_definition_list = depart_bullet_list

    def visit_glossary(self, node: Element) -> None:
        pass

    def depart_glossary(self, node: Element) -> None:
        pass

    def visit_definition_list_item(self, node: Element) -> None:
        self.append("(")

    def depart_definition_list_item(self, node: Element) -> None:
        if not any(isinstance(child, nodes.definition) for child in node.children):
            self.append("[]")
        self.append("),\n")

    def _in_first_term(self, node: Element) -> bool:
        return node.parent.first_child_matching_class(nodes.term) == node.parent.index(node)

    def visit_term(self, node: Element) -> None:
        # Several terms of a glossary share one definition: they share one bracket too.
        if self._in_first_term(node):
            self.append("[")
        else:
            self.append(" \\\n")
        self.flush()

    def depart_term(self, node: Element) -> None:
        following = node.parent.children[node.parent.index(node) + 1 :]
        if not any(isinstance(n, nodes.term | nodes.classifier) for n in following):
            self.append("], ")

    def visit_classifier(self, node: Element) -> None:
        self.append(" #classifier[")

    def depart_classifier(self, node: Element) -> None:
        self.append("]")
        self.depart_term(node)

    def visit_definition(self, node: Element) -> None:
        self.open_content(node)

    def depart_definition(self, node: Element) -> None:
        self.close_content(node)

    # Fields and options

    def visit_field_list(self, node: Element) -> None:
        self.open_block(node)
        self.append(f"#fields(width: {_width_of_names(node):.1f}em,\n")

    depart_field_list = depart_bullet_list

    visit_docinfo = visit_field_list
    depart_docinfo = depart_bullet_list

    def visit_field(self, node: Element) -> None:
        name, body = (n for n in node.children if isinstance(n, nodes.Element))
        self.append(f"([{self.render(*name.children)}], ")
        inner = [n for n in body.children if isinstance(n, nodes.Element)]
        short = len(name.astext()) <= LONGEST_NAME and len(inner) <= 1
        if short and all(type(n) is nodes.paragraph and not n["classes"] for n in inner):
            self.later(self.anchors(body) + "".join(map(self.anchors, inner)))
            self.flush()
            text = self.render(*(n for paragraph in inner for n in paragraph.children))
            self.append(f"[{text.strip()}], true),\n")
            raise nodes.SkipNode
        self.append("[")
        body.walkabout(self)
        self.flush()
        self.append("], false),\n")
        raise nodes.SkipNode

    def visit_field_body(self, node: Element) -> None:
        """Only the children are printed; the field has the brackets."""

    depart_field_body = visit_field_body

    def visit_option_list(self, node: Element) -> None:
        self.open_block(node)
        self.append("#definitions(\n")

    depart_option_list = depart_bullet_list

    def visit_option_list_item(self, node: Element) -> None:
        self.append("(")

    def depart_option_list_item(self, node: Element) -> None:
        self.append("),\n")

    def visit_option_group(self, node: Element) -> None:
        self.append(f"[#raw({string(node.astext())})], ")
        raise nodes.SkipNode

    def visit_description(self, node: Element) -> None:
        self.open_content(node)

    def depart_description(self, node: Element) -> None:
        self.close_content(node)

    # Columns

    def visit_hlist(self, node: Element) -> None:
        self.open_block(node)
        count = sum(isinstance(child, addnodes.hlistcol) for child in node.children)
        self.append(f"#columns-block({max(1, count)},\n")

    depart_hlist = depart_bullet_list

    visit_hlistcol = visit_list_item
    depart_hlistcol = depart_list_item

    # Object descriptions

    def visit_desc(self, node: Element) -> None:
        self.begin_block("description", node)

    def depart_desc(self, node: Element) -> None:
        self.end_block()

    def visit_desc_signature(self, node: Element) -> None:
        self.flush()
        self.append("#signature[")

    def depart_desc_signature(self, node: Element) -> None:
        self.append("]\n")

    def visit_desc_signature_line(self, node: Element) -> None:
        if node.parent.index(node):
            self.append(" \\\n")

    def depart_desc_signature_line(self, node: Element) -> None:
        pass

    def visit_desc_content(self, node: Element) -> None:
        self.append("#description-body[")

    def depart_desc_content(self, node: Element) -> None:
        self.end_block()

    def _pass(self, node: Element) -> None:
        """Only the children are printed."""

    visit_desc_inline = visit_desc_addname = visit_desc_type = _pass
    depart_desc_inline = depart_desc_addname = depart_desc_type = _pass
    visit_desc_sig_element = depart_desc_sig_element = _pass

    def visit_desc_name(self, node: Element) -> None:
        self.append("#strong[")

    def depart_desc_name(self, node: Element) -> None:
        self.append("]")

    def visit_desc_returns(self, node: Element) -> None:
        self.text(" → ")

    depart_desc_returns = _pass

    def visit_desc_annotation(self, node: Element) -> None:
        self.append("#emph[")

    depart_desc_annotation = depart_desc_name

    def visit_desc_parameterlist(self, node: Element) -> None:
        self.text("(")

    def depart_desc_parameterlist(self, node: Element) -> None:
        self.text(")")

    def visit_desc_type_parameter_list(self, node: Element) -> None:
        self.text("[")

    def depart_desc_type_parameter_list(self, node: Element) -> None:
        self.text("]")

    def visit_desc_parameter(self, node: Element) -> None:
        before = node.parent.children[: node.parent.index(node)]
        if any(isinstance(n, type(node)) for n in before):
            self.text(", ")
        self.append("#emph[")

    depart_desc_parameter = depart_desc_name
    visit_desc_type_parameter = visit_desc_parameter
    depart_desc_type_parameter = depart_desc_name

    def visit_desc_optional(self, node: Element) -> None:
        self.text("[")

    def depart_desc_optional(self, node: Element) -> None:
        self.text("]")
