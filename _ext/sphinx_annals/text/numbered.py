"""Names that are still free."""

from collections.abc import Iterator
from itertools import count


def numbered(name: str) -> Iterator[str]:
    """Give a name, then the name with 2, 3, … behind it."""
    yield name
    yield from (f"{name}-{n}" for n in count(2))
