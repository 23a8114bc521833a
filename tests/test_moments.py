"""Builds at bad moments: spoilt files, full disks, nothing that can be written, odd names."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Project, Start
from sphinx.errors import ExtensionError
from sphinx_annals.messages import WriteError
from sphinx_annals.text import UNFINISHED

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


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "text", "annals", "typst"])
def test_what_was_built_may_be_spoilt(
    project: Project, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    whole = project.build(builder).files()
    good = {name: data for name, data in whole.items() if not name.startswith(".")}
    for name in good:
        (project.folder / "out" / builder / name).write_bytes(b"\x80noise")
    killed = [project.folder / "out" / builder / f"{UNFINISHED}{n}" for n in range(2)]
    killed[0].touch()
    killed[1].mkdir()
    (killed[1] / "places").touch()
    for path in killed:
        os.utime(path, (0, 0))
    again = project.build(builder).files()
    assert {name for name, data in good.items() if again.get(name) != data} == set()
    assert not [path for path in killed if path.exists()]


def fill(path: Path, text: str, *_how: str, **_more: str) -> int:
    """Write what there is room for, as on a disk that has little left when pages are written."""
    if path.name[:9] not in (UNFINISHED, "index.txt"):
        return path.write_bytes(text.encode())
    path.write_bytes(text.encode()[:9])
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("builder", ["html", "epub", "text"])
def test_a_full_disk_is_a_message_and_the_next_build_is_whole(
    project: Project, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    before = project.build(builder).files(".html", ".xhtml", ".epub")
    project.edit("index.md", "Told.", "Told more.")
    pages = [project.folder / "out" / builder / name for name in before]
    for page in pages:
        page.chmod(0o640)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", fill)
        with pytest.raises(WriteError, match="No space left on device") as told:
            project.build(builder)
    kept = project.folder / "out" / builder
    assert {name: (kept / name).read_bytes() for name in before} == before
    said = tuple(f"{page}: No space left on device; the last good page is kept" for page in pages)
    assert str(told.value).startswith(said) is (builder != "text")
    assert not list(kept.glob(".writing-*"))
    built = project.build(builder)
    assert "Told more." in built.everything()
    assert "</html>" in built.read("index.*") or builder == "text"
    assert {page.stat().st_mode & 0o777 for page in pages} <= {0o640}
    project.edit("index.md", "Told more.", "Told.")


@pytest.mark.parametrize(
    ("builder", "name"), [("html", "index.html"), ("typst", "book.typ"), ("annals", "annals.json")]
)
def test_a_folder_in_the_place_of_a_file_is_named_with_what_to_do(
    project: Project, builder: str, name: str
) -> None:
    place = project.folder / "blocked" / builder / name
    place.mkdir(parents=True)
    with pytest.raises(WriteError, match=r"Is a directory.*; make room for it, or") as told:
        project.build(builder, "blocked")
    assert str(told.value).startswith(f"{place}: ")


def test_where_nothing_can_be_written_nothing_is_begun(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, closed = os.access, project.folder / "out/html"
    good = (closed / "index.html").read_bytes()
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
