"""The facts of an annotation as nodes: a field list, or for HTML a lighter one of its own.

A field list takes five nodes for each fact and three for each link in it, and whatever walks
over a document visits them all. On the web a fact is one node and a link is two.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.doctree.nodes import (
    annotation,
    annotation_title,
    between,
    cited_sources,
    joined,
)
from sphinx_annals.annals.doctree.references import section_of
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Article, Mention, Record, facts_of

_MOST_SECTIONS = 12
"""Of an object that more sections mention, the documents are listed."""


class fact_list(nodes.General, nodes.Element):  # noqa: N801
    """Facts in HTML."""


class fact(nodes.Part, nodes.TextElement):  # noqa: N801
    """One fact in HTML; ``label`` names it."""


def add_facts(node: annotation, record: Record, render: Renderer) -> None:
    """Put the facts after the title; at the end sources, what leads on, and mentions."""
    render = render.at(record.docname)
    found = facts_of(record, render.catalogue)
    treaty = render.catalogue.current(record.treaty or "") if isinstance(record, Article) else ""
    if isinstance(node.parent, annotation) and node.parent["record"] == treaty:
        # a provision inside its treaty need not name it
        found = [fact for fact in found if fact.name != "treaty"]
    early, late = (
        [_fact(f.label, render.values(f.values), render) for f in found if f.late is after]
        for after in (False, True)
    )
    if early:
        title = next(n for n, c in enumerate(node.children) if isinstance(c, annotation_title))
        node.insert(title + 1, _list(early, "annals-facts", render))
    closing = [*_sources(node, render), *late, *_mentions(node, record, render)]
    if closing:
        node += _list(closing, "annals-closing", render)


def _sources(node: annotation, render: Renderer) -> Iterator[Node]:
    for holder in [child for child in node.children if isinstance(child, cited_sources)]:
        node.remove(holder)
        yield _fact("Sources", holder.children, render)


def _mentions(node: annotation, record: Record, render: Renderer) -> Iterator[Node]:
    mentions = render.catalogue.mentions_of(record.id)
    if mentions:
        own = (record.docname, section_of(node)[0])
        mentions = [m for m in mentions if (m.docname, m.section) != own]
    if mentions:
        found = _fact("Mentioned in", joined(_places(mentions, render), "; "), render)
        found["classes"].append("no-search")  # a search is to find the sections themselves
        yield found


def _list(facts: Sequence[Node], name: str, render: Renderer) -> Node:
    kind = fact_list if render.html else nodes.field_list
    return kind("", *facts, classes=[name])


def _fact(label: str, content: list[Node], render: Renderer) -> nodes.Element:
    if render.html:
        return fact("", "", *content, label=label)
    body = nodes.field_body("", nodes.paragraph("", "", *content))
    return nodes.field("", nodes.field_name(label, label), body)


def _places(mentions: list[Mention], render: Renderer) -> Iterator[list[Node]]:
    if len(mentions) <= _MOST_SECTIONS:
        for mention in mentions:
            yield [render.place(mention.docname, mention.section, mention.title)]
        return
    for docname, found in groupby(mentions, key=lambda mention: mention.docname):
        first, *others = found
        title = render.env.titles[docname].astext() if first.section else first.title
        place = render.place(docname, first.section, title)
        yield [place, nodes.Text(f" ({len(others) + 1} sections)")] if others else [place]


def _open_list(self: Any, node: fact_list) -> str:
    """Open a list like docutils' field lists, which themes know how to set."""
    return f'<dl class="{" ".join(node["classes"])} field-list simple">\n'


def _open_fact(self: Any, node: fact) -> str:
    """Print the label and open the value."""
    classes = f' class="{" ".join(node["classes"])}"' if node["classes"] else ""
    label = f'{self.encode(node["label"])}<span class="colon">:</span>'
    return f"<dt{classes}>{label}</dt>\n<dd{classes}>"


def setup(app: Sphinx) -> None:
    """Register the nodes; other formats get field lists."""
    app.add_node(fact_list, html=between(_open_list, "</dl>\n"))
    app.add_node(fact, html=between(_open_fact, "</dd>\n"))
