"""Citations in reStructuredText: blocks by indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_INLINE = re.compile(
    r"\\.|``.+?``(?!`)|(?::(?P<role>[\w:+.-]+):)(?<!`)`(?P<text>[^`]+)`", re.DOTALL
)
_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\.[ \t]+(?P<name>[\w:.+-]+)::(?:[ \t]+(?P<rest>.*))?$")


class RestReader:
    """Reads lines, which need not be a whole file."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.at = 0

    def read(self) -> Iterator[Cite]:
        """Yield the citations."""
        paragraph: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            directive = _DIRECTIVE.match(line.text)
            comment = re.match(r"\s*\.\.(?:\s|$)(?!\s*(?:\[|_|\|))", line.text)
            if not (line.blank or directive or comment):
                paragraph.append(line)
                continue
            yield from self._inline(paragraph)
            literal = bool(paragraph) and paragraph[-1].text.rstrip().endswith("::")
            if literal:
                self._skip(min(item.indent for item in paragraph))
            paragraph = []
            if directive:
                yield from self._directive(line, directive)
            elif comment:
                self._skip(line.indent)
        yield from self._inline(paragraph)

    def _directive(self, line: Line, directive: re.Match[str]) -> Iterator[Cite]:
        name = directive["name"].rpartition(":")[2]
        if name in CODE:
            self._skip(line.indent)
            return
        if directive["rest"]:
            start = line.start + directive.start("rest")
            if name in ARGUMENTS:
                yield from keys_in(directive["rest"], start, "argument")
            else:
                yield from self._inline([Line(directive["rest"], start)])
        inside = False
        while self.at < len(self.lines) and not self.lines[self.at].blank:
            item = self.lines[self.at]
            option = OPTION.match(item.text)
            if item.indent <= line.indent:
                return
            if option and item.text.lstrip().startswith(":"):
                inside = option["name"] in OPTIONS
                value, start = option["value"], item.start + option.start("value")
            elif inside:
                value, start = item.text, item.start
            else:
                break
            if inside:
                yield from keys_in(value, start, "option")
            self.at += 1
        while name == "bibliography" and self.at < len(self.lines):
            item = self.lines[self.at]
            if item.indent <= line.indent:
                return
            yield from listed_key(item)
            self.at += 1

    def _skip(self, indent: int) -> None:
        while self.at < len(self.lines) and self.lines[self.at].indent > indent:
            self.at += 1

    def _inline(self, paragraph: list[Line]) -> Iterator[Cite]:
        if not paragraph:
            return
        start = paragraph[0].start
        end = paragraph[-1].start + len(paragraph[-1].text)
        for match in _INLINE.finditer(self.text[start:end]):
            if match["role"] and CITING.match(match["role"]):
                yield from keys_in(match["text"], start + match.start("text"))
