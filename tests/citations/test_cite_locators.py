from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.citations.style import PLURALS, in_order, joined, passages, show_locator
from sphinx_annals.text import Citation, each_work, parse_citations

GOOD = [
    ("a", [Citation("a")]),
    (" a , b ", [Citation("a"), Citation("b")]),
    ("a{p. 3}", [Citation("a", "p. 3")]),
    ("{see}a", [Citation("a", prefix="see")]),
    (
        "{see}a{pp. 84–92},{also}b{ch. 3}",
        [Citation("a", "pp. 84–92", "see"), Citation("b", "ch. 3", "also")],
    ),
    ("a{p. 3}, a{p. 5}", [Citation("a", "p. 3"), Citation("a", "p. 5")]),
    ('a{sec. "X", n. 13; cf. p. 2}', [Citation("a", 'sec. "X", n. 13; cf. p. 2')]),
    ("{see}\na {p. 3}", [Citation("a", "p. 3", "see")]),
    ("沈志华2003", [Citation("沈志华2003")]),
    ("a:b/c.d-e_f", [Citation("a:b/c.d-e_f")]),
    ("a{p. 3} via b{n. 2}, c", [Citation("a", "p. 3", via=Citation("b", "n. 2")), Citation("c")]),
    ("{see}a via\nb via c", [Citation("a", "", "see", via=Citation("b", via=Citation("c")))]),
    (
        "a{p. 3} via b{n. 2}, d via b",
        [Citation("a", "p. 3", via=Citation("b", "n. 2")), Citation("d", via=Citation("b"))],
    ),
]
BAD = [
    ("", "no key", []),
    (",", "an empty key", []),
    ("a,", "a comma after the last key", ["a"]),
    (",a", "an empty key", ["a"]),
    ("a,,b", "an empty key", ["a", "b"]),
    ("a;b", "not by semicolons", ["a", "b"]),
    ("a b", "a space inside a key", ["a", "b"]),
    ("a p. 3, b", "“p. 3” stands in braces", ["a", "b"]),
    ("a{p. 3}b", "text after “a” that is no locator", ["a", "b"]),
    ("a{p. 3", "never closed", ["a"]),
    ("a{p. 3, b", "never closed", ["a", "b"]),
    ("a{p. 3, 5, b{p. 4}, c", "never closed", ["a", "b", "c"]),
    ("a}", "without its “{”", ["a"]),
    ("a{{p. 3}}", "braces inside braces", ["a"]),
    ("a{}", "empty braces", ["a"]),
    ("a{p. 1}{p. 2}", "two locators after “a”", ["a"]),
    ("{see}", "the prefix “see” has no key", []),
    ("a via", "“via” stands between two keys", ["a"]),
    ("a{p. 3} via, b", "“via” stands between two keys", ["a", "b"]),
    ("via a", "“via” stands between two keys", ["a"]),
    ("a, via b{n. 2}", "“via” stands between two keys", ["a", "b"]),
    ("via", "“via” stands between two keys", []),
    ("a{p. 3} via a{n. 2}", "“a” is cited via itself", ["a"]),
    (
        " via ".join(f"k{n}" for n in range(1000)),
        "more than 8 works",
        [f"k{n}" for n in range(1000)],
    ),
    ("key 3", "“3” stands in braces: key{3}", ["key"]),
    ("key 3-5 via other", "“3-5” stands in braces", ["key", "other"]),
    ("see key", "“see” stands in braces: {see}key", ["key"]),
    ("a, cf. b{p. 2}, see also c 3", "“cf.” stands in braces", ["a", "b", "c"]),
    ("a{p. 3 via b{n. 2}", "never closed", ["a", "b"]),
    ("a{p. 3, b{p. 4} via c", "never closed", ["a", "b", "c"]),
]


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_good_citations(text, expected):
    cited, problems = parse_citations(text)
    assert list(cited) == expected
    assert problems == ()


