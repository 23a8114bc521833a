"""What a project can have otherwise: several books, their themes, and what comes with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pikepdf
import pytest
from harness import PDF, Built, Project
from pypdf import PdfReader

BuildBook = Callable[..., Built]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
FILES = {
    "index.rst": """
All
===

Said before.

.. toctree::

   one
   Elsewhere <https://example.org/else>
   two
""",
    "one.rst": "One\n===\n\nText of one, `a link <https://example.org>`_.\n\n.. note:: Noted.\n",
    "two.rst": "Two\n===\n\nText of two.\n",
    "more.rst": ":orphan:\n\nMore\n====\n\nText of more.\n",
    "logo.svg": SVG,
    "notes.txt": "beside it",
    "house/theme.typ": '#import "book.typ": *\n#import "inks.typ": word\n'
    "#let title-page(title, ..) = page[#word #title]\n#let rubric(body) = body\n",
    "house/inks.typ": '#let word = "HOUSE"\n',
    "other/theme.typ": '#import "report.typ": *\n#import "inks.typ": panel\n',
    "other/inks.typ": "#let panel(paint, body, ..) = block[PANEL #body]\n",
}
CONF = """
typst_documents = [
    ("index", "plain", "", "A. Author"),
    ("index", "report", "", "A. Author", "report", True),
    ("one", "article", "An article", "", "article", False, {"typst_show_urls": "inline"}),
    ("one", "theirs", "", "", "other"),
    ("one", "ours", "", "", "house", False, {"bleed": "3mm", "paper_size": "a5", "show_urls": True}),
]
typst_appendices = ["more"]
typst_logo = "logo.svg"
typst_additional_files = ["notes.txt"]
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("books"), PDF)
    return project.write(FILES).configure(CONF).build("typstpdf")


def text(built: Built, name: str) -> str:
    pages = PdfReader(built.find(f"{name}.pdf")).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_book_has_its_appendices_and_the_links_of_its_toctree(books: Built) -> None:
    said = text(books, "plain")
    assert "Said before." in said
    assert "A More Text of more." in said
    assert "Elsewhere" in said
    assert '#weblink("https://example.org/else")' in books.read("plain.typ")
    assert 'logo: "/images/logo.svg"' in books.read("plain.typ")
    assert books.read("notes.txt") == "beside it"


def test_of_the_start_document_the_toctrees_alone(books: Built) -> None:
    said = text(books, "report")
    assert "Said before." not in said
    assert "Text of two." in said
    assert "© 2026" not in said  # a report has no imprint


def test_an_article_begins_below_its_title(books: Built) -> None:
    pages = PdfReader(books.find("article.pdf")).pages
    first = " ".join(pages[0].extract_text().split())
    assert "An article" in first
    assert "Text of one, a link (example.org" in first.replace("https://", "")
    assert "Text of more." in first
    assert len(pages) == 1


def test_a_theme_of_the_project_with_marks_to_cut_by(books: Built) -> None:
    assert "HOUSE One" in text(books, "ours")
    assert "#note(" in books.read("ours.typ")
    with pikepdf.open(books.find("ours.pdf")) as pdf:
        page = pdf.pages[0]
        width = [float(box[2] - box[0]) for box in (page.trimbox, page.obj.BleedBox, page.mediabox)]
    millimetres = [round(size / 72 * 25.4) for size in width]
    assert millimetres[:2] == [148, 154]
    assert millimetres[2] > 160


def test_each_theme_has_its_files_and_what_others_call_can_be_replaced(books: Built) -> None:
    said = text(books, "theirs")
    assert "PANEL Note Noted." in said
    assert "HOUSE" not in said and "PANEL" not in text(books, "ours")
    assert "© 2026" not in said  # a report has no imprint


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Inhalt", "Abbildungen", "Vorwort", "S.", "Fett gesetzte Seiten"]),
        ("zh_TW", ["目錄", "插圖", "前言"]),
        ("es", ["Contenidos", "Figures", "Preface"]),  # what Sphinx has of a language
    ],
)
def test_the_words_of_the_frame(project: Project, language: str, words: list[str]) -> None:
    rst = "T\n=\n\nBefore.\n\n.. index:: ! a\n\n.. toctree::\n\n   a\n"
    rst_a = "A\n=\n\n.. _f:\n\n.. figure:: a.svg\n   :alt: a\n\n   Cap\n\n:ref:`f`\n"
    files = {"index.rst": rst, "a.rst": rst_a, "a.svg": SVG}
    conf = f"language = '{language}'\ntypst_show_pagerefs = 'all'\n"
    built = project.write(files).configure(conf).build("typstpdf", warnings=None)
    assert [word for word in words if word not in built.read("template/book/words.typ")] == []
    assert words[0] in built.print and words[1] in built.print


def test_lines_of_hebrew_begin_at_the_right(project: Project) -> None:
    rst = "אבג\n===\n\n.. note:: דהו\n\nזחט\n   יכל\n"
    built = project.write(rst).configure("language = 'he'\n").build("typstpdf", warnings=None)
    page = next(page for page in built.pdf.pages if "יכל" in page.extract_text())
    ends, middle = set(), float(page.mediabox.width) / 2

    def note(operator: bytes, operands: list[float], matrix: list[float], *_: object) -> None:
        if operator == b"l":
            ends.add(matrix[0] * float(operands[0]) + matrix[4])

    page.extract_text(visitor_operand_before=note)
    # The ground of the note has one edge on each side, its rule has two on that where lines begin.
    assert len([x for x in ends if x > middle]) == 3
    assert len([x for x in ends if x < middle]) == 1


