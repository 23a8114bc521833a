"""Late transforms: annotations get their facts once all documents are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .directives.base import SOURCES
from .fields import Field, Link, Part, Words, fields_of
from .model import Kind, Mention, Record
from .nodes import annotation, annotation_title, parallel_text
from .roles import date_nodes, language_span

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
        notes = self.domain.catalogue.in_document(self.env.current_document.docname)
        own = {record.anchor: record for record in notes.records}
        if self.builder_is_paged:
            self._index_mentions()
        for node in list(self.document.findall(annotation)):
            record = own.get(node["ids"][0])
            if record is not None:
                self._expand(node, record)

    @property
    def builder_is_paged(self) -> bool:
        """Whether the output has pages, and so an index with page numbers."""
        return self.env._app.builder.format in PAGED

    def _expand(self, node: annotation, record: Record) -> None:
        title = next(iter(node.findall(annotation_title)))
        facts = self._facts(record)
        position = node.index(title) + 1
        if facts is not None:
            node.insert(position, facts)
        for text in [child for child in node.children if isinstance(child, parallel_text)]:
            text.insert(0, nodes.paragraph("", "", nodes.strong("", text["language"])))
        closing = self._closing(node, record)
        if closing is not None:
            node += closing

    def _facts(self, record: Record) -> nodes.field_list | None:
        fields = fields_of(record, self.domain.catalogue)
        found = [self._field(field.label, self._values(field)) for field in fields]
        return nodes.field_list("", *found, classes=["annals-facts"]) if found else None

    def _closing(self, node: annotation, record: Record) -> nodes.field_list | None:
        fields = []
        for holder in [c for c in node.children if SOURCES in _classes(c)]:
            node.remove(holder)
            fields.append(self._field("Sources", cast("nodes.inline", holder).children))
        mentions = [
            mention
            for mention in self.domain.catalogue.mentions_of(record.id)
            if (mention.docname, mention.section) != self._own_section(node)
        ]
        if mentions:
            fields.append(self._field("Mentioned in", self._mention_nodes(mentions)))
        return nodes.field_list("", *fields, classes=["annals-closing"]) if fields else None

    def _own_section(self, node: annotation) -> tuple[str, str]:
        section = node.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        return self.env.current_document.docname, section["ids"][0] if section else ""

    def _mention_nodes(self, mentions: list[Mention]) -> list[Node]:
        found: list[Node] = []
        for mention in mentions:
            if found:
                found.append(nodes.Text("; "))
            builder = self.env._app.builder
            uri = builder.get_relative_uri(self.env.current_document.docname, mention.docname)
            anchor = f"#{mention.section}" if mention.section else ""
            reference = nodes.reference(
                mention.title, mention.title, internal=True, refuri=uri + anchor
            )
            reference["classes"].append("with-page")
            found.append(reference)
        return found

    @staticmethod
    def _field(label: str, content: list[Node]) -> nodes.field:
        body = nodes.field_body("", nodes.paragraph("", "", *content))
        return nodes.field("", nodes.field_name(label, label), body)

    def _values(self, field: Field) -> list[Node]:
        found: list[Node] = []
        for value in field.values:
            if found:
                found.append(nodes.Text("; "))
            for part in value:
                found += self._part(part)
        return found

    def _part(self, part: Part) -> list[Node]:
        match part:
            case Link():
                return [self._link(part)]
            case Words(text, language, None):
                return [language_span(text, language)]
            case Words(text, _, href):
                return [nodes.reference(text, text, refuri=href, internal=False)]
            case _:
                return date_nodes(part)

    def _link(self, link: Link) -> Node:
        record = self.domain.catalogue.find(link.id)
        if record is None:  # reported by the consistency check
            return nodes.inline(link.id, link.text or link.id, classes=["annals-unknown"])
        content = nodes.inline(link.text, link.text) if link.text else None
        docname = self.env.current_document.docname
        return self.domain.make_reference(self.env._app.builder, docname, record, content)

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


def _classes(node: Node) -> list[str]:
    return cast("list[str]", node.get("classes", [])) if isinstance(node, nodes.Element) else []
