"""Pure helpers that turn Python text into Typst markup and Typst code.

Two ways lead into a Typst file. :func:`escape` gives markup, for text that flows with the
paragraph: spaces collapse and lines break as in the source. :func:`string` gives a string
literal, for code blocks, attributes and everything whose spaces count.

Source of the rules: the Typst reference, "Syntax" (escape sequences, shorthands) and the
lexer's list of characters that start an element in markup mode.
"""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urljoin, urlsplit

from sphinx_annals.text import runs

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})

_BLANK = r"\t\n\x0b\x0c\r\x85\u2028\u2029"
# White space, but no single space, which stays as it is.
_SPACES = re.compile(f"[ {_BLANK}]{{2,}}|[{_BLANK}]")
# How a terminal is told of colours.
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# Fonts of text have no pictures in colours, and some none of the marks that ask for them or not.
_SELECTORS = "\ufe0e\ufe0f"
# PDF/UA refuses it: the mark of the order of bytes, which editors leave behind within files.
_ORDER = "\ufeff"
_CONTROLS = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff{_SELECTORS}{_ORDER}]"
)
_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_HAN_BREAK = re.compile(f"(?<=[{_HAN}])[ \t]*[\n\r][ \t]*(?=[{_HAN}])")
_ALWAYS = r"""[\\#*_$<>@`~=+"'\[\]{}]"""
# Harmless inside a sentence, but a marker or shorthand elsewhere: `--`, `-1`, `...`, `//`, a
# leading `- ` or `/ `, and `(`, `;`, `.` right after a code expression.
_ESCAPED = re.compile(rf"{_ALWAYS}|^[(;]|(?<![^\W_]|[)’”»])[-/.]|-(?![^\W\d_ ])")
_LEADING_NUMBER = re.compile(r"^( ?\d+)\.")

_STYLES = {"em": "emph", "strong": "strong"}


def clean(text: str) -> str:
    """Drop what no font shows: controls, codes of terminals, lone surrogates, marks for emoji."""
    return _CONTROLS.sub("", _TERMINAL.sub("", text) if "\x1b" in text else text)


def escape(text: str, longest: int = 60, sign: int | None = None) -> str:
    r"""Give Typst markup that typesets *text* literally.

    Runs of white space become one space, except between two Chinese characters where a line
    end of the source is dropped. A backslash before any punctuation mark is always literal
    in Typst, so a mark is escaped wherever it could possibly start something. Words *longest*
    letters long may be broken anywhere, and what is *sign* letters long and no word, which has no
    hyphens.
    """
    text = clean(text)
    if "\n" in text or "\r" in text:
        text = _HAN_BREAK.sub("", text)
    text = with_breaks(_SPACES.sub(" ", text), longest, sign)
    # An empty box breaks as a space without width does, and no reader copies it.
    return "#box()".join(map(_escaped, text.split(_BREAK)))


def styled(text: str) -> str:
    """Give Typst markup for a text with what is emphasised, strong or literal in it."""
    written = ""
    for run, styles in runs(text):
        piece = escape(run)
        for style in styles:
            piece = f"#raw({string(run)})" if style == "code" else f"#{_STYLES[style]}[{piece}]"
        written += piece
    return written


def _escaped(text: str) -> str:
    return _LEADING_NUMBER.sub(r"\1\\.", _ESCAPED.sub(r"\\\g<0>", text))


def string(text: str) -> str:
    """Give a Typst string literal, quotes included; new lines and tabs are kept."""
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\r", "").replace("\n", "\\n").replace("\t", "\\t") + '"'


_BREAK = "\u200b"
MARK, HUMP = r"[-/.,_&?=:;(){}\[\]|\\]", "(?<=[a-z])(?=[A-Z])"
"""Behind what, and where else, a word may be broken without a hyphen."""
_MARKS = re.compile(f"(?<=.){MARK}+(?=.)|{HUMP}")
# What is no word of a language, which hyphens would part: a number, a name in code, a formula.
_NO_WORD = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")
# Of scripts that part words by spaces; in others Typst finds the words.
_LETTERS = "[!-~\u00a1-\u058f\u1e00-\u1fff]"


@cache
def _pieces(length: int) -> re.Pattern[str]:
    """Give what finds pieces of a word, none of them followed by a few letters alone."""
    rest = min(4, length // 2)
    return re.compile(f"[^{_BREAK}]{{{length}}}[\u0300-\u036f]*(?=[^{_BREAK}]{{{rest}}})")


@cache
def _words_longer(longest: int) -> re.Pattern[str]:
    return re.compile(f"{_LETTERS}{{{longest + 1},}}")


def with_breaks(text: str, longest: int, sign: int | None = None) -> str:
    """Give a text with places to break in words longer than this: after marks, or anywhere."""

    def broken(found: re.Match[str]) -> str:
        most = sign if sign and _NO_WORD.search(found[0]) else longest
        if len(found[0]) <= most:
            return found[0]
        word = _MARKS.sub(lambda mark: f"{mark[0]}{_BREAK}", found[0])
        pieces = _pieces(min(most, 10))
        return _BREAK.join(
            pieces.sub(lambda piece: f"{piece[0]}{_BREAK}", part) if len(part) > most else part
            for part in word.split(_BREAK)
        )

    return _words_longer(min(longest, sign or longest)).sub(broken, text)


def value(obj: object) -> str:
    """Give *obj* (str, bool, int, float, None, list) as a Typst literal."""
    if obj is None:
        return "none"
    if isinstance(obj, int | float):
        return str(obj).lower()
    if isinstance(obj, str):
        return string(obj)
    if isinstance(obj, list | tuple):
        return array(value(item) for item in obj)
    raise TypeError(f"no Typst literal for {type(obj).__name__}")


def array(items: Iterable[str]) -> str:
    """Join Typst expressions to an array; a single item keeps its comma."""
    return "(" + "".join(f"{item}, " for item in items).rstrip() + ")"


def label(name: str) -> str:
    """Give the expression for a label of any name, docnames with slashes included."""
    return f"label({string(name)})"


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(px|pt|pc|em|ex|cm|mm|in|%|)")
_UNITS = {"px": (0.75, "pt"), "": (0.75, "pt"), "pc": (12.0, "pt"), "ex": (0.5, "em")}


def size(text: str) -> str | None:
    """Give a length of docutils (``50%``, ``300px``, ``8cm``) as Typst code, or None for none."""
    found = _SIZE.fullmatch(text.strip())
    if not found or not float(found[1]):
        return None
    factor, unit = _UNITS.get(found[2], (1.0, found[2]))
    return f"{float(found[1]) * factor:g}{unit}"


_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0}


def points(length: str) -> float:
    """Give a length of the settings, such as ``176mm``, in points."""
    return float(length[:-2]) * _POINTS[length[-2:]]


def safe_uri(uri: str, page: str = "") -> str | None:
    """Give *uri*, taken from the address of a *page*, if its scheme is http, https or mailto."""
    try:
        uri = urljoin(page, clean(uri).strip())
        scheme = urlsplit(uri).scheme.lower()
    except ValueError:
        return None
    return uri if scheme in ALLOWED_SCHEMES else None
