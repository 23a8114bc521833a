"""Names that look like one scholar spelled in two ways."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sphinx_annals.citations.entry import NAME_FIELDS, Entry, agree
from sphinx_annals.text import romanised, squeezed

DIFFERENT = "may be, but for its signs,"
SWAPPED = "may be, the other way round,"
FULLER = "may be"
MISSPELT = "may be misspelt, here or in"


@dataclass(frozen=True)
class Person:
    """A name as it is spelled, and where it is spelled so first."""

    surname: str
    given: str
    key: str
    role: str

    @property
    def shown(self) -> str:
        """The name as a list has it."""
        return f"{self.surname}, {self.given}"

    @cached_property
    def folded(self) -> tuple[str, str]:
        """Surname and given name without their signs."""
        return squeezed(self.surname), squeezed(self.given)

    @cached_property
    def first(self) -> str:
        """The first word of the given name, without its signs."""
        return next(iter(romanised(self.given)), "")


MOST_LIKELY = 5
"""So long a word must be that another with a letter changed is likely to be the same."""


def spelled_differently(
    entries: Iterable[Entry], own: Callable[[str, str], str]
) -> Iterator[tuple[Person, Person, str]]:
    """Yield pairs of names, the later one first, with what makes them alike.

    ``own(key, field)`` tells which names an entry has itself and not by inheritance.
    """
    people: dict[tuple[str, str], Person] = {}
    for entry in entries:
        for role in filter(entry.fields.__contains__, NAME_FIELDS):
            for name in entry.names(role).names if own(entry.key, role) else ():
                if name.given and not name.corporate:
                    person = Person(name.surname, name.given, entry.key, role)
                    people.setdefault((name.surname, name.given), person)
    pairs = _comparable(list(people.values()))
    found = {pair: why for pair in pairs if (why := _likeness(*pair))}
    fuller: dict[Person, set[str]] = defaultdict(set)
    for pair in (pair for pair, why in found.items() if why == FULLER):
        short, full = sorted(pair, key=lambda person: len(person.folded[1]))
        fuller[short].add(full.folded[1])
    for (early, late), why in found.items():
        # an initial that fits two people tells nothing
        if why != FULLER or all(len(fuller.get(person, ())) < 2 for person in (early, late)):
            yield late, early, why


def _comparable(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Give the pairs that can be alike, each once: those that share a sign of it.

    A name has as many signs as letters, so that no library is compared with itself as a whole.
    """
    sharing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    beginning: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        for sign in dict.fromkeys(_signs(person)):
            sharing[sign].append(number)
        beginning[person.folded[0], person.first[:1]].append(number)
    pairs = {pair for group in sharing.values() for pair in combinations(group, 2)}
    # an initial stands for any name that begins with it
    for group in beginning.values():
        short = (number for number in group if len(people[number].first) == 1)
        pairs |= {(min(one, n), max(one, n)) for one in short for n in group if one != n}
    return ((people[early], people[late]) for early, late in sorted(pairs))


def _signs(person: Person) -> Iterator[tuple[str, ...]]:
    """Give what two names share that are one but for their order, for more words or a letter."""
    surname, given = person.folded
    yield ("parts", *sorted(person.folded))
    yield ("first", surname, person.first)
    if len(given) >= MOST_LIKELY:
        yield from (("surname", surname, less) for less in _without_a_letter(given))
    if len(surname) >= MOST_LIKELY and len(given) >= 4:
        yield from (("given", given, less) for less in _without_a_letter(surname))


def _without_a_letter(word: str) -> Iterator[str]:
    """Give a word and what it is without one letter, which it shares with all that are near."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _likeness(one: Person, other: Person) -> str:
    if one.folded == other.folded:
        return DIFFERENT
    if one.folded == other.folded[::-1]:
        return SWAPPED
    (surname, given), (surname2, given2) = one.folded, other.folded
    if surname == surname2:
        if _abbreviates(one.given, other.given) or _abbreviates(other.given, one.given):
            return FULLER
        # Chinese given names often differ in one letter, so a changed letter is no sign
        alike = min(len(given), len(given2)) >= MOST_LIKELY and near(given, given2, replaced=False)
    else:
        alike = given == given2 and len(given) >= 4 and near(surname, surname2)
        alike = alike and min(len(surname), len(surname2)) >= MOST_LIKELY
    return MISSPELT if alike else ""


def _abbreviates(short_name: str, full_name: str) -> bool:
    short, full = romanised(short_name), romanised(full_name)
    return agree(short, full) and 0 < sum(map(len, short)) < sum(map(len, full))


def near(one: str, other: str, *, replaced: bool = True) -> bool:
    """Tell whether a letter is missing, doubled, swapped with the next or (``replaced``) wrong."""
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    wrong = [i for i in range(len(one)) if one[i] != other[i]]
    if len(wrong) != 2:
        return replaced and len(wrong) == 1
    first = wrong[0]
    return one[first : first + 2] == other[first : first + 2][::-1]
