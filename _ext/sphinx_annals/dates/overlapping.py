"""What may have been at one time: spans of days that meet."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sphinx_annals.dates.days import Day

T = TypeVar("T")
_LOWEST, _HIGHEST = (-(10**12), 1, 1), (10**12, 1, 1)


def overlapping(spans: Iterable[tuple[Day | None, Day | None, T]]) -> Iterator[tuple[T, T]]:
    """Give each whose span meets that of one before it, behind that one; None has no end.

    A single sweep over the spans in order: thousands that meet in nothing cost no square.
    Each is compared with the one that reaches furthest, which meets it if any does.
    """
    known = [
        (first or _LOWEST, order, last or _HIGHEST, item)
        for order, (first, last, item) in enumerate(spans)
    ]
    known.sort(key=lambda span: span[:2])
    if not known:
        return
    _, _, reach, holder = known[0]
    for first, _, last, item in known[1:]:
        if first <= reach:
            yield holder, item
        if last > reach:
            reach, holder = last, item
