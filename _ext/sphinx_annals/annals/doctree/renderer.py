"""From plain parts to nodes: links, dates, words; and nodes borrowed from other documents."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.util import docname_join

from sphinx_annals.annals.doctree.as_read import AsRead
from sphinx_annals.annals.doctree.marked import nodes_of
from sphinx_annals.annals.doctree.nodes import held, parallel_text, view
from sphinx_annals.annals.doctree.roles import date_nodes, date_printed
from sphinx_annals.annals.model import Catalogue, Kind, Link, Part, Record, Statement, Words
from sphinx_annals.builders import Line, Run, escaped, link, printed, prints
from sphinx_annals.dates import in_words

PAGED = frozenset({"latex", "typst"})
"""Formats of builders whose output has pages."""
_NOT_BORROWED = (nodes.footnote_reference, nodes.target, addnodes.index, held, view)
"""What is numbered, aimed at or indexed once in a book; and a view might show what holds it."""
WITH_PAGE = frozenset({Kind.ARTICLE, Kind.TREATY, Kind.EVENT})
"""Kinds of objects to whose name a paged builder adds the page."""


class Place(NamedTuple):
    """A place in a document, which is shown by its title and leads there."""

    docname: str
    anchor: str
    title: str


class Renderer:
    """Makes the nodes that one document shows in one builder.

    ``as_read`` finds nodes of all documents, of which it shows copies.
    """

    def __init__(
        self, catalogue: Catalogue, builder: Builder, as_read: AsRead, docname: str = ""
    ) -> None:
        self.catalogue = catalogue
        self.language = catalogue.language
        self.builder = builder
        self.env = builder.env
        self.as_read = as_read
        self.docname = docname
        self.html = builder.format == "html"
        self.paged = builder.format in PAGED
        self.scrolls = self.html and builder.name != "epub"  # a book of pages is in HTML too
        self.prints = prints(builder)
        self._between = Words(self.language.mark("; "))
        self._others: dict[str, Renderer] = {}
        self._links: dict[str, tuple[str, str | None]] = {}
        self._uris: dict[str, str | None] = {}

    def at(self, docname: str) -> "Renderer":
        """Give the same for another document, of those that a paged builder joins into one."""
        if docname == self.docname:
            return self
        if docname not in self._others:
            self._others[docname] = Renderer(self.catalogue, self.builder, self.as_read, docname)
        return self._others[docname]

    def values(self, values: Iterable[Sequence[Part]]) -> list[Node]:
        """Give values separated by semicolons."""
        return self.parts(self._in_a_row(values))

    def _in_a_row(self, values: Iterable[Sequence[Part | Place]]) -> list[Part | Place]:
        """Give the parts of values separated by semicolons."""
        return [part for value in values for part in (self._between, *value)][1:]

    def parts(self, parts: Sequence[Part | Place]) -> list[Node]:
        """Give the nodes of a run of parts; one that is printed, where that can be."""
        words = all(isinstance(part, Words) for part in parts)
        if not words and (run := self._run(parts)):
            return [printed("", run.text, html=run.html)]
        return [node for part in parts for node in self._part(part)]

    def content(self, values: Iterable[Sequence[Part | Place]]) -> Line:
        """Give values separated by semicolons, as :meth:`line` does."""
        return self.line(self._in_a_row(values))

    def line(self, parts: Sequence[Part | Place]) -> Line:
        """Give parts as HTML where that can be, else as nodes."""
        return self._run(parts) or self.parts(parts)

    def _run(self, parts: Iterable[Part | Place]) -> Run | None:
        """Give parts as HTML, unless they are to be nodes."""
        text = html = ""
        for part in parts if self.prints else ():
            said, shown = self._printed(part)
            if shown is None:
                return None
            text += said
            html += shown
        return Run(text, html) if html else None

    def _printed(self, part: Part | Place) -> tuple[str, str | None]:
        """Give what a part says, and its HTML, if there is no markup in it and it is known."""
        match part:
            case Link():
                if part.text:
                    return self._link_printed(part)
                if part.id not in self._links:
                    self._links[part.id] = self._link_printed(part)
                return self._links[part.id]
            case Words():
                plain = type(part.text) is str and not part.language and not part.href
                return part.text, escaped(part.text) if plain else None
            case Place(docname, anchor, title):
                href = self.address(docname, anchor)
                return title, None if href is None else link(escaped(title), href, ["with-page"])
            case _:
                return in_words(part, self.language), date_printed(part, self.language)

    def _link_printed(self, to: Link) -> tuple[str, str | None]:
        record = self.catalogue.find(to.id)
        href = self.href(record)
        text, title, classes = _said(to, record) if record else ("", "", [])
        if href is None or type(text) is not str:
            return "", None
        return text, link(escaped(text), href, classes, title)

    def _part(self, part: Part | Place) -> list[Node]:
        match part:
            case Place():
                return [self.place(*part)]
            case Link():
                return [self.link(part)]
            case Words(text, language, None) if language:
                return [nodes.inline("", "", *nodes_of(text), classes=[f"language-{language}"])]
            case Words(text, _, None):
                return nodes_of(text)
            case Words(text, _, href):
                return [nodes.reference("", "", *nodes_of(text), refuri=href, internal=False)]
            case _:
                return date_nodes(part, self.language)

    def link(self, link: Link) -> Node:
        """Give a reference to an object, or its id where there is none."""
        record = self.catalogue.find(link.id)
        if record is None:  # reported by the consistency check
            return nodes.inline(link.id, link.text or link.id, classes=["annals-unknown"])
        text, title, classes = _said(link, record)
        found = self._reference(record.docname, record.anchor, text)
        if title:
            found["reftitle"] = title
        found["classes"] += classes
        return found

    def reference(self, record: Record) -> printed | None:
        """Give what a role of prose becomes on a page of HTML, unless it is to be nodes."""
        href, text = self.href(record), record.display
        if href is None or type(text) is not str:
            return None
        inner = f'<span class="annals xref">{escaped(text)}</span>'
        classes = ["page-aside"] if record.kind in WITH_PAGE else []
        return printed("", text, html=link(inner, href, classes, record.heading))

    def href(self, record: Record | None) -> str | None:
        """Give the address of an object for what is no node; None where there are no addresses."""
        return self.address(record.docname, record.anchor) if record else None

    def address(self, docname: str, anchor: str) -> str | None:
        """Give the address of a place in a document as :meth:`href` does."""
        if not self.html:
            return None
        uri = "" if docname == self.docname else self._uri(docname)
        return None if uri is None else f"{uri}#{anchor}" if anchor or not uri else uri

    def remark(self, text: str) -> Node:
        """Give a remark in brackets behind something."""
        return nodes.Text(self.in_brackets(text))

    def in_brackets(self, text: str) -> str:
        """Give a text as it stands behind what it is said of."""
        return self.language.mark(" ({remark})").format(remark=text)

    def work(self, place: tuple[str, str] | None, text: str) -> Node:
        """Give a reference to a work where a list has it, else its name alone."""
        return self._reference(*place, text) if place else nodes.inline("", text)

    def place(self, docname: str, anchor: str, title: str) -> nodes.Element:
        """Give a reference to a place in a document, with its page in a paged builder."""
        found = self._reference(docname, anchor, title)
        found["classes"].append("with-page")
        return found

    def reaches(self, docname: str) -> bool:
        """Tell whether the output holds a document."""
        return docname == self.docname or self._uri(docname) is not None

    def _reference(self, docname: str, anchor: str, text: str) -> nodes.Element:
        """Do as Sphinx's make_refnode, but work out the way to each document once.

        What stands in a document that the output does not hold is named and not linked to.
        """
        if docname == self.docname and anchor:
            return nodes.reference("", "", *nodes_of(text), internal=True, refid=anchor)
        uri = self._uri(docname)
        if uri is None:
            return nodes.inline("", "", *nodes_of(text))
        uri += f"#{anchor}" if anchor else ""
        return nodes.reference("", "", *nodes_of(text), internal=True, refuri=uri)

    def _uri(self, docname: str) -> str | None:
        if docname not in self._uris:
            try:
                self._uris[docname] = self.builder.get_relative_uri(self.docname, docname)
            except NoUri:
                self._uris[docname] = None
        return self._uris[docname]

    def borrowed_statement(self, said: Statement) -> list[Node]:
        """Copy what a statement holds as it was read: an account's citation, value and words."""
        return self.borrow(self.as_read.statement(said), said.docname)

    def borrow(self, children: Iterable[Node], docname: str) -> list[Node]:
        """Copy nodes of a document, read but not yet resolved, to show them in this one."""
        holder = nodes.Element("", *(child.deepcopy() for child in children))
        for node in list(holder.findall(nodes.Element))[1:]:
            if isinstance(node, _NOT_BORROWED):
                node.parent.remove(node)
                continue
            node["ids"], node["names"] = [], []  # they stay with the original
            if isinstance(node, addnodes.pending_xref):
                node["refdoc"] = self.docname
                # a path of {doc} begins where it was written
                if node.get("reftype") == "doc" and node.get("refdomain") == "std":
                    node["reftarget"] = "/" + docname_join(docname, node["reftarget"])
            elif docname != self.docname and "refid" in node:
                anchor = node.attributes.pop("refid")
                uri = self._uri(docname)
                if uri is None:
                    node.replace_self(node.children)
                else:
                    node["refuri"] = f"{uri}#{anchor}"
        return list(holder.children)


def _said(link: Link, record: Record) -> tuple[str, str, list[str]]:
    """Give what a link to an object shows, what it is called beside that, and its classes."""
    text = link.text or record.display
    paged = not link.text and record.kind in WITH_PAGE
    title = record.heading if record.heading != text else ""
    return text, title, ["with-page"] if paged else []


def name_languages(children: Iterable[Node], render: Renderer) -> None:
    """Head each parallel text with its language, named in that of the book, and mark it.

    So late, since docutils warns of languages of which it has no quotation marks to make smart.
    """
    for text in children:
        if isinstance(text, parallel_text):
            wording = text.next_node(nodes.block_quote)
            if text["language"] and wording is not None:
                wording["classes"].append(f"language-{text['language']}")
            name = render.language.name_of(text["language"])
            text.insert(0, nodes.paragraph("", "", nodes.strong("", name)))
