"""The directives of both markups as authors write them, read whatever is wrong with how they stand.

Options are lines ``:name: value`` as docutils and MyST have them, with values that go on in lines
that are indented, and for Markdown the block between two lines ``---``, values in quotation marks,
and those that ``|`` and ``>`` announce. A line that is almost an option is taken for the one that
it names, and a slip says how to write it. Of a fence in Markdown it is told where it ends, and
whether its author meant it to end there.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

_NAME = r"(?P<name>[^\W\d][\w-]*)"
_OPTION = re.compile(r"\s*:(?P<name>[^\s:`][^:`]*?):(?:(?P<space>\s+)(?P<value>.*))?")
_ALMOST = (
    re.compile(rf"\s*[:：]\s*{_NAME}\s*[:：](?!`)\s*(?P<value>.*)"),  # :id:x, ：id：x, :id : x
    re.compile(rf"\s*[:：]\s*{_NAME}[\s=]+(?P<value>.*)"),  # :id x
    re.compile(rf"\s*{_NAME}\s*(?:[:：]\s|：|=)\s*(?P<value>.*)"),  # id: x, id = x
)
_IN_BLOCK = re.compile(r"(?P<name>[^\s:#-][^:]*?):(?:(?P<space>\s+)(?P<value>.*))?")
_BLOCK = "---"
_INVISIBLE = "\ufeff\u200b\u200e\u200f"
_FULL_WIDTH = {0x3000: " ", 0x3001: ","} | {n: chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}
_AROUND = " \t\n,;.\"'“”„‟‘’‚‛«»‹›「」『』〝〞\ufeff\u200b"
_SCALAR = re.compile(r"[|>][+-]?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})\s*(.*?)\s*$")
_MARK = re.compile(r"`{3,}|~{3,}|:{3,}")


@dataclass(slots=True)
class Options:
    """What the first lines of a directive hold: values by name, how many lines, what is amiss."""

    values: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    slips: list[str] = field(default_factory=list)
    spaces: list[str] = field(default_factory=list)
    """The options whose value stands behind a space that is none."""

    def add(self, name: str, value: str) -> None:
        """Take an option; the first of two with one name is kept."""
        if name in self.values:
            self.slips.append(f":{name}: stands twice; leave one of them out")
        self.values.setdefault(name, value)

    def and_below(self, below: Self) -> Self:
        """Take what stands below it too."""
        self.slips += below.slips
        self.spaces += below.spaces
        for name, value in below.values.items():
            self.add(name, value)
        return self


def read_options(
    lines: Sequence[str], known: Collection[str], *, markdown: bool, begun: bool = False
) -> Options:
    """Read the options at the begin of what stands below the first line of a directive.

    *known* are the names of its options: what is almost an option has to name one of them, since
    prose may begin with a word and a colon. With *begun* an empty line stood before these.
    """
    found = Options()
    if markdown and lines and lines[0].startswith(_BLOCK):
        _read_block(lines, known, found)
        return found
    blank = begun
    while found.lines < len(lines):
        line = lines[found.lines].lstrip(_INVISIBLE)
        if not line.strip():
            following = next((x for x in lines[found.lines :] if x.strip()), "")
            if not _is_option(following, known):
                break
            blank = True
            found.lines += 1
            continue
        match = _OPTION.fullmatch(line)
        if blank and match and match["name"] in known:
            found.slips.append(
                f"a blank line stands before :{match['name']}:; "
                "options follow the first line at once"
            )
        elif blank or not match:
            match = None if blank else _slip(line, known, found)
        if not match:
            break
        blank = False
        found.lines += 1
        _take(match, lines, markdown, found, ":")
    return found


def mended(value: str) -> str:
    """Give a value as it may have been meant: ``1950`` for ``“１９５０”,``."""
    items = [line.strip().removeprefix("- ") for line in value.splitlines()]
    text = (", ".join(items) if len(items) > 1 else value).translate(_FULL_WIDTH)
    text = text.strip(_AROUND)
    for begin, end in ("{}", "[]", "<>"):
        if text.startswith(begin) and text.endswith(end):
            text = text[1:-1].strip(_AROUND)
    return text.removeprefix("- ")


def stray_options(lines: Sequence[str], known: Collection[str], *, markdown: bool) -> Iterator[str]:
    """Give the names of the options that stand in the text of a directive, as in no other's."""
    fence = ""
    for line in lines:
        within, fence = fence, _open_behind(line, fence) if markdown else ""
        if not (within or fence) and line.startswith(":") and _is_option(line, known):
            yield line[1:].partition(":")[0]


def _open_behind(line: str, fence: str) -> str:
    """Give the mark of the outermost fence that is open behind a line, where one was before it."""
    may_be_one = line.lstrip(" ").startswith(("```", "~~~", ":::"))
    match = _FENCE.match(line) if may_be_one else None
    mark, rest = match.groups() if match else ("", "")
    closed = mark and not rest and mark.startswith(fence)
    return "" if fence and closed else fence or mark


