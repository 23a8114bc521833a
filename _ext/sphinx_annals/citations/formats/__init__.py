"""All files that a bibliography may be in: BibTeX, and CSL-JSON in ``csl/``. Pure."""

from collections.abc import Sequence
from pathlib import Path

from sphinx_annals.citations.bib import BibSource, Library, assemble, read_file
from sphinx_annals.citations.formats import csl


def read(path: Path, encoding: str, strings: dict[str, str]) -> BibSource:
    """Read one file, by its ending; a file that cannot be opened is a finding, not an error.

    ``strings`` holds what earlier files define for BibTeX, and takes what this one does.
    """
    if is_json(path):
        return read_file(path, encoding, reader=csl.parse)
    return read_file(path, encoding, strings)


def is_json(path: Path) -> bool:
    """Tell whether a file of a bibliography is CSL-JSON."""
    return path.suffix == ".json"


def load(
    paths: Sequence[Path], overlays: Sequence[Path] = (), encoding: str = "utf-8-sig"
) -> Library:
    """Read the files in order and lay the overlays over them; never raises."""
    strings: dict[str, str] = {}
    sources = [read(path, encoding, strings) for path in (*paths, *overlays)]
    return assemble(sources[: len(paths)], sources[len(paths) :])
