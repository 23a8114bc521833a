r"""Notations of their own within TeX, as TeX: chemistry, numbers with units, diagrams. Pure.

Source of the rules: the manuals of mhchem, siunitx and amscd.
"""

import re
from collections.abc import Mapping

from sphinx_annals.text import held_by_no_output

_POWER = re.compile(r"(\S*?)[eE]([-+]?\d+)")
_QUANTITY = re.compile(r"^([-+]?[\d.,]*(?:[eE][-+]?\d+)?)\s*(.*)", re.DOTALL)
_POWERS = {"square": "2", "cubic": "3"}
_SHORT = re.compile(r"\\([fpnumcdhkMGT]?)(m|g|s|mol|A|l|L|Hz|N|Pa|V|W|Wh|J|eV|F|K|C|T|H|S|B)")
_WORD = re.compile(r"\\[a-zA-Z]+|\S")
_COUNT = re.compile(r"(?<=[A-Za-z)\]}])\d+")
_CHARGE = re.compile(r"\^\{?(\d*[-+])\}?|(?<=[A-Za-z\d)\]}])([-+])(?=[\s)\]]|$)")
_REACTION = re.compile(r"(<-->|<<=>|<=>>|<=>|<->|->|<-)(?:\[([^]]*)\])?(?:\[([^]]*)\])?")
_REACTIONS = {"<-->": "tofrom", "<->": "leftrightarrow", "->": "rightarrow", "<-": "leftarrow"}
#: What stands between atoms and molecules, in the order in which it is looked for.
_CHEMISTRY = [
    (re.compile(r"(?<= )(\()?v(?(1)\))(?=\s|$)"), r"\\downarrow "),  # falls out
    (re.compile(r"(?<= )(\()?\^(?(1)\))(?=\s|$)"), r"\\uparrow "),  # goes up as a gas
    (re.compile(r"\^\."), r"^{\\bullet}"),
    (re.compile(r"(?<!\^)\*|(?<= )\.(?= )|(?<=[A-Za-z)\]])(\d*)\.(?=[\dA-Z])"), r"\1\\cdot "),
    (re.compile(r"(?<=\w)-(?=[A-Za-z(])"), r"\\text{–}"),
    (re.compile(r"(?<=\w)=(?=[A-Za-z(])"), r"\\text{=}"),
    (re.compile(r"#"), r"\\text{≡}"),
    (re.compile(r"_(-\d+)"), r"_{\1}"),
    (_COUNT, r"_{\g<0>}"),
    (_CHARGE, r"^{\1\2}"),
    (re.compile(r"(_\{[^{}]*\}\^\{[^{}]*\})(?=_)"), r"\1{}"),
    (re.compile(r"(?<=\d) +(?=[A-Z])"), r"\\,"),
]
_ARROW = re.compile(r"@(?:([<>VA])(.*?)\1(.*?)\1|([=|.]))", re.DOTALL)
_SIGN = {"\\": r"\textbackslash "}
_DOWN = {"V": r"\tall{\downarrow}", "A": r"\tall{\uparrow}", "|": r"\tall{\|}", ".": ""}


def chemistry(formula: str) -> str:
    r"""Give what ``\ce`` prints: counts below, charges above, arrows as long as their labels."""
    parts = _REACTION.split(formula)
    written = _molecules(parts[0])
    for at in range(1, len(parts), 4):
        arrow, above, below, after = parts[at : at + 4]
        labels = rf"[{_molecules(below)}]{{{_molecules(above) or ' '}}}"
        written += rf"\x{_REACTIONS.get(arrow, 'rightleftharpoons')}{labels}{_molecules(after)}"
    return rf"\mathrm{{{written}}}"


def _molecules(text: str | None) -> str:
    written = text or ""
    for found, told in _CHEMISTRY:
        written = found.sub(told, written)
    return written


def verbatim(text: str) -> str:
    r"""Give what ``\verb`` prints."""
    said = re.sub(r"[\\{}$^_#%&~]", lambda sign: _SIGN.get(sign[0], rf"\{sign[0]}"), text)
    return rf"\texttt{{{said}}}"


