"""Texts, their words and their files, for all rooms. Pure; imports nothing of the house."""

from sphinx_annals.text.backindex import IndexGroups, IndexLine, IndexLinks, arranged
from sphinx_annals.text.checkdigits import gnd_digit, isni_digit, weighted_digit
from sphinx_annals.text.citing import Citation, each_work, never_cited, parse_citations
from sphinx_annals.text.collate import (
    CHINESE,
    CYRILLIC,
    LAST,
    Words,
    filing_key,
    filing_place,
    filing_words,
    headword,
    initial,
    one_entry,
)
from sphinx_annals.text.controls import held_by_no_output, printable, without_controls
from sphinx_annals.text.fenced import closes, cut_short, mark_of, opened_within
from sphinx_annals.text.files import (
    OF_DISKS,
    UNFINISHED,
    replace_file,
    write_beside,
    write_if_changed,
)
from sphinx_annals.text.folding import MARKS, fold, romanised, squeezed, without_diacritics
from sphinx_annals.text.guessing import Nearest, did_you_mean, nearest
from sphinx_annals.text.lines import line_starts, newline_of
from sphinx_annals.text.numbered import numbered
from sphinx_annals.text.options import Options, mended, read_options, stray_options
from sphinx_annals.text.order import book_order
from sphinx_annals.text.pages import is_number, located_pages, outside, page_ranges, show_pages
from sphinx_annals.text.rings import components, rings
from sphinx_annals.text.sentences import first_sentence, sentence_end, sentence_on
from sphinx_annals.text.styled import Styled, Styles, html_of, literal, runs, styles_of
