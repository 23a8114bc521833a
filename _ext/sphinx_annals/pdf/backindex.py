"""The index at the end of the book: entries of all kinds that Sphinx knows in, sorted groups out.

Pure: no Sphinx. Where an entry files, and under which heading, :mod:`sphinx_annals.text` says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from sphinx_annals.text import filing_key, initial, one_entry


@dataclass
class Entry:
    """One line of the index: its pages (mark and emphasis), cross-references, sub-entries.

    ``key`` is the text by which it files, where that is not its name.
    """

    name: str
    key: str = ""
    marks: list[tuple[str, bool]] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)
    children: dict[str, Entry] = field(default_factory=dict)

    def child(self, name: str, key: str = "") -> Entry:
        """Give the sub-entry *name*, made when new."""
        found = self.children.setdefault(one_entry(name), Entry(name, key))
        found.key = found.key or key
        return found

    @property
    def filed(self) -> str:
        """The text by which it files."""
        return self.key or self.name

    def in_order(self) -> list[Entry]:
        """Give the sub-entries in order."""
        return sorted(self.children.values(), key=lambda entry: filing_key(entry.filed))


class BackIndex:
    """Collects the entries of a book."""

    def __init__(self) -> None:
        self.root = Entry("")

    def add(self, kind: str, value: str, mark: str, main: bool = False, key: str = "") -> None:
        """File one entry (``single``, ``pair``, ``triple``, ``see``, ``seealso``) of *mark*.

        *value* is what the author wrote, parts set apart by semicolons. Entries of unknown
        kind are filed as single ones, so none is lost.
        """
        parts = _split(value, 3 if kind == "triple" else 2)
        if kind in {"see", "seealso"}:
            if len(parts) == 2:
                entry = self.root.child(parts[0], key)
                found = entry.see if kind == "see" else entry.see_also
                found += [name for name in parts[1:] if name not in found]
            return
        orders = [parts]
        if kind == "pair" and len(parts) == 2:
            orders = [parts, parts[::-1]]
        elif kind == "triple" and len(parts) == 3:
            a, b, c = parts
            orders = [[a, f"{b} {c}"], [b, f"{c}, {a}"], [c, f"{a} {b}"]]
        for order in orders:
            self._file(order, (mark, main), key)

    def _file(self, names: Iterable[str], mark: tuple[str, bool], key: str) -> None:
        entry = self.root
        for name in names:
            entry = entry.child(name, key if entry is self.root else "")
        if entry is not self.root and mark not in entry.marks:
            entry.marks.append(mark)

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Give the entries by heading, both in order."""
        found = groupby(self.root.in_order(), key=lambda entry: initial(entry.filed))
        return [(heading, list(entries)) for heading, entries in found]


def _split(value: str, parts: int) -> list[str]:
    return [piece.strip() for piece in value.split(";", parts - 1) if piece.strip()]
