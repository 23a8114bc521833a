"""Say what to do for a character that no font has: only what helps, by ``remedies.toml``.

Pure: no Sphinx.
"""

from collections.abc import Container
from functools import cache
from pathlib import Path

from sphinx_annals.extension import command
from sphinx_annals.pdf.typesetting.fonts import package_folders
from sphinx_annals.text import read_table


@cache
def _rows() -> dict[str, dict[str, str]]:
    return read_table(Path(__file__).with_suffix(".toml"))


@cache
def characters(package: str) -> frozenset[str]:
    """Give the characters that a font package of the table has."""
    runs = (run.partition("-") for run in _rows()[package]["has"].split())
    numbers = (range(int(first, 16), int(last or first, 16) + 1) for first, _, last in runs)
    return frozenset(chr(number) for run in numbers for number in run)


def remedy(char: str, offered: Container[str]) -> str:
    """Give what to do about a character, where the fonts of the packages *offered* are at hand."""
    for name, row in _rows().items():
        install = command(row["extra"]) if "extra" in row else f"pip install {name}"
        steps = [] if package_folders(name) else [f"run {install}"]
        steps += [] if name in offered else [f"add {name} to typst_font_packages"]
        if steps and char in characters(name):
            return " and ".join(steps)
    return "add the folder of a font that has it to typst_font_paths"
