r"""TeX's macros, expanded: those of a project, since a page of MathJax or LaTeX has them, and ours.

Ours say what the converter has under another name, such as ``\textrm``; ``tex.toml`` lists them.
Pure: no Sphinx.

Source of the rules: the TeXbook, chapters 17, 18 and 20, and MathJax's list of TeX commands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sphinx_annals.pdf.formulas import notations
from sphinx_annals.text import read_table

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|%[^\n]*\n?|\s+|.", re.DOTALL)
_MOST = 2000  # expansions, after which a macro is taken to be its own


@dataclass(frozen=True)
class Macro:
    """What a control word stands for: a body with ``#1`` and so on for its arguments."""

    body: str
    arguments: int = 0
    default: str | None = None
    """What the first argument is where it is left out; with it that one stands in brackets."""


Macros = dict[str, Macro]


class TeXError(ValueError):
    """A formula that is no TeX, or not what is understood here; says what is wrong with it."""


@cache
def words() -> dict[str, Any]:
    """Give the tables of ``tex.toml``."""
    return read_table(Path(__file__).with_name("tex.toml"))


def tokens(tex: str) -> list[str]:
    """Give the tokens of TeX, without comments."""
    found = _TOKEN.findall(tex)
    found = [_blank(token) if token.isspace() else token for token in found if token[0] != "%"]
    # A space that is asked for may stand at the end of a line.
    return [r"\ " if token[1:].isspace() and token[0] == "\\" else token for token in found]


def _blank(space: str) -> str:
    return "\n\n" if space.count("\n") > 1 else " "


def joined(tokens: Iterable[str]) -> str:
    """Give the text of tokens; a control word ends before a letter that follows it."""
    text = ""
    for token in tokens:
        if text and token[:1].isalpha() and re.search(r"\\[a-zA-Z]+$", text):
            text += " "
        text += token
    return text


class Reader:
    """Tokens, read one by one; expansions are put back before them."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._waiting = list(tokens)[::-1]

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def next(self) -> str:
        """Give the next token; raises :exc:`TeXError` if there is none."""
        if not self._waiting:
            raise TeXError("an argument is missing")
        return self._waiting.pop()

    def put_back(self, tokens: Iterable[str]) -> None:
        """Let tokens be the next."""
        self._waiting.extend(list(tokens)[::-1])

    def skip_spaces(self) -> None:
        """Go on to what is no space."""
        while self._waiting and self._waiting[-1].isspace():
            self._waiting.pop()

    def at(self, token: str) -> bool:
        """Tell whether a token is the next, after spaces."""
        self.skip_spaces()
        return bool(self._waiting) and self._waiting[-1] == token

    def argument(self) -> list[str]:
        """Give the next argument: a token, or what stands in braces, without them."""
        self.skip_spaces()
        token = self.next()
        return self.until("{", "}") if token == "{" else [token]

    def optional(self) -> list[str] | None:
        """Give what stands in brackets, None if nothing does."""
        if not self.at("["):
            return None
        self.next()
        return self.until("[", "]")

    def until(self, opening: str, closing: str) -> list[str]:
        """Give what stands before a token that closes, and take that too."""
        found: list[str] = []
        depth = 0
        while True:
            if not self._waiting:
                raise TeXError(f"{opening} is not closed")
            token = self.next()
            if token == closing and not depth:
                return found
            depth += (token in ("{", opening)) - (token in ("}", closing))
            found.append(token)


# Macros


def definitions(tex: str) -> Macros:
    r"""Give the macros that a preamble defines: ``\newcommand``, ``\def`` and their kin."""
    found: Macros = {}
    reader = Reader(tokens(tex))
    while reader:
        token = reader.next()
        if token in _DEFINING:
            try:
                found |= _definition(token, reader)
            except TeXError:
                break  # a preamble is LaTeX's to complain of
    return found


_NEW = {r"\newcommand", r"\renewcommand", r"\providecommand"}
_DEFINING = _NEW | {r"\def", r"\let", r"\DeclareMathOperator", r"\DeclarePairedDelimiter"}


def _definition(command: str, reader: Reader) -> Macros:
    star = reader.at("*") and reader.next()
    if command == r"\def":
        reader.skip_spaces()
        name, count = reader.next(), 0
        while not reader.at("{"):
            count += reader.next() == "#"
        return {name: Macro(joined(reader.argument()), count)}
    name = joined(reader.argument()).strip()
    if command == r"\let" and reader.at("="):
        reader.next()
    if command == r"\let":
        return {name: Macro(joined(reader.argument()))}
    if command == r"\DeclareMathOperator":
        return {name: Macro(rf"\operatorname{star or ''}{{{joined(reader.argument())}}}")}
    if command == r"\DeclarePairedDelimiter":
        left, right = joined(reader.argument()), joined(reader.argument())
        paired = Macro(rf"\left{left} #1 \right{right}", 1)
        return {name: paired, f"{name}*": paired}
    number, default = reader.optional(), reader.optional()
    count = int(joined(number)) if number and joined(number).isdecimal() else 0
    given = None if default is None else joined(default)
    return {name: Macro(joined(reader.argument()), count, given)}


def of_mathjax(macros: Mapping[str, Any]) -> Macros:
    """Give the macros of MathJax's configuration: bodies, or [body, count, default]."""
    found: Macros = {}
    for name, value in macros.items():
        body, *rest = value if isinstance(value, list | tuple) else [value]
        found[f"\\{name}"] = Macro(str(body), *rest[:2])
    return found


