project = 'Records & "Awkward" <Texts>'
release = "1.0"
extensions = [
    "myst_parser",
    "sphinxcontrib.bibtex",
    "sphinx_annals.citations",
    "sphinx_annals.annals",
]
primary_domain = "annals"
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["refs.bib"]
exclude_patterns = ["_build"]
nitpicky = True
