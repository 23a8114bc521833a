r"""TeX's formulas, in the words that the converter to Typst knows.

Pure: no Sphinx. A project's macros are expanded, since a page of MathJax or LaTeX has them; what
the converter has under another name, such as ``\textrm``, is said as it has it; what only places
a formula on its page, such as ``\label``, is dropped. ``tex.toml`` lists these words.

Source of the rules: the TeXbook, chapters 17, 18 and 20, and MathJax's list of TeX commands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sphinx_annals.text import read_table

#: Marks names of Typst functions in TeX, so that they come out as calls.
CALL = "zzcall"

_LENGTH = re.compile(r"\s*[-+]?[\d.]+\s*[a-z]{2}")
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|%[^\n]*\n?|\s+|.", re.DOTALL)
_MOST = 2000  # expansions, after which a macro is taken to be its own
_DEEPEST = 100  # groups within groups
_SLOWEST = 12  # words upon words such as \sqrt: for each the converter takes twice as long


@dataclass(frozen=True)
class Macro:
    """What a control word stands for: a body with ``#1`` and so on for its arguments."""

    body: str
    arguments: int = 0
    default: str | None = None
    """What the first argument is where it is left out; with it that one stands in brackets."""


Macros = dict[str, Macro]
_Tree = list["str | _Tree"]


class TeXError(ValueError):
    """A formula that is no TeX, or not what is understood here; says what is wrong with it."""


@cache
def _words() -> dict[str, Any]:
    return read_table(Path(__file__).with_name("tex.toml"))


def _tokens(tex: str) -> list[str]:
    found = _TOKEN.findall(tex)
    found = [_blank(token) if token.isspace() else token for token in found if token[0] != "%"]
    # A space that is asked for may stand at the end of a line.
    return [r"\ " if token[1:].isspace() and token[0] == "\\" else token for token in found]


def _blank(space: str) -> str:
    return "\n\n" if space.count("\n") > 1 else " "


def _joined(tokens: Iterable[str]) -> str:
    """Give the text of tokens; a control word ends before a letter that follows it."""
    text = ""
    for token in tokens:
        if text and token[0].isalpha() and re.search(r"\\[a-zA-Z]+$", text):
            text += " "
        text += token
    return text


class _Reader:
    """Tokens, read one by one; expansions are put back before them."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._waiting = list(tokens)[::-1]

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def next(self) -> str:
        if not self._waiting:
            raise TeXError("an argument is missing")
        return self._waiting.pop()

    def put_back(self, tokens: Iterable[str]) -> None:
        self._waiting.extend(list(tokens)[::-1])

    def skip_spaces(self) -> None:
        while self._waiting and self._waiting[-1].isspace():
            self._waiting.pop()

    def at(self, token: str) -> bool:
        self.skip_spaces()
        return bool(self._waiting) and self._waiting[-1] == token

    def argument(self) -> list[str]:
        """Give the next argument: a token, or what stands in braces, without them."""
        self.skip_spaces()
        token = self.next()
        return self._until("{", "}") if token == "{" else [token]

    def optional(self) -> list[str] | None:
        """Give what stands in brackets, None if nothing does."""
        if not self.at("["):
            return None
        self.next()
        return self._until("[", "]")

    def _until(self, opening: str, closing: str) -> list[str]:
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
    reader = _Reader(_tokens(tex))
    while reader:
        token = reader.next()
        if token in _DEFINING:
            try:
                found |= dict([_definition(token, reader)])
            except TeXError:
                break  # a preamble is LaTeX's to complain of
    return found


_DEFINING = {r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareMathOperator", r"\def"}


def _definition(command: str, reader: _Reader) -> tuple[str, Macro]:
    star = reader.at("*") and reader.next()
    if command == r"\def":
        reader.skip_spaces()
        name, count = reader.next(), 0
        while not reader.at("{"):
            count += reader.next() == "#"
        return name, Macro(_joined(reader.argument()), count)
    name = _joined(reader.argument()).strip()
    if command == r"\DeclareMathOperator":
        return name, Macro(rf"\operatorname{star or ''}{{{_joined(reader.argument())}}}")
    number, default = reader.optional(), reader.optional()
    count = int(_joined(number)) if number and _joined(number).isdigit() else 0
    given = None if default is None else _joined(default)
    return name, Macro(_joined(reader.argument()), count, given)


def of_mathjax(macros: Mapping[str, Any]) -> Macros:
    """Give the macros of MathJax's configuration: bodies, or [body, count, default]."""
    found: Macros = {}
    for name, value in macros.items():
        body, *rest = value if isinstance(value, list | tuple) else [value]
        found[f"\\{name}"] = Macro(str(body), *rest[:2])
    return found


