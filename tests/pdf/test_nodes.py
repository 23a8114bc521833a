"""Each family of nodes on the smallest project."""

from __future__ import annotations

import base64
import io
import itertools
import re
from collections.abc import Callable, Iterator

import pytest
from harness import Built
from pikepdf import Page, Pdf, parse_content_stream
from PIL import Image
from sphinx_annals.pdf.typesetting import as_printed
from spots import spot

pytestmark = pytest.mark.slow  # whole builds, each of them

BuildBook = Callable[..., Built]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'


@pytest.mark.parametrize(
    ("rst", "shown"),
    [
        ("- one\n- two\n\n  - deep\n", ["• one", "• two", "deep"]),
        ("3. three\n4. four\n", ["3. three", "4. four"]),
        ("b) bee\nc) see\n", ["b) bee"]),
        ("Term : kind\n   Meaning.\n", ["Term : kind", "Meaning."]),
        (":Place: Moscow\n:Empty:\n", ["Place", "Moscow", "Empty"]),
        (
            ".. confval:: x\n   :type: text\n   :default: *some* words\n",
            ["Type", "text", "Default", "some words"],
        ),
        ("-o FILE  write it\n", ["-o FILE", "write it"]),
        ("| one\n|   two\n|\n| three\n", ["one", "two", "three"]),
        ("   Quoted.\n\n   -- Stalin\n", ["Quoted.", "— Stalin"]),
        ('::\n\n   x = "#1"\n     y\n', ['x = "#1"', "y"]),
        (".. note:: Careful.\n", ["Note", "Careful."]),
        (".. admonition:: Own *title*\n\n   Body.\n", ["Own title", "Body."]),
        (".. topic:: Topic\n\n   Body.\n", ["Topic", "Body."]),
        (".. rubric:: Rubric\n", ["Rubric"]),
        (".. centered:: Middle\n", ["Middle"]),
        (".. hlist::\n\n   * a\n   * b\n", ["• a", "• b"]),
        (".. math:: a^2\n\nAnd :math:`b_1`.\n", ["𝑎", "And 𝑏"]),
        ('.. productionlist::\n   a: `b` "x"\n   b: c\n', ['a ::= b "x"', "b ::= c"]),
        (
            "A [7]_, B [#]_, C [*]_, D [7]_.\n\n.. [7] seven\n.. [#] one\n.. [*] star\n",
            ["A7", "B1", "C*", "D7", "7seven", "1one"],
        ),
        (
            "A [1]_, B [#]_, C [#n]_.\n\n.. [1] one\n.. [#] two\n.. [#n] three\n",
            ["A1", "B2", "C3", "1one", "2two", "3three"],
        ),
        (
            ":ref:`genindex`, :ref:`modindex` and :ref:`search`\n",
            ["Index, Module Index and Search Page"],
        ),
        (".. versionadded:: 2.0\n   New.\n", ["Added in version 2.0", "New."]),
        (".. glossary::\n\n   one\n   two\n      Meaning.\n", ["one two", "Meaning."]),
        (".. py:function:: f(a, b=1)\n\n   Do.\n", ["f(a, b=1)", "Do."]),
        (
            ".. py:function:: f(a)\n\n   :param a: One\n\n      of\n         Two\n",
            ["a – One of Two"],
        ),
        (".. option:: -x, --long\n\n   Do.\n", ["-x, --long"]),
        (".. raw:: typst\n\n   #upper[raw]\n\n.. raw:: latex\n\n   no\n", ["RAW"]),
        (
            ".. raw:: html\n\n   <details><summary>Sum</summary>Words<p hidden>no <p>no</p></p>\n",
            ["Sum Words"],
        ),
        ("A |b|.\n\n.. |b| raw:: html\n\n   <i class='fa'></i> <b>word</b>\n", ["A word."]),
        (".. only:: typst\n\n   Printed.\n\n.. only:: html\n\n   Screen.\n", ["Printed."]),
        (".. container:: x\n\n   Inside.\n", ["Inside."]),
        (".. compound::\n\n   One.\n\n   Two.\n", ["One.", "Two."]),
        ("|s|\n\n.. |s| replace:: put in\n", ["put in"]),
        (
            ":kbd:`Ctrl` :abbr:`PRC (a name)` and :abbr:`PRC (a name)`\n",
            ["Ctrl", "PRC (a name) and PRC"],
        ),
        ("See [A1]_.\n\n.. [A1] Author, *Work*.\n", ["See [A1].", "[A1] Author, Work."]),
        ("One.\n\n----\n\nTwo.\n", ["* * *"]),
        (".. code-block:: python\n   :caption: Cap\n\n   pass\n", ["Cap", "pass"]),
        (".. parsed-literal::\n\n   a **b** c\n     `d <https://x.org>`_\n", ["a b c", "d"]),
        (".. epigraph::\n\n   Words.\n", ["Words."]),
        (".. sidebar:: Side\n\n   Body.\n", ["Side", "Body."]),
        (".. tip::\n\n   .. warning:: Deep.\n", ["Tip", "Warning", "Deep."]),
        (".. sectionauthor:: A\n\nText\n", ["Text"]),
        (".. parsed-literal::\n\n   x\n\n.. comment\n\nText.\n", ["Text."]),
    ],
)
def test_text_is_printed(book: BuildBook, rst: str, shown: list[str]) -> None:
    text = book(f"Title\n=====\n\n{rst}").print
    for part in shown:
        assert part in text
    assert "Screen" not in text
    assert "<b>" not in text


