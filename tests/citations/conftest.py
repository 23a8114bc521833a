"""Fixtures for small projects that cite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cite_projects import LIST, Built, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "src")


@pytest.fixture
def page(project: Project) -> Callable[..., Built]:
    """Build one page and a bibliography; the body and builder are given."""

    def make(body: str, builder: str = "text", **settings: object) -> Built:
        project.write("index.md", f"# Title\n\n{body}\n\n{LIST}")
        return project.build(builder, **settings)

    return make