def test_functions_of_the_design_can_be_replaced(book: BuildBook) -> None:
    own = '#import "book.typ": *\n#let title-page(title, ..) = page[MINE: #title]\n'
    own += "#let chapter-heading(it) = block[CHAPTER #it.body]\n"
    built = book(
        {"index.rst": "T\n=\n\nOne\n---\n", "own.typ": own}, "typst_template = 'own.typ'\n"
    )
    assert "MINE: Book" in built.print
    assert "CHAPTER One" in built.print


def test_a_list_of_the_design_can_be_replaced(book: BuildBook) -> None:
    own = '#import "book.typ": *\n#let list-of(name, target, depth, opens: false, expected: ()) = '
    own += "{ open-page; outline(title: [MINE #name], target: target) }\n"
    built = book(
        {"index.rst": "T\n=\n\nOne\n---\n", "own.typ": own}, "typst_template = 'own.typ'\n"
    )
    assert "MINE contents" in built.print


def test_a_whole_book_can_be_replaced_and_is_no_draft_in_the_end(book: BuildBook) -> None:
    own = """#import "book.typ": *
#let running-head(..) = if not is-draft() [HEAD]
#let book(title: "", main: (), body, ..) = {
  set document(title: title)
  set page(margin: (inside: 2cm, outside: 2cm, y: 2cm), header: running-head(title, false), numbering: "1")
  set text(font: main)
  [#metadata(whereabouts)<whereabouts>]
  list-of("contents", heading, none)
  body
}
"""
    built = book(
        {"index.rst": "T\n=\n\nOne\n---\n", "own.typ": own}, "typst_template = 'own.typ'\n"
    )
    assert "HEAD" in built.print
    assert "One" in built.print.partition("Contents")[2]


def test_a_list_that_an_author_writes_in_typst_looks_as_others_do(book: BuildBook) -> None:
    raw = "T\n=\n\n.. raw:: typst\n\n   - one\n     - two\n\n"
    assert "– two" in book(raw).print


def test_words_of_the_frame_can_be_replaced(book: BuildBook) -> None:
    own = '#import "book.typ": *\n#import "book.typ" as base\n'
    own += '#let words = (..base.words, contents: "Inhoud")\n'
    files = {"index.rst": "T\n=\n\nOne\n---\n", "own.typ": own}
    assert "Inhoud" in book(files, "typst_template = 'own.typ'\n").print


def test_the_source_alone(project: Project) -> None:
    built = project.write("T\n=\n\nText.\n").build("typst")
    assert "Text" in built.read("book.typ")
    assert not list(built.outdir.glob("*.pdf"))
    assert "no targets are out of date" in project.build("typst").status


@pytest.mark.parametrize(
    ("conf", "warning"),
    [
        (
            "typst_theme = 'bok'",
            "typst_theme: 'bok' is none of book, report, article, and no folder",
        ),
        ("typst_show_urls = 'foot'", "typst_show_urls must be one of no, footnote, inline"),
        ("typst_bleed = 3", "typst_bleed must be a length"),
        ("typst_logo = 'no.svg'", "typst_logo: there is no file"),
        ("typst_appendices = ['indes']", "the unknown document 'indes'; did you mean 'index'"),
        ("typst_additional_files = ['no.txt']", "typst_additional_files: cannot copy"),
        (
            "typst_documents = [('index', 'book', 'T', 'A', '', False, {'papersize': 'a5'})]",
            "there is no setting 'papersize' of one document; did you mean 'paper_size'",
        ),
        (
            "typst_documents = [('index', 'book', 'T', 'A', '', False, {'paper_size': 'a9'})]",
            "typst_documents, book: paper_size must be one of a4",
        ),
        ("typst_documents = [('index', 'book', 'T', 'A', '', 'no')]", "toctree_only (True or"),
    ],
)
def test_a_bad_setting_is_one_warning(project: Project, conf: str, warning: str) -> None:
    built = project.write("T\n=\n\nText.\n").configure(conf).build("typst", warnings=[warning])
    assert "Text" in built.read("book.typ")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "27 November 2026"),
        ("zh_CN", "2026年11月27日"),
        ("fr", "27 novembre 2026"),
        ("de", "27. November 2026"),
    ],
)
def test_dates_are_written_as_the_language_has_them(
    project: Project, monkeypatch: pytest.MonkeyPatch, language: str, written: str
) -> None:
    made = datetime(2026, 11, 27, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(made.timestamp())))
    built = project.write("T\n=\n\nText.\n").build("typst", language=language)
    assert f'date: "{written}"' in built.read("book.typ")


def test_chapters_that_a_box_brings_stand_after_it(book: BuildBook) -> None:
    toctree = "\n\n   {}.. toctree::\n\n      {}{}\n\n   {}After {}.\n\n"
    held = {"one": ".. note:: Note.", "two": "[#n]_\n\n.. [#n] Foot.", "three": "*  Item."}
    text = "".join(h + toctree.format("", "", name, "", name) for name, h in held.items())
    cell = ".. list-table::\n\n   * - Cell" + toctree.format("    ", "    ", "four", "    ", "four")
    pages = {
        f"{name}.rst": f"{name}\n{'=' * len(name)}\n\nIn {name}.\n" for name in (*held, "four")
    }
    built = book({"index.rst": f"Book\n====\n\n{text}{cell}End.\n", **pages})
    for name in (*held, "four"):
        assert f"After {name}." in built.print
        assert f"In {name}." in built.print
    assert (
        built.print.index("In one.") < built.print.index("In two.") < built.print.index("In four.")
    )
