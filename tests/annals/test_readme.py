"""The reference names everything an author can write."""

from __future__ import annotations

from harness import REPOSITORY
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.messages import Subtype


def test_the_reference_names_every_directive_option_role_and_warning() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/annals/README.md").read_text()
    names = {name for directive in DIRECTIVES.values() for name in directive.declared}
    names |= set(DIRECTIVES) | set(AnnalsDomain.roles)
    names |= {f"annals.{subtype.value}" for subtype in Subtype}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
