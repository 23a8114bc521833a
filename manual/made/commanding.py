"""The commands of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_annals.annals import cli as of_annals
from sphinx_annals.citations import cli as of_citations
from sphinx_annals.cli import BEFORE_A_PROJECT, Arguments, name_of

from made.rows import indexed, table

_COMMANDS = {
    "before": BEFORE_A_PROJECT,
    "annals": of_annals.COMMANDS,
    "citations": of_citations.COMMANDS,
}


def commands(of: str) -> Iterator[str]:
    """Give the commands of a wing, each with what it does and takes, then what all of them take."""
    group = _COMMANDS[of]
    yield from indexed(map(name_of, group.modules), "command")
    for module in group.modules:
        about, _, more = (module.__doc__ or "").partition("\n\n")
        yield from (f"### `{name_of(module)}`", "", about)
        yield from _taken(module.ARGUMENTS)
        codes = getattr(module, "CODES", {})
        yield from ("```text", (more.format_map(codes) if codes else more).rstrip(), "```", "")
    if group.where:
        yield from ("All take besides:", "")
        yield from _taken(group.where)


def _taken(arguments: Arguments) -> Iterator[str]:
    rows = [(_called(names, details), str(details["help"])) for names, details in arguments.items()]
    yield from table(("what it takes", "meaning"), rows)


def _called(names: str, details: Mapping[str, Any]) -> str:
    *_, last = names.split()
    value = details.get("metavar", "")
    shown = value or last if not last.startswith("-") else f"{names.replace(' ', ', ')} {value}"
    return f"`{shown.strip()}`"
