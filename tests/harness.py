"""Small projects: written as text, built with any builder, and what came out of it.

A project starts with a ``conf.py`` and a bibliography (`Start`); a test writes its pages and builds
it, again and again if it wishes::

    built = project.write({"index.md": PAGE}).build("latex", warnings=["unknown place 'mosco'"])
    assert "Moscow" in built.text("*.tex")

A warning that a test does not name fails it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from pypdf import PdfReader
from sphinx.environment import BuildEnvironment
from sphinx.testing.util import SphinxTestApp

REPOSITORY = Path(__file__).resolve().parent.parent
ROOTS = Path(__file__).resolve().parent / "roots"
COLOURS = re.compile(r"\x1b\[[\d;]*m")
TEXTS = (".html", ".xhtml", ".xml", ".txt", ".tex", ".texi", ".1", ".typ", ".pot", ".pseudoxml")

Command = Callable[..., tuple[int, str]]
"""Runs a command with its arguments; gives its exit code, and what it says."""


@dataclass(frozen=True)
class Start:
    """What a project has before a test writes anything; *index* is what its first page is called."""

    files: Mapping[str, str]
    index: str = "index.md"


ANNALS = Start(
    {
        "conf.py": """\
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_annals.annals"]
primary_domain = "annals"
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["refs.bib"]
nitpicky = True
version = "1"
copyright = "2026, A"
""",
        "refs.bib": (
            "@book{heinzig2004arduous, author={Heinzig, Dieter}, title={Road}, year={2004}, "
            "publisher={Sharpe}}\n"
        ),
        "bib.md": "---\norphan: true\n---\n# Bib\n```{bibliography}\n:all:\n```\n",
    }
)
CITATIONS = Start(
    {
        "conf.py": """\
project = "Test"
extensions = ["myst_parser", "sphinx_annals.citations"]
bibtex_bibfiles = ["references.bib"]
html_theme = "basic"
html_copy_source = False
""",
        "references.bib": """\
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
""",
    }
)
BIB = CITATIONS.files["references.bib"]
PDF = Start(
    {
        "conf.py": """\
