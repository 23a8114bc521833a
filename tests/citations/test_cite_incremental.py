"""An edit and a further build give what a clean build gives, and write only what changed."""

from __future__ import annotations

import shutil

import pytest
from cite_projects import BIB, LIST

CHAPTER = "# {name}\n\nText {{cite:p}}`{key}{{p. 3}}`.\n"
SECTION = "# One\n\n## Part\n\nText {cite:p}`heinzig2004arduous{p. 3}`.\n"


@pytest.fixture
def book(project):
    project.write("index.md", "# Book\n\n```{toctree}\none\ntwo\nthree\nbib\n```\n")
    project.write("one.md", SECTION)
    project.write("two.md", CHAPTER.format(name="Two", key="lawrance2015border"))
    project.write("three.md", "# Three\n\nNothing cited.\n")
    project.write("bib.md", "# Bibliography\n\n" + LIST)
    return project


def rename(project):
    text = BIB.replace("heinzig2004arduous", "heinzig2004road")
    project.write("references.bib", text)
    project.write("one.md", CHAPTER.format(name="One", key="heinzig2004road"))


EDITS = {
    "add a citation that brings letters": (
        lambda p: p.write("three.md", CHAPTER.format(name="Three", key="lawrance2015relations")),
        {"two", "three", "bib"},
    ),
    "drop a citation": (lambda p: p.write("one.md", "# One\n\nText.\n"), {"one", "bib"}),
    "change a locator": (
        lambda p: p.write("one.md", "# One\n\nText {cite:p}`heinzig2004arduous{p. 4}`.\n"),
        {"one", "bib"},
    ),
    "edit a cited entry": (
        lambda p: p.write("references.bib", BIB.replace("Armonk", "London")),
        {"one", "bib"},
    ),
    "edit an uncited entry": (
        lambda p: p.write("references.bib", BIB.replace("Uncited, Ann", "Uncited, Bea")),
        set(),
    ),
    "add an entry": (
        lambda p: p.write("references.bib", BIB + "@book{new, title = {New}}\n"),
        set(),
    ),
    "remove a cited entry": (
        lambda p: p.write("references.bib", BIB.replace("@book{heinzig2004arduous", "@comment{")),
        {"one", "bib"},
    ),
    "rename an entry": (rename, {"one", "bib"}),
    "change a section title": (
        lambda p: p.write("one.md", SECTION.replace("Part", "Section")),
        {"one", "bib"},
    ),
    "cite in a heading": (
        lambda p: p.write("two.md", CHAPTER.format(name="Two {cite:p}`foot1991light`", key="foot1991light")),
        {"index", "one", "two", "three", "bib"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_and_a_further_build_equal_a_clean_one(book, name):
    edit, touched = EDITS[name]
    first = book.build("html", "warm")
    before = {path: (first.outdir / path).stat().st_mtime_ns for path in first.pages()}
    edit(book)
    warm = book.build("html", "warm")
    written = {path.removesuffix(".html") for path, time in before.items()
               if path.endswith(".html") and (warm.outdir / path).stat().st_mtime_ns != time}  # fmt: skip
    clean = book.build("html", "clean")
    assert warm.pages() == clean.pages()
    # Sphinx itself writes the page of the toctree again when a page in it is written
    assert written - {"genindex", "search", "index"} <= touched


def test_an_unchanged_project_writes_nothing(book):
    first = book.build("html", "warm")
    times = {
        path: (first.outdir / path).stat().st_mtime_ns
        for path in first.pages()
        if path.endswith(".html")
    }
    again = book.build("html", "warm")
    assert {p: (again.outdir / p).stat().st_mtime_ns for p in times
            if p not in ("genindex.html", "search.html")} == {
        p: t for p, t in times.items() if p not in ("genindex.html", "search.html")}  # fmt: skip


def test_another_builder_in_between_loses_no_change(book):
    book.build("html", "warm")
    book.write("references.bib", BIB.replace("Armonk", "London"))
    book.build("text", "warm")
    assert "London" in book.build("html", "warm").read("bib.html")


@pytest.mark.parametrize("style", ["author-date", "notes"])
def test_parallel_equals_serial(book, style):
    for number in range(8):
        book.write(f"more{number}.md", ":orphan:\n\n" + CHAPTER.format(
            name=f"More {number}", key="lawrance2015relations" if number % 2 else "foot1991light"))  # fmt: skip
    serial = book.build("html", "serial", citations_style=style)
    parallel = book.build("html", "parallel", parallel=2, citations_style=style)
    assert serial.pages() == parallel.pages()
    assert serial.warnings == parallel.warnings


def test_a_removed_document_leaves_the_list(book):
    book.build("html", "warm")
    (book.root / "one.md").unlink()
    book.write("index.md", "# Book\n\n```{toctree}\ntwo\nthree\nbib\n```\n")
    warm = book.build("html", "warm")
    shutil.rmtree(book.root.parent / "clean", ignore_errors=True)
    clean = book.build("html", "clean")
    assert "Heinzig" not in warm.read("bib.html")
    assert warm.read("bib.html") == clean.read("bib.html")


def test_the_title_of_a_document_that_tells_sections_apart(book):
    book.write("two.md", SECTION.replace("One", "Two"))
    book.build()
    book.write("one.md", SECTION.replace("One", "First"))
    assert "First: Part" in book.build().read("bib.html")
