"""What the suites found, as text for the terminal, Markdown and JSON."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from typing import Any

_PACKAGES = ("sphinx", "docutils", "myst-parser", "sphinxcontrib-bibtex", "sphinx-needs", "furo")


def spread(rounds: Sequence[float]) -> str:
    """Give the median of what the rounds found, and the least and the most where they differ."""
    middle, least, most = (f"{of(rounds):.2f}" for of in (statistics.median, min, max))
    return middle if least == most else f"{middle} ({least} to {most})"


@dataclass(frozen=True)
class Goal:
    """Something to reach: met when what each round found is at most ``bound``."""

    text: str
    rounds: list[float]
    bound: float

    @property
    def met(self) -> bool:
        return max(self.rounds) <= self.bound

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{verdict}: {self.text}: {spread(self.rounds)}; at most {self.bound:.2f}"


@dataclass
class Result:
    """The outcome of one suite; ``raw`` holds seconds and megabytes, for JSON alone."""

    title: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Give it for the terminal, in columns."""
        table = [self.header, *self.rows]
        widths = [max(len(row[n]) for row in table) for n in range(len(self.header))]
        yield ""
        yield self.title
        for row in table:
            first, *others = (
                cell.rjust(w) if n else cell.ljust(w)
                for n, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
            yield "  ".join(["  " + first, *others])
        yield from (f"  {note}" for note in self.notes)
        yield from (f"  {goal}" for goal in self.goals)

    def markdown(self) -> Iterator[str]:
        """Give it as a section."""
        yield f"## {self.title}\n"
        yield "| " + " | ".join(self.header) + " |"
        yield "|" + "|".join([":--", *["--:"] * (len(self.header) - 1)]) + "|"
        yield from ("| " + " | ".join(row) + " |" for row in self.rows)
        yield ""
        yield from (f"{note}\n" for note in self.notes)
        yield from (f"- {goal}" for goal in self.goals)
        if self.goals:
            yield ""


def versions() -> dict[str, str]:
    """Give the versions of what was measured."""
    found = {name: metadata.version(name) for name in _PACKAGES}
    return {"python": platform.python_version()} | found


def to_markdown(command: str, results: list[Result]) -> str:
    """Give the whole report; ratios alone, since seconds depend on the machine."""
    named = ", ".join(f"{name} {version}" for name, version in versions().items())
    head = [
        "# Results\n",
        f"`{command}` wrote this page; see README.md for what each number means.\n",
        f"With {named}.\n",
    ]
    return "\n".join([*head, *(line for result in results for line in result.markdown())])


def to_json(command: str, results: list[Result]) -> dict[str, Any]:
    """Give the whole report with what was measured in seconds and megabytes."""
    listed = [
        asdict(result) | {"goals": [asdict(goal) | {"met": goal.met} for goal in result.goals]}
        for result in results
    ]
    return {"command": command, "versions": versions(), "results": listed}
