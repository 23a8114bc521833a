"""Points on which sources disagree: comparisons of many objects, in full or, on paper, in brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison, Status, own_reading, shown_value
from sphinx_annals.annals.doctree import Renderer, compare, heading, joined, lines, says
from sphinx_annals.annals.model import Article, Link
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.filters import Selection
from sphinx_annals.annals.views.options import Sort, asked, chosen, sorting
from sphinx_annals.text import filing_key

_STATUSES = tuple(status.value for status in Status)


class Point(NamedTuple):
    """A comparison, and the names of its object: of a provision with that of its treaty."""

    names: tuple[Link, ...]
    comparison: Comparison


@dataclass(frozen=True, kw_only=True)
class DisputedPoints(ViewOfObjects[Sequence[Point]]):
    """Points on which sources disagree, of the objects named or of all that pass the filter."""

    name = "disputed-points"
    noun = "disputed point"
    borrows = True

    sort: Sort = sorting("order", "object", "property", "status", "date")
    status: tuple[str, ...] = asked(
        chosen("status", *_STATUSES),
        "write some of: disputed, open, settled, compatible, agreeing, one",
        default=(Status.DISPUTED.value, Status.OPEN.value, Status.SETTLED.value),
    )

    def shown(self, corpus: Corpus) -> Sequence[Point]:
        """Give the points whose status is asked for, in the order asked for."""
        wanted = corpus.selection(self)
        about = {record.id for record in corpus.found(self.targets)} if self.targets else None
        found = [
            comparison
            for comparison in corpus.criticism.all()
            if comparison.status.value in self.status
            and (about is None or comparison.of in about)
            and _passes(comparison, wanted, corpus)
        ]
        order, descending = self.sort
        keys: dict[str, Any] = {
            "object": lambda c: filing_key(corpus.title_of(c.of)),
            "property": lambda c: (c.property, filing_key(corpus.title_of(c.of))),
            "status": lambda c: _STATUSES.index(c.status.value),
            "date": lambda c: corpus.date_key(corpus.catalogue.find(c.of)),
        }
        if order in keys:
            found.sort(key=keys[order])
        ordered = reversed(found) if descending else found
        return [Point(_names(comparison.of, corpus), comparison) for comparison in ordered]

    def nodes(self, shown: Sequence[Point], render: Renderer) -> list[Node]:
        """Count the points, and give those of one object that follow each other under its name."""
        statuses = [point.comparison.status for point in shown]
        counts = [f"{statuses.count(s)} {s.label}" for s in Status if s in statuses]
        total = "1 point" if len(shown) == 1 else f"{len(shown)} points"
        summary = f"{total}: {', '.join(counts)}."
        listed = (_in_brief if render.paged else _in_full)(shown, render)
        return self.captioned(nodes.paragraph(summary, summary), *listed)


def _passes(comparison: Comparison, wanted: Selection, corpus: Corpus) -> bool:
    """Tell whether a point passes: by its object, and by where its sources are heard."""
    record = corpus.catalogue.find(comparison.of)
    heard = any(wanted.in_chapter(account.docname) for account in comparison.accounts)
    return heard and record is not None and wanted.passes(record)


def _names(id: str, corpus: Corpus) -> tuple[Link, ...]:
    record = corpus.catalogue.find(id)
    treaty = record.treaty if isinstance(record, Article) else None
    found = corpus.found([treaty]) if treaty else []
    return (*(Link(record.id, record.title) for record in found), Link(id))


def _by_object(
    shown: Sequence[Point], render: Renderer
) -> Iterator[tuple[list[Node], list[Comparison]]]:
    for names, points in groupby(shown, key=lambda point: point.names):
        title = joined(([render.link(name)] for name in names), ": ")
        yield title, [point.comparison for point in points]


def _in_full(shown: Sequence[Point], render: Renderer) -> Iterator[Node]:
    """Give comparisons in full; the name of the object stands before the table: a link in the
    caption of one confuses readers.
    """
    for name, points in _by_object(shown, render):
        yield nodes.paragraph("", "", nodes.strong("", "", *name), classes=["annals-of"])
        yield from (compare(point, render) for point in points)


def _in_brief(shown: Sequence[Point], render: Renderer) -> Iterator[Node]:
    """Give comparisons as a list of what is said: quotations and reasons stand where it points."""
    for name, points in _by_object(shown, render):
        yield heading(name)
        items = lines(_brief(point, render) for point in points)
        yield nodes.bullet_list("", *items, bullet="-")


def _brief(comparison: Comparison, render: Renderer) -> list[Node]:
    """Give the point, who says what, and how it stands."""
    line: list[Node] = [nodes.emphasis("", comparison.title), nodes.Text(": ")]
    line += joined(_sayings(comparison, render), "; ")
    line += [nodes.Text(f". {comparison.status.label.capitalize()}")]
    for verdict in comparison.verdicts:
        preferred = shown_value(verdict.prefers or "")
        word = f": {preferred}; " if preferred else "; "
        line += [nodes.Text(word), render.place(verdict.docname, verdict.anchor, "verdict")]
    return [*line, nodes.Text(".")]


def _sayings(comparison: Comparison, render: Renderer) -> Iterator[list[Node]]:
    """Give what is said, once, with the citations of those who say it."""
    found: dict[str, list[Node]] = {}
    for account in comparison.accounts:
        cite, said, *words = render.borrowed_statement(account)
        shown = nodes.inline("", "", *says(account, said if said.astext() else words[0]))
        known = found.setdefault(shown.astext(), [shown])
        known += [nodes.Text(", " if len(known) > 1 else " "), cite]
    yield from found.values()
    reading = own_reading(comparison)
    if reading:
        yield [*render.values(reading.shown), nodes.Text(" (this book)")]
