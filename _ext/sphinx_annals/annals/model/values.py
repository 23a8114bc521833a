"""Kinds of objects, what fields hold, and the parts that show it: small frozen values."""

from dataclasses import dataclass
from enum import Enum

from sphinx_annals.dates import HistoricalDate


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


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an object, with its language (BCP 47) where the author gives one."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part in an event, and as what."""

    id: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class ParallelText:
    """The wording of a provision in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What stands for a body elsewhere: a digest of its nodes, and what it refers to and cites."""

    digest: str
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another object; ``text`` replaces its display name."""

    id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, in a language if given; ``href`` makes it an external link."""

    text: str
    language: str | None = None
    href: str | None = None


Part = Link | Words | HistoricalDate
Values = tuple[tuple[Part, ...], ...]
"""What a field or fact says, each value a run of parts; empty where it is not stated."""
