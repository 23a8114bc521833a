"""Entries in, sorted groups out."""

from __future__ import annotations

import pytest
from sphinx_annals.pdf.backindex import BackIndex


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
    assert [child.name for child in index.below(mao)] == ["in Moscow"]
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


def test_entries_stand_in_the_order_of_the_house_by_the_text_they_file_by() -> None:
    index = BackIndex({"The zoo": "zoo", "毛主席": "Mao, Chairman"})
    names = [
        "Яблоко",
        "Østerud",
        "毛主席",
        "14 February",
        "Article 10",
        "Article 2",
        "Zorin",
        "The zoo",
        "毛泽东",
    ]
    for name in names:
        index.add("single", f"Top; {name}", name)
        index.add("single", name, name)
    order = ["14 February", "Article 2", "Article 10", "毛主席", "Østerud", "The zoo", "Zorin",
             "Яблоко", "毛泽东"]  # fmt: skip
    groups = ["", "A", "A", "M", "O", "Z", "Z", "Я", "汉字·漢字"]
    found = [line for line in lines(index) if not line.endswith(":Top")]
    assert found == [f"{group}:{name}" for group, name in zip(groups, order, strict=True)]
    assert [child.name for child in index.below(index.root.child("Top"))] == order
