"""Citations as notes: how they become such, and in what order they are numbered."""

from sphinx.application import Sphinx

from sphinx_annals.citations.build.notes.making import FootBibliography, Notes, NotesAtTheFoot
from sphinx_annals.citations.build.notes.numbering import NotesInOrder


def setup(app: Sphinx) -> None:
    """Register the directive and the transforms."""
    app.add_directive("footbibliography", FootBibliography, override=True)
    app.add_transform(Notes)
    app.add_post_transform(NotesAtTheFoot)
    app.add_post_transform(NotesInOrder)
