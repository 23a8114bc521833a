"""Builds at bad moments: spoilt caches, nothing that can be written, odd names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Project, Start
from sphinx.errors import ExtensionError

PAGE = "# T\n\n```{event} E\n:id: e\n:date: 1950\n:sources: foot1991light\n\nTold.\n```\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    conf = WHOLE + 'bibtex_bibfiles = ["references.bib"]\n'
    files = {"conf.py": conf, "references.bib": CITATIONS.files["references.bib"], "index.md": PAGE}
    # a folder whose name shells, addresses and Typst would misread
    return Project(tmp_path_factory.mktemp("moments") / "моя 书 & 'book' #1", Start(files))


@pytest.fixture(scope="module")
def good(project: Project) -> bytes:
    return project.build("html").find("index.html").read_bytes()


@pytest.mark.parametrize("harm", [b"", b"\x80\x05noise", None], ids=["empty", "noise", "half"])
def test_what_is_kept_between_builds_may_be_spoilt(
    project: Project, good: bytes, harm: bytes | None
) -> None:
    kept = [path for path in (project.folder / "out/doctrees").rglob("*") if path.is_file()]
    kept.append(project.folder / "out/html/.buildinfo")
    assert {path.suffix for path in kept} >= {".pickle", ".doctree"}
    for path in kept:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if harm is None else harm)
    assert project.build("html").find("index.html").read_bytes() == good


def test_where_nothing_can_be_written_nothing_is_begun(
    project: Project, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, closed = os.access, project.folder / "out/html"
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path) != closed and allowed(path, mode)
    )
    with pytest.raises(ExtensionError, match="out/html cannot be written, nothing is changed"):
        project.build("html")
    assert (closed / "index.html").read_bytes() == good


def test_a_source_behind_a_link_is_built_as_itself(
    project: Project, good: bytes, tmp_path: Path
) -> None:
    (tmp_path / "src").symlink_to(project.root)
    linked = Project.__new__(Project)
    linked.__dict__.update(project.__dict__, folder=tmp_path, root=tmp_path / "src")
    assert linked.build("html").find("index.html").read_bytes() == good
