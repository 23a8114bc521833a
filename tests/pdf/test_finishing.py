"""What becomes smaller in a PDF, and what stays."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from harness import Built

BuildBook = Callable[..., Built]
RST = "T\n=\n\nOne\n---\n\n" + "Text.\n\n" * 60


def objects_in_streams(built: Built) -> bool:
    return b"/ObjStm" in built.find("book.pdf").read_bytes()


def test_objects_are_compressed_and_the_file_says_what_it_is(book: BuildBook) -> None:
    built = book(RST)
    assert objects_in_streams(built)
    with pikepdf.open(built.find("book.pdf")) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert "/Suspects" not in pdf.Root.MarkInfo  # false by default; poppler 22 refuses it
        assert pdf.Root.Lang == "en"


def test_the_oldest_standards_know_no_object_streams(book: BuildBook) -> None:
    assert not objects_in_streams(book(RST, "typst_pdf_standard = 'a-1b'\n"))