@pytest.mark.parametrize(("text", "message", "keys"), BAD)
def test_a_slip_is_one_problem_and_costs_no_key(text, message, keys):
    cited, problems = parse_citations(text)
    assert [message in problem for problem in problems] == [True]
    assert [work.key for work in each_work(cited)] == keys


@given(st.text() | st.text(alphabet="ab{},; \n"))
def test_no_text_raises(text):
    for citation in parse_citations(text)[0]:
        assert citation.key
        assert not set(citation.key) & set("{},; ")
        show_locator(citation.locator)


@pytest.mark.parametrize(
    ("written", "shown", "labelled"),
    [
        ("p. 364", "364", "p. 364"),
        ("364", "364", "p. 364"),
        ("pp. 244--245", "244–245", "pp. 244–245"),
        ("pp. 244-245", "244–245", "pp. 244–245"),
        ("pages 3, 5", "3, 5", "pages 3, 5"),
        ("3, 5", "3, 5", "pp. 3, 5"),
        ("xii", "xii", "p. xii"),
        ("ch. 3", "ch. 3", "ch. 3"),
        ("chs. 3--4", "chs. 3–4", "chs. 3–4"),
        ("n. 13", "n. 13", "n. 13"),
        ("infobox", "infobox", "infobox"),
        ("paragraph 2", "paragraph 2", "paragraph 2"),
        ("vol. 2, p. 3", "vol. 2, p. 3", "vol. 2, p. 3"),
        ("p. 5n2", "5n2", "p. 5n2"),
        ("1950-02-14", "1950-02-14", "1950-02-14"),
    ],
)
def test_locators_take_the_form_of_the_style(written, shown, labelled):
    assert show_locator(written) == shown
    assert show_locator(written, page_labels=True) == labelled


@pytest.mark.parametrize(
    ("written", "together"),
    [
        (["p. 246", "pp. 244--245, 246", "244-245"], "244–245, 246"),
        (["sec. 2", "abstract", "secs. 2, 5"], "secs. 2, 5; abstract"),
        (["ref. 10", "ref. 4"], "refs. 4, 10"),
        (["n. 12"], "n. 12"),
        (["nn. 3--5, 12"], "nn. 3–5, 12"),
        (["nn. 3--5"], "nn. 3–5"),
        (["sec. 1", "pp. 2, 40"], "2, 40; sec. 1"),
        (
            ['sec. "China, 1945; Mao"', 'secs. "China, 1945; Mao", "Yalta"'],
            'secs. "China, 1945; Mao", "Yalta"',
        ),
        (["vol. 2, p. 5", "vol. 3, p. 7"], "vol. 2, p. 5; vol. 3, p. 7"),
        (['lead, secs. "A", "B"', "lead"], 'lead, secs. "A", "B"; lead'),
        (["5n3", "ch. Intro", "", "1950-02-14"], "5n3; 1950-02-14; ch. Intro"),
    ],
)
def test_locators_of_one_place_are_joined(written, together):
    assert joined(in_order(p for locator in written for p in passages(locator))) == together


def test_a_new_kind_of_locator_is_one_line(monkeypatch):
    assert (
        joined(in_order(p for text in ("reel 7", "reel 5") for p in passages(text)))
        == "reel 5; reel 7"
    )
    monkeypatch.setitem(PLURALS, "reel", "reels")
    passages.cache_clear()
    found = [p for text in ("reel 7", "reels 3--4", "reel 5") for p in passages(text)]
    assert joined(in_order(found)) == "reels 3–4, 5, 7"
    assert joined(found[:1]) == "reel 7"
    passages.cache_clear()


@pytest.mark.parametrize(("one", "many"), PLURALS.items())
def test_each_kind_of_locator_has_both_its_forms(one, many):
    assert joined(passages(f"{one} 4")) == ("4" if one == "p." else f"{one} 4")
    assert joined(passages(f"{many} 4, 5")) == ("4, 5" if one == "p." else f"{many} 4, 5")


def test_joined_pages_keep_a_label_if_asked():
    found = in_order(p for text in ("p. 3", "4") for p in passages(text, page_labels=True))
    assert joined(found) == "pp. 3, 4"
