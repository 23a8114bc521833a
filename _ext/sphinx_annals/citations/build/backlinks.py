"""The links back from a reference to the places that cite it, with what they cite.

A builder with pages names those, as an index does; others name the sections and annotations.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from docutils import nodes

from sphinx_annals.citations.build.domain import CitationsDomain
from sphinx_annals.citations.build.nodes import cited_in
from sphinx_annals.citations.build.paging import cited_on
from sphinx_annals.citations.build.resolution import Cited
from sphinx_annals.citations.style import Passage, by_label, in_order, passages
from sphinx_annals.fences.sphinx import curly

PAGED = frozenset({"latex", "typst"})
"""Formats whose pages can be named."""


Linked = tuple[str, str, dict[str, str]]
"""What stands before a passage, the passage, and what leads to the place that cites it."""


class LinksBack:
    """Makes the links back of all references of one document."""

    def __init__(self, domain: CitationsDomain, docname: str) -> None:
        self.docname = docname
        self.writer, builder, config = domain.writer, domain.builder, domain.env.config
        self.titles = domain.env.titles
        self.objects = domain.object_names()
        self.passages = partial(passages, page_labels=config.citations_page_labels)
        self.paged = builder.name in config.citations_paged_builders and builder.format in PAGED
        # as HTML at once: a large book has tens of thousands of them
        self.html = builder.format == "html" and builder.name != "singlehtml"
        self.fold = config.citations_cited_in_fold if builder.name != "epub" else 0

    def made(self, cited: list[Cited]) -> nodes.Element:
        """Give the node for the places that cite one work."""
        if self.paged:
            return self._pages(cited)
        groups = self._groups(cited)
        if self.html:
            folded = 0 < self.fold < len(groups)
            links = list(self._line(groups))
            return cited_in("", links=links, count=len(groups) if folded else 0)
        made = nodes.paragraph("", "", nodes.Text("Cited in: "), classes=["cited-in"])
        for before, text, address in self._line(groups):
            link = nodes.reference("", text, internal=True, **address)
            made += [nodes.Text(before), link if address else nodes.Text(text)]
        return made

    # By pages

    def _pages(self, cited: list[Cited]) -> nodes.Element:
        places: dict[tuple[str, str], list[Passage]] = {}
        for place in cited:
            places.setdefault((place.docname, place.use.id), []).extend(
                self.passages(place.locator)
            )
        every = in_order(passage for found in places.values() for passage in found)
        rank = {passage: number for number, passage in enumerate(every)}
        shown = [passage._replace(text=curly(passage.text)) for passage in every]
        ranked = [
            (*where, sorted({rank[passage] for passage in found}))
            for where, found in places.items()
        ]
        return cited_on("", passages=shown, places=ranked)

    # By sections and annotations

    def _groups(self, cited: list[Cited]) -> list[tuple[str, list[Cited]]]:
        grouped: dict[tuple[str, str], list[Cited]] = {}
        for where in cited:
            grouped.setdefault((where.docname, self._title(where)), []).append(where)
        shared = Counter(title for _, title in grouped)
        return [
            # a title that several documents have is told apart by the document's own
            (title if shared[title] == 1 or title == name else f"{name}: {title}", places)
            for (docname, title), places in grouped.items()
            for name in (self.titles[docname].astext(),)
        ]

    def _title(self, where: Cited) -> str:
        names = (self.objects.get((where.docname, anchor)) for anchor in where.use.around)
        own = next(filter(None, names), "") or where.use.title
        return own or self.titles[where.docname].astext()

    def _line(self, groups: list[tuple[str, list[Cited]]]) -> Iterator[Linked]:
        """Give what the line says, link by link; what closes a bracket links nothing."""
        for number, (title, places) in enumerate(groups):
            yield "; " if number else "", title, self._address(places[0])
            first: dict[Passage, Cited] = {}
            for place in places:
                first |= {p: place for p in self.passages(place.locator) if p not in first}
            before = " ("
            for label, members in by_label(in_order(first)):
                before += label
                for passage in members:
                    yield before, curly(passage.text), self._address(first[passage])
                    before = ", "
                before = "; "
            if first:
                yield ")", "", {}

    def _address(self, place: Cited) -> dict[str, str]:
        return self.writer.address(self.docname, place.docname, place.use.id)
