"""Where source files cite: every key in roles, options and arguments, with its place.

Read without Sphinx, so that a command and an editor need no build. Code blocks, literal text and
comments cite nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sphinx_annals.citations.scan.at_keys import AtKey, at_keys
from sphinx_annals.sources import Directive, Edit, Option, Part, Text, edited, read
from sphinx_annals.text import each_work, line_starts, parse_citations

OPTIONS = frozenset({"sources", "derives-from"})
ARGUMENTS = frozenset({"account"})
LISTS = frozenset({"bibliography"})
_CITING = re.compile(r"(?:foot)?cite(?::[\w-]+)?$")


class Cite(NamedTuple):
    """One key in a source text: ``start`` is the offset of the key alone.

    In a project it has a path, and ``real``, the key of the entry that it means, if there is one.
    """

    key: str
    start: int = 0
    locator: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    real: str = ""

    @property
    def end(self) -> int:
        """The offset behind the key."""
        return self.start + len(self.key)


def scan(text: str, suffix: str = ".md", *, at: bool = False) -> list[Cite]:
    """Give every citation of a source text in order; ``suffix`` tells the markup.

    Keys that a ``bibliography`` directive names count too; with ``at`` also what Pandoc writes.
    """
    parts = read(text, suffix, LISTS)
    cited = {cite for part in parts for cite in _cited(part)}
    if at:
        targets = (target for found in _at_keys(parts) for target in found.targets)
        cited |= {Cite(t.key, t.start, t.locator) for t in targets}
    starts = line_starts(text)
    found = []
    for cite in sorted(cited, key=lambda cite: cite.start):
        row = bisect_right(starts, cite.start)
        found.append(cite._replace(line=row, column=cite.start - starts[row - 1]))
    return found


def with_roles(text: str) -> str:
    """Give a Markdown text with roles in place of what Pandoc writes to cite."""
    found = _at_keys(read(text, lists=LISTS))
    lines = ((cited, text.count("\n", cited.start, cited.end)) for cited in found)
    return edited(text, (Edit(at.start, at.end, str(at) + "\n" * count) for at, count in lines))


def _cited(part: Part) -> Iterator[Cite]:
    """Give what one part of a text cites."""
    match part:
        case Directive(name=name, argument=argument) if name in ARGUMENTS:
            yield from keys_in(argument.text, argument.start)
        case Directive(argument=argument, words=words):
            yield from _in_roles(argument)
            named = (word for word in words if re.fullmatch(r"[^\s:]\S*", word.text))
            yield from (Cite(word.text, word.start) for word in named)
        case Option(name=name, value=value) if name in OPTIONS:
            yield from keys_in(value.text, value.start)
        case Option(value=value):
            yield from _in_roles(value)
        case Text():
            yield from _in_roles(part)


def _in_roles(text: Text) -> Iterator[Cite]:
    for role in text.roles:
        if _CITING.match(role.name):
            yield from keys_in(role.text, role.start)


def _at_keys(parts: Iterable[Part]) -> Iterator[AtKey]:
    """Give the citations that Pandoc writes, in the Markdown among the parts."""
    for part in parts:
        text = part.argument if isinstance(part, Directive) and part.name not in ARGUMENTS else part
        if isinstance(text, Text) and not text.rest and "@" in text.text:
            for cited in at_keys(text.bare):
                yield cited._replace(
                    start=text.start + cited.start,
                    end=text.start + cited.end,
                    targets=tuple(replace(t, start=text.start + t.start) for t in cited.targets),
                )


def keys_in(text: str, offset: int = 0) -> Iterator[Cite]:
    """Yield the keys of a citing text (``{see}key{p. 3}, other``) with their places."""
    for work in each_work(parse_citations(text)[0]):
        yield Cite(work.key, offset + work.start, work.locator)


def prefixes_in(text: str) -> set[str]:
    """Give the key prefixes that bibliography directives set."""
    return set(re.findall(r"^\s*:keyprefix:[ \t]*(\S+)[ \t\r]*$", text, re.MULTILINE))
