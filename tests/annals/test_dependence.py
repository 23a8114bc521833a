"""Dependence: who draws on whom, how many witnesses there are, what counts one of them twice."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from harness import WHOLE, Project, Start
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.checks import CHECKS, Book
from sphinx_annals.annals.criticism import Criticism, Dependence
from sphinx_annals.annals.model import Account, Catalogue, DocumentNotes, Treaty, Verdict
from sphinx_annals.interfaces import Work
from sphinx_annals.text import Citation, parse_citations

pytestmark = pytest.mark.slow  # whole builds, each of them


def account(said: str) -> Account:
    """Read ``b < a`` as an account of b that draws on a for this; ``b via c`` is read in c."""
    key, _, sources = (part.strip() for part in said.partition("<"))
    named = tuple(Citation(source) for source in sources.split())
    ((cited,), _) = parse_citations(key)
    return Account("t", "expiry", "doc", 1, value="1979", citation=cited, derives_from=named)


def works(**sources: str) -> Mapping[str, Work]:
    names = {*sources, *" ".join(sources.values()).split()}
    return {
        key: Work(key, aliases=(f"old-{key}",), derives_from=tuple(sources.get(key, "").split()))
        for key in sorted(names)
    }


def independent(said: str, **sources: str) -> int:
    accounts = [account(part) for part in said.split(",") if part]
    return Dependence(works(**sources)).of(accounts).independent()


@pytest.mark.parametrize(
    ("said", "sources", "count"),
    [
        ("", {}, 0),
        ("a", {}, 1),
        ("a, b, c", {}, 3),
        ("a, a", {}, 1),
        ("a, old-a", {"b": "a"}, 1),
        ("a, b", {"b": "a"}, 1),
        ("b, a", {"b": "a"}, 1),
        ("a, c", {"b": "a", "c": "b"}, 1),  # by way of a work that is silent here
        ("a, b < a", {}, 1),
        ("a, b < old-a, c", {"x": "a"}, 2),
        ("b < x, c < x", {}, 1),  # two copies of a source that is not heard itself
        ("b < x, c < x, d", {}, 2),
        ("b < x, c", {"c": "x"}, 1),
        ("b, c", {"b": "x", "c": "x"}, 2),  # they share a source, maybe not for this
        ("a, b, c", {"c": "a b"}, 2),
        ("c", {"c": "a b"}, 1),
        ("c < x y", {}, 1),
        ("c < x y, b < x", {}, 2),
        ("c < x y z, a < x, b < x", {}, 2),
        ("a, b", {"a": "b", "b": "a"}, 1),  # warned of
        ("a < b, b < a, c", {}, 2),
        ("a via w", {}, 1),
        ("a via w, w", {}, 1),
        ("a via w, w", {"w": "a"}, 1),
        ("a via w, b via w", {"w": "a b"}, 1),  # one book was read
        ("a via w, b via v", {}, 2),
        ("a via w, b via v", {"v": "w"}, 1),
        ("a via w via v, b via v, c", {}, 2),
        ("a via w, c < w", {}, 1),
        ("a via w, w, b", {"w": "a"}, 2),
    ],
)
def test_who_draws_on_another_is_no_second_witness(
    said: str, sources: Mapping[str, str], count: int
) -> None:
    assert independent(said, **sources) == count


KEYS = st.sampled_from("abcdef")
SAID = st.lists(st.tuples(KEYS, st.sets(KEYS, max_size=2)), min_size=1, max_size=6)
SOURCES = st.dictionaries(KEYS, st.sets(KEYS, max_size=3), max_size=6)


def build(said: list[tuple[str, set[str]]]) -> list[Account]:
    return [account(f"{key} < {' '.join(sorted(sources))}") for key, sources in said]


@given(SAID, SOURCES, st.randoms())
def test_the_count_hangs_on_dependence_alone(said, sources, random):
    known = Dependence(works(**{key: " ".join(sorted(on)) for key, on in sources.items()}))
    accounts = build(said)
    count = known.of(accounts).independent()
    assert 1 <= count <= len({key for key, _ in said})
    assert known.of([*accounts, *accounts]).independent() == count
    shuffled = random.sample(accounts, len(accounts))
    assert known.of(shuffled).independent() == count
    # one more copy of what is heard is no witness, one more stranger is
    assert known.of([*accounts, account(f"copy < {said[0][0]}")]).independent() == count
    assert known.of([*accounts, account("stranger")]).independent() == count + 1


@given(SAID)
def test_without_dependence_each_work_is_a_witness(said):
    accounts = [account(key) for key, _ in said]
    assert Dependence({}).of(accounts).independent() == len({key for key, _ in said})


def stated(value: str, key: str, *sources: str) -> Account:
    named = tuple(map(Citation, sources))
    return Account("t", "expiry", "doc", 3, value, Citation(key), derives_from=named)


VERDICT = Verdict("t", "expiry", "doc", 9, "Because.", prefers="1979")


@pytest.mark.parametrize(
    ("accounts", "found"),
    [
        ([("1979", "a"), ("1979", "b", "a"), ("1980", "c")], "2 accounts, 1 witness, 1"),
        ([("1979", "a"), ("1979", "whole"), ("1980", "c")], "2 accounts, 1 witness, 1"),
        (
            [("1979", "a"), ("1979", "a"), ("1979", "b"), ("1980", "c"), ("1980", "d")],
            "3 accounts, 2 witnesses, 2",
        ),
        ([("1979", "a"), ("1979", "b"), ("1980", "c")], ""),  # two witnesses against one
        ([("1979", "a"), ("1980", "c")], ""),  # nobody can have counted
        ([("1979", "a"), ("1979", "b", "a"), ("1980", "c"), ("1980", "d")], ""),
        ([("1979", "a"), ("1979", "b", "a"), ("1980", "c", "a")], ""),  # not independent of them
        ([("1979", "a"), ("1979", "b", "a"), ("1979-02-16", "c")], ""),  # says the same, and more
    ],
)
def test_a_verdict_that_counts_one_witness_twice(accounts: list[Any], found: str) -> None:
    said = [stated(*each) for each in accounts]
    treaty = Treaty(id="t", title="Treaty", docname="doc", line=1, anchor="t")
    notes = DocumentNotes(records=[treaty], statements=[*said, VERDICT])
    (check,) = [check for check in CHECKS if check.code == "double-witness"]
    findings = list(check.findings(Book(Criticism(Catalogue({"doc": notes}), works(whole="a")))))
    shape = r"t: expiry: (.*) give '1979', but make (.*), against (\d+); say what .*"
    assert [re.sub(shape, r"\1, \2, \3", f.message) for f in findings] == [found] * bool(found)
    assert {(f.object, f.docname, f.line) for f in findings} <= {("t", "doc", 9)}


REFS = """\
@book{ng1950, author={Ng, Ann}, title={Road}, year={1950}, ids={ng-old}}
@book{wu1960, author={Wu, Bo}, title={Way}, year={1960}, derivesfrom={ng1950}}
@book{li1970, author={Li, Cy}, title={Path}, year={1970}}
@book{fu1980, author={Fu, Di}, title={Lane}, year={1980}}
"""
PAGE = """\
# Treaties

