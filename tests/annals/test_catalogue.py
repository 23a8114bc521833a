from __future__ import annotations

from sphinx_annals.annals.model import (
    Article,
    Catalogue,
    DocumentNotes,
    Event,
    Kind,
    Mention,
    Person,
    Record,
    Treaty,
)
from sphinx_annals.dates import parse


def documents(**pages: list[Record]) -> dict[str, DocumentNotes]:
    return {name: DocumentNotes(records=records) for name, records in pages.items()}


def event(id: str, doc: str = "a", line: int = 1, **facts: object) -> Event:
    return Event(id=id, title=id.title(), docname=doc, line=line, anchor=id, **facts)  # type: ignore[arg-type]


def treaty(id: str, **facts: object) -> Treaty:
    return Treaty(id=id, title=id, docname="a", line=1, anchor=id, **facts)  # type: ignore[arg-type]


def test_of_two_records_with_one_id_the_first_document_wins_whatever_was_read_first() -> None:
    first, second = event("x", "a"), event("x", "b")
    for order in (("a", "b"), ("b", "a")):
        pages = {"a": [first], "b": [second]}
        catalogue = Catalogue(documents(**{name: pages[name] for name in order}))
        assert catalogue.find("x") is first
        assert [(code, record) for code, record, _ in catalogue.problems()] == [
            ("duplicate", second)
        ]


def test_retired_ids_still_find_their_object() -> None:
    catalogue = Catalogue(documents(a=[event("new", aliases=("old",))]))
    assert catalogue.find("old") is catalogue.find("new")
    assert catalogue.find("old", Kind.PERSON) is None


def test_an_unknown_id_is_explained() -> None:
    person = Person(id="stalin", title="Stalin", docname="a", line=1, anchor="stalin")
    catalogue = Catalogue(documents(a=[person, event("treaty-signed")]))
    assert catalogue.explain_unknown("stallin", Kind.PERSON) == (
        "unknown person 'stallin'; did you mean 'stalin'?"
    )
    assert catalogue.explain_unknown("stalin", Kind.EVENT) == (
        "'stalin' is not an event but a person"
    )
    assert catalogue.explain_unknown("zzz") == "unknown object 'zzz'"


def test_events_come_by_date_and_the_undated_last() -> None:
    records = [event("c"), event("b", date=parse("1950")), event("a", date=parse("1949-12"))]
    catalogue = Catalogue(documents(a=records))  # type: ignore[arg-type]
    assert [e.id for e in catalogue.events()] == ["a", "b", "c"]


def test_events_of_one_date_come_as_told_but_after_what_they_follow() -> None:
    day = parse("1950-02-14")
    told = [
        event("toast", date=day, follows=("signature",)),
        event("supper", date=day),
        event("signature", date=day, follows=("speech", "toast")),  # a circle is no reason to stop
        event("speech", date=day),
    ]
    catalogue = Catalogue(documents(a=told))  # type: ignore[arg-type]
    assert [e.id for e in catalogue.events()] == ["speech", "signature", "toast", "supper"]


def test_relations_run_both_ways() -> None:
    catalogue = Catalogue(documents(a=[event("part", part_of="whole"), event("whole")]))
    assert [r.id for r in catalogue.referring("part-of", "whole")] == ["part"]


def test_articles_keep_their_order() -> None:
    articles: list[Record] = [
        Article(
            id=f"t/{n}",
            title="",
            docname="a",
            line=n,
            anchor=f"t-{n}",
            treaty="t",
            number=str(n),
            order=n,
        )
        for n in (2, 10, 1)
    ]
    catalogue = Catalogue(documents(a=[treaty("t"), *articles]))
    assert [a.number for a in catalogue.articles_of(treaty("t"))] == ["1", "2", "10"]


def test_mentions_count_once_for_a_section_and_by_retired_ids_too() -> None:
    notes = DocumentNotes(
        records=[event("new", aliases=("old",))],
        mentions=[
            Mention("new", "a", "s", "S"),
            Mention("new", "a", "s", "S"),
            Mention("old", "a", "t", "T"),
        ],
    )
    assert [m.section for m in Catalogue({"a": notes}).mentions_of("new")] == ["s", "t"]


def test_problems_are_duplicates_and_references_to_nothing_or_to_another_kind() -> None:
    records = [event("x", place="x"), event("y", follows=("nowhere",)), event("x", line=9)]
    found = [(code, item.line) for code, item, _ in Catalogue(documents(a=records)).problems()]  # type: ignore[arg-type]
    assert found == [("duplicate", 9), ("ref", 1), ("ref", 1)]
