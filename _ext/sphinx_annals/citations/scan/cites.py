"""One citation in a source text, and what Markdown and reStructuredText readers share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sphinx_annals.text import parse_citations

OPTIONS = frozenset({"sources"})
ARGUMENTS = frozenset({"account"})
_CODE = """
code code-block code-cell sourcecode highlight math raw literalinclude mermaid graphviz digraph
doctest testcode prompt ipython plot csv
"""
CODE = frozenset(_CODE.split())
CITING = re.compile(r"(?:foot)?cite(?::[\w-]+)?$")
OPTION = re.compile(r"\s*:?(?P<name>[\w-]+):(?=\s|$)[ \t]*(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class Cite:
    """One key in a source text: `start` and `end` are offsets of the key alone."""

    key: str
    start: int
    end: int
    locator: str = ""
    line: int = 0
    column: int = 0
    kind: str = "role"


@dataclass(frozen=True)
class Line:
    """A line without its end, and where it begins."""

    text: str
    start: int

    @cached_property
    def indent(self) -> int:
        """How far it is indented; a blank line is indented further than any other."""
        bare = self.text.lstrip()
        return len(self.text) - len(bare) if bare else 10**6

    @property
    def blank(self) -> bool:
        """True without text."""
        return not self.text.strip()


def keys_in(text: str, offset: int = 0, kind: str = "role") -> Iterator[Cite]:
    """Yield the keys of a citing text (`{see}key{p. 3}, other`) with their places."""
    for target in parse_citations(text)[0]:
        start = offset + target.start
        yield Cite(target.key, start, start + len(target.key), target.locator, kind=kind)


def listed_key(line: Line) -> Iterator[Cite]:
    """Yield the key that a line of a bibliography directive names."""
    word = line.text.strip()
    if word and not word.startswith(":") and not re.search(r"\s", word):
        start = line.start + line.indent
        yield Cite(word, start, start + len(word), kind="list")
