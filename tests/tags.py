"""The structure of a PDF, which screen readers follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PdfReader


class Tag(NamedTuple):
    """An element, its kind and that of the one above it."""

    kind: str
    above: str
    element: dict[str, Any]


def tags(pdf: PdfReader) -> Iterator[Tag]:
    """Give all elements of the structure in the order of the text."""
    waiting = [(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"], "")]
    while waiting:
        item, above = waiting.pop()
        item = item.get_object()
        if isinstance(item, list):
            waiting += [(child, above) for child in reversed(item)]
        elif isinstance(item, dict) and "/S" in item:
            yield Tag(str(item["/S"]), above, item)
            if "/K" in item:
                waiting.append((item["/K"], str(item["/S"])))