def character(code: str) -> str:
    r"""Give the character of ``\unicode``; raises :exc:`ValueError` where it names none."""
    known = re.fullmatch(r"\d{1,6}|x[\da-fA-F]{1,5}", code.strip())
    found = chr(int(known[0].lstrip("x"), 16 if "x" in code else 10)) if known else ""
    if not found or any(held_by_no_output(found)):
        raise ValueError(f"{code} is no number of a character")
    return found


def number(text: str) -> str:
    r"""Give what ``\num`` prints: powers of ten, and what is uncertain.

    Raises :exc:`ValueError` where it is none: another package has a ``\qty`` of its own.
    """
    if text in ("(", "[", r"\{", "|"):
        raise ValueError(f"{text} is no number")
    power = _POWER.sub(lambda m: (rf"{m[1]} \times " if m[1] else "") + rf"10^{{{m[2]}}}", text)
    return power.replace("+-", r"\pm ")


def angle(text: str) -> str:
    r"""Give what ``\ang`` prints of degrees, or of degrees, minutes and seconds."""
    parts = zip(text.split(";"), (r"^\circ", "'", "''"), strict=False)
    return "".join(f"{number(part)}{sign}" for part, sign in parts if part.strip())


def unit(text: str, words: Mapping[str, str]) -> str:
    r"""Give what ``\unit`` prints of prefixes and of units, which end with a thin space."""
    prefixes = "|".join(re.escape(w) for w, told in words.items() if told.strip(r"{\}").isalpha())
    powers = rf"\\(?:(square|cubic)(?!d)|raiseto\s*{{(.*?)}})\s*((?:{prefixes})?\s*\\[a-zA-Z]+)"
    text = re.sub(powers, lambda m: rf"{m[3]}^{{{_POWERS.get(m[1], m[2])}}}~", text)
    said = (words.get(w) or _short(w) for w in _WORD.findall(text.replace("~", r"\,")))
    parted = re.sub(
        r"(\\,)+(?=[/^]|$)|(?<=/)\\,|\.", lambda m: r"\," * (m[0] == "."), "".join(said)
    )
    return rf"\mathrm{{{parted}}}"


def _short(word: str) -> str:
    r"""Give a unit that is told by its sign, where it is one: ``\kWh``, ``\um``."""
    short = _SHORT.fullmatch(word)
    return short[1].replace("u", r"{\mu}") + short[2] + r"\," if short else word


def quantity(text: str, words: Mapping[str, str]) -> str:
    r"""Give what ``\pu`` prints: a number, and units with their powers behind them."""
    amount, what = _QUANTITY.sub(r"\1|\2", text.strip()).split("|", 1)
    powers = re.sub(r"(?<=[A-Za-z])-?\d+", r"^{\g<0>}", what.replace("//", "/"))
    space = r"\," if amount else ""
    return rf"{number(amount)}{space}{unit(re.sub(' +', '~', powers), words)}"


def diagram(body: str) -> str:
    """Give a commutative diagram, whose arrows stand between its objects, as a matrix."""
    lines = [line for line in body.split(r"\\") if line.strip()]
    rows = r" \\ ".join(_row(_ARROW.split(line)) for line in lines)
    return rf"\begin{{matrix}}{rows}\end{{matrix}}"


def _row(pieces: list[str | None]) -> str:
    """Give the cells of a row, of which each arrow and what follows it has five pieces."""
    objects = pieces[::5]
    down = not (objects[0] or "").strip() and len(pieces) > 1
    cells = [] if down else objects[:1]
    for at in range(1, len(pieces), 5):
        kind, above, below, sign, after = pieces[at : at + 5]
        if down:
            shaft = _DOWN[kind or sign or "."]
            cells.append(_beside("llap", above) + shaft + _beside("rlap", below))
        elif kind:
            name = "rightarrow" if kind == ">" else "leftarrow"
            cells.append(rf"\x{name}[{below}]{{{above or ' '}}}")
        else:
            cells.append("=" if sign == "=" else "")
        cells.append(after)
    return " & ".join(str(cell) for cell in cells)


def _beside(side: str, label: str | None) -> str:
    return rf"\{side}{{{{}}^{{{label}}}}}" if label else ""
