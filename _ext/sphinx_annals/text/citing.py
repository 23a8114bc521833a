"""What an author writes to cite: ``{see}key{pp. 84–92}, other{ch. 3}``.

The form is that of sphinxcontrib-bibtex 2.7: keys separated by commas, each with its own
prefix before and locator after it in braces. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

FORM = "write {see}key{p. 3}, other"
_PIECE = re.compile(r"[{},;]|[^{},;]+")
_LIKE_A_KEY = re.compile(r"\s*[^\s\d;][^\s;]*\s*")


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
    for match in _PIECE.finditer(text):
        reader.take(match[0], match.start())
    reader.finish()
    problems: dict[str, TargetProblem] = {}
    for problem in reader.problems:
        problems.setdefault(problem.code, problem)
    return tuple(reader.targets), tuple(problems.values())


class _Reader:
    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.problems: list[TargetProblem] = []
        self.depth = 0
        self.group = ""
        self.opened = self.start = 0
        self.prefix = self.key = self.locator = ""

    def problem(self, code: str, message: str) -> None:
        self.problems.append(TargetProblem(code, f"{message}; {FORM}"))

    def take(self, piece: str, at: int) -> None:
        if piece == "{":
            if self.depth:
                self.problem("brace", "braces inside braces")
                self.group += " "
            else:
                self.opened = at + 1
            self.depth += 1
        elif piece == "}":
            if not self.depth:
                self.problem("brace", "a “}” without its “{”")
                return
            self.depth -= 1
            if self.depth:
                self.group += " "
            else:
                self.close_group()
        elif self.depth:
            self.group += piece
        elif piece in ",;":
            if piece == ";":
                self.problem("separator", "keys are separated by commas, not by semicolons")
            self.close_target(separator=True)
        else:
            self.take_key(piece, at)

    def take_key(self, piece: str, at: int) -> None:
        words = list(re.finditer(r"\S+", piece))
        if not words:
            return
        if self.key:
            problem = f"text after “{self.key}” that is no locator (a comma or braces are missing)"
            self.problem("separator", problem)
        if len(words) > 1:
            self.problem("separator", "a space inside a key")
        for word in words:
            if self.key:
                self.close_target()
            self.key, self.start = word[0], at + word.start()

    def close_group(self) -> None:
        text = " ".join(self.group.split())
        self.group = ""
        if not text:
            self.problem("brace", "empty braces")
        elif not self.key:
            self.prefix = f"{self.prefix} {text}".strip()
        elif self.locator:
            self.problem("brace", f"two locators after “{self.key}”")
            self.locator = f"{self.locator}, {text}"
        else:
            self.locator = text

    def close_target(self, *, separator: bool = False) -> None:
        if self.key:
            self.targets.append(Target(self.key, self.prefix, self.locator, self.start))
        elif separator or self.prefix:
            what = f"the prefix “{self.prefix}” has no key" if self.prefix else "an empty key"
            self.problem("empty", what)
        self.prefix = self.key = self.locator = ""

    def finish(self) -> None:
        if self.depth:
            self.close_forgotten()
        if self.key or self.prefix:
            self.close_target()
        elif not self.targets:
            self.problem("empty", "no key")
        elif not self.problems or self.problems[-1].code != "empty":
            self.problem("empty", "a comma after the last key")

    def close_forgotten(self) -> None:
        """End a group that is never closed: it must not swallow the keys behind it."""
        self.problem("brace", "a brace is never closed")
        rest = self.group
        self.group, *tail = rest.split(",") if self.key else [rest]
        at = self.opened + len(self.group) + 1
        self.close_group()
        for piece in tail:
            if _LIKE_A_KEY.fullmatch(piece):
                self.close_target()
                self.take_key(piece, at)
            at += len(piece) + 1
