"""The manual of the extensions, built with them: ``make manual``."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "_ext"))
sys.path.insert(0, str(Path(__file__).parent))

from sphinx_annals import __version__ as release

project = "Sphinx Annals: a manual"
author = "The authors of Sphinx Annals"
copyright = "2026, the authors of Sphinx Annals"
version = release
today = "2026"  # never the day of a build
extensions = ["myst_parser", "sphinx_annals", "made"]
exclude_patterns = ["_build", "examples"]
nitpicky = True

myst_heading_anchors = 3
myst_enable_extensions = ["dollarmath", "deflist", "substitution"]
title = "*The Sino-Soviet Treaty of 1950*"
second = "second book"
# Where the book is that this manual is published beside, with the second one below it.
where = os.environ.get("BOOK_URL") or os.environ.get("READTHEDOCS_CANONICAL_URL")
myst_substitutions = {
    "book": f"[{title}]({where})" if where else title,
    "pdf": f" The manual is a [PDF]({where}manual/manual.pdf) as well." if where else "",
    "second": f"[{second}]({where}manual/nerchinsk/)" if where else second,
}
html_baseurl = f"{where}manual/" if where else ""

bibtex_bibfiles = ["../references.bib", "examples.bib"]  # the examples are of the book
citations_cited_in = False

html_theme = "furo"
html_title = "Sphinx Annals"
html_copy_source = False
templates_path = ["_templates"]
html_static_path = ["_static", "../_theme/static/fonts"]
html_css_files = ["manual.css"]
html_favicon = "../_theme/static/mark.svg"
typst_documents = [("index", "manual", project, author, "report")]
typst_paper_size = "a4"
typst_domain_indices = []
