"""The facts of an annotation as nodes: a field list, or for HTML a lighter one of its own.

A field list takes five nodes for each fact and three for each link in it, and whatever walks
over a document visits them all. On the web a fact is one node and a link is two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree.nodes import (
    annotation,
    annotation_title,
    cited_sources,
    element,
)
from sphinx_annals.annals.doctree.places import section_of
from sphinx_annals.annals.model import Article, Fact, Mention, Record, facts_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_annals.annals.doctree.renderer import Renderer

_MOST_SECTIONS = 12
"""Of an object that more sections mention, the documents are listed."""


class fact_list(nodes.General, nodes.Element):  # noqa: N801
    """Facts in HTML."""


class fact(nodes.Part, nodes.TextElement):  # noqa: N801
    """One fact in HTML; ``label`` names it."""


class FactWriter:
    """Adds to the annotations of a document what their records state and who mentions them."""

    def __init__(self, show: Renderer) -> None:
        self.show = show
        self.html = show.html

    def complete(self, node: annotation, record: Record) -> None:
        """Put the facts after the title; at the end sources, what leads on, and mentions."""
        show = self.show.at(record.docname)
        title = next(n for n, c in enumerate(node.children) if isinstance(c, annotation_title))
        found = facts_of(record, show.catalogue)
        if _stands_in(node.parent, record, show):
            found = [fact for fact in found if fact.name != "treaty"]
        facts = self._facts([fact for fact in found if not fact.late], show)
        late = self._facts([fact for fact in found if fact.late], show)
        if facts:
            node.insert(title + 1, self._list(facts, "annals-facts"))
        closing = [*self._sources(node), *late, *self._mentions(node, record, show)]
        if closing:
            node += self._list(closing, "annals-closing")

    def _facts(self, facts: Iterable[Fact], show: Renderer) -> list[Node]:
        return [self._fact(fact.label, show.values(fact.values)) for fact in facts]

    def _sources(self, node: annotation) -> Iterable[Node]:
        for holder in [child for child in node.children if isinstance(child, cited_sources)]:
            node.remove(holder)
            yield self._fact("Sources", holder.children)

    def _mentions(self, node: annotation, record: Record, show: Renderer) -> Iterable[Node]:
        mentions = show.catalogue.mentions_of(record.id)
        if mentions:
            own = (record.docname, section_of(node)[0])
            mentions = [m for m in mentions if (m.docname, m.section) != own]
        if mentions:
            found = self._fact("Mentioned in", _places(mentions, show))
            found["classes"].append("no-search")  # a search is to find the sections themselves
            yield found

    def _list(self, facts: Sequence[Node], name: str) -> Node:
        kind = fact_list if self.html else nodes.field_list
        return kind("", *facts, classes=[name])

    def _fact(self, label: str, content: list[Node]) -> nodes.Element:
        if self.html:
            return fact("", "", *content, label=label)
        body = nodes.field_body("", nodes.paragraph("", "", *content))
        return nodes.field("", nodes.field_name(label, label), body)


def _places(mentions: list[Mention], show: Renderer) -> list[Node]:
    found: list[Node] = []
    if len(mentions) <= _MOST_SECTIONS:
        for mention in mentions:
            found.append(nodes.Text("; "))
            found.append(show.place(mention.docname, mention.section, mention.title))
        return found[1:]
    documents: dict[str, list[Mention]] = {}
    for mention in mentions:
        documents.setdefault(mention.docname, []).append(mention)
    for docname, sections in documents.items():
        title = show.catalogue.in_document(docname).title or docname
        found.append(nodes.Text("; "))
        found.append(show.place(docname, sections[0].section, title))
        if len(sections) > 1:
            found.append(nodes.Text(f" ({len(sections)} sections)"))
    return found[1:]


def _stands_in(outer: Node | None, record: Record, show: Renderer) -> bool:
    """Tell whether a provision stands inside its treaty, which then need not be named."""
    if not (isinstance(record, Article) and isinstance(outer, annotation)):
        return False
    treaty = show.catalogue.find(record.treaty or "")
    return treaty is not None and outer["record"] == treaty.id


def visit_list_html(self: Any, node: fact_list) -> None:
    """Open a list like docutils' field lists, which themes know how to set."""
    self.body.append(f'<dl class="{" ".join(node["classes"])} field-list simple">\n')


def visit_fact_html(self: Any, node: fact) -> None:
    """Print the label and open the value."""
    self.body.append(f'<dt>{self.encode(node["label"])}<span class="colon">:</span></dt>\n<dd>')


def setup(app: Sphinx) -> None:
    """Register the nodes; other formats get field lists."""
    app.add_node(fact_list, html=(visit_list_html, element("dl")[1]))
    app.add_node(fact, html=(visit_fact_html, element("dd")[1]))
