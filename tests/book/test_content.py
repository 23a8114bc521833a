"""What the book must hold: counted in the data it exports and in its sources."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from book.proportions import points
from harness import REPOSITORY, Built
from sphinx_annals.citations.scan import Cite, scan
from sphinx_annals.sources import read_text

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow
KINDS = ("events", "treaties", "articles", "people", "organisations", "places")
ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)^\}", re.MULTILINE | re.DOTALL)
EXTERNAL = re.compile(r"\bkeywords\s*=\s*\{[^}]*\bexternal\b")
CROSSREF = re.compile(r"\bcrossref\s*=\s*\{([^}]+)\}")


def sources() -> list[Path]:
    """Give the files of the text, those of points and textual notes among them."""
    found = [
        path
        for folder in ("chapters", "apparatus")
        for path in REPOSITORY.glob(f"{folder}/**/*.md")
    ]
    assert found
    return found


@pytest.fixture(scope="module")
def works() -> dict[str, str]:
    """The fields of each entry of the bibliography, as they are written."""
    return dict(ENTRY.findall((REPOSITORY / "references.bib").read_text()))


@pytest.fixture(scope="module")
def data(book: Book) -> dict[str, Any]:
    return json.loads((book("annals").outdir / "annals.json").read_text())


@pytest.fixture(scope="module")
def cites() -> list[Cite]:
    return [cite for page in sources() for cite in scan(read_text(page), page.suffix)]


def statements(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in KINDS:
        for record in data[kind]:
            for statement in record["statements"]:
                yield f"{record['id']}: {statement['property']}", statement


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_something_of_each_kind(data: dict[str, Any], kind: str) -> None:
    assert data[kind]


def test_every_event_has_a_source_a_date_and_the_basis_of_it(data: dict[str, Any]) -> None:
    lacking = [
        event["id"]
        for event in data["events"]
        if not (event["sources"] and event["date"] and event["dateBasis"])
    ]
    assert lacking == []


def test_what_is_inferred_says_from_what(data: dict[str, Any]) -> None:
    inferred = [event for event in data["events"] if event["dateBasis"] == "inferred"]
    assert [event["id"] for event in inferred if not event["text"]] == []


def test_every_dispute_has_a_verdict_with_its_reasons(data: dict[str, Any]) -> None:
    found = dict(statements(data))
    assert found
    assert [name for name, statement in found.items() if statement["status"] == "disputed"] == []
    verdicts = [(name, v) for name, statement in found.items() for v in statement["verdicts"]]
    assert verdicts
    assert [name for name, verdict in verdicts if not verdict["text"]] == []


def test_every_account_says_something_and_where_it_was_read(
    data: dict[str, Any], works: dict[str, str]
) -> None:
    """What lies outside the four documents may be a page of the web, which has no places."""
    bare = []
    for name, statement in statements(data):
        for account in statement["accounts"]:
            read = account["source"]
            while read["via"]:
                read = read["via"]
            if not (account["value"] and (read["locator"] or EXTERNAL.search(works[read["key"]]))):
                bare.append((name, read["key"]))
    assert bare == []


def test_an_answer_has_a_weight_and_a_question(data: dict[str, Any]) -> None:
    answered = [(name, statement) for name, statement in statements(data) if statement["verdicts"]]
    assert [name for name, point in answered if not (point["weight"] and point["question"])] == []
    exported = Counter(point["weight"] for _, point in answered)
    assert exported == points()  # none is lost between its source and the export


def test_nothing_is_left_for_the_editors_to_mend(book: Book) -> None:
    """No contradiction, no point that no list shows, no chapter with more of them than a story bears."""
    found = book("annals-check").json("findings.json")["findings"]
    open_ones = [finding for finding in found if not finding["acknowledged"]]
    grave = [
        finding
        for finding in open_ones
        if finding["severity"] != "info" or finding["code"] in ("unlisted-point", "crowded")
    ]
    assert grave == []


def test_most_citations_carry_their_pages(cites: list[Cite]) -> None:
    assert len([cite for cite in cites if cite.locator]) > len(cites) / 2


def test_every_work_is_cited_or_belongs_to_one_that_is(
    cites: list[Cite], works: dict[str, str]
) -> None:
    cited = {cite.key for cite in cites}
    assert cited
    assert cited - works.keys() == set()
    used = set(cited)
    for key, fields in works.items():
        for whole in CROSSREF.findall(fields):
            used |= {key, whole} if {key, whole} & cited else set()
    assert works.keys() - used == set()


def test_a_name_is_linked_once_a_section(book: Book) -> None:
    built, again = book("html"), []
    for page in sorted((built.outdir / "chapters").glob("*.html")):
        for section in built.soup(f"chapters/{page.name}").select("main section"):
            prose = section.select(":scope > p, :scope > .annals-beside > p")
            links = [
                str(link["href"]) for text in prose for link in text.select("a:has(> .annals)")
            ]
            again += [(page.name, section["id"], to) for to, n in Counter(links).items() if n > 1]
    assert again == []


def test_no_private_address_stands_in_the_book() -> None:
    for page in sources():
        assert not re.search(r"\b\d{9,}@", page.read_text()), page.name
