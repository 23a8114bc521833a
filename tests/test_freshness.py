"""Pages that show what other documents hold are written again, and no others."""

from __future__ import annotations

from functools import partial

import pytest
from harness import WHOLE, Project, Start

PAGES = {
    "index.md": "# Book\n\n```{toctree}\na\nb\nc\nd\ne\n```\n",
    **{f"{name}.md": f"# {name.upper()}\n\nText.\n" for name in "abcd"},
    "e.md": "# E\n\nSee {doc}`b`.\n",
}
WRITING = """
def setup(app):
    app.connect("env-updated", write)

def write(app, env):
    (app.outdir / "CNAME").write_text("example.org")
"""
"""Another extension puts a file there in each build."""
ALWAYS = {"genindex", "search"}
INDEX = ["index", *"abcde"]


@pytest.fixture
def start() -> Start:
    return Start({"conf.py": WHOLE + WRITING, **PAGES})


def pages(names: frozenset[str]) -> set[str]:
    return {name.removesuffix(".html") for name in names if name.endswith(".html")} - ALWAYS


@pytest.mark.parametrize(
    ("theme", "written"), [("basic", set("abce")), ("alabaster", set("abcde"))]
)
def test_a_part_of_the_contents_is_shown_by_some_themes(
    project: Project, theme: str, written: set[str]
) -> None:
    build = partial(project.build, html_theme=theme)
    build()
    assert pages(build().written) == set()
    project.edit("b.md", "# B", "# Second")
    again, clean = build(), build(out="clean")
    assert pages(again.written) == written | {"index"}
    assert again.files(".html", ".js") == clean.files(".html", ".js")


def test_the_page_of_a_document_that_is_gone_goes(project: Project) -> None:
    project.build()
    (project.root / "b.md").unlink()
    project.edit("index.md", "b\n", "").edit("e.md", "See {doc}`b`.", "None.")
    project.build("text")  # which knows of it first
    kept, clean = project.build(), project.build(out="clean")
    assert kept.files(".html", ".txt").keys() == clean.files(".html", ".txt").keys()


@pytest.mark.parametrize(
    ("name", "written"), [("a.html", {"a", "index"}), ("searchindex.js", set(INDEX))]
)
def test_what_was_harmed_is_written_again(project: Project, name: str, written: set[str]) -> None:
    first = project.build()
    good = first.files()
    first.find(name).write_bytes(b"\x80")
    (first.outdir / "nowhere").symlink_to("nothing")
    again = project.build()
    assert pages(again.written) == written
    assert again.files() == good
    assert pages(project.build().written) == set()


def test_pages_that_nobody_asked_for_stay_old(project: Project) -> None:
    project.build()
    project.edit("b.md", "# B", "# Second")
    with project.open() as app:
        app.build(filenames=[project.root / "b.md"])
    assert pages(project.build().written) >= {"a", "c", "e", "index"}


@pytest.mark.parametrize("kept", ["", "{}", '{"outdir": 1}'])
def test_what_is_kept_of_pages_may_be_spoilt(project: Project, kept: str) -> None:
    (path,) = project.build("text").outdir.parent.glob("doctrees/text.written.json")
    path.write_text(kept)
    assert {"a.txt", "b.txt"} <= project.build("text").written


def test_one_application_builds_twice_with_the_contents_of_each_time(project: Project) -> None:
    with project.open(html_theme="furo") as app:
        app.build()
        project.edit("b.md", "# B", "# Better")
        app.build(force_all=True)
        assert "Better" in (app.outdir / "d.html").read_text(encoding="utf-8")
