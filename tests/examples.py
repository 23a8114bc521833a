"""What documentation shows: its code blocks, and the files of projects among them.

A line such as ```conf.py`:`` before a code block makes it that file; a later block of one name
takes its place, and goes on with it where the line says “goes on”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness import REPOSITORY

WINGS = ("annals", "citations", "pdf")
MANUAL = REPOSITORY / "manual"
PAGES = (
    *sorted(p for p in MANUAL.rglob("*.md") if not p.is_relative_to(MANUAL / "examples")),
    REPOSITORY / "README.md",
    *(REPOSITORY / "_ext/sphinx_annals" / name / "README.md" for name in ("", *WINGS)),
)
"""All documentation for users, Markdown of the manual and READMEs."""

_BLOCK = re.compile(
    r"(?:^ *`(?P<name>[\w./-]+)`(?P<more>[^\n]*):\n\n)?"
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>\S+)[^\n]*\n(?P<text>.*?)^ *(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A code block: its language, or the directive in braces; a name if it is a file."""

    language: str
    text: str
    name: str = ""
    goes_on: bool = False


def blocks_of(page: Path) -> Iterator[Block]:
    """Give the code blocks of a page, without what stands inside of others."""
    for found in _BLOCK.finditer(page.read_text("utf-8")):
        text = re.sub(f"^{found['indent']}", "", found["text"], flags=re.MULTILINE)
        name, goes_on = found["name"] or "", "goes on" in (found["more"] or "")
        yield Block(found["language"], text, name, goes_on)


def files_of(page: Path) -> Mapping[str, str]:
    """Give the files that a page shows, by their names."""
    files: dict[str, str] = {}
    for block in blocks_of(page):
        if block.name:
            before = f"{files[block.name]}\n" if block.goes_on else ""
            files[block.name] = before + block.text
    return files
