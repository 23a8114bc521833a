"""Lists of every kind, glossaries, fields, options and object descriptions."""

import re
from collections.abc import Callable

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.pdf.markup import string, value
from sphinx_annals.pdf.translator.base import BaseTranslator, around, inside, whole, whole_block
from sphinx_annals.pdf.volume import elements

_NUMBERING = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
#: Classes on a list or its class that ask for hanging indents instead of bullets.
_HANGING = frozenset(
    {"citation-list", "citations", "bibliography", "references", "csl-bib-body"}
    | {"contains-task-list"}  # whose boxes stand for bullets
)


def is_tight(node: Element) -> bool:
    """Tell whether every item is one short paragraph, perhaps with a list below."""

    def short(item: nodes.Node) -> bool:
        kids = [child for child in item.children if not isinstance(child, nodes.Invisible)]
        lists = nodes.bullet_list | nodes.enumerated_list
        if any(isinstance(kid, nodes.container) for kid in kids):
            return False  # what it holds may be several paragraphs
        return len(kids) < 2 or (len(kids) == 2 and isinstance(kids[1], lists))

    return all(map(short, node.children))


def _running(content: str) -> str:
    """Let content begin in the line of what stands before it, not in a paragraph of its own."""
    return re.sub(r"^(\[(?:#[\w-]+\[)?)\n\n", r"\1\n", content)


class ListsMixin(BaseTranslator):
    """Visitors for lists, each written in one go with its items."""

    def _call(self, opening: str, node: Element, written: Callable[[Element], str]) -> str:
        """Give the call of a function that gets each item as an argument."""
        items = ""
        for item in elements(node):
            self.later(self.anchors(item))
            items += f"{written(item)},\n"
        return f"#{opening}\n{items})\n"

    @whole_block
    def visit_bullet_list(self, node: Element) -> str:
        names = {cls.__name__.replace("_", "-") for cls in type(node).__mro__}
        hanging = not _HANGING.isdisjoint({*names, *node["classes"]})
        opening = "hanging-list(" if hanging else f"bullets(tight: {value(is_tight(node))},"
        return self._call(opening, node, self.content)

    @whole_block
    def visit_enumerated_list(self, node: Element) -> str:
        kind = _NUMBERING.get(node.get("enumtype", ""), "1")
        numbering = string(f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}")
        tight, start = value(is_tight(node)), int(node.get("start", 1))
        opening = f"numbered(tight: {tight}, start: {start}, numbering: {numbering},"
        return self._call(opening, node, self.content)

    @whole_block
    def visit_hlist(self, node: Element) -> str:
        return self._call(f"columns-block({max(1, len(node))},", node, self.content)

    # Definitions, options and fields

    @whole_block
    def visit_definition_list(self, node: Element) -> str:
        return self._call("definitions(", node, self._definition)

    def _definition(self, item: Element) -> str:
        terms = meanings = ""
        for child in elements(item):
            if isinstance(child, nodes.term):  # those of a glossary share one definition
                terms += ("#next-term" if terms else "") + f"#{self.content(child)}"
            elif isinstance(child, nodes.classifier):
                terms += f" #classifier{self.content(child)}"
            else:  # in Markdown one term may have several
                meanings += "\n\n" if meanings else ""
                meanings += f"#{_running(self.content(child))}\n"
        return f"([{terms}], [{meanings}])"

    @whole_block
    def visit_option_list(self, node: Element) -> str:
        return self._call("definitions(", node, self._option)

    def _option(self, item: Element) -> str:
        group, *description = elements(item)
        meaning = "".join(f"#{_running(self.content(part))}" for part in description)
        return f"([#raw({string(group.astext())})], [{meaning}])"

    @whole_block
    def visit_field_list(self, node: Element) -> str:
        return self._call("fields(", node, self._field)

    def _field(self, item: Element) -> str:
        name, body = elements(item)
        first = next(iter(body.children), None)
        block = isinstance(first, nodes.FixedTextElement) or not (
            first is None or isinstance(first, nodes.Text | nodes.TextElement)
        )
        return f"({self.content(name)}, {_running(self.content(body))}, {value(block)})"

    # Object descriptions

    visit_desc, depart_desc = inside("description")
    visit_described, depart_desc_content = inside("description-body")
    visit_desc_signature, depart_desc_signature = around("#signature[", "]\n")
    visit_desc_name, depart_desc_name = around("#strong[")
    visit_desc_annotation, depart_desc_annotation = around("#emph[")
    visit_desc_returns, depart_desc_returns = around(" → ", "")
    visit_desc_parameter, depart_desc_parameter = around("#emph[")
    visit_desc_type_parameter, depart_desc_type_parameter = around("#emph[")

    def visit_desc_content(self, node: Element) -> None:
        if not node.children:  # it would leave its room
            raise nodes.SkipNode
        self.visit_described(node)

    def visit_desc_signature_line(self, node: Element) -> None:
        self.append(" \\\n" if node.parent.index(node) else "")

    def _parameters(self, node: Element) -> str:
        # A type that stands before its parameter, as in routes, is no parameter of its own.
        return "".join(
            self.render(child) + ("" if isinstance(child, addnodes.desc_annotation) else ", ")
            for child in node.children
        ).removesuffix(", ")

    visit_desc_parameterlist = whole(lambda self, node: rf"\({self._parameters(node)}\)")
    visit_desc_optional = whole(lambda self, node: rf"\[{self._parameters(node)}\]")
    visit_desc_type_parameter_list = visit_desc_optional
