"""Where the text of a .bib file names a key, so that a change touches nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinx_annals.citations.bib.reading import parse
from sphinx_annals.citations.bib.written import RawEntry, Span

_REFERRING = re.compile(
    r"(?<=[,\s{(])(?P<name>crossref|xdata|xref|related|entryset|ids)\s*=\s*"
    r"(?:\{(?P<a>[^{}]*)\}|\"(?P<b>[^\"{}]*)\")",
    re.IGNORECASE,
)


def is_named(text: str, entry: RawEntry, key: str) -> bool:
    """Tell whether an entry has a key to the letter; the reader mends others."""
    return text[slice(*entry.name)] == key


def named(text: str, key: str) -> Iterator[Span]:
    """Give every place that holds a key: the entry's own, and the fields that refer to it."""
    for entry in parse(text).entries:
        if is_named(text, entry, key):
            yield entry.name
        for field in _REFERRING.finditer(text, *entry.whole):
            group = "a" if field["a"] is not None else "b"
            loose = field["name"].lower() in ("crossref", "xdata")
            for word in re.finditer(r"[^\s,]+", field[group]):
                if word[0] == key or (loose and word[0].casefold() == key.casefold()):
                    start = field.start(group) + word.start()
                    yield Span(start, start + len(word[0]))


def replaced(text: str, spans: Iterable[Span], new: str) -> str:
    """Give a text with each span's content replaced."""
    out: list[str] = []
    at = 0
    for span in sorted(set(spans)):
        out += [text[at : span.start], new]
        at = span.end
    return "".join([*out, text[at:]])
