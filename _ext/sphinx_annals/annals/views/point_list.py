"""Points as numbered questions, each with its answer: a list that smaller points stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.doctree import Renderer, compare
from sphinx_annals.annals.model import WEIGHTS
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.points import ViewOfPoints


class Line(NamedTuple):
    """A point, and whether it stands here, so that links to it lead here."""

    point: Comparison
    stands: bool


@dataclass(frozen=True, kw_only=True)
class PointList(ViewOfPoints[Sequence[Line]]):
    """Points as numbered questions with their answers, in the order in which they are written."""

    name = "point-list"
    noun = "point"

    def documents_of(self, point: Comparison) -> Iterable[str]:
        """Give the one document in which it is written, so that one list of many has it."""
        return (point.home.docname,)

    def _in_order(self, corpus: Corpus) -> list[Comparison]:
        return sorted(self.points(corpus), key=lambda point: corpus.order_of(point.home))

    def holds(self, corpus: Corpus) -> Iterable[Comparison]:
        """Give what it lists, but for major points, which stand where they are told."""
        return (point for point in self._in_order(corpus) if point.weight != WEIGHTS[0])

    def shown(self, corpus: Corpus) -> Sequence[Line]:
        here = self.docname, self.anchor
        return [
            Line(point, (listed := corpus.listed_in(point)) is not None and listed[:2] == here)
            for point in self._in_order(corpus)
        ]

    def nodes(self, shown: Sequence[Line], render: Renderer) -> list[Node]:
        items = [
            nodes.list_item(
                "", compare(line.point, render, at_home=line.stands, named=True, listed=True)
            )
            for line in shown
        ]
        numbered = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        return self.captioned(numbered)