@cache
def _own_macros() -> Macros:
    found = {}
    for name, told in words()["same"].items():
        default, body = told if isinstance(told, list) else (None, told)
        found[name] = Macro(body, max(map(int, re.findall(r"#(\d)", body)), default=0), default)
    return found


_NOTATIONS: dict[str, Callable[[str], str]] = {
    r"\ce": notations.chemistry,
    r"\num": notations.number,
    r"\unit": lambda text: notations.unit(text, words()["units"]),
    r"\unicode": notations.character,
}


def expanded(tex: str, macros: Macros) -> tuple[list[str], Macros]:
    """Give the tokens with every macro expanded, and the macros that are known after them."""
    known, reader = dict(macros), Reader(tokens(tex))
    own = _own_macros()
    found: list[str] = []
    count = 0
    while reader:
        token = reader.next()
        if (starred := f"{token}*") in known.keys() | own.keys() and reader.at("*"):
            token, _ = starred, reader.next()
        if token in _DEFINING:
            known |= _definition(token, reader)
        elif macro := known.get(token) or own.get(token):
            count += 1
            if count > _MOST:
                raise TeXError(f"the macro {token} never ends")
            reader.put_back(_body(macro, reader))
        elif notation := _NOTATIONS.get(token):
            try:
                reader.put_back(tokens(notation(joined(reader.argument()))))
            except ValueError as error:
                raise TeXError(str(error)) from error
        elif token == r"\begin":
            name = joined(reader.argument())
            if name == "CD":
                body = joined(reader.until(r"\begin{CD}", r"\end"))
                reader.argument()
                reader.put_back(tokens(notations.diagram(body)))
            else:
                found += [token, "{", name, "}"]
        else:
            found.append(token)
    return found, known


def _body(macro: Macro, reader: Reader) -> list[str]:
    given: list[list[str]] = []
    if macro.default is not None and macro.arguments:
        given.append(reader.optional() or tokens(macro.default))
    while len(given) < macro.arguments:
        given.append(reader.argument())
    return filled(macro.body, given)


def filled(template: str, given: Sequence[list[str]]) -> list[str]:
    """Give the tokens of a template with what is given for ``#1`` and so on."""
    written: list[str] = []
    body = iter(tokens(template))
    for token in body:
        number = next(body, "") if token == "#" else ""
        if number.isdecimal() and 0 < int(number) <= len(given):
            written += given[int(number) - 1]
        else:
            written += [token, number] if number else [token]
    return written
