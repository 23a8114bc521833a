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

DatedEvent = tuple[Line, TimelineEntry]
"""What a timeline shows of an event; its label and its address are those of the line's link."""


@dataclass(frozen=True, kw_only=True)
class Timeline(FigureView[DatedEvent]):
    """Events as a drawing, with an ordered list for those who do not see it."""

    name = "timeline"
    noun = "dated event"

    def shown(self, corpus: Corpus) -> Sequence[DatedEvent]:
        events = [event for event in corpus.chosen(Event, self) if event.date]
        # counted among these alone, so that an event that is not shown makes no difference
        told = sorted(events, key=lambda event: corpus.catalogue.ranks[event.id])
        ranks = {event.id: rank for rank, event in enumerate(told)}
        found = []
        for event in events:
            assert event.date
            uncertain = event.certainty in ("possible", "doubtful")
            entry = TimelineEntry(
                event.id, "", event.date, uncertain=uncertain, rank=ranks[event.id]
            )
            found.append((event_line(event), entry))
        return found

    def draw(self, shown: Sequence[DatedEvent], render: Renderer) -> list[str]:
        entries = [
            replace(entry, label=record.display, href=render.href(record))
            for _, entry in shown
            if (record := render.catalogue.find(entry.id))
        ]
        size = {"width": PAGE_WIDTH, "max_height": PAGE_HEIGHT} if render.paged else {}
        return draw_timeline(entries, title=self.caption or "Timeline", prefix=self.anchor, **size)

    def listed(self, shown: Sequence[DatedEvent], render: Renderer) -> nodes.Element:
        items = bulleted(render.parts(line) for line, _ in shown).children
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
