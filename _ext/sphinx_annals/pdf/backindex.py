"""The index at the end of the book: entries in, sorted groups out.

Pure: no Sphinx. Latin names are filed by their letters without accents, Cyrillic ones by the
Russian alphabet, Chinese ones by the order of Unicode, which is that of radicals and strokes;
each script has its own groups. Numbers and signs come first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

CHINESE = "汉字 · 漢字"
SIGNS = ""

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ß": "ss",
                          "æ": "ae", "œ": "oe", "þ": "th"})  # fmt: skip


@dataclass
class Entry:
    """One line of the index: its pages (mark and emphasis), cross-references, sub-entries."""

    name: str
    key: str = ""
    marks: list[tuple[str, bool]] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)
    children: dict[str, Entry] = field(default_factory=dict)

    def child(self, name: str, key: str = "") -> Entry:
        """Give the sub-entry *name*, made when new.

        Names of several words that differ in capitals alone are one entry; single words are
        not: a Party is no party.
        """
        same = name.casefold() if " " in name else name
        found = self.children.setdefault(same, Entry(name, key))
        found.key = found.key or key
        return found


def fold(text: str) -> str:
    """Give *text* without accents, case and leading signs; й and ё stay letters."""
    text = text.casefold().translate(_LETTERS)
    result = []
    for char in unicodedata.normalize("NFC", text):
        if char in _CYRILLIC:
            result.append(char)
        else:
            plain = unicodedata.normalize("NFKD", char)
            result.append("".join(c for c in plain if not unicodedata.combining(c)))
    return re.sub(r"[^\w\s]+", "", "".join(result)).strip()


def script(text: str) -> int:
    """Give the rank of the script of the first letter: signs, Latin, Cyrillic, Han, rest."""
    folded = fold(text)
    if not folded or not folded[0].isalpha():
        return 0
    name = unicodedata.name(folded[0], "")
    for rank, prefix in ((1, "LATIN"), (2, "CYRILLIC"), (3, "CJK")):
        if name.startswith(prefix):
            return rank
    return 4


def _letters(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(_place(word) for word in fold(text).split())


def _place(word: str) -> tuple[int, ...]:
    if word.isdecimal():  # by its value, before all letters
        digits = word.lstrip("0")
        return 0, len(digits), *map(ord, digits)
    return tuple(_CYRILLIC.find(c) if c in _CYRILLIC else ord(c) for c in word)


def sort_key(text: str) -> tuple[object, ...]:
    """Give the place of *text* in the index, word by word, numbers by their value."""
    numbers = tuple(int(n) for n in re.findall(r"[0-9]+", text)[:3]) if script(text) == 0 else ()
    return script(text), numbers, _letters(text), text


def group_name(text: str) -> str:
    """Give the heading under which *text* is filed."""
    rank = script(text)
    if rank == 0:
        return SIGNS
    return CHINESE if rank == 3 else fold(text)[0].upper()


def _split(value: str, parts: int) -> list[str]:
    return [piece.strip() for piece in value.split(";", parts - 1) if piece.strip()]


class BackIndex:
    """Collects index entries of all kinds that Sphinx knows."""

    def __init__(self) -> None:
        self.root = Entry("")

    def add(self, kind: str, value: str, mark: str, main: bool = False, key: str = "") -> None:
        """File one entry (``single``, ``pair``, ``triple``, ``see``, ``seealso``) of *mark*.

        *value* is what the author wrote, parts set apart by semicolons. Entries of unknown
        kind are filed as single ones, so none is lost.
        """
        if kind in {"see", "seealso"}:
            parts = _split(value, 2)
            if len(parts) == 2:
                entry = self.root.child(parts[0], key)
                found = entry.see if kind == "see" else entry.see_also
                if parts[1] not in found:
                    found.append(parts[1])
            return
        if kind == "pair":
            parts = _split(value, 2)
            orders = [parts, parts[::-1]] if len(parts) == 2 else [parts]
        elif kind == "triple":
            parts = _split(value, 3)
            first, second, third = (*parts, "", "", "")[:3]
            orders = [[first, f"{second} {third}"], [second, f"{third}, {first}"],
                      [third, f"{first} {second}"]] if len(parts) == 3 else [parts]  # fmt: skip
        else:
            orders = [_split(value, 2)]
        for order in orders:
            self._file(order, mark, main, key)

    def _file(self, names: list[str], mark: str, main: bool, key: str) -> None:
        entry = self.root
        for name in names:
            entry = entry.child(name, key if entry is self.root else "")
        if names and (mark, main) not in entry.marks:
            entry.marks.append((mark, main))

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Give the entries by heading, both in order."""
        result: list[tuple[str, list[Entry]]] = []
        for entry in sorted(self.root.children.values(), key=lambda e: sort_key(e.key or e.name)):
            name = group_name(entry.key or entry.name)
            if not result or result[-1][0] != name:
                result.append((name, []))
            result[-1][1].append(entry)
        return result


def sorted_children(entry: Entry) -> list[Entry]:
    """Give the sub-entries of *entry* in order."""
    return sorted(entry.children.values(), key=lambda e: sort_key(e.name))
