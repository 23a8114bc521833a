"""What an author writes to cite: ``{see}key{pp. 84–92} via other{n. 3}, third``.

The form is that of sphinxcontrib-bibtex 2.7: keys separated by commas, each with its own
prefix before and locator after it in braces. What is known of a work through another alone is
joined to it by ``via``. Nothing here raises.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce

FORM = "write {see}key{p. 3}, other, or key{p. 3} via other{n. 4}"
_TOKEN = re.compile(
    r"(?P<group>\{(?:[^{}]|\{[^{}]*\})*\})"
    # a group that is never closed must not swallow the keys behind it
    r"|(?P<open>\{.*?(?=\s+via\s|\Z"
    r"|,\s*[^\s\d{},;][^\s{},;]*\s*(?:\{[^{}]*\}?\s*)?(?:,|via\s|\Z)))"
    r"|(?P<close>\})|(?P<separator>[,;])|(?P<key>[^\s{},;]+)|(?P<end>\Z)",
    re.DOTALL,
)

# what nine citations in ten are, in which nothing can be wrong
_USUAL = re.compile(
    r"(?!via(?:\{|\Z))(?P<key>[^\s{},;]+)(?:\{(?P<locator>[^{}~\\]*[^{}~\\\s])\s*\})?"
)

# what TeX has for signs and blanks in a locator
_TEX = {
    r"~|\\[ ,;]": " ",
    r"\\(?:textsection|S)(?![A-Za-z])[ ]*": "§ ",
    r"\\(?:textparagraph|P)(?![A-Za-z])[ ]*": "¶ ",
    r"\\(?:dots|ldots)(?![A-Za-z])[ ]*": "…",
    r"\\([&%#$_])": r"\1",
}


# a locator behind a comma or a key, as other programs have it: it has a blank or a sign that no
# key has
_NUMBER = r"(?:\d[\w–-]*|[ivxlcdmIVXLCDM]+)(?![\w{])"
_LOOSE = re.compile(
    r"(?:,|(?<=[^\s,;{}]))\s(?P<blank>\s*)(?P<locator>(?!via\b)"
    r"(?:[^\W\d_]{1,4}\.[\s~]+(?=[\divxlcdmIVXLCDM])|pp?\.(?=\d)|[^\W\d_]+\s(?=\d)|§§?\s*|\\S\s*"
    # a number alone behind a comma or “via” may be a key
    r"|(?<=[^\s,;{}]\s)(?<!\bvia\s)(?=\d+(?:[–-]+\d+)?(?![\w{–-])))"
    rf"{_NUMBER}(?:\s*,\s*\d[\d–-]*(?=\s*(?:,|$)))*)(?=\s*(?:,|;|via\b|$))"
    # words before a key
    r"|(?:^|(?<=[,;]))(?P<before>\s*)(?P<prefix>see(?:\s+also)?|cf\.?|compare)\s(?!\s*(?:via\b|[\s{},;]|$))"
)

_MOST_READ_IN = 8
"""Nobody read a work in a work in so many: values hold each other, and are compared as deep."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited key; ``locator`` is as the author wrote it, ``start`` where the key stands.

    ``via`` is what was read in its place, where the work itself was not.
    """

    key: str
    locator: str = ""
    prefix: str = ""
    start: int = field(default=0, compare=False)
    via: "Citation | None" = None

    @property
    def works(self) -> "tuple[Citation, ...]":
        """What it cites: itself, then what that was read in."""
        return (self, *(self.via.works if self.via else ()))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        # a book keeps tens of thousands, and what dataclasses do for it takes five times as long
        return Citation, (self.key, self.locator, self.prefix, self.start, self.via)

    def __str__(self) -> str:
        prefix = f"{{{self.prefix}}}" if self.prefix else ""
        locator = f"{{{self.locator}}}" if self.locator else ""
        via = f" via {self.via}" if self.via else ""
        return f"{prefix}{self.key}{locator}{via}"


def each_work(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Give every work that is cited, at first and at second hand."""
    return (work for citation in citations for work in citation.works)


