r"""TeX's formulas, in the words that the converter to Typst knows.

Pure: no Sphinx. What the converter has not is said as a call of a Typst function; what only places
a formula on its page, such as ``\label``, is dropped. ``tex.toml`` lists these words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sphinx_annals.pdf.formulas.macros import (
    Macros,
    Reader,
    TeXError,
    expanded,
    filled,
    joined,
    tokens,
    words,
)

#: Marks names of Typst functions in TeX, so that they come out as calls.
CALL = "zzcall"

_LENGTH = re.compile(r"\s*=?\s*[-+]?[\d.]+\s*[a-z]{2}")
_DEEPEST = 100  # groups within groups
_WIDEST = 100  # columns of an array
_SLOWEST = 12  # words upon words such as \sqrt: for each the converter takes twice as long
_Tree = list["str | _Tree"]


def prepared(tex: str, macros: Macros, *, block: bool) -> tuple[str, Macros]:
    """Give a formula as the converter takes it, and the macros that are known after it.

    In a *block* lines may be broken and aligned without an environment, as Sphinx has it.
    Raises :exc:`TeXError`.
    """
    told, known = expanded(tex, macros)
    # spaces and lines that are asked for, too
    while told and told[-1].strip() in ("", "\\", r"\\"):
        told.pop()
    tree = _rewritten(_tree(Reader(told)))
    if _doublings(tree) > _SLOWEST:
        raise TeXError(f"more than {_SLOWEST} roots, accents or letters stand in each other")
    text = joined(_flat(tree))
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
        elif item in words()["doubling"]:
            run += 1
            deepest = max(deepest, run)
        elif not item.isspace():
            run = 0
    return deepest


def _tree(reader: Reader, *, inside: bool = False, depth: int = 0) -> _Tree:
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
        elif token in words()["texts"] or token in (r"\begin", r"\end"):
            found += [token, [joined(reader.argument())]]
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
    return _Rewriting(_between_operands(tree)).done()


def _argument(tree: _Tree) -> _Tree:
    """Give an argument, which must not be empty: Typst would miss it."""
    blank = all(isinstance(item, str) and item.isspace() for item in tree)
    return _NOTHING if blank else _rewritten(tree)


def _between_operands(tree: _Tree) -> _Tree:
    r"""Put words such as ``\over`` before what they stand between."""
    infix = _infix()
    place = next((n for n, t in enumerate(tree) if isinstance(t, str) and t in infix), None)
    if place is None:
        return tree
    start = place - _reach(tree[:place][::-1], _CLOSING, _OPENING)
    if start and tree[start - 1] == r"\left":  # its delimiter is no operand
        start = min(start + 1 + (tree[start] == " "), place)
    elif start and tree[start - 1] == r"\begin":  # nor what the environment is told
        start += 1 + ("".join(_flat(tree[start : start + 1]))[1:-1] in words()["takes-argument"])
    template = infix[str(tree[place])]
    told, rest = _told_between(template, tree[place + 1 :])
    end = _reach(rest, _OPENING, _CLOSING)
    given = [[*_flat(part)] for part in (tree[start:place], rest[:end], *told)]
    between = _tree(Reader(filled(template, given)))
    return _between_operands([*tree[:start], *between, *rest[end:]])


@cache
def _infix() -> dict[str, str]:
    return {word: joined(expanded(told, {})[0]) for word, told in words()["infix"].items()}


def _told_between(template: str, after: _Tree) -> tuple[list[_Tree], _Tree]:
    """Give the two delimiters and the length that a word takes, if it does, and what follows."""
    rest = after[::-1]
    told: list[_Tree] = [[], [], []]
    for side in told[: 2 * ("#3" in template)]:
        while rest and rest[-1] == " ":
            rest.pop()
        side += [rest.pop()] if rest else []
    if "#5" in template:
        told[2] = _taken_length(rest)
    return told, rest[::-1]


def _taken_length(waiting: _Tree) -> _Tree:
    """Give a length and take it from what is waiting, the next last."""
    if waiting and isinstance(waiting[-1], list):
        return [waiting.pop()]
    text = "".join(item if isinstance(item, str) else " " for item in waiting[::-1])
    length = _LENGTH.match(text)
    return [waiting.pop() for _ in range(length.end() if length else 0)]


_OPENING, _CLOSING = (r"\left", r"\begin"), (r"\right", r"\end")


def _reach(tree: _Tree, opening: tuple[str, str], closing: tuple[str, str]) -> int:
    """Give how far an operand reaches: to a column, a line, or the end of what it stands in."""
    depth = 0
    for number, item in enumerate(tree):
        if not depth and item in ("&", r"\\", *closing):
            return number
        depth += (item in opening) - (item in closing)
    return len(tree)


class _Environment(NamedTuple):
    """An environment: its name, the converter's, and the function of Typst that it is set in."""

    name: str
    known: str
    function: str

    def said(self, word: str) -> _Tree:
        """Give its begin or its end, if the converter need know of it."""
        return [word, [self.known]] if self.known else []


