"""The reference names everything an author can write."""

from __future__ import annotations

from harness import REPOSITORY
from sphinx_annals.annals.checks import CHECKS
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.doctree import LANGUAGE_ROLES
from sphinx_annals.annals.export import FORMATS
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import Kind
from sphinx_annals.annals.views import VIEWS, directive_of


def test_the_reference_names_all_that_authors_and_editors_meet() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/annals/README.md").read_text()
    directives = DIRECTIVES | {view.name: directive_of(view) for view in VIEWS}
    names = {name for directive in directives.values() for name in directive.declared}
    names |= {*directives, *LANGUAGE_ROLES, *(kind.value for kind in Kind), "date"}
    names |= {f"annals.{subtype.value}" for subtype in Subtype} | {check.code for check in CHECKS}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
    assert [format.title for format in FORMATS if f"| {format.title} |" not in text] == []
