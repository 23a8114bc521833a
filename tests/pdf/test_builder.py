"""The builder: what is rebuilt, what is kept, and what it says when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import Built, Project
from sphinx_annals.pdf.config import length, paper
from sphinx_annals.pdf.typesetting import (
    DEFAULT_PACKAGES,
    CompileError,
    compile_pdf,
    load_fonts,
    source_location,
)

BuildBook = Callable[..., Built]
WITHOUT_EMOJI = f"typst_font_packages = {[*DEFAULT_PACKAGES[:3]]}\n"
RST = "T\n=\n\nOne\n---\n\nText.\n"


def test_a_second_run_does_nothing(book: BuildBook) -> None:
    book(RST)
    second = book(RST)
    assert "book.pdf" not in second.written
    assert "no targets are out of date" in second.status


def test_images_drawn_late_do_not_make_a_book_out_of_date(book: BuildBook) -> None:
    conf = """
def draw(app, doctree, docname):
    app.env.images.add_file(docname, "drawn.svg")
def setup(app):
    app.connect("doctree-resolved", draw)
"""
    assert "book.pdf" in book(RST, conf).written
    assert "book.pdf" not in book(RST, conf).written


@pytest.mark.slow
@pytest.mark.parametrize("change", ["text", "config", "template", "removed", "image", "document"])
def test_what_makes_a_book_out_of_date(book: BuildBook, change: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    template = '#import "book.typ": *\n'
    files = {
        "index.rst": "T\n=\n\n.. image:: a.svg\n   :alt: a\n\n.. toctree::\n   :glob:\n\n   c*\n",
        "a.svg": svg,
        "own.typ": template,
        "c1.rst": "C\n=\n",
    }
    conf = "typst_template = 'own.typ'\n"
    pdf = book(files, conf).find("book.pdf")
    if change == "text":
        files["c1.rst"] += "\nMore.\n"
    elif change == "config":
        conf += "typst_paper_size = 'a5'\n"
    elif change == "template":
        files["own.typ"] += "#let rubric(body) = body\n"
    elif change == "image":
        files["a.svg"] = svg.replace("9", "8")
    elif change == "document":
        files["c2.rst"] = "New\n===\n"
    else:
        pdf.unlink()
    result = book(files, conf)
    assert "book.pdf" in result.written
    assert ("New" in result.print) == (change == "document")


def test_a_doctree_read_by_html_makes_the_pdf_new(book: BuildBook, project: Project) -> None:
    book(RST)
    project.edit("index.rst", "Text.", "Changed.").build("html")
    again = project.build("typstpdf")
    assert "book.pdf" in again.written
    assert "Changed." in again.print


def test_other_builders_share_the_doctrees(book: BuildBook, project: Project) -> None:
    rst = RST + "\n.. [#n] Note.\n\nA [#n]_ :ref:`search`.\n\n.. toctree::\n\n   a\n"
    first = book({"index.rst": rst, "a.rst": "A\n=\n\n:doc:`index`\n"})
    doctrees = project.folder / "out" / "doctrees"
    before = {path.name: path.read_bytes() for path in doctrees.glob("*")}
    assert "environment.pickle" in before
    first.find("book.pdf").unlink()
    project.build("typstpdf")
    assert {path.name: path.read_bytes() for path in doctrees.glob("*")} == before
    assert 'href="index.html"' in project.build("html").read("a.html")


def test_a_failed_compilation_keeps_the_last_pdf(book: BuildBook) -> None:
    first = book(RST)
    pdf = first.find("book.pdf")
    good = pdf.read_bytes()
    with pytest.raises(Exception, match="unknown variable: no-such-function") as caught:
        book(RST, "typst_preamble = '#no-such-function()'\n")
    message = str(caught.value)
    assert message.startswith("typst_preamble: ")
    assert "book.typ, line" in message
    assert "last good book.pdf is kept" in message
    assert pdf.read_bytes() == good
    assert list(first.outdir.glob(".book.pdf.*")) == []
    assert "Text." in book(RST + "\n").print


@pytest.mark.slow
def test_a_failed_compilation_has_an_exit_status(project: Project) -> None:
    project.write("T\n=\n").configure("typst_preamble = '#bad()'\n")
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "typstpdf", ".", "out"],
        cwd=project.root,
        env=path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Typst error" in done.stderr
    assert "Traceback" not in done.stderr.split("Versions")[0]


def test_the_same_input_gives_the_same_bytes(
    book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    pdf = book(RST).find("book.pdf")
    first = pdf.read_bytes()
    pdf.unlink()
    result = book(RST)
    assert pdf.read_bytes() == first
    assert "9 September 2001" in result.print
    assert result.pdf.metadata.creation_date.year == 2001


@pytest.mark.slow
def test_reading_in_parallel_gives_the_same_book(
    book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    files = {
        f"c{n}.rst": f"Chapter {n}\n=========\n\nText [#x]_.\n\n.. [#x] Note {n}.\n"
        for n in range(8)
    }
    files["index.rst"] = "B\n=\n\n.. toctree::\n   :numbered:\n   :glob:\n\n   c*\n"
    serial = book(files).find("book.pdf").read_bytes()
    parallel = book(files, out="parallel", parallel=2)
    assert parallel.find("book.pdf").read_bytes() == serial


def test_images_are_copied_when_changed(book: BuildBook) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    files = {"index.rst": "T\n=\n\n.. image:: a.svg\n   :alt: a\n", "a.svg": svg}
    copy = book(files).find("images/a.svg")
    before = copy.stat().st_ino, copy.stat().st_ctime_ns
    book({**files, "index.rst": files["index.rst"] + "\nMore.\n"})
    assert (copy.stat().st_ino, copy.stat().st_ctime_ns) == before


# Configuration


@pytest.mark.slow
@pytest.mark.parametrize(
    ("conf", "warning"),
    [
        ("typst_paper_size = 'a99'", "typst_paper_size must be one of a4"),
        ("typst_paper_size = ('10', '20')", "or a pair such as"),
        ("typst_font_size = 11", "typst_font_size must be a length"),
        ("typst_pdf_standard = 'ua-9'", "typst_pdf_standard must be one or a list of"),
        ("typst_show_pagerefs = True", "must be one of sections, marked, all, none"),
        ("typst_fonts = ['X']", "typst_fonts must be a dictionary"),
        ("typst_fonts = {'main': 3}", "typst_fonts must be a dictionary"),
        ("typst_toc_depth = 0", "a number from 1 to 6"),
        ("typst_keywords = 'a'", "a list of strings"),
        ("typst_index = 'yes'", "True or False"),
        ("typst_domain_indices = 3", "True, False or a list"),
        ("typst_subtitle = 3", "must be a string"),
        ("typst_publisher = 'A\\ud83c'", "typst_publisher: U+D83C is left out"),
        ("typst_template = 'x' * 5000", "there is no file"),
        ("typst_logo = 'x' * 5000", "there is no file"),
        (
            "typst_documents = [('index', 'book')]",
            "a list of (startdoc, targetname, title, author)",
        ),
        ("typst_documents = [('index', '../x', 'T', 'A')]", "has no folder"),
        ("typst_font_paths = ['none']", "none does not exist"),
        ("typst_template = 'none.typ'", "there is no file"),
    ],
)
def test_a_bad_value_warns_and_falls_back(book: BuildBook, conf: str, warning: str) -> None:
    assert "Text." in book(RST, conf, warnings=[warning]).print


def test_settings_on_the_command_line_are_read_as_sphinx_reads_its_own(book: BuildBook) -> None:
    given = {
        "typst_pdf_standard": "a-2b,ua-1",
        "typst_keywords": "one,two",
        "typst_appendices": "",
        "typst_toc_depth": "1",
        "typst_index": "0",
        "typst_subtitle": "a,b",
    }
    made = book(".. index:: entry\n\n" + RST, **given)
    assert b"<pdfaid:conformance>B" in made.find("book.pdf").read_bytes()
    assert made.pdf.metadata["/Keywords"] == "one, two"
    assert "a,b" in made.print and "Index" not in made.print


def test_an_unknown_start_document(book: BuildBook) -> None:
    conf = "typst_documents = [('no', 'x', 'T', 'A'), ('index', 'book', '', 'A')]\n"
    assert book(RST, conf, warnings=["unknown document 'no'"]).pdf.metadata.title == "T"


def test_two_books_from_one_project(book: BuildBook) -> None:
    files = {
        "index.rst": "All\n===\n\n.. toctree::\n\n   a\n   b\n",
        "a.rst": "A\n=\n\n:doc:`b`\n",
        "b.rst": "B\n=\n\nOnly b.\n",
    }
    conf = "typst_documents = [('index', 'book', 'All', 'X'), ('a', 'small', 'Small', 'Y')]\n"
    result = book(files, conf)
    assert "Only b." in result.read("book.typ")
    assert "#link" not in result.read("small.typ").split(")\n", 1)[1]
    assert result.find("small.pdf")


@pytest.mark.slow
@pytest.mark.parametrize(
    "conf",
    [
        "typst_paper_size = 'a4'",
        "typst_paper_size = ('6in', '9in')",
        "typst_two_sided = True",
        "typst_pdf_standard = ['a-2b']",
        "typst_pdf_standard = []",
        "typst_font_size = '12pt'",
        "typst_toc_depth = 1",
        "typst_lists = False",
        "typst_preamble = '#let x = [y]'",
        "typst_language = 'zh-Hans'",
        "typst_fonts = {'main': ['Noto Serif'], 'heading': 'Noto Sans SC'}",
    ],
)
def test_options_that_change_the_pages(
    book: BuildBook, monkeypatch: pytest.MonkeyPatch, conf: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    plain = book(RST).files(".typ", ".pdf")
    assert book(RST, conf).files(".typ", ".pdf") != plain


def test_an_own_template_defines_anew(book: BuildBook) -> None:
    template = '#import "book.typ": *\n#let rubric(body) = block[RUBRIC: #body]\n'
    files = {"index.rst": RST + "\n.. rubric:: mine\n", "own.typ": template}
    assert "RUBRIC: mine" in book(files, "typst_template = 'own.typ'\n").print


def test_validators() -> None:
    assert paper(["10mm", "2cm"]) == ("10mm", "2cm")
    assert length("1.5in") == "1.5in"


# The compiler alone


def test_compile_errors_name_the_source(tmp_path: Path) -> None:
    source = tmp_path / "x.typ"
    source.write_text("//@ a:1\nfine\n\n//@ chapters/b:7\n#nope()\n", encoding="utf-8")
    with pytest.raises(CompileError, match=r"unknown variable: nope \(x.typ, line 5\)") as caught:
        compile_pdf(source, load_fonts([]), [], 0)
    assert caught.value.location == "chapters/b:7"
    assert source_location("no place", source) is None


def test_a_line_of_a_template_of_the_same_name_is_not_the_source_s(tmp_path: Path) -> None:
    source = tmp_path / "template" / "book.typ"
    (source.parent / "template").mkdir(parents=True)
    (source.parent / "template" / "book.typ").write_text("#let f() = nope()\n", encoding="utf-8")
    text = '//@ a:1\n#import "template/book.typ": f\n//@ b:7\n#f()\n'
    source.write_text(text, encoding="utf-8")
    with pytest.raises(CompileError) as caught:
        compile_pdf(source, load_fonts([]), [], 0)
    assert caught.value.location == "b:7"


def test_characters_that_no_font_has_are_printed_as_numbers(
    book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_annals.pdf.typesetting.glyphs.package_folders", lambda name: ())
    text = 'T\n=\n\nOne\n---\n\nA 🙈 and 👨\u200d👩 and "ส".\n\n``🙈`` [1]_\n\n.. [1] 🤝\n'
    said = "index.rst:{}: WARNING: no font has {}; the numbers are printed instead; run pip install 'sphinx-annals[emoji]' and add manimgx-fonts to typst_font_packages"
    result = book(
        text,
        WITHOUT_EMOJI,
        warnings=[
            said.format(7, "🙈 (U+1F648), 👨 (U+1F468), 👩 (U+1F469), ส (U+0E2A)"),
            said.format(9, "🤝 (U+1F91D)"),
        ],
    )
    assert "A 1F648 and 1F468 1F469 and “ 0E2A ”. 1F648" in result.print
    assert "1F91D" in result.print


def test_a_character_without_a_font_costs_no_other(book: BuildBook) -> None:
    text = "T\n=\n\nOne\n---\n\n::\n\n   └── main 🙈 1\ufe0f\u20e3\n\n⚠\ufe0f ☑\ufe0f\n"
    result = book(text, WITHOUT_EMOJI, warnings=["no font has 🙈 (U+1F648)"])
    assert "└── main 1F648 120E3" in result.print
    assert "⚠ ☑" in result.print
    assert result.pages[-1].endswith(" 1")


def test_characters_that_no_font_has_in_drawings_and_in_company(book: BuildBook) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><text y="9">조약 สิ é k̋</text></svg>'
    text = "T\n=\n\nOne\n---\n\nE\u0301 o\u030b \u1d9c\u0352\n\n.. image:: a.svg\n   :alt: A\n"
    said = "index.rst:9: WARNING: the image a.svg is printed without characters that no font has: "
    result = book(
        {"index.rst": text, "a.svg": svg},
        warnings=[f"{said}조 (U+C870), 약 (U+C57D), ส (U+0E2A), \u0e34 (U+0E34), \u030b (U+030B)"],
    )
    assert ">\ufffd\ufffd \ufffd é k<" in result.read("images/a.svg")
