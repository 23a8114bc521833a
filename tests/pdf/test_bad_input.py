"""What authors get wrong, and what no page can show: it costs a warning, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from harness import PDF, Built, Project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><text y="9">{}</text></svg>'
NO_FONT = "no font has"
NO_WORDS = "the heading has no words"
TALL = "\n       ".join(f"| line{n}" for n in range(150))
WIDE = "\n     - ".join(f"``a.long_name{n}``" for n in range(40))
DEEP = "\n\n".join("  " * n + f"* item{n}" for n in range(30))
QUOTED = "\n\n".join("   " * n + f"quoted{n}" for n in range(20))


@dataclass(frozen=True)
class Bad:
    """A page with something bad: its text after the heading, what is still printed of it, what is
    said by line.
    """

    text: str
    shown: str = ""
    said: tuple[tuple[int, str], ...] = ()
    suffix: str = "rst"


KINDS = {
    "emoji": Bad("A 🙈 word.", "A 1F648 word.", ((4, NO_FONT),)),
    "private": Bad("A \uf8fe word.", "A F8FE word.", ((4, NO_FONT),)),
    "script": Bad("A ሰላም word.", "word.", ((4, NO_FONT),)),
    "script-title": Bad("ⴰ\n---\n\nWords.", "Words.", ((5, NO_FONT),)),
    "script-code": Bad("Words.\n\n::\n\n   ꦄ code", "code", ((8, NO_FONT),)),
    "script-table": Bad(".. list-table::\n\n   * - ꕉ\n     - cell", "cell", ((6, NO_FONT),)),
    "script-term": Bad("ꓐ\n   meaning", "meaning", ((4, NO_FONT),)),
    "script-alt": Bad(".. image:: good.svg\n   :alt: ꡀ\n\nWords.", "Words."),
    "script-image": Bad(".. image:: odd.svg\n   :alt: A\n\nWords.", "Words.", ((4, "𐌰"),)),
    "mark-image": Bad(".. image:: mark.svg\n   :alt: A\n\nWords.", "k Words.", ((4, "\u030b"),)),
    "script-formula": Bad(r":math:`\text{ꢀ} = 1` words", "words", ((4, NO_FONT),)),
    "zero-width": Bad("\ufeffA\ufeff word\u200b and ``c\ufeffode``.", "A word and code."),
    "control": Bad("A\x01 word\x7f.", "A word."),
    "missing-image": Bad(".. image:: none.png\n   :alt: words", "words", ((4, "not readable"), (4, "cannot be printed"))),
    "empty-image": Bad(".. image:: empty.png\n   :alt: words", "words", ((4, "is empty"),)),
    "broken-image": Bad(".. figure:: broken.svg\n   :alt: words\n\n   Caption", "words Caption", ((4, "failed to parse"),)),
    "cut-image": Bad("|i| word\n\n.. |i| image:: cut.png\n   :alt: words", "words", ((6, "failed to decode"),)),
    "no-alt": Bad(".. image:: good.svg\n\nWords.", "Words.", ((4, "has no alternative text"),)),
    "two-meanings": Bad("Term\n: one\n: two\n\n  inner\n  : deep\n  : deeper", "two inner", suffix="md"),
    "high": Bad(f".. list-table::\n\n   * - first\n     - {TALL}", "line149"),
    "wide": Bad(f".. list-table::\n\n   * - {WIDE}", "name39", ((6, "too wide"),)),
    "address": Bad(f"See https://x.org/{'abcdefgh' * 40} there.", "there."),
    "word": Bad("x" * 400 + " there.", "there."),
    "literal": Bad("``" + "x" * 400 + "`` there.", "there."),
    "formula": Bad(r":math:`\frac{a` words :math:`\nosuch x`", "words", ((4, "as TeX"), (4, "as TeX"))),
    "formula-block": Bad(".. math:: \\begin{aligned} a & b\n\nWords.", "Words.", ((4, "as TeX"),)),
    "formula-empty": Bad(".. math::\n\n   {}\n\nWords.", "Words."),
    "deep-list": Bad(DEEP, "item29"),
    "deep-quote": Bad(QUOTED, "quoted19"),
    "no-heading": Bad("##\n\nWords.\n\n###  \n\nMore.", "Words. More.", ((4, NO_WORDS), (8, NO_WORDS)), "md"),
    "image-heading": Bad("## ![A](good.svg)\n\nWords.", "Words.", ((4, NO_WORDS),), "md"),
    "formula-heading": Bad("## $x$\n\nWords.", "Words.", (), "md"),
    "comment-heading": Bad("## <!-- x -->\n\nWords.", "Words.", ((4, NO_WORDS),), "md"),
    "jump": Bad("###### Six\n\nWords.", "Six Words.", ((4, "Non-consecutive"),), "md"),
    "raw": Bad("Before.\n\n.. raw:: typst\n\n   #nope[ $\n\nAfter.", "After.", ((6, "Typst"),)),
    "raw-inline": Bad(".. role:: t(raw)\n   :format: typst\n\nA :t:`#nope()` word.", "word.", ((7, "Typst"),)),
    "raw-bracket": Bad("Before.\n\n.. raw:: typst\n\n   ] more\n\nAfter.", "] more After.", ((6, "Typst"),)),
    "link": Bad("A `link <javascript:x>`_ word.", "A link word.", ((4, "only http"),)),
    "reference": Bad(":ref:`nowhere` word.", "nowhere word.", ((4, "undefined label"),)),
    "code": Bad(".. code-block:: json\n\n   {'a': }\n\nWords.", "Words.", ((4, "Lexing"),)),
    "note": Bad("A [#n]_ word.", "word.", ((4, "footnote"), (4, "Unknown target"))),
}  # fmt: skip
CONF = """
extensions += ["myst_parser"]
myst_enable_extensions = ["deflist", "dollarmath"]
typst_font_packages = ["fontpkg-noto-serif", "pylopdf-fonts-zh-cn", "pylopdf-fonts-zh-tw"]
"""
IMAGES = {
    "good.svg": SVG.format("x"),
    "odd.svg": SVG.format("𐌰"),
    "mark.svg": SVG.format("k\u030b"),
    "empty.png": b"",
    "broken.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect',
    "cut.png": b"\x89PNG\r\n\x1a\n and no more",
}


def page(name: str, bad: Bad) -> str:
    """Give a page with its heading, the bad thing from the fourth line on, and an end."""
    heading = f"# {name}\n" if bad.suffix == "md" else f"{name}\n{'=' * len(name)}"
    return f"{heading}\n\n{bad.text}\n\nEnd of {name}.\n"


def book_of(folder: Project, kinds: dict[str, Bad], between: int = 1) -> Built:
    """Build a book with a page of each kind, and good pages between them."""
    files: dict[str, str | bytes] = dict(IMAGES)
    names = []
    for name, bad in kinds.items():
        files[f"{name}.{bad.suffix}"] = page(name, bad)
        names.append(name)
        for n in range(between):
            names.append(f"good-{name}-{n}")
            files[f"{names[-1]}.rst"] = f"Good\n====\n\nWhole {name} {n}.\n"
    files["index.rst"] = "T\n=\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names)
    return folder.write(files).configure(CONF).build("typstpdf", warnings=None)


def faults(built: Built, kinds: dict[str, Bad], between: int = 1) -> list[str]:
    """Give what a book does not print, and what it says otherwise than it should."""
    printed, found = built.print, []
    for name, bad in kinds.items():
        texts = [bad.shown, f"End of {name}.", *(f"Whole {name} {n}." for n in range(between))]
        found += [f"{name}: {text!r} is not printed" for text in texts if text not in printed]
        said = [line for line in built.warnings if line.startswith(f"{name}.{bad.suffix}:")]
        wanted = [(f"{name}.{bad.suffix}:{line}: ", words) for line, words in bad.said]
        if len(said) != len(wanted) or not all(
            line.startswith(place) and words in line
            for line, (place, words) in zip(said, wanted, strict=True)
        ):
            found.append("\n".join([f"{name}: wanted {wanted}", *said]))
    known = re.compile("|".join(rf"{name}\.{bad.suffix}:\d" for name, bad in kinds.items()))
    return found + [line for line in built.warnings if not known.match(line)]


def test_none_of_them_costs_another_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("bad"), PDF)
    assert faults(book_of(project, KINDS), KINDS) == []
