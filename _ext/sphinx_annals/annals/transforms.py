"""Late transforms: annotations get their facts once all documents are known."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.gettext import I18nBuilder
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.doctree import (
    AsRead,
    ComparisonsInPlace,
    Renderer,
    add_facts,
    annotation,
    annotation_title,
    cited_by,
    cited_sources,
    join,
    markup_of,
    name_languages,
    names_object,
    runs_in,
)
from sphinx_annals.annals.domain import domain_of
from sphinx_annals.annals.indices import mark_mention, mark_record
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import Article, Kind, Record, parts_of
from sphinx_annals.annals.views import Corpus, fill_views
from sphinx_annals.language import ENGLISH
from sphinx_annals.messages import warn
from sphinx_annals.walking import each


class JoinWithProse(SphinxTransform):
    """Bring annotations together with the prose that they stand before, or beside.

    So early that whatever looks at a document finds that prose where a body would be; targets
    between the two (docutils moves their ids, 260) stay where they are.
    """

    default_priority = 15

    def apply(self, **kwargs: Any) -> None:
        """Join each run of annotations with its body, and complete what was stated without it."""
        records = domain_of(self.env).notes(self.env.current_document.docname).records
        by_anchor = {record.anchor: n for n, record in enumerate(records)}
        for run in list(runs_in(self.document)):
            # copies, since citations count that stand within no other annotation
            body = [node.deepcopy() for node in run.body]
            cited = cited_by(body)
            for node in run.annotations:
                place = by_anchor[node["ids"][0]]
                record = records[place]
                if cited.issuperset(record.sources):
                    for sources in [c for c in node.children if isinstance(c, cited_sources)]:
                        node.remove(sources)
                if isinstance(record, Article):
                    records[place] = replace(record, markup=markup_of(body))
                told = (
                    parts_of(record, f, ENGLISH) for f in record.fields if f.stands != "nowhere"
                )
                if not body and not any(told) and not node.attributes.pop("misread", False):
                    says = "says nothing; add options or a body, or set it before a paragraph"
                    warn(Subtype.EMPTY, f"{node['kind']}: {record.id} {says}", node)
            join(run)


class AnnalsTransform(SphinxPostTransform):
    """A transform that asks the domain, in a document of one builder."""

    def renderer(self) -> Renderer:
        """Give what makes the nodes of this document."""
        domain = domain_of(self.env)
        return Renderer(domain.catalogue, domain.builder, AsRead(self.env, self.document))

    def annotations(self) -> Iterator[tuple[annotation, Record]]:
        """Give the annotations of the document with their records."""
        catalogue = domain_of(self.env).catalogue
        for node in each(self.document, annotation):
            yield node, catalogue.by_place[node["docname"], node["ids"][0]]

    def complete(self, render: Renderer) -> None:
        """Fill the views that are still empty, and add to each annotation its facts."""
        fill_views(self.document, render)
        for node, record in self.annotations():
            add_facts(node, record, render)


class ExpandAnnotations(AnnalsTransform):
    """Make the comparisons of each annotation, and of views what borrows from other documents.

    Runs before references resolve (priority 10), since it makes some.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Expand every annotation, but for translators, who need it as it was read."""
        domain = domain_of(self.env)
        if isinstance(domain.builder, I18nBuilder):
            return
        render = self.renderer()
        if render.paged:
            self._index_mentions(render)
        fill_views(self.document, render, only_borrowing=True)
        comparisons = ComparisonsInPlace(render, domain.criticism, domain.derived(Corpus).listed)
        comparisons.fill()
        for node, record in self.annotations():
            name_languages(node.children, render)
            if render.paged:
                title = next(child for child in node if isinstance(child, annotation_title))
                mark_record(title, record, render.catalogue)
            node += comparisons.elsewhere(node, record)
        if render.prints:
            self._print_references(render)
        if domain.builder.format not in AddFacts.formats:
            self.complete(render)

    def _print_references(self, render: Renderer) -> None:
        """Let references in paragraphs be HTML at once; elsewhere others may ask for nodes."""
        for node in each(self.document, addnodes.pending_xref):
            if not names_object(node) or type(node.parent) is not nodes.paragraph:
                continue
            record = render.catalogue.find(node["reftarget"], Kind(node["reftype"]))
            if record is None or node["refexplicit"]:
                continue
            if printed := render.at(node["refdoc"]).reference(record):
                node.parent.replace(node, printed)

    def _index_mentions(self, render: Renderer) -> None:
        """Let the index of a paged builder say where records are mentioned."""
        for number, node in enumerate(each(self.document, addnodes.pending_xref), 1):
            record = render.catalogue.find(node["reftarget"])
            if record and names_object(node):
                mark_mention(node, record, render.catalogue, number)


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
    app.add_transform(JoinWithProse)
    app.add_post_transform(ExpandAnnotations)
    app.add_post_transform(AddFacts)
