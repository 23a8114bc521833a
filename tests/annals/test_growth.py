"""What grows no faster than a book does: each of it once, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pkgutil import resolve_name
from typing import Any

import pytest
from harness import Project
from sphinx_annals.annals.criticism import Criticism, Dependence
from sphinx_annals.annals.model import Account, Catalogue, DocumentNotes, Treaty
from sphinx_annals.text import Citation, Nearest, components, rings

MANY = 1_500
"""More than Python recurses, and so many that a square of it would be noticed."""


class Counting(dict[str, set[str]]):
    """A graph that counts how often it is asked."""

    asked = 0

    def get(self, *args: Any) -> Any:
        self.asked += 1
        return super().get(*args)


def test_each_object_is_asked_twice_however_many_rings_there_are() -> None:
    graph = Counting({str(n): {str(m) for m in (n - 1, n + 1) if m >= 0} for n in range(MANY)})
    assert [ring for ring in rings(graph) if len(ring) != 2] == []
    assert graph.asked <= 2 * (MANY + 1)


def test_what_leads_to_each_other_is_together_behind_what_it_leads_to() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"b"}, "d": {"e"}, "f": {"a"}}
    assert [sorted(found) for found in components(graph)] == [
        ["e"],
        ["d"],
        ["b", "c"],
        ["a"],
        ["f"],
    ]


def account(work: str, *sources: str, value: str = "1979") -> Account:
    drawn = tuple(map(Citation, sources))
    return Account("t", "cost", "doc", 1, value=value, citation=Citation(work), derives_from=drawn)


def test_a_chain_of_copies_is_one_witness() -> None:
    chain = [account("w0"), *(account(f"w{n}", f"w{n - 1}") for n in range(1, MANY))]
    witnesses = Dependence({}).of(chain)
    assert (witnesses.independent(), len(witnesses.roots(chain))) == (1, 1)
    assert list(witnesses.problems()) == []


def test_each_work_gives_way_to_the_next_where_that_has_one_root_alone() -> None:
    held = [account(f"w{n}", f"r{n:04}", f"r{n + 1:04}") for n in range(MANY)]
    assert Dependence({}).of([*held, account("last", "r0000")]).independent() == MANY + 1
    # many that ask for roots which others have find none, and nobody asks for these again
    late = [account(f"late{n}", "r0000", "r0001") for n in range(MANY)]
    assert Dependence({}).of([*held, *late]).independent() == MANY + 1


def counted(monkeypatch: pytest.MonkeyPatch, name: str, by: Callable[..., Any]) -> Counter[Any]:
    """Count the calls of a function, by what it is called with."""
    module, _, attribute = f"sphinx_annals.annals.{name}".rpartition(".")
    real = getattr(resolve_name(module), attribute)
    found: Counter[Any] = Counter()

    def count(*args: Any, **options: Any) -> Any:
        found[by(*args)] += 1
        return real(*args, **options)

    monkeypatch.setattr(f"{module}.{attribute}", count)
    return found


def test_claims_are_compared_once_however_many_accounts_make_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = counted(monkeypatch, "criticism.comparing.conflict", lambda *_: "conflict")
    treaty = Treaty(id="t", title="T", docname="doc", line=1, anchor="t")
    said = [account(f"w{n % 4}", value=f"{n % 5} tons") for n in range(MANY)]
    criticism = Criticism(Catalogue({"doc": DocumentNotes(records=[treaty], statements=[*said])}))
    assert len(criticism.opposed(criticism.of("t")[0])) == 6
    assert calls["conflict"] == 10


def test_after_a_thousand_unknown_words_no_new_one_is_looked_for() -> None:
    known = Nearest(["event-1", "event-1100"])
    found = [known.to(f"evnet-{n}") for n in (*range(1, 1_101), 1)]
    assert (found[0], found[1_099], found[-1]) == ("event-1", "", "event-1")


COUNT = 20


def pages() -> Iterator[tuple[str, str]]:
    told = "\n\n".join(["```{event} Same\n:date: 1950\n:sources: heinzig2004arduous\n```"] * COUNT)
    parts = "\n\n".join(f"```{{treaty-article}}\n:treaty: t\n:title: Part {n}\n```" for n in "abc")
    listed = "\n".join(f"page-{n}" for n in range(COUNT))
    treaty = "```{treaty} T\n:id: t\n:signed: 1950\n```"
    yield "index.md", f"# Book\n\n{told}\n\n{treaty}\n\n{parts}\n\n```{{toctree}}\n{listed}\n```\n"
    for n in range(COUNT):
        said = f":of: t\n:property: cost\n:value: {n} tons"
        yield f"page-{n}.md", f"# Page {n}\n\n```{{account}} heinzig2004arduous\n{said}\n```\n"


def test_many_of_one_title_and_pages_with_accounts_of_one_point(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def numbered(name: str) -> Iterator[str]:
        for n in range(1, COUNT * COUNT):
            tried.append(name)
            yield f"{name}-{n}"

    monkeypatch.setattr("sphinx_annals.annals.directives.annotation.numbered", numbered)
    hashed = counted(
        monkeypatch, "views.stale.Fingerprints._fields", lambda _self, _names, value: type(value)
    )
    project.write(dict(pages())).build("html", warnings=["has no id"] * (COUNT + 3))
    assert tried.count("same") == COUNT  # ids; their anchors are free
    assert hashed[Account] == COUNT
