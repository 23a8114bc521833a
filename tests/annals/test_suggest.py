"""The nearest of many words, found without comparing with each."""

from __future__ import annotations

import pytest
from sphinx_annals.annals.suggest import Suggestions

IDS = ["stalin", "mao-zedong", "treaty-signed", "treaty-ratified", "sino-soviet-1950", "48", "ussr"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stallin", "stalin"),
        ("Stalin", "stalin"),
        ("mao_zedong", "mao-zedong"),
        ("treaty signed", "treaty-signed"),
        ("treaty-singed", "treaty-signed"),
        ("sino-soviet", "sino-soviet-1950"),
        ("soviet-1950", "sino-soviet-1950"),
        ("usssr", "ussr"),
        ("nowhere-48", None),
        ("zzz", None),
        ("", None),
        ("'", None),
    ],
)
def test_the_word_meant(typed: str, meant: str | None) -> None:
    assert Suggestions(IDS).nearest(typed) == meant


def test_nothing_is_near_to_nothing() -> None:
    assert Suggestions([]).nearest("stalin") is None


def test_thousands_of_questions_about_thousands_of_words() -> None:
    words = [f"{kind}-{number}" for number in range(1000) for kind in ("treaty", "event", "note")]
    suggestions = Suggestions(words)
    for number in range(200):
        assert suggestions.nearest(f"treatty-{number}") == f"treaty-{number}"
