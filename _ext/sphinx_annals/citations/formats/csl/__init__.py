"""CSL-JSON, the form in which Zotero, pandoc, Crossref and citeproc exchange works. Pure."""

from sphinx_annals.citations.formats.csl import vocabulary
from sphinx_annals.citations.formats.csl.reader import CslError, entries
from sphinx_annals.citations.formats.csl.writer import item, title
