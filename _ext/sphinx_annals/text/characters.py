"""Characters that no output can hold, whatever format an author's file is in."""

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " ")
# halves of characters, and what is none
_NONE = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\N{REPLACEMENT CHARACTER}")
_TABLE = _CONTROLS | _NONE


def printable(text: str) -> str:
    """Give a text of the same length that XML, TeX and JSON can hold: controls become blanks."""
    return text if text.isprintable() else text.translate(_TABLE)
