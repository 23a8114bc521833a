"""Characters that end lines, as whoever wrote a text has them, and those that no output can hold.

XML 1.0 has no controls, UTF-8 no halves of characters.
"""

import re
from collections.abc import Iterator

_END = re.compile(r"\r\n|\r|\n")
_BLANKS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " ")
_SIGNS = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\N{REPLACEMENT CHARACTER}")
_PRINTABLE = _BLANKS | _SIGNS
_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What parts lines for Python and for no author."""
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(
    r"&#(?:x0*(?:[1-8bcef]|1[0-9a-f]|7f|[89][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])"
    r"|0*(?:[1-8]|1[1245-9]|2\d|3[01]|12[7-9]|1[345]\d));",
    re.IGNORECASE,
)


def printable(text: str) -> str:
    """Give a text of the same length that XML, TeX and JSON can hold: controls become blanks."""
    return text if text.isprintable() else text.translate(_PRINTABLE)


def held_by_no_output(text: str) -> Iterator[tuple[int, str]]:
    """Give what is to be left out of a text, the first of each line, with the line from 1."""
    for number, line in enumerate(text.split("\n"), 1) if _FORBIDDEN.search(text) else ():
        if match := _FORBIDDEN.search(line):
            yield number, match[0]


def without_controls(text: str, *, markdown: bool = False, broken: str = " ") -> str:
    """Give a text without such characters, in Markdown without references to them; its lines stay
    as they are counted, unless what others take for their ends is to be ``broken``.
    """
    if not text.isprintable():
        text = _BREAKS.sub(broken, _FORBIDDEN.sub("", text))
    return _NAMED.sub("", text) if markdown else text


def newline_of(text: str) -> str:
    """Give what ends the lines of a text."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def line_starts(text: str) -> list[int]:
    """Give the offsets at which lines begin."""
    return [0, *(match.end() for match in _END.finditer(text))]
