"""Annotations on paper: what stays on one page, and what may go on to the next."""

from __future__ import annotations

import pytest
from docutils import nodes
from harness import Project
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


@pytest.mark.parametrize("follows", ["event-table", "event-list"])
def test_a_table_begins_after_the_drawings_above_it(project: Project, follows: str) -> None:
    events = "".join(f"```{{event}} E{n}\n:id: e{n}\n:date: 195{n}\n```\n\n" for n in range(3))
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    project.write(f"# T\n\n{events}```{{timeline}} Drawn\n```\n\n```{{{follows}}} Told\n```\n")
    source = project.build("typstpdf").read("*.typ")
    drawn, waits = source.index("#floating("), source.find("#place.flush()")
    assert (drawn < waits < source.index("Told", drawn)) == (follows == "event-table")


def test_a_drawing_under_a_heading_stands_on_its_page(project: Project) -> None:
    events = "".join(
        f"```{{event}} E{n}\n:id: e{n}\n:date: {1920 + n}-02-14\n```\n\n" for n in range(22)
    )
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    views = "# Chronology\n\n```{timeline}\n```\n\n```{event-table}\n```\n"
    project.write({"index.md": f"# One\n\n{events}```{{toctree}}\nviews\n```\n", "views.md": views})
    pages = project.build("typstpdf").pages
    # the key stands above the drawing, here under the heading and not under the running head
    drawn = [page.split()[:3] for page in pages if "exact day" in page]
    assert drawn == [["Chronology", "exact", "day"]]