def test_code_has_colours_numbers_and_marked_lines(book: BuildBook) -> None:
    rst = (
        "T\n=\n\n.. code-block:: python\n   :lineno-start: 98\n   :emphasize-lines: 2\n"
        "   :caption: *Cap*\n\n   def f():\n   \t# é 中 no\n       return 1\n\n"
        ".. parsed-literal::\n\n   `d <https://x.org>`_\n"
    )
    result = book({"index.rst": rst, "a.py": "x = 1\n"})
    assert "98 def f(): 99 # é 中 no 100 return 1" in result.print
    source = result.read("book.typ")
    assert '("keyword", 0, 3), ("name", 4, 5)' in source
    assert '("comment", 5, 16)' in source
    assert "first: 98, marked: (2,))" in source
    assert '#parsed-literal[#weblink("https://x.org")[#raw("d")]]' in source


def test_a_reference_to_an_index_that_is_not_printed_names_no_page(book: BuildBook) -> None:
    source = book("T\n=\n\nSee :ref:`genindex`.\n").read("book.typ")
    assert "See Index" in source and "xref" not in source
    assert "xref" in book("T\n=\n\n.. index:: word\n\nSee :ref:`genindex`.\n").read("book.typ")


def test_tables_with_spans_and_repeated_heads(book: BuildBook) -> None:
    rows = "\n".join(f"   * - {n}\n     - text" for n in range(80))
    result = book(
        "T\n=\n\n+---+-------+\n| a | wide  |\n|   +---+---+\n|   | b | c |\n+===+===+===+\n"
        "| 1 | 2 | 3 |\n+   +---+---+\n|   | 4 | 5 |\n+---+---+---+\n\n"
        ".. list-table:: Long [#n]_\n   :header-rows: 1\n\n   * - Head `x <https://x.org>`_\n"
        f"     - Second :index:`marked`\n{rows}\n\n.. [#n] Note.\n\n"
        ".. list-table::\n   :widths: 10 20 70\n\n   * - ef61f81ec82c490484219c7f0ec96783\n"
        "     - short\n     - long\n\n.. list-table::\n   :widths: 10 90\n\n   * - a\n     - b\n"
    )
    source = result.read("book.typ")
    assert "table.cell(rowspan: 2)" in source
    assert "th(colspan: 2)" in source
    assert "columns: (10fr, 90fr, )" in source
    # No column is less than what stands in it, and what has no hyphens is broken.
    widths = re.findall(r"columns: \((\S+)fr, (\S+)fr, (\S+)fr, \)", source)
    first, second, third = map(float, widths[0])
    assert first > 0.2 * (first + second + third) and abs(third / second - 3.5) < 0.01
    assert "ef61f81ec8#box()2c49048421#box()9c7f0ec96783" in source
    assert sum("Head x" in page for page in result.pages) >= 2
    assert result.print.count("Note.") == 1
    assert "marked, 1" in result.pages[-1]


def listed(rows: list[list[str]]) -> str:
    lines = ("   * - " + "\n     - ".join(row) for row in rows)
    return ".. list-table::\n\n" + "\n".join(lines) + "\n\n"