def _is_option(line: str, known: Collection[str]) -> bool:
    match = _OPTION.fullmatch(line)
    return bool(match and match["name"] in known)


def _slip(line: str, known: Collection[str], found: Options) -> re.Match[str] | None:
    """Take a line that is almost an option for it, and say how it is written."""
    for almost in _ALMOST:
        match = almost.fullmatch(line)
        if match and match["name"] in known:
            value = f" {match['value']}".rstrip()
            found.slips.append(f"{line.strip()!r} is no option; write :{match['name']}:{value}")
            return match
    begin = line.lstrip()
    if re.match(r":[^\W\d][\w-]*[^:`]*$", begin):
        found.slips.append(f"{line.strip()!r} is no option; write :name: value")
    return None


def _take(
    match: re.Match[str], lines: Sequence[str], markdown: bool, found: Options, mark: str
) -> None:
    """Take an option with the lines that go on with its value."""
    space = match["space"] if "space" in match.re.groupindex else None
    if space and space.strip(" "):
        found.spaces.append(f":{match['name']}:")
    value = (match["value"] or "").strip()
    scalar = markdown and value.startswith(("|", ">")) and bool(_SCALAR.fullmatch(value))
    more = []
    while found.lines < len(lines) and _goes_on(lines[found.lines], scalar, mark):
        more.append(lines[found.lines].removeprefix(mark).strip())
        found.lines += 1
    if scalar:
        value = ("\n" if value[0] == "|" else " ").join(more)
    elif more:
        listed = not value and all(line.startswith("- ") for line in more)
        value = ("\n" if listed else " ").join([value, *more]).strip()
    found.add(match["name"], _unquoted(value) if markdown and not scalar else value)


def _goes_on(line: str, scalar: bool, mark: str) -> bool:
    """Tell whether a line goes on with the value before it."""
    if not (line.startswith((" ", "\t")) or (scalar and line.startswith(f"{mark} "))):
        return False
    return bool(line.strip()) and not (_OPTION.fullmatch(line) or line.lstrip().startswith(":::"))


def _read_block(lines: Sequence[str], known: Collection[str], found: Options) -> None:
    """Read what stands between two lines of hyphens."""
    end = next((n for n, line in enumerate(lines) if n and line.startswith(_BLOCK)), 0)
    if not end:
        found.slips.append(
            "the block of its options is not closed; write --- below the last of them"
        )
        end = next((n for n, line in enumerate(lines) if n and not line.strip()), len(lines))
    inner = [line.lstrip(_INVISIBLE) for line in lines[1:end]]
    read = Options()
    while read.lines < len(inner):
        line = inner[read.lines]
        read.lines += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _IN_BLOCK.fullmatch(line.strip())
        if match is None:
            slips = len(read.slips)
            match = _slip(line, known, read)
            if match is None and slips == len(read.slips):
                read.slips.append(f"{line.strip()!r} is no option; write name: value")
        if match:
            _take(match, inner, True, read, "")
    found.values, found.slips = read.values, [*found.slips, *read.slips]
    found.lines = min(len(lines), end + 1)


def _unquoted(value: str) -> str:
    """Give a value without the quotation marks round the whole of it, which YAML has."""
    if len(value) > 1 and value[0] == value[-1] == "'" and "'" not in value[1:-1].replace("''", ""):
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            read = str(json.loads(value, strict=False))
            read.encode()
        except ValueError:  # half a character, or a mark within
            return value
        return value if any(unicodedata.category(c) == "Cc" for c in read) else read
    return value


def mark_of(block: str) -> str:
    """Give the mark with which a fenced block begins, nothing for one that has no fence."""
    match = _MARK.match(block)
    return match[0] if match else ""


def opened_within(mark: str, lines: Sequence[str]) -> tuple[int, str] | None:
    """Give the first line in a fence that opens another which the same mark closes, and its name.

    The mark that is to close the inner one closes the outer.
    """
    pattern = re.compile(rf" {{0,3}}{re.escape(mark)}{mark[0]}*\s*\{{([\w:-]+)\}}")
    for number, line in enumerate(lines):
        if mark in line and (match := pattern.match(line)):
            return number, match[1]
    return None


def cut_short(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines, from 1, that open a directive in a fence which its own mark closes."""
    found, outer = set(), ""
    for number, line in enumerate(lines, 1):
        match = _FENCE.match(line) if outer else None
        if match and match[1].startswith(outer) and match[2].startswith("{"):
            found.add(number)
        outer = _open_behind(line, outer)
    return frozenset(found)


def closes(mark: str, line: str) -> bool:
    """Tell whether a line closes a fence, within whatever it stands in."""
    return re.fullmatch(rf"[\s>]*{re.escape(mark)}{mark[0]}*\s*", line) is not None
