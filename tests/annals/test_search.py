from __future__ import annotations

import json

import pytest
from harness import Project
from playwright.sync_api import Browser
from sphinx_annals.annals.search import HistorySearch
from support import first_results, results_of_objects, serving

CASES = [
    ("signed in 1950", {"signed", "in", "__1950"}),
    ("中苏友好", {"中苏", "苏友", "友好"}),
    ("Zhōng-Sū", {"Zhong", "Su"}),
    ("Договор 1950 года", {"Договор", "__1950", "года"}),
    ("中 in 1950年", {"中", "in", "__1950", "年"}),
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
    assert search.word_filter("__1950")
    assert not search.word_filter("the")


def test_every_object_is_found_where_it_is(project: Project) -> None:
    built = project.copy("annals-basic").build(warnings=None)
    found = results_of_objects(built)
    assert len(found) > 20
    dead = [row for row in found if not built.soup(row.page).find(id=row.anchor)]
    assert dead == []
    names = {row.shown: (row.kind, row.anchor) for row in found}
    assert names["Zhou Enlai"] == ("person", "zhou-enlai")
    assert names["Chou En-lai (Zhou Enlai)"] == ("person", "zhou-enlai")
    assert names["People’s Republic of China"] == ("organisation", "prc")
    assert "event" in {kind for kind, _ in names.values()}
    assert not {shown for shown in names if "&" in shown}


PAGE = """\
# The start

:::{event} The talks & the "end"
:id: talks
:date: 1950-02-14

One event, told in prose about a samovar.
:::

:::{person} Zhou Enlai
:id: zhou-enlai
:names: zh-Hans 周恩来; ru Чжоу Эньлай

He.
:::

:::{person} Mao Zedong
:id: mao-zedong
:names: zh-Hans 毛泽东
:sort-name: Mao, Zedong

Chairman, seen in Lüshun beside a samovar on 3 March.
:::

:::{place} Port Arthur
:id: port-arthur
:names: zh-Hans 旅顺; pinyin Lǚshùn

A port.
:::

## Article 6 and all

Article 16, 60 articles and {event}`talks` of the February of 1949 with 14 men.

```{timeline}
```
"""

QUERIES = [
    ("Чжоу", "index.html#zhou-enlai"),
    ("чжоу эньлай", "index.html#zhou-enlai"),
    ("毛泽东", "index.html#mao-zedong"),
    ("旅顺", "index.html#port-arthur"),
    ("旅", "index.html#port-arthur"),
    ("lushun", "index.html#port-arthur"),
    ("14 February", "index.html#talks"),
    ('the talks & the "end"', "index.html#talks"),
    ("end 1950", "index.html#talks"),
    ("person", "index.html#mao-zedong"),
    ("Article 6 and all", "index.html#article-6-and-all"),
    ("samovar", "index.html#talks"),
    ("Article 60", "index.html#article-6-and-all"),
    ("nothing of it", ""),
]


@pytest.mark.browser
def test_each_query_leads_where_it_must(project: Project, browser: Browser) -> None:
    built = project.write(PAGE).build()
    with serving(built) as site:
        found = first_results(browser, site, [query for query, _ in QUERIES])
    assert {query: result.address for query, result in found.items()} == dict(QUERIES)
    assert found["Чжоу"].text == "Чжоу Эньлай (Zhou Enlai) (person, in The start)"
    assert found["14 February"].text.startswith(
        "The talks & the “end” (event, 14 February 1950, in"
    )
    excerpt = found["samovar"].text
    assert "told in prose about a samovar" in excerpt
    assert "Mentioned" not in excerpt
    assert "list" not in excerpt


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
