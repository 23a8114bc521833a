"""What fields hold, and the parts that show it: small frozen values."""

from dataclasses import dataclass

from sphinx_annals.dates import HistoricalDate


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
