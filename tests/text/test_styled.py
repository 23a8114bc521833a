"""Texts that know which of their words are emphasised."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.drawings import wrap
from sphinx_annals.annals.model import Marked, run_of
from sphinx_annals.text import Styled, html_of, runs, styles_of

SHIPS = Styled("The Aurora & the Red Star fire", ((4, 10, "em"), (17, 25, "strong")))


def test_a_text_is_given_in_runs_and_as_html() -> None:
    assert [run for run, styles in runs(SHIPS) if styles] == ["Aurora", "Red Star"]
    assert html_of(SHIPS) == "The <em>Aurora</em> &amp; the <strong>Red Star</strong> fire"
    assert html_of("a < b") == "a &lt; b"
    assert pickle.loads(pickle.dumps(SHIPS)).styles == SHIPS.styles


def test_texts_put_together_keep_their_styles() -> None:
    whole = run_of("Of ", Marked("Aurora", ("Aurora",), styles=((0, 6, "em"),)), " again")
    assert html_of(whole) == "Of <em>Aurora</em> again"


def test_a_line_has_the_styles_of_its_words() -> None:
    lines = wrap(SHIPS, 10, 100)
    assert [str(line) for line in lines] == ["The Aurora &", "the Red Star fire"]
    assert list(map(html_of, lines)) == [
        "The <em>Aurora</em> &amp;",
        "the <strong>Red Star</strong> fire",
    ]


@given(
    st.text("ab c中", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["em", "code"]))),
)
def test_runs_and_lines_lose_nothing(text: str, found: list[tuple[int, int, str]]) -> None:
    styled = Styled(text, tuple((a, b, style) for a, b, style in found if a < b <= len(text)))
    assert "".join(run for run, _ in runs(styled)) == text
    for lines in (None, 1):
        plain = wrap(text, 10, 40, lines=lines)
        broken = wrap(styled, 10, 40, lines=lines)
        assert [str(line) for line in broken] == plain
        for line in broken:
            assert all(0 <= first < last <= len(line) for first, last, _ in styles_of(line))
