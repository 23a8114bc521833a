"""Points on which sources disagree: comparisons of many objects, in full or, on paper, in brief."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison, own_reading
from sphinx_annals.annals.doctree import (
    Renderer,
    bulleted,
    compare,
    heading,
    joined,
    nodes_of,
    says,
)
from sphinx_annals.annals.model import Article, Link
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import several
from sphinx_annals.annals.views.points.base import DISPUTES, STATUSES, ViewOfPoints, counts
from sphinx_annals.language import message
from sphinx_annals.text import each_work


class Witness(NamedTuple):
    """A work that speaks of a point: by which readers choose among points."""

    key: str
    label: str
    anchor: str


class Point(NamedTuple):
    """A comparison with the document that it stands in, the names of its object, of a provision
    with that of its treaty, and the works that lists have of those cited for it.
    """

    names: tuple[Link, ...]
    comparison: Comparison
    docname: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, kw_only=True)
class DisputedPoints(ViewOfPoints[Sequence[Point]]):
    """Points on which sources disagree, of the objects named or of all that pass the filter."""

    name = "disputed-points"
    script = "disputed-points.js"
    nothing = message("No disputed point")

    status: tuple[str, ...] = several(
        "status",
        STATUSES,
        "How the points stand; by themselves those disputed, left open or settled.",
        DISPUTES,
    )

    def shown(self, corpus: Corpus) -> Sequence[Point]:
        return [
            Point(_names(p.of, corpus), p, corpus.document_of(p), tuple(_witnesses(p, corpus)))
            for p in self.points(corpus)
        ]

    def nodes(self, shown: Sequence[Point], render: Renderer) -> list[Node]:
        """Count the points, and give those of one object under its name: in full, or on paper what
        is said alone, since quotations and reasons stand where that points.
        """
        summary = counts([point.comparison for point in shown], render.language)
        found: list[Node] = [nodes.paragraph(summary, summary)]
        if render.scrolls:  # a screen, where a script may run
            found.append(nodes.raw("", _for_choice(shown), format="html"))
        for names, points in groupby(shown, key=lambda point: point.names):
            name = joined(([render.link(name)] for name in names), render.language.mark(": "))
            if render.paged:
                found += [heading(name), bulleted(_brief(point, render) for point in points)]
            else:  # before the table, since a link in its caption confuses readers
                strong = nodes.strong("", "", *name)
                found.append(nodes.paragraph("", "", strong, classes=["annals-of"]))
                found += [compare(point.comparison, render) for point in points]
        return self.captioned(*found)


def _witnesses(point: Comparison, corpus: Corpus) -> Iterator[Witness]:
    """Give the works cited for a point, at first and at second hand, each once."""
    dependence = corpus.criticism.dependence
    cited = each_work(account.citation for account in point.accounts)
    for key in dict.fromkeys(dependence.key(work.key) for work in cited):
        if key in corpus.places_of_works:
            yield Witness(key, dependence.label(key), corpus.places_of_works[key][1])


def _for_choice(points: Iterable[Point]) -> str:
    """Give what the script knows works by: their names and where citations of them lead."""
    works = dict.fromkeys(witness for point in points for witness in point.witnesses)
    told = json.dumps([witness._asdict() for witness in works], ensure_ascii=False)
    return f'<span hidden data-witnesses="{escape(told, quote=True)}"></span>\n'


def _names(id: str, corpus: Corpus) -> tuple[Link, ...]:
    (record,) = corpus.found([id])
    treaty = corpus.found([record.treaty or ""]) if isinstance(record, Article) else []
    return (*(Link(holder.id, holder.title) for holder in treaty), Link(record.id))


def _brief(point: Point, render: Renderer) -> list[Node]:
    """Give the point, who says what, and how it stands."""
    comparison = point.comparison
    language = render.language
    colon, semicolon, stop = map(language.mark, (": ", "; ", ". "))
    label = comparison.question or f"{comparison.title}{colon.rstrip()}"
    line: list[Node] = [nodes.emphasis("", "", *nodes_of(label)), nodes.Text(" ")]
    line += joined(_sayings(comparison, render), semicolon)
    line += [nodes.Text(f"{stop}{comparison.status.heading(language)}")]
    if comparison.is_dependent():
        line.append(render.remark(comparison.counted(language)))
    if comparison.verdicts:
        preferred = comparison.shown(comparison.preferred)
        verdict = language.inside(language.gettext("Verdict"))
        value = f"{colon}{preferred}{semicolon}" if preferred else semicolon
        line += [nodes.Text(value), render.place(point.docname, comparison.home.anchor, verdict)]
    return [*line, nodes.Text(stop.rstrip())]


def _sayings(comparison: Comparison, render: Renderer) -> Iterator[list[Node]]:
    """Give what is said, once, with the citations of those who say it."""
    found: dict[str, list[Node]] = {}
    comma, colon = render.language.mark(", "), render.language.mark(": ")
    for account in comparison.accounts:
        cite, said, *words = render.borrowed_statement(account)
        told = said if said.astext() else words[0]
        shown = nodes.inline("", "", *says(account, told, comparison, render.language))
        known = found.setdefault(shown.astext(), [shown])
        known += [nodes.Text(comma if len(known) > 1 else colon), cite]
    yield from found.values()
    reading = own_reading(comparison)
    if reading:
        book = render.language.inside(render.language.gettext("This book"))
        yield [*render.values(reading.shown), nodes.Text(f"{colon}{book}")]
