"""The words that records choose from: kinds, bases of dates, degrees of certainty, stances."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """The kinds of annotated objects; the value is the directive's and the role's name."""

    EVENT = "event"
    TREATY = "treaty"
    ARTICLE = "article"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"

    @property
    def label(self) -> str:
        """The kind as a reader sees it."""
        return self.value

    @property
    def with_article(self) -> str:
        """One of the kind: ``an event``."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.label}"

    @property
    def plural(self) -> str:
        """Several of the kind; also the name of their list or file."""
        return {"person": "people", "treaty": "treaties"}.get(self.value, f"{self.value}s")


ACTORS = (None, Kind.PERSON, Kind.ORGANISATION)
"""Kinds of objects that act; None stands for any of them."""


class Life(Enum):
    """What a date is in the life of an object."""

    BEGINS = "begins"
    ENDS = "ends"
    FORESEEN = "foreseen"
    """An end that sources can tell before it comes."""


class DateBasis(Enum):
    """Where a date comes from."""

    STATED = "stated"
    INFERRED = "inferred"
    EXTERNAL = "external"


class Certainty(Enum):
    """How sure the editors are that an event happened as told."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"


class TreatyKind(Enum):
    """Kinds of instruments."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    DECLARATION = "declaration"
    EXCHANGE_OF_NOTES = "exchange-of-notes"


class Stance(Enum):
    """What a source does with a statement."""

    ASSERTS = "asserts"
    DOUBTS = "doubts"
    DENIES = "denies"


class Outcome(Enum):
    """What a verdict that prefers no account comes to."""

    OPEN = "open"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a project adds to a closed list: like a member of an enum, it has a value."""

    value: str
