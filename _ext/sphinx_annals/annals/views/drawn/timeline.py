"""Events as a drawing along time, with an ordered list that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docutils import nodes

from sphinx_annals.annals.doctree import Renderer, numbered
from sphinx_annals.annals.drawings import Frame, TimelineEntry, draw_strip, draw_timeline
from sphinx_annals.annals.model import Event, Kind
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.figure import PAGE_HEIGHT, Drawn, FigureView, legend
from sphinx_annals.annals.views.event_list import Line, event_lines
from sphinx_annals.dates import Day, HistoricalDate
from sphinx_annals.language import message


class Dated(NamedTuple):
    """What a drawing has of an event, beside its label and its address; see ``TimelineEntry``."""

    id: str
    date: HistoricalDate
    uncertain: bool
    day: Day
    kind: str
    tags: tuple[str, ...]


DatedEvent = tuple[Line, Dated | None]
"""What a timeline shows of an event.

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
        catalogue, days = corpus.catalogue, corpus.catalogue.chronology.days
        # in projects that declare some
        kinds = [field for field in catalogue.schema[Kind.EVENT] if field.name == "kind"]
        events = [event for event in corpus.chosen(Event, self) if event.id in days]
        dated: list[Dated | None] = []
        for event in events:
            kind = next((event.value(field) for field in kinds), "") or ""
            doubtful = event.certainty in ("possible", "doubtful")
            about = doubtful, days[event.id], kind, event.tags
            dated.append(Dated(event.id, event.date, *about) if event.date else None)
        return list(zip(event_lines(events, catalogue), dated, strict=True))

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
    entries = []
    for rank, (_, dated) in enumerate(shown):
        if dated and (record := render.catalogue.find(dated.id)):
            place = record.display, dated.date, render.href(record), dated.uncertain, rank
            chosen_by = dated.day, dated.kind, dated.tags
            entries.append(TimelineEntry(dated.id, *place, *chosen_by))
    return entries
