"""Entries in, sorted groups out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.pdf.backindex import (
    CHINESE,
    BackIndex,
    fold,
    group_name,
    sort_key,
    sorted_children,
)


@pytest.mark.parametrize(
    ("text", "group"),
    [("Stalin", "S"), ("Élan", "E"), ("łódź", "L"), ("Сталин", "С"), ("Ёлка", "Ё"), ("毛泽东", CHINESE),
     ("1950", ""), ("“Quoted”", "Q"), ("-v", "V"), ("", "")],
)  # fmt: skip
def test_groups(text: str, group: str) -> None:
    assert group_name(text) == group


@pytest.mark.parametrize(
    "names",
    [
        [
            "9 May",
            "14 February",
            "Åbo",
            "Mao Zedong",
            "Maoism",
            "Стали",
            "Сталин",
            "Яблоко",
            "周恩来",
        ],
        ["De Gaulle", "Deng", "Ёлка", "Жук"],
        ["Article 2", "Article 010", "Article 10", "Article x"],
    ],
)
def test_order(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


@given(st.lists(st.text()))
def test_sorting_is_total(names: list[str]) -> None:
    backwards = sorted(names, key=sort_key)[::-1]
    assert sorted(backwards, key=sort_key) == sorted(names, key=sort_key)


def test_fold_keeps_russian_letters() -> None:
    assert fold("Йод Éé") == "йод ee"


def lines(index: BackIndex) -> list[str]:
    return [f"{name}:{e.name}" for name, entries in index.groups() for e in entries]


def test_kinds_of_entries() -> None:
    index = BackIndex()
    index.add("single", "Mao Zedong; in Moscow", "m1")
    index.add("single", "Mao Zedong", "m2", main=True)
    index.add("pair", "treaty; loan", "m3")
    index.add("triple", "a; b; c", "m4")
    index.add("see", "Mao Tse-tung; Mao Zedong", "")
    index.add("seealso", "loan; credit", "")
    index.add("module", "odd kind", "m5")
    assert lines(index) == ["A:a", "B:b", "C:c", "L:loan", "M:Mao Tse-tung", "M:Mao Zedong",
                            "O:odd kind", "T:treaty"]  # fmt: skip
    mao = index.root.child("Mao Zedong")
    assert mao.marks == [("m2", True)]
    assert [child.name for child in sorted_children(mao)] == ["in Moscow"]
    assert index.root.child("Mao Tse-tung").see == ["Mao Zedong"]
    assert index.root.children["loan"].see_also == ["credit"]
    assert list(index.root.children["a"].children) == ["b c"]


@pytest.mark.parametrize("value", ["", ";", "a;", ";b", "a; b; c; d"])
@pytest.mark.parametrize("kind", ["single", "pair", "triple", "see", "seealso"])
def test_incomplete_entries_do_no_harm(kind: str, value: str) -> None:
    index = BackIndex()
    index.add(kind, value, "m")
    index.groups()


def test_several_words_that_differ_in_capitals_are_one_entry() -> None:
    index = BackIndex()
    for mark, name in enumerate(["Socialist camp", "socialist camp", "Party", "party"]):
        index.add("single", name, f"m{mark}")
    assert lines(index) == ["P:Party", "P:party", "S:Socialist camp"]
    assert index.root.child("Socialist camp").marks == [("m0", False), ("m1", False)]