def test_a_row_that_is_higher_than_a_page_goes_on(book: BuildBook) -> None:
    tall = "\n       ".join(f"| line{n}" for n in range(150))
    result = book("T\n=\n\n" + listed([["first", tall], ["second", "last"]]))
    assert result.print.count("line") == 150
    assert "line149 second last" in result.print


def test_a_table_too_wide_shrinks_then_turns_then_is_a_warning(book: BuildBook) -> None:
    def row(count: int) -> list[list[str]]:
        return [[f"``a.long_name{n}``" for n in range(count)]]

    tables = "".join(listed(row(count)) for count in (3, 10, 15, 40))
    nested = "* item\n\n  " + listed(row(6)).replace("\n", "\n  ")
    chapter = f"One\n===\n\nStart.\n\n{tables}{nested}\n\nEnd.\n"
    result = book(
        {"index.rst": "T\n=\n\n.. toctree::\n\n   one\n", "one.rst": chapter},
        warnings=["the table is too wide even for a page that is turned; split its columns"],
    )
    source = result.read("book.typ")
    scales = re.findall(
        r"(#sideways\[)?#tbl\(.*?(?:scale: ([\d.]+))?\n", source.replace(",\n", "\n")
    )
    assert [bool(turned) for turned, _ in scales] == [False, False, True, True, False]
    assert scales[0][1] == "" and 0.65 <= float(scales[1][1]) < 1
    turned = [page.mediabox.width > page.mediabox.height for page in result.pdf.pages]
    assert turned.count(True) == 2 and not turned[-1]
    assert "lo\u200bng\u200b_" in source  # where no page is wide enough, words are broken anywhere
    assert "name39" in result.print.replace(" ", "") and "End." in result.pages[-1]


def test_a_note_in_the_head_of_a_table(book: BuildBook) -> None:
    rows = "\n".join(f"   * - {n}" for n in range(80))
    rst = f"T\n=\n\n.. list-table::\n   :header-rows: 1\n\n   * - Head [#n]_\n{rows}\n\n.. [#n] Note.\n"
    assert book(rst).print.count("Note.") == 1


def test_figures_have_the_numbers_of_sphinx(book: BuildBook) -> None:
    files = {
        "a.svg": SVG,
        "index.rst": "B\n=\n\n.. toctree::\n   :numbered:\n\n   c\n   d\n",
        "c.rst": "One\n===\n\n.. figure:: a.svg\n   :alt: A\n\n   First\n",
        "d.rst": "Two\n===\n\n.. _f:\n\n.. figure:: a.svg\n   :alt: B\n   :width: 50%\n\n   Second\n\n"
        "   Legend\n\n:numref:`f` and :numref:`Picture {number} <f>`\n",
    }
    result = book(files, "numfig = True\n")
    assert "Fig. 2.1 Second" in result.print
    assert "Legend" in result.print
    assert "Fig. 2.1 and Picture 2.1" in result.print
    assert "Figures Fig. 1.1 First" in result.print


def test_an_image_without_alternative_text(book: BuildBook) -> None:
    result = book(
        {"a.svg": SVG, "index.rst": "T\n=\n\nText\n\n.. image:: a.svg\n"},
        warnings=["index.rst:6: WARNING: the image a.svg has no alternative text"],
    )
    assert 'alt: "Image a.svg"' in result.read("book.typ")
    assert len(result.pages) == 3


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////"
    "////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAA"
    "AAD/2gAIAQEAAD8AN//Z"
)


def test_an_image_that_cannot_be_read_costs_nothing_else(book: BuildBook) -> None:
    bad = {
        "empty.png": b"",
        "broken.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><rect',
        "cut.png": b"\x89PNG\r\n\x1a\n and no more",
        "page.png": b"<!doctype html><p>Not found",
        "doc.pdf": b"%PDF-1.7 and no more",
    }
    shown = "".join(
        f".. image:: {name}\n   :alt: Words of {name}\n\n" for name in [*bad, "jpeg.png"]
    )
    rst = f"T\n=\n\n{shown}Last |i|.\n\n.. |i| image:: empty.png\n   :alt: inline\n"
    told = "index.rst:{}: WARNING: the image {} cannot be printed ({}"
    reasons = ["the file is empty", "failed to parse SVG", "failed to decode image", "it is n", ""]
    said = [
        told.format(4 + 3 * n, name, reason)
        for n, (name, reason) in enumerate(zip(bad, reasons, strict=True))
    ]
    files = {"index.rst": rst, "jpeg.png": JPEG, **bad}
    result = book(files, warnings=[*said, "empty.png cannot be printed (the file is empty)"])
    assert "Words of empty.png Words of broken.svg Words of cut.png" in result.print
    assert "Last [inline]." in result.print
    assert '#picture("/images/jpeg.png.jpg"' in result.read("book.typ")


