"""What a view is asked to show: frozen values that the notes of a document keep."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sphinx_annals.dates import HistoricalDate, display


@dataclass(frozen=True, slots=True)
class Filter:
    """What passes: dates from ``start`` to ``end``, and any of the values of each other."""

    start: HistoricalDate | None = None
    end: HistoricalDate | None = None
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    treaty: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    chapter: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The filter as a reader sees it: ``from 1950, place moscow``."""
        parts = []
        for item in fields(self):
            value = getattr(self, item.name)
            if value:
                name = {"start": "from", "end": "to"}.get(item.name, item.name)
                shown = display(value) if isinstance(value, HistoricalDate) else " or ".join(value)
                parts.append(f"{name} {shown}")
        return ", ".join(parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewSpec:
    """One view: the directive's name and its options, converted.

    ``targets`` are the objects that the view is about; ``align`` holds, for each row of an
    article comparison, one provision of each treaty, "" for none, and ``rows`` says whether
    only these are shown.
    """

    view: str
    docname: str
    line: int
    anchor: str
    caption: str = ""
    filter: Filter = field(default_factory=Filter)
    targets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    statuses: tuple[str, ...] = ()
    align: tuple[tuple[str, ...], ...] = ()
    rows: tuple[str, ...] = ()
    file: str = ""
