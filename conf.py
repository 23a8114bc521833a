"""The book's configuration: metadata, extensions, theme. Rules live in the extensions."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
sys.path.insert(0, str(Path(__file__).parent / "_theme"))

from sphinx_annals import __version__ as release

project = "The Sino-Soviet Treaty of 1950: An Annotated History"
html_title = "The Sino-Soviet Treaty of 1950"
author = "The editors"
copyright = "text CC BY-SA 4.0, code BSD-3-Clause"
version = release
today = "2026"  # the year of this edition, wherever it is cited: never the day of a build
language = "en"
locale_dirs = ["locale"]
gettext_compact = False  # a catalogue for each page

extensions = ["myst_parser", "sphinx_annals", "edition", "cover"]
exclude_patterns = [
    "_build",
    ".*",
    "_ext",
    "tests",
    "tools",
    "benchmarks",
    "manual",
    "_theme",
    "chapters/points",
    "apparatus/textual",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "THIRD-PARTY.md",
    "LICENSE*",
]
nitpicky = True

myst_enable_extensions = ["attrs_block", "attrs_inline", "deflist", "fieldlist", "substitution"]

bibtex_bibfiles = ["references.bib"]
citations_style = "notes"
citations_date_form = "dmy"

annals_layout = "margin"

numfig = True
html_theme = "_theme"
html_theme_path = ["."]
html_copy_source = False  # the sources are in the repository; no page links to a copy
html_baseurl = os.environ.get("BOOK_URL") or os.environ.get("READTHEDOCS_CANONICAL_URL", "")
# Where whoever publishes the book puts its other forms; a build at home has none beside it.
downloads = {form: os.environ.get(f"BOOK_{form}", "") for form in ("PDF", "EPUB")}
if "READTHEDOCS_VERSION" in os.environ:
    where = "/_/downloads/{READTHEDOCS_LANGUAGE}/{READTHEDOCS_VERSION}/pdf/"
    downloads["PDF"] = where.format_map(os.environ)
    os.environ.setdefault("BOOK_MANUAL", "manual/index.html")
html_context = {
    "licence": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "downloads": {form: address for form, address in downloads.items() if address},
    "manual": os.environ.get("BOOK_MANUAL", ""),  # that of the tools, published beside the book
    "edit": os.environ.get("BOOK_EDIT", ""),  # where the sources can be edited, ending in a slash
}
html_permalinks_icon = "¶"

latex_engine = "xelatex"
latex_elements = {
    "papersize": "a4paper",
    "babel": r"\usepackage[russian,main=english]{babel}",
    "polyglossia": "",
    "sphinxsetup": "hmargin={0.9in,2.1in}, marginpar=1.6in",  # notes stand in the margin
    "fontpkg": r"""
\usepackage{fontspec}
\setmainfont{Linux Libertine O}
\setsansfont{Linux Biolinum O}
\setmonofont{DejaVu Sans Mono}[Scale=MatchLowercase]
\usepackage{xeCJK}
\setCJKmainfont{Noto Serif CJK SC}[ItalicFont=Noto Serif CJK SC]
\setCJKsansfont{Noto Sans CJK SC}
\setCJKmonofont{Noto Sans Mono CJK SC}
\xeCJKDeclareCharClass{Default}{"2013,"2014,"2018,"2019,"201C,"201D,"2026}
\xeCJKsetup{CJKmath=true} % LaTeX sets addresses as mathematics
""",
    # an index of names is no index of code
    "preamble": r"\protected\def\sphinxstyleindexentry#1{#1}",
}
latex_documents = [("index", "sino-soviet-treaty.tex", project, author, "manual")]

typst_documents = [("index", "sino-soviet-treaty", project, author)]
typst_keywords = ["Sino-Soviet Treaty", "1950", "Mao Zedong", "Stalin", "source criticism"]
typst_font_size = "10pt"
typst_two_sided = True
typst_publisher = author
typst_colophon = [
    f"© {today} {author}.",
    "Text: Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0).",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "Code of the tools it is made with: BSD 3-Clause.",
    "Set in Libertinus Serif and Noto Serif.",
]
typst_domain_indices = []  # the general index has the provisions under their treaties

html_static_path = ["_static/cover.png"]  # made by tools/make_cover.py
templates_path = ["_theme/epub"]
epub_cover = ("_static/cover.png", "book-cover.html")
epub_basename = "sino-soviet-treaty"
epub_identifier = "urn:uuid:d67b805f-fa87-44a6-bc1a-0b79748f46f0"  # of the book, in every edition
epub_uid = "book-id"
epub_description = "How the treaty came about, what it said and did, and how the alliance ended."
epub_tocscope = "includehidden"
epub_tocdup = False
epub_show_urls = "no"
epub_meta = {
    "schema:accessMode": ["textual", "visual"],
    "schema:accessModeSufficient": ["textual"],
    "schema:accessibilityFeature": [
        "alternativeText",
        "displayTransformability",
        "index",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ],
    "schema:accessibilityHazard": ["none"],
    "schema:accessibilitySummary": (
        "Text with notes and tables; each drawing and map has a description or the same as text."
    ),
}
