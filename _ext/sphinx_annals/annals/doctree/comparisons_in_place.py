"""Statements give way to the comparisons of what they speak of, each in one place."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.criticism import Comparison, Criticism
from sphinx_annals.annals.doctree.beside import annotations_around
from sphinx_annals.annals.doctree.comparison_table import caption, compare, name_of
from sphinx_annals.annals.doctree.nodes import apparatus, bulleted, filled, fold, joined
from sphinx_annals.annals.doctree.references import section_of, title_of
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Record


class ListedIn(NamedTuple):
    """Where a list shows a point: the document, the list in it, and the title of the document."""

    docname: str
    view: str
    title: str


Listed = Mapping[tuple[str, str], ListedIn]
"""Which points stand in a list, by object and property."""


_FEW = 4
"""How many points that stand elsewhere are told in a line; more are folded."""


class ComparisonsInPlace:
    """Puts the comparisons of one document in their places, but for those that stand in a list."""

    def __init__(self, render: Renderer, criticism: Criticism, listed: Listed) -> None:
        self.render = render
        self.catalogue = render.catalogue
        self.criticism = criticism
        self._listed = listed
        self._sections: dict[tuple[str, str], tuple[str, str]] = {}

    def fill(self) -> None:
        """Put each comparison where its home statement stands, and take other statements away."""
        for node in self.render.as_read.statements:
            said = self.catalogue.by_key[node["docname"], node["key"]]
            point = self.criticism.point_of(said)
            listed = self._list_of(point, said.docname)
            if listed is None and said == point.home:
                self._sections[point.of, point.property] = (said.docname, section_of(node)[0])
                self._show(point, node)
            else:
                away = (listed or point.home).docname != said.docname
                node.parent.replace(node, _traces(node) if away else [])

    def _list_of(self, point: Comparison, docname: str) -> ListedIn | None:
        """Give the list that a point stands in, if the output of a document holds it."""
        listed = self._listed.get((point.of, point.property))
        return listed if listed and self.render.at(docname).reaches(listed.docname) else None

    def _show(self, point: Comparison, node: Element) -> None:
        around = [self.catalogue.current(holder["record"]) for holder in annotations_around(node)]
        above = node.previous_sibling()
        told = isinstance(above, Element) and above.get("of") == point.of
        named = point.of not in around and not told
        made = compare(point, self.render.at(node["docname"]), at_home=True, named=named)
        made["of"] = point.of
        if not around:
            made["classes"].append("annals-apart")
        node.parent.replace(node, made)

    def elsewhere(self, node: Element, record: Record) -> list[Node]:
        """Point an annotation to the comparisons on it that stand in other sections."""
        if self.catalogue.find(record.id) is not record:
            return []
        render = self.render.at(record.docname)
        here = (record.docname, section_of(node)[0])
        found: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
        for point in self.criticism.of(record.id):
            if self._sections.get((point.of, point.property)) != here:
                listed, home = self._list_of(point, record.docname), point.home
                where = (listed.docname, listed.title) if listed else (home.docname, home.section)
                found[where].append(point)
        count = sum(map(len, found.values()))
        if count > _FEW:
            return self._many(found, count, render)
        comma = render.language.mark(", ")
        texts = [
            [*caption(point, render), nodes.Text(comma), *_place(where, point, render)]
            for where, points in found.items()
            for point in points
        ]
        return self._pointer(joined(texts, render.language.mark("; "))) if texts else []

    def _many(
        self, found: Mapping[tuple[str, str], list[Comparison]], count: int, render: Renderer
    ) -> list[Node]:
        """Say where many stand: in HTML folded, a line a place; elsewhere their number alone."""
        if not render.html:
            texts = (
                [nodes.Text(_counted(len(points), render) + " "), *_place(where, points[0], render)]
                for where, points in found.items()
            )
            return self._pointer(joined(texts, render.language.mark("; ")))
        summary = render.language.gettext("Compared elsewhere: {points}")
        summary = summary.format(points=_counted(count, render))
        lines = []
        for where, points in found.items():
            named = [_named(where[0], point, render) for point in points]
            place = _place(where, points[0], render)
            colon, semicolon = map(render.language.mark, (": ", "; "))
            told = joined(named, semicolon)
            stop = nodes.Text(render.language.stop(told[-1].astext()))
            lines.append([*place, nodes.Text(colon), *told, stop])
        return [fold(summary, bulleted(lines), classes=["annals-elsewhere"])]

    def _pointer(self, text: list[Node]) -> list[Node]:
        language = self.render.language
        head = [nodes.strong("", language.gettext("Compared elsewhere.")), nodes.Text(" ")]
        stop = nodes.Text(language.stop(text[-1].astext()))
        pointer = nodes.paragraph("", "", *head, *text, stop, classes=["annals-elsewhere"])
        return [apparatus("", pointer) if self.render.paged else pointer]


def _counted(count: int, render: Renderer) -> str:
    return render.language.ngettext("{count} point", "{count} points", count)


def _place(where: tuple[str, str], point: Comparison, render: Renderer) -> list[Node]:
    """Say where a point stands; a list on the page itself is not called by the name of that."""
    docname, title = where
    own = render.html and docname == render.docname and title == title_of(render.env, docname)
    words = render.language.gettext("on this page") if own else title
    place = render.place(docname, point.home.anchor, words)
    return [place] if own else filled(render.language.gettext("in {place}"), place=[place])


def _named(docname: str, point: Comparison, render: Renderer) -> list[Node]:
    """Give the question of a point as a link, and how it stands."""
    *_, status = caption(point, render)
    link = render.work((docname, point.home.anchor), name_of(point, render))
    between = " " if point.question else render.language.mark(": ")
    return [link, nodes.Text(between), status]


def _traces(node: Element) -> list[Node]:
    """Give what is left of a statement shown in another document: where links into it lead."""
    ids = [id for child in node.findall(nodes.Element) for id in child["ids"]]
    return [nodes.target("", "", ids=ids)] if ids else []
