"""CSL-JSON 1.0.2 of the works that somebody offers, for Zotero, pandoc and citeproc."""

from sphinx_annals.annals.export.base import Download, Files, Format
from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.language import message, messages

FILE = "bibliography.csl.json"


def _make(publication: Publication) -> Files:
    """Give the works in the order of the files; without a bibliography there is no file."""
    works = publication.works
    return {FILE: to_json([dict(work.csl) for work in works.values()])} if works else {}


FORMAT = Format(
    "csl",
    "CSL-JSON",
    message("The bibliography, for reference managers and pandoc."),
    _make,
    lambda book: [Download(FILE, len(book.works), messages("{count} entry", "{count} entries"))],
)
