"""An example of a book: in Russian, with Julian dates and names in three scripts."""

import sys
from pathlib import Path

# in a book of one's own the package is installed
sys.path.insert(0, str(Path(__file__).parents[3] / "_ext"))

project = "Нерчинский договор 1689 года"
author = "Пример к руководству Sphinx Annals"
copyright = "2026, авторы Sphinx Annals"
language = "ru"
today = "2026"
version = "1"
exclude_patterns = ["_build"]
extensions = ["myst_parser", "sphinx_annals"]
nitpicky = True

bibtex_bibfiles = ["references.bib"]
citations_style = "notes"
citations_date_form = "dmy"
annals_layout = "margin"
annals_acknowledged = {"sebes1961": {"never-cited": "для тех, кто хочет читать дальше"}}

html_theme = "furo"
html_title = project

typst_documents = [("index", "nerchinsk", project, author)]
typst_domain_indices = []

epub_basename = "nerchinsk"
epub_identifier = "urn:uuid:1d4bde0c-9f1a-4e5c-8d5e-6a0f5f0a1689"
epub_uid = "book-id"
epub_tocscope = "includehidden"
epub_tocdup = False
