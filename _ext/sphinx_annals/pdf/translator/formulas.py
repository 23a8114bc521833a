"""Formulas: within a line, by themselves, numbered."""

from importlib.util import find_spec
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx.config import Config

from sphinx_annals.extension import command
from sphinx_annals.messages import warn
from sphinx_annals.pdf.formulas import (
    CONVERTER,
    MATH,
    Converted,
    Formula,
    Macros,
    convert,
    definitions,
    of_mathjax,
)
from sphinx_annals.pdf.markup import clean, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, whole, whole_block


def macros(config: Config) -> Macros:
    """Give the macros that a project has for LaTeX and for MathJax; the latter's win."""
    latex = config.latex_elements
    found: Macros = {}
    for preamble in (
        *(str(latex.get(name, "")) for name in ("extrapackages", "passoptionstopackages")),
        str(latex.get("preamble", "")),
        str(getattr(config, "imgmath_latex_preamble", "")),
    ):
        found |= definitions(preamble)
    for name, tex, key in (
        ("mathjax2_config", "TeX", "Macros"),
        ("mathjax3_config", "tex", "macros"),
        ("mathjax4_config", "tex", "macros"),
    ):
        told = (getattr(config, name, None) or {}).get(tex) or {}
        found |= of_mathjax(told.get(key) or {}, told.get("environments"))
    return found


class FormulasMixin(BaseTranslator):
    """Visitors for formulas, which are converted all at once before the first is written."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._formulas: dict[Formula, Converted] = {}
        formulas = [self._of(n) for n in self.every(nodes.math, nodes.math_block)]
        if formulas and find_spec(CONVERTER):
            self._formulas = convert(formulas, macros(self.config), self.builder.fonts)
            self.define("math", MATH)
        elif formulas:
            warn(Subtype.MATH, f"formulas are printed as TeX: run {command('math')}")

    def _of(self, node: Element) -> Formula:
        return Formula(node["docname"], clean(node.astext()), isinstance(node, nodes.math_block))

    def _typst(self, node: Element) -> str:
        """Give a formula's Typst, or nothing after a warning that says why there is none."""
        made = self._formulas.get(self._of(node), Converted())
        if made.reason:
            unknown = made.reason.endswith(" is not known")
            remedy = "define it in mathjax3_config or latex_elements" if unknown else "mend it"
            warn(Subtype.MATH, f"a formula is printed as TeX: {made.reason}; {remedy}", node)
        return made.typst

    @whole
    def visit_math(self, node: Element) -> str:
        source, written = string(node.astext()), self._typst(node)
        return f"#formula({source})[${written}$]" if written else f"#math-text({source})"

    @whole_block
    def visit_math_block(self, node: Element) -> str:
        source, written = string(node.astext()), self._typst(node)
        number = string(f"({found})" if (found := self._equation_number(node)) else "")
        if not written:
            return f"#math-source({source}, {number})\n"
        return f"#math-block({source}, {number})[$ {written} $]\n"

    def _equation_number(self, node: Element) -> str:
        """Give the number of an equation as Sphinx's domain for formulas refers to it."""
        if not node.get("number"):
            return ""
        if not (self.config.math_numfig and self.config.numfig):
            return str(node["number"])
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get("displaymath", {})
        found = ".".join(map(str, next((numbers[n] for n in node["ids"] if n in numbers), ())))
        return str(self.config.math_numsep).join(found.rsplit(".", 1))
