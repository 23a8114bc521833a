"""Finding citations in source texts, with their places."""

from __future__ import annotations

import pytest
from sphinx_annals.citations.scan import keys_in, prefixes_in, scan

MARKDOWN = [
    ("{cite:p}`one`", ["one"]),
    ("{cite}`one` {footcite:t}`two`", ["one", "two"]),
    ("{cite:p}`{see}one{p. 3}, two, {also}three{ch. 1, 2}`", ["one", "two", "three"]),
    ("{cite:p}`one,\ntwo`", ["one", "two"]),
    ("{cite:p}`one{p. 3} via\ntwo{n. 2}, three via two`", ["one", "two", "three", "two"]),
    (
        ":::{account} one{p. 4} via two\n:sources: three via one\n:::",
        ["one", "two", "three", "one"],
    ),
    ("> {cite:p}`one`\n\n- {cite:p}`two`\n\n      {cite:p}`three`", ["one", "two", "three"]),
    ("`` {cite:p}`one` ``", []),
    ("`{cite:p}` and {ref}`one`", []),
    ("{cite:p}``one``", ["one"]),
    (r"\{cite:p\}`one`", []),
    ("```\n{cite:p}`one`\n```\n{cite:p}`two`", ["two"]),
    ("```{code-block} md\n{cite:p}`one`\n```", []),
    ("~~~~md\n```{event} X\n:sources: one\n```\n~~~~", []),
    ("    {cite:p}`one`", []),
    ("Text\n\n    {cite:p}`one`\n\nText {cite:p}`two`", ["two"]),
    ("% {cite:p}`one`\n<!-- {cite:p}`two` -->", []),
    ("---\ntitle: '{cite:p}`one`'\n---\n{cite:p}`two`", ["two"]),
    ("```{event} X\n:sources: one{p. 3}, two\n\n{cite:p}`three`\n```", ["one", "two", "three"]),
    ("```{event} X\n---\nsources: one,\n  two\ndate: 1950\n---\n```", ["one", "two"]),
    (
        ":::::{treaty} T\n:sources: one\n````{treaty-article} 1\n:sources: two\n````\n:::::",
        ["one", "two"],
    ),
    ("`````{treaty} T\n:::{account} one{p. 4}\n:value: x\n:::\n`````", ["one"]),
    (":sources: one", []),
    ("```{bibliography}\n:filter: cited\n\none\ntwo\n```", ["one", "two"]),
    ("```{eval-rst}\n:cite:p:`one`\n```", ["one"]),
    ("# On {cite:t}`one`\n| a | b |\n|---|---|\n| {cite:p}`two` | x |", ["one", "two"]),
]
REST = [
    (":cite:p:`one{p. 3}, two` and :footcite:`three`", ["one", "two", "three"]),
    ("``:cite:p:`one```", []),
    ("Example::\n\n   :cite:p:`one`\n\n:cite:p:`two`", ["two"]),
    (".. code-block:: rst\n\n   :cite:p:`one`\n\n:cite:p:`two`", ["two"]),
    (".. a comment :cite:p:`one`\n   :cite:p:`two`\n\n:cite:p:`three`", ["three"]),
    (".. [1] :cite:p:`one`", ["one"]),
    (
        ".. event:: X\n   :sources: one{p. 3},\n     two\n\n   :cite:p:`three`",
        ["one", "two", "three"],
    ),
    (".. account:: one{p. 3}\n   :value: x", ["one"]),
    (".. bibliography::\n   :all:\n\n   one", ["one"]),
    (".. note:: :cite:p:`one`", ["one"]),
]


@pytest.mark.parametrize(("text", "keys"), MARKDOWN)
def test_markdown(text: str, keys: list[str]) -> None:
    assert [cite.key for cite in scan(text)] == keys


@pytest.mark.parametrize(("text", "keys"), REST)
def test_restructuredtext(text: str, keys: list[str]) -> None:
    assert [cite.key for cite in scan(text, ".rst")] == keys


@pytest.mark.parametrize("text", [text for text, _ in MARKDOWN])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_hold_the_key(text: str, newline: str) -> None:
    text = "Zhōng 中\n\n" + text
    for cite in scan(text.replace("\n", newline)):
        changed = text.replace("\n", newline)
        assert changed[cite.start : cite.end] == cite.key
        line = changed.split(newline)[cite.line - 1]
        assert line[cite.column : cite.column + len(cite.key)] == cite.key


def test_locators_belong_to_their_keys() -> None:
    found = list(keys_in("{see}one{p. 3, n. 4},two , {also}three {ch.\n2}"))
    assert [(cite.key, cite.locator) for cite in found] == [
        ("one", "p. 3, n. 4"),
        ("two", ""),
        ("three", "ch. 2"),
    ]


@pytest.mark.parametrize("text", ["", "{", "}", "{a", "a{b", ",,;", "a{b}{c}", "{{}}", "`" * 9])
def test_what_is_malformed_is_no_error(text: str) -> None:
    list(keys_in(text))
    scan(f"{{cite:p}}`{text}`")
    scan(f":cite:p:`{text}`", ".rst")


def test_prefixes() -> None:
    assert prefixes_in("```{bibliography}\n:keyprefix: a-\n```") == {"a-"}
