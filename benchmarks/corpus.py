"""The same events for every form: made from a fixed seed, with what a real history has.

A few people take part in most events, most in a few; dates are days, months, years,
intervals, uncertain and open; every event cites a page and refers to two other objects.
"""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import dataclass

EVENTS_PER_DOCUMENT = 100
EVENTS_PER_SECTION = 10
WORKS = 100

_SUBJECTS = (
    "The railway",
    "The loan",
    "The naval base",
    "The draft",
    "The second protocol",
    "The exchange of notes",
    "The delegation",
    "The trade agreement",
    "The joint company",
    "The specialists' pay",
    "The article on consultation",
    "The list of goods",
)
_VERBS = (
    "is discussed",
    "is put off",
    "is agreed in outline",
    "is sent back with changes",
    "comes up again",
    "is settled",
    "is explained to the ministers",
    "is refused",
)
_GIVEN = ("Aleksei", "Boris", "Chen", "Dmitri", "Fang", "Grigori", "Hua", "Ivan", "Jun", "Kirill")
_FAMILY = (
    "Arsenev", "Bai", "Cao", "Demidov", "Ershov", "Fu", "Golubev", "Hong", "Isakov", "Jiang",
    "Kuang", "Lapin", "Meng", "Nikitin", "Ou", "Panin", "Qiu", "Ruan", "Sorokin", "Tang",
)  # fmt: skip
_TOWNS = ("Bystraya", "Dongshan", "Gornaya", "Heping", "Kamenka", "Liujia", "Novaya", "Xinzhuang")
_ROLES = ("head of delegation", "interpreter", "present", "signatory", "host", "author of the note")
_TAGS = ("negotiation", "railway", "credit", "military", "protocol", "visit", "press")
_OPENINGS = (
    "The talks of that week turned on the wording of one clause, and {person} asked for a day",
    "The minutes record that {person} spoke for nearly an hour and left the terms open",
    "A telegram sent overnight set out the position, which {person} had drafted in two versions",
    "Nobody at the table expected an answer so soon, least of all {person} and the secretaries",
)
_MIDDLES = (
    "The point had been raised before, at {event}, and neither side had changed its figures",
    "It followed from what was said at {event}, although the two texts do not agree",
    "What the parties understood by it is plain only when it is read beside {event}",
)
_ENDINGS = (
    "The commission was told to report within ten days and to spare no detail of the accounts.",
    "Both delegations kept a copy, and the differences between the copies are small.",
    "The price per tonne was left blank, to be filled in by the experts after the signature.",
    "No communiqué was issued, and the newspapers printed two lines on an inner page.",
)


@dataclass(frozen=True)
class Entry:
    """A person, a place or a treaty; ``note`` is the sentence that describes it."""

    id: str
    kind: str
    name: str
    note: str


@dataclass(frozen=True)
class Event:
    """One event, with all that any of the forms shows of it."""

    id: str
    title: str
    date: str
    shown_date: str
    place: Entry
    actors: tuple[tuple[Entry, str], ...]
    treaty: Entry
    source: str
    page: int
    tags: tuple[str, ...]
    body: str
    """Three sentences, with ``{person}`` and ``{event}`` where the cross references stand."""
    person: Entry
    other: str
    other_title: str


@dataclass(frozen=True)
class Corpus:
    """Everything that one project states."""

    people: list[Entry]
    places: list[Entry]
    treaties: list[Entry]
    events: list[Event]
    bibliography: str

    def documents(self) -> list[list[Event]]:
        """Give the events of each document."""
        return [
            self.events[start : start + EVENTS_PER_DOCUMENT]
            for start in range(0, len(self.events), EVENTS_PER_DOCUMENT)
        ]


def make(size: int, seed: int = 1950) -> Corpus:
    """Make a corpus of ``size`` events; the same for the same arguments, always."""
    random_ = random.Random(seed)
    people = _people(max(20, size // 25), random_)
    places = [
        Entry(f"place-{n}", "place", f"{_TOWNS[n % 8]} {n // 8 + 1}", "A town on the railway.")
        for n in range(max(10, size // 50))
    ]
    treaties = [
        Entry(
            f"treaty-{n}",
            "treaty",
            f"Agreement no. {n + 1} on trade and payments",
            "Concluded for five years, and renewed once.",
        )
        for n in range(max(5, size // 100))
    ]
    titles = [
        f"{random_.choice(_SUBJECTS)} {random_.choice(_VERBS)} (no. {n + 1})" for n in range(size)
    ]
    events = [_event(n, titles, people, places, treaties, random_) for n in range(size)]
    return Corpus(people, places, treaties, events, _bibliography())


def _people(count: int, random_: random.Random) -> list[Entry]:
    names = list(itertools.product(_GIVEN, _FAMILY))
    found = []
    for n in range(count):
        generation, position = divmod(n, len(names))
        name = " ".join(names[position]) + " the Younger" * generation
        note = f"Served {random_.randint(3, 30)} years in the ministry and wrote memoirs."
        found.append(Entry(f"person-{n}", "person", name, note))
    return found


def _event(
    n: int,
    titles: list[str],
    people: list[Entry],
    places: list[Entry],
    treaties: list[Entry],
    random_: random.Random,
) -> Event:
    date, shown = _date(random_)
    first, second, person = (_skewed(people, random_) for _ in range(3))
    other = random_.randrange(len(titles))
    body = f"{random_.choice(_OPENINGS)}. {random_.choice(_MIDDLES)}. {random_.choice(_ENDINGS)}"
    return Event(
        id=f"event-{n}",
        title=titles[n],
        date=date,
        shown_date=shown,
        place=_skewed(places, random_),
        actors=((first, random_.choice(_ROLES)), (second, random_.choice(_ROLES))),
        treaty=_skewed(treaties, random_),
        source=f"author{1950 + random_.randrange(WORKS)}work",
        page=random_.randint(1, 400),
        tags=tuple(random_.sample(_TAGS, 2)),
        body=body,
        person=person,
        other=f"event-{other}",
        other_title=titles[other],
    )


def _skewed(entries: list[Entry], random_: random.Random) -> Entry:
    """Choose so that the first entries come up far more often than the last."""
    return entries[int(len(entries) * random_.random() ** 3)]


def _date(random_: random.Random) -> tuple[str, str]:
    """Give a date in EDTF, and as an author would write it."""
    day = datetime.date(1945, 1, 1) + datetime.timedelta(days=random_.randrange(5500))
    later = day + datetime.timedelta(days=random_.randint(40, 200))
    month, next_month = f"{day:%B %Y}", f"{later:%B %Y}"
    shapes = (
        (60, day.isoformat(), f"{day.day} {month}"),
        (15, f"{day:%Y-%m}", month),
        (8, f"{day:%Y}", f"{day:%Y}"),
        (7, f"{day:%Y-%m}/{later:%Y-%m}", f"{month} – {next_month}"),
        (5, f"{day:%Y}~", f"about {day:%Y}"),
        (3, f"{day:%Y-%m}?", f"{month} (uncertain)"),
        (2, f"../{day:%Y}", f"before {day:%Y}"),
    )
    _, date, shown = random_.choices(shapes, weights=[shape[0] for shape in shapes])[0]
    return date, shown


def _bibliography() -> str:
    return "\n".join(
        f"@book{{author{1950 + n}work, author = {{{_FAMILY[n % 20]}, {_GIVEN[n % 10]}}}, "
        f"title = {{The Papers of the Ministry, Volume {n + 1}}}, year = {{{1950 + n % 70}}}, "
        f"publisher = {{University Press}}, address = {{London}}}}"
        for n in range(WORKS)
    )
