"""A one-page project built from the text of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp
from support import Build

CONF = """
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_annals.annals"]
primary_domain = "annals"
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["refs.bib"]
nitpicky = True
"""
BIB = "@book{heinzig2004arduous, author={Heinzig, Dieter}, title={Road}, year={2004}, publisher={Sharpe}}\n"


@pytest.fixture
def build(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Build:
    """Build the pages given by name in a new project, or again in the same one."""
    source = tmp_path / "src"
    source.mkdir()

    def run(
        pages: dict[str, str], builder: str = "html", parallel: int = 0, fresh: bool = False
    ) -> SphinxTestApp:
        (source / "conf.py").write_text(CONF)
        (source / "refs.bib").write_text(BIB)
        (source / "bib.md").write_text(
            "---\norphan: true\n---\n# Bib\n```{bibliography}\n:all:\n```\n"
        )
        for name, text in pages.items():
            (source / name).write_text(text)
        app = make_app(
            builder, srcdir=source, parallel=parallel, freshenv=fresh,
            confoverrides={"exclude_patterns": ["_build"]},
        )  # fmt: skip
        app.build()
        return app

    return run
