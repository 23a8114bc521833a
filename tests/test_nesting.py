"""A document that is nested too deep for Python is named, with the line and the remedy."""

from __future__ import annotations

import pytest
from harness import PDF, Project
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


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("a\n  b\n        \n  c\n", 2), ("a\n> > b\n> c\n", 2)]
)
def test_deepest_line(text: str, line: int) -> None:
    assert deepest_line(text) == line
