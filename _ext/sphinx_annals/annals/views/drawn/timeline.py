"""Events as a drawing along time, with an ordered list that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docutils import nodes

from sphinx_annals.annals.doctree import Renderer, numbered
from sphinx_annals.annals.drawings import Frame, TimelineEntry, draw_strip, draw_timeline
from sphinx_annals.annals.model import Event
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.figure import PAGE_HEIGHT, Drawn, FigureView, legend
from sphinx_annals.annals.views.event_list import Line, event_line
from sphinx_annals.language import message

DatedEvent = tuple[Line, TimelineEntry | None]
"""What a timeline shows of an event; its label and its address are those of the line's link.

An event dated by its neighbours alone stands in the list: a drawing would tell too much.
"""


@dataclass(frozen=True, kw_only=True)
class Timeline(FigureView[Sequence[DatedEvent]]):
    """Events as a drawing: a strip on a screen, a sheet on paper; with the same as a list."""

    name = "timeline"
    named = message("Timeline")
    script = "timelines.js"
    scrolls = True
    nothing = message("No dated event")
    columns = 2

    def shown(self, corpus: Corpus) -> Sequence[DatedEvent]:
        days = corpus.catalogue.chronology.days
        found: list[DatedEvent] = []
        for event in corpus.chosen(Event, self):
            if event.id in days:
                entry = None
                if event.date:
                    doubtful = event.certainty in ("possible", "doubtful")
                    day, rank = days[event.id], len(found)
                    about = doubtful, rank, day, _kind(event), event.tags
                    entry = TimelineEntry(event.id, "", event.date, None, *about)
                found.append((event_line(event, corpus.catalogue), entry))
        return found

    def draw(self, shown: Sequence[DatedEvent], frame: Frame, render: Renderer) -> Drawn:
        entries = _entries(shown, render)
        if render.scrolls:
            strip = draw_strip(entries, frame)
            # what the signs mean stands below a strip, which has no legend in it
            pieces = [strip.drawing] if strip.drawing else []
            return Drawn(pieces, legend(strip.signs, render.language))
        if render.paged:
            pieces = draw_timeline(entries, frame, max_height=PAGE_HEIGHT, columns=self.columns)
            return Drawn(pieces)
        return Drawn(draw_timeline(entries, frame))

    def listed(self, shown: Sequence[DatedEvent], render: Renderer) -> nodes.Element:
        return numbered(render.line(line) for line, _ in shown)


def _entries(shown: Sequence[DatedEvent], render: Renderer) -> list[TimelineEntry]:
    return [
        replace(entry, label=record.display, href=render.href(record))
        for _, entry in shown
        if entry and (record := render.catalogue.find(entry.id))
    ]


def _kind(event: Event) -> str:
    """Give the kind of an event, in projects that declare some."""
    return next((event.value(f) or "" for f in event.fields if f.name == "kind"), "")
