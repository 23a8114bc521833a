"""Outputs are replaced by good ones alone, and mended where something else has changed them."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import Built, Project
from sphinx.errors import SphinxError
from sphinx_annals.text import write_beside

BuildBook = Callable[..., Built]
GOOD = "T\n=\n\nGood.\n"
BAD = "T\n=\n\nBad :nothing:`role`.\n"
SAID = "index.rst:4: ERROR: Unknown interpreted text role"


def said(built: Built) -> bool:
    return any(SAID in line for line in built.warnings)


def test_a_strict_build_with_warnings_keeps_the_last_good_pdf(
    book: BuildBook, project: Project
) -> None:
    good = book(GOOD, strict=True).find("book.pdf").read_bytes()
    project.write(BAD)
    for _ in range(2):  # Sphinx would warn of what it reads once, and then be content
        second = project.build("typstpdf", strict=True, warnings=None)
        assert second.statuscode == 1 and said(second)
        assert "book.pdf is not written" in second.status and "good one is kept" in second.status
        assert second.find("book.pdf").read_bytes() == good
    mended = book(GOOD + "\nBetter.\n", strict=True)
    assert mended.statuscode == 0 and "Better." in mended.print


def test_what_was_warned_of_fails_a_strict_build_after_it(
    book: BuildBook, project: Project
) -> None:
    first = book(BAD, warnings=None)
    assert first.statuscode == 0 and "Bad" in first.print
    strict = project.build("typstpdf", strict=True, warnings=None)
    assert strict.statuscode == 1 and said(strict)
    assert "Bad" in project.build("typstpdf", warnings=None).print


def test_the_source_alone_is_kept_too(book: BuildBook, project: Project) -> None:
    good = project.write(GOOD).build("typst").read("book.typ")
    kept = project.write(BAD).build("typst", strict=True, warnings=None)
    assert kept.read("book.typ") == good and said(kept)


def test_a_book_of_another_name_takes_the_place_of_the_last(project: Project) -> None:
    build = project.write(GOOD).build
    first = build("typst", project="First")
    assert {"first.typ", "template/first/book.typ"} <= first.files().keys()
    again, clean = build("typst", project="Second"), build("typst", "clean", project="Second")
    assert again.files().keys() == clean.files().keys()
    again.find("second.typ").write_text("mine")
    assert build("typst", project="Third").read("second.typ") == "mine"


def test_a_source_that_is_written_beside_a_pdf_leaves_it(book: BuildBook, project: Project) -> None:
    made = book(GOOD)
    names = made.files().keys()
    (made.outdir.parent / "typst").symlink_to(made.outdir)
    assert project.build("typst").files().keys() == names


@pytest.mark.parametrize("name", ["book.pdf", "book.typ", ".typst_pdf"])
def test_garbage_is_mended(book: BuildBook, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    path = book(GOOD).find(name)
    good = path.read_bytes()
    path.write_bytes(b"garbage")
    assert book(GOOD).find(name).read_bytes() == good


def test_a_full_disk_is_a_message(book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    first = book(GOOD)
    good = first.find("book.pdf").read_bytes()

    def full(target: Path, data: bytes, **how: bool) -> Path:
        if target.suffix == ".pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_beside(target, data, **how)

    monkeypatch.setattr("sphinx_annals.text.files.write_beside", full)
    with pytest.raises(SphinxError, match="No space left on device; the last good files are kept"):
        book(GOOD + "\nMore.\n")
    assert first.find("book.pdf").read_bytes() == good
    monkeypatch.undo()
    assert "More." in book(GOOD + "\nMore.\n").print


FETCHED = """
from urllib.error import URLError
from pygments.lexer import Lexer


class Fetched(Lexer):
    def __init__(self, **options):
        raise URLError("no network")


def setup(app):
    app.add_lexer("fetched", Fetched)
"""


def test_a_lexer_that_cannot_be_had_costs_its_colours(book: BuildBook) -> None:
    text = f"{GOOD}\n.. code-block:: fetched\n\n   some code\n"
    said = "index.rst:6: WARNING: the code has no colours: the lexer of 'fetched' failed (URLError"
    assert "some code" in book(text, FETCHED, warnings=[said]).print


def test_what_an_extension_cannot_read_is_no_fault_of_the_disk(book: BuildBook) -> None:
    failing = """
class transform(SphinxPostTransform):
    default_priority = 1
    def run(self):
        open("/none/there.css")
def setup(app):
    app.add_post_transform(transform)
"""
    with pytest.raises(SphinxError, match=r"FileNotFoundError: .*there.css.*good files") as caught:
        book(GOOD, "from sphinx.transforms.post_transforms import SphinxPostTransform\n" + failing)
    assert caught.value.category == "An extension, or a lexer, failed"


def test_a_logo_that_cannot_be_read(book: BuildBook) -> None:
    built = book(
        {"index.rst": GOOD, "logo.svg": "<svg"},
        "typst_logo = 'logo.svg'\n",
        warnings=["typst_logo: "],
    )
    assert "Good." in built.print
