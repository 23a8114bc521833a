"""Whatever an author types arrives on the page as typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx_annals.pdf.markup import array, clean, escape, safe_uri, size, string, value

HAN = "[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
MARKS = st.text(alphabet="#*_$<>@`~=+\"'[]{}-/:.;(),?!&\\|^%1aZя中 \n\t0", min_size=1)
PIECES = st.lists(
    st.sampled_from(["http://", "--", "1.", "-?", "...", "//", "/*", "*/", "- ", "+ ", "= ", "/ a:",
                     "a", "5", " ", "\\", "#let x", "@x", "<y>", "`", "```", "$", "\\u{41}", "~",
                     "-1", "//@ a:1", "\x00a\x01b\x02"])
).map("".join)  # fmt: skip
TEXTS = st.one_of(MARKS, PIECES, st.text(min_size=1))


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> typst.Compiler:
    source: Path = tmp_path_factory.mktemp("typst") / "empty.typ"
    source.write_text("", encoding="utf-8")
    return typst.Compiler(str(source), root=str(source.parent))


def plain(content: dict[str, object]) -> str:
    """The text of Typst content; anything but text and spaces shows as a bell."""
    kind = content["func"]
    if content == {"func": "box"}:  # a long word may break there
        return ""
    if kind == "sequence":
        return "".join(plain(child) for child in content["children"])
    return {"text": content.get("text"), "symbol": content.get("text"), "space": " "}.get(
        kind, "\a"
    )


def shown(text: str) -> str:
    return plain(json.loads(text))


def one_space(text: str) -> str:
    """What a paragraph shows: white space once, no line end between Chinese characters."""
    text = re.sub(f"(?<={HAN})[ \t]*[\n\r][ \t]*(?={HAN})", "", clean(text))
    return re.sub("[ \t\n\x0b\x0c\r\x85\u2028\u2029]+", " ", text)


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_text_survives_in_a_line(compiler: typst.Compiler, one: str, two: str) -> None:
    arrived = shown(compiler.eval(f"[#box[]{escape(one)}{escape(two)}#box[]]"))
    assert one_space(arrived) == one_space("\a" + one_space(one) + one_space(two) + "\a")


@settings(max_examples=300)
@given(TEXTS)
@example("0" * 61)
def test_text_survives_at_the_start_of_a_paragraph(compiler: typst.Compiler, text: str) -> None:
    text = text.strip() or "x"
    arrived = shown(compiler.eval(f"[#box[]\n\n{escape(text)}]"))
    assert arrived == "\a\a" + one_space(text).lstrip(" ")


@settings(max_examples=200)
@given(TEXTS)
def test_a_string_literal_is_the_string(compiler: typst.Compiler, text: str) -> None:
    assert json.loads(compiler.eval(string(text))) == clean(text).replace("\r", "")


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Sino-Soviet, pp. 244–245 (1950).", "Sino-Soviet, pp. 244–245 (1950)."),
        ("中苏\n友好", "中苏友好"),
        ("one\ntwo", "one two"),
        ("1. First", "1\\. First"),
        ("(x)", "\\(x)"),
    ],
)
def test_ordinary_text_stays_readable(text: str, markup: str) -> None:
    assert escape(text) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("(international)", "\\(international)"),
        ("ef61f81ec82c490484219c7f", "ef61f81ec8#box()2c49048421#box()9c7f"),
        ("ACGTACGTACGTACGT", "ACGTACGTAC#box()GTACGT"),
        ("BeanFactoryAware", "Bean#box()Factory#box()Aware"),
        ("(2026-11-28T12:00)", "\\(2026\\-#box()11\\-#box()28T12:#box()00)"),
    ],
)
def test_what_has_no_hyphens_is_broken_in_cells(text: str, markup: str) -> None:
    assert escape(text, 30, 12) == markup


def test_where_there_is_no_room_every_word_is_broken() -> None:
    broken = "four\\_#box()lett#box()ers, word#box()s1"
    assert escape("four_letters, words1", 4, 4) == broken


@pytest.mark.parametrize("uri", ["http://a.b", "https://a.b/c?d#e", "mailto:a@b.c", " HTTPS://x "])
def test_web_and_mail_addresses_are_links(uri: str) -> None:
    assert safe_uri(uri) == uri.strip()


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "a/b",
        "",
        "//x",
        "java\x00script:1",
        "http://[x",
    ],
)
def test_other_schemes_are_not(uri: str) -> None:
    assert safe_uri(uri) is None


@pytest.mark.parametrize(
    ("given_size", "code"),
    [
        ("50%", "50%"),
        ("100px", "75pt"),
        ("40", "30pt"),
        ("8.5 cm", "8.5cm"),
        ("2ex", "1em"),
        ("x", None),
        ("-3cm", None),
        ("0", None),
        ("0.0%", None),
    ],
)
def test_sizes_of_images(given_size: str, code: str | None) -> None:
    assert size(given_size) == code


def test_values() -> None:
    assert value([1, True, None, "a", []]) == '(1, true, none, "a", (),)'
    assert array(["a"]) == "(a,)"
    with pytest.raises(TypeError, match="no Typst literal"):
        value(object())
