"""The directives, by the names that authors write."""

from __future__ import annotations

from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from sphinx_annals.annals.directives.account import AccountDirective, VerdictDirective
from sphinx_annals.annals.directives.annotation import (
    AnnotationDirective,
    EventDirective,
    OrganisationDirective,
    PersonDirective,
    PlaceDirective,
)
from sphinx_annals.annals.directives.treaty import ArticleDirective, TextDirective, TreatyDirective

DIRECTIVES: dict[str, type[Directive]] = {
    "event": EventDirective,
    "treaty": TreatyDirective,
    "treaty-article": ArticleDirective,
    "text": TextDirective,
    "person": PersonDirective,
    "organisation": OrganisationDirective,
    "place": PlaceDirective,
    "account": AccountDirective,
    "verdict": VerdictDirective,
}


def setup(app: Sphinx) -> None:
    """Register the directives of objects and of what sources say of them."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("annals", name, directive)
