"""The README names every setting and every subtype of warnings."""

from __future__ import annotations

from harness import REPOSITORY
from sphinx_annals.pdf import OPTIONS, Subtype


def test_the_readme_names_every_setting() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [option.name for option in OPTIONS if f"| `{option.name}` |" not in text] == []


def test_the_readme_names_every_subtype() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [s.value for s in Subtype if f"`{s.type}.{s.value}`" not in text] == []
