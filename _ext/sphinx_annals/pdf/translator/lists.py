"""Lists of every kind, glossaries, fields, options and object descriptions."""

from unicodedata import east_asian_width

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.pdf.markup import string, value
from sphinx_annals.pdf.translator.base import BaseTranslator, first
from sphinx_annals.pdf.translator.visitors import around, whole

_open_content, _close_content = BaseTranslator.open_content, BaseTranslator.close_content

_NUMBERING = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
#: A longer name of a field may wrap beside its body.
LONGEST_NAME = 24
#: What a letter takes at the most, on average, and a Chinese character, in em.
NARROW, WIDE = 0.45, 1.0
#: Classes on a list or its class that ask for hanging indents instead of bullets.
_HANGING = frozenset({"citation-list", "citations", "bibliography", "references", "csl-bib-body"})


def is_tight(node: Element) -> bool:
    """Tell whether every item is one short paragraph, perhaps with a list below."""

    def short(item: nodes.Node) -> bool:
        kids = [child for child in item.children if not isinstance(child, nodes.Invisible)]
        lists = nodes.bullet_list | nodes.enumerated_list
        return len(kids) < 2 or (len(kids) == 2 and isinstance(kids[1], lists))

    return all(map(short, node.children))


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
        tight = f"bullets(tight: {value(is_tight(node))},"
        self.append(f"#{'hanging-list(' if self._hanging(node) else tight}\n")

    def depart_bullet_list(self, node: Element) -> None:
        self.append(")\n")

    def visit_enumerated_list(self, node: Element) -> None:
        self.open_block(node)
        kind = _NUMBERING.get(node.get("enumtype", ""), "1")
        numbering = string(f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}")
        tight, start = value(is_tight(node)), int(node.get("start", 1))
        self.append(f"#numbered(tight: {tight}, start: {start}, numbering: {numbering},\n")

    depart_enumerated_list = depart_bullet_list

    visit_list_item = _open_content

    def depart_list_item(self, node: Element) -> None:
        self.close_content(node)
        self.append(",\n")

    # Definitions and glossaries

    visit_definition_list, depart_definition_list = around("#definitions(\n", ")\n", is_block=True)

    def visit_definition_list_item(self, node: Element) -> None:
        self.append("(")

    def depart_definition_list_item(self, node: Element) -> None:
        self.append("),\n" if first(node, nodes.definition) else "[]),\n")

    def visit_term(self, node: Element) -> None:
        # Several terms of a glossary share one definition: they share one bracket too.
        is_first = node.parent.first_child_matching_class(nodes.term) == node.parent.index(node)
        self.append("[" if is_first else " \\\n")
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

    visit_definition, depart_definition = _open_content, _close_content

    # Fields and options

    def visit_field_list(self, node: Element) -> None:
        self.open_block(node)
        self.append(f"#fields(width: {_width_of_names(node):.1f}em,\n")

    depart_field_list = depart_docinfo = depart_bullet_list
    visit_docinfo = visit_field_list

    @whole
    def visit_field(self, node: Element) -> str:
        name, body = (n for n in node.children if isinstance(n, nodes.Element))
        head = f"([{self.render(*name.children)}], "
        inner = [n for n in body.children if isinstance(n, nodes.Element)]
        short = len(name.astext()) <= LONGEST_NAME and len(inner) <= 1
        if short and all(type(n) is nodes.paragraph and not n["classes"] for n in inner):
            self.append(head)
            self.later("".join(map(self.anchors, [body, *inner])))
            self.flush()
            text = self.render(*(n for paragraph in inner for n in paragraph.children))
            return f"[{text.strip()}], true),\n"
        self.append(head + "[")
        body.walkabout(self)
        self.flush()
        return "], false),\n"

    visit_option_list, depart_option_list = visit_definition_list, depart_bullet_list
    visit_option_list_item, depart_option_list_item = around("(", "),\n")

    visit_option_group = whole(lambda self, node: f"[#raw({string(node.astext())})], ")
    visit_description, depart_description = _open_content, _close_content

    # Columns

    def visit_hlist(self, node: Element) -> None:
        self.open_block(node)
        count = sum(isinstance(child, addnodes.hlistcol) for child in node.children)
        self.append(f"#columns-block({max(1, count)},\n")

    depart_hlist = depart_bullet_list
    visit_hlistcol, depart_hlistcol = visit_list_item, depart_list_item

    # Object descriptions

    def visit_desc(self, node: Element) -> None:
        self.begin_block("description", node)

    depart_desc = depart_desc_content = BaseTranslator.end_block

    def visit_desc_signature(self, node: Element) -> None:
        self.flush()
        self.append("#signature[")

    def depart_desc_signature(self, node: Element) -> None:
        self.append("]\n")

    def visit_desc_signature_line(self, node: Element) -> None:
        if node.parent.index(node):
            self.append(" \\\n")

    def visit_desc_content(self, node: Element) -> None:
        self.append("#description-body[")

    visit_desc_name, depart_desc_name = around("#strong[")
    visit_desc_annotation, depart_desc_annotation = around("#emph[")
    visit_desc_returns, depart_desc_returns = around(" → ", "")
    visit_desc_parameterlist, depart_desc_parameterlist = around(r"\(", ")")
    visit_desc_optional, depart_desc_optional = around(r"\[", r"\]")
    visit_desc_type_parameter_list, depart_desc_type_parameter_list = around(r"\[", r"\]")

    def visit_desc_parameter(self, node: Element) -> None:
        before = node.parent.children[: node.parent.index(node)]
        if any(isinstance(n, type(node)) for n in before):
            self.text(", ")
        self.append("#emph[")

    depart_desc_parameter = depart_desc_type_parameter = depart_desc_name
    visit_desc_type_parameter = visit_desc_parameter
