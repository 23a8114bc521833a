"""Typst: what we read of its compiler's words, since it says these things in no other way."""

import re
from collections.abc import Iterator

_REFUSED = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed with font')
_UNREAD = re.compile(r"failed to parse YAML \((?P<work>[^.\s]+)\.(?P<field>[\w-]+)")
_PLACE = re.compile(r"┌─ (?P<file>[^\n]*?):(?P<line>\d+):(?P<column>\d+)")


def undisplayable(diagnostic: str) -> set[str]:
    """Give the characters that a diagnostic says no font has.

    Breaks if PDF/UA's refusal is no longer worded ‘the text `"…"` could not be displayed with
    font’, with the text quoted as Rust quotes strings.
    """
    texts = "".join(found["text"] for found in _REFUSED.finditer(diagnostic))
    texts = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), texts)
    return set(re.sub(r"\\(.)", r"\1", texts))


def places(diagnostic: str) -> Iterator[tuple[str, int]]:
    """Give the files and lines that a diagnostic names: first where it arose, then who called.

    Breaks if a diagnostic no longer introduces a place with ‘┌─ file:line:column’.
    """
    for found in _PLACE.finditer(diagnostic):
        yield found["file"], int(found["line"])


def is_loss(warning: str) -> bool:
    """Tell whether a warning says that something is not printed: a block within a paragraph.

    Breaks if such a warning no longer ends with ‘was ignored’.
    """
    return warning.endswith("was ignored")


def unread_field(message: str) -> tuple[str, str] | None:
    """Give the work and its field that could not be read of a bibliography in YAML, if a message
    is on one.

    Breaks if that no longer begins ‘failed to parse YAML (key.field’.
    """
    found = _UNREAD.match(message)
    return (found["work"], found["field"]) if found else None
