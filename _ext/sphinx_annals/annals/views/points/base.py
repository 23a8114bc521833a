"""What views of points share: which they show, and how they count them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sphinx_annals.annals.criticism import Comparison, Status
from sphinx_annals.annals.model import WEIGHTS
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import several
from sphinx_annals.language import Language

_S = TypeVar("_S")
DISPUTES = tuple(status.value for status in (Status.DISPUTED, Status.OPEN, Status.SETTLED))
STATUSES = tuple(dict.fromkeys((*DISPUTES, *(status.value for status in reversed(Status)))))


@dataclass(frozen=True, kw_only=True)
class ViewOfPoints(ViewOfObjects[_S]):
    """A view of the points on the objects named, or on all that pass the filter."""

    borrows = True

    status: tuple[str, ...] = several(
        "status", STATUSES, "How the points stand; by themselves all."
    )
    weight: tuple[str, ...] = several(
        "weight", WEIGHTS, "How much the points matter; by themselves all."
    )

    def points(self, corpus: Corpus) -> Iterator[Comparison]:
        """Give the points that are asked for, in the order of their objects."""
        wanted = corpus.selection(self)
        for point in corpus.points(wanted, self.targets):
            right = point.status.value in self.status and point.weight in self.weight
            if right and any(map(wanted.in_chapter, self.documents_of(point))):
                yield point

    def documents_of(self, point: Comparison) -> Iterable[str]:
        """Give the documents of which one must pass the filter."""
        return (said.docname for said in (*point.accounts, *point.verdicts))


def counts(points: Sequence[Comparison], language: Language) -> str:
    """Count points by their status, and by their weight where they differ in it."""
    statuses = [point.status for point in points]
    weights = [point.weight for point in points]
    comma, semicolon = language.mark(", "), language.mark("; ")
    total = language.ngettext("{count} point", "{count} points", len(points))
    told = comma.join(f"{statuses.count(s)} {s.label(language)}" for s in Status if s in statuses)
    by_weight = [f"{weights.count(w)} {language.gettext(w)}" for w in WEIGHTS if w in weights]
    if len(by_weight) > 1:
        told += semicolon + comma.join(by_weight)
    return language.gettext("{points}: {counts}.").format(points=total, counts=told)
