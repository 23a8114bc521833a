"""The one class that turns a doctree into Typst; its visitors stand by family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_annals.pdf.translator.endmatter import EndMatterMixin
from sphinx_annals.pdf.translator.inline import InlineMixin
from sphinx_annals.pdf.translator.lists import ListsMixin
from sphinx_annals.pdf.translator.references import ReferencesMixin
from sphinx_annals.pdf.translator.structure import StructureMixin
from sphinx_annals.pdf.translator.tables import TablesMixin

if TYPE_CHECKING:
    from docutils import nodes

    from sphinx_annals.pdf.builder import TypstPdfBuilder


class TypstTranslator(
    StructureMixin, TablesMixin, ListsMixin, InlineMixin, ReferencesMixin, EndMatterMixin
):
    """Translates an assembled book. See :mod:`typst_pdf` for what extensions may call."""

    def __init__(
        self, document: nodes.document, builder: TypstPdfBuilder, options: dict[str, Any]
    ) -> None:
        super().__init__(document, builder, options)
        self.collect_footnotes()
        self.start_index()

    def book(self) -> str:
        """Return the markup of the whole text after the doctree was walked."""
        self.append(self.end_matter())
        return self.body()
