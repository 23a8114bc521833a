"""Names that look like one scholar spelled in two ways."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sphinx_annals.citations.entry import NAME_FIELDS, Entry
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


Pairs = Iterator[tuple[Person, Person, str]]


def spelled_differently(entries: Iterable[Entry], own: Callable[[str, str], str]) -> Pairs:
    """Yield pairs of names, the later one first, with what makes them alike.

    `own(key, field)` tells which names an entry has itself and not by inheritance.
    """
    people: dict[tuple[str, str], Person] = {}
    for entry in entries:
        for role in NAME_FIELDS:
            for name in entry.names(role).names if own(entry.key, role) else ():
                if name.given and not name.corporate:
                    person = Person(name.surname, name.given, entry.key, role)
                    people.setdefault((name.surname, name.given), person)
    order = {person: number for number, person in enumerate(people.values())}
    seen: set[frozenset[Person]] = set()
    for search in (_signs, _swapped, _fuller, _misspelt):
        for one, other, why in search(list(order)):
            if frozenset((one, other)) not in seen:
                seen.add(frozenset((one, other)))
                early, late = sorted((one, other), key=order.__getitem__)
                yield late, early, why


def _grouped(people: Iterable[Person], key: Callable[[Person], object]) -> Iterator[list[Person]]:
    groups: dict[object, list[Person]] = defaultdict(list)
    for person in people:
        groups[key(person)].append(person)
    yield from (group for group in groups.values() if len(group) > 1)


def _signs(people: list[Person]) -> Pairs:
    for first, *others in _grouped(people, lambda person: person.folded):
        yield from ((first, other, DIFFERENT) for other in others)


def _swapped(people: list[Person]) -> Pairs:
    known = {person.folded: person for person in people}
    for (surname, given), person in known.items():
        other = known.get((given, surname), person)
        if other is not person:
            yield person, other, SWAPPED


def _fuller(people: list[Person]) -> Pairs:
    """Find an abbreviated name that fits exactly one fuller name."""
    for group in _grouped(people, lambda person: person.folded[0]):
        names = {person: romanised(person.given) for person in group}
        for person in group:
            fits = [o for o in group if o is not person and _abbreviates(names[person], names[o])]
            if len({other.folded[1] for other in fits}) == 1:
                yield person, fits[0], FULLER


def _abbreviates(short: list[str], full: list[str]) -> bool:
    if not short or sum(map(len, short)) >= sum(map(len, full)):
        return False
    pairs = list(zip(short, full, strict=False))
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _misspelt(people: list[Person]) -> Pairs:
    for group in _grouped(people, lambda person: person.folded[0]):
        for one, other in combinations(group, 2):
            # Chinese given names often differ in one letter, so a changed letter is no sign
            if _long_and_near(one.folded[1], other.folded[1], replaced=False):
                yield one, other, MISSPELT
    for group in _grouped(people, lambda person: person.folded[1]):
        for one, other in combinations(group, 2):
            if len(one.folded[1]) >= 4 and _long_and_near(one.folded[0], other.folded[0]):
                yield one, other, MISSPELT


def _long_and_near(one: str, other: str, *, replaced: bool = True) -> bool:
    return min(len(one), len(other)) >= 5 and near(one, other, replaced=replaced)


def near(one: str, other: str, *, replaced: bool = True) -> bool:
    """Tell whether one letter is missing, doubled, swapped with the next or (`replaced`) wrong."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) != len(b):
        return a[1:] == b or b[1:] == a
    return (replaced and a[1:] == b[1:]) or (a[:2] == b[1::-1] and a[2:] == b[2:])
