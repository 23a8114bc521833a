"""The README names every setting and every subtype of warnings."""

from __future__ import annotations

from harness import REPOSITORY
from sphinx_annals.pdf.config import OPTIONS
from sphinx_annals.pdf.messages import Subtype


def test_the_readme_names_every_setting() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [name for name in OPTIONS if f"| `{name}` |" not in text] == []


def test_the_readme_names_every_subtype() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [s.value for s in Subtype if f"`{s.type}.{s.value}`" not in text] == []
