"""Views become nodes: lists, tables, comparisons and drawings, once all documents are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism import comparing as accounts
from sphinx_annals.annals.doctree import comparison_table as comparison
from sphinx_annals.annals.doctree.disputed_list import PointList
from sphinx_annals.annals.doctree.nodes import (
    SOURCES,
    account_note,
    annotation,
    annotation_title,
    verdict_note,
    view,
)
from sphinx_annals.annals.doctree.renderer import Renderer, name_languages
from sphinx_annals.annals.doctree.roles import date_nodes
from sphinx_annals.annals.doctree.tables import Cell, heading, make_table
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.model.records import Article, Event
from sphinx_annals.annals.model.statements import Mention
from sphinx_annals.annals.model.values import Link
from sphinx_annals.annals.views import drawings as drawing
from sphinx_annals.annals.views.answers import Alignment, answers_of
from sphinx_annals.annals.views.spec import ViewSpec

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

WIDTHS = {
    "event": 44,
    "treaty": 34,
    "date": 26,
    "names": 30,
    "articles": 40,
    "actors": 36,
    "parties": 26,
    "basis": 16,
    "place": 18,
}
"""Relative widths of columns, where they differ from the usual."""
USUAL_WIDTH = 18

BORROWING = frozenset({"disputed-points", "article-comparison"})
"""Views that show copies of what other documents say, with references still to be resolved."""


class ViewFiller:
    """Fills the views of one document."""

    def __init__(
        self, env: BuildEnvironment, show: Renderer, comparisons: comparison.Comparisons
    ) -> None:
        self.env = env
        self.show = show
        self.comparisons = comparisons
        self.html = show.builder.format == "html"
        self.domain = cast("AnnalsDomain", env.domains["annals"])
        self.views = answers_of(self.domain)
        self._makers: dict[str, Callable[[ViewSpec, Renderer], list[Node]]] = {
            "event-list": self._event_list,
            "event-table": self._table,
            "treaty-table": self._table,
            "mentions": self._mentions,
            "disputed-points": self._disputes,
            "article-comparison": self._articles,
            "timeline": self._timeline,
            "place-map": self._map,
        }

    def spec_of(self, node: view) -> ViewSpec:
        """Give what the author asked for in the place of a view."""
        return cast("ViewSpec", self.domain.documents[node["docname"]].views[node["ids"][0]])

    def fill(self, node: view) -> None:
        """Put in the place of a view what it shows, or that it shows nothing."""
        spec = self.spec_of(node)
        content = self._makers[spec.view](spec, self.show.at(spec.docname))
        if not content:
            content = [nodes.paragraph("", nothing(spec), classes=["annals-empty"])]
        classes = ["annals-view", f"annals-{spec.view}"]
        if spec.view not in BORROWING:
            classes.append("no-search")  # a search is to find the object, not lists of it
        box = nodes.container("", *content, ids=node["ids"], classes=classes)
        node.parent.replace(node, box)

    @staticmethod
    def _captioned(spec: ViewSpec, content: list[Node]) -> list[Node]:
        if not spec.caption or not content:
            return content
        return [heading([nodes.Text(spec.caption)]), *content]

    def _event_list(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        items = [nodes.list_item("", event_line(event, show)) for event in self.views.events(spec)]
        found: list[Node] = [nodes.bullet_list("", *items, bullet="-")] if items else []
        return self._captioned(spec, found)

    def _table(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        rows: list[list[Cell]] = [
            [show.values(cell) for cell in row.cells] for row in self.views.rows(spec)
        ]
        if not rows:
            return []
        headers = [column.replace("-", " ").capitalize() for column in spec.columns]
        widths = [WIDTHS.get(column, USUAL_WIDTH) for column in spec.columns]
        caption = [nodes.Text(spec.caption)] if spec.caption else []
        return make_table(headers, rows, widths, caption=caption, html=self.html)

    def _mentions(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        items: list[Node] = []
        single = len(spec.targets) == 1
        for record, mentions in self.views.mentions(spec):
            sections = [
                nodes.list_item("", nodes.paragraph("", "", *self._section(mention, show)))
                for mention in mentions
            ]
            sublist = nodes.bullet_list("", *sections, bullet="-")
            if single:
                return self._captioned(spec, [sublist])
            head = nodes.paragraph("", "", show.link(Link(record.id)))
            items.append(nodes.list_item("", head, sublist))
        return self._captioned(spec, [nodes.bullet_list("", *items, bullet="-")] if items else [])

    def _section(self, mention: Mention, show: Renderer) -> list[Node]:
        found: list[Node] = [show.place(mention.docname, mention.section, mention.title)]
        title = self.views.titles.get(mention.docname, mention.title)
        if title != mention.title:
            found.append(nodes.Text(f" ({title})"))
        return found

    def _disputes(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        found = self.views.disputes(spec)
        if not found:
            return []
        counts = [
            f"{sum(c.status is status for c in found)} {status.label}"
            for status in accounts.Status
            if any(c.status is status for c in found)
        ]
        total = "1 point" if len(found) == 1 else f"{len(found)} points"
        summary = f"{total}: {', '.join(counts)}."
        content: list[Node] = [nodes.paragraph(summary, summary)]
        points = PointList(self.comparisons, spec.docname)
        content += points.listed(found, brief=show.paged)
        return self._captioned(spec, content)

    def _articles(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        aligned = self.views.alignments(spec)
        if not aligned:
            return []
        numbered = _labelled(aligned)
        rows = [self._article_row(row, show, numbered) for row in aligned]
        titles = [self.views.title_of(id) for id in spec.targets]
        caption = [nodes.Text(spec.caption)] if spec.caption else []
        heads, widths = (["Provision"], [10]) if numbered else ([], [])
        heads, widths = [*heads, *titles], [*widths, *(40 for _ in titles)]
        return make_table(heads, rows, widths, caption=caption, html=self.html)

    def _article_row(self, row: Alignment, show: Renderer, numbered: bool) -> list[Cell]:
        """Give a row, with a label where numbers make one: each cell has its heading."""
        cells: list[Cell] = [[nodes.Text(row.label)]] if numbered else []
        cells.extend(self._substance(a, show) if a else [] for a in row.articles)
        return cells

    def _substance(self, article: Article, show: Renderer) -> list[Node]:
        """Give a provision's heading, its substance and its parallel texts."""
        title = nodes.paragraph("", "", show.link(Link(article.id, article.heading)))
        node = self.comparisons.as_read.annotation(article)
        body = [child for child in node.children if not _is_apparatus(child)]
        found = show.borrow(body, article.docname)
        name_languages(found)
        sources = [child for child in node.children if _is_sources(child)]
        if sources:
            cited = show.borrow(sources, article.docname)
            found.append(nodes.paragraph("", "", *cited, classes=["annals-cited"]))
        return [title, *found]

    def _timeline(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        events = [event for event in self.views.events(spec) if event.date]
        if not events:
            return []
        items = [nodes.list_item("", event_line(event, show)) for event in events]
        listed = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")

        def draw() -> list[str]:
            return drawing.draw_timeline(events, spec, show)

        return self._drawn(draw, spec, show, listed)

    def _drawn(
        self, draw: Callable[[], Sequence[str]], spec: ViewSpec, show: Renderer, listed: Node
    ) -> list[Node]:
        """Give a drawing with the list that says the same in words: folded away in HTML, the
        alternative text of the image on paper, alone where nothing can be drawn.
        """
        words = "; ".join(" ".join(item.astext().split()) for item in listed.children)
        drawn = drawing.placed(draw, spec, show, self.env, words)
        return [*drawn, *self._alternative(listed, drawn)]

    def _alternative(self, listed: Node, drawn: list[Node]) -> list[Node]:
        if not self.html:
            return [] if any(isinstance(node, nodes.image) for node in drawn) else [listed]
        summary = "<details><summary>The same as a list</summary>\n"
        opening = nodes.raw("", summary, format="html")
        return [opening, listed, nodes.raw("", "</details>\n", format="html")]

    def _map(self, spec: ViewSpec, show: Renderer) -> list[Node]:
        places = self.views.places(spec)
        if not places:
            return []
        items = [
            nodes.list_item("", nodes.paragraph("", "", show.link(Link(place.id))))
            for place in places
        ]
        listed = nodes.bullet_list("", *items, bullet="-")

        def draw() -> list[str]:
            return drawing.draw_map(places, spec, show)

        return self._drawn(draw, spec, show, listed)


def event_line(event: Event, show: Renderer) -> nodes.paragraph:
    """Give an event on one line: date, title, place."""
    line = nodes.paragraph()
    if event.date:
        line += date_nodes(event.date)
        line += nodes.Text(": ")
    line += show.link(Link(event.id))
    if event.place:
        line += nodes.Text(", ")
        line += show.link(Link(event.place))
    return line


def nothing(spec: ViewSpec) -> str:
    """Say that nothing passes the filter."""
    what = {
        "event-list": "event", "event-table": "event", "timeline": "dated event",
        "treaty-table": "treaty", "disputed-points": "disputed point", "mentions": "mention",
        "article-comparison": "provision", "place-map": "place with coordinates",
    }[spec.view]  # fmt: skip
    asked = str(spec.filter)
    return f"No {what} matches the filter: {asked}." if asked else f"No {what} is recorded."


def _is_apparatus(child: Node) -> bool:
    kinds = (annotation, annotation_title, account_note, verdict_note)
    return isinstance(child, kinds) or _is_sources(child)


def _is_sources(child: Node) -> bool:
    return isinstance(child, Element) and SOURCES in child.get("classes", [])


def _labelled(rows: Sequence[Alignment]) -> bool:
    """Tell whether rows have numbers, and none sets a number beside what has none."""
    kinds = [{bool(a.number) for a in row.articles if a} for row in rows]
    return {True} in kinds and {True, False} not in kinds
