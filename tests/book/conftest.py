"""The real book, built once in each form."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from harness import REPOSITORY, Built
from support import serving


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of the suite have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def book(shared: Path) -> Callable[[str], Built]:
    """Build the book with a builder, as the README says: each once, whichever process asks."""

    def build(builder: str) -> Built:
        folder, said = shared / "book" / builder, shared / f"book.{builder}.json"
        with FileLock(shared / "book.lock"):
            if not said.exists():
                command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder,
                           "-d", str(shared / "book/doctrees"), str(REPOSITORY), str(folder)]  # fmt: skip
                run = subprocess.run(command, capture_output=True, text=True, check=False)
                warnings = run.stderr.splitlines()
                assert run.returncode == 0 or warnings, run.stdout
                said.write_text(json.dumps(warnings))
        return Built(folder, json.loads(said.read_text()))

    return build


@pytest.fixture
def site(book: Callable[[str], Built]) -> Iterator[str]:
    """The address at which the book is served."""
    with serving(book("html")) as address:
        yield address
