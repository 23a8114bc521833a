"""Late transforms: annotations get their facts once all documents are known."""

from __future__ import annotations

from typing import Any, cast

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.gettext import I18nBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.doctree.as_read import AsRead
from sphinx_annals.annals.doctree.comparisons_in_place import ComparisonsInPlace
from sphinx_annals.annals.doctree.fact_list import FactWriter
from sphinx_annals.annals.doctree.nodes import annotation, annotation_title
from sphinx_annals.annals.doctree.renderer import Renderer, name_languages
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.indices import mark_mention, mark_record
from sphinx_annals.annals.model import Record
from sphinx_annals.annals.views.base import fill_views


class AnnalsTransform(SphinxPostTransform):
    """A transform that asks the domain, in a document of one builder."""

    @property
    def domain(self) -> AnnalsDomain:
        """The domain that keeps the records."""
        return cast("AnnalsDomain", self.env.domains["annals"])

    def renderer(self) -> Renderer:
        """Give what makes the nodes of this document."""
        as_read = AsRead(self.env, self.document)
        return Renderer(self.domain.catalogue, self.domain.builder, as_read)

    def annotations(self) -> list[tuple[annotation, Record]]:
        """Give the annotations of the document with their records."""
        return [
            (node, self.domain.record_at(node["docname"], node["ids"][0]))
            for node in self.document.findall(annotation)
        ]

    def complete(self, render: Renderer) -> None:
        """Fill the views that are still empty, and add to each annotation its facts."""
        fill_views(self.document, render)
        facts = FactWriter(render)
        for node, record in self.annotations():
            facts.complete(node, record)


class ExpandAnnotations(AnnalsTransform):
    """Make the comparisons of each annotation, and of views what borrows from other documents.

    Runs before references resolve (priority 10), since it makes some.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Expand every annotation, but for translators, who need it as it was read."""
        if isinstance(self.domain.builder, I18nBuilder):
            return
        render = self.renderer()
        if render.paged:
            self._index_mentions()
        fill_views(self.document, render, only_borrowing=True)
        comparisons = ComparisonsInPlace(render, self.domain.criticism)
        comparisons.fill()
        for node, record in self.annotations():
            name_languages(node.children)
            if render.paged:
                title = next(child for child in node if isinstance(child, annotation_title))
                mark_record(title, record, self.domain.catalogue)
            node += comparisons.elsewhere(node, record)
        if self.domain.builder.format not in AddFacts.formats:
            self.complete(render)

    def _index_mentions(self) -> None:
        """Let the index of a paged builder say where records are mentioned."""
        found = list(self.document.findall(addnodes.pending_xref))
        for number, node in enumerate(found, 1):
            if node.get("refdomain") != "annals":
                continue
            record = self.domain.catalogue.find(node["reftarget"])
            if record is not None:
                mark_mention(node, record, self.domain.catalogue, number)


class AddFacts(AnnalsTransform):
    """Add to each annotation its facts and fill the views that are still empty, where links
    need nothing more to be resolved.

    Most of a build is transforms walking over nodes: so this runs after those that walk (the
    last of Sphinx's own has priority 401).
    """

    default_priority = 450
    formats = ("html", "typst")

    def run(self, **kwargs: Any) -> None:
        """Complete every annotation of the document."""
        self.complete(self.renderer())


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(ExpandAnnotations)
    app.add_post_transform(AddFacts)