@cache
def _own_macros() -> Macros:
    return {
        name: Macro(body, max(map(int, re.findall(r"#(\d)", body)), default=0))
        for name, body in _words()["same"].items()
    }


def _expanded(tex: str, macros: Macros) -> tuple[list[str], Macros]:
    """Give the tokens with every macro expanded, and the macros that are known after them."""
    known, reader = dict(macros), _Reader(_tokens(tex))
    own = _own_macros()
    found: list[str] = []
    count = 0
    while reader:
        token = reader.next()
        if token in _DEFINING:
            known |= dict([_definition(token, reader)])
        elif macro := known.get(token) or own.get(token):
            count += 1
            if count > _MOST:
                raise TeXError(f"the macro {token} never ends")
            reader.put_back(_body(macro, reader))
        else:
            found.append(token)
    return found, known


def _body(macro: Macro, reader: _Reader) -> list[str]:
    given: list[list[str]] = []
    if macro.default is not None and macro.arguments:
        given.append(reader.optional() or _tokens(macro.default))
    while len(given) < macro.arguments:
        given.append(reader.argument())
    written: list[str] = []
    body = iter(_tokens(macro.body))
    for token in body:
        number = next(body, "") if token == "#" else ""
        if number.isdigit() and 0 < int(number) <= len(given):
            written += given[int(number) - 1]
        else:
            written += [token, number] if number else [token]
    return written


# Words of the converter


def prepared(tex: str, macros: Macros, *, block: bool) -> tuple[str, Macros]:
    """Give a formula as the converter takes it, and the macros that are known after it.

    In a *block* lines may be broken and aligned without an environment, as Sphinx has it.
    Raises :exc:`TeXError`.
    """
    tokens, known = _expanded(tex, macros)
    while tokens and tokens[-1].strip() in ("", "\\"):  # a space that is asked for, too
        tokens.pop()
    tree = _rewritten(_tree(_Reader(tokens)))
    if _doublings(tree) > _SLOWEST:
        raise TeXError(f"more than {_SLOWEST} roots, accents or letters stand in each other")
    text = _joined(_flat(tree))
    if block:
        parts = [part.strip() for part in text.split("\n\n") if part.strip()]
        text = r" \\ ".join(parts)
        if _breaks(text):
            text = rf"\begin{{aligned}}{text}\end{{aligned}}"
    return _boxed(text.strip()), known


def _boxed(text: str) -> str:
    """Set lines that are aligned within a larger formula apart, or they would break the whole."""
    pieces = re.split(r"(\\(?:begin|end)\{aligned\})", text)
    depth, outermost = 0, 0
    for piece in pieces:
        outermost += piece == _BEGIN and not depth
        depth += (piece == _BEGIN) - (piece == _END)
    alone = outermost == 1 and not pieces[0] and not pieces[-1]
    written, depth = "", 0
    for piece in pieces:
        depth -= piece == _END
        inner = piece in (_BEGIN, _END) and (depth or not alone)
        call = "".join(map(str, _call("texaligned"))) + "{"
        written += f"{call}{piece}" if inner and piece == _BEGIN else piece
        written += "}" if inner and piece == _END else ""
        depth += piece == _BEGIN
    return written


_BEGIN, _END = r"\begin{aligned}", r"\end{aligned}"


def _breaks(text: str) -> bool:
    """Tell whether lines are broken or aligned outside of any environment and brace."""
    depth = 0
    for token in re.findall(r"\\begin\b|\\end\b|\\\\|\\.|[{}&]", text, re.DOTALL):
        if token in (r"\begin", "{"):
            depth += 1
        elif token in (r"\end", "}"):
            depth -= 1
        elif token in (r"\\", "&") and not depth:
            return True
    return False


def _doublings(tree: _Tree) -> int:
    """Give how deep words stand in each other of which the converter reads the argument twice."""
    deepest = run = 0
    for item in tree:
        if isinstance(item, list):
            deepest, run = max(deepest, run + _doublings(item)), 0
        elif item in _words()["doubling"]:
            run += 1
            deepest = max(deepest, run)
        elif not item.isspace():
            run = 0
    return deepest


