"""The harness itself: what it says of a build, and that nothing of one is known to the next."""

from __future__ import annotations

import sys

import pytest
from harness import PDF, Project, Start

EXTENSION = """\
from docutils.parsers.rst import roles
from docutils import nodes
def setup(app):
    roles.register_local_role("own", lambda *args: ([nodes.Text("mine")], []))
"""
LOCAL = "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
PAGE = "T\n=\n\nA :own:`x`.\n"


@pytest.fixture
def start() -> Start:
    return Start({"conf.py": ""}, index="index.rst")


def test_a_warning_is_named_or_fails(project: Project) -> None:
    project.write("T\n=\n\n`x\n")
    with pytest.raises(AssertionError, match=r"expected:\nsaid:\nindex.rst:4: WARNING: "):
        project.build()
    with pytest.raises(AssertionError, match="expected:\nno such thing"):
        project.build(fresh=True, warnings=["no such thing"])
    (said,) = project.build(fresh=True, warnings=["interpreted text"]).warnings
    assert said.startswith("index.rst:4: WARNING: ")
    assert project.build(fresh=True, warnings=None).warnings == [said]


def test_what_was_written_anew_is_told(project: Project) -> None:
    pages = {"a.rst": "A\n=\n", "b.rst": "B\n=\n"}
    project.write({"index.rst": "T\n=\n\n.. toctree::\n\n   a\n   b\n", **pages})
    assert {"a.html", "b.html"} <= project.build().written
    still = project.write(pages).build()
    assert not {"a.html", "b.html"} & still.written
    assert "configuration has changed" not in still.status
    again = project.edit("a.rst", "=\n", "=\n\nMore.\n").build()
    assert "a.html" in again.written
    assert "b.html" not in again.written
    assert again.soup("a.html").p.text == "More."
    with pytest.raises(AssertionError, match="no 'lost'"):
        project.edit("a.rst", "lost", "found")


def test_nothing_of_a_build_is_known_to_the_next(project: Project, tmp_path_factory) -> None:
    project.write({"own_role.py": EXTENSION, "index.rst": PAGE})
    project.configure(LOCAL + "extensions = ['own_role']\n")
    assert project.build("text").text("index.txt").endswith("A mine.")
    assert "own_role" not in sys.modules
    assert str(project.root) not in sys.path
    other = Project(tmp_path_factory.mktemp("other"), PDF).write(PAGE)
    other.build("text", warnings=["Unknown interpreted text role"])


def test_pages_of_a_pdf(tmp_path) -> None:
    built = Project(tmp_path, PDF).write("T\n=\n\nOne page.\n").build("typstpdf")
    assert "One page." in built.print
    assert len(built.pages) == len(built.pdf.pages)
