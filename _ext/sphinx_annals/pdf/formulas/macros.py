r"""TeX's macros, expanded: those of a project, since a page of MathJax or LaTeX has them, and ours.

Ours say what the converter has under another name, such as ``\textrm``; ``tex.toml`` lists them.
Pure: no Sphinx.

Source of the rules: the TeXbook, chapters 17, 18 and 20, and MathJax's list of TeX commands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sphinx_annals.pdf.formulas import notations
from sphinx_annals.text import read_table

_VERBATIM = re.compile(r"\\verb\*?([^a-zA-Z*\s])(.*?)\1")
_TOKEN = re.compile(rf"{_VERBATIM.pattern}|\\(?:[a-zA-Z]+|.)|%[^\n]*\n?|\s+|.", re.DOTALL)
_MOST = 2000  # expansions, after which a macro is taken to be its own


@dataclass(frozen=True)
class Macro:
    r"""What a control word stands for: a body with ``#1`` and so on for its arguments.

    So do ``\begin{name}`` and ``\end{name}`` of an environment.
    """

    body: str
    arguments: int = 0
    default: str | None = None
    """What the first argument is where it is left out; with it that one stands in brackets."""
    pattern: str = ""
    """What stands between the arguments, where it is other than nothing: ``#1\\of``."""


Macros = dict[str, Macro]


class TeXError(ValueError):
    """A formula that is no TeX, or not what is understood here; says what is wrong with it."""


@cache
def words() -> dict[str, Any]:
    """Give the tables of ``tex.toml``, each by the words that TeX has."""
    tables = read_table(Path(__file__).with_name("tex.toml"))
    for name in ("environments", "wrapped", "sizes", "switches", "dropped", "texts"):
        told = tables[name].items()
        tables[name] = {word: what for what, listed in told for word in listed.split()}
    for name in ("units", "pairs"):
        listed = " ".join(tables[name].values()).split()
        tables[name] = dict(zip(listed[::2], listed[1::2], strict=True))
    return tables


def tokens(tex: str) -> list[str]:
    """Give the tokens of TeX, without comments."""
    found = [token[0] for token in _TOKEN.finditer(tex)]
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

    def before(self, ends: Sequence[str]) -> list[str]:
        """Give what stands before tokens that end it, and take these too."""
        found: list[str] = []
        depth = 0
        while depth or self._waiting[-len(ends) :] != list(ends)[::-1]:
            found.append(self.next())
            depth += (found[-1] == "{") - (found[-1] == "}")
        del self._waiting[-len(ends) :]
        return found

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


