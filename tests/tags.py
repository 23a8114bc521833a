"""The structure of a PDF, which screen readers follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PdfReader

IN_LINES = frozenset({"/Span", "/Link", "/Strong", "/Em", "/Code", "/Lbl", "/Reference"})
"""The kinds of elements that stand in a paragraph or another block."""


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


def is_sound(pdf: PdfReader) -> bool:
    """Tell whether lines stand in blocks, items in lists, cells in rows, and figures have words."""
    parents = {"/LI": "/L", "/LBody": "/LI", "/TD": "/TR", "/TH": "/TR"}
    found = list(tags(pdf))
    loose = [tag for tag in found if tag.above == "/Document" and tag.kind in IN_LINES]
    astray = [tag for tag in found if parents.get(tag.kind, tag.above) != tag.above]
    silent = [tag for tag in found if tag.kind == "/Figure" and not tag.element.get("/Alt")]
    return not loose and not astray and not silent
