"""Citations as Pandoc writes them: ``[see @key, p. 3; @other]``, ``@key [p. 3]``.

Source: Pandoc's manual, “Citation syntax”; Quarto and MyST have it from there. Pure.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_annals.text import Citation

_KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?))"
_WORK = re.compile(rf"(?P<prefix>[^@]*?)(?P<minus>-?){_KEY}(?P<rest>.*)", re.DOTALL)
_CITED = re.compile(
    # in brackets that are neither a link nor a footnote, or in the sentence
    rf"(?<![\\!\w])\[(?P<group>(?!\^)[^\[\]`]*@[^\[\]`]*)\](?![(\[:{{])"
    rf"|(?<![\w\\@/.`\[:^-]){_KEY}(?:\s?\[(?P<locator>[^\[\]@`]*)\](?![(\[]))?"
)


class AtKey(NamedTuple):
    """One citation: where it stands, the role that says the same, what it cites."""

    start: int
    end: int
    role: str
    targets: tuple[Citation, ...]

    def __str__(self) -> str:
        return f"{{cite:{self.role}}}`{','.join(map(str, self.targets))}`"


def at_keys(text: str) -> Iterator[AtKey]:
    """Give the citations of a text without code; what is no citation to the end is none."""
    for match in _CITED.finditer(text):
        if match["group"] is None:
            key = match["braced"] or match["key"]
            target = Citation(key, _plain(match["locator"] or ""), start=_start(match))
            yield AtKey(match.start(), match.end(), "t", (target,))
            continue
        targets, minus, offset = [], True, match.start("group")
        for part in match["group"].split(";"):
            work = _WORK.fullmatch(part)
            if work:
                key = work["braced"] or work["key"]
                prefix, locator = _plain(work["prefix"]), _plain(work["rest"])
                targets.append(Citation(key, locator, prefix, offset + _start(work)))
                minus = minus and bool(work["minus"])
            offset += len(part) + 1
        if len(targets) == match["group"].count(";") + 1:
            role = "yearpar" if minus else "p"
            yield AtKey(match.start(), match.end(), role, tuple(targets))


def _start(match: re.Match[str]) -> int:
    return match.start("braced") if match["braced"] else match.start("key")


def _plain(text: str) -> str:
    """Give a prefix or a locator without the signs around it."""
    return " ".join(re.sub("[{}]", " ", text).strip(" \t\r\n,").split())
