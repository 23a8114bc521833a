"""One filing order: the table that every list of the house follows."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.text import (
    CHINESE,
    CYRILLIC,
    LAST,
    filing_key,
    filing_place,
    filing_words,
    headword,
    initial,
    one_entry,
)

FILED = {
    "": ["§", "007 Agents", "“9 May”", "14 February", "1950", "١٩٥٠", "1950-02-14"],
    "A": ["A4", "A10", "Aaron", "Åbo", "Abo, Zed", "Æsop"],
    "D": ["De Gaulle", "Deng", "Đilas, Milovan", "Dilas, Zoran"],
    "I": ["İnönü", "Irkutsk"],
    "L": ["Łódź", "Lodz Street", "L’vov"],
    "M": ["Mao", "Mao Zedong", "Maoism"],
    "O": ["Oslo", "Østerud", "Ostrava"],
    "S": ["Sino-Soviet", "Sinology", "Straße", "Strasser"],
    "T": ["Þór", "Thorez"],
    "U": ["UN", "U.S.", "USA"],
    "Z": ["Zhōng", "Zhong Guo", "Zhongguo"],
    "Α": ["Αθήνα", "άλφα"],
    "Ω": ["Ωμέγα"],
    "Г": ["Газета"],
    "Ґ": ["Ґанок"],
    "Д": ["Два"],
    "Е": ["Ёлка", "Ельцин", "Емельянов"],
    "И": ["Иван"],
    "І": ["Ізюм"],
    "Й": ["Йод"],
    "К": ["Киев"],
    "О": ["Орёл"],
    "Ө": ["Өвөр Монгол"],
    "С": ["Сталин", "Стали́н", "Сталинград"],
    "Т": ["Тито", "Троцкий"],
    "У": ["Улан-Удэ"],
    "Ц": ["Цинь"],
    "Ш": ["Шанхай"],
    "Щ": ["Щаранский"],
    "Ы": ["Ыныкчан"],
    "Я": ["Яблоко"],
    "ש": ["שלום"],
    "ا": ["أحمد", "إيران"],
    "ب": ["بكين"],
    "ह": ["हिन्द", "हिन्दी"],
    "가": ["가나", "각", "간"],
    "까": ["까치"],
    "ヤ": ["ヤルタ"],
    CHINESE: ["长春", "毛泽东", "毛澤東", "女真", "张闻天", "周恩来"],
}
ORDER = [name for names in FILED.values() for name in names]


def test_every_cyrillic_letter_has_its_place() -> None:
    for following in ("", "на"):
        words = [letter + following for letter in CYRILLIC]
        assert sorted(words, key=filing_key) == words


def test_every_name_has_its_place() -> None:
    mixed = random.Random(1).sample(ORDER, len(ORDER))
    assert sorted(mixed, key=filing_key) == ORDER


@pytest.mark.parametrize(
    ("name", "group"), [(name, group) for group, names in FILED.items() for name in names]
)
def test_every_name_has_its_group(name: str, group: str) -> None:
    assert initial(name) == group


def test_chinese_stands_where_its_romanised_form_would_in_its_group() -> None:
    pairs = {
        "毛泽东": "Mao Zedong",
        "周恩来": "Zhou Enlai",
        "林彪": "Lin Biao",
        "吕正操": "Lü Zhengcao",
        "刘少奇": "Liu Shaoqi",
        "女真": "Nüzhen",
        "重庆": "Chongqing",
        "旅順": "Lüshun",
    }
    romanised = [pairs[name] for name in sorted(pairs, key=filing_key)]
    joined = {name: name.lower().replace("ü", "v").replace(" ", "") for name in romanised}
    assert romanised == sorted(romanised, key=joined.__getitem__)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("The Chinese draft", "Chinese draft"),
        ("A joint fleet", "joint fleet"),
        ("The", "The"),
        ("The “aid agreement”", "“aid agreement”"),
        ("“An end”", "end”"),
        ("Theory", "Theory"),
        ("Anshan", "Anshan"),
        ("A. A. Gromyko", "A. A. Gromyko"),
    ],
)
def test_titles_file_under_the_word_after_the_article(title: str, word: str) -> None:
    assert headword(title) == word


def test_words_are_those_that_file() -> None:
    assert filing_words("Østerud, Å.: U.S.–Soviet “pact” № 5") == (
        "osterud",
        "a",
        "us",
        "soviet",
        "pact",
        "no",
        "5",
    )
    assert filing_words("Йод, Ёлка") == ("йод", "елка")
    assert filing_words("?!") == ()


def test_names_that_are_one_line() -> None:
    assert one_entry("Red Camp") == one_entry("red camp")
    assert one_entry("Party") != one_entry("party")


@given(st.lists(st.text(), unique=True))
def test_the_order_is_total(names: list[str]) -> None:
    names.sort(key=filing_key)
    backwards = names[::-1]
    assert sorted(backwards, key=filing_key) == names


@given(st.text())
def test_signs_and_diacritics_move_nothing_to_another_group(text: str) -> None:
    assert filing_place(text) < LAST
    assert filing_place(f"“{text}”") == filing_place(text)
    assert initial(f"({text}") == initial(text)
