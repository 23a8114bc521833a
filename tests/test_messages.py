"""One way to warn: an enum knows the type of its warnings, and what authors write is no format."""

from __future__ import annotations

import pytest
from docutils import nodes
from harness import Project, warnings_of
from sphinx_annals.messages import WarningSubtype, warn


class Subtype(WarningSubtype, type="wing"):
    DATE = "date"


@pytest.mark.parametrize(
    ("subtype", "shown"), [(Subtype.DATE, "[wing.date]"), (("wing", "no-day"), "[wing.no-day]")]
)
def test_a_warning_shows_place_type_and_subtype(project: Project, subtype, shown):
    project.configure('suppress_warnings = ["wing.other"]\n')
    with project.open("text") as app:
        warn(subtype, "100% of {it} and %s", "chapter.md:3")
        warn(("wing", "other"), "not heard")
    assert warnings_of(app) == [f"chapter.md:3: WARNING: 100% of {{it}} and %s {shown}"]


def test_a_node_that_knows_its_line_alone_is_placed_by_what_holds_it(project: Project) -> None:
    text, holder = nodes.paragraph(""), nodes.section("")
    holder += text
    holder.source, holder.line, text.line = "chapter.md", 1, 7
    with project.open("text") as app:
        warn(Subtype.DATE, "wrong", text)
    assert warnings_of(app) == ["chapter.md:7: WARNING: wrong [wing.date]"]
