"""The text of .bib files as it stands: where an entry begins and ends, and what names it.

Offsets are of the text as `scan.read_text` gives it, so that a change touches nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_annals.citations.bib.bibfile import parse
from sphinx_annals.citations.bib.raw import BibSource

REFERRING = ("crossref", "xdata", "xref", "related", "entryset", "ids")
_ENTRY = re.compile(r"@[ \t]*(?P<type>[^\s{}()@,=\"#%]+)\s*[{(]\s*(?P<key>[^\s,{}()=\"]*)")
_NEXT = re.compile(r"^[ \t]*@", re.MULTILINE)


class Span(NamedTuple):
    """A piece of the text."""

    start: int
    end: int


class Entry(NamedTuple):
    """An entry's place: the whole of it, its key, and its fields' lines."""

    key: str
    whole: Span
    name: Span
    line: int


def starts_of(text: str) -> list[int]:
    """Return where each line begins; a lone carriage return ends a line too."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]


def parsed(text: str, path: str = "") -> BibSource:
    """Parse a text that keeps its line ends and its byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return parse(plain, path)


def entries(text: str) -> Iterator[Entry]:
    """Yield the place of every entry that the parser finds, in order."""
    starts = starts_of(text)
    for raw in parsed(text).entries:
        match = _ENTRY.search(text, starts[raw.line - 1])
        if match is None or match["type"].lower() != raw.type:
            continue
        end = _end(text, match.start())
        yield Entry(raw.key, Span(match.start(), end), Span(*match.span("key")), raw.line)


def _end(text: str, start: int) -> int:
    """Where the entry is closed; where it never is, before the next entry."""
    following = _NEXT.search(text, start + 1)
    limit = following.start() if following else len(text)
    opener = re.compile(r"[{(]").search(text, start, limit)
    depth = 0
    for match in re.compile(r"\\.|[{})]", re.DOTALL).finditer(
        text, opener.end() if opener else limit, limit
    ):
        if depth == 0 and opener and match[0] == {"{": "}", "(": ")"}[opener[0]]:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return start + len(text[start:limit].rstrip())


def named(text: str, key: str) -> Iterator[Span]:
    """Yield every place that holds `key`: the entry's own, and the fields that refer to it."""
    for entry in entries(text):
        if text[slice(*entry.name)] == key:
            yield entry.name
        body = text[slice(*entry.whole)]
        for field in re.finditer(
            rf"(?<=[,\s{{(])(?P<name>{'|'.join(REFERRING)})\s*=\s*(?:\{{(?P<a>[^{{}}]*)\}}|"
            r"\"(?P<b>[^\"{}]*)\")", body, re.IGNORECASE,
        ):  # fmt: skip
            group = "a" if field["a"] is not None else "b"
            loose = field["name"].lower() in ("crossref", "xdata")
            for word in re.finditer(r"[^\s,]+", field[group]):
                same = word[0].casefold() == key.casefold() if loose else word[0] == key
                if same:
                    start = entry.whole.start + field.start(group) + word.start()
                    yield Span(start, start + len(word[0]))


def replaced(text: str, spans: list[Span], new: str) -> str:
    """Return `text` with each span's content replaced."""
    out: list[str] = []
    at = 0
    for span in sorted(set(spans)):
        out += [text[at : span.start], new]
        at = span.end
    return "".join([*out, text[at:]])
