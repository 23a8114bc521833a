"""Who draws on whom, as a drawing with a list: for points of some objects, or the whole book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison, Graph, property_key, without_rings
from sphinx_annals.annals.doctree import Renderer, bulleted, filled, joined
from sphinx_annals.annals.drawings import Frame, StemmaWork, draw_stemma
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.figure import Drawn, FigureView
from sphinx_annals.annals.views.options import asked
from sphinx_annals.language import message
from sphinx_annals.text import did_you_mean, filing_key

Witness = tuple[StemmaWork, tuple[str, str] | None]
"""What a stemma shows of a work, with what it says for a remark; and where a list has it."""


@dataclass(frozen=True, kw_only=True)
class Stemma(FigureView[Sequence[Witness]], ViewOfObjects[Sequence[Witness]]):
    """Who draws on whom: of those who speak of the objects named, or in the whole bibliography."""

    name = "stemma"
    named = message("Stemma")
    nothing = message("No dependence of works")

    property: str = asked(
        str.strip, "write a property: expiry", default="", about="The points on this alone."
    )

    def shown(self, corpus: Corpus) -> Sequence[Witness]:
        """Give works: of the points asked for, or all that draw on others or are drawn on."""
        dependence, language = corpus.criticism.dependence, corpus.catalogue.language
        says: dict[str, list[str]] = {}
        if self._chooses():
            points = list(self._points(corpus))
            accounts = [account for point in points for account in point.accounts]
            witnesses = dependence.of(accounts)
            graph: Graph = without_rings(witnesses.graph)
            # what somebody says of several points at once tells nobody anything
            for account in accounts if len(points) == 1 else ():
                shown = points[0].matter.shown(account.value, account.calendar)
                if account.stance != "asserts":
                    shown = f"{language.gettext(account.stance)}{language.mark(': ')}{shown}"
                says.setdefault(witnesses.work_of(account), []).append(shown)
        else:
            graph = dependence.as_a_whole()
            # nobody has put them in an order: as in a bibliography, so that readers find them
            graph = dict(
                sorted(graph.items(), key=lambda item: filing_key(dependence.label(item[0])))
            )
        order = {key: place for place, key in enumerate(graph)}
        return [
            (
                StemmaWork(
                    key,
                    dependence.label(key),
                    # in the order of the graph, since a set has none that lasts
                    tuple(sorted(drawn_on & order.keys(), key=order.__getitem__)),
                    language.mark("; ").join(dict.fromkeys(says.get(key, ()))),
                ),
                corpus.places_of_works.get(key),
            )
            for key, drawn_on in graph.items()
        ]

    def _chooses(self) -> bool:
        """Tell whether some points alone are asked for."""
        return bool(self.targets or self.property or self.narrows)

    def _points(self, corpus: Corpus) -> Iterator[Comparison]:
        wanted = corpus.selection(self)
        for point in corpus.points(wanted, self.targets):
            key = property_key(point.of, self.property, corpus.catalogue)
            if key in ("", point.property) and any(
                wanted.in_chapter(account.docname) for account in point.accounts
            ):
                yield point

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from super().problems(corpus)
        records = corpus.found(self.targets) if self.targets else corpus.catalogue.records
        known = [point.property for r in records for point in corpus.criticism.of(r.id)]
        keys = {property_key(r.id, self.property, corpus.catalogue) for r in records}
        if self.property and records and not keys & set(known):
            hint = did_you_mean(self.property, known)
            yield f":property: no account is of {self.property!r}{hint}"

    def draw(self, shown: Sequence[Witness], frame: Frame, render: Renderer) -> Drawn:
        works = [
            replace(work, href=render.address(*place)) if place else work for work, place in shown
        ]
        return Drawn([draw_stemma(works, frame)])

    def listed(self, shown: Sequence[Witness], render: Renderer) -> nodes.Element:
        language, named = render.language, {work.id: (place, work.label) for work, place in shown}
        lines: list[list[Node]] = []
        for work, _ in shown:
            line = [render.work(*named[work.id])]
            if work.remark:
                line.append(render.remark(work.remark))
            if work.sources:
                links = ([render.work(*named[key])] for key in work.sources)
                phrase = language.gettext("{work} draws on {works}")
                lines.append(filled(phrase, work=line, works=joined(links, language.mark(", "))))
            elif self._chooses():
                lines.append(filled(language.gettext("{work} draws on none of these"), work=line))
        return bulleted(lines)