def _tree(reader: _Reader, *, inside: bool = False, depth: int = 0) -> _Tree:
    if depth > _DEEPEST:
        raise TeXError(f"more than {_DEEPEST} groups stand in each other")
    found: _Tree = []
    while reader:
        token = reader.next()
        if token == "{":
            found.append(_tree(reader, inside=True, depth=depth + 1))
        elif token == "}":
            if not inside:
                raise TeXError("} closes nothing")
            return found
        elif token in _words()["texts"] or token in (r"\begin", r"\end"):
            found += [token, [_joined(reader.argument())]]
        else:
            found.append(token)
    if inside:
        raise TeXError("{ is not closed")
    return found


def _flat(tree: _Tree) -> Iterator[str]:
    for item in tree:
        if isinstance(item, str):
            yield item
        else:
            yield from ("{", *_flat(item), "}")


def _rewritten(tree: _Tree) -> _Tree:
    words = _words()
    for place, item in enumerate(tree):
        if isinstance(item, str) and item in words["infix"]:
            start = max((n for n, t in enumerate(tree[:place]) if t in ("&", r"\\")), default=-1)
            end = next((n for n, t in enumerate(tree) if n > place and t in ("&", r"\\")), None)
            above, below = _rewritten(tree[start + 1 : place]), _rewritten(tree[place + 1 : end])
            after = _rewritten(tree[end:]) if end else []
            stacked = [[*above, r"\\", *below]] if item == r"\atop" else [above, below]
            return [*_rewritten(tree[: start + 1]), words["infix"][item], *stacked, *after]
    found: _Tree = []
    items = list(tree)[::-1]

    def argument() -> _Tree:
        while items and isinstance(items[-1], str) and items[-1].isspace():
            items.pop()
        if not items:
            raise TeXError(f"an argument of {word} is missing")
        given = items.pop()
        return given if isinstance(given, list) else [given]

    def skip_optional() -> None:
        if items and items[-1] == "[":
            while items and items.pop() != "]":
                pass

    while items:
        word = items.pop()
        if isinstance(word, list):
            found.append(_rewritten(word))
        elif word in words["texts"]:
            found += _text(words["texts"][word], str(argument()[0]))
        elif word in (r"\begin", r"\end"):
            name = str(argument()[0]).strip()
            skip_optional()
            if name in words["takes-argument"] and word == r"\begin":
                argument()
            name = words["environments"].get(name, name)
            found += [word, [name]] if name else []
        elif word == r"\\":
            found.append(word)
            skip_optional()
        elif word in words["switches"]:
            rest: _Tree = []
            while items and items[-1] not in ("&", r"\\", r"\end"):
                rest.append(items.pop())
            found += [words["switches"][word], _rewritten(rest)]
        elif word == r"\operatorname":
            star = ["*"] if items and items[-1] == "*" and items.pop() else []
            name = "".join(_flat([t for t in argument() if t not in words["dropped"]]))
            found += [word, *star, [re.sub(r"\\[a-zA-Z]+|[{}]", "", re.sub(r"\\\W", " ", name))]]
        elif word in words["lengths"]:
            length = _LENGTH.match("".join(t if isinstance(t, str) else " " for t in items[::-1]))
            del items[len(items) - (length.end() if length else 0) :]
            found.append(r"\,")
        elif word in words["dropped"]:
            for _ in range(words["dropped"][word]):
                argument()
        elif word in words["functions"]:
            found += [*_call(words["functions"][word]), _rewritten(argument())]
        else:
            found.append(word)
    return found


def _call(function: str) -> _Tree:
    r"""Give the call of a Typst function with what follows.

    The converter makes texts of the commas under ``\overline``, and they part no arguments.
    """
    return [f"\\{CALL}{function}", r"\overline"]


def _text(function: str, text: str) -> _Tree:
    """Give a text within a formula; what is a formula within it stays one."""
    written: _Tree = []
    for number, piece in enumerate(text.split("$")):
        if number % 2:
            written.append(_rewritten(_tree(_Reader(_tokens(piece)))))
        elif piece:
            # The converter puts a text between straight quotes, and these would end it.
            plain: _Tree = [r"\text", [re.sub(r"\\(?![a-zA-Z])|[{}]|\"", "", piece)]]
            written += [*_call(function), plain] if function else plain
    return written
