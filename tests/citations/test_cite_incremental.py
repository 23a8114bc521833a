"""An edit and a further build give what a clean build gives, and write only what changed."""

from __future__ import annotations

import pytest
from harness import BIB, LIST

CHAPTER = "# {name}\n\nText {{cite:p}}`{key}{{p. 3}}`.\n"
SECTION = "# One\n\n## Part\n\nText {cite:p}`heinzig2004arduous{p. 3}`.\n"


@pytest.fixture
def book(project):
    return project.write(
        {
            "index.md": "# Book\n\n```{toctree}\none\ntwo\nthree\nbib\n```\n",
            "one.md": SECTION,
            "two.md": CHAPTER.format(name="Two", key="lawrance2015border"),
            "three.md": "# Three\n\nNothing cited.\n",
            "bib.md": "# Bibliography\n\n" + LIST,
        }
    )


def pages(built):
    """Give all that readers load; the order of words in the search index is no matter."""
    skipped = {".buildinfo", "searchindex.js"}
    return {name: data for name, data in built.files().items() if name not in skipped}


def rename(project):
    bib = BIB.replace("heinzig2004arduous", "heinzig2004road")
    page = CHAPTER.format(name="One", key="heinzig2004road")
    project.write({"references.bib": bib, "one.md": page})


EDITS = {
    "add a citation that brings letters": (
        lambda p: p.write({"three.md": CHAPTER.format(name="Three", key="lawrance2015relations")}),
        {"two", "three", "bib"},
    ),
    "drop a citation": (lambda p: p.write({"one.md": "# One\n\nText.\n"}), {"one", "bib"}),
    "change a locator": (
        lambda p: p.write({"one.md": "# One\n\nText {cite:p}`heinzig2004arduous{p. 4}`.\n"}),
        {"one", "bib"},
    ),
    "edit a cited entry": (
        lambda p: p.write({"references.bib": BIB.replace("Armonk", "London")}),
        {"one", "bib"},
    ),
    "edit an uncited entry": (
        lambda p: p.write({"references.bib": BIB.replace("Uncited, Ann", "Uncited, Bea")}),
        set(),
    ),
    "add an entry": (
        lambda p: p.write({"references.bib": BIB + "@book{new, title = {New}}\n"}),
        set(),
    ),
    "remove a cited entry": (
        lambda p: p.write({"references.bib": BIB.replace("@book{heinzig2004arduous", "@comment{")}),
        {"one", "bib"},
    ),
    "rename an entry": (rename, {"one", "bib"}),
    "change a section title": (
        lambda p: p.write({"one.md": SECTION.replace("Part", "Section")}),
        {"one", "bib"},
    ),
    "cite in a heading": (
        lambda p: p.write(
            {"two.md": CHAPTER.format(name="Two {cite:p}`foot1991light`", key="foot1991light")}
        ),
        {"index", "one", "two", "three", "bib"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_and_a_further_build_equal_a_clean_one(book, name):
    edit, touched = EDITS[name]
    names = book.build().files(".html")
    edit(book)
    lost = ["never closed", "unknown key"] if name == "remove a cited entry" else []
    warm = book.build(warnings=lost)
    assert pages(warm) == pages(book.build(out="clean", warnings=lost))
    # Sphinx itself writes the page of the toctree again when a page in it is written
    written = {name.removesuffix(".html") for name in names if name in warm.written}
    assert written - {"genindex", "search", "index"} <= touched


def test_an_unchanged_project_writes_nothing(book):
    book.build()
    written = {name for name in book.build().written if name.endswith(".html")}
    assert written <= {"genindex.html", "search.html"}


def test_another_builder_in_between_loses_no_change(book):
    book.build()
    book.write({"references.bib": BIB.replace("Armonk", "London")})
    book.build("text")
    assert "London" in book.build().read("bib.html")


@pytest.mark.slow
@pytest.mark.parametrize("style", ["author-date", "notes"])
def test_parallel_equals_serial(book, style):
    for number in range(8):
        book.write(
            {
                f"more{number}.md": "---\norphan: true\n---\n"
                + CHAPTER.format(
                    name=f"More {number}",
                    key="lawrance2015relations" if number % 2 else "foot1991light",
                )
            }
        )
    serial = book.build(out="serial", citations_style=style)
    parallel = book.build(out="parallel", parallel=2, citations_style=style)
    assert pages(serial) == pages(parallel)


def test_a_removed_document_leaves_the_list(book):
    book.build()
    (book.root / "one.md").unlink()
    book.write("# Book\n\n```{toctree}\ntwo\nthree\nbib\n```\n")
    warm = book.build()
    clean = book.build(out="clean")
    assert "Heinzig" not in warm.read("bib.html")
    assert warm.read("bib.html") == clean.read("bib.html")


def test_the_title_of_a_document_that_tells_sections_apart(book):
    book.write({"two.md": SECTION.replace("One", "Two")})
    book.build()
    book.write({"one.md": SECTION.replace("One", "First")})
    assert "First: Part" in book.build().read("bib.html")
