"""A document that ends a build is named, with the line and the remedy: too deep, or no UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import PDF, Project
from sphinx.errors import SphinxParallelError
from sphinx_annals.authoring import deepest_line

DEEP = 400
LISTS = "T\n=\n\n" + "".join(f"{'  ' * n}* a\n\n" for n in range(DEEP))
NOTES = "T\n=\n\n" + "".join(f"{'   ' * n}.. note::\n\n" for n in range(DEEP))
LAST_LIST, LAST_NOTE = 2 * DEEP + 2, 2 * DEEP + 4


@pytest.mark.parametrize("builder", ["text", "typstpdf"])
@pytest.mark.parametrize(
    ("text", "line"), [(LISTS, LAST_LIST), (NOTES + "   " * DEEP + "end\n", LAST_NOTE)]
)
def test_the_deepest_line_is_named(
    tmp_path_factory: pytest.TempPathFactory, builder: str, text: str, line: int
) -> None:
    project = Project(tmp_path_factory.mktemp("deep"), PDF).write({"index.rst": text})
    with project.open(builder) as app:
        with pytest.raises(RecursionError):
            app.build()
        said = app.warning.getvalue()
    assert f"index.rst:{line}: WARNING: blocks are nested too deep" in said
    assert "sys.setrecursionlimit(5_000)" in said


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("name", "encoding", "said"),
    [
        ("two.rst", "latin-1", "two.rst:4: WARNING: byte 0xc4 is not UTF-8; save the document"),
        ("two.rst", "utf-16", "two.rst:1: WARNING: byte 0xff is not UTF-8; save the document"),
        ("table.csv", "latin-1", "index.rst: WARNING: a file that this document takes in is not"),
    ],
)
def test_a_document_in_another_encoding_is_named(
    tmp_path: Path, name: str, encoding: str, said: str, jobs: int
) -> None:
    page = "T\n=\n\n.. toctree::\n\n   two\n\n.. csv-table::\n   :file: table.csv\n"
    files = {"index.rst": page, "two.rst": "T\n=\n\n\u00c4 b.\n", "table.csv": "\u00c4,b\n"}
    project = Project(tmp_path, PDF).write(files)
    (project.root / name).write_bytes(files[name].encode(encoding))
    with project.open("text", parallel=jobs) as app:
        with pytest.raises((UnicodeDecodeError, SphinxParallelError)):
            app.build()
        told = app.warning.getvalue()
    assert (said in told) is (jobs == 1 or name == "two.rst")


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("a\n  b\n        \n  c\n", 2), ("a\n> > b\n> c\n", 2)]
)
def test_deepest_line(text: str, line: int) -> None:
    assert deepest_line(text) == line
