"""SVG images become PDF for LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp
from support import warnings_of

MakeApp = Callable[..., SphinxTestApp]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'


@pytest.mark.parametrize(("svg", "warned"), [(SVG, False), ("no svg", True)])
def test_latex_gets_a_pdf_of_each_svg(
    tmp_path: Path, make_app: MakeApp, svg: str, warned: bool
) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_annals.pdf"]\n')
    (tmp_path / "a.svg").write_text(svg)
    (tmp_path / "index.rst").write_text("T\n=\n\n.. image:: a.svg\n   :alt: A\n")
    app = make_app("latex", srcdir=tmp_path)
    app.build()
    made = list(Path(app.outdir).glob("a.pdf"))
    if warned:
        assert "cannot be converted to PDF" in warnings_of(app)[0]
        assert not made
    else:
        assert warnings_of(app) == []
        assert made[0].read_bytes().startswith(b"%PDF")
