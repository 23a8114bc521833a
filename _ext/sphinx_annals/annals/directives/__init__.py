"""The directives, by the names that authors write."""

from __future__ import annotations

from docutils.parsers.rst import Directive

from sphinx_annals.annals.directives.account import AccountDirective, VerdictDirective
from sphinx_annals.annals.directives.authority import (
    OrganisationDirective,
    PersonDirective,
    PlaceDirective,
)
from sphinx_annals.annals.directives.event import EventDirective
from sphinx_annals.annals.directives.treaty import ArticleDirective, TextDirective, TreatyDirective
from sphinx_annals.annals.views.directives import VIEWS

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
    **VIEWS,
}
