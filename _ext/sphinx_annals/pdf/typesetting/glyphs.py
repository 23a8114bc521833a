"""Find the characters that no font has, before they cost the book, and what to do for them.

Pure: no Sphinx. Some standards, PDF/UA among them, refuse a text with such a character; the
others print an empty frame and say nothing. The compiler itself is asked, with a page that
holds each character once, since it alone knows what its fonts have.
"""

import unicodedata
from collections.abc import Container, Iterable
from functools import cache
from pathlib import Path

import typst

from sphinx_annals.extension import command
from sphinx_annals.fences.typst import undisplayable
from sphinx_annals.pdf.markup import string
from sphinx_annals.pdf.typesetting.fonts import compiler, package_folders
from sphinx_annals.text import read_table

#: What nobody sees: blanks, joiners, controls.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_ALWAYS_THERE = "\u017f"


class Glyphs:
    """Knows which characters no font of a set has."""

    def __init__(self, fonts: typst.Fonts) -> None:
        self._fonts = fonts
        self._asked: set[str] = set()
        self._missing: set[str] = set()

    def missing(self, text: str) -> list[str]:
        """Give the characters of a text that no font has, in their order, each once.

        Marks upon letters are not among them: a font may have both in one.
        """
        return [char for char in self._among(text) if not _is_mark(char)]

    def to_blame(self, refused: Iterable[str]) -> set[str]:
        """Give which characters of refused texts are at fault; the others are printed.

        They are those that no font has. Where fonts have each of them, what no font has is a mark
        upon one of the letters, or a joiner between them.
        """
        chars = [char for char in refused if char > _ALWAYS_THERE]
        alone = set(self._among(chars))
        return alone or {char for char in chars if _is_mark(char) or _is_joiner(char)} or {*chars}

    def legible(self, svg: str) -> tuple[str, list[str]]:
        """Give an SVG with the sign for the unknown in place of what is missing, and that.

        A mark upon a letter cannot be replaced: one that is missing is left out.
        """
        svg = unicodedata.normalize("NFC", svg)
        missing = self._among(svg)
        signs = {ord(char): None if _is_mark(char) else "\ufffd" for char in missing}
        return svg.translate(signs), missing

    def _among(self, text: Iterable[str]) -> list[str]:
        chars = dict.fromkeys(text)
        unknown = [char for char in chars if char > _ALWAYS_THERE and char not in self._asked]
        unknown = [char for char in unknown if unicodedata.category(char) not in _UNSEEN]
        if unknown:
            self._asked.update(unknown)
            page = '#set document(title: "x")\n#set page(height: auto)\n'
            # In paragraphs of their own: Typst refuses what stands beside a missing one as well.
            page += "\n\n".join(f"#{string(char)}" for char in unknown)
            try:
                compiler(self._fonts, page.encode()).compile(format="pdf", pdf_standards="ua-1")
            except typst.TypstError as error:
                self._missing |= undisplayable(error.diagnostic)
        return [char for char in chars if char in self._missing]


def without_marks(text: str) -> tuple[str, list[str]]:
    """Give a text without the marks upon letters that are characters of their own, and those."""
    marks = dict.fromkeys(char for char in text if _is_mark(char))
    return text.translate(dict.fromkeys(map(ord, marks))), list(marks)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _is_joiner(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def pattern(chars: Iterable[str]) -> str:
    """Give a regular expression of Typst for any of the characters."""
    return "[" + "".join(f"\\x{{{ord(char):X}}}" for char in chars) + "]"


def named(chars: Iterable[str]) -> str:
    """Give characters with their numbers, for a message; what nobody sees is left out."""
    seen = [char for char in chars if not _is_joiner(char)]
    return ", ".join(f"{char} (U+{ord(char):04X})" for char in seen)


@cache
def _rows() -> dict[str, dict[str, str]]:
    return read_table(Path(__file__).with_name("remedies.toml"))


@cache
def characters(package: str) -> frozenset[str]:
    """Give the characters that a font package of the table has."""
    runs = (run.partition("-") for run in _rows()[package]["has"].split())
    numbers = (range(int(first, 16), int(last or first, 16) + 1) for first, _, last in runs)
    return frozenset(chr(number) for run in numbers for number in run)


def remedy(char: str, offered: Container[str]) -> str:
    """Give what helps a character, where the fonts of the packages *offered* are at hand."""
    for name, row in _rows().items():
        install = command(row["extra"]) if "extra" in row else f"pip install {name}"
        steps = [] if package_folders(name) else [f"run {install}"]
        steps += [] if name in offered else [f"add {name} to typst_font_packages"]
        if steps and char in characters(name):
            return " and ".join(steps)
    return "add the folder of a font that has it to typst_font_paths"
