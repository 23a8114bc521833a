"""The one class that turns a doctree into Typst; its visitors stand by family."""

from sphinx_annals.pdf.translator.cards import CardsMixin
from sphinx_annals.pdf.translator.code import CodeMixin
from sphinx_annals.pdf.translator.diagrams import DiagramsMixin
from sphinx_annals.pdf.translator.endmatter import EndMatterMixin
from sphinx_annals.pdf.translator.formulas import FormulasMixin
from sphinx_annals.pdf.translator.inline import InlineMixin
from sphinx_annals.pdf.translator.references import ReferencesMixin
from sphinx_annals.pdf.translator.structure import StructureMixin
from sphinx_annals.pdf.translator.tables import TablesMixin


class TypstTranslator(
    StructureMixin,
    TablesMixin,
    CardsMixin,
    CodeMixin,
    DiagramsMixin,
    InlineMixin,
    FormulasMixin,
    ReferencesMixin,
    EndMatterMixin,
):
    """Translates an assembled book. See :mod:`sphinx_annals.pdf` for what extensions may call."""
