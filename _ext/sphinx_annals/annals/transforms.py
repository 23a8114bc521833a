"""Late transforms: annotations get their facts once all documents are known."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.gettext import I18nBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.doctree.comparison_table import Comparisons
from sphinx_annals.annals.doctree.fact_list import FactWriter
from sphinx_annals.annals.doctree.nodes import annotation, annotation_title, view
from sphinx_annals.annals.doctree.renderer import PAGED, Renderer, name_languages
from sphinx_annals.annals.indices.general import mark_mention, mark_record
from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.views.pages import BORROWING, ViewFiller

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.domain import AnnalsDomain


class ExpandAnnotations(SphinxPostTransform):
    """Fill views, and add to each annotation its comparisons and its facts.

    Runs before references resolve (priority 10), since it makes some.
    """

    default_priority = 5

    @property
    def domain(self) -> AnnalsDomain:
        """The domain that keeps the records."""
        return cast("AnnalsDomain", self.env.domains["annals"])

    def run(self, **kwargs: Any) -> None:
        """Expand every annotation, but for translators, who need it as it was read."""
        if isinstance(self.domain.builder, I18nBuilder):
            return
        self.show = Renderer(self.domain.catalogue, self.domain.builder)
        if self.builder_is_paged:
            self._index_mentions()
        comparisons = Comparisons(self.env, self.show, self.document)
        later = self.domain.builder.format in AddFacts.formats
        fill_views(self.env, self.show, comparisons, BORROWING if later else None)
        comparisons.fill()
        facts = None if later else FactWriter(self.show)
        for node, record in annotations_in(self.document, self.domain):
            name_languages(node.children)
            if self.builder_is_paged:
                title = next(child for child in node if isinstance(child, annotation_title))
                mark_record(title, record, self.domain.catalogue)
            node += comparisons.elsewhere(node, record)
            if facts:
                facts.complete(node, record)

    @property
    def builder_is_paged(self) -> bool:
        """Whether the output has pages, and so an index with page numbers."""
        return self.domain.builder.format in PAGED

    def _index_mentions(self) -> None:
        """Let the index of a paged book say where records are mentioned."""
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("refdomain") != "annals":
                continue
            record = self.domain.catalogue.find(node["reftarget"])
            if record is not None:
                mark_mention(node, record, self.domain.catalogue)


class AddFacts(SphinxPostTransform):
    """Add to each annotation its facts and fill the views that are still empty, where links
    need nothing more to be resolved.

    Most of a build is transforms walking over nodes: so this runs after those that walk (the
    last of Sphinx's own has priority 401).
    """

    default_priority = 450
    formats = ("html", "typst")

    def run(self, **kwargs: Any) -> None:
        """Complete every annotation of the document."""
        domain = cast("AnnalsDomain", self.env.domains["annals"])
        show = Renderer(domain.catalogue, domain.builder)
        facts = FactWriter(show)
        with collector_paused():
            for node, record in annotations_in(self.document, domain):
                facts.complete(node, record)
            if any(True for _ in self.document.findall(view)):
                fill_views(self.env, show, Comparisons(self.env, show, self.document))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let Python not search for garbage among nodes in the making.

    A page of some thousand events would have it search all of them a dozen times.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def fill_views(
    env: BuildEnvironment,
    show: Renderer,
    comparisons: Comparisons,
    names: frozenset[str] | None = None,
) -> None:
    """Fill the views of a document, or those of the names given.

    Those that borrow nodes must be filled while annotations are as they were read.
    """
    found = list(comparisons.document.findall(view))
    if found:
        filler = ViewFiller(env, show, comparisons)
        for node in found:
            if names is None or filler.spec_of(node).view in names:
                filler.fill(node)


def annotations_in(
    document: nodes.document, domain: AnnalsDomain
) -> list[tuple[annotation, Record]]:
    """Give the annotations of a document with their records."""
    return [
        (node, domain.record_at(node["docname"], node["ids"][0]))
        for node in document.findall(annotation)
    ]


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(ExpandAnnotations)
    app.add_post_transform(AddFacts)