extensions = ["sphinx_annals.pdf"]
project = "Book"
author = "A. Author"
copyright = "2026, A"
"""
    },
    index="index.rst",
)
WHOLE = """\
extensions = ["myst_parser", "sphinx_annals"]
nitpicky = True
version = "1"
copyright = "2026, A"
project = "Book"
author = "A"
"""
"""The ``conf.py`` of a project that loads the whole package."""
ANNALS_ALONE = Start({"conf.py": "extensions = ['sphinx_annals.annals']\n"}, index="index.rst")
EMPTY = Start({"conf.py": ""})
LIST = "```{bibliography}\n```\n"
"""A bibliography, to end a page with."""


@dataclass(frozen=True)
class Built:
    """One build: where its output is, what it said, and which files it wrote anew."""

    outdir: Path
    warnings: list[str]
    status: str = ""
    written: frozenset[str] = frozenset()
    app: SphinxTestApp | None = field(default=None, repr=False)

    @property
    def env(self) -> BuildEnvironment:
        assert self.app is not None
        return self.app.env

    @property
    def statuscode(self) -> int:
        assert self.app is not None
        return self.app.statuscode

    def find(self, pattern: str) -> Path:
        """Give the one file of this name or pattern."""
        found = sorted(self.outdir.glob(pattern))
        assert len(found) == 1, f"{pattern}: {found or sorted(self.outdir.rglob('*'))}"
        return found[0]

    def read(self, pattern: str = "index.html") -> str:
        return self.find(pattern).read_text(encoding="utf-8")

    def text(self, pattern: str) -> str:
        """Give a file with its lines run together."""
        return " ".join(self.read(pattern).split())

    def soup(self, pattern: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup(self.read(pattern), "html.parser")

    def json(self, pattern: str) -> Any:
        return json.loads(self.read(pattern))

    def files(self, *suffixes: str) -> dict[str, bytes]:
        """Give all files, or those of some kinds, by their names."""
        return {
            path.relative_to(self.outdir).as_posix(): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file() and (not suffixes or path.suffix in suffixes)
        }

    def everything(self) -> str:
        """Give all that was written for readers in one line, markup included."""
        texts = self.files(*TEXTS).values()
        return " ".join(b"\n".join(texts).decode(errors="replace").split())

    @cached_property
    def pdf(self) -> PdfReader:
        return PdfReader(self.find("*.pdf"))

    @cached_property
    def pages(self) -> list[str]:
        """Give the text of each page of the PDF, white space as one space."""
        texts = (page.extract_text() for page in self.pdf.pages)
        return [re.sub(r"\s+", " ", text) for text in texts]

    @property
    def print(self) -> str:
        """Give the text of the whole PDF."""
        return " ".join(self.pages)


class Project:
    """A small project that is written, built, edited and built again."""

    def __init__(self, folder: Path, start: Start = EMPTY) -> None:
        self.folder, self.root = folder, folder / "src"
        self.index, self.conf = start.index, start.files["conf.py"]
        self.write(start.files)

    def write(self, files: Mapping[str, str | bytes] | str) -> Project:
        """Write files by name, or the first page; what stays as it was is not touched."""
        given = {self.index: files} if isinstance(files, str) else files
        for name, text in given.items():
            path, data = self.root / name, text.encode() if isinstance(text, str) else text
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
        return self

    def configure(self, conf: str) -> Project:
        """Set what ``conf.py`` has after the lines that the project started with."""
        return self.write({"conf.py": self.conf + conf})

    def copy(self, name: str) -> Project:
        """Start over with the files of ``tests/roots/test-NAME``."""
        shutil.rmtree(self.root)
        shutil.copytree(ROOTS / f"test-{name}", self.root)
        self.conf = self.read("conf.py")
        return self

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> Project:
        """Put *new* for *old*, which must be there."""
        text = self.read(name)
        assert old in text, f"{name} has no {old!r}"
        return self.write({name: text.replace(old, new)})

    def build(
        self,
        builder: str = "html",
        out: str = "out",
        *,
        warnings: Sequence[str] | None = (),
        **how: Any,
    ) -> Built:
        """Build into *out*, as `open` has it.

        *warnings* has a part of each warning that is expected, in their order; None leaves them to
        the test, which reads `Built.warnings`.
        """
        before = self._times(out, builder)
        with self.open(builder, out, **how) as app:
            app.build()
        times = self._times(out, builder)
        built = Built(
            outdir=Path(app.outdir),
            warnings=warnings_of(app),
            status=app.status.getvalue(),
            written=frozenset(name for name, time in times.items() if before.get(name) != time),
            app=app,
        )
        if warnings is not None:
            expect(built.warnings, warnings)
        assert [line for line in built.warnings if "is not printed here" in line] == []
        return built

    @contextmanager
    def open(
        self,
        builder: str = "html",
        out: str = "out",
        *,
        parallel: int = 0,
        fresh: bool = False,
        strict: bool = False,
        **settings: Any,
    ) -> Iterator[SphinxTestApp]:
        """Give the application of a build; nothing that it registers is known to the next one.

        *settings* win over ``conf.py``, *strict* is Sphinx's ``-W``.
        """
        if "html_theme" not in self.read("conf.py"):
            # SphinxTestApp would set it late, and each build would find another configuration
            settings.setdefault("html_theme", "basic")
        app = SphinxTestApp(
            builder,
            srcdir=self.root,
            builddir=self.folder / out,
            freshenv=fresh,
            warningiserror=strict,
            confoverrides=settings,
            parallel=parallel,
        )
        try:
            yield app
        finally:
            app.cleanup()
            for name, module in list(sys.modules.items()):
                if str(getattr(module, "__file__", None)).startswith(f"{self.root}/"):
                    del sys.modules[name]

    def _times(self, out: str, builder: str) -> dict[str, int]:
        folder = self.folder / out / builder
        return {
            path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
            for path in folder.rglob("*")
            if path.is_file()
        }


def warnings_of(app: SphinxTestApp) -> list[str]:
    """Give what was warned of, without colours and the folder of the source."""
    text = COLOURS.sub("", app.warning.getvalue()).replace(f"{app.srcdir}/", "")
    return [line for line in text.splitlines() if line]


def expect(said: Sequence[str], wanted: Iterable[str]) -> None:
    """Fail unless each warning has the part that is expected at its place."""
    expected = list(wanted)
    fits = len(said) == len(expected) and all(
        part in line for part, line in zip(expected, said, strict=True)
    )
    assert fits, "\n".join(["expected:", *expected, "said:", *said])
