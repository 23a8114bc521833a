"""Texts of which some words are set apart, where what shows them can do so."""

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

Styles = tuple[tuple[int, int, str], ...]
"""Where a style begins and ends in a text, and the element of HTML that it is."""


class Styled(str):
    """A plain text that knows which of its words are emphasised, strong or literal."""

    styles: Styles = ()

    def __new__(cls, text: str, styles: Styles = ()) -> "Styled":
        """Give the text with its styles."""
        made = super().__new__(cls, text)
        made.styles = styles
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.styles


def styles_of(text: str) -> Styles:
    """Give the styles of a text, which any text may lack."""
    return text.styles if isinstance(text, Styled) else ()


def runs(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give a text in runs, each with the styles that it is in."""
    styles = styles_of(text)
    ends = {0, len(text), *(end for start, stop, _ in styles for end in (start, stop))}
    for start, stop in pairwise(sorted(ends)):
        within = (style for first, last, style in styles if first <= start and stop <= last)
        yield text[start:stop], tuple(dict.fromkeys(within))


def html_of(text: str) -> str:
    """Write a text as HTML; every character is escaped."""
    written = ""
    for run, styles in runs(text):
        piece = escape(run)
        for style in styles:
            piece = f"<{style}>{piece}</{style}>"
        written += piece
    return written


def literal(text: str) -> str:
    """Write a text as Markdown; none of its characters is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#&~|$])", r"\\\1", text)
