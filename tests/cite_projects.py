"""Small projects built in a folder of their own, with the warnings as part of the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from sphinx.testing.util import SphinxTestApp

CONF = """\
project = "Test"
extensions = ["myst_parser", "sphinx_annals.citations"]
bibtex_bibfiles = ["references.bib"]
html_theme = "basic"
html_copy_source = False
"""
BIB = """\
@book{heinzig2004arduous,
  author = {Heinzig, Dieter}, title = {The {Soviet} Union and {Communist} China},
  location = {Armonk}, publisher = {Sharpe}, date = {2004}}
@collection{elleman2015railways,
  editor = {Elleman, Bruce A. and Kotkin, Stephen}, title = {Manchurian Railways}, date = {2015}}
@article{foot1991light,
  author = {Foot, Rosemary}, title = {New Light}, journaltitle = {Journal of Studies},
  volume = {10}, number = {3}, pages = {16--29}, date = {1991-09}}
@book{lawrance2015relations, author = {Lawrance, Alan}, title = {Relations}, date = {2015}}
@book{lawrance2015border, author = {Lawrance, Alan}, title = {Border}, date = {2015}}
@book{uncited1900work, author = {Uncited, Ann}, title = {Work}, date = {1900}, keywords = {further}}
"""
LIST = "```{bibliography}\n```\n"


@dataclass
class Built:
    """One build: its output folder, its warnings, the documents it wrote."""

    srcdir: Path
    outdir: Path
    warnings: list[str]
    app: SphinxTestApp

    def read(self, name: str) -> str:
        return (self.outdir / name).read_text(encoding="utf-8")

    def text(self, name: str) -> str:
        """A plain text page with its lines run together."""
        return " ".join(self.read(name).split())

    def pages(self) -> dict[str, bytes]:
        skipped = {".buildinfo", "searchindex.js"}
        return {
            str(path.relative_to(self.outdir)): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file() and path.name not in skipped
        }


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("conf.py", CONF)
        self.write("references.bib", BIB)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def build(self, builder: str = "html", folder: str = "_build", *, parallel: int = 0,
              **confoverrides: object) -> Built:  # fmt: skip
        out = self.root.parent / folder
        warning = StringIO()
        app = SphinxTestApp(
            builder, srcdir=self.root, builddir=out, warning=warning, parallel=parallel,
            confoverrides=confoverrides or None)  # fmt: skip
        try:
            app.build()
        finally:
            app.cleanup()
        text = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue())
        lines = [line.replace(str(self.root) + "/", "") for line in text.splitlines() if line]
        return Built(self.root, Path(app.outdir), lines, app)
