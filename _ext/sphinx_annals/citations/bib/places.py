"""Where the text of a .bib file names a key, so that a change touches nothing else."""

import re
from collections.abc import Iterator

from sphinx_annals.citations.bib.reading import parse
from sphinx_annals.citations.bib.written import RawEntry, Span

_REFERRING = re.compile(
    r"(?<=[,\s{(])(?P<name>crossref|xdata|xref|related|entryset|ids|derives-?from)\s*=\s*"
    r"(?:\{(?P<braced>[^{}]*)\}|\"(?P<quoted>[^\"{}]*)\")",
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
            group = "braced" if field["braced"] is not None else "quoted"
            loose = field["name"].lower() in ("crossref", "xdata")
            for word in re.finditer(r"[^\s,]+", field[group]):
                if word[0] == key or (loose and word[0].casefold() == key.casefold()):
                    start = field.start(group) + word.start()
                    yield Span(start, start + len(word[0]))
