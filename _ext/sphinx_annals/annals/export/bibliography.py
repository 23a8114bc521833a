"""CSL-JSON 1.0.2 of the works that somebody offers, for Zotero, pandoc and citeproc."""

from __future__ import annotations

from sphinx_annals.annals.export.base import Download, Edition, Files, Format
from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication

FILE = "bibliography.csl.json"


def _make(edition: Edition) -> Files:
    """Give the works in the order of the files; without a bibliography there is no file."""
    works = edition.publication.works
    return {FILE: to_json([dict(work.csl) for work in works.values()])} if works else {}


def _downloads(publication: Publication) -> list[Download]:
    return [Download(FILE, len(publication.works), "entry", "entries")]


FORMAT = Format(
    "csl",
    "CSL-JSON",
    "The bibliography, for reference managers and pandoc.",
    _make,
    _downloads,
)
