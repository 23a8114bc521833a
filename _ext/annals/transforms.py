"""Late transforms: annotations get their facts once all documents are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .comparison import Comparisons
from .directives.base import SOURCES
from .fields import fields_of
from .model import Kind, Mention, Record
from .nodes import annotation, annotation_title, view
from .rendering import Renderer, name_languages
from .standing import section_of
from .viewing import ViewFiller

if TYPE_CHECKING:
    from .domain import AnnalsDomain

PAGED = frozenset({"latex", "typst"})
_INDEXED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE})


class ExpandAnnotations(SphinxPostTransform):
    """Add to each annotation its facts, as standard nodes, around its body.

    Runs before references resolve (priority 10), since it makes some, and walks only
    documents that state something: most of a build is transforms walking over nodes.
    """

    default_priority = 5

    @property
    def domain(self) -> AnnalsDomain:
        """The domain that keeps the records."""
        return cast("AnnalsDomain", self.env.domains["annals"])

    def run(self, **kwargs: Any) -> None:
        """Expand every annotation of the document."""
        self.show = Renderer(self.domain, self.env._app.builder)
        if self.builder_is_paged:
            self._index_mentions()
        comparisons = Comparisons(self.env, self.show, self.document)
        self._fill_views(comparisons)
        comparisons.fill()
        for node in list(self.document.findall(annotation)):
            record = self.domain.record_at(node["docname"], node["ids"][0])
            self._expand(node, record, comparisons.elsewhere(node, record))

    def _fill_views(self, comparisons: Comparisons) -> None:
        """Fill the views first: they copy from annotations as these were read."""
        found = list(self.document.findall(view))
        if found:
            filler = ViewFiller(self.env, self.show, comparisons)
            for node in found:
                filler.fill(node)

    @property
    def builder_is_paged(self) -> bool:
        """Whether the output has pages, and so an index with page numbers."""
        return self.env._app.builder.format in PAGED

    def _expand(self, node: annotation, record: Record, comparisons: list[Node]) -> None:
        title = next(iter(node.findall(annotation_title)))
        facts = self._facts(record)
        position = node.index(title) + 1
        if facts is not None:
            node.insert(position, facts)
        name_languages(node.children)
        node += comparisons
        closing = self._closing(node, record)
        if closing is not None:
            node += closing

    def _facts(self, record: Record) -> nodes.field_list | None:
        fields = fields_of(record, self.domain.catalogue)
        found = [
            self._field(field.label, self.show.at(record.docname).values(field.values))
            for field in fields
        ]
        return nodes.field_list("", *found, classes=["annals-facts"]) if found else None

    def _closing(self, node: annotation, record: Record) -> nodes.field_list | None:
        fields = []
        for holder in [c for c in node.children if SOURCES in _classes(c)]:
            node.remove(holder)
            fields.append(self._field("Sources", cast("nodes.inline", holder).children))
        mentions = [
            mention
            for mention in self.domain.catalogue.mentions_of(record.id)
            if (mention.docname, mention.section) != (record.docname, _section_id(node))
        ]
        if mentions:
            shown = self._mention_nodes(mentions, self.show.at(record.docname))
            fields.append(self._field("Mentioned in", shown))
        return nodes.field_list("", *fields, classes=["annals-closing"]) if fields else None

    @staticmethod
    def _mention_nodes(mentions: list[Mention], show: Renderer) -> list[Node]:
        found: list[Node] = []
        for mention in mentions:
            if found:
                found.append(nodes.Text("; "))
            found.append(show.place(mention.docname, mention.section, mention.title))
        return found

    @staticmethod
    def _field(label: str, content: list[Node]) -> nodes.field:
        body = nodes.field_body("", nodes.paragraph("", "", *content))
        return nodes.field("", nodes.field_name(label, label), body)

    def _index_mentions(self) -> None:
        """Let the index of a paged book say where people, organisations and places occur."""
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("refdomain") != "annals":
                continue
            record = self.domain.catalogue.find(node["reftarget"])
            if record is None or record.kind not in _INDEXED:
                continue
            target = f"index-{record.anchor}-{id(node):x}"
            entry = ("single", record.title.replace(";", ","), target, "", None)
            index = addnodes.index(entries=[entry], inline=True)
            node.parent.insert(node.parent.index(node), index)


def _section_id(node: Node) -> str:
    section = section_of(node)
    return cast("str", section["ids"][0]) if section else ""


def _classes(node: Node) -> list[str]:
    return cast("list[str]", node.get("classes", [])) if isinstance(node, nodes.Element) else []
