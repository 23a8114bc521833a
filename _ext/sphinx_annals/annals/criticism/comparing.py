"""What several sources say of one property of an object, set beside what the book says itself."""

import builtins
import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, product

from sphinx_annals.annals.criticism.dependence import Dependence
from sphinx_annals.annals.criticism.english_dates import shown_date
from sphinx_annals.annals.criticism.status import Claim, Status, conflict, status_of
from sphinx_annals.annals.criticism.values import Relation, Value, named, read_value, relate
from sphinx_annals.annals.model import (
    WEIGHTS,
    Account,
    Catalogue,
    Field,
    Kind,
    Length,
    Link,
    Record,
    Statement,
    Values,
    Verdict,
    Words,
    is_stated,
)
from sphinx_annals.dates import Calendar, Duration, HistoricalDate, in_words
from sphinx_annals.interfaces import Work
from sphinx_annals.language import ENGLISH, Language
from sphinx_annals.text import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """The object's own option: the value, and the parts that show it."""

    value: Value
    shown: Values


class _Matter:
    """What accounts speak of, a property of an object: how its values are read and compared."""

    def __init__(self, of: str, key: str, catalogue: Catalogue) -> None:
        self.field = field_of(catalogue, of, key)
        self.closed = bool(self.field and self.field.closed)
        self._key, self._catalogue = key, catalogue

    def read(self, text: str, calendar: Calendar = Calendar.GREGORIAN) -> Value:
        """Read a value of it."""
        if self.field:
            text = self.field.type.in_english(text, self._catalogue.language)
        value = read_value(text, calendar)
        if self._key.split("-")[-1] in ("page", "pages"):  # extents: 26–61 is not 26–60
            value = Value(value.text)
        # names of an object are one: who says Peking and who says Beijing agree
        names = self.field and self.field.refers
        return named(value, text, self._catalogue.find_named) if names else value

    def told(self, text: str) -> str:
        """Give a value in the words in which the object shows its own; most are as written."""
        return self.field.type.told(text, self._catalogue.language) if self.field else text

    def shown(self, text: str, calendar: Calendar) -> str:
        """Give a value as readers are to see it."""
        language = self._catalogue.language
        value = shown_value(self.told(text), calendar, language)
        return value if isinstance(value, str) else in_words(value, language)

    def claim(self, said: Account) -> Claim:
        """Read what an account says of it."""
        return Claim(self.read(said.value, said.calendar), said.stance)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One property of one object: its accounts, the book's reading, the verdicts, the status.

    ``title`` is the property as a heading, ``independent`` the number of independent witnesses,
    ``matter`` how its values are read.
    """

    of: str
    property: str
    title: str
    accounts: tuple[Account, ...]
    reading: Reading | None
    verdicts: tuple[Verdict, ...]
    status: Status
    independent: int
    matter: _Matter = dataclasses.field(compare=False, repr=False)

    def is_dependent(self) -> bool:
        """Whether there are fewer witnesses than accounts."""
        return self.independent < len(self.accounts)

    def counted(self, language: Language) -> str:
        """Say how many accounts there are, of how many witnesses: ``5 accounts, 2 independent``."""
        count, independent = len(self.accounts), self.independent
        accounts = language.ngettext("{count} account", "{count} accounts", count)
        if not self.is_dependent():
            return accounts
        witnesses = language.ngettext("one witness", "{count} independent", independent)
        phrase = language.gettext("{accounts}, {witnesses}")
        return phrase.format(accounts=accounts, witnesses=witnesses)

    @builtins.property
    def weight(self) -> str:
        """How much it matters: what its verdict says, else it is major."""
        return self.verdicts[0].weight if self.verdicts else WEIGHTS[0]

    @builtins.property
    def question(self) -> str:
        """What it leaves in question, or nothing: then ``title`` names it."""
        return next((verdict.question for verdict in self.verdicts if verdict.question), "")

    @builtins.property
    def preferred(self) -> str:
        """The value that the editors prefer, or nothing."""
        return next((verdict.prefers for verdict in self.verdicts if verdict.prefers), "")

    def calendar_of(self, preferred: str) -> Calendar:
        """Give the calendar of a value: that of the accounts which alone give it, or Gregorian."""
        calendars = {said.calendar for said in self.accounts if fold(said.value) == fold(preferred)}
        reading = self.reading
        if reading and relate(self.matter.read(preferred), reading.value) is Relation.SAME:
            return Calendar.GREGORIAN
        # of accounts that differ in it none is followed
        return calendars.pop() if len(calendars) == 1 else Calendar.GREGORIAN

    def shown(self, preferred: str) -> str:
        """Give a preferred value as it is to be shown."""
        translated = {said.prefers: said.preferred for said in self.verdicts}.get(preferred)
        return self.matter.shown(translated or preferred, self.calendar_of(preferred))

    @builtins.property
    def home(self) -> Statement:
        """The statement where it stands: its verdict, or else the first account."""
        return self.verdicts[0] if self.verdicts else self.accounts[0]


def property_key(of: str, text: str, catalogue: Catalogue) -> str:
    """Give the property of an object that an author means by a text: ``In force`` and ``in_force``
    are ``in-force``, and of a treaty ``signature`` is its ``signed``.
    """
    key = re.sub(r"[\s_-]+", "-", text.strip().casefold())
    record = catalogue.find(of)
    for field in record.fields if record else ():
        if key in field.synonyms:
            return field.name
    return key


def field_of(catalogue: Catalogue, of: str, key: str) -> Field | None:
    """Find the field that a property is, of the object itself or else of objects of any kind."""
    record = catalogue.find(of)
    kinds = [record.kind, *Kind] if record else list(Kind)
    found = (field for kind in kinds for field in catalogue.schema[kind])
    return next((field for field in found if field.name == key), None)


def _property_title(
    key: str, field: Field | None, said: Iterable[Statement], catalogue: Catalogue
) -> str:
    """Give the property as a heading, spelt like the name of an object if it is one."""
    if field and catalogue.language.tag != ENGLISH.tag:
        return catalogue.language.gettext(field.label)
    typed = next((item.property for item in said if item.property != key), "")
    label = " ".join(re.split(r"[\s_-]+", typed)) or key.replace("-", " ")
    record = catalogue.find(catalogue.find_named(label) or "")
    names = [record.title, *(name.text for name in record.names)] if record else []
    shown = next((name for name in names if fold(name) == fold(label)), label)
    return shown[:1].upper() + shown[1:]


class Criticism:
    """The comparisons of all that the documents state, each made once.

    ``works`` are those of the bibliography, by key.
    """

    def __init__(self, catalogue: Catalogue, works: Mapping[str, Work] | None = None) -> None:
        self.catalogue, self.works = catalogue, works or {}
        self.dependence = Dependence(self.works)
        """Who draws on whom, of the works of the bibliography."""
        self._found: dict[str, list[Comparison]] = {}
        self._points: dict[tuple[str, str], Comparison] = {}

    def of(self, id: str) -> list[Comparison]:
        """Give the comparisons of one object, in the order in which sources are first heard."""
        of = self.catalogue.current(id)
        if of not in self._found:
            about: dict[str, list[Statement]] = defaultdict(list)
            for said in self.catalogue.statements_of(of):
                about[property_key(of, said.property, self.catalogue)].append(said)
            self._found[of] = [
                _compare(self.catalogue, self.dependence, of, *found) for found in about.items()
            ]
            self._points |= {(of, point.property): point for point in self._found[of]}
        return self._found[of]

    def point_of(self, said: Statement) -> Comparison:
        """Give the comparison that a statement on a known object is part of."""
        of = self.catalogue.current(said.of)
        self.of(of)
        return self._points[of, property_key(of, said.property, self.catalogue)]

    def all(self) -> Iterator[Comparison]:
        """Give those of all objects, in document order."""
        for record in self.catalogue.records:
            yield from self.of(record.id)

    def opposed(self, comparison: Comparison) -> set[tuple[str, str]]:
        """Give each two works whose accounts of a point exclude each other, by their keys."""
        matter = comparison.matter
        # each claim once, since no two that are equal exclude each other: of thousands few differ
        claims: dict[Claim, set[str]] = defaultdict(set)
        for said in comparison.accounts:
            claims[matter.claim(said)].add(self.dependence.key(said.citation.key))
        return {
            (min(pair), max(pair))
            for (one, works), (other, others) in combinations(claims.items(), 2)
            if conflict(one, other, closed=matter.closed)
            for pair in product(works, others)
            if pair[0] != pair[1]
        }

    def sides(self, comparison: Comparison, value: str) -> tuple[list[Account], list[Account]]:
        """Give the accounts that give a value as it is, and those that exclude it."""
        matter = comparison.matter
        given = Claim(matter.read(value, comparison.calendar_of(value)))
        sides: dict[bool | None, list[Account]] = {None: [], False: [], True: []}
        for account in comparison.accounts:
            opposed = conflict(given, matter.claim(account), closed=matter.closed)
            sides[opposed].append(account)
        return sides[None], sides[True]

    def problems(self) -> Iterator[tuple[Account, str]]:
        """Give the accounts that cannot draw on what they name, and why."""
        for comparison in self.all():
            for account, message in self.dependence.of(comparison.accounts).problems():
                yield account, f"account of {account.property!r}: :derives-from: {message}"


class Compared:
    """What looks at all that documents state, by ``criticism``: what the sources say, compared."""

    criticism: Criticism

    @property
    def catalogue(self) -> Catalogue:
        """What the documents state."""
        return self.criticism.catalogue

    @property
    def works(self) -> Mapping[str, Work]:
        """The works of the bibliography, by key."""
        return self.criticism.works


def _compare(
    catalogue: Catalogue, dependence: Dependence, of: str, key: str, statements: Sequence[Statement]
) -> Comparison:
    record, matter = catalogue.find(of), _Matter(of, key, catalogue)
    accounts = tuple(said for said in statements if isinstance(said, Account))
    verdicts = tuple(said for said in statements if isinstance(said, Verdict))
    reading = _book_reading(record, key, catalogue) if record else None
    status = status_of(
        map(matter.claim, accounts),
        Claim(reading.value) if reading else None,
        verdict=bool(verdicts),
        prefers=any(verdict.prefers for verdict in verdicts),
        reconciles=any(verdict.outcome == "compatible" for verdict in verdicts),
        closed=matter.closed,
    )
    title = _property_title(key, matter.field, statements, catalogue)
    independent = dependence.of(accounts).independent()
    return Comparison(of, key, title, accounts, reading, verdicts, status, independent, matter)


_GIVEN = (Relation.SAME, Relation.ALIKE, Relation.AROUND)


def is_given(value: str, point: Comparison) -> bool:
    """Tell whether an account of a point, or the object itself, gives a value, or one within it."""
    wanted = point.matter.read(value)
    given = [point.matter.claim(account).value for account in point.accounts]
    given += [point.reading.value] if point.reading else []
    # also as it is written, in whatever calendar
    written = {fold(account.value) for account in point.accounts}
    return fold(value) in written or any(relate(wanted, known) in _GIVEN for known in given)


def _book_reading(record: Record, key: str, catalogue: Catalogue) -> Reading | None:
    """Give what the object's own options say of a property."""
    for field in record.fields:
        value = record.value(field)
        if not field.compared or not is_stated(value):
            continue
        # of a list that is complete the book states the number too, which accounts may give alone
        if field.closed and key in (f"{field.name}-count", f"number-of-{field.name}"):
            count = str(len(value))
            return Reading(read_value(count), ((Words(count),),))
        if key != field.name:
            continue
        if isinstance(value, HistoricalDate):
            return Reading(Value(fold(str(value)), value), ((value,),))
        if field.refers:
            ids = field.refers.ids(value)
            items = tuple(Value(catalogue.current(id)) for id in ids)
            read = Value(fold(", ".join(ids)), items=items) if len(items) > 1 else items[0]
            return Reading(read, tuple((Link(id),) for id in ids))
        # it is compared as English, which is what values are read as, and shown in the book's
        english = (part for parts in field.type.parts(value, ENGLISH) for part in parts)
        text = ", ".join(part.text for part in english if isinstance(part, Words))
        text = dict(record.untranslated).get(field.attribute, text)
        return Reading(read_value(text), field.type.parts(value, catalogue.language))
    return None


def own_reading(comparison: Comparison) -> Reading | None:
    """Give what the book itself says, where no verdict prefers the same."""
    reading = comparison.reading
    values = (verdict.prefers for verdict in comparison.verdicts if verdict.prefers)
    read = comparison.matter.read
    preferred = [read(value, comparison.calendar_of(value)) for value in values]
    if reading and any(relate(value, reading.value) is Relation.SAME for value in preferred):
        return None
    return reading


def shown_value(value: str, calendar: Calendar, language: Language) -> HistoricalDate | str:
    """Give a value as it is to be shown: EDTF as a date, P30Y in words, the rest as written."""
    with suppress(ValueError):
        length: Duration = Length().convert(value)
        return length.in_words(language)
    return shown_date(value, calendar) or value
