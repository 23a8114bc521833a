"""Sources, and the points on which they exclude each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.points import ViewOfPoints
from sphinx_annals.annals.views.ties import NetworkView, Passage, Tie, Ties


@dataclass(frozen=True, kw_only=True)
class Disagreements(NetworkView, ViewOfPoints[Ties | None]):
    """Which sources exclude each other, and on which points: as a drawing, with a table."""

    name = "disagreements"
    noun = "disagreement between sources"
    members = "sources"
    heads = ("One source", "", "Another", "Disagree on")
    borrows = False

    def ties(self, corpus: Corpus) -> Iterator[Tie]:
        dependence = corpus.criticism.dependence
        found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for point in self.points(corpus):
            place = corpus.document_of(point), point.home.anchor
            title = point.question or f"{corpus.title_of(point.of)}: {point.title.lower()}"
            opposed = {
                tuple(sorted(dependence.key(account.citation.key) for account in pair))
                for pair in corpus.criticism.opposed(point)
            }
            for one, other in sorted(opposed):
                if one != other:
                    found[one, other].append(Passage(title, place, f"{point.of} {point.property}"))
        for pair, points in found.items():
            works = [Passage(dependence.label(k), corpus.places_of_works.get(k), k) for k in pair]
            names = (works[0].title, works[1].title)
            yield Tie(works[0], works[1], names, "disagrees with", tuple(points))
