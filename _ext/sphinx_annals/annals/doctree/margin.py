"""What a note in the margin shows: a head, a date and a place, and where the other facts go."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.doctree.beside import body_of
from sphinx_annals.annals.doctree.marked import nodes_of
from sphinx_annals.annals.doctree.nodes import (
    annotation,
    annotation_title,
    fold,
    joined,
    margin_note,
    marginal,
)
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import (
    Event,
    Fact,
    Field,
    Record,
    Treaty,
    Words,
    bounds_of,
    listed,
    parts_of,
    phrase_of,
    remarks_of,
)
from sphinx_annals.language import Language

_ROOM = 60
"""Letters of remarks on a date for which the margin of a page has room."""
_BOXES = (nodes.Admonition, nodes.figure, nodes.table, nodes.footnote)
"""What has no margin in LaTeX."""


def but_what_is_in_view(
    facts: Iterable[Fact], record: Record, language: Language
) -> Iterator[Fact]:
    """Give the facts, and of the date in view what it rests on; a place is a link among them."""
    date = _date_of(record)
    for fact in facts:
        if date is None or fact.name != date.name:
            yield fact
        elif remarks := remarks_of(record, language).get(date.name):
            yield replace(fact, values=((Words(listed(remarks, language.mark("; "))),),))


def _date_of(record: Record) -> Field | None:
    """Give the field of the date at which something happened or was signed, if it is known."""
    if not isinstance(record, Event | Treaty):
        return None
    return next((field for field in record.fields if field.life and record.value(field)), None)


def _in_view(record: Record, render: Renderer, *, named: bool = False) -> list[Node]:
    """Give the date, or between which days it lies, and the place, as far as there are any; with
    a date the title in place of a place, if asked for.
    """
    date, place = _date_of(record), render.catalogue.find(getattr(record, "place", None) or "")
    comma = render.language.mark(", ")
    parts: list[list[Node]] = (
        [render.values(parts_of(record, date, render.language))] if date else []
    )
    if date is None and isinstance(record, Event):
        bounds = bounds_of(record, render.catalogue)
        if bounds and bounds.after and bounds.before:
            parts.append([nodes.Text(bounds.in_words(render.language))])
    if parts and named:
        title = nodes.inline("", comma, *nodes_of(record.display), classes=["annals-again"])
        return [*joined(parts, comma), title]
    if place is not None:
        parts.append(nodes_of(place.display))
    return joined(parts, comma)


def fold_under_a_line(node: annotation, record: Record, render: Renderer) -> None:
    """Fold a note of HTML, title and facts, under what is in view, or under its title."""
    content = list(node.children)
    together = [child for child in node.parent.children if isinstance(child, margin_note)]
    # several of one paragraph are told apart by what they are, not by where they were
    line = _in_view(record, render, named=len(together) > 1) or [content.pop(0)]
    node.clear()
    node += fold(line, *content)


def set_in_a_line(node: annotation, record: Record, render: Renderer) -> nodes.Element:
    """Set a note of other formats, and give what shows it.

    Where there are pages it stands in the margin, beside the first words that it is about, with
    its title as a head; elsewhere, or where there are no words, in a line.
    """
    title = next(child for child in node.children if isinstance(child, annotation_title))
    marks = [child for child in title.children if isinstance(child, addnodes.index)]
    text = [child for child in title.children if not isinstance(child, addnodes.index)]
    shown = _in_view(record, render)
    words = _words_beside(node) if render.paged else None
    if render.builder.format == "latex" and words and any(traverse_parent(words, _BOXES)):
        words = None
    node.clear()
    if words is None:
        line = joined([run for run in (shown, text) if run], render.language.mark(". "))
        node += nodes.paragraph("", "", *marks, nodes.Text("["), *line, nodes.Text("]"))
        return node
    date = _date_of(record)
    remarks = remarks_of(record, render.language).get(date.name, []) if date else []
    between = render.language.mark("; ")
    while len(between.join(remarks)) > _ROOM:
        remarks.pop()
    if remarks:
        brackets = render.language.mark(" ({remark})")
        shown += nodes_of(phrase_of(brackets, remark=listed(remarks, between)))
    place = sum(isinstance(child, marginal) for child in words.children)
    head = [nodes.emphasis("", "", *text)] if shown else text
    runs = [run for run in (head, shown) if run]
    set_beside = marginal("", "", *marks, *joined(runs, render.language.mark(", ")))
    words.insert(place, set_beside)
    return set_beside


def _words_beside(node: annotation) -> nodes.Element | None:
    """Give the first paragraph that a note is about; none is a title, which is one by its class."""
    blocks = (block.findall(nodes.paragraph) for block in body_of(node))
    return next((p for found in blocks for p in found if type(p) is nodes.paragraph), None)
