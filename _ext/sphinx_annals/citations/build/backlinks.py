"""The links back from a reference to the places that cite it, with what they cite.

A builder with pages names those, as an index does; others name the sections and annotations.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils import nodes

from sphinx_annals.citations.build.domain import CitationsDomain
from sphinx_annals.citations.build.nodes import cited_in
from sphinx_annals.citations.build.paging import cited_on
from sphinx_annals.citations.build.resolution import Cited
from sphinx_annals.citations.style import Passage, by_label, in_order, passages
from sphinx_annals.fences.sphinx import curly

PAGED = frozenset({"latex", "typst"})
"""Formats whose pages can be named."""


class Linked(NamedTuple):
    """What stands before a passage, the passage, and the place that cites it."""

    before: str
    text: str
    place: Cited


class LinksBack:
    """Makes the links back of all references of one document."""

    def __init__(self, domain: CitationsDomain, docname: str) -> None:
        self.domain = domain
        self.env = domain.env
        self.builder = domain.builder
        self.docname = docname
        self.objects = domain.object_names()
        config = self.env.config
        named = self.builder.name in config.citations_paged_builders
        self.paged = named and self.builder.format in PAGED
        self.fold = config.citations_cited_in_fold
        self.page_labels = config.citations_page_labels

    def made(self, cited: list[Cited]) -> nodes.Element:
        """Give the node for the places that cite one work."""
        if self.paged:
            return self._pages(cited)
        groups = self._groups(cited)
        if self.builder.format == "html" and self.builder.name != "singlehtml":
            # as HTML at once: a large book has tens of thousands of them
            folded = 0 < self.fold < len(groups) and self.builder.name != "epub"
            text = "".join(
                html.escape(before) + self._anchor(place, shown)
                for before, shown, place in self._line(groups)
            )
            return cited_in("", html=text, count=len(groups) if folded else 0)
        line = nodes.paragraph("", "", nodes.Text("Cited in: "), classes=["cited-in"])
        for before, shown, place in self._line(groups):
            line += [nodes.Text(before), *self._link(place, shown)]
        return line

    # By pages

    def _pages(self, cited: list[Cited]) -> nodes.Element:
        places: dict[tuple[str, str], list[Passage]] = {}
        for place in cited:
            places.setdefault((place.docname, place.use.id), []).extend(self._passages(place))
        every = in_order(passage for found in places.values() for passage in found)
        rank = {passage: number for number, passage in enumerate(every)}
        shown = [passage._replace(text=curly(passage.text)) for passage in every]
        ranked = [
            (*where, sorted({rank[passage] for passage in found}))
            for where, found in places.items()
        ]
        return cited_on("", passages=shown, places=ranked)

    def _passages(self, place: Cited) -> tuple[Passage, ...]:
        return passages(place.locator, page_labels=self.page_labels)

    # By sections and annotations

    def _groups(self, cited: list[Cited]) -> list[tuple[str, list[Cited]]]:
        grouped: dict[tuple[str, str], list[Cited]] = {}
        for where in cited:
            grouped.setdefault((where.docname, self._title(where)), []).append(where)
        shared = Counter(title for _, title in grouped)
        return [
            (title if shared[title] == 1 else self._in_document(name, title), places)
            for (name, title), places in grouped.items()
        ]

    def _title(self, where: Cited) -> str:
        for identity in where.use.around:
            shown = self.objects.get((where.docname, identity))
            if shown:
                return shown
        if where.use.title:
            return where.use.title
        title = self.env.titles.get(where.docname)
        return title.astext() if title is not None else where.docname

    def _in_document(self, docname: str, title: str) -> str:
        """Give a title that several documents have, told apart by the document's own."""
        own = self.env.titles.get(docname)
        name = own.astext() if own is not None else docname
        return title if name == title else f"{name}: {title}"

    def _line(self, groups: list[tuple[str, list[Cited]]]) -> Iterator[Linked]:
        """Give what the line says, link by link; what closes a bracket links nothing."""
        for number, (title, places) in enumerate(groups):
            yield Linked("; " if number else "", title, places[0])
            before = " ("
            for linked in self._linked(places):
                yield linked._replace(before=before + linked.before)
                before = ""
            if not before:
                yield Linked(")", "", places[0])

    def _linked(self, places: Iterable[Cited]) -> Iterator[Linked]:
        """Give the passages that some places cite, each with the first place that does."""
        first: dict[Passage, Cited] = {}
        for place in places:
            for passage in self._passages(place):
                first.setdefault(passage, place)
        for number, (label, members) in enumerate(by_label(in_order(first))):
            for index, passage in enumerate(members):
                before = ", " if index else f"{'; ' if number else ''}{label}"
                yield Linked(before, curly(passage.text), first[passage])

    def _anchor(self, place: Cited, text: str) -> str:
        uri = self._uri(place) if text else None
        if uri is None:
            return html.escape(text)
        goal = f"{html.escape(uri)}#{place.use.id}"
        return f'<a class="reference internal" href="{goal}">{html.escape(text)}</a>'

    def _link(self, place: Cited, text: str) -> list[nodes.Node]:
        uri = self._uri(place) if text else None
        if uri is None:
            return [nodes.Text(text)]
        goal = {"refuri": f"{uri}#{place.use.id}"} if uri else {"refid": place.use.id}
        return [nodes.reference("", text, internal=True, **goal)]

    def _uri(self, place: Cited) -> str | None:
        if place.docname == self.docname:
            return ""
        return self.domain.writer.uri(self.builder, self.docname, place.docname)