```{treaty} The Treaty
:id: t
:sources: ng1950

:::{account} ng1950{p. 1}
:property: expiry
:value: 1979
:::
:::{account} wu1960
:property: expiry
:value: 1979
:::
:::{account} li1970
:property: expiry
:value: 1979
:derives-from: ng-old{p. 2}, wu1960
:::
:::{account} fu1980
:property: expiry
:value: 1980
:::
:::{verdict} expiry
:prefers: 1979

So it is.
:::
```

```{disputed-points}
```

```{bibliography}
:all:
```
"""
VIEW = "```{disputed-points}\n```\n"
START = Start({"conf.py": WHOLE, "references.bib": REFS})


@pytest.fixture
def start() -> Start:
    return START


@pytest.mark.parametrize(
    "builder", ["html", "singlehtml", "epub", "text", "man", "texinfo", "latex", "typst"]
)
def test_readers_see_how_many_witnesses_there_are(project: Project, builder: str) -> None:
    built = project.write(PAGE).build("typstpdf" if builder == "typst" else builder)
    shown = built.print if builder == "typst" else built.everything()
    shown = " ".join(re.sub(r"<[^>]*>", "", shown).split())
    assert "4 accounts, 2 independent" in shown
    assert "draws on" in shown.casefold()


def test_on_paper_what_accounts_add_is_no_sentence_in_a_line(project: Project) -> None:
    said = ":::{account} %s\n:of: e\n:property: count\n:value: 1\n%s\n:::\n"
    accounts = said % ("wu1960", ":derives-from: ng-old") + said % ("ng-old", "\nHe guesses.")
    event = "```{event} E\n:id: e\n```\nWords."
    page = f"# B\n\n{event}\n\n{accounts}\n```{{bibliography}}\n```\n"
    shown = project.write(page).build("text").text("index.txt")
    assert re.search(r"1, draws on \([^()]*\); \([^()]*\): 1, He guesses\. ", shown)


def test_exports_count_the_witnesses(project: Project) -> None:
    built = project.write(PAGE).build("annals")
    data = built.json("annals.json")
    jsonschema.validate(data, built.json("annals.schema.json"))
    (treaty,) = data["treaties"]
    (point,) = treaty["statements"]
    assert (len(point["accounts"]), point["independent"]) == (4, 2)
    drawn = [[source["key"] for source in said["derivesFrom"]] for said in point["accounts"]]
    assert drawn == [[], [], ["ng-old", "wu1960"], []]
    rows = list(csv.DictReader(built.read("accounts.csv").removeprefix("\ufeff").splitlines()))
    assert [row["independent"] for row in rows] == ["2"] * 4
    assert rows[2]["derivesFrom"] == "ng-old{p. 2}; wu1960"


def test_a_page_is_written_again_when_the_bibliography_says_otherwise(project: Project) -> None:
    project.write(PAGE).write({"other.md": "---\norphan: true\n---\n# Other\n"}).build()
    built = project.edit("references.bib", "derivesfrom={ng1950}", "note={x}").build()
    assert "4 accounts, 3 independent" in built.text("index.html")
    project.edit("index.md", ":derives-from: ng-old{p. 2}, wu1960\n", "")
    assert "4 accounts, 2" not in project.build().text("index.html")
    built = project.edit("references.bib", "note={x}", "derivesfrom={ng1950}").build()
    assert "4 accounts, 3 independent" in built.text("index.html")
    assert "index.html" in built.written


@pytest.mark.parametrize(
    ("file", "old", "new", "warning"),
    [
        (
            "index.md",
            "ng-old{p. 2}, wu1960",
            "ng1951",
            "index.md:15: WARNING: unknown key 'ng1951'; did you mean 'ng1950'? [citations.key]",
        ),
        (
            "index.md",
            "ng-old{p. 2}, wu1960",
            "",
            (
                "index.md:15: WARNING: account: :derives-from: is empty; write keys with locators: "
                "key{p. 1}, or leave it out [annals.source]"
            ),
        ),
        (
            "index.md",
            "ng-old{p. 2}, wu1960",
            "li1970",
            (
                "index.md:15: WARNING: account of 'expiry': :derives-from: leads back to its own work: "
                "li1970 → li1970; leave one of them out [annals.account]"
            ),
        ),
        (
            "index.md",
            ":value: 1979\n:::\n:::{account} wu1960",
            ":value: 1979\n:derives-from: li1970\n:::\n:::{account} wu1960",
            (
                "index.md:7: WARNING: account of 'expiry': :derives-from: leads back to its own work: "
                "ng1950 → li1970 → ng1950; leave one of them out [annals.account]"
            ),
        ),
        (
            "references.bib",
            "derivesfrom={ng1950}",
            "\nderivesfrom={ng1951}",
            (
                "references.bib:3: WARNING: [wu1960] the derivesfrom 'ng1951' is no entry; did you "
                "mean 'ng1950'? [citations.bibfile]"
            ),
        ),
        (
            "references.bib",
            "ids={ng-old}",
            "ids={ng-old},\nderivesfrom={wu1960}",
            (
                "references.bib:2: WARNING: [ng1950] the derivesfrom leads back to this work: "
                "ng1950 → wu1960 → ng1950; leave one of them out [citations.bibfile]"
            ),
        ),
    ],
)
def test_a_mistake_is_one_warning_where_it_stands(
    project: Project, file: str, old: str, new: str, warning: str
) -> None:
    project.write(PAGE.replace(VIEW, ""))
    built = project.edit(file, old, new).build(warnings=None)
    assert built.warnings == [warning]


def test_what_was_read_in_another_work_is_a_source_of_that() -> None:
    witnesses = Dependence({}).of([account("a via w < x"), account("c < w")])
    assert witnesses.graph == {"a": {"x"}, "x": set(), "w": {"a"}, "c": {"w"}}
    assert list(witnesses.problems()) == []
    # to say it twice is no ring
    assert list(Dependence({}).of([account("a via w < w")]).problems()) == []
