"""Where words stand on a page."""

from __future__ import annotations

from pypdf import PageObject


def height(page: PageObject, word: str) -> float:
    """Give how far above the foot of a page the last line stands that has a word."""
    spots: list[float] = []

    def note(text: str, page: list[float], line: list[float], *_: object) -> None:
        if word in text:
            spots.append(line[4] * page[1] + line[5] * page[3] + page[5])

    page.extract_text(visitor_text=note)
    return spots[-1]
