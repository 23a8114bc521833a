"""What the book must hold: counted in the data it exports and in its sources."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness import REPOSITORY, Built
from sphinx_annals.citations.scan import Cite, read_text, scan

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow
KINDS = ("events", "treaties", "articles", "people", "organisations", "places")
AT_LEAST = {
    "events": 119,
    "treaties": 26,
    "articles": 40,
    "people": 50,
    "organisations": 50,
    "places": 30,
}
WORK = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
# the books of chapters that are cited for themselves
CONTAINERS = {"elleman2019rivalry", "lawrance2013era"}


@pytest.fixture(scope="module")
def data(book: Book) -> dict[str, Any]:
    return json.loads((book("annals").outdir / "annals.json").read_text())


@pytest.fixture(scope="module")
def cites() -> list[Cite]:
    pages = [*REPOSITORY.glob("chapters/*.md"), *REPOSITORY.glob("apparatus/*.md")]
    return [cite for page in pages for cite in scan(read_text(page), page.suffix)]


def statements(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in KINDS:
        for record in data[kind]:
            for statement in record["statements"]:
                yield f"{record['id']}: {statement['property']}", statement


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_all_that_the_documents_tell_of(data: dict[str, Any], kind: str) -> None:
    assert len(data[kind]) >= AT_LEAST[kind]


def test_every_event_has_a_source_a_date_and_the_basis_of_it(data: dict[str, Any]) -> None:
    lacking = [
        event["id"] for event in data["events"]
        if not (event["sources"] and event["date"] and event["dateBasis"])
    ]  # fmt: skip
    assert lacking == []


def test_over_half_of_the_dates_are_inferred_and_say_so(data: dict[str, Any]) -> None:
    basis = Counter(event["dateBasis"] for event in data["events"])
    assert basis["inferred"] > len(data["events"]) / 2


def test_contradictions_stand_as_accounts_and_every_dispute_has_a_verdict(
    data: dict[str, Any],
) -> None:
    found = dict(statements(data))
    assert sum(len(statement["accounts"]) for statement in found.values()) >= 300
    assert len(found) >= 127
    assert [name for name, statement in found.items() if statement["status"] == "disputed"] == []


def test_every_account_quotes_or_says_and_cites_a_place(data: dict[str, Any]) -> None:
    bare = [
        name for name, statement in statements(data) for account in statement["accounts"]
        if not (account["value"] and account["source"]["locator"])
    ]  # fmt: skip
    assert bare == []


def test_citations_carry_their_pages(cites: list[Cite]) -> None:
    with_locator = [cite for cite in cites if cite.locator]
    assert len(with_locator) >= 1000
    assert len(with_locator) / len(cites) > 0.8


def test_every_work_is_cited_or_listed_as_further_reading(cites: list[Cite]) -> None:
    works = set(WORK.findall((REPOSITORY / "references.bib").read_text()))
    assert len(works) >= 34
    assert works - {cite.key for cite in cites} <= CONTAINERS


def test_no_private_address_stands_in_the_book() -> None:
    for page in [*REPOSITORY.glob("chapters/*.md"), *REPOSITORY.glob("apparatus/*.md")]:
        assert not re.search(r"\b\d{9,}@", page.read_text()), page.name
