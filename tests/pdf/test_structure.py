"""The checks of a PDF's tags find what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import typst
from structure import Structure

TABLE = "#table(columns: 2, table.header[A][B], [c], [d])\n"
FINE = f'#set document(title: "T")\n= One\nText, #link("https://x.org")[a link].\n- item\n\n{TABLE}'
FINE += '#math.equation(alt: "x squared", block: true, $x^2$)\n'


def made(folder: Path, source: str, **options: object) -> Path:
    target = folder / "made.pdf"
    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(source.encode(), font_paths=fonts, ignore_system_fonts=True)
    target.write_bytes(compiler.compile(format="pdf", **options))
    return target


def test_nothing_is_wrong_with_a_good_one(tmp_path: Path) -> None:
    assert Structure(made(tmp_path, FINE, pdf_standards="ua-1")).faults() == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("Text.", "it does not say that it is PDF/UA-1"),
        ("Text.", "it has no title"),
        ("= One\n=== Three", "H1 is followed by H3"),
        ("$ x^2 $", "Formula has no words"),
        ('#block[#link("https://x.org")[alone]]', "Link stands directly under Document"),
    ],
)
def test_what_typst_can_write_wrong(tmp_path: Path, source: str, fault: str) -> None:
    assert fault in Structure(made(tmp_path, source)).faults()


def test_without_tags(tmp_path: Path) -> None:
    assert "it is not tagged" in Structure(made(tmp_path, "Text.", pdf_tags=False)).faults()


@pytest.mark.parametrize(
    ("kind", "key", "value", "fault"),
    [
        ("TH", "/A", None, "TH has no scope"),
        ("Formula", "/Alt", None, "Formula has no words"),
        ("TD", "/S", pikepdf.Name.P, "TR holds P"),
        ("LBody", "/S", pikepdf.Name.P, "LI holds P"),
        ("Table", "/S", pikepdf.Name.Span, "Span stands directly under Document"),
    ],
)
def test_what_is_broken_later(
    tmp_path: Path, kind: str, key: str, value: object, fault: str
) -> None:
    structure = Structure(made(tmp_path, FINE, pdf_standards="ua-1"))
    element = next(found for found, _ in structure.elements() if structure.kind(found) == kind)
    if value is None:
        del element[key]
    else:
        element[key] = value
    assert fault in structure.faults()