@lru_cache(maxsize=8192)
def parse_citations(text: str) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Read a citing text; give also what is wrong with it, each kind of fault once.

    Every key that can be made out is cited: a slip costs a warning, not a citation.
    """
    if usual := _USUAL.fullmatch(text):
        return (Citation(usual["key"], " ".join((usual["locator"] or "").split())),), ()
    reading = _Reading()
    text, longer = reading.braced(text) if " " in text else (text, [])
    for match in _TOKEN.finditer(text):
        reading.take(match, match.start() - sum(end <= match.start() for end in longer))
    return tuple(reading.found), tuple(f"{fault}; {FORM}" for fault in reading.faults.values())


class _Reading:
    """Takes token after token; ``chain`` are works that were each read in the next."""

    def __init__(self) -> None:
        self.found: list[Citation] = []
        self.faults: dict[str, str] = {}
        self.chain: list[Citation] = []
        self.prefix = self.key = self.locator = ""
        self.start = 0

    def fault(self, kind: str, message: str) -> None:
        self.faults.setdefault(kind, message)

    def braced(self, text: str) -> tuple[str, list[int]]:
        """Put locators and words before keys in the braces that they lack; give the places behind
        which the text is longer by a letter.
        """
        bare = re.sub(r"\{[^{}]*\}?", lambda group: "{" * len(group[0]), text)
        loose = list(_LOOSE.finditer(bare))
        if not loose:
            return text, []
        locator, word = loose[0]["locator"], loose[0]["prefix"]
        form = f"{{{word}}}key" if word else f"key{{{locator}}}"
        self.fault("locator", f"“{word or locator}” stands in braces: {form}")
        # of the same length, so that every key stays where it is; but for a comma that is not there
        without = (match.end() for match in loose if match[0][0] != ",")
        return _LOOSE.sub(_braced, text), [end + n for n, end in enumerate(without, 1)]

    def take(self, match: re.Match[str], start: int) -> None:
        kind, token = match.lastgroup, match[0]
        if kind in ("separator", "end"):
            self.end_work(kind)
        elif token == "via":
            self.end_work("via")
        elif kind == "key":
            if self.key:  # a work is told to its end: here where another key begins
                after = (
                    f"text after “{self.key}” that is no locator (a comma or braces are missing)"
                )
                self.fault("separator", after if self.locator else "a space inside a key")
                self.end_work(kind)
            self.key, self.start = token, start
        elif kind == "close":
            self.fault("brace", "a “}” without its “{”")
        else:
            self.take_group(token, is_open=kind == "open")
        if token == ";":
            self.fault("separator", "keys are separated by commas, not by semicolons")

    def end_work(self, kind: str) -> None:
        """End a work, at what comes behind it: it joins what was read in it, or is cited."""
        if self.key and any(self.key == before.key for before in self.chain):
            self.fault("via", f"“{self.key}” is cited via itself")
        elif self.key:
            self.chain.append(Citation(self.key, self.locator, self.prefix, self.start))
        elif self.chain or kind == "via":
            self.fault("empty", "“via” stands between two keys")
        elif self.prefix:
            self.fault("empty", f"the prefix “{self.prefix}” has no key")
        elif kind == "separator":
            self.fault("empty", "an empty key")
        else:
            self.fault("empty", "a comma after the last key" if self.found else "no key")
        if too_many := len(self.chain) == _MOST_READ_IN and kind == "via":
            self.fault("via", f"“via” leads through more than {_MOST_READ_IN} works")
        if self.chain and (kind != "via" or too_many):
            # from the last, which was read itself
            self.found.append(reduce(lambda via, c: replace(c, via=via), reversed(self.chain)))
            self.chain = []
        self.prefix = self.key = self.locator = ""

    def take_group(self, token: str, *, is_open: bool) -> None:
        """Take what stands in braces: a locator behind a key, else what stands before the next."""
        said = _said(token)
        if is_open:
            self.fault("brace", "a brace is never closed")
        if "{" in token[1:]:
            self.fault("brace", "braces inside braces")
        if not said:
            self.fault("brace", "empty braces")
        elif not self.key:
            self.prefix = f"{self.prefix} {said}".strip()
        elif self.locator:
            self.fault("brace", f"two locators after “{self.key}”")
            self.locator = f"{self.locator}, {said}"
        else:
            self.locator = said


def _braced(match: re.Match[str]) -> str:
    if word := match["prefix"]:
        return f"{match['before']}{{{word}}}"
    return f"{match['blank']}{{{match['locator']}}}"


def _said(group: str) -> str:
    """Give what stands in braces, blanks joined, TeX's signs as characters."""
    text = re.sub("[{}]", " ", group)
    for pattern, sign in _TEX.items() if "~" in text or "\\" in text else ():
        text = re.sub(pattern, sign, text)
    return " ".join(text.split())


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
