"""A project that writes what the README of the package tells it to."""

from __future__ import annotations

import pytest
from examples import files_of
from harness import REPOSITORY, Start


@pytest.fixture
def start() -> Start:
    return Start(files_of(REPOSITORY / "_ext/sphinx_annals/README.md"))
