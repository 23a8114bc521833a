"""Text and what marks it up within a line."""

import re

from docutils import nodes
from docutils.nodes import Element

from sphinx_annals.pdf.markup import string, value, with_breaks
from sphinx_annals.pdf.translator.base import BaseTranslator, around, whole
from sphinx_annals.pdf.typesetting import raw

#: Classes of an inline and the Typst function that shows them.
_CLASSES = {
    **dict.fromkeys(("smallcaps", "small-caps"), "smallcaps"),
    **{name: name for name in ("underline", "strike", "highlight", "kbd")},
    "nowrap": "box",
    "menuselection": "emph",
    "guilabel": "strong",
    "sd-badge": "badge",
}
_BREAK = re.compile(r"\s*<br ?/?>\s*")
_CHECKED = re.compile(r"\bchecked\b")


class InlineMixin(BaseTranslator):
    """Visitors for inline nodes."""

    visit_emphasis, depart_emphasis = around("#emph[")
    visit_manpage, depart_manpage = visit_emphasis, depart_emphasis
    visit_title_reference, depart_title_reference = visit_emphasis, depart_emphasis
    visit_strong, depart_strong = around("#strong[")
    visit_subscript, depart_subscript = around("#sub[")
    visit_superscript, depart_superscript = around("#super[")
    visit_problematic, depart_problematic = around("#problem[")

    def visit_literal(self, node: Element) -> None:
        if "kbd" not in node["classes"]:
            line = " ".join(node.astext().split())
            code = with_breaks(line, min(self.narrow, default=30))
            self.append(f"#raw({string(code or ' ')})")
            raise nodes.SkipNode
        self.append("#kbd[")

    depart_literal = depart_emphasis

    def visit_inline(self, node: Element) -> None:
        self.append("".join(f"#{_CLASSES[c]}[" for c in node["classes"] if c in _CLASSES))

    def depart_inline(self, node: Element) -> None:
        self.append("]" * sum(name in _CLASSES for name in node["classes"]))

    def depart_abbreviation(self, node: Element) -> None:
        """A printed page has no tooltip: the explanation follows once for each abbreviation."""
        meaning = " ".join(node.get("explanation", "").split())
        key = (node.astext(), meaning)
        code = any(isinstance(n, nodes.FixedTextElement) for n in (node.parent, node.parent.parent))
        if meaning and not code and key not in self._abbreviations:
            self._abbreviations.add(key)
            self.text(f" ({meaning})")

    @whole
    def visit_raw(self, node: Element) -> str:
        if "task-list-item-checkbox" in node.astext():
            return f"#task-box({value(bool(_CHECKED.search(node.astext())))})"
        if _BREAK.fullmatch(node.astext()):  # of Markdown, with another for LaTeX beside it
            return " \\\n"
        if "typst" not in node.get("format", "").split():
            return ""
        holder: nodes.Node = node
        while not holder.line and holder.parent is not None:
            holder = holder.parent
        place = f"{self.docname}:{holder.line or 1}"
        if isinstance(node.parent, nodes.TextElement):  # a blank line would end the paragraph
            return raw(node.astext(), place)
        self.open_block(node)
        return raw(f"\n{node.astext()}\n", place) + "\n"
