"""CSL-JSON, the form in which Zotero, pandoc, Crossref and citeproc exchange works. Pure."""

from sphinx_annals.citations.formats.csl.files import parse
from sphinx_annals.citations.formats.csl.reader import (
    DATES,
    NAMES,
    OLDER,
    READ_AS,
    VARIABLES,
    CslError,
    entries,
)
from sphinx_annals.citations.formats.csl.writer import LazyItem, item, title
