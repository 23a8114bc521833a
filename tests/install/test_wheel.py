"""The wheel: what is in it, what it says of itself, and that it works in an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
import sphinx_annals
from harness import REPOSITORY, Project
from packaging.requirements import Requirement

PACKAGE = REPOSITORY / "_ext/sphinx_annals"
NO_INDEX = ("no matching distribution", "could not find a version", "connection")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel in this environment, without the network."""
    build = pytest.importorskip("hatchling.build", reason="hatchling is not installed")
    out = tmp_path_factory.mktemp("dist")
    before = Path.cwd()
    os.chdir(REPOSITORY)
    try:
        return out / str(build.build_wheel(str(out)))
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def said(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_it_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {
        f"sphinx_annals/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert found == wanted
    assert {Path(name).suffix for name in found} >= {".css", ".js", ".json", ".typ", ".typed"}


def test_what_it_says_of_itself(said: Message) -> None:
    assert (said["Name"], said["Version"]) == ("sphinx-annals", sphinx_annals.__version__)
    assert "Framework :: Sphinx :: Extension" in said.get_all("Classifier", [])
    assert "Typing :: Typed" in said.get_all("Classifier", [])
    licences = said.get_all("License-File", [])
    assert all((REPOSITORY / name).is_file() for name in licences)
    assert any("world-atlas" in name for name in licences)
    assert "pip install 'sphinx-annals[all]'" in str(said.get_payload())


def test_annals_alone_asks_for_little_and_all_for_everything(said: Message) -> None:
    wanted = [Requirement(text) for text in said.get_all("Requires-Dist", [])]
    base = {need.name for need in wanted if need.marker is None}
    assert base == {"sphinx", "isodate", "pypinyin", "roman-numerals"}
    everything = {n.name for n in wanted if n.marker and n.marker.evaluate({"extra": "all"})}
    assert everything == {n.name for n in wanted if n.marker}


def test_the_declared_versions_of_python_are_those_that_are_tested(said: Message) -> None:
    named = {line.rpartition(" ")[2] for line in said.get_all("Classifier", []) if ":: 3." in line}
    workflow = (REPOSITORY / ".github/workflows/test.yml").read_text("utf-8")
    assert [version for version in sorted(named) if f'"{version}"' not in workflow] == []
    lock = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert lock["project"]["requires-python"] == f">={min(named, key=lambda v: int(v[2:]))}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extras", "extension", "builder", "file"),
    [
        ("", "sphinx_annals.annals", "html", "index.html"),
        ("[all]", "sphinx_annals", "typstpdf", "mybook.pdf"),
    ],
)
def test_it_works_in_an_empty_environment(
    wheel: Path, project: Project, extras: str, extension: str, builder: str, file: str
) -> None:
    if not os.environ.get("INSTALL_FROM_INDEX"):
        pytest.skip("INSTALL_FROM_INDEX is not set: it would download the dependencies")
    home = project.folder / "environment"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = run(python, "pip", "install", "--quiet", f"sphinx-annals{extras} @ {wheel.as_uri()}")
    if pip.returncode and any(words in pip.stderr.lower() for words in NO_INDEX):
        pytest.skip("there is no package index here")
    assert pip.returncode == 0, pip.stderr
    if not extras:
        page = "T\n=\n\n.. event:: E\n   :id: e\n\n   Text.\n\nSee :event:`e`.\n\n.. data-downloads::\n"
        (project.root / "index.md").unlink()
        project.write({"conf.py": f"extensions = [{extension!r}]\n", "index.rst": page})
    out = project.folder / "out"
    built = run(python, "sphinx", "-q", "-W", "-b", builder, str(project.root), str(out))
    assert built.returncode == 0, built.stderr
    assert (out / file).is_file()
    assert run(python, "sphinx_annals", "--help").returncode == 0
    if extras:
        begun = run(python, "sphinx_annals", "new", str(home / "book"), "--author", "A")
        assert begun.returncode == 0, begun.stderr
        requirements = (home / "book/requirements.txt").read_text("utf-8")
        assert f"sphinx-annals[all] @ {wheel.as_uri()}\n" in requirements
        new = str(home / "book"), str(out / "book")
        built = run(python, "sphinx", "-q", "-W", "-b", "html", *new)
        assert built.returncode == 0, built.stderr


def run(python: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module in another environment, which sees nothing of this one."""
    environment: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }
    command = [str(python), "-m", module, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
