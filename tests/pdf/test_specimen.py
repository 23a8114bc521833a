"""The specimen book shows every node and four scripts at once."""

from __future__ import annotations

from harness import Project
from structure import Structure


def test_the_specimen_is_complete(project: Project) -> None:
    built = project.copy("typst-all").build("typstpdf", warnings=["javascript"])
    assert Structure(built.find("*.pdf")).faults() == []
    text = built.print
    for part in (
        "毛泽东",
        "毛澤東",
        "Máo Zédōng",
        "Сталин",
        "Table 2.1",
        "Fig. 2.1",
        "Python Module Index",
    ):
        assert part in text
    marks = "Typst’s marks stand as they are: # $ * _ @ <label> ~ // /* – — … “q” [x]."
    assert marks in text
