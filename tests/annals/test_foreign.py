"""Records made elsewhere: nothing is lost, every conflict is found, and no other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from foreign import make_corpus
from harness import Built, Project

FINE = {"one": "fine", "agreeing": "fine"}


def read(data: Any) -> dict[tuple[str, str], str]:
    """Give the status of each point on which a source speaks."""
    return {
        (item["id"], statement["property"]): FINE.get(statement["status"], statement["status"])
        for item in [*data["treaties"], *data["articles"]]
        for statement in item["statements"]
        if statement["accounts"]
    }


@pytest.mark.slow
def test_every_conflict_is_found_and_no_other(project: Project) -> None:
    corpus = make_corpus(40)
    built = project.write(corpus.pages).build("html", warnings=None)
    data = built.json("data/annals.json")
    for kind in ("treaties", "articles"):
        assert len(data[kind]) == corpus.counts[kind]
    expected = corpus.statuses()
    found = {
        point: "fine" if status == "compatible" and expected[point] == "fine" else status
        for point, status in read(data).items()
    }
    assert found == expected
    assert {"disputed", "open", "settled", "compatible", "fine"} == set(expected.values())
    listed = re.findall(r"annals-comparison annals-(\w+)", built.read())
    shown = [status for status in found.values() if status in ("disputed", "open", "settled")]
    assert sorted(listed) == sorted(shown)
    assert unlocated(built) == []


def unlocated(built: Built) -> list[str]:
    """Give the warnings that do not say in which line of a page of the corpus something is wrong."""
    said = [line for line in built.warnings if re.search("WARNING|ERROR|CRITICAL", line)]
    assert said
    return [line for line in said if not re.match(r"(one\.md|two\.rst|three\.md):\d+: ", line)]


BUILDERS = [
    "dirhtml",
    "singlehtml",
    "epub",
    "text",
    "man",
    "texinfo",
    "latex",
    "xml",
    "pseudoxml",
    "gettext",
]


@pytest.mark.slow
@pytest.mark.parametrize("builder", BUILDERS)
def test_all_builders_print_the_records(project: Project, builder: str) -> None:
    project.write(make_corpus(8).pages)
    built = project.configure('man_pages = [("index", "x", "d", "a", 1)]\n').build(
        builder, warnings=None
    )
    assert unlocated(built) == []
    assert "What it says." in built.everything()


def test_foreign_records_are_checked(project: Project) -> None:
    built = project.write(make_corpus(8).pages).build("annals-check", warnings=None)
    assert unlocated(built) == []
    assert built.json("findings.json")["findings"]
