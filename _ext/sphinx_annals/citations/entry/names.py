"""Personal and corporate names: BibTeX's four parts, biblatex's extended format, script order.

Sources: Patashnik, *BibTeXing* (1988), section 4; biblatex manual 3.19, section 3.4.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, takewhile

from sphinx_annals.citations.entry.richtext import is_cjk
from sphinx_annals.citations.entry.tex import to_plain


@dataclass(frozen=True, slots=True)
class Name:
    """One name; a corporate or unparsable name has only ``family``."""

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    corporate: bool = False
    family_first: bool = False
    original: str = ""
    dropping: bool = False

    @property
    def surname(self) -> str:
        """Particle and family name, as a citation in the text has it."""
        return f"{self.prefix} {self.family}".strip() if self.prefix else self.family

    @property
    def direct(self) -> str:
        """The name in reading order."""
        if self.corporate or not self.given:
            return " ".join(filter(None, (self.surname, self.suffix)))
        if self.family_first:
            return self.surname + ("" if is_cjk(self.surname) else " ") + self.given
        # no comma before Jr. in the 17th edition (6.43)
        return f"{self.given} {self.surname} {self.suffix}".rstrip()

    @property
    def inverted(self) -> str:
        """The name as it opens an entry: family name, comma, given name."""
        if self.corporate or not self.given or self.family_first:
            return self.direct
        tail = f", {self.suffix}" if self.suffix else ""
        if self.dropping and self.prefix:
            return f"{self.family}, {self.given} {self.prefix}{tail}"
        return f"{self.surname}, {self.given}{tail}"


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of one field; ``others`` tells that the list goes on.

    ``unclear`` are those that have too many commas to be taken apart; they are kept whole.
    """

    names: tuple[Name, ...] = ()
    others: bool = False
    unclear: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names)


def agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether the words of two given names may be the same, of which some are initials."""
    pairs = zip(one, other, strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


_AND = r"\s+and\s+|^and\s+|\s+and$"
_COMMA = r"\s*,\s*"
_SPACE = r"(?:\s|~)+"


def split_top(source: str, separator: str) -> list[str]:
    """Split outside braces."""
    if "{" not in source:
        return re.split(separator, source, flags=re.IGNORECASE)
    parts: list[str] = []
    depth = start = 0
    pattern = rf"(?P<separator>{separator})|\\.|[{{}}]"
    for match in re.finditer(pattern, source, re.IGNORECASE | re.DOTALL):
        if match["separator"] is None:
            # a brace that closes nothing must not hide the separators after it
            depth = max(0, depth + {"{": 1, "}": -1}.get(match[0], 0))
        elif not depth:
            parts.append(source[start : match.start()])
            start = match.end()
    return [*parts, source[start:]]


_EXTENDED = re.compile(r"^\s*[\"{]?\s*(family|given|prefix|suffix|useprefix|id|given-i)\s*=")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})


@lru_cache(maxsize=16384)
def parse_names(source: str) -> NameList:
    """Read a name field; never raises."""
    parts = map(str.strip, split_top(source, _AND))
    pieces = [part for part in parts if part.strip("{}, ~\t\n")]
    known = [piece for piece in pieces if piece.lower() not in ("others", "et al.", "et al")]
    read = [(piece, _parsed(piece)) for piece in known]
    names = tuple(name or Name(to_plain(piece), corporate=True) for piece, name in read)
    unclear = tuple(to_plain(piece) for piece, name in read if name is None)
    return NameList(names, len(known) < len(pieces), unclear)


def _parsed(source: str) -> Name | None:
    if _EXTENDED.match(source):
        return _extended(source)
    if source.startswith("{") and source.endswith("}") and _one_group(source):
        return Name(to_plain(source), corporate=True)
    parts = split_top(source, _COMMA)
    if len(parts) > 3:
        return None
    if len(parts) == 1:
        return _reading_order(source)
    prefix, family = _particle(split_top(parts[0].strip(), _SPACE))
    given = parts[-1]
    suffix = parts[1] if len(parts) == 3 else ""
    # BibTeX has the suffix between the two, but many write it last
    if len(parts) == 3 and given.strip().rstrip(".").lower() in SUFFIXES:
        given, suffix = suffix, given
    return _made(prefix, family, to_plain(given), to_plain(suffix))


def _made(prefix: str, family: str, given: str, suffix: str = "") -> Name:
    # of a name in one part nobody knows more than that it is what to file by
    if not family:
        family, given = given, ""
    east = bool(given) and is_cjk(family)
    return Name(family, given, prefix, suffix, family_first=east)


def _one_group(source: str) -> bool:
    # closed for the first time at its end: {A} and {B} are two groups
    depths = [*accumulate({"{": 1, "}": -1}.get(char, 0) for char in source)]
    return 0 in depths and depths.index(0) == len(depths) - 1


def _particle(words: list[str]) -> tuple[str, str]:
    """Split leading lower-case words (von, de la) from the family name."""
    words = [word for word in words if word]
    count = len([*takewhile(_is_lower, words[:-1])])
    return to_plain(" ".join(words[:count])), to_plain(" ".join(words[count:]))


def _is_lower(word: str) -> bool:
    letter = next((char for char in to_plain(word) if char.isalpha()), "")
    return not word.startswith("{") and letter.islower()


def _reading_order(source: str) -> Name:
    words = [word for word in split_top(source, _SPACE) if word]
    if not words:
        return Name(to_plain(source) or "?", corporate=True)
    # BibTeX's rule: a particle begins with the first small word that is neither first nor last
    start = next((i for i, word in enumerate(words[:-1]) if i and _is_lower(word)), None)
    suffix = ""
    if start is None:
        if len(words) > 2 and words[-1].rstrip(".").lower() in SUFFIXES:
            suffix = to_plain(words.pop())
        start = len(words) - 1
    prefix, family = _particle(words[start:])
    return _made(prefix, family, to_plain(" ".join(words[:start])), suffix)


def _extended(source: str) -> Name:
    fields: dict[str, str] = {}
    for part in map(str.strip, split_top(source, _COMMA)):
        # quotation marks may stand round a value, or round the whole of a part
        key, _, value = (part.strip('"') if part.count('"') % 2 else part).partition("=")
        fields[key.strip().strip('"{').lower()] = to_plain(value.strip().strip('"'))
    family = fields.get("family", "")
    prefix, given, suffix = (fields.get(part, "") for part in ("prefix", "given", "suffix"))
    name = _made(prefix, family, given, suffix)
    dropping = fields.get("useprefix", "").lower() == "false"
    first = name.family_first or fields.get("order", "") in ("family-first", "eastern")
    return replace(name, corporate=not name.given, family_first=first, dropping=dropping)
