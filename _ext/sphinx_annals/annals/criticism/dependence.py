"""Who draws on whom, and how many independent witnesses the accounts of one point make.

Who copies another is no second witness (*eliminatio codicum descriptorum*: Maas, *Textkritik*,
§ 4). A work draws on others as a whole, as the bibliography says, or for one account, as that
says. What is known of a work by way of another alone stands and falls with that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise

from sphinx_annals.annals.model import Account
from sphinx_annals.interfaces import Work
from sphinx_annals.text import components, rings

Graph = dict[str, set[str]]
"""For each work, by key, those that it draws on."""
Root = frozenset[str]
"""A work that draws on none of the others, with those that cannot be told apart from it."""


class Dependence:
    """What the bibliography says of dependence; works are known by their present keys."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self._works = works
        self._current = {alias: work.key for work in works.values() for alias in work.aliases}

    def key(self, cited: str) -> str:
        """Give the present key of a work that is cited by an older one."""
        return self._current.get(cited, cited)

    def of(self, accounts: Sequence[Account]) -> "Witnesses":
        """Give those who speak of one point."""
        return Witnesses(self, accounts)

    def label(self, key: str) -> str:
        """Give the short name of a work with its year, or its key where it is not known."""
        work = self._works.get(key)
        return work.label if work else key

    def sources(self, key: str) -> tuple[str, ...]:
        """Give the works that one draws on as a whole."""
        work = self._works.get(key)
        return work.derives_from if work else ()

    def as_a_whole(self) -> Graph:
        """Give the works that draw on others and those that they draw on, without circles."""
        graph: Graph = {}
        for key in self._works:
            for source in self.sources(key):
                graph.setdefault(source, set())
                graph.setdefault(key, set()).add(source)
        return without_rings(graph)


class Witnesses:
    """Those who speak of one point: works of accounts, their sources, what they were read in."""

    def __init__(self, dependence: Dependence, accounts: Sequence[Account]) -> None:
        self._dependence, self._accounts = dependence, accounts

    def work_of(self, account: Account) -> str:
        """Give the key of the work whose account it is."""
        return self._dependence.key(account.citation.key)

    def _named_by(self, account: Account) -> list[str]:
        return [self._dependence.key(source.key) for source in account.derives_from]

    @cached_property
    def graph(self) -> Graph:
        """Who of them draws on whom, for this point or, maybe by way of others, as a whole."""
        graph = {key: set(sources) for key, sources in self._stated.items()}
        for key, via in self._read_in:
            graph[via].add(key)
        return graph

    @cached_property
    def _stated(self) -> Graph:
        """The same as accounts and the bibliography state it: who was read in whom is left out."""
        graph: Graph = {self.work_of(account): set() for account in self._accounts}
        for account in self._accounts:
            named = self._named_by(account)
            graph |= {key: set() for key in named if key not in graph}
            graph[self.work_of(account)].update(named)
        graph |= {via: set() for _, via in self._read_in if via not in graph}
        for key, drawn_on in graph.items():
            drawn_on.update(self._nearest(key, graph))
        return graph

    @cached_property
    def _read_in(self) -> list[tuple[str, str]]:
        """What was read in another work, with that."""
        return [
            (self._dependence.key(cited.key), self._dependence.key(read.key))
            for account in self._accounts
            for cited, read in pairwise(account.citation.works)
        ]

    def _nearest(self, key: str, present: Mapping[str, Set[str]]) -> Iterator[str]:
        """Give those present that a work draws on, at first hand or by way of absent ones."""
        seen, waiting = {key}, list(self._dependence.sources(key))
        while waiting:
            source = waiting.pop()
            if source not in seen:
                seen.add(source)
                if source in present:
                    yield source
                else:
                    waiting += self._dependence.sources(source)

    @cached_property
    def _leans(self) -> Graph:
        """On whom each leans: on its sources, and on what it was read in."""
        # Of a work known by way of another nothing is told but what that says, which has it from
        # the work: each leans on the other, so that they are one root.
        leans = {key: set(sources) for key, sources in self.graph.items()}
        for key, via in self._read_in:
            leans[key].add(via)
        return leans

    @cached_property
    def _roots(self) -> dict[str, Root]:
        """The root that each work is one of, if it is one of any."""
        # Roots are the sinks of the graph when those in it that lean on each other are taken for
        # one work: all that one of a root leans on leans on it in turn.
        found = map(frozenset, components(self._leans))
        sinks = (root for root in found if all(self._leans[key] <= root for key in root))
        return {key: root for root in sinks for key in root}

    def roots(self, accounts: Iterable[Account]) -> set[Root]:
        """Give the roots from which what some of the accounts say can come."""
        found = {self.work_of(account) for account in accounts}
        found |= _reached(self._leans, *found)
        return {self._roots[key] for key in found if key in self._roots}

    def independent(
        self, accounts: Iterable[Account] | None = None, apart: Set[Root] = frozenset()
    ) -> int:
        """Count the independent witnesses among the accounts, or among some of them: as many as
        there are roots of which each has an account of its own, that is no copy of another
        account. Roots that are ``apart`` do not count.
        """
        chosen = self._accounts if accounts is None else accounts
        heard = dict.fromkeys(map(self.work_of, chosen)).keys()
        # what it has by way of another account is for that account to report
        reports = {
            work: {
                self._roots[key]
                for key in (work, *_reached(self._leans, work, until=heard))
                if key in self._roots and (key == work or key not in heard)
            }
            - apart
            for work in heard
        }
        return _matched(reports)

    def problems(self) -> Iterator[tuple[Account, str]]:
        """Give accounts whose sources in the end draw on them, of those in one ring the first."""
        # of several rings through one step the shortest is told
        found = sorted(rings(self._stated), key=len, reverse=True)
        closing = {step: ring for ring in found for step in pairwise([*ring, ring[0]])}
        told: set[str] = set()
        for account in self._accounts:
            work = self.work_of(account)
            steps = [(work, source) for source in self._named_by(account)]
            ring = next((closing[step] for step in steps if step in closing), [])
            if ring and work not in told:
                told.update(ring)
                chain = " → ".join([*ring, ring[0]])
                yield account, f"leads back to its own work: {chain}; leave one of them out"


