"""The README names every setting."""

from __future__ import annotations

from pathlib import Path

from typst_pdf.config import OPTIONS


def test_the_readme_names_every_setting(project: Path) -> None:
    text = (project / "_ext/typst_pdf/README.md").read_text()
    assert [option.name for option in OPTIONS if f"| `{option.name}` |" not in text] == []
