"""A project from a few lines, built to PDF, and what came out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader
from sphinx.testing.util import SphinxTestApp
from support import warnings_of

CONF = 'extensions = ["sphinx_annals.pdf"]\nproject = "Book"\nauthor = "A. Author"\ncopyright = "2026, A"\n'


@dataclass
class Book:
    """The result of one build."""

    app: SphinxTestApp

    @property
    def folder(self) -> Path:
        return Path(self.app.outdir)

    @property
    def pdf(self) -> PdfReader:
        return PdfReader(self.folder / "book.pdf")

    @property
    def source(self) -> str:
        return (self.folder / "book.typ").read_text(encoding="utf-8")

    @property
    def pages(self) -> list[str]:
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self.pdf.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def warnings(self) -> list[str]:
        return warnings_of(self.app)


BuildBook = Callable[..., Book]


@pytest.fixture
def book(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Iterator[BuildBook]:
    """Build a book from the text of ``index.rst`` or from files by name.

    Unexpected warnings fail: *warnings* lists parts of those that are expected, in order.
    """

    def build(
        source: str | dict[str, str],
        conf: str = "",
        warnings: tuple[str, ...] = (),
        **kwargs: object,
    ) -> Book:
        files = {"index.rst": source} if isinstance(source, str) else source
        for name, text in {"conf.py": CONF + conf, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        app = make_app("typstpdf", srcdir=tmp_path, **kwargs)
        try:
            app.build()
        finally:
            app.cleanup()
        result = Book(app)
        assert len(result.warnings) == len(warnings), result.warnings
        for said, wanted in zip(result.warnings, warnings, strict=True):
            assert wanted in said
        return result

    return build
