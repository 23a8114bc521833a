"""Events as a drawing along time, with an ordered list that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docutils import nodes

from sphinx_annals.annals.doctree import Renderer, bulleted
from sphinx_annals.annals.drawings import TimelineEntry, draw_timeline
from sphinx_annals.annals.model import Event
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.event_list import Line, event_line
from sphinx_annals.annals.views.figure import PAGE_HEIGHT, PAGE_WIDTH, FigureView

DatedEvent = tuple[Line, TimelineEntry | None]
"""What a timeline shows of an event; its label and its address are those of the line's link.

An event dated by its neighbours alone stands in the list: a drawing would tell too much.
"""


@dataclass(frozen=True, kw_only=True)
class Timeline(FigureView[Sequence[DatedEvent]]):
    """Events as a drawing, with an ordered list for those who do not see it."""

    name = "timeline"
    noun = "dated event"

    def shown(self, corpus: Corpus) -> Sequence[DatedEvent]:
        days = corpus.catalogue.chronology.days
        found: list[DatedEvent] = []
        for event in corpus.chosen(Event, self):
            if event.id in days:
                entry = None
                if event.date:
                    doubtful = event.certainty in ("possible", "doubtful")
                    day, rank = days[event.id], len(found)
                    entry = TimelineEntry(event.id, "", event.date, None, doubtful, rank, day)
                found.append((event_line(event, corpus.catalogue), entry))
        return found

    def draw(self, shown: Sequence[DatedEvent], render: Renderer) -> list[str]:
        entries = [
            replace(entry, label=record.display, href=render.href(record))
            for _, entry in shown
            if entry and (record := render.catalogue.find(entry.id))
        ]
        size = {"width": PAGE_WIDTH, "max_height": PAGE_HEIGHT} if render.paged else {}
        return draw_timeline(entries, title=self.caption or "Timeline", prefix=self.anchor, **size)

    def listed(self, shown: Sequence[DatedEvent], render: Renderer) -> nodes.Element:
        items = bulleted(render.parts(line) for line, _ in shown).children
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
