"""Lists of disputed points: comparisons of many objects, in full or, on paper, in brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism.comparing import Comparison, property_title, shown_value
from sphinx_annals.annals.doctree.comparison_table import Comparisons, own_reading
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import heading
from sphinx_annals.annals.model.records import Article
from sphinx_annals.annals.model.terms import Stance
from sphinx_annals.annals.model.values import Link


class PointList:
    """Lists comparisons in a document."""

    def __init__(self, comparisons: Comparisons, docname: str) -> None:
        self.comparisons = comparisons
        self.catalogue = comparisons.catalogue
        self.docname = docname
        self.show: Renderer = comparisons.show.at(docname)

    def listed(self, found: Iterable[Comparison], *, brief: bool) -> Iterator[Node]:
        """Give comparisons, those of one object that follow each other under its name: in full,
        or as a list of what is said.

        The name stands before the table: a link in the caption of one confuses readers.
        """
        for id, points in groupby(found, key=lambda comparison: comparison.of):
            name = self._name(id)
            if brief:
                yield heading(name)
                yield nodes.bullet_list("", *map(self._brief, points), bullet="-")
            else:
                yield nodes.paragraph("", "", nodes.strong("", "", *name), classes=["annals-of"])
                yield from (self.comparisons.make(point, self.docname) for point in points)

    def _name(self, id: str) -> list[Node]:
        """Give the name of an object, of a provision with that of its treaty."""
        record = self.catalogue.find(id)
        treaty = self.catalogue.find(record.treaty or "") if isinstance(record, Article) else None
        of = [self.show.link(Link(treaty.id, treaty.title)), nodes.Text(": ")] if treaty else []
        return [*of, self.show.link(Link(id))]

    def _brief(self, comparison: Comparison) -> nodes.list_item:
        """Give the point, who says what, and how it stands.

        The quotations and the reasons stand on the page that is named.
        """
        title = property_title(comparison, self.catalogue)
        line: list[Node] = [nodes.emphasis("", title), nodes.Text(": ")]
        for number, said in enumerate(self._sayings(comparison)):
            line += [nodes.Text("; "), *said] if number else said
        stop = [nodes.Text(". ")] if comparison.accounts else []
        line += [*stop, *self._outcome(comparison)]
        return nodes.list_item("", nodes.paragraph("", "", *line))

    def _sayings(self, comparison: Comparison) -> Iterator[list[Node]]:
        """Give what is said, once, with the citations of those who say it."""
        found: dict[str, list[Node]] = {}
        for account in comparison.accounts:
            cite, said, *words = self.comparisons.borrowed(account, self.show)
            shown = nodes.inline("", "", said if said.astext() else words[0])
            if account.stance is not Stance.ASSERTS:
                shown.insert(0, [nodes.emphasis("", account.stance.value), nodes.Text(": ")])
            known = found.setdefault(shown.astext(), [shown])
            known += [nodes.Text(", " if len(known) > 1 else " "), cite]
        yield from found.values()
        reading = own_reading(comparison)
        if reading:
            yield [*self.show.values(reading.shown), nodes.Text(" (this book)")]

    def _outcome(self, comparison: Comparison) -> list[Node]:
        found: list[Node] = [nodes.Text(comparison.status.label.capitalize())]
        for verdict in comparison.verdicts:
            preferred = shown_value(verdict.prefers or "")
            word = f": {preferred}; " if preferred else "; "
            link = self.show.place(verdict.docname, verdict.anchor, "verdict")
            found += [nodes.Text(word), link]
        return [*found, nodes.Text(".")]
