"""Where words stand on a page."""

from __future__ import annotations

from pypdf import PageObject


def spot(page: PageObject, word: str) -> tuple[float, float]:
    """Give how far from the left and above the foot of a page the last line is that has a word."""
    spots: list[tuple[float, float]] = []

    def note(text: str, page: list[float], line: list[float], *_: object) -> None:
        if word in text:
            spots.append((line[4] * page[0] + page[4], line[5] * page[3] + page[5]))

    page.extract_text(visitor_text=note)
    return spots[-1]
