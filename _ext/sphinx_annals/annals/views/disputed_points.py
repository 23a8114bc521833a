"""Points on which sources disagree: comparisons of many objects, in full or, on paper, in brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.criticism import Comparison, Status, own_reading
from sphinx_annals.annals.doctree import Renderer, bulleted, compare, heading, joined, says
from sphinx_annals.annals.model import Article, Link
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, chosen
from sphinx_annals.annals.views.points import STATUSES, ViewOfPoints, counts


class Point(NamedTuple):
    """A comparison with the document that it stands in, and the names of its object: of a
    provision with that of its treaty.
    """

    names: tuple[Link, ...]
    comparison: Comparison
    docname: str


VIEW = "annals-disputed-points"
"""The class of its container; its script looks for it."""


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
        return [
            Point(_names(point.of, corpus), point, corpus.document_of(point))
            for point in self.points(corpus)
        ]

    def nodes(self, shown: Sequence[Point], render: Renderer) -> list[Node]:
        """Count the points, and give those of one object under its name: in full, or on paper what
        is said alone, since quotations and reasons stand where that points.
        """
        summary = counts([point.comparison for point in shown])
        found: list[Node] = [nodes.paragraph(summary, summary)]
        for names, points in groupby(shown, key=lambda point: point.names):
            name = joined(([render.link(name)] for name in names), ": ")
            if render.paged:
                brief = bulleted(_brief(point, render) for point in points)
                found += [heading(name), brief]
            else:  # before the table, since a link in its caption confuses readers
                strong = nodes.strong("", "", *name)
                found.append(nodes.paragraph("", "", strong, classes=["annals-of"]))
                found += [compare(point.comparison, render) for point in points]
        return self.captioned(*found)


def add_choice(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Node | None
) -> None:
    """Give a page with disputed points the script by which readers choose among them, for
    ``html-page-context``; the choice stands in the address, ``#status=open&weight=major``.
    """
    if doctree and any(VIEW in node["classes"] for node in doctree.findall(nodes.container)):
        app.add_js_file("disputed-points.js", loading_method="defer")


def _names(id: str, corpus: Corpus) -> tuple[Link, ...]:
    (record,) = corpus.found([id])
    treaty = corpus.found([record.treaty or ""]) if isinstance(record, Article) else []
    return (*(Link(holder.id, holder.title) for holder in treaty), Link(record.id))


def _brief(point: Point, render: Renderer) -> list[Node]:
    """Give the point, who says what, and how it stands."""
    comparison = point.comparison
    label = comparison.question or f"{comparison.title}:"
    line: list[Node] = [nodes.emphasis("", label), nodes.Text(" ")]
    line += joined(_sayings(comparison, render), "; ")
    line += [nodes.Text(f". {comparison.status.label.capitalize()}")]
    line += [nodes.Text(f" ({comparison.counted()})")] if comparison.is_dependent() else []
    if comparison.verdicts:
        preferred = comparison.shown(comparison.preferred)
        place = render.place(point.docname, comparison.home.anchor, "verdict")
        line += [nodes.Text(f": {preferred}; " if preferred else "; "), place]
    return [*line, nodes.Text(".")]


def _sayings(comparison: Comparison, render: Renderer) -> Iterator[list[Node]]:
    """Give what is said, once, with the citations of those who say it."""
    found: dict[str, list[Node]] = {}
    for account in comparison.accounts:
        cite, said, *words = render.borrowed_statement(account)
        shown = nodes.inline("", "", *says(account, said if said.astext() else words[0]))
        known = found.setdefault(shown.astext(), [shown])
        known += [nodes.Text(", " if len(known) > 1 else ": "), cite]
    yield from found.values()
    reading = own_reading(comparison)
    if reading:
        yield [*render.values(reading.shown), nodes.Text(": this book")]
