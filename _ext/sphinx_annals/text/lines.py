"""How the lines of a text end, which is as whoever wrote it has it."""

import re

_END = re.compile(r"\r\n|\r|\n")


def newline_of(text: str) -> str:
    """Give what ends the lines of a text."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def line_starts(text: str) -> list[int]:
    """Give the offsets at which lines begin."""
    return [0, *(match.end() for match in _END.finditer(text))]