class _Rewriting:
    """Words of a group, each said as the converter has it."""

    def __init__(self, tree: _Tree) -> None:
        self._words = words()
        self._items = list(tree)[::-1]
        self._found: _Tree = []
        self._environments: list[_Environment] = []
        self._word = ""

    def done(self) -> _Tree:
        while self._items:
            item = self._items.pop()
            asked = self._asks()
            said: _Tree = [_argument(item)] if isinstance(item, list) else self._said(item)
            if asked and len(said) > 1 and item not in (r"\begin", r"\end", r"\left"):
                said = [said]
            self._found += said
        return self._found

    def _argument(self) -> _Tree:
        while self._items and isinstance(self._items[-1], str) and self._items[-1].isspace():
            self._items.pop()
        if not self._items:
            raise TeXError(f"an argument of {self._word} is missing")
        given = self._items.pop()
        return given if isinstance(given, list) else [given]

    def _skip_optional(self) -> None:
        if self._next_is("["):
            while self._items and self._items.pop() != "]":
                pass

    def _next_is(self, *tokens: str) -> bool:
        return bool(self._items) and self._items[-1] in tokens

    def _before(self) -> Any:
        return next((item for item in reversed(self._found) if item != " "), "")

    def _asks(self) -> bool:
        """Tell whether what comes is an argument that needs no braces."""
        return self._before() in ("_", "^", r"\frac", r"\binom", *self._words["doubling"])

    def _opens(self) -> bool:
        """Tell whether nothing stands before this word that scripts could be of."""
        before = self._before()
        return isinstance(before, str) and before in ("", *"([=+-,&", r"\\")

    def _said(self, word: str) -> _Tree:
        self._word = word
        for table, say in _SAYING.items():
            if word in self._words[table]:
                return say(self, self._words[table])
        if say_word := _WORDS.get(word):
            return say_word(self)
        return self._called() if word.startswith(f"\\{CALL}") else [word]

    def _called(self) -> _Tree:
        self._argument()
        return [self._word, r"\overline", _argument(self._argument())]

    def _character(self, characters: dict[str, str]) -> _Tree:
        return [r"\text", [characters[self._word]]]

    def _unknown(self, _: list[str]) -> _Tree:
        raise TeXError(f"{self._word} is not known")

    def _line(self) -> _Tree:
        self._skip_optional()
        return [self._word]

    def _delimiter(self) -> _Tree:
        if self._items and isinstance(self._items[-1], list):
            return [self._word, *(self._argument() or ["."])]
        return [self._word]

    def _denied(self) -> _Tree:
        if self._next_is(*self._words["negated"]):
            return [self._word]
        return [*_call("texnot"), _argument(self._argument())]

    def _script(self) -> _Tree:
        # Scripts of nothing, or of what comes after them.
        return [*_NOTHING, self._word] if self._opens() else [self._word]

    def _column(self) -> _Tree:
        name = self._environments[-1].name if self._environments else ""
        if name in self._words["apart"]:
            told = self._cell() if name.endswith("*") else []
            return [self._word, r"\quad", *_text("", joined(_flat(told)).strip())]
        return [] if name in self._words["around"] and self._in_row("&") else [self._word]

    def _semicolon(self) -> _Tree:
        return [r"\semi"]  # the sign would end a row, or what a function is given

    def _text(self, table: dict[str, str]) -> _Tree:
        return _text(table[self._word], str(self._argument()[0]))

    def _environment(self) -> _Tree:
        name = str(self._argument()[0]).strip()
        if self._word == r"\end":
            if not self._environments:
                return [self._word, [name]]
            ended = self._environments.pop()
            return [*ended.said(self._word), *(["}"] if ended.function else [])]
        self._skip_optional()
        told = self._argument() if name in self._words["takes-argument"] else []
        known = self._words["environments"].get(name, name)
        function = self._words["wrapped"].get(name, "")
        if known.endswith("matrix") and self._marked():
            function = "texarray"
        begun = _Environment(name, known, function)
        self._environments.append(begun)
        if not function:
            return begun.said(self._word)
        columns: _Tree = [r"\text", [_columns(told)]] if function == "texarray" and told else []
        return [*_call(function), "{", *columns, *begun.said(self._word)]

    def _in_row(self, token: str) -> bool:
        """Tell whether a token stands before this one in its row."""
        before = self._found[::-1]
        reach = _reach(before, _CLOSING, _OPENING)
        return before[reach : reach + 1] == [token]

    def _marked(self) -> bool:
        """Tell whether an environment that begins has lines, or cells of several columns."""
        depth = 0
        for item in self._items[::-1]:
            depth += (item == r"\begin") - (item == r"\end")
            if depth < 0 or (not depth and item in _MARKS):
                return not depth
        return False

    def _side(self, fences: dict[str, list[str]]) -> _Tree:
        sign, function = fences[self._word]
        if self._found[-1:] and self._found[-1] in (r"\left", r"\right"):
            return [sign]
        return [*_call(function), [sign]]

    def _size(self, sizes: dict[str, str]) -> _Tree:
        if self._items and isinstance(self._items[-1], list) and len(self._items[-1]) == 1:
            self._items.append(self._items.pop()[0])  # a delimiter in braces
        if not self._next_is(*self._words["unpaired"]):
            return []
        sign = str(self._items.pop())
        return [*_call(sizes[self._word]), [self._words["fences"].get(sign, [sign])[0]]]

    def _switch(self, switches: dict[str, str]) -> _Tree:
        return [switches[self._word], _argument(self._cell())]

    def _cell(self) -> _Tree:
        """Give the rest of a group, or of a cell."""
        reach = _reach(self._items[::-1], _OPENING, _CLOSING)
        return [self._items.pop() for _ in range(reach)]

    def _color(self) -> _Tree:
        """Give what the rest of a group, or one argument, is coloured with."""
        self._skip_optional()
        name = joined(_flat(self._argument()))
        told = self._argument() if self._word == r"\textcolor" else self._cell()
        cells: _Tree = [
            r"\begin",
            ["matrix"],
            r"\text",
            [name, " "],
            "&",
            _argument(told),
            r"\end",
            ["matrix"],
        ]
        return [*_call("texcolor"), cells]

    def _operator(self) -> _Tree:
        star = ["*"] if self._next_is("*") and self._items.pop() else []
        fonts = (*self._words["doubling"], *self._words["switches"], *self._words["texts"])
        told = [token for token in _flat(self._argument()) if token not in self._words["dropped"]]
        name = "".join(token for token in told if token not in (*fonts, "{", "}"))
        plain = re.sub(r"\\([a-zA-Z]+)", r"\1", re.sub(r"\\\W", " ", name))
        return [r"\operatorname", *star, [plain]]

    def _space(self, _: list[str]) -> _Tree:
        _taken_length(self._items)
        return [r"\,"]

    def _limits(self) -> _Tree:
        """Set the scripts of a sign before this word over and below it, or beside it."""
        while self._found[-1:] == [" "]:
            self._found.pop()
        sign = self._found[-1] if self._found else ""
        if not isinstance(sign, str) or not re.fullmatch(r"\\[a-zA-Z]+", sign):
            return []
        return [*_call(_LIMITS[self._word]), [self._found.pop()]]

    def _nothing(self, dropped: dict[str, str]) -> _Tree:
        for _ in range(int(dropped[self._word])):
            self._argument()
        return []

    def _function(self, functions: dict[str, str]) -> _Tree:
        return [*_call(functions[self._word]), _argument(self._argument())]


