"""How the commands speak: plain text of 80 columns, colour on a terminal alone, or JSON."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

Arguments = Mapping[str, Mapping[str, Any]]
"""What a command takes: by the names of an argument, how argparse is told of it."""
JSON: Arguments = {"--json": {"action": "store_true", "help": "answer in JSON"}}
STYLES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "dim": "2"}


class Output:
    """Where a command writes."""

    def __init__(self) -> None:
        self.out = sys.stdout
        tty = hasattr(self.out, "isatty") and self.out.isatty()
        self.colour = tty and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self.width = min(shutil.get_terminal_size((80, 24)).columns, 100) if tty else 80

    def style(self, text: str, name: str) -> str:
        """Give `text` in a style, if colours are shown."""
        return f"\033[{STYLES[name]}m{text}\033[0m" if self.colour else text

    def line(self, text: str = "") -> None:
        """Write one line."""
        self.out.write(text + "\n")

    def wrapped(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Write a paragraph; words are never broken, so that addresses stay whole."""
        wrapper = textwrap.TextWrapper(
            max(self.width, 30), " " * indent, break_long_words=False, break_on_hyphens=False
        )
        wrapper.subsequent_indent = " " * (indent + hang)
        self.line(wrapper.fill(text))

    def json(self, value: Any) -> None:
        """Write a value for machines."""
        ascii_only = "utf" not in (getattr(self.out, "encoding", None) or "utf-8").lower()
        self.line(json.dumps(value, ensure_ascii=ascii_only, indent=2))

    def complain(self, text: str) -> None:
        """Write to standard error."""
        self.out.flush()
        sys.stderr.write(text + "\n")


def printable(text: str) -> str:
    """Give a file's text as it can be printed: with one kind of line end, and no bare bytes."""
    shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return shown.replace("\r\n", "\n").replace("\r", "\n")


def count(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
