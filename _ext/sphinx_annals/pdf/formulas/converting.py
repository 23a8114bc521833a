"""Formulas of TeX as formulas of Typst, each tried before it is printed.

Pure: no Sphinx. ``tex2typst`` converts, which the extra *math* brings; what it makes is compiled,
since it lets pass what it does not know, and one bad formula would cost the whole book.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typst

from sphinx_annals.pdf.design import TEMPLATES
from sphinx_annals.pdf.formulas.macros import Macros, TeXError
from sphinx_annals.pdf.formulas.tex import CALL, prepared
from sphinx_annals.pdf.typesetting import compiler

CONVERTER = "tex2typst"
MATH = (TEMPLATES / "math.typ").read_text(encoding="utf-8").strip()
_AT_ONCE = 64
#: Characters that the converter cannot read, and those that stand for them while it does.
_BEYOND, _PRIVATE = re.compile("[\U00010000-\U0010ffff]"), range(0xE000, 0xF900)
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[()\[\]]')
_BAR = r"(?:\||(?<!delim: )bar\.v\.double)"
_CLOSE = re.compile(rf'(?<!\\) *("(?:[^"\\]|\\.)*"|{_BAR}(?: *{_BAR})*) *(?![(\[])')
_UNKNOWN = re.compile(r"unknown variable: (\w+)|[Uu]nknown token: \\(\w+)")

#: What the converter writes otherwise than this Typst has it.
_RENAMED = {": =": ":=", "times.circle": "times.o", "\n": " "}


@dataclass(frozen=True)
class Formula:
    """A formula of a document: its TeX, and whether it stands by itself."""

    docname: str
    tex: str
    block: bool


@dataclass(frozen=True)
class Converted:
    """What became of a formula: its Typst, or why there is none."""

    typst: str = ""
    reason: str = ""


def convert(
    formulas: Iterable[Formula], macros: Macros, fonts: typst.Fonts
) -> dict[Formula, Converted]:
    """Convert formulas in the order of the book; a macro that one defines is known to later ones.

    As in a page of MathJax, it is known to those of the same document.
    """
    module = import_module(CONVERTER)
    found: dict[Formula, Converted] = {}
    of_document: dict[str, Macros] = {}
    for formula in formulas:
        known = of_document.get(formula.docname, macros)
        try:
            tex, of_document[formula.docname] = prepared(formula.tex, known, block=formula.block)
            found[formula] = Converted(_converted(module, tex))
        except (TeXError, ValueError, RuntimeError) as error:
            found[formula] = Converted(reason=_reason(str(error)))
    return found | _refused([f for f, made in found.items() if made.typst], found, fonts)


def _converted(module: Any, tex: str) -> str:
    beyond = dict(zip(sorted(set(_BEYOND.findall(tex))), map(chr, _PRIVATE), strict=False))
    told = tex.translate(str.maketrans(beyond))
    written = module.tex2typst(told, non_strict=True, frac_to_slash=False) if tex else ""
    written = written.translate(str.maketrans({sign: letter for letter, sign in beyond.items()}))
    written = re.sub(rf"\b{CALL}(\w+) overline\(", r"\1(", written)
    # Two primes are one sign, and so is a definition.
    written = re.sub(r"\^\(('(?: ')+)\)", lambda primes: primes[1].replace(" ", ""), written)
    for old, new in _RENAMED.items():
        written = written.replace(old, new)
    return _set_apart(_CLOSE.sub(_without_spaces, written))


def _without_spaces(close: re.Match[str]) -> str:
    """Give a text or bars without the spaces around them, which Typst would print and TeX not."""
    if close[1].startswith('"'):
        return close[1]
    return " ".join(close[1].replace(" ", "").replace("bar.v.double", "‖"))  # two would be one sign


def _set_apart(written: str) -> str:
    """Keep brackets that others close, as those of half-open intervals, from being of a call."""
    written = written.replace("lr(]", r"lr(\]").replace("[)", r"\[)")
    signs, waiting = list(written), []
    for token in _BRACKET.finditer(written):
        if token[0] in "([":
            waiting.append(token.start())
        elif token[0] in ")]" and waiting:
            start = waiting.pop()
            signs[start] = " (" if written[start] + token[0] == "(]" else signs[start]
    for start in waiting:
        signs[start] = f" {signs[start]}"
    return "".join(signs)


def _reason(error: str) -> str:
    if found := _UNKNOWN.search(error):
        return f"\\{found[1] or found[2]} is not known"
    return error.splitlines()[0].removeprefix("Conversion failed: ").rstrip(".")


def _refused(
    formulas: Sequence[Formula], found: dict[Formula, Converted], fonts: typst.Fonts
) -> dict[Formula, Converted]:
    """Give those that Typst refuses, with its reason; most often it takes all of them at once."""
    refused = {}
    for start in range(0, len(formulas), _AT_ONCE):
        some = formulas[start : start + _AT_ONCE]
        printed = [_printed(formula, found[formula]) for formula in some]
        if _complaint(printed, fonts):
            for formula, alone in zip(some, printed, strict=True):
                if said := _complaint([alone], fonts):
                    refused[formula] = Converted(reason=_reason(said))
    return refused


def _printed(formula: Formula, made: Converted) -> str:
    return f"$ {made.typst} $" if formula.block else f"${made.typst}$"


def _complaint(printed: Iterable[str], fonts: typst.Fonts) -> str:
    page = "#set page(height: auto)\n" + "\n\n".join([MATH, *printed])
    try:
        compiler(fonts, page.encode()).query("<none>")
    except RuntimeError as error:
        return str(error).removeprefix("failed to compile document: ")
    return ""