def test_an_image_of_another_kind_is_converted() -> None:
    image = Image.new("RGB", (2, 2))
    for kind in ("BMP", "TIFF"):
        image.save(stored := io.BytesIO(), kind)
        data, suffix = as_printed(stored.getvalue())
        assert (data[:4], suffix) == (b"\x89PNG", ".png")


def test_images_that_become_one_kind_stay_two(book: BuildBook) -> None:
    Image.new("RGB", (2, 2), "red").save(bmp := io.BytesIO(), "BMP")
    Image.new("RGB", (3, 3), "blue").save(png := io.BytesIO(), "PNG")
    rst = "T\n=\n\n" + "".join(f".. image:: a.{kind}\n   :alt: a\n\n" for kind in ("bmp", "png"))
    files = {"index.rst": rst, "a.bmp": bmp.getvalue(), "a.png": png.getvalue()}
    result = book(files)
    colours = [
        result.outdir.joinpath("images", name).read_bytes() == png.getvalue()
        for name in ("a.bmp.png", "a.png")
    ]
    assert colours == [False, True]


def test_sizes_and_inline_images(book: BuildBook) -> None:
    big = [":width: 1500px", ":width: 500%", ":height: 3000px", ":width: 30cm\n   :height: 60cm"]
    images = "".join(f".. image:: b.jpg\n   :alt: b\n   {size}\n\n" for size in big)
    result = book(
        {
            "a.svg": SVG,
            "b.jpg": JPEG,
            "index.rst": "T\n=\n\nAn |i| here.\n\n.. |i| image:: a.svg\n   :alt: i\n\n"
            ".. image:: a.svg\n   :alt: b\n   :width: 40px\n   :target: https://x.org\n\n"
            ".. image:: a.svg\n   :alt: c\n   :scale: 30\n   :align: left\n\n"
            f"{images}Text |b| and:\n\n.. |b| image:: b.jpg\n   :alt: b\n   :width: 900px\n\n"
            + listed([["|b|", "cell"], ["cell", "cell"]])
            + ":|h|: named by an image\n\n.. |h| image:: b.jpg\n   :alt: h\n   :width: 50%\n",
        }
    )
    assert "inline: true" in result.read("book.typ")
    assert "width: 30pt" in result.read("book.typ")
    assert "scale: 30, align: left" in result.read("book.typ")
    sizes = [size for page in Pdf.open(result.find("*.pdf")).pages for _, *size in drawn(page)]
    width = sizes[0][0]
    assert sizes[:3] == [[width, width]] * 3  # none is wider than the text
    assert sizes[3][1] == pytest.approx(2 * sizes[3][0], abs=0.2)  # nor cut
    assert sizes[4] == sizes[0] and max(sizes[5]) < width


def test_an_image_in_a_line_is_a_sign_or_as_large_as_by_itself(book: BuildBook) -> None:
    files: dict[str, str | bytes] = {"index.rst": "T\n=\n\nA |s| and |b| end.\n"}
    for name, height in (("s", 40), ("b", 200)):
        stored = io.BytesIO()
        Image.new("L", (2 * height, height), height).save(stored, "PNG")
        files[f"{name}.png"] = stored.getvalue()
        files["index.rst"] += f"\n.. |{name}| image:: {name}.png\n   :alt: a\n"  # type: ignore[operator]
    (sign, large) = [
        size for page in Pdf.open(book(files).find("*.pdf")).pages for size in drawn(page)
    ]
    assert sign[2] == pytest.approx(10.5, abs=0.1)
    assert large[2] > 100


def test_a_figure_without_a_caption_stands_in_the_middle(book: BuildBook) -> None:
    figures = ".. figure:: b.jpg\n   :alt: b\n\n" * 2 + "   Caption.\n"
    result = book({"b.jpg": JPEG, "index.rst": f"T\n=\n\n{figures}"})
    lefts = [left for page in Pdf.open(result.find("*.pdf")).pages for left, *_ in drawn(page)]
    assert len(lefts) == 2 and lefts[0] == pytest.approx(lefts[1])


