"""Projects of annotations."""

from __future__ import annotations

import pytest
from harness import ANNALS, Command, Project, Start
from sphinx_annals.__main__ import main


@pytest.fixture
def start() -> Start:
    return ANNALS


@pytest.fixture
def command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command in the folder of the project; gives its exit code, and all that it says."""
    monkeypatch.chdir(project.root)

    def call(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        return code, "".join(capsys.readouterr())

    return call
