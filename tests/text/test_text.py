"""What all rooms need of texts: comparing, guessing, ordering, writing, citing."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.text import (
    MARKS,
    Citation,
    Nearest,
    book_order,
    did_you_mean,
    each_work,
    fold,
    nearest,
    never_cited,
    parse_citations,
    replace_file,
    romanised,
    without_diacritics,
    write_beside,
    write_if_changed,
)

# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zhōng-Sū", "zhong su"), ("  Mao\n Zedong ", "mao zedong"), ("Østerud", "osterud"),
        ("ß Łódź Đilas", "ss lodz dilas"), ("Æsir, Þór", "aesir thor"), ("İstanbul", "istanbul"),
        ("Ch’ing Ch'ing", "ching ching"), ("Йод Ёлка", "иод елка"), ("Ἀθῆναι", "αθηναι"),
        ("الصِّين", "الصين"), ("हिन्दी", "हिन्दी"), ("がく", "がく"), ("ﬁle", "file"),
        ("$5 + 3", "$5 + 3"), ("?!", "?!"), ("...", "..."), ("’", ""), ("", ""),
        ("毛泽东", "毛泽东"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", folded)


@given(st.text() | st.text(alphabet="aÅßıİΣς'’-. \u0301\u0345ǰﬀ"))
def test_folding_once_is_enough(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"])))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Хрущёв, Н. С.", ["khrushchev", "n", "s"]),
        ("Зубок", ["zubok"]),
        ("Мясищев", ["miasishchev"]),
        ("Київ", ["kiiv"]),
        ("The “A + B”_c", ["the", "a", "b", "c"]),
        ("沈志华", ["沈志华"]),
        ("…", []),
    ],
)
def test_romanised(text: str, words: list[str]) -> None:
    assert romanised(text) == words


def test_marks_that_make_another_word_stay() -> None:
    assert [without_diacritics(word) for word in ("Zhōng", "กี่", "का", "が")] == [
        "Zhong",
        "กี่",
        "का",
        "が",
    ]
    assert MARKS.startswith("\u0300-\u036f")


# The nearest word

IDS = [
    "stalin",
    "mao-zedong",
    "treaty-signed",
    "treaty-ratified",
    "sino-soviet-1950",
    "48",
    "ussr",
    "heinzig2004arduous",
    "heinzig1996second",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stallin", "stalin"),
        ("Stalin", "stalin"),
        ("sta-lin", "stalin"),
        ("mao_zedong", "mao-zedong"),
        ("treaty signed", "treaty-signed"),
        ("treaty-singed", "treaty-signed"),
        ("sino-soviet", "sino-soviet-1950"),
        ("soviet-1950", "sino-soviet-1950"),
        ("usssr", "ussr"),
        ("sino", "sino-soviet-1950"),
        ("heinzig2004", "heinzig2004arduous"),
        ("HEINZIG", ""),
        ("nowhere-48", ""),
        ("zzz", ""),
        ("", ""),
        ("'", ""),
    ],
)
def test_the_word_meant(typed: str, meant: str) -> None:
    assert nearest(typed, IDS) == meant
    assert did_you_mean(typed, IDS) == (f"; did you mean {meant!r}?" if meant else "")


def test_words_are_shown_as_the_message_wants_them() -> None:
    assert did_you_mean("bok", ["book"], "@{}") == "; did you mean @book?"
    assert did_you_mean("stalin", []) == ""


@given(st.text(), st.lists(st.text()))
def test_the_nearest_word_is_one_that_is_known(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {*known, ""}


@given(st.lists(st.text(alphabet="abc-_ ", min_size=1), min_size=1))
def test_a_known_word_is_nearest_to_itself(known: list[str]) -> None:
    found = nearest(known[0], known)
    assert found.replace(" ", "-").replace("_", "-") == known[0].replace(" ", "-").replace("_", "-")


def test_thousands_of_questions_about_thousands_of_words() -> None:
    known = Nearest(f"{kind}-{n}" for n in range(1000) for kind in ("treaty", "event", "note"))
    for number in range(200):
        assert nearest(f"treatty-{number}", known) == f"treaty-{number}"


# Order


@pytest.mark.parametrize(
    ("includes", "order"),
    [
        ({}, ["index"]),
        ({"index": ["b", "a"], "b": ["c"]}, ["index", "b", "c", "a"]),
        ({"index": ["a"], "a": ["index", "a", "b"], "b": ["a"]}, ["index", "a", "b"]),
    ],
)
def test_a_book_is_read_from_its_contents_down(
    includes: dict[str, list[str]], order: list[str]
) -> None:
    assert list(book_order("index", includes)) == order
    assert list(book_order("index", includes, ["z", "index", "y"])) == [*order, "y", "z"]


_DOCS = st.sampled_from("abcdef")


@given(st.dictionaries(_DOCS, st.lists(_DOCS)), st.sets(_DOCS))
def test_every_document_has_one_place(includes: dict[str, list[str]], others: set[str]) -> None:
    order = book_order("a", includes, others)
    assert list(order.values()) == list(range(len(order)))
    assert order.keys() >= others | {"a"}


# Files


def test_a_file_is_written_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.txt"
    assert write_if_changed(file, "ä\n")
    assert file.read_bytes() == "ä\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    before = file.stat()
    assert not write_if_changed(file, "ä\n".encode())
    assert file.stat().st_ino == before.st_ino
    file.chmod(0o600)
    assert write_if_changed(file, b"other")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == ["file.txt"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "full").touch()
    with pytest.raises(OSError, match=r"."):
        write_if_changed(folder, "x")
    with pytest.raises(TypeError):
        replace_file(tmp_path / "file", "text")  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == ["folder"]
    new = write_beside(tmp_path / "file", b"x", durable=True)
    assert new.parent == tmp_path and new.read_bytes() == b"x"


# Citing

_KEY = st.from_regex(r"(?!via\Z)[^\s{},;]+", fullmatch=True)
# of TeX the signs alone come back
_SAID = st.from_regex(r"[^\s{}~\\]+( [^\s{}~\\]+)*", fullmatch=True) | st.just("")
_ONE = st.builds(Citation, key=_KEY, prefix=_SAID, locator=_SAID)
_VIA = st.builds(lambda a, b: replace(a, via=b if a.key != b.key else None), _ONE, _ONE)
_CITED = st.lists(_ONE | _VIA, min_size=1)


@pytest.mark.slow
@given(_CITED)
def test_what_is_shown_is_read_again(cited: list[Citation]) -> None:
    text = ", ".join(map(str, cited))
    found, problems = parse_citations(text)
    assert (list(found), problems) == (cited, ())
    assert all(text[work.start :].startswith(work.key) for work in each_work(found))


@given(
    st.text()
    | st.text(alphabet="ab{},; \n")
    | st.lists(st.sampled_from(["via", "a", "{b}", ","])).map(" ".join)
)
def test_no_text_raises_and_keys_stand_where_it_is_said(text: str) -> None:
    cited, problems = parse_citations(text)
    assert cited or problems
    for citation in each_work(cited):
        assert citation.key
        assert not set(citation.key) & set("{},; ")
        assert text[citation.start :].startswith(citation.key)
    # what has a blank before it is never the usual citation, which is read at once
    assert parse_citations(f" {text}") == (cited, problems)


REFERS = {
    "book": (),
    "chapter": ("book",),
    "reprint": ("chapter", "gone"),
    "one": ("other",),
    "other": ("one",),
}


@pytest.mark.parametrize(
    ("cited", "left"),
    [
        ("", "book chapter reprint one other"),
        ("chapter", "reprint one other"),
        ("reprint", "one other"),
        ("other book", "chapter reprint"),
        ("unknown one reprint", ""),
    ],
)
def test_what_is_never_cited_is_named_by_nothing_cited_either(cited: str, left: str) -> None:
    assert never_cited(REFERS, cited.split()) == left.split()
