"""Where source files cite: every key in roles, options and arguments, with its place.

Reads MyST Markdown and reStructuredText as text, without Sphinx, so that a command and an
editor need no build. Code blocks, literal text and comments cite nothing.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sphinx_annals.citations.scan.at_keys import AtKey, at_keys
from sphinx_annals.text import each_work, parse_citations

OPTIONS = frozenset({"sources", "derives-from"})
ARGUMENTS = frozenset({"account"})
_CODE = """
code code-block code-cell sourcecode highlight math raw literalinclude mermaid graphviz digraph
doctest testcode prompt ipython plot csv
"""
CODE = frozenset(_CODE.split())
_FENCE = re.compile(r"[ \t>]*(?P<mark>(?P<char>[`~:])(?P=char){2,})(?P<info>.*)$")
_FENCED = re.compile(r"\s*\{(?:[\w.+-]+:)*(?P<name>[\w.+-]+)\}\s?(?P<argument>.*)$")
_DIRECTIVE = re.compile(
    r"\s*\.\.[ \t]+(?:[\w.+-]+:)*(?P<name>[\w.+-]+)::(?:[ \t]+|$)(?P<argument>.*)$"
)
_COMMENT = re.compile(r"\s*\.\.(?:\s|$)(?!\s*(?:\[|_|\|))")
_OPTION = re.compile(r"\s*(?P<colon>:?)(?P<name>[\w-]+):(?=\s|$)[ \t]*(?P<value>.*)$")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?=[\r\n]).*?[\r\n](?:---|\.\.\.)[ \t]*(?=[\r\n]|$)", re.DOTALL
)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_CITING = re.compile(r"(?:foot)?cite(?::[\w-]+)?$")
# A role with its text, or whatever else must not be taken for one.
_IN_MARKDOWN = re.compile(
    r"\\.|(?:\{(?P<role>[\w:+.-]+)\})?(?P<ticks>(?<!`)`+(?!`))(?P<text>.+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_IN_REST = re.compile(
    r"\\.|``.+?``(?!`)|(?::(?P<role>[\w:+.-]+):)(?<!`)`(?P<text>[^`]+)`", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One key in a source text: ``start`` is the offset of the key alone.

    In a project it has a path, and ``real``, the key of the entry that it means, if there is one.
    """

    key: str
    start: int = 0
    locator: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    real: str = ""

    @property
    def end(self) -> int:
        """The offset behind the key."""
        return self.start + len(self.key)


def scan(text: str, suffix: str = ".md", *, at: bool = False) -> list[Cite]:
    """Give every citation of a source text in order; ``suffix`` tells the markup.

    Keys that a ``bibliography`` directive names count too; with ``at`` also what Pandoc writes.
    """
    reader, starts = _read(text, rest=suffix in (".rst", ".rest", ".txt"))
    if at:
        targets = (target for cited in reader.at_keys for target in cited.targets)
        reader.found += [Cite(t.key, t.start, t.locator) for t in targets]
    found = []
    for cite in sorted(set(reader.found), key=lambda cite: cite.start):
        row = bisect_right(starts, cite.start)
        found.append(replace(cite, line=row, column=cite.start - starts[row - 1]))
    return found


def with_roles(text: str) -> str:
    """Give a Markdown text with roles in place of what Pandoc writes to cite."""
    reader, _ = _read(text, rest=False)
    for cited in reversed(reader.at_keys):
        lines = text.count("\n", cited.start, cited.end)
        text = text[: cited.start] + str(cited) + "\n" * lines + text[cited.end :]
    return text


def _read(text: str, *, rest: bool) -> tuple["_Reader", list[int]]:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    front = None if rest else _FRONT_MATTER.match(text)
    reader = _Reader(text, rest=rest)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if front is None or start >= front.end():
            reader.take(_Line(text[start:end].rstrip("\r\n"), start))
    reader.flush()
    return reader, starts


def keys_in(text: str, offset: int = 0) -> Iterator[Cite]:
    """Yield the keys of a citing text (``{see}key{p. 3}, other``) with their places."""
    for work in each_work(parse_citations(text)[0]):
        yield Cite(work.key, offset + work.start, work.locator)


