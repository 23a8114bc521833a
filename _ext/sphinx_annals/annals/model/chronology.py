"""Events in one order, and between which days those stand that have no date of their own. Pure.

An event begins no earlier than one that it follows or is part of, and not after the end of what it
is part of. So what is known of one bounds others, however many stand between: the terminus post
quem and ante quem. Only certain dates bound; what is about 1950 may as well be 1951.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from typing import Any

from sphinx_annals.annals.model.records import Event, Record
from sphinx_annals.dates import Day, day_in_words, sort_key
from sphinx_annals.language import Language
from sphinx_annals.text import rings

_Bound = tuple[Day, str]
"""A day, and the event whose date says it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day on which an event can have begun, as its neighbours tell."""

    after: Day | None
    before: Day | None

    def in_words(self, language: Language) -> str:
        """Give the bounds as a language says them, marked as derived."""
        after, before = (day and day_in_words(day, language) for day in (self.after, self.before))
        if after == before:
            phrase = language.gettext("{after} (derived)")
        elif after and before:
            phrase = language.gettext("between {after} and {before} (derived)")
        elif after:
            phrase = language.gettext("not before {after} (derived)")
        else:
            phrase = language.gettext("not after {before} (derived)")
        return phrase.format(after=after, before=before)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Events that cannot be in the order told.

    ``chain`` leads from one by way of others to one that must come before it and cannot: by its
    own date, or by the end of ``whole``, which it is part of.
    """

    chain: tuple[str, ...]
    whole: str


