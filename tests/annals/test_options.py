from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.model import (
    BUILT_IN,
    Actor,
    Actors,
    Choice,
    Citations,
    Coordinates,
    Ids,
    Kind,
    Length,
    Name,
    Names,
    WordList,
)
from sphinx_annals.annals.model import converters as options
from sphinx_annals.text import Citation

REASONS = next(f for f in BUILT_IN[Kind.EVENT] if f.name == "acknowledge").convert


@pytest.mark.parametrize(
    "text", ["treaty-signed", "stalin", "a/6", "treaty/3(2)", "t/Art.-4", "条约-1", "a.b"]
)
def test_ids(text: str) -> None:
    assert options.identifier(f" {text} ") == text


@pytest.mark.parametrize("text", ["", "two words", "a,b", "-a", "a{b}", "/6", "a/", "Mao Zedong"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hyphens"):
        options.identifier(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("stalin", (Actor("stalin"),)),
        (
            "zhou-enlai (head of delegation), stalin",
            (Actor("zhou-enlai", "head of delegation"), Actor("stalin")),
        ),
        ("stalin (host, chair)", (Actor("stalin", "host, chair"),)),
        ("a (b (c)), d", (Actor("a", "b (c)"), Actor("d"))),
        (" , ", ()),
    ],
)
def test_actors(text: str, read: object) -> None:
    assert Actors().convert(text) == read


def test_an_actor_that_is_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="hyphens"):
        Actors().convert("Mao Zedong (chairman)")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chou En-lai", (Name("Chou En-lai"),)),
        ("zh-Hans 周恩来; ru Чжоу Эньлай", (Name("周恩来", "zh-Hans"), Name("Чжоу Эньлай", "ru"))),
        (
            "hr Zagreb; am አማርኛ; am Ende",
            (Name("Zagreb", "hr"), Name("አማርኛ", "am"), Name("am Ende")),
        ),
        ("pinyin Zhōu Ēnlái", (Name("Zhōu Ēnlái", "zh-Latn-pinyin"),)),
        ("nb Kristiania; et Tallinn", (Name("Kristiania", "nb"), Name("Tallinn", "et"))),
        ("per Mare per Terram", (Name("per Mare per Terram"),)),
        ("of the sea; xx-yy zz", (Name("of the sea"), Name("xx-yy zz"))),
    ],
)
def test_names(text: str, read: object) -> None:
    assert Names().convert(text) == read


def test_a_tag_of_three_letters_is_written_with_two() -> None:
    with pytest.raises(ValueError, match="write: et Tallinn"):
        Names().convert("est Tallinn")
    assert Names().mended("isl Ísland; es España") == "is Ísland; es España"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("key", (Citation("key"),)),
        ("key{p. 364}", (Citation("key", "p. 364"),)),
        (
            "{see}key{pp. 84–92},{also}other{ch. 3, n. 2}",
            (Citation("key", "pp. 84–92", "see"), Citation("other", "ch. 3, n. 2", "also")),
        ),
        ("key{p. 1}, key{p. 2}", (Citation("key", "p. 1"), Citation("key", "p. 2"))),
    ],
)
def test_citations(text: str, read: object) -> None:
    assert Citations().convert(text) == read
    assert Citations().convert(", ".join(map(str, Citations().convert(text)))) == read


@pytest.mark.parametrize("text", ["key{p. 1", "key p. 1", "{p. 1}", "a;b", "key{a{b}}"])
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"heinzig2004arduous\{p. 364\}"):
        Citations().convert(text)


@pytest.mark.parametrize(
    ("text", "shown", "parts"),
    [
        ("P30Y", "30 years", (30, 0, 0)),
        ("P1Y", "1 year", (1, 0, 0)),
        ("P1Y6M", "1 year, 6 months", (1, 6, 0)),
        ("P10D", "10 days", (0, 0, 10)),
        ("P2W", "14 days", (0, 0, 14)),
    ],
)
def test_durations(text: str, shown: str, parts: object) -> None:
    read = Length().convert(text)
    assert (str(read), (read.years, read.months, read.days)) == (shown, parts)


@pytest.mark.parametrize("text", ["30 years", "30Y", "P", "P-1Y", "P1.5Y", "PT1H", "", "P0D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        Length().convert(text)


@pytest.mark.parametrize("text", ["55.75", "95, 0", "0, 181", "a, b", "nan, 0", "1, 2, 3"])
def test_what_are_no_coordinates_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="latitude"):
        Coordinates().convert(text)


def test_coordinates() -> None:
    assert Coordinates().convert("-55.75, 37.62") == (-55.75, 37.62)


def test_a_choice_names_what_is_allowed() -> None:
    basis = Choice(("stated", "inferred", "external"))
    assert basis.convert(" Stated ") == "stated"
    with pytest.raises(ValueError, match="stated, inferred, external"):
        basis.convert("guessed")


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", "6"), ("VI", "6"), ("XIV", "14"), ("3(2)", "3(2)"), ("6 bis", "6-bis"), ("A", "A")],
)
def test_article_numbers(text: str, number: str) -> None:
    assert options.article_number(text) == number


def test_acknowledgements() -> None:
    assert REASONS("no-source (told; in the preface); dispute (open)") == (
        ("no-source", "told; in the preface"),
        ("dispute", "open"),
    )
    with pytest.raises(ValueError, match="no reason"):
        REASONS("no-source")


CONVERTERS = [
    options.identifier,
    Ids().convert,
    Actors().convert,
    Names().convert,
    Citations().convert,
    Length().convert,
    Coordinates().convert,
    options.article_number,
    REASONS,
    Choice(("stated",)).convert,
    WordList().convert,
]


@given(st.sampled_from(CONVERTERS), st.text(max_size=40))
def test_converters_raise_nothing_but_value_errors(convert: object, text: str) -> None:
    try:
        convert(text)  # type: ignore[operator]
    except ValueError as error:
        assert str(error)
