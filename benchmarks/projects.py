"""Print the manuals of projects that others wrote, and say what it costs and what is lost.

Run with any Python 3.11 or later. For each project of ``projects.toml`` it takes the source
distribution from PyPI, makes an environment of its own below ``_build/projects``, builds the manual
as text and as PDF, and looks for each paragraph of the text in the PDF. A project that is there
already is built again, not fetched. See README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import BuildError, Cost, build

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "_build" / "projects"
TABLE = HERE / "projects.md"

CONF = """
extensions = [name for name in globals().get("extensions", []) if name not in {leave!r}]
extensions.append("sphinx_annals.pdf")
intersphinx_mapping = {{}}
typst_documents = [(globals().get("root_doc") or globals().get("master_doc", "index"),
                    "book", "", "")]
typst_show_pagerefs = "none"
html_theme = "basic"
nbsphinx_execute = "never"
nb_execution_mode = "off"
{conf}
"""


@dataclass(frozen=True)
class Project:
    """One project of the table."""

    name: str
    version: str
    docs: str
    shows: str
    needs: list[str]
    leave: list[str]
    conf: str

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def python(self) -> Path:
        return self.folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"


def projects(names: Iterable[str] = ()) -> list[Project]:
    """Read the table; names choose among its projects."""
    rows = tomllib.loads((HERE / "projects.toml").read_text(encoding="utf-8"))["project"]
    defaults = {"needs": [], "leave": [], "conf": ""}
    found = [Project(**(defaults | row)) for row in rows]
    return [project for project in found if not names or project.name in names]


def run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True)


def fetch(project: Project) -> Path:
    """Give the folder of a project's sources, with an environment beside it that can build them."""
    source = project.folder / "source"
    if (project.folder / "fetched").is_file():
        return source
    shutil.rmtree(project.folder, ignore_errors=True)
    wanted = f"{project.name}=={project.version}"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "download", "--no-deps", "--no-binary=:all:", "-d", project.folder, wanted)
    with tarfile.open(next(project.folder.glob("*.tar.gz"))) as archive:
        archive.extractall(project.folder / "unpacked", filter="data")
    (own,) = (project.folder / "unpacked").iterdir()
    own.rename(source)
    needed = [f"{HERE.parent}[pdf,math,emoji]", "pypdfium2", "pillow", *project.needs, source]
    if uv := shutil.which("uv"):  # many times as fast
        run(uv, "venv", "--quiet", "--python", sys.executable, project.folder / "env")
        run(uv, "pip", "install", "--quiet", "--python", project.python, *needed)
    else:
        venv.create(project.folder / "env", with_pip=True)
        run(project.python, *pip[1:], "install", *needed)
    conf = source / project.docs / "conf.py"
    lines = CONF.format(leave=project.leave, conf=project.conf)
    conf.write_text(conf.read_text(encoding="utf-8") + lines, encoding="utf-8")
    (project.folder / "fetched").touch()
    return source


@dataclass(frozen=True)
class Result:
    """What the PDF of a project is like."""

    project: Project
    cost: Cost
    pages: int
    warnings: int
    paragraphs: int
    lost: list[str]


def measure(project: Project) -> Result:
    """Build a project; raises BuildError where Sphinx or Typst refuses it."""
    source = fetch(project) / project.docs
    # What stands elsewhere in the web is not asked for: a proxy that is none refuses at once.
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
    environment = {"PYTHONPATH": str(HERE.parent / "_ext")} | proxies
    own: Any = {"python": project.python, "environment": environment, "strict": False}
    build(source, project.folder / "text", builder="text", **own)
    cost = build(source, project.folder / "pdf", builder="typstpdf", **own)
    log = (project.folder / "pdf.log").read_text(encoding="utf-8", errors="replace")
    script = [project.python, HERE / "paragraphs.py", source, project.folder]
    said = subprocess.run(
        list(map(str, script)), check=True, capture_output=True, text=True,
        env=os.environ | environment,
    ).stdout  # fmt: skip
    found = json.loads(said.splitlines()[-1])
    (project.folder / "lost.txt").write_text("\n\n".join(found["lost"]), encoding="utf-8")
    return Result(
        project, cost, found["pages"], log.count("[typst_pdf."), found["paragraphs"], found["lost"]
    )


def row(result: Result) -> str:
    cells = [
        f"{result.project.name} {result.project.version}", result.project.shows, result.pages,
        result.warnings, result.paragraphs, len(result.lost), f"{result.cost.cpu:.0f}",
        f"{result.cost.memory:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


HEAD = """\
# Manuals of other projects as PDF

`{command}` wrote this page; README.md says what is measured.

| project | shows | pages | warnings | paragraphs | lost | seconds | MiB |
|:--|:--|--:|--:|--:|--:|--:|--:|
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks/projects.py", description=__doc__)
    parser.add_argument("names", nargs="*", help="projects of the table; all if left out")
    parser.add_argument("--markdown", type=Path, default=TABLE, help="where to write the table")
    options = parser.parse_args()
    rows, failed = [], False
    for project in projects(options.names):
        try:
            rows.append(row(measure(project)))
        except (BuildError, subprocess.CalledProcessError) as error:
            rows.append(f"| {project.name} {project.version} | could not be built | | | | | | |")
            print(error, file=sys.stderr)
            failed = True
        print(rows[-1], flush=True)
    command = " ".join(["python benchmarks/projects.py", *sys.argv[1:]])
    table = HEAD.format(command=command) + "\n".join(rows) + "\n"
    options.markdown.write_text(table, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
