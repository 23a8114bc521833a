"""The cover of the site: what is special of the book in figures, and questions to begin with.

All of it is counted in the annotations at each build. On paper and in an EPUB the cover is the
preface alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinx_annals.annals.criticism import Comparison, Status
from sphinx_annals.annals.domain import domain_of
from sphinx_annals.annals.model import WEIGHTS, Account
from sphinx_annals.dates import HistoricalDate
from sphinx_annals.text import book_order

QUESTIONS = 4
STEP, COLUMN = 7, 17
DISPUTED = (Status.DISPUTED, Status.SETTLED, Status.OPEN)
"""How a point stands on which sources exclude each other, with a verdict or without."""


@dataclass(frozen=True)
class Question:
    """A disputed point as a reader meets it: what is asked, how it stands, who speaks, where."""

    text: str
    status: str
    accounts: int
    address: str


@dataclass(frozen=True)
class Strip:
    """Events as dots, two abreast, over the years in which they begin; *width* by *height*."""

    dots: list[tuple[int, int]]
    labels: dict[int, int]
    width: int
    height: int
    first: int
    last: int


def strip(dates: Iterable[HistoricalDate | None]) -> Strip | None:
    """Pile a dot for each date over its year; the few that lie far from the rest have no place."""
    years = sorted(date.span[0][0] for date in dates if date and date.earliest)
    if not years:
        return None
    few = len(years) // 40
    first, last = years[few], years[-1 - few]
    counts = Counter(year for year in years if first <= year <= last)
    height = -(-max(counts.values()) // 2) * STEP

    def place(year: int) -> int:
        return (year - first) * COLUMN + COLUMN // 2

    return Strip(
        dots=[
            (place(year) + (STEP // 2 if n % 2 else -STEP // 2), height - n // 2 * STEP - STEP // 2)
            for year, count in sorted(counts.items())
            for n in range(count)
        ],
        labels={year: place(year) for year in range(first, last + 1) if year % 5 == 0},
        width=(last - first + 1) * COLUMN,
        height=height,
        first=first,
        last=last,
    )


def inviting(points: Iterable[Comparison], order: Mapping[str, int]) -> list[Comparison]:
    """Choose questions: of each chapter the major one of which most sources speak, in the order
    of the chapters, whichever was read last.
    """
    best: dict[str, Comparison] = {}
    for point in points:
        if point.weight == WEIGHTS[0] and point.question and point.status in DISPUTED:
            kept = best.get(point.home.docname)
            if kept is None or len(point.accounts) > len(kept.accounts):
                best[point.home.docname] = point
    chapters = sorted(best.values(), key=lambda point: order[point.home.docname])
    most = sorted(chapters, key=lambda point: -len(point.accounts))[:QUESTIONS]
    return sorted(most, key=lambda point: order[point.home.docname])


def add_cover(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the first page what it shows beside the preface (``html-page-context``)."""
    if page != app.config.root_doc or app.builder.name == "epub" or doctree is None:
        return
    domain = domain_of(app.env)
    events = domain.catalogue.events()
    disputed = [point for point in domain.criticism.all() if point.status in DISPUTED]
    points = [point for point in disputed if point.weight in WEIGHTS[:2]]  # no slips
    said = domain.catalogue.statements
    order = book_order(page, app.env.toctree_includes, app.env.found_docs)
    questions = inviting(points, order)
    context["cover"] = {
        "events": len(events),
        "accounts": sum(isinstance(one, Account) for one in said),
        "points": len(points),
        "strip": strip(event.date for event in events),
        "questions": [
            Question(
                point.question,
                point.status.label(domain.language),
                len(point.accounts),
                f"{app.builder.get_relative_uri(page, point.home.docname)}#{point.home.anchor}",
            )
            for point in questions
        ],
    }


def read_again(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Count anew when anything has changed (``env-get-outdated``)."""
    return [env.config.root_doc] if added | changed | removed else []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect what the cover shows."""
    app.connect("html-page-context", add_cover)
    app.connect("env-get-outdated", read_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
