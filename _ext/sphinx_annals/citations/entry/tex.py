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

from sphinx_annals.citations.entry.richtext import Rich, Span, safe_url
from sphinx_annals.citations.entry.vocabulary import inverted
from sphinx_annals.text import read_table

# what the commands stand for
_DATA = read_table(Path(__file__).with_name("tex.toml"))

ACCENTS: Mapping[str, str] = _DATA["accents"]
STYLES = inverted(_DATA["styles"])
SWITCHES = frozenset(_DATA["switches"])
"""Styles that hold to the end of the group."""
MARKS: Mapping[str, str] = _DATA["marks"]
"""What commands put before and behind their argument."""
SWALLOW = frozenset(_DATA["swallow"])
"""Commands whose argument is not shown."""
_CYRILLIC: Mapping[str, str] = {f"cyr{name}": char for name, char in _DATA["cyrillic"].items()}
SYMBOLS: Mapping[str, str] = {
    **_DATA["symbols"],
    **_DATA["greek"],
    **{name.capitalize(): char.upper() for name, char in _DATA["greek"].items()},
    **_CYRILLIC,
    **{name.upper(): char.upper() for name, char in _CYRILLIC.items()},
}

_SPECIAL = re.compile(r"[\\{}$~`'\-\"\s<_^]|http|&[#\w]")
_TOKEN = re.compile(
    r"""
      (?P<command>\\(?:(?P<word>[A-Za-z]+)\*?\s?|(?P<char>.?)))
    | (?P<open>\{) | (?P<close>\}) | (?P<space>\s+)
    | (?P<tag></?(?P<style>i|b|sub|sup|em|span)(?:\s[^<>]*)?>)  # those that Zotero allows
    | (?P<typeset>---?|``|\'\'|[~`\'])
    | (?P<quote>\") | (?P<dollar>\$) | (?P<script>[_^])
    # the dashes, tildes and quotation marks of an address are no typography
    | http[^\s{}\\]* | .(?:(?!http)[^\\{}$~`\'\-\"\s<_^])*
    """,
    re.DOTALL | re.VERBOSE,
)
_MARKS = re.compile(r"[\\{}%&#_$~^]")
_SPELLED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TYPESET = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "`": "‘", "'": "’"}
# an entity, or one whose marks were escaped for TeX on the way: {\&}amp; \&\#8211;
_ENTITY = re.compile(r"(?:\{\\?&\}|\\?&)(\\?#\d{2,6}|\\?#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8})\\?;")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ADDRESS = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}?")
_TAGS = {"i": "italic", "em": "italic", "b": "bold", "sub": "sub", "sup": "sup", "span": ""}
_DEEPEST = 60
_BLANKS = " \n\t"


@lru_cache(maxsize=16384)
def to_rich(source: str) -> Rich:
    """Read the TeX ``source`` of one field; every string has a result."""
    if not _SPECIAL.search(source):
        return Rich(source)
    reader = _Reader(_ENTITY.sub(_entity, source))
    reader.read(Span(""))
    read = Rich(reader.out)
    if str(read).strip(_BLANKS) == str(read):
        return read
    return read.first(lambda text: text.lstrip(_BLANKS)).last(lambda text: text.rstrip(_BLANKS))


def to_plain(source: str) -> str:
    """Read the TeX ``source`` of one field, appearance left out."""
    return str(to_rich(source)) if _SPECIAL.search(source) else source


def _entity(match: re.Match[str]) -> str:
    """Give the character of an HTML entity, escaped where TeX has it for a mark of its own."""
    found = html.unescape(f"&{match[1].removeprefix(chr(92))};")
    return match[0] if len(found) > 2 else escape(found)


def escape(text: str) -> str:
    """Write characters so that TeX gives them back."""
    return _MARKS.sub(lambda match: _SPELLED.get(match[0], f"\\{match[0]}"), text)


def _styled(look: Span, style: str, *, on: bool = True) -> Span:
    script = style in ("sub", "sup")
    changed: dict[str, Any] = {"script": style if on else ""} if script else {style: on}
    return look._replace(**changed)


