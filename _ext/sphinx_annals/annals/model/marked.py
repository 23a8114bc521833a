"""Texts with inline markup: plain to whatever takes texts, with what a page shows beside it."""

from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Any

from sphinx_annals.language import fill
from sphinx_annals.text import Styled, Styles, styles_of


class Marked(Styled):
    """What an author wrote with inline markup, as the plain text of it.

    Data, ids, searches and labels of drawings take it as they take any text. ``pieces`` is what
    pages show: texts, among them others of this kind, and nodes of whoever parsed it; ``markup``
    changes when those do. ``key`` names the place in the document where it is held whole, if it
    cites or refers: what is numbered stands once in a book.
    """

    pieces: tuple[Any, ...] = ()
    markup: Hashable = None
    key: str = ""

    def __new__(
        cls,
        text: str,
        pieces: tuple[Any, ...] = (),
        markup: Hashable = None,
        key: str = "",
        styles: Styles = (),
    ) -> "Marked":
        """Give the text with its markup."""
        made: Marked = super().__new__(cls, text, styles)  # type: ignore[assignment]
        made.pieces, made.markup, made.key = pieces, markup, key
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.pieces, self.markup, self.key, self.styles


def run_of(*texts: str) -> str:
    """Give texts as one, with the markup of those that have some."""
    joined = "".join(texts)
    marked = [text for text in texts if isinstance(text, Marked)]
    if not marked:
        return joined
    starts = accumulate(map(len, texts), initial=0)
    styles = tuple(
        (start + first, start + last, style)
        for start, text in zip(starts, texts, strict=False)
        for first, last, style in styles_of(text)
    )
    return Marked(joined, texts, tuple(text.markup for text in marked), styles=styles)


def listed(texts: Sequence[str], between: str) -> str:
    """Give texts as one, with something between them."""
    return run_of(*[part for text in texts for part in (between, text)][1:])


def phrase_of(phrase: str, **texts: str) -> str:
    """Fill in a phrase with texts, each under its name."""
    if not any(isinstance(text, Marked) for text in texts.values()):  # as most are
        return phrase.format(**texts)
    given = {name: [text] for name, text in texts.items()}
    return run_of(*fill(phrase, given, lambda text: [text]))
