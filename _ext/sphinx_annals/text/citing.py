"""What an author writes to cite: ``{see}key{pp. 84–92}, other{ch. 3}``.

The form is that of sphinxcontrib-bibtex 2.7: keys separated by commas, each with its own
prefix before and locator after it in braces. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

FORM = "write {see}key{p. 3}, other"
_TOKEN = re.compile(
    r"(?P<group>\{(?:[^{}]|\{[^{}]*\})*\})|(?P<open>\{.*)|(?P<close>\})"
    r"|(?P<separator>[,;])|(?P<key>[^\s{},;]+)",
    re.DOTALL,
)
_LIKE_A_KEY = re.compile(r"[\s{]*([^\s\d;{}][^\s;{}]*)\s*(?:\{([^{}]*)\}?)?\s*")


@dataclass(frozen=True, slots=True)
class Target:
    """One cited key; ``locator`` is as the author wrote it, ``start`` where the key stands."""

    key: str
    prefix: str = ""
    locator: str = ""
    start: int = field(default=0, compare=False)

    def __str__(self) -> str:
        prefix = f"{{{self.prefix}}}" if self.prefix else ""
        locator = f"{{{self.locator}}}" if self.locator else ""
        return f"{prefix}{self.key}{locator}"


@dataclass(frozen=True, slots=True)
class TargetProblem:
    """What is wrong with a citing text: ``empty``, ``separator`` or ``brace``, and a message."""

    code: str
    message: str


def show_targets(targets: Iterable[Target]) -> str:
    """Give the text that cites these."""
    return ", ".join(map(str, targets))


@lru_cache(maxsize=8192)
def parse_targets(text: str) -> tuple[tuple[Target, ...], tuple[TargetProblem, ...]]:
    """Read a citing text into targets and what is wrong with it, each kind of fault once.

    Every key that can be made out is a target: a slip costs a warning, not a citation.
    """
    reader = _Reader()
    for match in _TOKEN.finditer(text):
        reader.take(match.lastgroup or "", match[0], match.start())
    reader.finish()
    return tuple(reader.targets), tuple(reader.problems.values())


class _Reader:
    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.problems: dict[str, TargetProblem] = {}
        self.prefix = self.key = self.locator = ""
        self.start = 0

    def problem(self, code: str, message: str) -> None:
        self.problems.setdefault(code, TargetProblem(code, f"{message}; {FORM}"))

    def take(self, kind: str, piece: str, at: int) -> None:
        match kind:
            case "key":
                self.take_key(piece, at)
            case "group":
                self.take_group(piece[1:-1])
            case "open":
                self.take_forgotten(piece[1:], at + 1)
            case "close":
                self.problem("brace", "a “}” without its “{”")
            case _:
                if piece == ";":
                    self.problem("separator", "keys are separated by commas, not by semicolons")
                self.close_target(separator=True)

    def take_key(self, key: str, at: int) -> None:
        if self.key:
            after = f"text after “{self.key}” that is no locator (a comma or braces are missing)"
            self.problem("separator", after if self.locator else "a space inside a key")
            self.close_target()
        self.key, self.start = key, at

    def take_group(self, text: str) -> None:
        if "{" in text:
            self.problem("brace", "braces inside braces")
        said = " ".join(re.sub("[{}]", " ", text).split())
        if not said:
            self.problem("brace", "empty braces")
        elif not self.key:
            self.prefix = f"{self.prefix} {said}".strip()
        elif self.locator:
            self.problem("brace", f"two locators after “{self.key}”")
            self.locator = f"{self.locator}, {said}"
        else:
            self.locator = said

    def take_forgotten(self, text: str, at: int) -> None:
        """Take a group that is never closed: it must not swallow the keys behind it."""
        self.problem("brace", "a brace is never closed")
        first, *rest = text.split(",") if self.key else [text]
        self.take_group(first)
        at += len(first) + 1
        for piece in rest:
            if found := _LIKE_A_KEY.fullmatch(piece):
                self.close_target()
                self.take_key(found[1], at + found.start(1))
                if found[2]:
                    self.take_group(found[2])
            at += len(piece) + 1

    def close_target(self, *, separator: bool = False) -> None:
        if self.key:
            self.targets.append(Target(self.key, self.prefix, self.locator, self.start))
        elif separator or self.prefix:
            what = f"the prefix “{self.prefix}” has no key" if self.prefix else "an empty key"
            self.problem("empty", what)
        self.prefix = self.key = self.locator = ""

    def finish(self) -> None:
        if self.key or self.prefix:
            self.close_target()
        else:
            self.problem("empty", "a comma after the last key" if self.targets else "no key")


def never_cited(refers: Mapping[str, Iterable[str]], cited: Iterable[str]) -> list[str]:
    """Give the works that are not cited, nor named, in the end, by one that is.

    ``refers`` has for the key of each work those that it names, as a chapter its book.
    """
    used: set[str] = set()
    waiting = list(cited)
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += refers.get(key, ())
    return [key for key in refers if key not in used]
