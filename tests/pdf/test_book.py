"""What makes pages a book: notes, references, contents, index, metadata, tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from harness import PDF, Built, Project

BuildBook = Callable[..., Built]

TWO = {
    "index.rst": "Book\n====\n\nIntroduction.\n\n.. toctree::\n   :caption: Part one\n   :numbered:\n\n"
    "   a\n   sub/b\n\n.. toctree::\n   :caption: End\n\n   c\n",
    "a.rst": ".. index:: single: Stalin, I. V.\n\nAlpha [#t]_\n============\n\nText [#x]_ and [#x]_ more [#y]_.\n\n"
    ".. [#x] Note in alpha.\n.. [#y] Second in alpha.\n.. [#t] Note to the title.\n\n"
    ".. _sec:\n\nDeep\n----\n\n:doc:`sub/b` :ref:`here <sec>`\n",
    "sub/b.rst": "Beta\n====\n\nText [#x]_. See :ref:`sec`, :ref:`more <sec>`.\n\n.. [#x] Note in beta.\n\n"
    ".. index::\n   single: Сталин\n   pair: treaty; loan\n   see: Djugashvili; Stalin\n   single: 毛泽东\n\nEnd.\n",
    "c.rst": "Gamma\n=====\n\n.. index:: single: Stalin, I. V.\n\nLast.\n",
}


def titles(outline: list[Any], depth: int = 0) -> list[str]:
    found = []
    for item in outline:
        found += titles(item, depth + 1) if isinstance(item, list) else [f"{depth} {item.title}"]
    return found


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("two"), PDF).write(TWO).build("typstpdf")


def page_of(result: Built, text: str) -> int:
    """The printed number of the first page of the main text that shows *text*."""
    labels = result.pdf.page_labels
    return next(
        int(labels[i]) for i, p in enumerate(result.pages) if text in p and labels[i].isdigit()
    )


def test_the_order_and_the_bookmarks(two: Built) -> None:
    assert [t.strip() for t in titles(two.pdf.outline)] == [
        "0 Contents",
        "0 Preface",
        "0 Part one",
        "1 1 Alpha",
        "2 1.1 Deep",
        "1 2 Beta",
        "0 End",
        "1 Gamma",
        "0 Index",
    ]
    text = two.print
    places = [
        text.index(part)
        for part in (
            "Contents",
            "Introduction.",
            "Note in alpha.",
            "Note in beta.",
            "Last.",
            "Djugashvili",
        )
    ]
    assert places == sorted(places)


def test_the_contents_have_pages(two: Built) -> None:
    contents = next(page for page in two.pages if page.startswith("Contents"))
    for title in ("Alpha", "Beta", "Gamma", "Index"):
        last = re.findall(rf"{title}[ .]*(\d+)", contents)[-1]
        labels = two.pdf.page_labels
        opening = [i for i, page in enumerate(two.pages) if re.match(rf"(\d )?{title}", page)]
        assert labels[opening[-1]] == last


def test_notes_stand_on_their_page_and_are_counted_by_chapter(two: Built) -> None:
    alpha = next(page for page in two.pages if "Note in alpha" in page)
    assert "1 Note to the title." in alpha.replace("1Note", "1 Note")
    assert re.search(r"2 ?Note in alpha\. 3 ?Second in alpha\.", alpha)
    beta = next(page for page in two.pages if "Note in beta" in page)
    assert re.search(r"1 ?Note in beta\.", beta)
    assert two.print.count("Note in alpha.") == 1
    assert two.print.count("Note to the title.") == 1


def test_no_two_notes_of_a_chapter_have_one_number(book: BuildBook) -> None:
    def page(name: str, *below: str) -> str:
        lines = "\n   ".join(("", *below))
        tree = f"\n.. toctree::\n{lines}\n" if below else ""
        return f"T\n=\n\n{name}: [4]_, [#]_.\n\n.. [4] By hand.\n.. [#] Counted.\n{tree}"

    files = {"index.rst": "I\n=\n\n.. toctree::\n\n   one\n   two\n", "below.rst": page("Below")}
    shown = book({**files, "one.rst": page("One", "below"), "two.rst": page("Two")}).print
    shown = "".join(shown.split())
    assert [said in shown for said in ("One:1,2.", "Below:3,4.", "Two:4,1.")] == [True] * 3


def test_references_name_the_page_when_it_is_another(two: Built) -> None:
    alpha, beta = page_of(two, "Note in alpha"), page_of(two, "Note in beta")
    assert f"See Deep (p. {alpha}), more (p. {alpha})." in two.print
    assert f"Beta (p. {beta}) here " in two.print + " "


@pytest.mark.parametrize(
    ("policy", "shown"),
    [("none", "See Deep, more."), ("marked", "See Deep, more."), ("all", "p. 3")],
)
def test_when_pages_are_shown(book: BuildBook, policy: str, shown: str) -> None:
    assert shown in book(TWO, f"typst_show_pagerefs = {policy!r}\n").print


def test_classes_ask_for_pages(book: BuildBook) -> None:
    conf = """
def setup(app):
    from docutils import nodes
    def role(name, raw, text, *args):
        shown, target, kind = text.split()
        return [nodes.reference("", shown, refuri=f"%{target}", internal=True, classes=[kind])], []
    app.add_role("to", role)