class _Reader:
    """One pass over the source; ``out`` collects the spans."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pos = 0
        self.math = False
        self.out: list[Span] = []
        self.depth = 0

    def emit(self, text: str, look: Span) -> None:
        if text != " " or not self.out or not self.out[-1].text.endswith(" "):
            self.out.append(Span(text, *look[1:]))

    def read(self, look: Span) -> None:
        """Read to the end of the group, or of the source."""
        while match := _TOKEN.match(self.source, self.pos):
            self.pos, text = match.end(), match[0]
            match match.lastgroup:
                case "close":
                    if self.depth:
                        return
                case "open":
                    self.pos -= 1
                    self.argument(look)
                case "command":
                    look = self.command(match, look)
                case "tag" if style := _TAGS[match["style"]]:
                    look = _styled(look, style, on=not text.startswith("</"))
                case "tag":
                    pass
                case "space":
                    self.emit(" ", look)
                case "typeset":
                    self.emit(_TYPESET.get(text, text), look)
                case "dollar" if self.math or _DOLLAR.search(self.source, self.pos):
                    self.math = not self.math
                case "script" if self.math:
                    self.argument(look._replace(script="sub" if text == "_" else "sup"))
                case "quote":
                    before = self.source[: match.start()][-1:]
                    self.emit("“" if before.isspace() or before in "([{—" else "”", look)
                case _:
                    self.emit(text, look)

    def argument(self, look: Span) -> None:
        """Read what a command takes: a group, another command or one character."""
        char = self.source[self.pos : self.pos + 1]
        if char in ("", "}", "$"):
            return
        self.pos += 1
        if char not in "{\\":
            self.emit(char, look)
        # what is nested deeper goes on in the text outside, without its brace
        elif self.depth < _DEEPEST:
            self.depth += 1
            if char == "{":
                self.read(look)
            elif match := _TOKEN.match(self.source, self.pos - 1):
                self.pos = match.end()
                self.command(match, look)
            self.depth -= 1

    def command(self, match: re.Match[str], look: Span) -> Span:
        """Do what a command says; give the look of what follows it."""
        name = match["word"] or match["char"]
        before = len(self.out)
        if name in SWITCHES:
            return _styled(look, STYLES[name])
        if name in STYLES:
            self.argument(_styled(look, STYLES[name]))
        elif name in ("href", "url", "nolinkurl"):
            self.link(name, look)
        elif name in MARKS:
            marks = MARKS[name]
            self.emit(marks[0], look)
            self.argument(look)
            self.emit(marks[1], look)
        elif name in ACCENTS:
            # TeX skips blanks before what a command takes: M{\" u}ller
            self.pos += len(self.source[self.pos :]) - len(self.source[self.pos :].lstrip(" "))
            # The base may come from a group, a command (\'{\i}) or a letter: it is read as any
            # text, taken back, and its first letter gets the mark.
            self.argument(look)
            base = "".join(span.text for span in self.out[before:])
            del self.out[before:]
            self.emit(_accented(base, ACCENTS[name]), look)
        elif name in SWALLOW:
            self.argument(look)
            del self.out[before:]
        elif name == "ensuremath":
            outside, self.math = self.math, True
            self.argument(look)
            self.math = outside
        elif name in SYMBOLS or match["char"]:
            self.emit(SYMBOLS.get(name, name), look)
        elif name != name.lower() and not self.source.startswith("{", self.pos):
            # a word of the author's own, such as \UNIX: its name says more than nothing
            self.emit(name + " " * match[0][-1:].isspace(), look)
        return look

    def link(self, name: str, look: Span) -> None:
        match = _ADDRESS.match(self.source, self.pos)
        self.pos = match.end() if match else self.pos
        address = re.sub(r"\\([%#&_~{}])", r"\1", match[1]) if match else ""
        look = look._replace(href=safe_url(address))
        self.argument(look) if name == "href" else self.emit(address, look)


def _accented(base: str, mark: str) -> str:
    # a dotless letter is there to make room for the mark above it, not for one below
    base = base if mark == "\u0327" else base.replace("ı", "i").replace("ȷ", "j")
    mark = mark if base[:1].isalpha() else ""
    return unicodedata.normalize("NFC", base[:1] + mark + base[1:])
