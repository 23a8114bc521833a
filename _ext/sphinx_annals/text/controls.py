"""What no output can hold: XML 1.0 has no controls, UTF-8 no halves of characters, disks no names
of more than 255 bytes.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What parts lines for Python and for no author."""
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(
    r"&#(?:x0*(?:[1-8bcef]|1[0-9a-f]|7f|[89][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])"
    r"|0*(?:[1-8]|1[1245-9]|2\d|3[01]|12[7-9]|1[345]\d));",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<=\][(:])[ \t]*(?:<[^<>\n]+|(?:[^\s()<>]|\([^\s()<>]*\))+)")
_OF_THE_WEB = re.compile(r"[ \t]*<?(?:https?|mailto|data):", re.IGNORECASE)
_LONGEST_NAME = 255
_LONGEST_PATH = 3000
"""Bytes in the name of a file, and in the path to one, that systems take."""


def held_by_no_output(text: str) -> Iterator[tuple[int, str]]:
    """Give what is to be left out of a text, the first of each line, with the line from 1."""
    for number, line in enumerate(text.split("\n"), 1) if _FORBIDDEN.search(text) else ():
        if match := _FORBIDDEN.search(line):
            yield number, match[0]


def without_controls(text: str, *, markdown: bool) -> str:
    """Give a text without such characters, in Markdown without references to them, and with
    addresses that are paths; its lines stay as they are counted.
    """
    text = _BREAKS.sub(" ", _FORBIDDEN.sub("", text))
    if not markdown:
        return text
    return _ADDRESS.sub(_as_a_path, _NAMED.sub("", text))


def _as_a_path(address: re.Match[str]) -> str:
    """Give an address in Markdown as one that MyST can look for among files, as it does.

    One that is too long stays one that leads nowhere, of which MyST tells.
    """
    if _OF_THE_WEB.match(address[0]):
        return address[0]
    path = address[0].replace("%00", "")
    names = unquote_to_bytes(path).split(b"/") if len(path) > _LONGEST_NAME // 4 else []
    is_long = len(path) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in names)
    return path[: _LONGEST_NAME // 4] if is_long else path
