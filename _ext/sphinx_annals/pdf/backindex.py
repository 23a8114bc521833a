"""The index at the end of the book: entries of all kinds that Sphinx knows in, sorted groups out.

Pure: no Sphinx. Where an entry files, and under which heading, :mod:`sphinx_annals.text` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from sphinx_annals.text import filing_key, initial, one_entry


@dataclass
class Entry:
    """One line of the index: its pages (mark and emphasis), cross-references, sub-entries."""

    name: str
    marks: list[tuple[str, bool]] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)
    children: dict[str, Entry] = field(default_factory=dict)

    def child(self, name: str) -> Entry:
        """Give the sub-entry *name*, made when new."""
        return self.children.setdefault(one_entry(name), Entry(name))


class BackIndex:
    """Collects the entries of a book; *forms* are the texts by which names file that do not
    as they stand.
    """

    def __init__(self, forms: Mapping[str, str] | None = None) -> None:
        self.root = Entry("")
        self._forms = forms or {}

    def add(self, kind: str, value: str, mark: str, main: bool = False) -> None:
        """File one entry (``single``, ``pair``, ``triple``, ``see``, ``seealso``) of *mark*.

        *value* is what the author wrote, parts set apart by semicolons. Entries of unknown
        kind are filed as single ones, so none is lost.
        """
        parts = _split(value, 3 if kind == "triple" else 2)
        if kind in {"see", "seealso"}:
            if len(parts) == 2:
                entry = self.root.child(parts[0])
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
            self._file(order, (mark, main))

    def _file(self, names: Iterable[str], mark: tuple[str, bool]) -> None:
        entry = self.root
        for name in names:
            entry = entry.child(name)
        if entry is not self.root and mark not in entry.marks:
            entry.marks.append(mark)

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Give the entries by heading, both in order."""
        found = groupby(self.below(self.root), key=lambda entry: initial(self._form(entry)))
        return [(heading, list(entries)) for heading, entries in found]

    def below(self, entry: Entry) -> list[Entry]:
        """Give the sub-entries of *entry* in order."""
        return sorted(entry.children.values(), key=lambda c: (filing_key(self._form(c)), c.name))

    def _form(self, entry: Entry) -> str:
        return self._forms.get(entry.name, entry.name)


def _split(value: str, parts: int) -> list[str]:
    return [piece.strip() for piece in value.split(";", parts - 1) if piece.strip()]
