"""A timeline as SVG: entries in, drawings out; imports no Sphinx.

Time flows downwards, labels stand to the right, so that one drawing serves a telephone and
a sheet of paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .dates import HistoricalDate, display, sort_key


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What a timeline shows of one event.

    ``href`` is None where nothing is to be linked, as in a PDF; ``uncertain`` says that it
    is doubtful whether the event happened as told; ``kind`` and ``tags`` become classes.
    """

    id: str
    label: str
    date: HistoricalDate
    href: str | None = None
    kind: str = "event"
    tags: tuple[str, ...] = ()
    uncertain: bool = False


def render(
    entries: Sequence[TimelineEntry],
    *,
    title: str,
    prefix: str,
    max_height: float | None = None,
    width: float = 360,
) -> list[str]:
    """Draw entries, in any order, as SVG documents ready to be put into HTML or a file.

    ``title`` names the drawing for those who do not see it; ``prefix`` begins every id in it,
    so that two drawings on one page do not clash. Text is 12 units high: with ``width`` as
    CSS pixels or points that is its size. No drawing is higher than ``max_height``; with None
    there is just one. Gives no drawing where there are no entries.

    Raises ValueError where ``max_height`` leaves no room for an entry.
    """
    if not entries:
        return []
    ordered = sorted(entries, key=lambda entry: (sort_key(entry.date), entry.id))
    rows = "".join(
        f'<text x="4" y="{20 * row + 14}" font-size="12" fill="currentColor">'
        f"{escape(display(entry.date))}: {escape(entry.label)}</text>"
        for row, entry in enumerate(ordered)
    )
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="annals-timeline" role="img" width="100%" '
        f'viewBox="0 0 {width:g} {20 * len(ordered) + 10}" aria-labelledby="{prefix}-title">'
        f'<title id="{prefix}-title">{escape(title)}</title>{rows}</svg>'
    ]
