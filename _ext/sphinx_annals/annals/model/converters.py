"""Pieces of what authors write in options and arguments, read for all that take them.

Each raises ValueError with a message that says what to write instead.
"""

import re
from contextlib import suppress

from roman_numerals import RomanNumeral

from sphinx_annals.text import Citation, parse_citations

LONGEST = 200
"""Bytes of an id, which names folders and files."""
ID = re.compile(r"[^\W_]+(?:[-._][^\W_]+)*(?:/[^\s/,;{}<>`]+)*")


def language_tag(text: str) -> str:
    """Give the BCP 47 tag of a language, with ``pinyin`` for ``zh-Latn-pinyin``."""
    return "zh-Latn-pinyin" if text == "pinyin" else text


def identifier(text: str) -> str:
    """Read an id: letters and digits in any script, joined by ``-``, ``.`` or ``_``."""
    text = text.strip()
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise ValueError(f"{text[:30]!r}… is too long for an id; write {LONGEST} letters at most")
    if not ID.fullmatch(text):
        form = improvised(text) or "treaty-signed"
        raise ValueError(f"{text!r} is not an id; write words joined by hyphens: {form}")
    return text


def improvised(title: str) -> str:
    """Give what can be an id of a title whose author gave none; nothing where that has no words."""
    return re.sub(r"[\W_]+", "-", title.casefold())[:60].strip("-")


def anchor(id: str) -> str:
    """Give the anchor of an object on its page, unless something else has it."""
    return re.sub(r"[^\w.-]+", "-", id)


def split(text: str, separator: str = ",") -> list[str]:
    """Split at separators outside brackets and braces; blank pieces drop out."""
    pieces, depth, start = [], 0, 0
    for match in re.finditer(rf"[({{[\])}}{separator}]", text):
        if match[0] in "({[":
            depth += 1
        elif match[0] in ")}]":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def parted(text: str) -> list[str]:
    """Part what lists several values."""
    # who parts by semicolons has commas in the parts: Mao Zedong, chairman; Zhou Enlai
    pieces = split(text, ";" if ";" in text else ",")
    return [piece.removeprefix("and ") for piece in pieces]


def citation(text: str) -> Citation:
    """Read a key with its locator and prefix: ``{see}key{pp. 84–92}``."""
    found, problems = parse_citations(text)
    if problems or len(found) != 1:
        why = "".join(f" ({problem.partition('; ')[0]})" for problem in problems)
        raise ValueError(f"{text!r} is not a citation{why}; write: heinzig2004arduous{{p. 364}}")
    return found[0]


def article_number(text: str) -> str:
    """Give an article's number as an id uses it: ``VI`` and ``6`` are 6, ``3(2)`` is 3(2)."""
    text = text.strip()
    if re.fullmatch("[IVX]|[IVXLCDM]{2,15}", text):  # one letter beyond X is a letter
        with suppress(ValueError):
            return str(int(RomanNumeral.from_string(text)))
    short = text[: LONGEST // 8]  # four bytes each, and a treaty's id before it
    return re.sub(r"[\s,;{}<>`]+", "-", short).strip("-/") or "-"  # an id is never empty
