"""What an author writes to cite: ``{see}key{pp. 84–92}, other{ch. 3}``.

The form is that of sphinxcontrib-bibtex 2.7: keys separated by commas, each with its own
prefix before and locator after it in braces. Nothing here raises.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

FORM = "write {see}key{p. 3}, other"
_TOKEN = re.compile(
    r"(?P<group>\{(?:[^{}]|\{[^{}]*\})*\})"
    # a group that is never closed must not swallow the keys behind it
    r"|(?P<open>\{.*?(?=,\s*[^\s\d{},;][^\s{},;]*\s*(?:\{[^{}]*\}?\s*)?(?:,|\Z)|\Z))"
    r"|(?P<close>\})|(?P<separator>[,;])|(?P<key>[^\s{},;]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited key; ``locator`` is as the author wrote it, ``start`` where the key stands."""

    key: str
    locator: str = ""
    prefix: str = ""
    start: int = field(default=0, compare=False)

    def __str__(self) -> str:
        prefix = f"{{{self.prefix}}}" if self.prefix else ""
        locator = f"{{{self.locator}}}" if self.locator else ""
        return f"{prefix}{self.key}{locator}"


@lru_cache(maxsize=8192)
def parse_citations(text: str) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Read a citing text; give also what is wrong with it, each kind of fault once.

    Every key that can be made out is cited: a slip costs a warning, not a citation.
    """
    reader = _Reader()
    for match in _TOKEN.finditer(text):
        match match.lastgroup:
            case "key":
                reader.take_key(match[0], match.start())
            case "separator":
                if match[0] == ";":
                    reader.problem("separator", "keys are separated by commas, not by semicolons")
                reader.close("an empty key")
            case "close":
                reader.problem("brace", "a “}” without its “{”")
            case kind:
                if kind == "open":
                    reader.problem("brace", "a brace is never closed")
                reader.take_group(match[0])
    reader.close("a comma after the last key" if reader.found else "no key")
    return tuple(reader.found), tuple(reader.problems.values())


class _Reader:
    def __init__(self) -> None:
        self.found: list[Citation] = []
        self.problems: dict[str, str] = {}
        self.prefix = self.key = self.locator = ""
        self.start = 0

    def problem(self, kind: str, message: str) -> None:
        self.problems.setdefault(kind, f"{message}; {FORM}")

    def take_key(self, key: str, start: int) -> None:
        if self.key:
            after = f"text after “{self.key}” that is no locator (a comma or braces are missing)"
            self.problem("separator", after if self.locator else "a space inside a key")
            self.close()
        self.key, self.start = key, start

    def take_group(self, text: str) -> None:
        if "{" in text[1:]:
            self.problem("brace", "braces inside braces")
        said = " ".join(re.sub("[{}]", " ", text).split())
        if not said:
            self.problem("brace", "empty braces")
        elif not self.key:
            self.prefix = f"{self.prefix} {said}".strip()
        elif self.locator:
            self.problem("brace", f"two locators after “{self.key}”")
            self.locator = f"{self.locator}, {said}"
        else:
            self.locator = said

    def close(self, without_key: str = "") -> None:
        if self.key:
            self.found.append(Citation(self.key, self.locator, self.prefix, self.start))
        else:
            what = f"the prefix “{self.prefix}” has no key" if self.prefix else without_key
            self.problem("empty", what)
        self.prefix = self.key = self.locator = ""


def never_cited(refers: Mapping[str, Iterable[str]], cited: Iterable[str]) -> list[str]:
    """Give the works that are not cited, nor named, in the end, by one that is.

    ``refers`` has for the key of each work those that it names, as a chapter its book.
    """
    used: set[str] = set()
    waiting = list(cited)
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += refers.get(key, ())
    return [key for key in refers if key not in used]
