"""Lists of works: the directive, what stands in its place, the links back from each work."""

from sphinx.application import Sphinx

from sphinx_annals.citations.build.lists import backlinks
from sphinx_annals.citations.build.lists.directive import OPTIONS, Bibliography
from sphinx_annals.citations.build.lists.placing import BibliographyLists, cards
from sphinx_annals.interfaces import CARDS


def setup(app: Sphinx) -> None:
    """Register the directive and the transforms."""
    app.add_directive("bibliography", Bibliography, override=True)
    app.add_post_transform(BibliographyLists)
    app.connect(CARDS, cards)
    backlinks.setup(app)
