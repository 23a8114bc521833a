"""LaTeX numbers what Sphinx numbers."""

from __future__ import annotations

import re

import pytest
from harness import Project

CHAPTER = "{}\n===\n\nS\n-\n\nText.\n"
SWITCH = re.compile(r"secnumdepth\}\{(\S+?)\}|\\chapter\{(\w+)\}")
BOTH = ".. toctree::\n\n   a\n\n.. toctree::\n   :numbered:\n\n   b\n\n.. toctree::\n\n   c\n"


OFF, ON = ("-1", ""), (r"\numbereddepth", "")
A, B, C = ("", "Aaa"), ("", "Bbb"), ("", "Ccc")


@pytest.mark.parametrize(
    ("toctrees", "switches"),
    [
        pytest.param(BOTH, [OFF, A, ON, B, OFF, C, ON], id="some are numbered"),
        pytest.param(BOTH.replace("   :numbered:\n", ""), [A, B, C], id="none is"),
    ],
)
def test_documents_without_a_number_have_none_in_latex(
    project: Project, toctrees: str, switches: list[tuple[str, str]]
) -> None:
    pages = {f"{name}.rst": CHAPTER.format(name.upper() + 2 * name) for name in "abc"}
    project.write({"index.rst": f"T\n=\n\n{toctrees}", **pages})
    body = project.build("latex").read("*.tex").partition(r"\begin{document}")[2]
    assert SWITCH.findall(body) == switches
