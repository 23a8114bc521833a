"""The cards of the terms of glossaries: the first sentence of what each means."""

from collections.abc import Iterator
from html import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.nodes import traverse_parent

from sphinx_annals.extension import language_in_force
from sphinx_annals.interfaces import CITING_DOMAINS, Card
from sphinx_annals.text import first_sentence

_SILENT = (nodes.footnote_reference, nodes.Invisible, nodes.system_message)


def terms(builder: Builder) -> Iterator[Card]:
    """Give a card for each term, in the order of documents."""
    kind = language_in_force(builder.config).pgettext("glossary", "Term")
    objects = builder.env.domains.standard_domain.objects
    for docname in sorted({where for (kind, _), (where, _) in objects.items() if kind == "term"}):
        for item in builder.env.get_doctree(docname).findall(nodes.definition_list_item):
            if not any(traverse_parent(item, addnodes.glossary)):
                continue
            meaning = next(iter(item.findall(nodes.paragraph)), nodes.paragraph())
            text = " ".join("".join(_words(meaning, builder, docname)).split())
            html = escape(first_sentence(text), quote=False)
            for term in item.findall(nodes.term):
                for anchor in term["ids"]:
                    yield Card(docname, anchor, kind, term.astext(), html=html)


def _words(node: nodes.Node, builder: Builder, docname: str) -> Iterator[str]:
    """Give the words of a node as it was read, references by what they will show."""
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, addnodes.pending_xref) and (found := _resolved(node, builder, docname)):
        yield found.astext()
    elif not isinstance(node, _SILENT):
        for child in node.children:
            yield from _words(child, builder, docname)


def _resolved(node: addnodes.pending_xref, builder: Builder, docname: str) -> nodes.Element | None:
    """Resolve a reference of a domain that it names; a citation says nothing in a card."""
    name = node.get("refdomain", "")
    if name in CITING_DOMAINS:
        return nodes.inline()
    if name not in builder.env.domains or node.get("intersphinx"):
        return None
    domain, asked = builder.env.domains[name], (node["reftype"], node["reftarget"])
    inner = nodes.inline("", node.astext())
    return domain.resolve_xref(builder.env, docname, builder, *asked, node, inner)
