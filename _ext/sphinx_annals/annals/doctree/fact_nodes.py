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

from sphinx_annals.annals.doctree.beside import annotations_around, holder_of
from sphinx_annals.annals.doctree.margin import (
    but_what_is_in_view,
    fold_under_a_line,
    set_in_a_line,
)
from sphinx_annals.annals.doctree.marked import fill_in, taken_out
from sphinx_annals.annals.doctree.nodes import (
    annotation,
    annotation_title,
    between,
    cited_sources,
    fold,
    joined,
    margin_note,
)
from sphinx_annals.annals.doctree.references import section_of, title_of
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Article, Mention, Record, facts_of

_MOST_ENTRIES = 8
"""Of longer lists after the body of a card HTML shows the counts."""
_MOST_SECTIONS = 12
"""Of an object that more sections mention, the documents are listed."""


class fact_list(nodes.General, nodes.Element):  # noqa: N801
    """Facts in HTML."""


class fact(nodes.Part, nodes.TextElement):  # noqa: N801
    """One fact in HTML; ``label`` names it."""


def add_facts(node: annotation, record: Record, render: Renderer) -> None:
    """Put the facts after the title; at the end sources, what leads on, and mentions.

    In the margin a date and a place are in view; in HTML all else is folded under them.
    """
    live = taken_out(node)
    fill_in(_add_facts(node, record, render.at(record.docname)), live)


def _add_facts(node: annotation, record: Record, render: Renderer) -> nodes.Element:
    """Give what shows them: the node, or what is in the margin for it."""
    found = facts_of(record, render.catalogue)
    if isinstance(record, Article):
        around = (outer["record"] for outer in annotations_around(holder_of(node).parent))
        if render.catalogue.current(record.treaty or "") in around:
            # a provision inside its treaty need not name it
            found = (fact for fact in found if fact.name != "treaty")
    aside = isinstance(node, margin_note)
    if aside and not render.html:
        return set_in_a_line(node, record, render)
    if aside:
        found = but_what_is_in_view(found, record, render.language)
    early: list[nodes.Element] = []
    late: list[nodes.Element] = []
    for f in found:
        shown = _fact(f.label, render.values(f.values), render, len(f.values))
        (late if f.late else early).append(shown)
    place = next(n for n, c in enumerate(node.children) if isinstance(c, annotation_title))
    closing = [*_sources(node, render), *late, *_mentions(node, record, render)]
    if early or (aside and closing):
        first = [*early, *closing] if aside else early
        node.insert(place + 1, _list(first, "annals-facts", render))
    if closing and not aside:
        node += _closing(closing, render)
    if aside:
        fold_under_a_line(node, record, render)
    return node


def _sources(node: annotation, render: Renderer) -> Iterator[nodes.Element]:
    for holder in [child for child in node.children if isinstance(child, cited_sources)]:
        node.remove(holder)
        yield _fact(render.language.gettext("Sources"), holder.children, render)


def _mentions(node: annotation, record: Record, render: Renderer) -> Iterator[nodes.Element]:
    mentions = render.catalogue.mentions_of(record.id)
    if mentions:
        own = (record.docname, section_of(node)[0])
        mentions = [m for m in mentions if (m.docname, m.section) != own]
    if mentions:
        places = joined(_places(mentions, render), render.language.mark("; "))
        found = _fact(render.language.gettext("Mentioned in"), places, render, len(mentions))
        found["classes"].append("no-search")  # a search is to find the sections themselves
        yield found


def _closing(facts: list[nodes.Element], render: Renderer) -> list[Node]:
    """Give what stands after the body of a card; long lists of HTML folded under their counts."""
    if not render.html or sum(fact["count"] for fact in facts) <= _MOST_ENTRIES:
        return [_list(facts, "annals-closing", render)]
    lists = [fact for fact in facts if fact["count"]]
    colon = render.language.mark(": ")
    counts = (f"{fact['label']}{colon}{fact['count']}" for fact in lists)
    line = render.language.mark("; ").join(counts)
    hidden = fold(line, _list(lists, "annals-closing", render), classes=["annals-folded"])
    others = [fact for fact in facts if fact not in lists]
    return [_list(others, "annals-closing", render), hidden] if others else [hidden]


def _list(facts: Sequence[Node], name: str, render: Renderer) -> Node:
    kind = fact_list if render.html else nodes.field_list
    return kind("", *facts, classes=[name])


def _fact(label: str, content: list[Node], render: Renderer, count: int = 0) -> nodes.Element:
    if render.html:
        colon = render.language.mark(": ").rstrip()
        return fact("", "", *content, label=label, colon=colon, count=count)
    body = nodes.field_body("", nodes.paragraph("", "", *content))
    return nodes.field("", nodes.field_name(label, label), body)


def _places(mentions: list[Mention], render: Renderer) -> Iterator[list[Node]]:
    if len(mentions) <= _MOST_SECTIONS:
        for mention in mentions:
            yield [render.place(mention.docname, mention.section, mention.title)]
        return
    for docname, found in groupby(mentions, key=lambda mention: mention.docname):
        first, *others = found
        title = title_of(render.env, docname) if first.section else first.title
        place = render.place(docname, first.section, title)
        if not others:
            yield [place]
            continue
        many = render.language.ngettext("{count} section", "{count} sections", len(others) + 1)
        yield [place, render.remark(many)]


def _open_list(self: Any, node: fact_list) -> str:
    """Open a list like docutils' field lists, which themes know how to set."""
    return f'<dl class="{" ".join(node["classes"])} field-list simple">\n'


def _open_fact(self: Any, node: fact) -> str:
    """Print the label and open the value."""
    classes = f' class="{" ".join(node["classes"])}"' if node["classes"] else ""
    colon = f'<span class="colon">{self.encode(node["colon"])}</span>'
    label = f"{self.encode(node['label'])}{colon}"
    return f"<dt{classes}>{label}</dt>\n<dd{classes}>"


def setup(app: Sphinx) -> None:
    """Register the nodes; other formats get field lists."""
    app.add_node(fact_list, html=between(_open_list, "</dl>\n"))
    app.add_node(fact, html=between(_open_fact, "</dd>\n"))
