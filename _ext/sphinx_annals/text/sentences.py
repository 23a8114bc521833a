"""Where the first sentence of a text ends."""

import re

_SHORT = ["sec", "art", "vol", "ch", "cf", "ca", "ed", "eds", "e.g", "i.e", "Dr", "Mr", "Mrs", "St"]
_ENDS = re.compile(
    r"(?<!\b[^\W\d_])"  # an initial ends none, nor does what is shortened
    + "".join(rf"(?<!\b{re.escape(word)})" for word in _SHORT)
    + r"[.!?…。！？]+[”’»\")\]]*(?=\s|$)(?!\s+[a-zа-я\d])"
)


def sentence_end(text: str) -> int | None:
    """Give the length of the first sentence of a text, or None where it goes on.

    What goes on in small letters or with a number still belongs to it; so do initials and usual
    abbreviations.
    """
    found = _ENDS.search(text)
    return found.end() if found else None
