"""One citation in a source text, and what Markdown and reStructuredText readers share."""

import re
from abc import ABC, abstractmethod
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
_CITING = re.compile(r"(?:foot)?cite(?::[\w-]+)?$")
_OPTION = re.compile(r"\s*(?P<colon>:?)(?P<name>[\w-]+):(?=\s|$)[ \t]*(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class Cite:
    """One key in a source text: `start` and `end` are offsets of the key alone."""

    key: str
    start: int
    end: int
    locator: str = ""
    line: int = 0
    column: int = 0


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


def keys_in(text: str, offset: int = 0) -> Iterator[Cite]:
    """Yield the keys of a citing text (`{see}key{p. 3}, other`) with their places."""
    for target in parse_citations(text)[0]:
        start = offset + target.start
        yield Cite(target.key, start, start + len(target.key), target.locator)


class Reader(ABC):
    """Reads lines, which need not be a whole file, from `at` on."""

    inline: re.Pattern[str]
    """A role with its text, or whatever else must not be taken for one."""
    comment = re.compile(r"(?!)")
    """What cites nothing in the text of a paragraph."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.at = 0
        self.paragraph: list[Line] = []

    @abstractmethod
    def read(self) -> Iterator[Cite]:
        """Yield the citations."""

    @property
    def rest(self) -> Iterator[Line]:
        """The lines that are still to be read; one that is given and not taken is next again."""
        while self.at < len(self.lines):
            yield self.lines[self.at]

    def flush(self) -> Iterator[Cite]:
        """Yield the citations of the paragraph that ends here."""
        if self.paragraph:
            start = self.paragraph[0].start
            end = self.paragraph[-1].start + len(self.paragraph[-1].text)
            text = self.comment.sub(lambda match: " " * len(match[0]), self.text[start:end])
            for match in self.inline.finditer(text):
                if match["role"] and _CITING.match(match["role"]):
                    yield from keys_in(match["text"], start + match.start("text"))
        self.paragraph = []

    def options(self, floor: int, *, block: bool = False) -> Iterator[Cite]:
        """Read options that are indented further than `floor`, or the whole block of them."""
        inside = False
        for line in self.rest:
            if block and line.text.strip() == "---":
                self.at += 1
                return
            option = _OPTION.match(line.text)
            if option and (block or (option["colon"] and line.indent > floor)):
                inside = option["name"] in OPTIONS
                value, start = option["value"], line.start + option.start("value")
            elif block or (inside and line.indent > max(floor, 0) and not line.blank):
                value, start = line.text, line.start
            else:
                return
            if inside:
                quoted = len(value) - len(value.lstrip("\"'|> "))
                yield from keys_in(value[quoted:].rstrip("\"' "), start + quoted)
            self.at += 1

    def listed(self) -> Iterator[Cite]:
        """Take a line of a bibliography directive; yield the key that it names."""
        line = self.lines[self.at]
        word = line.text.strip()
        if word and not word.startswith(":") and not re.search(r"\s", word):
            start = line.start + line.indent
            yield Cite(word, start, start + len(word))
        self.at += 1
