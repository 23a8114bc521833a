"""The directives of authority entries: ``person``, ``organisation``, ``place``."""

from __future__ import annotations

from typing import Any, ClassVar

from sphinx_annals.annals.directives.base import COMMON, AnnotationDirective, Option
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.facts import AUTHORITIES
from sphinx_annals.annals.model.records import Organisation, Person, Place, Record
from sphinx_annals.dates import ALLOWED, parse


def _date(field: str) -> Option:
    return Option(field, parse, ALLOWED, Subtype.DATE)


AUTHORITY = {
    **COMMON,
    "role": Option("role", convert.phrase, "say who or what it is"),
    "sort-name": Option("sort_name", convert.phrase, "write the form to file by: Stalin, Joseph"),
    **{
        scheme: Option(scheme, convert.phrase, f"write the identifier in {label}")
        for scheme, (label, _) in AUTHORITIES.items()
    },
}


class AuthorityDirective(AnnotationDirective):
    """An entry under one name, with all its others."""

    def make_record(self, values: dict[str, Any]) -> Record:
        """Gather the identifiers in authority files."""
        ids = tuple((scheme, values.pop(scheme)) for scheme in AUTHORITIES if scheme in values)
        return super().make_record(values | {"authority_ids": ids})


class PersonDirective(AuthorityDirective):
    """A person."""

    record_type = Person
    declared: ClassVar[dict[str, Option]] = {
        **AUTHORITY, "born": _date("born"), "died": _date("died"),
    }  # fmt: skip


class OrganisationDirective(AuthorityDirective):
    """A state, party, army, body or institution."""

    record_type = Organisation
    declared: ClassVar[dict[str, Option]] = {
        **AUTHORITY, "founded": _date("founded"), "dissolved": _date("dissolved"),
    }  # fmt: skip


class PlaceDirective(AuthorityDirective):
    """A place."""

    record_type = Place
    declared: ClassVar[dict[str, Option]] = {
        **AUTHORITY,
        "coordinates": Option(
            "coordinates", convert.coordinates, "write latitude and longitude: 55.75, 37.62"
        ),
    }
