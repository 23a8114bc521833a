"""Projects that cite."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from harness import CITATIONS, LIST, Built, Project, Start


@pytest.fixture
def start() -> Start:
    return CITATIONS


@pytest.fixture
def page(project: Project) -> Callable[..., Built]:
    """Build one page and a bibliography; the body and builder are given."""

    def make(body: str, builder: str = "text", **settings: object) -> Built:
        return project.write(f"# Title\n\n{body}\n\n{LIST}").build(builder, **settings)

    return make
