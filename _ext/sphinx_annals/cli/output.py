"""How the commands speak: plain text of 80 columns at most, or JSON."""

import json
import shutil
import sys
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any

JSON: Mapping[str, Mapping[str, Any]] = {
    "--json": {"action": "store_true", "help": "answer in JSON"}
}
"""The argument of commands that can answer to machines."""


def print_wrapped(text: str, indent: int, hang: int = 0) -> None:
    """Print a paragraph; words are never broken, so that addresses stay whole."""
    width = _width()
    if len(text) + indent <= width and text.isprintable() and text == text.strip():
        print(" " * indent + text)  # most are short
        return
    wrapper = textwrap.TextWrapper(
        width, " " * indent, " " * (indent + hang), break_long_words=False, break_on_hyphens=False
    )
    print(wrapper.fill(text))


@cache  # a large library has thousands of findings
def _width() -> int:
    return max(30, min(80, shutil.get_terminal_size().columns))


def print_json(value: Any) -> None:
    """Print a value for machines; what is not ASCII is escaped, whatever the terminal can show."""
    print(json.dumps(value, indent=2))


def complain(text: str) -> None:
    """Print to standard error."""
    print(text, file=sys.stderr)


def printable(text: str) -> str:
    """Give a file's text as it can be printed: with one kind of line end, and no bare bytes."""
    shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return shown.replace("\r\n", "\n").replace("\r", "\n")


def count(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