_SAYING: dict[str, Callable[[_Rewriting, Any], _Tree]] = {
    "texts": _Rewriting._text,
    "fences": _Rewriting._side,
    "sizes": _Rewriting._size,
    "switches": _Rewriting._switch,
    "lengths": _Rewriting._space,
    "dropped": _Rewriting._nothing,
    "functions": _Rewriting._function,
    "characters": _Rewriting._character,
    "unknown": _Rewriting._unknown,
}
_WORDS: dict[str, Callable[[_Rewriting], _Tree]] = {
    r"\begin": _Rewriting._environment,
    r"\end": _Rewriting._environment,
    r"\\": _Rewriting._line,
    r"\left": _Rewriting._delimiter,
    r"\right": _Rewriting._delimiter,
    r"\not": _Rewriting._denied,
    "_": _Rewriting._script,
    "^": _Rewriting._script,
    "&": _Rewriting._column,
    ";": _Rewriting._semicolon,
    r"\color": _Rewriting._color,
    r"\textcolor": _Rewriting._color,
    r"\limits": _Rewriting._limits,
    r"\nolimits": _Rewriting._limits,
    r"\operatorname": _Rewriting._operator,
}


def _columns(told: _Tree) -> str:
    """Give the columns of an array by their letters alone, without what stands between them."""
    letters, waiting = "", list(told)[::-1]
    while waiting:
        item = waiting.pop()
        if item == "*" and len(waiting) > 1:
            count, again = ("".join(_flat([waiting.pop()])).strip("{}") for _ in range(2))
            letters += again * min(int(count) if count.isdecimal() else 1, _WIDEST)
        elif item in ("@", "!", ">", "<") and waiting:
            waiting.pop()
        elif isinstance(item, str):
            letters += "l" if item in "pmb" else item
    return letters


