"""Points on which sources disagree: comparisons of many objects, in full or, on paper, in brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import Comparison, Status, own_reading, shown_value
from sphinx_annals.annals.doctree import Renderer, bulleted, compare, heading, joined, says
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, chosen
from sphinx_annals.annals.views.points import STATUSES, Point, ViewOfPoints, counts


@dataclass(frozen=True, kw_only=True)
class DisputedPoints(ViewOfPoints[Sequence[Point]]):
    """Points on which sources disagree, of the objects named or of all that pass the filter."""

    name = "disputed-points"
    noun = "disputed point"

    status: tuple[str, ...] = asked(
        chosen("status", *STATUSES),
        "write some of: disputed, open, settled, compatible, agreeing, one",
        default=(Status.DISPUTED.value, Status.OPEN.value, Status.SETTLED.value),
    )

    def shown(self, corpus: Corpus) -> Sequence[Point]:
        return list(self.points(corpus))

    def nodes(self, shown: Sequence[Point], render: Renderer) -> list[Node]:
        """Count the points, and give those of one object under its name: in full, or on paper what
        is said alone, since quotations and reasons stand where that points.
        """
        summary = counts([point.comparison for point in shown])
        found: list[Node] = [nodes.paragraph(summary, summary)]
        for names, points in groupby(shown, key=lambda point: point.names):
            name = joined(([render.link(name)] for name in names), ": ")
            if render.paged:
                brief = bulleted(_brief(point.comparison, render) for point in points)
                found += [heading(name), brief]
            else:  # before the table, since a link in its caption confuses readers
                strong = nodes.strong("", "", *name)
                found.append(nodes.paragraph("", "", strong, classes=["annals-of"]))
                found += [compare(point.comparison, render) for point in points]
        return self.captioned(*found)


def _brief(comparison: Comparison, render: Renderer) -> list[Node]:
    """Give the point, who says what, and how it stands."""
    line: list[Node] = [nodes.emphasis("", comparison.title), nodes.Text(": ")]
    line += joined(_sayings(comparison, render), "; ")
    line += [nodes.Text(f". {comparison.status.label.capitalize()}")]
    line += [nodes.Text(f" ({comparison.counted()})")] if comparison.is_dependent() else []
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
