"""A file of CSL-JSON in the place of a .bib file, as Zotero and Better BibTeX write it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sphinx_annals.citations.bib import BibSource, Finding, RawEntry
from sphinx_annals.citations.formats.csl.reader import CslError, entries

_OPENS = re.compile(r'\s*(?:\{.*?"items"\s*:\s*)?\[', re.DOTALL)
"""A list of items, or what Better BibTeX puts round it."""
_NEXT = re.compile(r"[\s,]*")
# numbers of thousands of digits are none that Python reads
_DECODER = json.JSONDecoder(parse_int=lambda number: int(number) if len(number) < 20 else number)


def parse(text: str, path: str) -> BibSource:
    """Read every item with its line; what is no item is a finding, and the others are read."""
    found: list[RawEntry] = []
    findings: list[Finding] = []
    try:
        for line, item in _items(text):
            try:
                made = next(entries([item]))
            except CslError as error:
                message = f"{str(error).replace('item 1', 'this')}; it is left out"
                findings.append(Finding("entry", message, path, line))
                continue
            key = made.key or f"nokey-line-{line}"
            if not made.key:
                message = f"no key that can be cited; it is {key!r}: pin one as “Citation Key”"
                findings.append(Finding("key", message, path, line, key))
            found.append(replace(made, key=key, path=path, line=line))
    except json.JSONDecodeError as error:
        message = f"no JSON from here on ({error.msg}); export it anew"
        findings.append(Finding("file", message, path, error.lineno))
    except RecursionError:
        findings.append(Finding("file", "nested too deeply to be CSL-JSON", path, 1))
    return BibSource(path, tuple(found), tuple(findings))


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """Give each item of a list with the line that it opens on; raises JSONDecodeError."""
    opening = _OPENS.match(text)
    position = opening.end() if opening else len(text) - len(text.lstrip())
    line, counted = 1, 0
    while True:
        following = _NEXT.match(text, position)
        position = following.end() if following else position
        if opening and text.startswith("]", position):
            return
        line, counted = line + text.count("\n", counted, position), position
        item, position = _DECODER.raw_decode(text, position)
        yield line, item
        if not opening:
            return
