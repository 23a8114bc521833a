"""Each fence says what breaks it, and has a test that says so when it broke."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FENCES = HERE.parents[1] / "_ext" / "sphinx_annals" / "fences"


@pytest.mark.parametrize("module", sorted(p.stem for p in FENCES.glob("[a-z]*.py")))
def test_what_breaks_a_fence_is_said_and_tested(module: str) -> None:
    source = (FENCES / f"{module}.py").read_text(encoding="utf-8")
    functions = re.split(r"^def ", source, flags=re.MULTILINE)[1:]
    breakable = {text.partition("(")[0] for text in functions if "Breaks if " in text}
    tests = (HERE / f"test_{module}.py").read_text(encoding="utf-8")
    tested = set(re.findall(r"with fence\((?:\w+\.)?(\w+)\)", tests))
    assert breakable
    assert breakable - tested == set()
