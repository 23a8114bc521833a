"""Text and what marks it up within a line."""

# ruff: noqa: D102 - visit_ and depart_ methods follow one protocol
from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annals.pdf.markup import string
from sphinx_annals.pdf.translator.base import BaseTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

#: Classes of an inline and the Typst function that shows them.
_CLASSES = {"smallcaps": "smallcaps", "small-caps": "smallcaps", "underline": "underline",
            "strike": "strike", "highlight": "highlight", "kbd": "kbd", "nowrap": "box",
            "menuselection": "emph", "guilabel": "strong"}  # fmt: skip


class InlineMixin(BaseTranslator):
    """Visitors for inline nodes."""

    def visit_Text(self, node: nodes.Text) -> None:
        self.text(node.astext())

    def depart_Text(self, node: nodes.Text) -> None:
        pass

    def visit_emphasis(self, node: Element) -> None:
        self.append("#emph[")

    def close(self, node: Element) -> None:
        """Close the bracket of an inline."""
        self.append("]")

    def visit_strong(self, node: Element) -> None:
        self.append("#strong[")

    def visit_subscript(self, node: Element) -> None:
        self.append("#sub[")

    def visit_superscript(self, node: Element) -> None:
        self.append("#super[")

    visit_literal_emphasis = visit_manpage = visit_title_reference = visit_emphasis
    visit_literal_strong = visit_strong
    depart_emphasis = depart_strong = depart_subscript = depart_superscript = close
    depart_literal_emphasis = depart_literal_strong = depart_manpage = close
    depart_title_reference = close

    def visit_literal(self, node: Element) -> None:
        if "kbd" in node["classes"]:
            self.append("#kbd[")
            return
        self.append(f"#raw({string(' '.join(node.astext().split()) or ' ')})")
        raise nodes.SkipNode

    depart_literal = close

    def visit_inline(self, node: Element) -> None:
        found = [_CLASSES[name] for name in node["classes"] if name in _CLASSES]
        self.append("".join(f"#{name}[" for name in found) or "")

    def depart_inline(self, node: Element) -> None:
        self.append("]" * sum(name in _CLASSES for name in node["classes"]))

    def visit_abbreviation(self, node: Element) -> None:
        """A printed page has no tooltip: the explanation follows once for each abbreviation."""

    def depart_abbreviation(self, node: Element) -> None:
        meaning = " ".join(node.get("explanation", "").split())
        key = (node.astext(), meaning)
        code = isinstance(node.parent, nodes.FixedTextElement) or isinstance(
            node.parent.parent, nodes.FixedTextElement
        )
        if meaning and not code and key not in self._abbreviations:
            self._abbreviations.add(key)
            self.text(f" ({meaning})")

    def _pass(self, node: Element) -> None:
        """Only the children are printed."""

    visit_acronym = depart_acronym = visit_generated = depart_generated = _pass
    visit_substitution_reference = depart_substitution_reference = _pass

    def visit_math(self, node: Element) -> None:
        self.append(f"#math-text({string(node.astext())})")
        raise nodes.SkipNode

    def visit_problematic(self, node: Element) -> None:
        self.append("#problem[")

    depart_problematic = close

    def visit_raw(self, node: Element) -> None:
        if "typst" in node.get("format", "").split():
            inline = isinstance(node.parent, nodes.TextElement)
            if not inline:
                self.open_block(node)
            self.append(node.astext())
            self.append("" if inline else "\n")
        raise nodes.SkipNode

    def skip(self, node: Element) -> None:
        """Nothing of this stands in a printed book."""
        raise nodes.SkipNode

    visit_comment = visit_meta = visit_substitution_definition = visit_highlightlang = skip
    visit_tabular_col_spec = visit_toctree = visit_pending = visit_decoration = skip
    visit_colspec = skip
