"""Tables of Markdown, and their lines in the general index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table."""
    yield ""
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)
    yield ""


def indexed(names: Iterable[str], kind: str) -> Iterator[str]:
    """Give directives that put names into the general index: ``date (option of event)``."""
    for name in names:
        yield from ("", f"```{{index}} single: {name} ({kind})", "```", "")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
