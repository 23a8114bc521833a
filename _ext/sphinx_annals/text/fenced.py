"""Where the fence of a directive in Markdown ends, and whether its author meant it to end there."""

import re
from collections.abc import Sequence

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})\s*(.*?)\s*$")
_MARK = re.compile(r"`{3,}|~{3,}|:{3,}")


def mark_of(block: str) -> str:
    """Give the mark with which a fenced block begins, nothing for one that has no fence."""
    match = _MARK.match(block)
    return match[0] if match else ""


def opened_within(mark: str, lines: Sequence[str]) -> tuple[int, str] | None:
    """Give the first line in a fence that opens another which the same mark closes, and its name.

    The mark that is to close the inner one closes the outer.
    """
    pattern = re.compile(rf" {{0,3}}{re.escape(mark)}{mark[0]}*\s*\{{([\w:-]+)\}}")
    for number, line in enumerate(lines):
        if match := pattern.match(line):
            return number, match[1]
    return None


def cut_short(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines, from 1, that open a directive in a fence which its own mark closes."""
    found, outer = set(), ""
    for number, line in enumerate(lines, 1):
        match = _FENCE.match(line)
        if match is None:
            continue
        mark, rest = match.groups()
        if not outer:
            outer = mark
        elif mark.startswith(outer):
            if rest.startswith("{"):
                found.add(number)
            elif not rest:
                outer = ""
    return frozenset(found)


def closes(mark: str, line: str) -> bool:
    """Tell whether a line closes a fence, within whatever it stands in."""
    return re.fullmatch(rf"[\s>]*{re.escape(mark)}{mark[0]}*\s*", line) is not None
