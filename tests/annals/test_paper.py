"""Annotations on paper: what stays on one page, and what may go on to the next."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx_annals.annals.doctree import annotation, apparatus, ruled


@pytest.mark.parametrize(
    ("body", "opened"),
    [
        (nodes.paragraph("", "Text."), "ruled(whole: true)"),
        (nodes.paragraph("", "Text. " * 200), "ruled"),
        (nodes.literal_block("", "x\n" * 90), "ruled"),
        (
            nodes.bullet_list("", *(nodes.list_item("", nodes.Text("x")) for _ in range(60))),
            "ruled",
        ),
        (nodes.figure("", nodes.image(uri="map.svg")), "ruled"),
        (nodes.container("", apparatus("", nodes.paragraph("", "Said."))), "ruled"),
        (annotation("", nodes.paragraph("", "Text.")), "ruled"),
    ],
)
def test_only_what_fits_on_a_page_for_certain_is_kept_whole(
    body: nodes.Element, opened: str
) -> None:
    assert ruled(annotation("", body)) == opened
