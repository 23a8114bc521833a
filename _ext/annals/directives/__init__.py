"""The directives, by the names that authors write."""

from __future__ import annotations

from docutils.parsers.rst import Directive

from .account import AccountDirective, VerdictDirective
from .authority import OrganisationDirective, PersonDirective, PlaceDirective
from .event import EventDirective
from .treaty import ArticleDirective, TextDirective, TreatyDirective
from .views import VIEWS

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
