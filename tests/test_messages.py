"""One way to warn: an enum knows the type of its warnings, and what authors write is no format."""

from __future__ import annotations

import pytest
from harness import Project, warnings_of
from sphinx_annals.messages import WarningSubtype, warn


class Subtype(WarningSubtype, type="wing"):
    DATE = "date"


@pytest.mark.parametrize(
    ("subtype", "shown"),
    [(Subtype.DATE, "[wing.date]"), (("wing", "no-day"), "[wing.no-day]")],
)
def test_a_warning_shows_place_type_and_subtype(project: Project, subtype, shown):
    project.configure('suppress_warnings = ["wing.other"]\n')
    with project.open("text") as app:
        warn(subtype, "100% of {it} and %s", "chapter.md:3")
        warn(("wing", "other"), "not heard")
    assert warnings_of(app) == [f"chapter.md:3: WARNING: 100% of {{it}} and %s {shown}"]
