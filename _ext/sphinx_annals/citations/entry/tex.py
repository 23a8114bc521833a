r"""The TeX that occurs in bibliographies, read into rich text.

Never raises: an unknown command keeps its argument, an unbalanced brace is dropped.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx_annals.citations.entry.richtext import Rich, Span, plain, safe_url, tidy
from sphinx_annals.citations.entry.vocabulary import inverted, read_table

# what the commands stand for
_DATA = read_table(Path(__file__).with_name("tex.toml"))

ACCENTS: Mapping[str, str] = _DATA["accents"]
SYMBOLS: Mapping[str, str] = _DATA["symbols"]
STYLES = inverted(_DATA["styles"])
SWITCHES = frozenset(_DATA["switches"])
"""Styles that hold to the end of the group."""
MARKS: Mapping[str, str] = _DATA["marks"]
"""What commands put before and behind their argument."""
SWALLOW = frozenset(_DATA["swallow"])
"""Commands whose argument is not shown."""
DELIMITED = frozenset(_DATA["delimited"])
SIZED = frozenset(_DATA["sized"])

_SPECIAL = re.compile(r"[\\{}$~`'\-\"\s<_^]|http|&[#\w]")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s?|\\(.)", re.DOTALL)
SPELLED = {char: "\\" + char for char in "%&$#{}"} | {"\\": r"\textbackslash{}"}
_TYPESET = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "`": "‘", "'": "’"}
# the dashes, tildes and quotation marks of an address are no typography
_RUN = re.compile(r"\s+|http[^\s{}\\]*|---?|``|''|[~`']")
_TAG = re.compile(r"</?(i|b|sub|sup|em|span)(?:\s[^<>]*)?>")
_SIZE = re.compile(r"\s*=?\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|sp)?")
# an entity, or one whose marks were escaped for TeX on the way: {\&}amp; \&\#8211;
_ENTITY = re.compile(r"\{?\\?&\}?(\\?#\d{2,6}|\\?#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8})\\?;")
_DOLLAR = re.compile(r"(?<!\\)\$")
_TAGS = {"i": "italic", "em": "italic", "b": "bold", "sub": "sub", "sup": "sup", "span": ""}


@lru_cache(maxsize=16384)
def to_rich(source: str) -> Rich:
    """Read the TeX `source` of one field; every string has a result."""
    if not _SPECIAL.search(source):
        return (Span(source),) if source else ()
    reader = _Reader(_ENTITY.sub(_entity, source))
    reader.read(Span(""))
    return _trimmed(tidy(tuple(reader.out)))


def to_plain(source: str) -> str:
    """Read the TeX `source` of one field, appearance left out."""
    if not _SPECIAL.search(source):
        return source
    return plain(to_rich(source))


def _entity(match: re.Match[str]) -> str:
    """Give the character of an HTML entity, escaped where TeX has it for a mark of its own."""
    found = html.unescape(f"&{match[1].removeprefix(chr(92))};")
    if len(found) > 2:
        return match[0]
    return "".join(SPELLED.get(char, char) for char in found)


def _trimmed(text: Rich) -> Rich:
    if text:
        text = (text[0]._replace(text=text[0].text.lstrip(" \n\t")), *text[1:])
        text = (*text[:-1], text[-1]._replace(text=text[-1].text.rstrip(" \n\t")))
    return tuple(span for span in text if span.text)


def _styled(look: Span, style: str, *, on: bool) -> Span:
    script = style in ("sub", "sup")
    changed: dict[str, Any] = {"script": style if on else ""} if script else {style: on}
    return look._replace(**changed)


class _Reader:
    """One pass over the source; `out` collects the spans."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pos = 0
        self.math = False
        self.out: list[Span] = []
        self.depth = 0

    def emit(self, text: str, look: Span) -> None:
        if text == " " and self.out and self.out[-1].text.endswith(" "):
            return
        self.out.append(look._replace(text=text))

    def read(self, look: Span) -> None:
        source, size = self.source, len(self.source)
        self.depth += 1
        while self.pos < size:
            match = _SPECIAL.search(source, self.pos)
            if match is None:
                self.emit(source[self.pos :], look)
                self.pos = size
                break
            if match.start() > self.pos:
                self.emit(source[self.pos : match.start()], look)
                self.pos = match.start()
            char = source[self.pos]
            if char == "}":
                self.pos += 1
                if self.depth > 1:
                    break
            elif char == "{":
                self.argument(look)
            elif char == "\\":
                look = self.command(look)
            elif char == "<":
                look = self.tag(look)
            else:
                self.mark(char, look)
        self.depth -= 1

    def tag(self, look: Span) -> Span:
        """Read the few HTML tags that Zotero allows in titles."""
        match = _TAG.match(self.source, self.pos)
        if match is None:
            self.emit("<", look)
            self.pos += 1
            return look
        self.pos = match.end()
        style = _TAGS[match[1]]
        return _styled(look, style, on=not match[0].startswith("</")) if style else look

    def mark(self, char: str, look: Span) -> None:
        source = self.source
        if run := _RUN.match(source, self.pos):
            self.pos = run.end()
            self.emit(" " if char.isspace() else _TYPESET.get(run[0], run[0]), look)
            return
        self.pos += 1
        if char == "$" and (self.math or _DOLLAR.search(source, self.pos)):
            self.math = not self.math
            return
        if char in "_^" and self.math:
            self.script(look._replace(script="sub" if char == "_" else "sup"))
            return
        if char == '"':
            before = source[self.pos - 2] if self.pos > 1 else " "
            self.emit("“" if before.isspace() or before in "([{—" else "”", look)
        else:
            self.emit(char, look)

    def script(self, look: Span) -> None:
        """Set what follows, a group or a character, above or below the line."""
        rest = self.source[self.pos : self.pos + 1]
        if rest == "\\":
            self.command(look)
        elif rest and rest not in "{}$":
            self.emit(rest, look)
            self.pos += 1
        else:
            self.argument(look)

    def command(self, look: Span) -> Span:
        match = _COMMAND.match(self.source, self.pos)
        if match is None:
            self.pos += 1
            return look
        self.pos = match.end()
        name = match[1] or match[2]
        if name in STYLES:
            changed = _styled(look, STYLES[name], on=True)
            if name in SWITCHES:
                return changed
            self.argument(changed)
        elif name in ("href", "url", "nolinkurl"):
            self.link(name, look)
        elif name in MARKS:
            marks = MARKS[name]
            self.emit(marks[0], look)
            self.argument(look)
            self.emit(marks[1], look)
        elif name in ACCENTS and (not match[1] or self.takes_accent()):
            self.accent(ACCENTS[name], look)
        elif name in SYMBOLS or name in SWALLOW:
            if SYMBOLS.get(name):
                self.emit(SYMBOLS[name], look)
            if name in SWALLOW:
                self.raw_argument()
        elif name == "ensuremath":
            before, self.math = self.math, True
            self.argument(look)
            self.math = before
        elif name in DELIMITED:
            self.delimited(look)
        elif name in SIZED:
            size = _SIZE.match(self.source, self.pos)
            self.pos = size.end() if size else self.pos
        elif not match[1] or _letter(name):
            self.emit(_letter(name) or name, look)
        elif any(char.isupper() for char in name) and not self.source.startswith("{", self.pos):
            # a word of the author's own, such as \\UNIX: its name says more than nothing
            self.emit(name, look)
            if match[0][-1].isspace():
                self.emit(" ", look)
        return look

    def delimited(self, look: Span) -> None:
        """Read the argument of `\\verb|…|` and the like, or one in braces."""
        mark = self.source[self.pos : self.pos + 1]
        end = self.source.find(mark, self.pos + 1) if mark and not mark.isalnum() else -1
        if mark in ("", "{") or end < 0:
            self.argument(look)
            return
        self.emit(self.source[self.pos + 1 : end], look)
        self.pos = end + 1

    def takes_accent(self) -> bool:
        rest = self.source[self.pos : self.pos + 1]
        return bool(rest) and (rest in "{\\" or rest.isalpha())

    def argument(self, look: Span) -> None:
        if self.source[self.pos : self.pos + 1] == "{":
            self.pos += 1
            if self.depth < 60:
                self.read(look)

    def raw_argument(self) -> str:
        source, start = self.source, self.pos
        if source[start : start + 1] != "{":
            return ""
        depth = 0
        for index in range(start, len(source)):
            depth += {"{": 1, "}": -1}.get(source[index], 0)
            if depth == 0:
                self.pos = index + 1
                return source[start + 1 : index]
        self.pos = len(source)
        return source[start + 1 :]

    def link(self, name: str, look: Span) -> None:
        address = re.sub(r"\\([%#&_~{}])", r"\1", self.raw_argument())
        look = look._replace(href=safe_url(address))
        self.argument(look) if name == "href" else self.emit(address, look)

    def accent(self, mark: str, look: Span) -> None:
        while self.source[self.pos : self.pos + 1] == " ":
            self.pos += 1
        # The base may come from a group, a command (\\'{\\i}) or a letter: it is read as any text,
        # taken back, and its first letter gets the mark.
        before = len(self.out)
        if self.source[self.pos : self.pos + 1] == "{":
            self.argument(look)
        elif self.source[self.pos : self.pos + 1] == "\\":
            self.command(look)
        elif self.pos < len(self.source) and self.source[self.pos] != "}":
            self.emit(self.source[self.pos], look)
            self.pos += 1
        base = "".join(span.text for span in self.out[before:])
        del self.out[before:]
        # a dotless letter is there to make room for the mark above it, not for one below
        base = base.replace("ı", "i").replace("ȷ", "j") if mark != "\u0327" else base
        if base:
            self.emit(unicodedata.normalize("NFC", base[0] + mark + base[1:]), look)


def _letter(name: str) -> str:
    """Give the Greek or Cyrillic letter that a command names (`alpha`, `CYRYA`), or nothing."""
    if name[:3].lower() == "cyr":
        found: str = _DATA["cyrillic"].get(name[3:].lower(), "")
        return found.upper() if name.isupper() else found
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}") if len(name) > 1 else ""
    except KeyError:
        return ""
