"""Links lead where things stand, and pages are named, whoever lays the book out."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
import typst
from harness import PDF, Built, Project
from sphinx_annals.pdf.typesetting import DEFAULT_PACKAGES, compile_pdf, load_fonts, told_folder
from sphinx_annals.text import UNFINISHED
from spots import spot

LONG = "\n\n".join(["A paragraph of some length, to fill the page. " * 12] * 12)
FILES = {
    "index.rst": "B\n=\n\n.. toctree::\n   :numbered:\n\n   a\n   文/二\n",
    "a.rst": "One\n===\n\nTo :ref:`the end <goal>`, and to :ref:`here <here>`.\n\n"
    f".. _here:\n\nHere\n----\n\n.. index:: Alpha\n\n{LONG}\n",
    "文/二.rst": f"Two\n===\n\n{LONG}\n\n.. index:: Alpha\n\n.. _goal:\n\nGoal\n----\n\nSee :doc:`/a`.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("places"), PDF)
    return project.write(FILES).configure("typst_show_pagerefs = 'all'").build("typstpdf")


def links(built: Built, words: str) -> list[tuple[int, float, str]]:
    """Give the page, the height and the description of what each link on a page leads to."""
    number = next(n for n, page in enumerate(built.pages) if words in page)
    found = []
    for annotation in built.pdf.pages[number].get("/Annots", []):
        link = annotation.get_object()
        if "/Dest" in link and isinstance(link["/Dest"], list):
            page, _, _, top, _ = link["/Dest"]
            goal = built.pdf.get_page_number(page.get_object())
            found.append((goal, float(top), str(link["/Contents"])))
    return found


def test_a_link_leads_to_the_line_of_its_target_and_says_what_page_that_is(built: Built) -> None:
    labels = built.pdf.page_labels
    goal = next(n for n, page in enumerate(built.pages) if "See One" in page)
    (end, top, said), (here, _, _) = links(built, "To the end")
    assert (end, said) == (goal, f"page {labels[goal]}")
    assert labels[here] == "1"
    assert 0 < top - spot(built.pdf.pages[goal], "Goal")[1] < 40  # above its line, and not far


def test_a_document_of_any_name_is_found(built: Built) -> None:
    (end, _, said), *_ = links(built, "To the end")
    assert end > 0
    assert f"the end (p. {said.removeprefix('page ')}), and to here." in built.print
    assert b"place:" not in b"".join(
        str(a.get_object()).encode() for p in built.pdf.pages for a in p.get("/Annots", [])
    )


def test_the_source_compiled_by_hand_is_the_same_book(built: Built) -> None:
    source = str(built.find("book.typ"))
    made = typst.compile(source, font_paths=load_fonts(DEFAULT_PACKAGES), ignore_system_fonts=True)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert ["".join(page.split()) for page in pages] == ["".join(p.split()) for p in built.pages]
    assert not list(built.outdir.glob(f"{UNFINISHED}*"))


def test_two_builds_in_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    source = tmp_path / "book.typ"
    told = "(labels: (:), chapters: (), from: (:), notes: (:))"
    source.write_text(
        f"#json(json(bytes(sys.inputs.given)).places).labels.len() labels#metadata(() => {told})<whereabouts>",
        encoding="utf-8",
    )
    with told_folder(source) as folder:
        of_another_build = folder / "places"
        of_another_build.write_text("{", encoding="utf-8")
        data, _, notes = compile_pdf(source, load_fonts([]), [], 0)
        assert of_another_build.read_text(encoding="utf-8") == "{"
    assert notes == []
    assert "0 labels" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert list(tmp_path.iterdir()) == [source]
