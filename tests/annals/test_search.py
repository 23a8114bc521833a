from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser
from sphinx_annals.annals.search import HistorySearch

CASES = [
    ("signed in 1950", {"signed", "in", "_1950"}),
    ("中苏友好", {"中苏", "苏友", "友好"}),
    ("Zhōng-Sū", {"Zhong", "Su"}),
    ("Договор 1950 года", {"Договор", "_1950", "года"}),
    ("中 in 1950年", {"中", "in", "_1950", "年"}),
    ("Küche, naïve", {"Kuche", "naive"}),
    ("2nd", {"2nd"}),
    ("Кремль, Йод", {"Кремль", "Иод"}),
    ("がく 간", {"がく", "간"}),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_years_chinese_and_diacritics_are_indexed(text: str, words: set[str]) -> None:
    assert words <= set(HistorySearch({}).split(text))


def test_numbers_pass_the_filter_and_stop_words_do_not() -> None:
    search = HistorySearch({})
    assert search.word_filter("_1950")
    assert not search.word_filter("the")


@pytest.mark.browser
def test_the_browser_splits_a_query_into_words_that_are_indexed(browser: Browser) -> None:
    page = browser.new_page()
    for text, words in CASES:
        script = (
            f"() => {{ {HistorySearch.js_splitter_code}; return splitQuery({json.dumps(text)}) }}"
        )
        query = set(page.evaluate(script))
        assert query == words
        assert query <= set(HistorySearch({}).split(text))
    page.close()