def _call(function: str) -> _Tree:
    r"""Give the call of a Typst function with what follows.

    The converter makes texts of the commas under ``\overline``, and they part no arguments.
    """
    return [f"\\{CALL}{function}", r"\overline"]


_LIMITS = {r"\limits": "limits", r"\nolimits": "scripts"}
_MARKS = [rf"\{CALL}{mark}" for mark in ("texline", "texspan")]
_NOTHING: _Tree = [*_call("texnothing"), ["x"]]


def _text(function: str, text: str) -> _Tree:
    """Give a text within a formula; what is a formula within it stays one."""
    written: _Tree = []
    for number, piece in enumerate(re.split(r"(?<!\\)(?:\$|\\[()])", text)):
        if number % 2:
            written.append(_rewritten(_tree(Reader(tokens(piece)))))
        else:
            written += _words_of_text(function, Reader(tokens(piece)))
    return written


_SIGNS = {"``": "“", "''": "”", "`": "‘", "'": "’", "---": "—", "--": "–"}
_LIGATURES = re.compile("|".join(_SIGNS))


def _words_of_text(function: str, reader: Reader) -> _Tree:
    known = words()
    written: _Tree = []
    plain = ""

    def close() -> _Tree:
        nonlocal plain
        # The converter puts a text between straight quotes, and these would end it.
        said = plain if function == "mono" else _LIGATURES.sub(lambda m: _SIGNS[m[0]], plain)
        text: _Tree = [r"\text", [said.replace('"', "”")]] if plain else []
        plain = ""
        return [*_call(function), text] if function and text else text

    while reader:
        token = reader.next()
        if token in known["texts"]:
            inner = _text(known["texts"][token] or function, joined(reader.argument()))
            written += [*close(), *inner]
        elif token in known["accents"] and reader:
            plain += _accented(joined(reader.argument()), known["accents"][token])
        elif re.match(r"\\[a-zA-Z${}]", token):
            written += [*close(), token]
            if token[1].isalpha():
                reader.skip_spaces()
        elif token not in "{}":
            plain += " " if token in ("~", r"\,") else token.removeprefix("\\")
    return [*written, *close()]


def _accented(letter: str, mark: str) -> str:
    """Give a letter with a mark; what has no such letter is another use of the word."""
    letter = letter.removeprefix("\\")
    with_mark = unicodedata.normalize("NFC", letter + mark)
    return with_mark if len(with_mark) == 1 else letter
