"""Texts, their words and their files, for all rooms. Pure; imports nothing of the house."""

from sphinx_annals.text.citing import (
    Target,
    TargetProblem,
    never_cited,
    parse_targets,
    show_targets,
)
from sphinx_annals.text.collate import (
    CHINESE,
    LAST,
    Words,
    filing_key,
    filing_place,
    filing_words,
    headword,
    initial,
    one_entry,
)
from sphinx_annals.text.files import replace_file, write_beside, write_if_changed
from sphinx_annals.text.folding import MARKS, fold, romanised, squeezed, without_diacritics
from sphinx_annals.text.guessing import Nearest, did_you_mean, nearest
from sphinx_annals.text.order import book_order
from sphinx_annals.text.pages import located_pages, outside, page_ranges, show_pages
from sphinx_annals.text.quotes import curly

__all__ = [
    "CHINESE",
    "LAST",
    "MARKS",
    "Nearest",
    "Target",
    "TargetProblem",
    "Words",
    "book_order",
    "curly",
    "did_you_mean",
    "filing_key",
    "filing_place",
    "filing_words",
    "fold",
    "headword",
    "initial",
    "located_pages",
    "nearest",
    "never_cited",
    "one_entry",
    "outside",
    "page_ranges",
    "parse_targets",
    "replace_file",
    "romanised",
    "show_pages",
    "show_targets",
    "squeezed",
    "without_diacritics",
    "write_beside",
    "write_if_changed",
]
