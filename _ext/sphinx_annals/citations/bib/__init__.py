"""Reading .bib files: every entry comes out, every fault is a finding. Pure."""

from sphinx_annals.citations.bib.decoding import decode
from sphinx_annals.citations.bib.library import DEEPEST, Library, assemble
from sphinx_annals.citations.bib.places import is_named, named
from sphinx_annals.citations.bib.reading import LONGEST, parse, read_file
from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry, Span, as_bibtex