def prefixes_in(text: str) -> set[str]:
    """Give the key prefixes that bibliography directives set."""
    return set(re.findall(r"^\s*:keyprefix:[ \t]*(\S+)[ \t\r]*$", text, re.MULTILINE))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end, and where it begins."""

    text: str
    start: int

    @property
    def indent(self) -> float:
        """How far it is indented; a blank line is indented further than any other."""
        bare = self.text.lstrip()
        return len(self.text) - len(bare) if bare else math.inf

    @property
    def blank(self) -> bool:
        return not self.text.strip()


class _Reader:
    """Takes line after line. Markdown has blocks by fences, reStructuredText by indentation.

    ``rest`` tells which of the two it reads at the moment: the one can hold a piece of the other.
    """

    def __init__(self, text: str, *, rest: bool) -> None:
        self.text, self.rest = text, rest
        self.found: list[Cite] = []
        self.at_keys: list[AtKey] = []
        self.paragraph: list[_Line] = []
        self.in_list = False
        # the fences that are open, and that of code
        self.fences: list[str] = []
        self.code = ""
        # the indentation above which there is nothing to read, the head of a directive,
        # the keys of a bibliography
        self.skipped: float | None = None
        self.head: float | None = None
        self.listed: float | None = None
        # in the head of a directive: whether it is between lines of hyphens, whether it cites
        self.block: bool | None = None
        self.citing = False

    def take(self, line: _Line) -> None:
        """Take the next line."""
        if self.skipped is not None and line.indent > self.skipped:
            return
        self.skipped = None
        fence = _FENCE.match(line.text)
        if self.code:
            self.code = "" if fence and _closes(fence, self.code) else self.code
        elif self.head is not None and self._is_option(line, self.head):
            pass
        else:
            self.head = None
            self._take_content(line, fence)

    def _take_content(self, line: _Line, fence: re.Match[str] | None) -> None:
        # blank lines end nothing, as they are indented further than any other
        if self.listed is not None and line.indent <= self.listed:
            self.listed = None
        directive = _DIRECTIVE.match(line.text) if self.rest else None
        if fence and self.fences and _closes(fence, self.fences[-1]):
            self.flush()
            self.fences.pop()
            self.rest, self.listed = False, None
        elif fence and not self.rest and not ("`" in fence["info"] and fence["char"] == "`"):
            self.flush()
            self._open_fence(line, fence["mark"], fence["info"])
        elif directive:
            self.flush()
            at = line.start + directive.start("argument")
            if directive["name"] in CODE:
                self.skipped = line.indent
            else:
                self._open(directive["name"], directive["argument"], at, line.indent)
        elif self.listed is not None:
            if re.fullmatch(r"[^\s:]\S*", line.text.strip()):
                self.found.append(Cite(line.text.strip(), line.start + int(line.indent)))
        elif line.blank or (not self.rest and line.text.lstrip(" \t>").startswith("%")):
            self.flush()
        elif self.rest and _COMMENT.match(line.text):
            self.flush()
            self.skipped = line.indent
        elif self.rest or line.indent < 4 or self.in_list or self.paragraph or self.fences:
            self.paragraph.append(line)
        # else it is code by its indentation, which a list takes for a paragraph of an item
        if not line.blank and line.indent < 4:
            self.in_list = bool(_LIST.match(line.text)) or (self.in_list and line.indent > 0)

    def _open_fence(self, line: _Line, mark: str, info: str) -> None:
        named = _FENCED.match(info)
        if (named and named["name"] in CODE) or (not named and mark[0] != ":"):
            self.code = mark
            return
        self.fences.append(mark)
        if named:
            at = line.start + len(line.text) - len(named["argument"])
            self.rest = named["name"] == "eval-rst"
            self._open(named["name"], named["argument"], at, -1)

    def _open(self, name: str, argument: str, at: int, floor: float) -> None:
        """Open a directive; what belongs to it is indented further than ``floor``."""
        if name in ARGUMENTS:
            self.found += keys_in(argument, at)
        elif argument:
            self.paragraph = [_Line(argument, at)]
            self.flush()
        self.head, self.block, self.citing = floor, None, False
        self.listed = floor if name == "bibliography" else None

    def _is_option(self, line: _Line, floor: float) -> bool:
        """Take a line of the head of a directive, if it is one."""
        if line.text.strip() == "---":
            self.head = floor if self.block is None else None
            self.block = True
            return True
        self.block = bool(self.block)
        option = _OPTION.match(line.text)
        value, at = line.text, line.start
        if option and (self.block or (option["colon"] and line.indent > floor)):
            self.citing = option["name"] in OPTIONS
            value, at = option["value"], at + option.start("value")
        # a citing option goes on in lines that are indented further
        elif not self.block and not (self.citing and max(floor, 0) < line.indent < math.inf):
            return False
        if self.citing:
            # between lines of hyphens YAML may quote a value, or fold it
            quoted = len(value) - len(value.lstrip("\"'|> "))
            self.found += keys_in(value[quoted:].rstrip("\"' "), at + quoted)
        return True

    def flush(self) -> None:
        """Note the citations of the paragraph that ends here."""
        if self.paragraph:
            start, last = self.paragraph[0].start, self.paragraph[-1]
            text = self.text[start : last.start + len(last.text)]
            if not self.rest:
                # blanks in its place, so that what follows stays where it is
                text = _REMARK.sub(lambda match: " " * len(match[0]), text)
            elif text.rstrip().endswith("::"):
                # what is indented below it is literal
                self.skipped = min(line.indent for line in self.paragraph)
            if not self.rest and "@" in text:
                bare = _IN_MARKDOWN.sub(lambda match: "`" * len(match[0]), text)
                self.at_keys += [
                    cited._replace(
                        start=start + cited.start,
                        end=start + cited.end,
                        targets=tuple(replace(t, start=start + t.start) for t in cited.targets),
                    )
                    for cited in at_keys(bare)
                ]
            for match in (_IN_REST if self.rest else _IN_MARKDOWN).finditer(text):
                if match["role"] and _CITING.match(match["role"]):
                    self.found += keys_in(match["text"], start + match.start("text"))
        self.paragraph = []


def _closes(fence: re.Match[str], mark: str) -> bool:
    return not fence["info"].strip() and fence["mark"].startswith(mark)
