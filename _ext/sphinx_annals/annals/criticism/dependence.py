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
from sphinx_annals.text import rings

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
    """Those who speak of one point: the works of its accounts, and those that these name as their
    sources or were read in.
    """

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
        # Roots are the sinks of the graph when each ring in it is taken for one work: all that one
        # of a root leans on leans on it in turn.
        reached = {key: {key, *_reached(self._leans, key)} for key in self._leans}
        return {
            key: frozenset(found)
            for key, found in reached.items()
            if all(key in reached[other] for other in found)
        }

    def roots(self, accounts: Iterable[Account]) -> set[Root]:
        """Give the roots from which what some of the accounts say can come."""
        found = {self.work_of(account) for account in accounts}
        found |= {key for work in found for key in _reached(self._leans, work)}
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
        # As many works as can each speak for a root of their own: a maximum matching in a bipartite
        # graph, which has been reached when no augmenting path is left (Berge 1957). To count the
        # roots would say too much where one work alone reports several, to count the works where
        # one root is all they have.
        speaks: dict[Root, str] = {}

        def place(work: str, tried: set[Root]) -> bool:
            """Find a root for a work, if need be by finding another for whose it is now."""
            for root in sorted(reports[work] - tried, key=sorted):
                tried.add(root)
                if root not in speaks or place(speaks[root], tried):
                    speaks[root] = work
                    return True
            return False

        return sum(place(work, set()) for work in heard)

    def problems(self) -> Iterator[tuple[Account, str]]:
        """Give accounts whose sources in the end draw on them, of those in one ring the first."""
        closing = {
            step: ring for ring in rings(self._stated) for step in pairwise([*ring, ring[0]])
        }
        told: set[str] = set()
        for account in self._accounts:
            work = self.work_of(account)
            steps = [(work, source) for source in self._named_by(account)]
            ring = next((closing[step] for step in steps if step in closing), [])
            if ring and work not in told:
                told.update(ring)
                chain = " → ".join([*ring, ring[0]])
                yield account, f"leads back to its own work: {chain}; leave one of them out"


def _reached(graph: Mapping[str, Set[str]], start: str, until: Set[str] = frozenset()) -> set[str]:
    """Give all that a work draws on in the end, or up to some works."""
    found = set[str]()
    waiting = list(graph[start])
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
