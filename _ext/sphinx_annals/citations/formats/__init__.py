"""All files that a bibliography may be in: BibTeX, and CSL-JSON in ``csl/``. Pure."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from sphinx_annals.citations.bib import BibSource, Library, assemble, parse, read_file
from sphinx_annals.citations.formats import csl


def read(paths: Iterable[Path], encoding: str) -> list[BibSource]:
    """Read files by their endings; one that cannot be opened is a finding, not an error.

    What one defines for BibTeX is known in those after it.
    """
    bibtex = partial(parse, strings={})
    return [read_file(path, encoding, csl.parse if is_json(path) else bibtex) for path in paths]


def is_json(path: Path) -> bool:
    """Tell whether a file of a bibliography is CSL-JSON."""
    return path.suffix == ".json"


def load(
    paths: Sequence[Path], overlays: Sequence[Path] = (), encoding: str = "utf-8-sig"
) -> Library:
    """Read the files in order and lay the overlays over them; never raises."""
    sources = read((*paths, *overlays), encoding)
    return assemble(sources[: len(paths)], sources[len(paths) :])
