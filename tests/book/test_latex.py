"""The book by XeLaTeX: nothing is lost, nothing sticks out, and it counts as Sphinx does."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from harness import Built

pytestmark = [pytest.mark.slow, pytest.mark.tex]
FAULTS = re.compile(
    r"^!.*|.*Missing character.*|.*undefined on.*|.*multiply.defined.*", re.MULTILINE
)
OVERFULL = re.compile(r"^Overfull .box \((\d+\.\d+)pt.*", re.MULTILINE)
LABEL = re.compile(r"\\newlabel\{([^}]*)\}\{\{([^{}]*)\}")


@pytest.fixture(scope="module")
def printed(book: Callable[[str], Built], shared: Path) -> Path:
    """The folder of the book, printed as Sphinx's makefile prints it."""
    if missing := [name for name in ("xelatex", "latexmk", "xindy") if not shutil.which(name)]:
        pytest.skip(f"no {missing[0]} on the PATH")
    folder = book("latex").outdir
    lines = {"max_print_line": "10000"}  # TeX breaks what it says after 79 characters
    with FileLock(shared / "latex.lock"):  # what is printed already is not printed again
        subprocess.run(
            ["make", "LATEXOPTS=-interaction=nonstopmode"],
            cwd=folder,
            env=os.environ | lines,
            capture_output=True,
            check=True,
        )
    return folder


def test_the_log_tells_of_no_fault(printed: Path) -> None:
    log = (printed / "sino-soviet-treaty.log").read_text(errors="replace")
    assert FAULTS.findall(log) == []
    assert [box[0] for box in OVERFULL.finditer(log) if float(box[1]) > 1] == []


def test_all_numbers_are_those_of_sphinx(printed: Path) -> None:
    aux = (printed / "sino-soviet-treaty.aux").read_text()
    labels = dict(LABEL.findall(aux))
    numbers = dict(_numbers(printed.parent / "doctrees"))
    assert len(numbers) > 50
    assert {label: labels.get(label) for label in numbers} == numbers


def _numbers(doctrees: Path) -> Iterator[tuple[str, str]]:
    """Give what Sphinx numbers, by the labels that LaTeX knows it by."""
    env = pickle.loads((doctrees / "environment.pickle").read_bytes())
    numbered = [(doc, of) for doc, kinds in env.toc_fignumbers.items() for of in kinds.values()]
    for doc, anchors in [*numbered, *env.toc_secnumbers.items()]:
        for anchor, number in anchors.items():
            label = f"{doc}:{anchor.removeprefix('#')}" if anchor else f"{doc}::doc"
            yield label, ".".join(map(str, number))
