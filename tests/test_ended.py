"""A document that ends a build is named, with the line and the remedy: too deep, or no UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import ANNALS_ALONE, PDF, Project, Start
from sphinx.errors import SphinxError, SphinxParallelError
from sphinx_annals.authoring import depths_of

DEEP = 400
LISTS = "T\n=\n\n" + "".join(f"{'  ' * n}* a\n\n" for n in range(DEEP))
NOTES = "T\n=\n\n" + "".join(f"{'   ' * n}.. note::\n\n" for n in range(DEEP))
DEEP_NOTES = NOTES + "   " * DEEP + "end\n"
LAST_LIST, LAST_NOTE = 2 * DEEP + 2, 2 * DEEP + 4


@pytest.mark.parametrize(
    ("start", "builder", "jobs", "text", "line"),
    [
        (ANNALS_ALONE, "text", 1, LISTS, LAST_LIST),
        (ANNALS_ALONE, "text", 2, DEEP_NOTES, LAST_NOTE),
        (PDF, "typstpdf", 1, LISTS, LAST_LIST),
        (PDF, "typstpdf", 1, DEEP_NOTES, LAST_NOTE),
    ],
)
def test_the_deepest_line_is_named(
    tmp_path_factory: pytest.TempPathFactory,
    start: Start,
    builder: str,
    jobs: int,
    text: str,
    line: int,
) -> None:
    files = {"index.rst": text, **{f"{n}.rst": ":orphan:\n\nT\n=\n" for n in range(12)}}
    project = Project(tmp_path_factory.mktemp("deep"), start).write(files)
    with project.open(builder, parallel=jobs) as app:
        with pytest.raises((RecursionError, SphinxParallelError)):
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


def test_documents_are_read_as_the_project_says(tmp_path: Path) -> None:
    files = {
        "conf.py": PDF.files["conf.py"] + "source_encoding = 'ascii'\n",
        "index.rst": "T\n=\n\nA \u00e4.\n",
    }
    with Project(tmp_path, PDF).write(files).open("text") as app:
        with pytest.raises(UnicodeDecodeError):
            app.build()
        told = app.warning.getvalue()
    assert "index.rst:4: WARNING: byte 0xc3 is not ascii; save the document as ascii" in told


def test_a_template_in_another_encoding_is_named(tmp_path: Path) -> None:
    conf = PDF.files["conf.py"] + "templates_path = ['own']\ntypst_template = 'own.typ'\n"
    project = Project(tmp_path, PDF).write({"conf.py": conf, "index.rst": "T\n=\n"})
    for name in ("own/page.html", "own.typ"):
        (path := project.root / name).parent.mkdir(exist_ok=True)
        path.write_bytes(b"\n\n// K\xf6ln\n")
    said = "WARNING: byte 0xf6 is not UTF-8; save the template as UTF-8"
    with project.open("html") as app:
        assert f"page.html:3: {said}" in app.warning.getvalue()
    with (
        project.open("typstpdf") as app,
        pytest.raises(SphinxError, match=r"own\.typ:3: byte 0xf6"),
    ):
        app.build()


@pytest.mark.parametrize(
    ("text", "depths"),
    [("", [0]), ("a\n  b\n        \n  c\n", [0, 2, 0, 2]), ("a\n> > b\n", [0, 4])],
)
def test_depths(text: str, depths: list[int]) -> None:
    assert depths_of(text) == depths
