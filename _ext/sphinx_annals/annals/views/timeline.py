"""Events as a drawing along time, with an ordered list that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes

from sphinx_annals.annals import drawings
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.model import Certainty, Event
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawing import PAGE_HEIGHT, PAGE_WIDTH, DrawnView
from sphinx_annals.annals.views.event_list import EventLine
from sphinx_annals.dates import HistoricalDate


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """What a timeline shows of an event; ``rank`` orders those of one date."""

    line: EventLine
    date: HistoricalDate
    tags: tuple[str, ...]
    uncertain: bool
    rank: int


@dataclass(frozen=True, kw_only=True)
class Timeline(DrawnView[DatedEvent]):
    """Events as a drawing, with an ordered list for those who do not see it."""

    name: ClassVar[str] = "timeline"
    noun: ClassVar[str] = "dated event"

    def shown(self, corpus: Corpus) -> Sequence[DatedEvent]:
        """Give the dated events that pass."""
        events = [event for event in corpus.chosen(Event, self.filter) if event.date]
        # counted among these alone, so that an event that is not shown makes no difference
        told = sorted(events, key=lambda event: corpus.catalogue.ranks[event.id])
        ranks = {event.id: rank for rank, event in enumerate(told)}
        doubtful = (Certainty.POSSIBLE, Certainty.DOUBTFUL)
        return [
            DatedEvent(
                EventLine.of(event),
                event.date,
                event.tags,
                event.certainty in doubtful,
                ranks[event.id],
            )
            for event in events
            if event.date
        ]

    def draw(self, shown: Sequence[DatedEvent], render: Renderer) -> list[str]:
        """Draw the events, in pieces that fit a page where there are pages."""
        entries = [
            drawings.TimelineEntry(
                id=event.line.event.id,
                label=target.text,
                date=event.date,
                href=render.href(target),
                tags=event.tags,
                uncertain=event.uncertain,
                rank=event.rank,
            )
            for event in shown
            if (target := render.target(event.line.event))
        ]
        title = self.caption or "Timeline"
        if not render.paged:
            return drawings.draw_timeline(entries, title=title, prefix=self.anchor)
        return drawings.draw_timeline(
            entries, title=title, prefix=self.anchor, width=PAGE_WIDTH, max_height=PAGE_HEIGHT
        )

    def listed(self, shown: Sequence[DatedEvent], render: Renderer) -> nodes.Element:
        """Give the events line by line."""
        items = [event.line.item(render) for event in shown]
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
