"""What stands where in a source text: directives, their options, and text with roles and links.

Reads MyST Markdown and reStructuredText as text, without Sphinx, so that a command and an
editor need no build. Of code blocks, literal text and comments nothing is told.
"""

import math
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_annals.text import line_starts

_CODE = """
code code-block code-cell sourcecode highlight math raw literalinclude mermaid graphviz digraph
doctest testcode prompt ipython plot csv
"""
CODE = frozenset(_CODE.split())
REST_SUFFIXES = (".rst", ".rest", ".txt")
_FENCE = re.compile(r"[ \t>]*(?P<mark>(?P<char>[`~:])(?P=char){2,})(?P<info>.*)$")
_NAME = r"(?P<domain>(?:[\w.+-]+:)*)(?P<name>[\w.+-]+)"
_FENCED = re.compile(rf"\s*\{{{_NAME}\}}\s?(?P<argument>.*)$")
_DIRECTIVE = re.compile(rf"\s*\.\.[ \t]+{_NAME}::(?:[ \t]+|$)(?P<argument>.*)$")
_COMMENT = re.compile(r"\s*\.\.(?:\s|$)(?!\s*(?:\[|_|\|))")
_OPTION = re.compile(r"\s*(?P<colon>:?)(?P<name>[\w-]+):(?=\s|$)[ \t]*(?P<value>.*)$")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?=[\r\n]).*?[\r\n](?:---|\.\.\.)[ \t]*(?=[\r\n]|$)", re.DOTALL
)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
# A role with its text, or whatever else must not be taken for one.
_IN_MARKDOWN = re.compile(
    r"\\.|(?:\{(?P<role>[\w:+.-]+)\})?(?P<ticks>(?<!`)`+(?!`))(?P<text>.+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_IN_REST = re.compile(
    r"\\.|``.+?``(?!`)|(?::(?P<role>[\w:+.-]+):)(?<!`)`(?P<text>[^`]+)`", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name as it is written, its text, and where that begins."""

    name: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text that may hold roles and links: a paragraph, a title, the value of an option.

    ``start`` is where it begins; ``rest`` tells reStructuredText from Markdown.
    """

    text: str
    start: int
    rest: bool

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def roles(self) -> Iterator[Role]:
        """The roles in it."""
        for match in (_IN_REST if self.rest else _IN_MARKDOWN).finditer(self.text):
            if match["role"]:
                yield Role(match["role"], match["text"], self.start + match.start("text"))

    @property
    def bare(self) -> str:
        """The text with backticks in place of roles and literal text, every letter where it was."""
        pattern = _IN_REST if self.rest else _IN_MARKDOWN
        return pattern.sub(lambda match: "`" * len(match[0]), self.text)


@dataclass(slots=True, eq=False)
class Directive:
    """The head of a directive: ``line`` and ``start`` are where it begins.

    The argument is a text of its own; ``around`` are the directives that it stands in, from the
    outermost; ``mark`` is its fence, which reStructuredText has none of, ``indent`` that of its
    line, ``words`` are the lines of a content that is a list.
    """

    domain: str
    name: str
    argument: Text
    start: int
    line: str
    indent: int
    mark: str = ""
    around: "tuple[Directive, ...]" = ()
    words: list[Text] = field(default_factory=list)
    options: "list[Option]" = field(default_factory=list)
    """Those that were read so far; all, once the whole text is read."""


@dataclass(frozen=True, slots=True)
class Option:
    """A line of an option: its value without quotation marks, or a part that goes on below."""

    of: Directive
    name: str
    value: Text
    start: int
    """Where its line begins."""


Part = Directive | Option | Text
"""What a text is made of; the argument of a directive and the value of an option come in these."""


def read(text: str, suffix: str = ".md", lists: Container[str] = ()) -> list[Part]:
    """Give the parts of a source text in order; ``suffix`` tells the markup.

    ``lists`` are the names of directives whose content is a list of words.
    """
    rest = suffix in REST_SUFFIXES
    starts = line_starts(text)
    front = None if rest else _FRONT_MATTER.match(text)
    reader = _Reader(text, lists, rest=rest)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if front is None or start >= front.end():
            reader.take(_Line(text[start:end].rstrip("\r\n"), start))
    reader.flush()
    return reader.found


class Edit(NamedTuple):
    """What takes the place of a stretch of a text."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Give a text with the edits in it; none of them overlap."""
    for start, end, new in sorted(edits, reverse=True):  # from the end, so that places stay right
        text = text[:start] + new + text[end:]
    return text


def stands_alone(before: str, addition: str, suffix: str, count: int) -> bool:
    """Tell whether the directives that are added to a text, so many, stand in nothing of it."""
    parts = read(before + addition, suffix)
    new = [p for p in parts if isinstance(p, Directive) and p.start >= len(before)]
    return len(new) == count and not any(directive.around for directive in new)


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

    def __init__(self, text: str, lists: Container[str], *, rest: bool) -> None:
        self.text, self.lists, self.rest = text, lists, rest
        self.found: list[Part] = []
        self.paragraph: list[_Line] = []
        self.in_list = False
        # what is open: fences with their directives, directives by indentation, code
        self.fences: list[tuple[str, Directive | None]] = []
        self.indented: list[Directive] = []
        self.code = ""
        # the indentation above which there is nothing to read
        self.skipped: float | None = None
        # the directive whose head this is, whether that is between lines of hyphens, the option
        # that may go on; the directive whose content is a list
        self.head: Directive | None = None
        self.block: bool | None = None
        self.option = ""
        self.listing: Directive | None = None

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
        self.indented = [d for d in self.indented if d.indent < line.indent]
        if self.listing and line.indent <= _floor(self.listing):
            self.listing = None
        directive = _DIRECTIVE.match(line.text) if self.rest else None
        if fence and self.fences and _closes(fence, self.fences[-1][0]):
            self.flush()
            self.fences.pop()
            self.rest, self.listing = False, None
        elif fence and not self.rest and not ("`" in fence["info"] and fence["char"] == "`"):
            self.flush()
            self._open_fence(line, fence)
        elif directive:
            self.flush()
            if directive["name"] in CODE:
                self.skipped = line.indent
            else:
                opened = self._open(line, directive, directive.start("argument"))
                self.indented.append(opened)
        elif self.listing:
            bare = line.text.strip()
            if bare:
                self.listing.words.append(Text(bare, line.start + int(line.indent), self.rest))
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

    def _open_fence(self, line: _Line, fence: re.Match[str]) -> None:
        named = _FENCED.match(fence["info"])
        mark = fence["mark"]
        if (named and named["name"] in CODE) or (not named and mark[0] != ":"):
            self.code = mark
            return
        opened = None
        if named:
            at = len(line.text) - len(named["argument"])
            opened = self._open(line, named, at, mark)
            self.rest = named["name"] == "eval-rst"
        self.fences.append((mark, opened))

    def _open(self, line: _Line, named: re.Match[str], at: int, mark: str = "") -> Directive:
        """Open a directive; what belongs to it is indented further than the line."""
        around = (*(d for _, d in self.fences if d), *self.indented)
        argument = Text(named["argument"], line.start + at, self.rest)
        indent = int(line.indent)
        opened = Directive(
            named["domain"], named["name"], argument, line.start, line.text, indent, mark, around
        )
        self.found.append(opened)
        self.head, self.block, self.option = opened, None, ""
        self.listing = opened if opened.name in self.lists else None
        return opened

    def _is_option(self, line: _Line, head: Directive) -> bool:
        """Take a line of the head of a directive, if it is one."""
        if line.text.strip() == "---":
            self.head = head if self.block is None else None
            self.block = True
            return True
        self.block = bool(self.block)
        floor = _floor(head)
        option = _OPTION.match(line.text)
        value, at = line.text, line.start
        if option and (self.block or (option["colon"] and line.indent > floor)):
            self.option = option["name"]
            value, at = option["value"], at + option.start("value")
        elif self.rest and not head.options and floor < line.indent < math.inf:
            # the argument goes on
            whole = self.text[head.argument.start : line.start + len(line.text)]
            head.argument = Text(whole, head.argument.start, self.rest)
            return True
        # an option goes on in lines that are indented further
        elif not self.block and not (self.option and max(floor, 0) < line.indent < math.inf):
            return False
        if self.option:
            # between lines of hyphens YAML may quote a value, or fold it
            quoted = len(value) - len(value.lstrip("\"'|> "))
            held = Text(value[quoted:].rstrip("\"' "), at + quoted, self.rest)
            found = Option(head, self.option, held, line.start)
            head.options.append(found)
            self.found.append(found)
        return True

    def flush(self) -> None:
        """Note the paragraph that ends here."""
        if self.paragraph:
            start, last = self.paragraph[0].start, self.paragraph[-1]
            text = self.text[start : last.start + len(last.text)]
            if not self.rest:
                # blanks in its place, so that what follows stays where it is
                text = _REMARK.sub(lambda match: " " * len(match[0]), text)
            elif text.rstrip().endswith("::"):
                # what is indented below it is literal
                self.skipped = min(line.indent for line in self.paragraph)
            self.found.append(Text(text, start, self.rest))
        self.paragraph = []


def _floor(head: Directive) -> int:
    """Give the indentation above which a line belongs to a directive: in a fence, any."""
    return -1 if head.mark else head.indent


def _closes(fence: re.Match[str], mark: str) -> bool:
    return not fence["info"].strip() and fence["mark"].startswith(mark)
