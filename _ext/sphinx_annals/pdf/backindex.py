"""The index at the end of the book: entries of all kinds that Sphinx knows in, sorted groups out.

Pure: no Sphinx. Where an entry files, and under which heading, :mod:`sphinx_annals.text` says.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        limit = 3 if kind == "triple" else 2
        parts = [part.strip() for part in value.split(";", limit - 1) if part.strip()]
        orders: list[list[str]] = []
        match kind, parts:
            case "see" | "seealso", [name, other]:
                entry = self.root.child(name)
                found = entry.see if kind == "see" else entry.see_also
                found += [other] if other not in found else []
            case "see" | "seealso", _:
                pass  # it says not what to see
            case "pair", [a, b]:
                orders = [[a, b], [b, a]]
            case "triple", [a, b, c]:
                orders = [[a, f"{b} {c}"], [b, f"{c}, {a}"], [c, f"{a} {b}"]]
            case _:
                orders = [parts] if parts else []
        for names in orders:
            entry = self.root
            for name in names:
                entry = entry.child(name)
            if (mark, main) not in entry.marks:
                entry.marks.append((mark, main))

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Give the entries by heading, both in order."""
        found = groupby(self.below(self.root), key=lambda entry: initial(self._form(entry)))
        return [(heading, list(entries)) for heading, entries in found]

    def below(self, entry: Entry) -> list[Entry]:
        """Give the sub-entries of *entry* in order."""
        return sorted(entry.children.values(), key=lambda c: (filing_key(self._form(c)), c.name))

    def _form(self, entry: Entry) -> str:
        return self._forms.get(entry.name, entry.name)