class Chronology:
    """The order of events, given as they are told; ``find`` finds one by an id, also a retired one.

    Where dates and relations contradict each other, :attr:`conflicts` says so and the relations
    decide. Where relations lead back, :attr:`circles` says so and the last of them does not count.
    """

    def __init__(self, events: Iterable[Event], find: Callable[[str], Record | None]) -> None:
        self._events = {event.id: event for event in events}
        self._earlier: dict[str, dict[str, str]] = {}  # with the option that says so
        for event in self._events.values():
            said = [*((id, "follows") for id in event.follows), (event.part_of or "", "part-of")]
            found = ((find(id), option) for id, option in said)
            self._earlier[event.id] = {other.id: option for other, option in found if other}
        self.circles: list[list[tuple[str, str]]] = []
        """Rings, of events with the option by which each names the next, the last the first."""
        for ring in rings({id: earlier.keys() for id, earlier in self._earlier.items()}):
            pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
            self.circles.append([(one, self._earlier[one][other]) for one, other in pairs])
            # the step that `rings` takes away itself, so that what is left has an order
            last, first = pairs[-1]
            del self._earlier[last][first]
        self._told = self._as_told()
        self._later: dict[str, list[str]] = {id: [] for id in self._told}
        for id, earlier in self._earlier.items():
            for other in earlier:
                self._later[other].append(id)
        self.conflicts: list[Conflict] = []
        ends = self._ends()
        self._after, low = self._bound_below(ends)
        self._before, high = self._bound_above(ends)
        self.days: Mapping[str, Day] = self._place(low, high)
        """The day at which each event stands; those that nothing dates have none."""
        self.order: Mapping[str, int] = {id: place for place, id in enumerate(self._sorted())}
        """The place of each event in the one order of all."""

    def bounds(self, id: str) -> Bounds | None:
        """Give what its neighbours tell of when an event began, if that is more than its date."""
        if id not in self._events:  # an event whose id is another object's
            return None
        first, last = self._stated(id)
        after, before = self._after.get(id), self._before.get(id)
        # a contradiction, of which `conflicts` tells: then they tell nothing of this one
        if after and before and after > before:
            return None
        after = None if first and after and after <= first else after
        before = None if last and before and before >= last else before
        return Bounds(after, before) if after or before else None

    def _stated(self, id: str) -> tuple[Day | None, Day | None]:
        """Give the first and the last day on which an event can begin by its own date."""
        date = self._events[id].date
        return date.begin if date and not date.is_uncertain else (None, None)

    def _as_told(self) -> dict[str, int]:
        """Number events as they are told, but none before what is earlier."""
        # Depth first, with a list of what waits and no recursion: chains may be longer than
        # Python's stack.
        told: dict[str, int] = {}
        for id in self._earlier:
            waiting = [id]
            while waiting:
                first = next((e for e in self._earlier[waiting[-1]] if e not in told), None)
                if first:
                    waiting.append(first)
                else:
                    told.setdefault(waiting.pop(), len(told))
        return told

    def _ends(self) -> dict[str, _Bound]:
        """Give when each event is over because something is that it is part of."""
        # a whole comes before its parts, so that its own end is known when theirs is asked for
        ends: dict[str, _Bound] = {}
        for id in self._told:
            for whole, option in self._earlier[id].items():
                if option == "part-of":
                    date = self._events[whole].date
                    last = date.latest if date and not date.is_uncertain else None
                    bounds = [ends.get(whole), (last, whole) if last else None]
                    if found := [bound for bound in bounds if bound]:
                        ends[id] = min(found)
        return ends

    def _bound_below(self, ends: Mapping[str, _Bound]) -> tuple[dict[str, Day], dict[str, Day]]:
        """Give before which day no event began by what is earlier, and by that and its date.

        Where these exclude each other, what comes later is bound by the date alone.
        """
        after: dict[str, Day] = {}
        low: dict[str, _Bound] = {}
        chains: dict[str, str] = {}
        for id in self._told:
            first, last = self._stated(id)
            own = (first, id) if first else None
            # from whom each bound comes, for the chain: of two that bound alike either will do
            found = {low[other]: other for other in self._earlier[id] if other in low}
            bound = max(found, default=None)
            if bound:
                after[id], chains[id] = bound[0], found[bound]
                limits = [*([(last, "")] if last else []), *([ends[id]] if id in ends else [])]
                limit = min(limits, default=bound)
                if bound[0] > limit[0]:
                    chain = [id]
                    while chain[-1] != bound[1]:
                        chain.append(chains[chain[-1]])
                    self.conflicts.append(Conflict(tuple(chain), limit[1]))
                    # else the same contradiction would be told of all that comes later
                    bound = None
            if known := [b for b in (own, bound) if b]:
                low[id] = max(known)
        return after, {id: day for id, (day, _) in low.items()}

    def _bound_above(self, ends: Mapping[str, _Bound]) -> tuple[dict[str, Day], dict[str, Day]]:
        """Give after which day no event began: the same from the other side."""
        before: dict[str, Day] = {}
        high: dict[str, Day] = {}
        for id in reversed(self._told):
            first, last = self._stated(id)
            bounds = [high[other] for other in self._later[id] if other in high]
            bounds += [ends[id][0]] if id in ends else []
            known = [last] if last else []
            if bounds:
                before[id] = min(bounds)
                known += [] if first and before[id] < first else [before[id]]
            if known:
                high[id] = min(known)
        return before, high

    def _place(self, low: Mapping[str, Day], high: Mapping[str, Day]) -> dict[str, Day]:
        """Give each event a day that it can have, and that is not before those of earlier ones.

        It is the first of its date; what has none stands with what it follows, else with what
        follows it.
        """
        days: dict[str, Day] = {}
        for id in self._told:
            date = self._events[id].date
            if date:
                day = min(date.span[0], high.get(id, date.span[0]))
                days[id] = max(day, low.get(id, day))
            elif found := [days[other] for other in self._earlier[id] if other in days]:
                days[id] = max(found)
        for id in reversed(self._told):
            if id not in days and (found := [days[e] for e in self._later[id] if e in days]):
                days[id] = min(found)
        # Once more forward: what stands with a later event may now be before an earlier one. That
        # has a day in any case, by the loop above the day of this one if no other.
        for id in self._told:
            if id in days:
                days[id] = max([days[id], *(days[other] for other in self._earlier[id])])
        return days

    def _sorted(self) -> Iterator[str]:
        """Give the events by their days, but none before what is earlier.

        Of one day those that are dated come first, by their dates, and as they are told.
        """

        def key(id: str) -> tuple[Any, ...]:
            date, day = self._events[id].date, self.days.get(id)
            return day is None, day or (), date is None, sort_key(date)[2:], self._told[id]

        # Of all events that nothing holds back the first by its key comes next, so that the order
        # differs from that of the days only where it must.
        sorter = TopologicalSorter(self._earlier)
        sorter.prepare()
        ready: list[tuple[Any, str]] = []
        while sorter.is_active():
            for id in sorter.get_ready():
                heappush(ready, (key(id), id))
            _, id = heappop(ready)
            yield id
            sorter.done(id)
