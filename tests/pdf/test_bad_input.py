"""What authors get wrong, and what no page can show: it costs a warning, and nothing else."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import PDF, Built, Project
from pypdf import PdfReader
from sphinx_annals.pdf.typesetting import (
    BLOCK_END,
    BLOCK_MARK,
    Plain,
    UnreadableImageError,
    as_printed,
    load_fonts,
    mend,
    without_html,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><text y="9">{}</text></svg>'
HTML = "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>set</p></foreignObject>"
NO_FONT = "no font has"
NO_WORDS = "the heading has no words"
TALL = "\n       ".join(f"| line{n}" for n in range(150))
WIDE = "\n     - ".join(f"``a.long_name{n}``" for n in range(40))
DEEP = "\n\n".join("  " * n + f"* item{n}" for n in range(30))
QUOTED = "\n\n".join("   " * n + f"quoted{n}" for n in range(20))
FIELDS = "\n".join("   " * n + f":f{n}:" for n in range(30)) + " value"
DESCRIBED = "\n\n".join("   " * n + f".. describe:: name{n}" for n in range(30))
MEANT = "\n".join(" " * n + f"term{n}" for n in range(30))
STRESSED = "*a **b " * 30 + "words" + "** c*" * 30
FORM = "its text is printed without its form"


@pytest.mark.parametrize(
    ("svg", "shown"),
    [
        (
            '<?xml version="1.0" encoding="ISO-8859-1"?><svg>é</svg>'.encode("latin-1"),
            (">é<", False),
        ),
        (b'<?xml version="1.0" encoding="none"?><svg>x</svg>', (">x<", False)),
        (f'<svg><foreignObject y="1"/>kept{HTML}</svg>'.encode(), (">kept<", True)),
        (b'<svg><foreignObject y="1" />kept</svg>', (">kept<", False)),
    ],
)
def test_words_of_a_drawing_are_read_whole(svg: bytes, shown: tuple[str, bool]) -> None:
    text, lost = without_html(svg)
    assert shown == (text[text.rindex(">", 0, -1) : text.rindex("<") + 1], lost)


def test_an_image_that_no_memory_holds_is_refused() -> None:
    sides = struct.pack("<IiiHH24x", 40, 100_000, 100_000, 1, 24)
    with pytest.raises(UnreadableImageError, match="no image that Pillow reads"):
        as_printed(b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + sides)


def test_what_stands_behind_a_block_that_is_left_open_is_let_be(tmp_path: Path) -> None:
    blocks = ["before $a$", "open $\\$ here", "behind $b$"]
    source = tmp_path / "book.typ"
    written = (f"{BLOCK_MARK}{at}\n{text}\n{BLOCK_END}" for at, text in enumerate(blocks))
    source.write_text("\n".join(written), encoding="utf-8")
    plain = [Plain(f"index:{at}", lambda: "text") for at in range(3)]
    said = "".join(f"┌─ {source}:{line}:1\n" for line in (6, 10))
    mended = mend(source, said, load_fonts([]), plain, lambda: True)
    assert [what.place for what in mended] == ["index:1"]


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
    "thai": Bad("สวัสดี\n\nword.", "word.", ((4, NO_FONT),)),
    "script": Bad("A ሰላም word.", "word.", ((4, NO_FONT),)),
    "script-often": Bad("ꔀa " * 600 + "word.", "A500 a word.", ((4, NO_FONT),)),
    "script-title": Bad("ⴰ\n---\n\nWords.", "Words.", ((5, NO_FONT),)),
    "script-code": Bad("Words.\n\n::\n\n   ꦄ code", "code", ((8, NO_FONT),)),
    "script-table": Bad(".. list-table::\n\n   * - ꕉ\n     - cell", "cell", ((6, NO_FONT),)),
    "script-term": Bad("ꓐ\n   meaning", "meaning", ((4, NO_FONT),)),
    "script-alt": Bad(".. image:: good.svg\n   :alt: ꡀ\n\nWords.", "Words."),
    "script-image": Bad(".. image:: odd.svg\n   :alt: A\n\nWords.", "Words.", ((4, "𐌰"),)),
    "mark-image": Bad(".. image:: mark.svg\n   :alt: A\n\nWords.", "k Words.", ((4, "\u030b"),)),
    "script-formula": Bad(r":math:`\text{ꢀ} = 1` words", "words", ((4, NO_FONT),)),
    "zero-width": Bad("\ufeffA\ufeff wo\u200brd and ``c\ufeffode``.", "A word and code."),
    "control": Bad("A\x01 word\x7f.", "A word."),
    "control-code": Bad("```python\na\x01b\x0c = '\x1b[31mc'\n```", "ab =", suffix="md"),
    "control-formula": Bad("$a\x01b\ufeff$ words", "words", suffix="md"),
    "missing-image": Bad(".. image:: none.png\n   :alt: words", "words", ((4, "not readable"), (4, "cannot be printed"))),
    "missing-svg": Bad(".. image:: none.svg\n   :alt: words", "words", ((4, "not readable"), (4, "cannot be printed"))),
    "empty-image": Bad(".. image:: empty.png\n   :alt: words", "words", ((4, "is empty"),)),
    "broken-image": Bad(".. figure:: broken.svg\n   :alt: words\n\n   Caption", "words Caption", ((4, "failed to parse"),)),
    "cut-image": Bad("|i| word\n\n.. |i| image:: cut.png\n   :alt: words", "words", ((6, "failed to decode"),)),
    "html-image": Bad(".. image:: html.svg\n   :alt: A\n\nWords.", "drawn Words.", ((4, "without its HTML"),)),
    "switch-image": Bad(".. image:: switch.svg\n   :alt: A\n\nWords.", "drawn Words."),
    "no-alt": Bad(".. image:: good.svg\n\nWords.", "Words.", ((4, "has no alternative text"),)),
    "no-alt-markdown": Bad("![](good.svg)\n\nWords.", "Words.", ((4, "has no alternative text"),), "md"),
    "two-meanings": Bad("Term\n: one\n: two\n\n  inner\n  : deep\n  : deeper", "two inner", suffix="md"),
    "high": Bad(f".. list-table::\n\n   * - first\n     - {TALL}", "line149"),
    "wide": Bad(f".. list-table::\n\n   * - {WIDE}", "na me 39", ((6, "too wide"),)),
    "address": Bad(f"See https://x.org/{'abcdefgh' * 40} there.", "there."),
    "word": Bad("x" * 400 + " there.", "there."),
    "literal": Bad("``" + "x" * 400 + "`` there.", "there."),
    "long-heading": Bad("x" * 200 + "\n" + "-" * 200 + "\n\nWords.", "Words."),
    "long-cell": Bad(".. list-table::\n\n   * - " + "x" * 200 + "\n     - ``" + "x" * 200 + "``", "x"),
    "long-term": Bad("x" * 200 + "\n   " + "x" * 200, "x"),
    "long-signature": Bad(f".. py:function:: {'x' * 200}(a)\n\n   Words.", "Words."),
    "long-parsed": Bad(f".. parsed-literal::\n\n   *a* {'x' * 200}\n\nWords.", "Words."),
    "formula": Bad(r":math:`\frac{a` words :math:`\nosuch x`", "words", ((4, "as TeX"), (4, "as TeX"))),
    "formula-block": Bad(".. math:: \\begin{aligned} a & b\n\nWords.", "Words.", ((4, "as TeX"),)),
    "formula-empty": Bad(".. math::\n\n   {}\n\nWords.", "Words."),
    "deep-list": Bad(DEEP, "item29"),
    "deep-quote": Bad(QUOTED, "quoted19"),
    "deep-field": Bad(FIELDS, "f29 value", ((4, FORM),)),
    "deep-signature": Bad(DESCRIBED, "name0 name1", ((4, FORM),)),
    "deep-term": Bad(MEANT, "term29", ((4, FORM),)),
    "deep-stress": Bad(STRESSED, "words", ((4, FORM),), "md"),
    "deep-heading": Bad(f"## {STRESSED}\n\nWords.", "Words.", ((4, FORM),), "md"),
    "deep-formula": Bad(":math:`" + r"\sqrt{" * 40 + "x" + "}" * 40 + "` words", "words", ((4, "as TeX"),)),
    "deep-group": Bad(":math:`" + "{" * 2000 + "x" + "}" * 2000 + "` words", "words", ((4, "as TeX"),)),
    "no-heading": Bad("##\n\nWords.\n\n###  \n\nMore.", "Words. More.", ((4, NO_WORDS), (8, NO_WORDS)), "md"),
    "image-heading": Bad("## ![A](good.svg)\n\nWords.", "Words.", ((4, NO_WORDS),), "md"),
    "formula-heading": Bad("## $x$\n\nWords.", "Words.", (), "md"),
    "comment-heading": Bad("## <!-- x -->\n\nWords.", "Words.", ((4, NO_WORDS),), "md"),
    "jump": Bad("###### Six\n\nWords.", "Six Words.", ((4, "Non-consecutive"),), "md"),
    "raw": Bad("Before.\n\n.. raw:: typst\n\n   #nope[ $\n\nAfter.", "After.", ((6, "Typst"),)),
    "raw-inline": Bad(".. role:: t(raw)\n   :format: typst\n\nA :t:`#nope()` word.", "word.", ((7, "Typst"),)),
    "raw-bracket": Bad("Before.\n\n.. raw:: typst\n\n   ] more\n\nAfter.", "] more After.", ((6, "Typst"),)),
    "raw-comment": Bad("Before.\n\n.. raw:: typst\n\n   #strong[in] /* out\n\nAfter.", "in After."),
    "raw-line": Bad(".. role:: t(raw)\n   :format: typst\n\nA :t:`// out` word.", "A word."),
    "note-heading": Bad("[#n]_\n-----\n\nWords.\n\n.. [#n] Noted.", "Words.", ((5, NO_WORDS),)),
    "csv-title": Bad(".. csv-table:: ꕉ\n\n   cell, cell", "cell", ((4, NO_FONT),)),
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
    "html.svg": SVG.format(f"drawn</text>{HTML}<text>"),
    "switch.svg": SVG.format(f"</text><switch>{HTML}<text y='9'>drawn</text></switch><text>"),
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


def book_of(folder: Project, kinds: dict[str, Bad], between: int = 3) -> Built:
    """Build a PDF of each kind alone, and a book of them all with good pages between them."""
    files: dict[str, str | bytes] = dict(IMAGES)
    names = []
    for name, bad in kinds.items():
        files[f"{name}.{bad.suffix}"] = page(name, bad)
        names.append(name)
        for n in range(between):
            names.append(f"good-{name}-{n}")
            files[f"{names[-1]}.rst"] = f"Good\n====\n\nWhole {name} {n}.\n"
    files["index.rst"] = "T\n=\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names)
    books = [(name, name, name, "A") for name in ["index", *kinds]]
    conf = f"{CONF}\ntypst_documents = {books}\n"
    return folder.write(files).configure(conf).build("typstpdf", warnings=None)


def faults(name: str, bad: Bad, warnings: list[str]) -> list[str]:
    """Give what warnings say otherwise than they should of a page."""
    said = [line for line in warnings if line.startswith(f"{name}.{bad.suffix}:")]
    # Sphinx says its own once, and a setting that suppresses repeats is not wanted here.
    wanted = [(f"{name}.{bad.suffix}:{line}: ", words) for line, words in bad.said]
    fits = all(any(s.startswith(place) and words in s for s in said) for place, words in wanted)
    others = [s for s in said if not any(s.startswith(p) and w in s for p, w in wanted)]
    return [] if fits and not others else [f"{name}: wanted {wanted}", *said]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return book_of(Project(tmp_path_factory.mktemp("bad"), PDF), KINDS)


def printed(built: Built, name: str) -> str:
    texts = (page.extract_text() for page in PdfReader(built.find(f"{name}.pdf")).pages)
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("name", KINDS)
def test_alone_it_is_a_pdf_and_a_located_warning(books: Built, name: str) -> None:
    text, bad = printed(books, name), KINDS[name]
    assert bad.shown in text and f"End of {name}." in text
    assert faults(name, bad, books.warnings) == []


@pytest.mark.parametrize("name", ["word", "literal", "address", *(n for n in KINDS if "long" in n)])
def test_long_words_stay_on_the_page(books: Built, name: str) -> None:
    lines = PdfReader(books.find(f"{name}.pdf")).pages[-1].extract_text().splitlines()
    assert max(map(len, lines)) < 90


def test_none_of_them_costs_a_page_of_a_book(books: Built) -> None:
    reader = PdfReader(books.find("index.pdf"))
    text = printed(books, "index")
    wanted = [
        words
        for name, bad in KINDS.items()
        for words in (bad.shown, f"End of {name}.", *(f"Whole {name} {n}." for n in range(3)))
    ]
    assert [words for words in wanted if words not in text] == []
    assert len(reader.pages) > 200
    assert "\u200b" not in text  # where a line may be broken is nothing to copy
    known = re.compile("|".join(rf"{name}\.{bad.suffix}:\d" for name, bad in KINDS.items()))
    assert [line for line in books.warnings if not known.match(line)] == []
