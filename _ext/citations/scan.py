"""Where source files cite: every key in roles, options and arguments, with its place.

Reads MyST Markdown and reStructuredText as text, without Sphinx, so that a command and an
editor need no build. Code blocks, literal text and comments cite nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

OPTIONS = frozenset({"sources"})
ARGUMENTS = frozenset({"account"})
CODE = frozenset({
    "code", "code-block", "code-cell", "sourcecode", "highlight", "math", "raw", "literalinclude",
    "mermaid", "graphviz", "digraph", "doctest", "testcode", "prompt", "ipython", "plot", "csv",
})  # fmt: skip
_CITING = re.compile(r"(?:foot)?cite(?::[\w-]+)?$")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>[^\n]*)$")
_NAME = re.compile(r"\s*\{(?P<name>[\w:.+-]+)\}\s?(?P<argument>.*)$")
_MARKDOWN = re.compile(r"\\.|(?P<role>\{[\w:+.-]+\})?(?P<ticks>(?<!`)`+(?!`))(?P<text>.+?)"
                       r"(?<!`)(?P=ticks)(?!`)", re.DOTALL)  # fmt: skip
_REST = re.compile(r"\\.|``.+?``(?!`)|(?::(?P<role>[\w:+.-]+):)(?<!`)`(?P<text>[^`]+)`", re.DOTALL)
_OPTION = re.compile(r"\s*:?(?P<name>[\w-]+):(?=\s|$)[ \t]*(?P<value>.*)$")
_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\.[ \t]+(?P<name>[\w:.+-]+)::(?:[ \t]+(?P<rest>.*))?$")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_PIECE = re.compile(r"[{},;]|[^{},;]+")


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
    depth = 0
    pending: Cite | None = None
    opened = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "{":
            opened = match.end() if not depth else opened
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
            if not depth and pending:
                pending = replace(pending, locator=" ".join(text[opened : match.start()].split()))
        elif depth:
            continue
        elif piece in ",;":
            if pending:
                yield pending
            pending = None
        else:
            for word in re.finditer(r"\S+", piece):
                if pending:
                    yield pending
                start = offset + match.start() + word.start()
                pending = Cite(word[0], start, start + len(word[0]), kind=kind)
    if pending:
        yield pending


def scan(text: str, suffix: str = ".md") -> list[Cite]:
    """Return every citation of a source text in order; `suffix` tells the markup.

    Keys that a `bibliography` directive names count too.
    """
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    lines = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        lines.append(Line(text[start:end].rstrip("\r\n"), start))
    reader = _Rest(text, lines) if suffix in (".rst", ".rest", ".txt") else _Markdown(text, lines)
    found = []
    for cite in sorted(set(reader.read()), key=lambda cite: cite.start):
        row = bisect_right(starts, cite.start)
        found.append(replace(cite, line=row, column=cite.start - starts[row - 1]))
    return found


def scan_file(path: Path) -> list[Cite]:
    """Return the citations of a file; OSError where it cannot be read."""
    return scan(read_text(path), path.suffix)


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
            yield from _Rest(self.text, inner).read()
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
            option = _OPTION.match(line.text)
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
            yield from _listed_key(line)
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
            if role and _CITING.match(role):
                yield from keys_in(match["text"], start + match.start("text"))


class _Rest:
    """reStructuredText: blocks by indentation."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.at = 0

    def read(self) -> Iterator[Cite]:
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
            option = _OPTION.match(item.text)
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
            yield from _listed_key(item)
            self.at += 1

    def _skip(self, indent: int) -> None:
        while self.at < len(self.lines) and self.lines[self.at].indent > indent:
            self.at += 1

    def _inline(self, paragraph: list[Line]) -> Iterator[Cite]:
        if not paragraph:
            return
        start = paragraph[0].start
        end = paragraph[-1].start + len(paragraph[-1].text)
        for match in _REST.finditer(self.text[start:end]):
            if match["role"] and _CITING.match(match["role"]):
                yield from keys_in(match["text"], start + match.start("text"))


def _listed_key(line: Line) -> Iterator[Cite]:
    word = line.text.strip()
    if word and not word.startswith(":") and not re.search(r"\s", word):
        start = line.start + line.indent
        yield Cite(word, start, start + len(word), kind="list")


def prefixes_in(text: str) -> set[str]:
    """Return the key prefixes that bibliography directives set."""
    return set(re.findall(r"^\s*:keyprefix:[ \t]*(\S+)[ \t\r]*$", text, re.MULTILINE))