def drawn(page: Page) -> Iterator[tuple[float, float, float]]:
    """Give the places from the left and the sizes of the images of a page."""
    matrix = [0.0] * 6
    for operands, operator in parse_content_stream(page):
        if str(operator) == "cm":
            matrix = [float(number) for number in operands]
        elif str(operator) == "Do":
            yield matrix[4], round(abs(matrix[0]), 1), round(abs(matrix[3]), 1)


EXTENSION = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes

class odd(nodes.General, nodes.Element): pass
class card(nodes.General, nodes.Element): pass

class Block(Directive):
    has_content = True
    def run(self):
        if self.name == "route":
            typed = [addnodes.desc_annotation("", "int: "), addnodes.desc_parameter("", "id")]
            return [addnodes.desc_signature("", "", addnodes.desc_parameterlist("", "", *typed))]
        node = globals()[self.name]("", ids=["the-block"])
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

def visit(self, node):
    self.define("card", "#let card(body) = block(upper(body))")
    self.begin_block("card", node)

def depart(self, node):
    self.end_block()

def setup(app):
    app.add_node(card, typst=(visit, depart))
    app.add_node(nodes.emphasis, override=True,
                 typstpdf=(lambda s, n: s.text("<"), lambda s, n: s.text(">")))
    for name in ("odd", "card", "route"):
        app.add_directive(name, Block)