def _matched(reports: Mapping[str, Set[Root]]) -> int:
    """Count the works that can each speak for a root of their own, of those that they report.

    To count the roots would say too much where one work alone reports several, to count the works
    where one root is all they have. It is a maximum matching in a bipartite graph, which has been
    reached when no augmenting path is left (Berge 1957).
    """
    speaks: dict[Root, str] = {}
    holds: dict[str, Root] = {}
    given: set[Root] = set()
    """From which no way leads to a root that is free, and none ever will."""
    for work in reports:
        asks: dict[Root, str] = {}
        waiting = [work]
        while waiting:
            asking = waiting.pop()
            wanted = reports[asking] - given - asks.keys()
            asks |= dict.fromkeys(wanted, asking)
            free = next((root for root in wanted if root not in speaks), None)
            if free is not None:
                # each on the way takes what it asked for, and leaves what it held to who asked
                while free is not None:
                    speaks[free], left = asks[free], holds.get(asks[free])
                    holds[asks[free]], free = free, left
                break
            waiting += [speaks[root] for root in wanted]
        else:
            given |= asks.keys()
    return len(speaks)


def _reached(
    graph: Mapping[str, Set[str]], *starts: str, until: Set[str] = frozenset()
) -> set[str]:
    """Give all that works draw on in the end, or up to some works."""
    found = set[str]()
    waiting = [key for start in starts for key in graph[start]]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += () if key in until else graph[key]
    return found


def without_rings(graph: Mapping[str, Set[str]]) -> Graph:
    """Give a graph that can be put in order: what closes a ring is left out."""
    kept = {key: set(sources) for key, sources in graph.items()}
    for ring in list(rings(graph)):
        # the step that `rings` takes away itself to go on, so that none is left
        kept[ring[-1]].discard(ring[0])
    return kept
