"""What an author writes in a citing role, and how its locators are shown.

The form is that of sphinxcontrib-bibtex 2.7: keys separated by commas, each with its own
prefix before and locator after it in braces. Nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Target:
    """One cited key; `locator` is as the author wrote it."""

    key: str
    prefix: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class TargetProblem:
    """What is wrong with the text of a role."""

    code: str
    message: str


FORM = "write {see}key{p. 3}, other"
_PIECE = re.compile(r"[{},;]|[^{},;]+")


@lru_cache(maxsize=8192)
def parse_targets(text: str) -> tuple[tuple[Target, ...], tuple[TargetProblem, ...]]:
    """Read the text of a citing role into targets and what is wrong with it; never raises.

    Every key that can be made out is a target: a slip costs a warning, not a citation.
    """
    reader = _Reader()
    for match in _PIECE.finditer(text):
        reader.take(match[0])
    reader.finish()
    problems = {problem.code: problem for problem in reversed(reader.problems)}
    return tuple(reader.targets), tuple(reversed(problems.values()))


class _Reader:
    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.problems: list[TargetProblem] = []
        self.depth = 0
        self.group: list[str] = []
        self.prefix = self.key = self.locator = ""
        self.commas = 0

    def problem(self, code: str, message: str) -> None:
        self.problems.append(TargetProblem(code, f"{message}; {FORM}"))

    def take(self, piece: str) -> None:
        if piece == "{":
            if self.depth:
                self.problem("brace", "braces inside braces")
            self.depth += 1
        elif piece == "}":
            if not self.depth:
                self.problem("brace", "a “}” without its “{”")
                return
            self.depth -= 1
            if not self.depth:
                self.close_group()
        elif self.depth:
            self.group.append(piece)
        elif piece in ",;":
            if piece == ";":
                self.problem("separator", "keys are separated by commas, not by semicolons")
            self.close_target(separator=True)
        else:
            self.take_key(piece)

    def take_key(self, piece: str) -> None:
        words = piece.split()
        if not words:
            return
        if self.key:
            self.problem("separator", f"text after “{self.key}” that is no locator "
                                      "(a comma or braces are missing)")  # fmt: skip
            self.close_target()
        if len(words) > 1:
            self.problem("separator", "a space inside a key")
        for word in words[:-1]:
            self.key = word
            self.close_target()
        self.key = words[-1]

    def close_group(self) -> None:
        text = " ".join("".join(self.group).split())
        self.group = []
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
            self.targets.append(Target(self.key, self.prefix, self.locator))
        elif separator or self.prefix:
            what = f"the prefix “{self.prefix}” has no key" if self.prefix else "an empty key"
            self.problem("empty", what)
        self.prefix = self.key = self.locator = ""

    def finish(self) -> None:
        if self.depth:
            self.problem("brace", "a brace is never closed")
            rest = "".join(self.group)
            # a forgotten brace must not swallow the keys behind it
            self.group = [rest.split(",")[0]] if self.key else self.group
            tail = rest.split(",")[1:] if self.key else []
            self.depth = 0
            self.close_group()
            for piece in tail:
                if re.fullmatch(r"\s*[^\s\d;][^\s;]*\s*", piece):
                    self.close_target()
                    self.take_key(piece)
        if self.key or self.prefix:
            self.close_target()
        elif not self.targets:
            self.problem("empty", "no key")
        elif not self.problems or self.problems[-1].code != "empty":
            self.problem("empty", "a comma after the last key")


_PAGES = re.compile(r"(?:pp?|pages?|pgs?)\.?\s*(?=[\dIVXLCDMivxlcdm])")
_DOUBLE = re.compile(r"(?<=[\w\])])\s*(?<!-)--(?!-)\s*(?=[\w\[(])|(?<!-)--(?!-)")
_SINGLE = re.compile(r"(?<![\d-])(\d+[a-z]?)-(\d+[a-z]?)(?![\d-])")
_NUMBERS = re.compile(r"[\dIVXLCDMivxlcdm]+[a-z]?(?:\s*[–,]+\s*[\dIVXLCDMivxlcdm]+[a-z]?)*$")


def show_locator(locator: str, *, page_labels: bool = False) -> str:
    """Show a locator in the style's form.

    Pages lose their “p.” (Chicago 15.23) unless `page_labels` is set, in which case bare page
    numbers gain one; ranges get an en dash; anything else stands as the author wrote it.
    """
    text = dashes(locator)
    match = _PAGES.match(text)
    if page_labels:
        return page_label(text) + text if not match and _NUMBERS.match(text) else text
    return text[match.end() :] if match else text


def page_label(pages: str) -> str:
    """Give the label that fits: “p. ” for one page, “pp. ” for several."""
    return "pp. " if re.search(r"[-–,]", pages) else "p. "


def dashes(text: str) -> str:
    """Typeset `--`, and a hyphen between two numbers, as an en dash; 1950-02-14 is no range."""
    if "-" not in text:
        return text
    return _SINGLE.sub(r"\1–\2", _DOUBLE.sub("–", text))


def is_pages(locator: str) -> bool:
    """Whether a locator names pages and nothing else."""
    text = dashes(locator)
    match = _PAGES.match(text)
    return bool(_NUMBERS.match(text[match.end() :] if match else text))