"""
    files = {
        "index.rst": "B\n=\n\n.. toctree::\n\n   a\n   b\n",
        "a.rst": "A\n=\n\n:to:`one b with-page`; :to:`two b page-ref`; :to:`three b no-page`; :to:`four a with-page`.\n",
        "b.rst": "Other\n=====\n",
    }
    result = book(files, conf)
    page = page_of(result, "Other")
    assert f"one, p. {page}; p. {page}; three; four, p. 1." in result.print


def test_the_index_has_pages_and_scripts_apart(two: Built) -> None:
    index = two.pages[-1]
    alpha, beta, last = (page_of(two, t) for t in ("Note in alpha", "Note in beta", "Last."))
    assert f"Stalin, I. V., {alpha}, {last}" in index
    assert f"loan treaty, {beta}" in index
    assert "Djugashvili, see Stalin" in index
    assert index.index("S Stalin") < index.index("С Сталин") < index.index("毛泽东")


def test_a_title_that_a_toctree_gives_stands_in_the_contents(book: BuildBook) -> None:
    files = {
        "index.rst": "T\n=\n\n.. toctree::\n\n   Short *a* <a>\n   B <b>\n",
        "a.rst": "A long title\n============\n\nOne\n---\n\nText.\n",
        "b.rst": "B\n=\n\n* listed\n",
    }
    made = book(files)
    assert "Contents Short *a* 1 One ." in made.print
    assert ". 1 B 2 iii A long title One Text. 1" in made.print
    assert "A long title" in [
        entry.get("/Title") for entry in made.pdf.outline if isinstance(entry, dict)
    ]


def test_an_index_of_a_domain_that_has_lists_for_lines(book: BuildBook) -> None:
    conf = """
from sphinx.domains import Domain, Index
class Listed(Index):
    name, localname = "listed", "Listed"
    def generate(self, docnames=None):
        return [("G", [["one", 0, "index", "x", None, None, "told"]])], True
class Own(Domain):
    name, label, indices = "own", "Own", [Listed]
def setup(app):
    app.add_domain(Own)
"""
    assert "Listed G one told, 1" in book("T\n=\n\nText.\n\n.. _x:\n\nPlace.\n", conf).print


def test_without_index_lists_and_domain_indices(book: BuildBook) -> None:
    files = {**TWO, "c.rst": "Gamma\n=====\n\n.. py:module:: mod\n"}
    assert "Python Module Index" in book(files).print
    result = book(files, "typst_index = False\ntypst_domain_indices = False\n")
    assert "Index" not in result.print


def test_the_pdf_is_tagged_and_described(book: BuildBook) -> None:
    result = book(
        TWO, "typst_keywords = ['treaty', '1950']\nlanguage = 'en'\ntypst_language = 'en-GB'\n"
    )
    root = result.pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    info = result.pdf.metadata
    assert (info.title, info.author, info["/Keywords"]) == ("Book", "A. Author", "treaty, 1950")
    assert "iii" in result.pdf.page_labels


def test_every_font_is_embedded(two: Built) -> None:
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in two.pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"])


def test_the_title_page(book: BuildBook) -> None:
    conf = (
        "typst_subtitle = 'Sub'\ntypst_edition = 'Second edition'\ntoday = 'May 1950'\n"
        "typst_colophon = ['Set in Libertinus.', 'Printed nowhere.']\n"
    )
    first, second, *_rest = book(TWO, conf).pages
    assert first == "Book Sub A. Author Second edition May 1950"
    assert second == "Book: Sub Second edition, May 1950 Set in Libertinus. Printed nowhere."


def test_a_book_in_which_nothing_has_a_title_has_the_name_of_its_project(book: BuildBook) -> None:
    conf = "typst_documents = [('index', 'book', '', '')]\nproject = 'Named'\n"
    assert book("Just words.\n", conf).pages[0].startswith("Named")


def test_running_heads(book: BuildBook) -> None:
    long = "\n\n".join(["A paragraph of some length to fill the page. " * 12] * 20)
    result = book(
        {
            "index.rst": "B\n=\n\n.. toctree::\n   :numbered:\n\n   a\n",
            "a.rst": f"Chapter *one* [#n]_\n===================\n\n{long}\n\n.. [#n] Note.\n",
        }
    )
    pages = [p for p in result.pages if "A paragraph" in p]
    assert not pages[0].startswith("Book")
    assert pages[1].startswith("1 Chapter one 2")
    assert pages[2].startswith("1 Chapter one 3")


def test_a_deep_document_without_chapters(book: BuildBook) -> None:
    result = book('Title\n=====\n\nOne\n---\n\nTwo\n~~~\n\nThree\n^^^^^\n\nFour\n""""\n\nText\n')
    assert titles(result.pdf.outline) == ["0 Contents", "0 One", "1 Two", "2 Three", "3 Four"]


def test_documents_outside_the_book_are_not_linked(book: BuildBook) -> None:
    files = {
        "index.rst": "B\n=\n\n.. toctree::\n\n   a\n",
        "a.rst": "A\n=\n\nSee :doc:`other` and :ref:`o`.\n",
        "other.rst": ":orphan:\n\n.. _o:\n\nOther\n=====\n",
    }
    assert "See Other and Other." in book(files).print


def test_urls_as_notes(book: BuildBook) -> None:
    rst = "T\n=\n\n`Text <https://example.org/x>`__, https://example.org/y [1]_.\n\n.. [1] Note.\n"
    result = book(rst, "typst_show_urls = True\n")
    assert "Text1, https://example.org/y2." in result.print
    assert "1https://example.org/x" in result.print.replace("1 h", "1h")


def test_a_footnote_nobody_refers_to_is_printed(book: BuildBook) -> None:
    result = book(
        "T\n=\n\nText.\n\n.. [#lost] Lost note.\n", warnings=("Footnote [#] is not referenced",)
    )
    assert "Lost note." in result.print
