"""Events as a table with the columns chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sphinx_annals.annals.model import Event
from sphinx_annals.annals.views.options import Sort, sorting
from sphinx_annals.annals.views.record_table import RecordTable, of_fields


@dataclass(frozen=True, kw_only=True)
class EventTable(RecordTable):
    """Events as a table with the columns chosen."""

    name: ClassVar[str] = "event-table"
    noun: ClassVar[str] = "event"
    record_type = Event

    sort: Sort = sorting("date", "title", "place")
    columns: tuple[str, ...] = of_fields("date", "event", "place", "actors")
