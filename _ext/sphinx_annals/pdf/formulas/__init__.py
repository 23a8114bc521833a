"""Formulas: from TeX, with the macros of a project, to Typst. Pure."""

from sphinx_annals.pdf.formulas.converting import CONVERTER, MATH, Converted, Formula, convert
from sphinx_annals.pdf.formulas.macros import (
    Macro,
    Macros,
    TeXError,
    definitions,
    of_mathjax,
    words,
)
from sphinx_annals.pdf.formulas.tex import prepared
