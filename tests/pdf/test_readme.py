"""The README names every setting."""

from __future__ import annotations

from harness import REPOSITORY
from sphinx_annals.pdf import OPTIONS


def test_the_readme_names_every_setting() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [option.name for option in OPTIONS if f"| `{option.name}` |" not in text] == []
