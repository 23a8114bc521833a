"""Texts, their words and their files, for all rooms. Pure; imports nothing of the house."""

from sphinx_annals.text.characters import (
    held_by_no_output,
    line_starts,
    newline_of,
    printable,
    without_controls,
)
from sphinx_annals.text.citing import Citation, each_work, never_cited, parse_citations
from sphinx_annals.text.collate import (
    CHINESE,
    CYRILLIC,
    LAST,
    IndexGroups,
    IndexLine,
    IndexLinks,
    Words,
    arranged,
    filing_key,
    filing_place,
    filing_words,
    headword,
    initial,
    one_entry,
)
from sphinx_annals.text.directives import (
    Options,
    closes,
    cut_short,
    mark_of,
    mended,
    opened_within,
    read_options,
    stray_options,
)
from sphinx_annals.text.files import (
    OF_DISKS,
    UNFINISHED,
    read_table,
    replace_file,
    undecodable,
    write_beside,
    write_if_changed,
)
from sphinx_annals.text.folding import MARKS, fold, romanised, squeezed, without_diacritics
from sphinx_annals.text.graphs import book_order, components, rings
from sphinx_annals.text.names import Nearest, did_you_mean, meant_or_all, nearest, numbered
from sphinx_annals.text.numbers import (
    gnd_digit,
    is_number,
    isni_digit,
    located_pages,
    outside,
    page_ranges,
    show_pages,
    weighted_digit,
)
from sphinx_annals.text.sentences import first_sentence, sentence_end, sentence_on
from sphinx_annals.text.styled import Styled, Styles, html_of, literal, runs, styles_of
