"""Where source files cite: every key in roles, options and arguments, with its place.

Reads MyST Markdown and reStructuredText as text, without Sphinx, so that a command and an
editor need no build. Code blocks, literal text and comments cite nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sphinx_annals.citations.scan.cites import ARGUMENTS, CODE, Cite, Line, Reader, keys_in
from sphinx_annals.citations.scan.rest import RestReader

_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>[^\n]*)$")
_NAME = re.compile(r"\s*\{(?P<name>[\w:.+-]+)\}\s?(?P<argument>.*)$")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


def scan(text: str, suffix: str = ".md") -> list[Cite]:
    """Give every citation of a source text in order; `suffix` tells the markup.

    Keys that a `bibliography` directive names count too.
    """
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    ends = [*starts[1:], len(text)]
    spans = zip(starts, ends, strict=True)
    lines = [Line(text[start:end].rstrip("\r\n"), start) for start, end in spans]
    reader = (RestReader if suffix in (".rst", ".rest", ".txt") else _Markdown)(text, lines)
    found = []
    for cite in sorted(set(reader.read()), key=lambda cite: cite.start):
        row = bisect_right(starts, cite.start)
        found.append(replace(cite, line=row, column=cite.start - starts[row - 1]))
    return found


def read_text(path: Path) -> str:
    """Read a file so that writing the text back gives the same bytes."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


class _Markdown(Reader):
    """MyST: a stack of fences, and paragraphs between them."""

    inline = re.compile(
        r"\\.|(?:\{(?P<role>[\w:+.-]+)\})?(?P<ticks>(?<!`)`+(?!`))(?P<text>.+?)(?<!`)(?P=ticks)(?!`)",
        re.DOTALL,
    )
    comment = re.compile(r"<!--.*?-->", re.DOTALL)

    def __init__(self, text: str, lines: list[Line]) -> None:
        super().__init__(text, lines)
        self.fences: list[str] = []
        self.in_list = False
        self.after_blank = True

    def read(self) -> Iterator[Cite]:
        self._front_matter()
        for line in self.rest:
            self.at += 1
            yield from self._take(line)
        yield from self.flush()

    def _front_matter(self) -> None:
        if self.lines[0].text.rstrip() == "---":
            for index, line in enumerate(self.lines[1:], 1):
                if line.text.rstrip() in ("---", "..."):
                    self.at = index + 1
                    return

    def _take(self, line: Line) -> Iterator[Cite]:
        bare = line.text.lstrip(" \t>")
        fence = _FENCE.match(bare)
        if fence and self._closes(fence):
            yield from self.flush()
            self.fences.pop()
        elif fence and (fence["mark"][0] != "`" or "`" not in fence["info"]):
            yield from self.flush()
            yield from self._open(line, fence)
        elif line.blank or bare.startswith("%"):
            yield from self.flush()
        elif (
            line.indent >= 4
            and self.after_blank
            and not (self.in_list or self.paragraph or self.fences)
        ):
            return  # indented code
        else:
            self.paragraph.append(line)
        self.after_blank = line.blank
        if not line.blank and line.indent < 4:
            self.in_list = bool(_LIST.match(line.text)) or (self.in_list and line.indent > 0)

    def _closes(self, fence: re.Match[str]) -> bool:
        if not self.fences or fence["info"].strip():
            return False
        mark = self.fences[-1]
        return fence["mark"][0] == mark[0] and len(fence["mark"]) >= len(mark)

    def _open(self, line: Line, fence: re.Match[str]) -> Iterator[Cite]:
        mark = fence["mark"]
        named = _NAME.match(fence["info"])
        name = named["name"].rpartition(":")[2] if named else ""
        if name in CODE or (named is None and mark[0] != ":"):
            self._skip_to(mark)
        elif name == "eval-rst":
            first = self.at
            self._skip_to(mark)
            inner = self.lines[first : max(first, self.at - 1)]
            yield from RestReader(self.text, inner).read()
        else:
            self.fences.append(mark)
            if named and name in ARGUMENTS:
                start = line.start + len(line.text) - len(named["argument"])
                yield from keys_in(named["argument"], start)
            block = self.at < len(self.lines) and self.lines[self.at].text.strip() == "---"
            self.at += block
            yield from self.options(-1, block=block)
            for item in self.rest if name == "bibliography" else ():
                if _FENCE.match(item.text.strip()):
                    return
                yield from self.listed()

    def _skip_to(self, mark: str) -> None:
        for line in self.rest:
            bare = line.text.strip(" \t>")
            self.at += 1
            if bare and not bare.strip(mark[0]) and len(bare) >= len(mark):
                return


def prefixes_in(text: str) -> set[str]:
    """Give the key prefixes that bibliography directives set."""
    return set(re.findall(r"^\s*:keyprefix:[ \t]*(\S+)[ \t\r]*$", text, re.MULTILINE))
