"""The ``event`` directive."""

from __future__ import annotations

from typing import Any, ClassVar

from sphinx_annals.annals.directives.base import COMMON, AnnotationDirective, Option
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.records import Event, Record
from sphinx_annals.annals.model.terms import Certainty, DateBasis
from sphinx_annals.dates import ALLOWED, Calendar, DateError, parse


class EventDirective(AnnotationDirective):
    """Something that happened, with its date, place and actors."""

    record_type = Event
    declared: ClassVar[dict[str, Option]] = {
        **COMMON,
        "date": Option("date", convert.phrase, ALLOWED, Subtype.DATE),
        "date-basis": Option(
            "date_basis", convert.choice(DateBasis), "stated, inferred or external", Subtype.DATE
        ),
        "date-note": Option("date_note", convert.phrase, "say how the date is known"),
        "calendar": Option(
            "calendar", convert.choice(Calendar), "gregorian or julian", Subtype.DATE
        ),
        "place": Option("place", convert.identifier, "write the id of a place"),
        "actors": Option("actors", convert.actors, "write ids with roles: stalin (host)"),
        "treaty": Option("treaty", convert.identifier, "write the id of a treaty"),
        "part-of": Option("part_of", convert.identifier, "write the id of an event"),
        "follows": Option("follows", convert.identifiers, "write ids of events"),
        "certainty": Option(
            "certainty", convert.choice(Certainty), "certain, probable, possible or doubtful"
        ),
    }

    def make_record(self, values: dict[str, Any]) -> Record:
        """Read the date in its calendar."""
        calendar = values.pop("calendar", Calendar.GREGORIAN)
        text = values.pop("date", None)
        if text:
            try:
                values["date"] = parse(text, calendar)
            except DateError as error:
                self.warn(Subtype.DATE, f":date: {error}")
        return super().make_record(values)
