"""Points as numbered questions, each with its answer: a list that smaller points stand in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.doctree import Renderer, compare
from sphinx_annals.annals.model import WEIGHTS, converters
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked
from sphinx_annals.annals.views.points.base import ViewOfPoints
from sphinx_annals.language import message
from sphinx_annals.text import did_you_mean


class Line(NamedTuple):
    """A point, and whether it stands here, so that links to it lead here."""

    point: Comparison
    stands: bool


@dataclass(frozen=True, kw_only=True)
class PointList(ViewOfPoints[Sequence[Line]]):
    """Points as numbered questions with their answers, in the order in which they are written."""

    name = "point-list"
    nothing = message("No point")

    files: tuple[str, ...] = asked(
        lambda text: tuple(converters.split(text, ",")),
        "write files: chapters/points/one.md",
        name="file",
        about="Those written in these included files alone.",
    )

    def documents_of(self, point: Comparison) -> Iterable[str]:
        """Give the one document in which it is written, so that one list of many has it."""
        return (point.home.docname,)

    def _in_order(self, corpus: Corpus) -> list[Comparison]:
        found = (p for p in self.points(corpus) if not self.files or p.home.file in self.files)
        return sorted(found, key=lambda p: corpus.written[p.home.docname, p.home.key])

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from super().problems(corpus)
        written = {said.file for said in corpus.catalogue.statements if said.file}
        for name in self.files:
            if name not in written:
                docname = name.rpartition(".")[0]
                hint = did_you_mean(name, written)
                if docname in corpus.documents:
                    hint = f"; it is a document: write :chapter: {docname}"
                elif not hint and written:
                    hint = f"; known: {', '.join(sorted(written))}"
                yield f":file: no point is written in {name!r}{hint}"

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
            nodes.list_item("", compare(point, render, at_home=stands, named=True, listed=True))
            for point, stands in shown
        ]
        numbered = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        return self.captioned(numbered)
