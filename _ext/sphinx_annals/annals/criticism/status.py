"""How the accounts of one property stand to each other: compared two by two, the worst pair
decides, unless a verdict does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from sphinx_annals.annals.criticism.values import Relation, Value, relate
from sphinx_annals.language import Language, message


class Status(Enum):
    """How the accounts of one property stand to each other."""

    ONE = "one"
    """One source alone speaks of it, and the book does not read otherwise."""
    AGREEING = "agreeing"
    """Several accounts say the same."""
    COMPATIBLE = "compatible"
    """All can be true, as 1950 and 14 February 1950."""
    DISPUTED = "disputed"
    """Two accounts exclude each other, or one doubts or denies another; nobody says why."""
    SETTLED = "settled"
    """The editors prefer one value and say why."""
    OPEN = "open"
    """Accounts exclude each other, and the editors say why they do not choose."""

    def label(self, language: Language) -> str:
        """Give the word that a reader sees."""
        return language.gettext(_LABELS[self])

    def heading(self, language: Language) -> str:
        """Give that word as it begins a line."""
        label = self.label(language)
        return label[:1].upper() + label[1:]

    @property
    def mark(self) -> str:
        """The sign before that word, where there is one, for a glance."""
        return _MARKS.get(self, "")


_LABELS = {
    Status.ONE: message("one account"),
    Status.AGREEING: message("agreed"),
    Status.COMPATIBLE: message("compatible"),
    Status.DISPUTED: message("disputed"),
    Status.SETTLED: message("settled"),
    Status.OPEN: message("left open"),
}
_MARKS = {
    Status.AGREEING: "=",
    Status.COMPATIBLE: "≈",
    Status.DISPUTED: "⚠",
    Status.SETTLED: "●",
    Status.OPEN: "○",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A value, and what its source does with it."""

    value: Value
    stance: str = "asserts"


def conflict(first: Claim, second: Claim, *, closed: bool = False) -> bool | None:
    """Tell whether two claims exclude each other: True, False, or None where they say the same.

    Two assertions do when their values are disjoint. A denial or doubt of a value does with
    an assertion of it or of anything within it; two that doubt or deny never do. In a
    ``closed`` list a shorter list is another list.
    """
    relation = relate(first.value, second.value)
    if first.stance == second.stance:
        if relation is Relation.SAME:
            return None
        if first.stance != "asserts":
            return False
        # they overlap, too, where one is the bare number of what the other lists
        if closed and (first.value.items or second.value.items):
            return relation is not Relation.OVERLAP
        return relation is Relation.DISJOINT
    if "asserts" not in (first.stance, second.stance):
        return False
    if first.stance != "asserts":  # asked from the side of what is asserted
        relation = relation.inverse
    return relation in (Relation.SAME, Relation.ALIKE, Relation.WITHIN)


def status_of(
    claims: Iterable[Claim],
    reading: Claim | None = None,
    *,
    verdict: bool = False,
    prefers: bool = False,
    reconciles: bool = False,
    closed: bool = False,
) -> Status:
    """Give the status of accounts, in whatever order they come.

    A verdict that prefers a value settles; one that reconciles finds all of them possible;
    any other leaves a dispute open.
    """
    if prefers:
        return Status.SETTLED
    if reconciles:
        return Status.COMPATIBLE
    accounts = list(claims)
    # each claim once, since no two that are equal exclude each other: of thousands few differ
    distinct = dict.fromkeys([*accounts, reading] if reading else accounts)
    worst: bool | None = None if accounts else True
    for one, other in combinations(distinct, 2):
        opposed = conflict(one, other, closed=closed)
        worst = opposed if opposed is not None else worst
        if worst:  # which no other pair can mend
            break
    if worst:
        return Status.OPEN if verdict else Status.DISPUTED
    if worst is False:
        return Status.COMPATIBLE
    return Status.ONE if len(accounts) == 1 else Status.AGREEING
