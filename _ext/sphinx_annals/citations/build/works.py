"""The works of the bibliography as other wings see them."""

from collections.abc import Iterator
from pathlib import Path

from sphinx_annals.citations.bib import Library
from sphinx_annals.citations.entry import spans
from sphinx_annals.citations.formats import csl
from sphinx_annals.interfaces import Work


def offered(library: Library, base: Path) -> Iterator[Work]:
    """Give the works in the order of the files, paths as seen from `base` where they are below."""
    for key, entry in library.entries.items():
        path = Path(entry.path)
        yield Work(
            key=key,
            title=csl.title(entry),
            published_by=entry.date.latest if entry.date else None,
            pages=spans(entry),
            refers=library.refers(entry),
            path=(path.relative_to(base) if path.is_relative_to(base) else path).as_posix(),
            line=entry.line,
            aliases=tuple(library.other_keys.get(key, ())),
            csl=csl.item(entry),
        )
