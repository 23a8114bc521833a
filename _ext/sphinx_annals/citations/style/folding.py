"""Text as it is compared: without capitals, diacritics, white space or punctuation."""

from __future__ import annotations

from sphinx_annals.citations.style.labels import filing


def words(text: str) -> list[str]:
    """Return the words of `text` as they are filed: Cyrillic romanised, no diacritics."""
    return filing(text).replace("_", " ").split()


def squeeze(text: str) -> str:
    """Return the letters and digits of `text` alone, folded."""
    return "".join(words(text))


def ascii_letters(text: str) -> str:
    """Return the part of `text` that can be written in a-z and 0-9."""
    return "".join(char for char in squeeze(text) if char.isascii())