_NEW = {r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareRobustCommand"}
_ENVIRONMENTS = {r"\newenvironment", r"\renewenvironment"}
_DEF = {r"\def", r"\gdef", r"\edef", r"\xdef"}
_PAIRED = r"\DeclarePairedDelimiter"
_PAIRS = {_PAIRED, f"{_PAIRED}X", f"{_PAIRED}XPP"}
_DEFINING = _NEW | _ENVIRONMENTS | _DEF | _PAIRS | {r"\let", r"\DeclareMathOperator"}


def _definition(command: str, reader: Reader) -> Macros:
    star = reader.at("*") and reader.next()
    if command in _DEF:
        reader.skip_spaces()
        name, pattern = reader.next(), ""
        while not reader.at("{"):
            pattern += reader.next()
        between = "" if re.fullmatch(r"(#\d)*", pattern) else pattern
        return {name: Macro(joined(reader.argument()), pattern.count("#"), pattern=between)}
    name = joined(reader.argument()).strip()
    if command == r"\let" and reader.at("="):
        reader.next()
    if command == r"\let":
        return {name: Macro(joined(reader.argument()))}
    if command == r"\DeclareMathOperator":
        return {name: Macro(rf"\operatorname{star or ''}{{{joined(reader.argument())}}}")}
    if command in _PAIRS:
        return _paired(name, command.removeprefix(_PAIRED), reader)
    number, default = _number(reader), reader.optional()
    macro = Macro(joined(reader.argument()), number, None if default is None else joined(default))
    if command in _NEW:
        return {name: macro}
    return {rf"\begin{{{name}}}": macro, rf"\end{{{name}}}": Macro(joined(reader.argument()))}


def _number(reader: Reader) -> int:
    number = joined(reader.optional() or [])
    return int(number) if number.isdecimal() else 0


def _paired(name: str, kind: str, reader: Reader) -> Macros:
    r"""Give a macro that grows with what it holds, whatever size is asked for in brackets."""
    count = _number(reader) if kind else 1
    before = joined(reader.argument()) if kind == "XPP" else ""
    left, right = joined(reader.argument()), joined(reader.argument())
    after = joined(reader.argument()) if kind == "XPP" else ""
    body = joined(reader.argument()).replace(r"\delimsize", r"\middle") if kind else "#1"
    whole = rf"{before}\left{left} {body} \right{right}{after}"
    moved = re.sub(r"#(\d)", lambda argument: f"#{int(argument[1]) + 1}", whole)
    macro = Macro(moved, count + 1, "")
    return {name: macro, f"{name}*": macro}


def of_mathjax(macros: Mapping[str, Any], environments: Mapping[str, Any] | None = None) -> Macros:
    """Give the macros of MathJax's configuration: bodies, or [body, count, default].

    Its environments are [begin, end], or [begin, end, count, default]. A count may be a text, as
    JavaScript takes it; what has another form is not known.
    """
    found: Macros = {}
    for name, value in macros.items():
        with suppress(TypeError, ValueError):
            found[f"\\{name}"] = _of_mathjax(
                *(value if isinstance(value, list | tuple) else [value])
            )
    for name, value in (environments or {}).items():
        with suppress(TypeError, ValueError):
            begin, end, *rest = value
            found[rf"\begin{{{name}}}"] = _of_mathjax(begin, *rest)
            found[rf"\end{{{name}}}"] = Macro(str(end))
    return found


def _of_mathjax(body: object, count: Any = 0, default: object = None, *_more: object) -> Macro:
    return Macro(str(body), int(count or 0), None if default is None else str(default))


@cache
def _own_macros() -> Macros:
    found = {name: Macro(body) for name, body in words()["pairs"].items()}
    for letter in words()["greek"]:
        found[rf"\up{letter}"] = Macro(rf"\mathrm{{\{letter}}}")
        found[rf"\Up{letter}"] = Macro(rf"\mathrm{{\{letter.capitalize()}}}")
    for name, told in words()["same"].items():
        default, body = told if isinstance(told, list) else (None, told)
        word, sign, pattern = name.partition("#")
        count = max(map(int, re.findall(r"#(\d)", body)), default=0)
        found[word] = Macro(body, count, default, sign + pattern)
    return found


_NOTATIONS: dict[str, Callable[[str], str]] = {
    r"\ce": notations.chemistry,
    r"\num": notations.number,
    r"\numlist": lambda text: ", ".join(map(notations.number, text.split(";"))),
    r"\ang": notations.angle,
    r"\unit": lambda text: notations.unit(text, words()["units"]),
    r"\pu": lambda text: notations.quantity(text, words()["units"]),
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
        if token in (r"\begin", r"\end"):
            token = f"{token}{{{joined(reader.argument())}}}"
        elif (starred := f"{token}*") in known.keys() | own.keys() and reader.at("*"):
            token, _ = starred, reader.next()
        if token in _DEFINING:
            known |= _definition(token, reader)
        elif macro := known.get(token) or own.get(token):
            count += 1
            if count > _MOST:
                raise TeXError(f"the macro {token} never ends")
            reader.put_back(filled(macro.body, _given(macro, reader)))
        elif notation := _NOTATIONS.get(token):
            try:
                reader.optional()  # how it should look
                reader.put_back(tokens(notation(joined(reader.argument()))))
            except ValueError as error:
                raise TeXError(str(error)) from error
        elif verbatim := _VERBATIM.fullmatch(token):
            reader.put_back(tokens(notations.verbatim(verbatim[2])))
        elif token == r"\begin{CD}":
            reader.put_back(tokens(notations.diagram(joined(reader.before(_END_OF_DIAGRAM)))))
        else:
            found += tokens(token)
    return found, known


_END_OF_DIAGRAM = tokens(r"\end{CD}")


def _given(macro: Macro, reader: Reader) -> list[list[str]]:
    given: list[list[str]] = []
    if macro.pattern:
        first, *ends = (tokens(between) for between in re.split(r"#\d", macro.pattern))
        for token in first:
            if not reader.at(token):
                raise TeXError(f"{token} is missing")
            reader.next()
        return [reader.before(end) if end else reader.argument() for end in ends]
    if macro.default is not None and macro.arguments:
        given.append(reader.optional() or tokens(macro.default))
    while len(given) < macro.arguments:
        given.append(reader.argument())
    return given


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
