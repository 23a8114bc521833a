"""Translations in .po files: what stands in their messages, and where in the file that is."""

import re
from collections.abc import Iterator

_MESSAGE = re.compile(
    r"^(?:msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]+"
    r'("[^\r\n]*"(?:(?:\r\n|\r|\n)[ \t]*"[^\r\n]*")*)',
    re.MULTILINE,
)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_PIECE = re.compile(r"\\(.)|([^\\])", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def messages(text: str) -> Iterator[tuple[str, list[int]]]:
    """Give each original and each translation, with the place in the file of each letter of it, and
    of its end.
    """
    for message in _MESSAGE.finditer(text):
        letters, places, end = [], [], message.end()
        for quoted in _QUOTED.finditer(text, message.start(1), message.end(1)):
            for piece in _PIECE.finditer(text, quoted.start(1), quoted.end(1)):
                letters.append(_ESCAPED.get(piece[1], piece[1]) if piece[1] else piece[2])
                places.append(piece.start())
            end = quoted.end(1)
        yield "".join(letters), [*places, end]
