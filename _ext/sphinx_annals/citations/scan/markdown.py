"""Where source files cite: every key in roles, options and arguments, with its place.

Reads MyST Markdown and reStructuredText as text, without Sphinx, so that a command and an
editor need no build. Code blocks, literal text and comments cite nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sphinx_annals.citations.scan.cites import (
    ARGUMENTS,
    CITING,
    CODE,
    OPTION,
    OPTIONS,
    Cite,
    Line,
    keys_in,
    listed_key,
)
from sphinx_annals.citations.scan.rest import RestReader

_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>[^\n]*)$")
_NAME = re.compile(r"\s*\{(?P<name>[\w:.+-]+)\}\s?(?P<argument>.*)$")
_MARKDOWN = re.compile(
    r"\\.|(?P<role>\{[\w:+.-]+\})?(?P<ticks>(?<!`)`+(?!`))(?P<text>.+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


def scan(text: str, suffix: str = ".md") -> list[Cite]:
    """Give every citation of a source text in order; `suffix` tells the markup.

    Keys that a `bibliography` directive names count too.
    """
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    lines = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        lines.append(Line(text[start:end].rstrip("\r\n"), start))
    reader = (
        RestReader(text, lines) if suffix in (".rst", ".rest", ".txt") else _Markdown(text, lines)
    )
    found = []
    for cite in sorted(set(reader.read()), key=lambda cite: cite.start):
        row = bisect_right(starts, cite.start)
        found.append(replace(cite, line=row, column=cite.start - starts[row - 1]))
    return found


def read_text(path: Path) -> str:
    """Read a file so that writing the text back gives the same bytes."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


class _Markdown:
    """MyST: a stack of fences, and paragraphs between them."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.fences: list[tuple[str, str]] = []
        self.paragraph: list[Line] = []
        self.at = 0
        self.in_list = False
        self.after_blank = True

    def read(self) -> Iterator[Cite]:
        self._front_matter()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            yield from self._take(line)
        yield from self._flush()

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
            yield from self._flush()
            self.fences.pop()
        elif fence and (fence["mark"][0] != "`" or "`" not in fence["info"]):
            yield from self._flush()
            yield from self._open(line, fence)
        elif line.blank or bare.startswith("%"):
            yield from self._flush()
        elif self._indented_code(line):
            return
        else:
            self.paragraph.append(line)
        self.after_blank = line.blank
        if not line.blank and line.indent < 4:
            self.in_list = bool(_LIST.match(line.text)) or (self.in_list and line.indent > 0)

    def _indented_code(self, line: Line) -> bool:
        deep = line.indent >= 4 and not self.in_list and not self.paragraph
        return deep and self.after_blank and not self.fences

    def _closes(self, fence: re.Match[str]) -> bool:
        if not self.fences or fence["info"].strip():
            return False
        mark = self.fences[-1][0]
        return fence["mark"][0] == mark[0] and len(fence["mark"]) >= len(mark)

    def _open(self, line: Line, fence: re.Match[str]) -> Iterator[Cite]:
        mark = fence["mark"]
        named = _NAME.match(fence["info"])
        if named is None and mark[0] != ":":
            self._skip_to(mark)
            return
        name = named["name"].rpartition(":")[2] if named else ""
        if name in CODE:
            self._skip_to(mark)
        elif name == "eval-rst":
            first = self.at
            self._skip_to(mark)
            inner = self.lines[first : max(first, self.at - 1)]
            yield from RestReader(self.text, inner).read()
        else:
            self.fences.append((mark, name))
            if named and name in ARGUMENTS:
                start = line.start + len(line.text) - len(named["argument"])
                yield from keys_in(named["argument"], start, "argument")
            yield from self._options(name)
            if name == "bibliography":
                yield from self._listed()

    def _skip_to(self, mark: str) -> None:
        while self.at < len(self.lines):
            bare = self.lines[self.at].text.strip(" \t>")
            self.at += 1
            if bare and not bare.strip(mark[0]) and len(bare) >= len(mark):
                return

    def _options(self, name: str) -> Iterator[Cite]:
        block = self.at < len(self.lines) and self.lines[self.at].text.strip() == "---"
        self.at += block
        inside = False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if block and line.text.strip() == "---":
                self.at += 1
                return
            option = OPTION.match(line.text)
            if option and (block or line.text.lstrip().startswith(":")):
                inside = option["name"] in OPTIONS
                value, start = option["value"], line.start + option.start("value")
            elif block or (inside and line.indent > 0 and not line.blank):
                value, start = line.text, line.start
            else:
                return
            if inside:
                quoted = len(value) - len(value.lstrip("\"'|> "))
                yield from keys_in(value[quoted:].rstrip("\"' "), start + quoted, "option")
            self.at += 1

    def _listed(self) -> Iterator[Cite]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _FENCE.match(line.text.strip()):
                return
            yield from listed_key(line)
            self.at += 1

    def _flush(self) -> Iterator[Cite]:
        if not self.paragraph:
            return
        start = self.paragraph[0].start
        end = self.paragraph[-1].start + len(self.paragraph[-1].text)
        self.paragraph = []
        chunk = re.sub(r"<!--.*?-->", lambda m: " " * len(m[0]), self.text[start:end], flags=re.S)
        for match in _MARKDOWN.finditer(chunk):
            role = (match["role"] or "").strip("{}")
            if role and CITING.match(role):
                yield from keys_in(match["text"], start + match.start("text"))


def prefixes_in(text: str) -> set[str]:
    """Give the key prefixes that bibliography directives set."""
    return set(re.findall(r"^\s*:keyprefix:[ \t]*(\S+)[ \t\r]*$", text, re.MULTILINE))
