"""The book's configuration."""

from importlib.util import find_spec

project = "@@title"
author = "@@author"
copyright = author
language = "@@language"
version = "1"  # of the text: an EPUB must have one

extensions = ["myst_parser", "sphinx_annals"]
exclude_patterns = ["_build", ".*", "README.md"]
nitpicky = True  # a link that leads nowhere is a warning

bibtex_bibfiles = ["references.bib"]
citations_style = "notes"  # or "author-date", or a CSL style such as "apa"

html_theme = "furo" if find_spec("furo") else "alabaster"
html_title = project

typst_documents = [("index", "book", project, author)]
typst_domain_indices = []  # the general index has their entries too
