"""The specimen book shows every node and four scripts at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from sphinx.testing.util import SphinxTestApp
from support import warnings_of


@pytest.mark.sphinx("typstpdf", testroot="typst-all")
def test_the_specimen_is_complete(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    app.build()
    (warning,) = warnings_of(app)
    assert "javascript" in warning
    reader = PdfReader(Path(app.outdir) / "specimen.pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for part in (
        "毛泽东",
        "毛澤東",
        "Máo Zédōng",
        "Сталин",
        "Table 2.1",
        "Fig. 2.1",
        "Python Module Index",
    ):
        assert part in text
    marks = "Typst’s marks stand as they are: # $ * _ @ <label> ~ // /* – — … “q” [x]."
    assert marks in text
