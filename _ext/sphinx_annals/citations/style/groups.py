"""Groups of a list of works: each has a heading and a filter, a work goes to the first that fits.

Pure. The filters are those of the bibliography directive (``filters``).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sphinx_annals.citations.entry import TYPES
from sphinx_annals.citations.style.filters import FilterError, compile_filter

Group = tuple[str, str]
"""A heading and the source of a filter."""

KEYWORDS = "keywords"
REST = "Other works"
SCHEMES: Mapping[str, Mapping[str, str]] = {
    "type": {
        heading: f"kind in {[name for name, kind in TYPES.items() if kind.group == heading]}"
        for heading in dict.fromkeys(kind.group for kind in TYPES.values())
        if heading != REST
    }
}
Work = TypeVar("Work")


class GroupError(ValueError):
    """What an author wrote is no grouping."""


def scheme(value: str, own: Mapping[str, Mapping[str, str]]) -> tuple[Group, ...] | None:
    """Read the option ``group``; None for a single word that names no scheme.

    Raises GroupError for groups written out that cannot be read.
    """
    known = {**SCHEMES, **own}
    if ":" not in value and ";" not in value and value not in known:
        return None
    groups: list[Group] = []
    for piece in filter(None, map(str.strip, value.split(";"))):
        heading, _, source = (part.strip() for part in piece.partition(":"))
        if piece in known:
            groups += known[piece].items()
        elif heading and source:
            groups.append((heading, checked(heading, source)))
        else:
            raise GroupError(f"{piece!r} has not the form heading: filter")
    return tuple(dict(groups).items())


def checked(heading: str, source: str) -> str:
    """Give the filter of a group if it can be read; raises GroupError."""
    try:
        compile_filter(source)
    except FilterError as error:
        raise GroupError(f"{heading}: {source!r} is no filter ({error})") from error
    return source


def keyword_of(keywords: str) -> str:
    """Give the keyword that a work is filed under: its first, with a capital."""
    first = keywords.replace(";", ",").split(",")[0].strip()
    return first[:1].upper() + first[1:]


def divided(
    works: Iterable[Work], home: Callable[[Work], str], order: Iterable[str]
) -> list[tuple[str, list[Work]]]:
    """Put each work under the heading that ``home`` gives; those without one come last."""
    found: dict[str, list[Work]] = {heading: [] for heading in (*order, REST)}
    for work in works:
        found[home(work) or REST].append(work)
    return [(heading, members) for heading, members in found.items() if members]
