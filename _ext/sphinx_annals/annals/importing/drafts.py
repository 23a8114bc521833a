"""What readers of other formats make: drafts of objects, and what could not be read.

A draft says what an author would write: options by name, a text. What it refers to is told as its
source tells it, by a key or a name, and becomes an id when all drafts and the book are known.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sphinx_annals.annals.importing import dates, points
from sphinx_annals.annals.model import (
    Actors,
    Citations,
    Coordinates,
    Date,
    Field,
    Identifier,
    Kind,
    Names,
    Phrase,
    Schema,
    WordList,
)
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import Calendar, HistoricalDate, from_text
from sphinx_annals.text import without_controls

_WORDS_OF_A_TITLE = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: a line, or a path where there are no lines."""

    path: str
    line: int = 0
    within: str = ""

    def __str__(self) -> str:
        """The place as a terminal can jump to it."""
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{line}" + (f": {self.within}" if self.within else "")


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should look at: what was not read, or not as it was written."""

    place: Place
    message: str

    def __str__(self) -> str:
        """The remark as a compiler would print it."""
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom or what a draft means: by a key of its source, by a name, or both."""

    key: str = ""
    name: str = ""
    role: str = ""

    def __str__(self) -> str:
        """The name, or the key for want of one, as it is kept where nobody is found."""
        said = self.name or self.key
        return f"{said} ({self.role})" if self.role else said


@dataclass(slots=True)
class Draft:
    """One object as a source tells it.

    ``key`` is what the source calls it, ``id`` what it asks to be called. ``names`` are told with
    their languages, ``kept`` what no option could take, with the name of what it was.
    """

    kind: Kind
    place: Place
    title: str = ""
    key: str = ""
    id: str = ""
    options: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    references: dict[str, list[Reference]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    dates: dict[str, HistoricalDate] = field(default_factory=dict)
    """The dates of options, each in the calendar in which it is told."""

    @property
    def calendar(self) -> Calendar:
        """The calendar in which its dates are stated, as far as that is told yet."""
        return Calendar(self.options.get("calendar", Calendar.GREGORIAN.value))

    def settle(self) -> None:
        """Put all its dates in one calendar, as an object has them."""
        if not self.dates:
            return
        told, calendar = dates.in_one_calendar(self.dates)
        self.options |= told
        if calendar is Calendar.JULIAN:
            self.options["calendar"] = calendar.value
        elif self.calendar is not calendar:
            del self.options["calendar"]

    def call(self, name: str, language: str = "") -> None:
        """Note a name: the first is the title, others stand beside it once."""
        name = " ".join(name.split())
        known = {self.title, *(text for text, _ in self.names)}
        if name and not self.title:
            self.title = name
        elif name and name not in known:
            self.names.append((name, language))

    def clean(self) -> int:
        """Take out what no text can hold, and give how many characters that were."""
        before = self._texts()
        if _fit(before) == before:
            return 0
        self.title, self.key, self.id = map(_fit, (self.title, self.key, self.id))
        self.options = {name: _fit(text) for name, text in self.options.items()}
        self.names = [(_fit(name), language) for name, language in self.names]
        self.body = [_fit(text) for text in self.body]
        self.kept = [(name, _fit(text)) for name, text in self.kept]
        return len(before) - len(self._texts())

    def _texts(self) -> str:
        pairs = (text for pair in (*self.names, *self.kept) for text in pair)
        return "\n".join(
            [self.title, self.key, self.id, *self.options.values(), *self.body, *pairs]
        )

    def entitle(self) -> None:
        """Call what has no title by the first words of its text, else by its key or its kind."""
        words = " ".join(self.body[:1]).split()
        short = " ".join(words[:_WORDS_OF_A_TITLE]) + " …" * (len(words) > _WORDS_OF_A_TITLE)
        self.title = self.title or short or self.key or self.kind.value


def language_of(tag: str) -> str:
    """Give the tag that can stand before a name in a language, or nothing where none can."""
    names = Names()
    with suppress(ValueError):
        (name,) = names.convert(names.mended(f"{tag} Ж"))  # which no Latin word is mistaken for
        return name.language or ""
    return ""


def _fit(text: str) -> str:
    return without_controls(text, broken="\n")


@dataclass(slots=True)
class Reading:
    """All that one file yields; ``unread`` counts what has no place among the fields."""

    path: str
    schema: Schema
    drafts: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def remark(self, place: Place, message: str) -> None:
        """Note what somebody should look at."""
        self.remarks.append(Remark(place, message))

    def field_of(self, kind: Kind, name: str) -> Field | None:
        """Give a field that authors can write, by the name of its option."""
        return next((f for f in self.schema[kind] if f.name == name and f.written), None)

    def say(
        self, draft: Draft, name: str, text: str, *, key: str = "", calendar: Calendar | None = None
    ) -> None:
        """Put what a source says into a field; what that cannot take is kept and remarked on.

        For what refers to another object, ``key`` is what the source calls that. A date is in its
        ``calendar``, or in that of the draft.
        """
        text = text.strip()
        field = self.field_of(draft.kind, name)
        if field is None:
            raise KeyError(name)
        if not text and not key:
            return
        if field.refers:
            draft.references.setdefault(name, []).extend(_references(field, text, key))
            return
        try:
            said = _written(field, text, draft, calendar or draft.calendar)
        except ValueError as error:
            self.keep(draft, name, text, str(error))
            return
        old = draft.options.get(name)
        if old is None:
            draft.options[name] = said
        elif said and said != old:
            if field.type.separator:
                draft.options[name] = f"{old}{field.type.separator} {said}"
            else:
                self.keep(draft, name, text, f"{said!r} beside {old!r}")

    def keep(self, draft: Draft, name: str, text: str, why: str) -> None:
        """Keep what no option can take as a comment beside the object, and say why."""
        draft.kept.append((name, text))
        self.remark(draft.place, f"{name}: {why}; kept as a comment")


def _references(field: Field, text: str, key: str) -> Iterator[Reference]:
    if key or not field.type.separator:
        yield Reference(key, text)
        return
    # names have commas of their own: where there are semicolons, these part them
    for piece in convert.split(text, ";" if ";" in text else field.type.separator):
        name, _, role = piece.rstrip(")").partition("(") if piece.endswith(")") else (piece, "", "")
        actor = isinstance(field.type, Actors) and role
        yield Reference("", name.strip(), role) if actor else Reference("", piece)


def _written(field: Field, text: str, draft: Draft, calendar: Calendar) -> str:
    """Give a text as an author would write it in the option of a field; raises ValueError."""
    match field.type:
        case Names():
            for piece in convert.split(text, ";"):
                draft.call(piece)
            return ""
        case Date():
            date = from_text(text, calendar)
            draft.dates.setdefault(field.name, date)
            return date.edtf
        case Phrase():
            return " ".join(text.split())
        case WordList():
            words = convert.split(text, ";" if ";" in text else ",")
            if any("," in word for word in words):
                raise ValueError("a word with a comma in it")
            return ", ".join(words)
        case Identifier():
            return str(field.convert(text))
        case Coordinates():
            text = points.from_text(text)
        case Citations():
            if "://" in text:
                raise ValueError("an address is no citation key")
            text = ", ".join(convert.split(text, ";"))
    field.convert(text)
    return " ".join(text.split())
