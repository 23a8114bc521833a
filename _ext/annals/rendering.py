"""From plain parts to nodes: links, dates, words; and nodes borrowed from other documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.util import docname_join
from sphinx.util.nodes import make_refnode

from .fields import Link, Part, Words
from .nodes import parallel_text
from .roles import date_nodes, language_span

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .domain import AnnalsDomain


class Renderer:
    """Makes the nodes that one document shows in one builder."""

    def __init__(self, domain: AnnalsDomain, builder: Builder, docname: str = "") -> None:
        self.domain = domain
        self.catalogue = domain.catalogue
        self.builder = builder
        self.docname = docname
        self._others: dict[str, Renderer] = {}
        self._uris: dict[str, str] = {}

    def at(self, docname: str) -> Renderer:
        """Give the same for another document, of those that a paged builder joins into one."""
        if docname == self.docname:
            return self
        if docname not in self._others:
            self._others[docname] = Renderer(self.domain, self.builder, docname)
        return self._others[docname]

    def values(self, values: Iterable[Sequence[Part]]) -> list[Node]:
        """Give values separated by semicolons."""
        found: list[Node] = []
        for value in values:
            if found:
                found.append(nodes.Text("; "))
            found += self.parts(value)
        return found

    def parts(self, parts: Iterable[Part]) -> list[Node]:
        """Give the nodes of a run of parts."""
        return [node for part in parts for node in self._part(part)]

    def _part(self, part: Part) -> list[Node]:
        match part:
            case Link():
                return [self.link(part)]
            case Words(text, language, None):
                return [language_span(text, language)]
            case Words(text, _, href):
                return [nodes.reference(text, text, refuri=href, internal=False)]
            case _:
                return date_nodes(part)

    def link(self, link: Link) -> Node:
        """Give a reference to an object, or its id where there is none."""
        record = self.catalogue.find(link.id)
        if record is None:  # reported by the consistency check
            return nodes.inline(link.id, link.text or link.id, classes=["annals-unknown"])
        content = nodes.inline(link.text, link.text) if link.text else None
        return self.domain.make_reference(self.builder, self.docname, record, content)

    def place(self, docname: str, anchor: str, title: str) -> nodes.reference:
        """Give a reference to a place in a document, with its page in a paged builder."""
        text = nodes.inline(title, title)
        if anchor:
            found = make_refnode(self.builder, self.docname, docname, anchor, text)
        else:
            uri = self.builder.get_relative_uri(self.docname, docname)
            found = nodes.reference("", "", text, internal=True, refuri=uri)
        found["classes"].append("with-page")
        return found

    def borrow(self, children: Iterable[Node], docname: str) -> list[Node]:
        """Copy nodes of a document, read but not yet resolved, to show them in this one."""
        return [self._borrowed(child.deepcopy(), docname) for child in children]

    def _borrowed(self, copy: Node, docname: str) -> Node:
        holder = nodes.Element("", copy)
        for node in list(holder.findall(nodes.Element)):
            if node is holder:
                continue
            if isinstance(node, nodes.footnote_reference | nodes.target | addnodes.index):
                node.parent.remove(node)
                continue
            node["ids"], node["names"] = [], []
            if isinstance(node, addnodes.pending_xref):
                self._readdress(node, docname)
            elif docname != self.docname and "refid" in node:
                anchor = node.attributes.pop("refid")
                uri = self.builder.get_relative_uri(self.docname, docname)
                node["refuri"] = f"{uri}#{anchor}"
        return holder[0] if len(holder) else nodes.Text("")

    def _readdress(self, node: addnodes.pending_xref, docname: str) -> None:
        node["refdoc"] = self.docname
        if node.get("reftype") == "doc" and node.get("refdomain") == "std":
            node["reftarget"] = "/" + docname_join(docname, node["reftarget"])


def name_languages(children: Iterable[Node]) -> None:
    """Head each parallel text with its language, and mark it.

    So late, since docutils warns of languages of which it has no quotation marks to make smart.
    """
    for text in children:
        if isinstance(text, parallel_text):
            if text["language"]:
                for wording in text.findall(nodes.block_quote):
                    wording["classes"].append(f"language-{text['language']}")
                    break
            text.insert(0, nodes.paragraph("", "", nodes.strong("", text["language"])))
