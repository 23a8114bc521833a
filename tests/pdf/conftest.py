"""Books from a few lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from harness import PDF, Built, Project, Start

BuildBook = Callable[..., Built]


@pytest.fixture
def start() -> Start:
    return PDF


@pytest.fixture
def book(project: Project) -> BuildBook:
    """Print a book from the text of ``index.rst`` or from files by name."""

    def build(files: str | dict[str, str], conf: str = "", **kwargs: object) -> Built:
        return project.write(files).configure(conf).build("typstpdf", **kwargs)

    return build
