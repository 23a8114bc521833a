"""Lines of the general index in, sorted groups out."""

from __future__ import annotations

from sphinx_annals.text import IndexLine, arranged


def lines(*names: str) -> list[IndexLine]:
    return [(name, ([("", name)], [], None)) for name in names]


def shown(found: list[IndexLine], forms: dict[str, str]) -> list[str]:
    return [f"{heading}:{line[0]}" for heading, group in arranged(found, forms) for line in group]


def test_several_words_that_differ_in_capitals_are_one_entry() -> None:
    found = lines("Socialist camp", "socialist camp", "Party", "party")
    assert shown(found, {}) == ["P:Party", "P:party", "S:Socialist camp"]
    links = arranged(found, {})[-1][1][0][1][0]
    assert links == [("", "Socialist camp"), ("", "socialist camp")]


def test_entries_stand_in_the_order_of_the_house_by_the_text_they_file_by() -> None:
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
    forms = {"The zoo": "zoo", "毛主席": "Mao, Chairman"}
    order = [
        ":14 February",
        "A:Article 2",
        "A:Article 10",
        "M:毛主席",
        "O:Østerud",
        "Z:The zoo",
        "Z:Zorin",
        "Я:Яблоко",
        "汉字·漢字:毛泽东",
    ]
    assert shown(lines(*names), forms) == order
    below = [(name, []) for name in ("b", "Article 10", "Article 2")]
    (_, [(_, (_, subs, _))]) = arranged([("Top", ([], below, None))], {})[0]
    assert [name for name, _ in subs] == ["Article 2", "Article 10", "b"]
