"""Sources, and the points on which they exclude each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.ties import NetworkView, Passage, Tie, Ties
from sphinx_annals.annals.views.points import ViewOfPoints
from sphinx_annals.language import message


@dataclass(frozen=True, kw_only=True)
class Disagreements(NetworkView, ViewOfPoints[Ties | None]):
    """Which sources exclude each other, and on which points: as a drawing, with a table."""

    name = "disagreements"
    named = message("Disagreements")
    nothing = message("No disagreement between sources")
    members = message("The {count} sources with most ties are drawn; {left} are left out.")
    heads = (message("One source"), "", message("Another"), message("Disagree on"))
    borrows = False

    def ties(self, corpus: Corpus) -> Iterator[Tie]:
        dependence, language = corpus.criticism.dependence, corpus.catalogue.language
        found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for point in self.points(corpus):
            place = corpus.document_of(point), point.home.anchor
            of = f"{corpus.title_of(point.of)}{language.mark(': ')}{language.inside(point.title)}"
            title = point.question or of
            for pair in sorted(corpus.criticism.opposed(point)):
                found[pair].append(Passage(title, place, f"{point.of} {point.property}"))
        for pair, points in found.items():
            works = [Passage(dependence.label(k), corpus.places_of_works.get(k), k) for k in pair]
            names = (works[0].title, works[1].title)
            yield Tie(works[0], works[1], names, language.gettext("disagrees with"), tuple(points))
