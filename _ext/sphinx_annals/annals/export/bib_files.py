"""Where the works come from: the .bib files that sphinxcontrib-bibtex is configured with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_annals.annals.export.works import Work, Works, read_works

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def works_of(app: Sphinx) -> Works:
    """Give the works of a project, none where it has no bibliography; never raises.

    ``bibtex_bibfiles`` is public and the same whichever extension sets the citations.
    """
    return _read(
        bib_files(app), str(getattr(app.config, "bibtex_encoding", "utf-8-sig")), str(app.srcdir)
    )


def bib_files(app: Sphinx) -> tuple[tuple[str, int], ...]:
    """Give the .bib files, each with the time in nanoseconds when it last changed."""
    names = getattr(app.config, "bibtex_bibfiles", None) or []
    names = [names] if isinstance(names, str) else names
    return tuple((str(path), _changed(path)) for path in (_find(app, name) for name in names))


def _find(app: Sphinx, name: str) -> Path:
    path = Path(app.confdir) / name
    return path if path.exists() else Path(app.srcdir) / name


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[str, int], ...], encoding: str, source: str) -> dict[str, Work]:
    works = read_works([Path(path) for path, _ in files], encoding)
    return {
        key: Work(work.key, work.type, work.fields, _relative(work.path, source), work.line)
        for key, work in works.items()
    }


def _relative(path: str, source: str) -> str:
    try:
        return Path(path).relative_to(source).as_posix()
    except ValueError:
        return Path(path).as_posix()
