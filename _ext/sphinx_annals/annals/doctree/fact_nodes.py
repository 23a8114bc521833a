"""The facts of an annotation as nodes: a field list, or for HTML a lighter one of its own.

A field list takes five nodes for each fact and three for each link in it, and whatever walks
over a document visits them all. On the web a list is one node with its facts as HTML, but for what
in them has to be a node.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

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
    margin_note,
)
from sphinx_annals.annals.doctree.references import section_of, title_of
from sphinx_annals.annals.doctree.renderer import Place, Renderer
from sphinx_annals.annals.model import Article, Mention, Part, Record, Words, facts_of
from sphinx_annals.builders import Line, Run, escaped, printed, run_of

_MOST_ENTRIES = 8
"""Of longer lists after the body of a card HTML shows the counts."""
_MOST_SECTIONS = 12
"""Of an object that more sections mention, the documents are listed."""


class fact_list(nodes.General, nodes.TextElement):  # noqa: N801
    """Facts in HTML: all of them as ``html``, or as its children."""


class _Shown(NamedTuple):
    """A fact as a builder gets it, of a ``number`` of values if that is told."""

    label: str
    content: Line
    number: int = 0
    searched: bool = True


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
    early: list[_Shown] = []
    late: list[_Shown] = []
    for f in found:
        shown = _Shown(f.label, render.content(f.values), len(f.values))
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


def _sources(node: annotation, render: Renderer) -> Iterator[_Shown]:
    for holder in [child for child in node.children if isinstance(child, cited_sources)]:
        node.remove(holder)
        yield _Shown(render.language.gettext("Sources"), holder.children)


def _mentions(node: annotation, record: Record, render: Renderer) -> Iterator[_Shown]:
    mentions = render.catalogue.mentions_of(record.id)
    if mentions:
        own = (record.docname, section_of(node)[0])
        mentions = [m for m in mentions if (m.docname, m.section) != own]
    if mentions:
        label, places = render.language.gettext("Mentioned in"), _places(mentions, render)
        # a search is to find the sections themselves
        yield _Shown(label, render.content(places), len(mentions), searched=False)


def _closing(facts: list[_Shown], render: Renderer) -> list[Node]:
    """Give what stands after the body of a card; long lists of HTML folded under their counts."""
    if not render.html or sum(fact.number for fact in facts) <= _MOST_ENTRIES:
        return [_list(facts, "annals-closing", render)]
    lists = [fact for fact in facts if fact.number]
    colon = render.language.mark(": ")
    counts = (f"{fact.label}{colon}{fact.number}" for fact in lists)
    line = render.language.mark("; ").join(counts)
    hidden = fold(line, _list(lists, "annals-closing", render), classes=["annals-folded"])
    others = [fact for fact in facts if not fact.number]
    return [_list(others, "annals-closing", render), hidden] if others else [hidden]


def _list(facts: Iterable[_Shown], name: str, render: Renderer) -> Node:
    if render.html:
        match [*_printed(facts, render)]:
            case [Run(text, html)]:
                return fact_list("", text, html=html, classes=[name])
            case found:
                shown = (
                    printed("", f.text, html=f.html) if isinstance(f, Run) else f for f in found
                )
                return fact_list("", "", *shown, classes=[name])
    return nodes.field_list("", *(_field(fact, render) for fact in facts), classes=[name])


def _field(fact: _Shown, render: Renderer) -> nodes.field:
    body = nodes.field_body("", nodes.paragraph("", "", *fact.content))
    return nodes.field("", nodes.field_name(fact.label, fact.label), body)


def _printed(facts: Iterable[_Shown], render: Renderer) -> Iterator[Run | Node]:
    """Give facts as HTML, up to what is a node among them and from there on."""
    colon = f'<span class="colon">{escaped(render.language.mark(": ").rstrip())}</span>'
    text = html = ""
    for label, content, _, searched in facts:
        classes = "" if searched else ' class="no-search"'
        html += f"<dt{classes}>{escaped(label)}{colon}</dt>\n<dd{classes}>"
        for piece in [content] if isinstance(content, Run) else content:
            if run := run_of(piece):
                html += run.html
                text += f" {run.text}" if searched else ""
                continue
            if html:
                yield Run(text, html)
            yield piece
            text = html = ""
        html += "</dd>\n"
    yield Run(text, html)


def _places(mentions: list[Mention], render: Renderer) -> Iterator[list[Part | Place]]:
    if len(mentions) <= _MOST_SECTIONS:
        for mention in mentions:
            yield [Place(mention.docname, mention.section, mention.title)]
        return
    for docname, found in groupby(mentions, key=lambda mention: mention.docname):
        first, *others = found
        title = title_of(render.env, docname) if first.section else first.title
        place = Place(docname, first.section, title)
        if not others:
            yield [place]
            continue
        many = render.language.ngettext("{count} section", "{count} sections", len(others) + 1)
        yield [place, Words(render.in_brackets(many))]


def _visit_list(self: Any, node: fact_list) -> None:
    """Open a list like docutils' field lists, which themes know how to set."""
    self.body.append(f'<dl class="{" ".join(node["classes"])} field-list simple">\n')
    if "html" in node:
        self.body.append(f"{node['html']}</dl>\n")
        raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the nodes; other formats get field lists."""
    app.add_node(fact_list, html=(_visit_list, between("", "</dl>\n")[1]))
