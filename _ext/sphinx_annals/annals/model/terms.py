"""The words that records choose from: kinds, stances, outcomes."""

from enum import Enum


class Kind(Enum):
    """The kinds of annotated objects; the value is the name of the directive and the role."""

    EVENT = "event"
    TREATY = "treaty"
    ARTICLE = "article"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"

    @property
    def with_article(self) -> str:
        """One of the kind: ``an event``."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.value}"

    @property
    def plural(self) -> str:
        """Several of the kind; also the name of their list or file."""
        return {"person": "people", "treaty": "treaties"}.get(self.value, f"{self.value}s")


ACTORS = (None, Kind.PERSON, Kind.ORGANISATION)
"""Kinds of objects that act; None stands for any of them."""
STANCES = ("asserts", "doubts", "denies")
"""What a source does with a statement."""
OUTCOMES = ("open", "compatible")
"""What a verdict that prefers no account comes to."""
