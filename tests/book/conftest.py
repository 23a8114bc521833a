"""The real book, built once in each form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from harness import REPOSITORY, Built
from support import serving


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build the book with a builder, each once, as the README says."""
    root = tmp_path_factory.mktemp("book")
    done: dict[str, Built] = {}

    def build(builder: str) -> Built:
        if builder not in done:
            folder = root / builder
            command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder,
                       "-d", str(root / "doctrees"), str(REPOSITORY), str(folder)]  # fmt: skip
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            warnings = run.stderr.splitlines()
            assert run.returncode == 0 or warnings, run.stdout
            done[builder] = Built(folder, warnings)
        return done[builder]

    return build


@pytest.fixture
def site(book: Callable[[str], Built]) -> Iterator[str]:
    """The address at which the book is served."""
    with serving(book("html")) as address:
        yield address