"""
WITH_EXTENSION = (
    "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n"
    "extensions.append('typst_test_blocks')\n"
)


def test_an_unknown_node_is_one_warning_and_its_text_is_there(book: BuildBook) -> None:
    rst = "T\n=\n\n.. odd::\n\n   Kept text.\n\n   More.\n"
    result = book(
        {"index.rst": rst, "typst_test_blocks.py": EXTENSION},
        WITH_EXTENSION,
        warnings=["index.rst:4: WARNING: the node 'odd' has no visitor for Typst"],
    )
    assert "Kept text. More." in result.print


def test_figures_of_what_is_no_image(book: BuildBook) -> None:
    conf = "extensions += ['sphinx.ext.graphviz', 'sphinx.ext.todo']\ntodo_include_todos = True\ngraphviz_dot = 'no-dot'\n"
    rst = (
        "T\n=\n\n.. graphviz::\n   :caption: Cap\n\n   digraph { a -> b }\n\n"
        ".. figure:: none.png\n\n   Other\n\n.. todo:: Do it.\n"
    )
    result = book(
        {"index.rst": rst},
        conf,
        warnings=[
            "image file not readable",
            "cannot be run",
            "the graph is printed as its source",
            "none.png cannot be printed",
        ],
    )
    for words in ("Cap", "Other", "Do it."):
        assert words in result.print


def test_nodes_of_sphinx_design_that_show_their_children_or_nothing(book: BuildBook) -> None:
    code = (
        "from docutils import nodes\nclass PassthroughTextElement(nodes.TextElement): pass\n"
        "class sd_icon(nodes.Element, nodes.General): pass\n"
        "def setup(app):\n    app.connect('doctree-read', lambda app, tree: tree[0].append(\n"
        "        PassthroughTextElement('', '', nodes.Text('Card'), sd_icon('', nodes.Text('no')))))\n"
    )
    result = book(
        {"index.rst": "T\n=\n\nOne.\n", "typst_test_cards.py": code},
        WITH_EXTENSION.replace("blocks", "cards"),
    )
    assert "One. Card" in result.print
    assert "no" not in result.print.split()


def test_extensions_bring_visitors(book: BuildBook) -> None:
    rst = (
        "T\n=\n\n.. card::\n\n   shouted *this*\n\n.. route::\n\n"
        ".. raw:: html\n\n   <pre>formed</pre>\n\n.. raw:: latex\n\n   \\verb|formed|\n"
    )
    result = book({"index.rst": rst, "typst_test_blocks.py": EXTENSION}, WITH_EXTENSION)
    assert "SHOUTED <THIS>" in result.print
    assert "(int: id)" in result.print  # a route, with the type before its parameter
    assert result.print.count("formed") == 1  # as sphinx-prompt has its prompts, for two builders


def test_html_that_typst_says_once_more_is_not_printed_twice(book: BuildBook) -> None:
    rst = ".. raw:: html\n\n   <p>said</p>\n\n.. raw:: latex\n\n   said\n\n.. raw:: typst\n\n   said\n"
    rst += "\n.. raw:: html\n\n   <p>alone</p>\n"
    result = book(f"T\n=\n\n{rst}")
    assert result.print.split().count("said") == 1
    assert "alone" in result.print


def test_where_lines_of_verse_and_of_code_stand(book: BuildBook) -> None:
    code = f"   {'word ' * 18}further\n   next"
    verse = "| one\n| two\n|   three\n| four\n"
    page = book(f"T\n=\n\n{verse}\n::\n\n{code}\n").pdf.pages[-1]
    heights = [spot(page, word)[1] for word in ("one", "two", "three", "four")]
    gaps = [above - below for above, below in itertools.pairwise(heights)]
    assert gaps == [pytest.approx(gaps[0], abs=0.5)] * 3  # what is set in is no stanza of its own
    assert spot(page, "further")[0] > spot(page, "next")[0] + 5  # what did not fit is no line


def test_languages_of_spans_and_blocks(book: BuildBook) -> None:
    result = book(
        ".. role:: han\n   :class: language-zh-Hant\n\nT\n=\n\n:han:`中蘇` and\n\n"
        ".. rst-class:: language-ru\n\nДоговор.\n\n.. rst-class:: language-zh-Hans\n\n- 中苏\n",
        "smartquotes = False\n",
    )
    assert '#let lang-zh-hant = text.with(lang: "zh", region: "TW"' in result.read("book.typ")
    assert "#lang-ru[" in result.read("book.typ")
    assert "#lang-zh-hans[" in result.read("book.typ")
    assert "中蘇 and Договор." in result.print


@pytest.mark.parametrize("rst", ["`x <javascript:alert(1)>`_", "`x <data:text/html,1>`_"])
def test_unsafe_links_become_text(book: BuildBook, rst: str) -> None:
    result = book(f"T\n=\n\nA {rst} link.\n", warnings=["only http, https and mailto"])
    assert "A x link." in result.print
    assert "javascript" not in result.read("book.typ")


def test_relative_links_lead_to_the_site_where_its_address_is_known(book: BuildBook) -> None:
    page = {
        "index.rst": "T\n=\n\n.. toctree::\n\n   a/b\n",
        "a/b.rst": "B\n=\n\nA `x <../c.py>`_ at tcp::80, which is no link.\n",
    }
    book(page, warnings=["within a site where html_baseurl says"])
    result = book(page, "html_baseurl = 'https://example.org/en/'\n")
    assert '#weblink("https://example.org/en/c.py")[x]' in result.read("book.typ")


def test_links_to_pages_of_the_site_lead_to_their_documents(book: BuildBook) -> None:
    files = {
        "index.rst": "T\n=\n\nSee `b <a/b.html>`_.\n\n.. toctree::\n\n   a/b\n",
        "a/b.rst": "B\n=\n\nA `x <../index.html>`_, `y <b.html#z>`_ and `z <c.html>`_.\n\n.. _z:\n\nText.\n",
        "a/c.rst": ":orphan:\n\nNot in the book\n===============\n",
    }
    made = book(files, "html_baseurl = 'https://example.org/'\n").read("book.typ")
    assert made.count("#link(aim(") == 3 and '#weblink("https://example.org/a/c.html")' in made


def test_images_for_a_dark_page_are_left_out(book: BuildBook) -> None:
    image = ".. image:: dot.svg\n   :alt: in {0}\n   :class: only-{0}\n"
    linked = f"{image}   :target: https://x.org\n"
    dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    both = "\n".join(one.format(kind) for one in (image, linked) for kind in ("light", "dark"))
    result = book({"index.rst": f"T\n=\n\n{both}", "dot.svg": dot})
    assert "in light" in result.read("book.typ") and "in dark" not in result.read("book.typ")
    alone = book({"index.rst": f"T\n=\n\n{image.format('dark')}", "dot.svg": dot})
    assert "in dark" in alone.read("book.typ")


def test_an_unknown_target_is_a_warning(book: BuildBook) -> None:
    conf = """
def setup(app):
    from docutils import nodes
    def role(*args):
        return [nodes.reference("", "lost", refid="no-such", internal=True)], []
    app.add_role("lost", role)
"""
    result = book(
        "T\n=\n\nA :lost:`x` link.\n", conf, warnings=["'no-such' of a link is not in the book"]
    )
    assert "A lost link." in result.print
