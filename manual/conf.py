"""The manual of the extensions, built with them: ``make manual``."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "_ext"), str(HERE)]

project = "Sphinx Annals: a manual"
author = "The authors of Sphinx Annals"
copyright = "2026, the authors of Sphinx Annals"
extensions = ["myst_parser", "sphinx_annals.pdf"]
html_theme = "furo"
html_title = project
exclude_patterns = ["_build"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "dollarmath"]
typst_documents = [("index", "manual", project, author, "report")]


def setup(app: Sphinx) -> None:
    """Put the tables that the code declares into the pages."""
    import tables

    app.connect("source-read", tables.insert)
