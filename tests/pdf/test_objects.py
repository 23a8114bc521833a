"""The objects of a PDF: what is read as Typst writes it is there again, in either form."""

from __future__ import annotations

import io
import json

import pikepdf
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx_annals.pdf.typesetting import FormError, Place, compiler, finished

FONTS = typst.Fonts(include_system_fonts=False)
SOURCE = """
#set document(title: "T")
= One
Text#footnote[a note] and {}.
#pagebreak()
#table(columns: 2, table.header[a][b], [*c*], [d])
"""
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20)


def made(*targets: str) -> bytes:
    links = [f"#link({json.dumps('place:' + t, ensure_ascii=False)})[a link]" for t in targets]
    book = compiler(FONTS, SOURCE.format(" ".join(links)).encode())
    data = book.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize("standards", [["ua-1"], ["1.4"]])
def test_a_pdf_is_whole_when_it_is_written_again(standards: list[str]) -> None:
    data = made("x")
    with pikepdf.open(io.BytesIO(data)) as old:
        pages = [page.Contents.read_bytes() for page in old.pages]
        with pikepdf.open(io.BytesIO(finished(data, standards))) as new:
            assert not new.check_pdf_syntax()
            assert [page.Contents.read_bytes() for page in new.pages] == pages
            assert new.trailer.ID == old.trailer.ID
            assert new.Root.PageMode == "/UseOutlines"


def test_what_typst_has_not_written_is_refused() -> None:
    packed = finished(made(), ["ua-1"])
    with pytest.raises(FormError, match="no plain table"):
        finished(packed, ["ua-1"])


@given(st.lists(NAMES, min_size=30, max_size=30, unique=True))
@settings(max_examples=5)
@example(["a(b", "a(b)c", "a)>>/b", "\\(", "глава-第一"])
def test_links_find_places_of_any_name(names: list[str]) -> None:
    places = {name: Place(2, n, 20, "ii") for n, name in enumerate(names)}
    data = finished(made(*names), ["ua-1"], "", places, "стр.")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [link.Dest for link in pdf.pages[0].Annots if link.Contents == "стр. ii"]
        height = float(pdf.pages[1].MediaBox[3])
        assert {link[0].objgen for link in links} == {pdf.pages[1].obj.objgen}
        assert {float(link[3]) for link in links} == {round(height - 20, 3)}
        assert sorted({int(link[2]) for link in links}) == list(range(len(names)))
