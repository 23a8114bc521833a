"""What documents say of the objects: accounts, verdicts, mentions, citations."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, NamedTuple

from sphinx_annals.annals.model.records import Record
from sphinx_annals.annals.model.values import Markup
from sphinx_annals.dates import Calendar, HistoricalDate
from sphinx_annals.language import message
from sphinx_annals.text import Citation

STANCES = (message("asserts"), message("doubts"), message("denies"))
"""What a source does with a statement."""
OUTCOMES = ("open", "compatible")
"""What a verdict that prefers no account comes to."""
WEIGHTS = (message("major"), message("minor"), message("textual"))
"""How much a point matters, the weightiest first: one of the story, a smaller one, one of the
wording of a source.
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says of one property of one object: a source, or the editors.

    ``key`` tells it from all other statements of its document and survives edits elsewhere;
    ``anchor`` and ``section`` say where readers find it, once its document has been read.
    ``markup`` stands for the remarks with their markup, so that a change of it is seen.
    """

    kind: ClassVar[str]

    of: str
    property: str
    docname: str
    line: int = field(compare=False)  # who moves down a page says nothing else
    _: KW_ONLY
    markup: Markup | None = None
    file: str = field(default="", compare=False)
    key: str = ""
    anchor: str = ""
    section: str = ""


def where(item: Record | Statement) -> str:
    """Say where something is written, for the message about another."""
    return f"{item.file or item.docname}, line {item.line}"


@dataclass(frozen=True, slots=True)
class Account(Statement):
    """What one source says; ``derives_from`` are its own sources for this, where they are known.

    ``calendar`` is that in which it gives a date.
    """

    kind: ClassVar[str] = "account"

    value: str
    citation: Citation
    quote: str = ""
    stance: str = "asserts"
    note: str = ""
    derives_from: tuple[Citation, ...] = ()
    calendar: Calendar = Calendar.GREGORIAN


@dataclass(frozen=True, slots=True)
class Verdict(Statement):
    """The editors' reasoned choice between accounts; ``prefers`` is None where there is none:
    then ``outcome`` says whether the point stays open or all accounts can be true. ``question`` is
    what it answers, ``weight`` one of :data:`WEIGHTS`, ``preferred`` how readers see what it
    prefers, where a translation says it otherwise.
    """

    kind: ClassVar[str] = "verdict"

    text: str
    prefers: str | None = None
    preferred: str = ""
    outcome: str = "open"
    weight: str = WEIGHTS[0]
    question: str = ""


class Mention(NamedTuple):
    """A reference from the prose of a section to an object."""

    target: str
    docname: str
    section: str
    title: str


@dataclass(frozen=True, slots=True)
class Use:
    """A citation: where it stands, for which object if for any, and the date of what it reports."""

    citation: Citation
    docname: str
    line: int
    object: str = ""
    file: str = ""
    reported: HistoricalDate | None = None


@dataclass(slots=True)
class DocumentNotes:
    """Everything one document states; replaced as a whole when the document is read again."""

    records: list[Record] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    views: dict[str, Any] = field(default_factory=dict)
    """What its views are asked to show, by their anchors: values of the room of views."""
    citations: list[Use] = field(default_factory=list)
