"""What readers see of names, titles and comparisons: filing, quotation marks, folds."""

from __future__ import annotations

import pytest
from harness import ANNALS, Project
from sphinx.environment.adapters.indexentries import IndexEntries

PAGE = """# Page

```{person} Joseph Stalin
:id: stalin
:sort-name: Stalin, Joseph
:names: the "Koba"; ru "Коба"; stalin, joseph

Prose.
```

```{event} The people's "vote"
:id: vote
:date: 1950
:actors: stalin

Prose.
```

```{event} The count
:id: count
:date: 1950
:follows: vote

:::{account} heinzig2004arduous{p. 1}
:property: votes
:value: 10
:::
:::{account} heinzig2004arduous{p. 2}
:property: votes
:value: 20
:::
:::{verdict} votes
:prefers: 10

Why.
:::
```

````{treaty} Treaty
:id: treaty

Prose.

```{treaty-article} 1
Nested.
```
````

```{treaty-article} 2
:treaty: treaty

Apart.
```

```{disputed-points}
```
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    built = Project(tmp_path_factory.mktemp("page"), ANNALS).write(PAGE).build(warnings=None)
    assert not [line for line in built.warnings if "annals" in line]
    return built, built.soup()


def test_a_person_files_under_the_sort_name_and_keeps_the_name(page):
    built, soup = page
    people = built.soup("annals-people.html")
    rows = [" ".join(row.get_text(" ").split()) for row in people.select("tr") if row.select("a")]
    assert [row for row in rows if row.startswith("Stalin, Joseph")] and len(rows) == 3
    assert any("see Stalin, Joseph" in row for row in rows)
    letters = {
        letter: dict(found)
        for letter, found in IndexEntries(built.env).create_index(built.app.builder)
    }
    assert "Stalin, Joseph" in letters["S"]
    assert soup.select_one("#vote dl a").get_text() == "Joseph Stalin"


def test_titles_and_names_have_the_quotation_marks_of_prose(page):
    built, soup = page
    title = "The people’s “vote”"
    assert soup.select_one("#vote-title").get_text().startswith(title)
    assert soup.select_one("#count dl a").get_text() == title
    names = built.env.domains["annals"].catalogue.find("stalin").names
    assert [name.text for name in names] == ["the “Koba”", '"Коба"', "stalin, joseph"]


def test_comparisons_fold_under_a_line_also_in_lists(page):
    _, soup = page
    assert not soup.select("div.annals-comparison")
    folds = soup.select("details.annals-comparison")
    assert folds
    for fold in folds:
        assert fold.summary.get_text() == "Votes: 10 (●\u00a0settled, 2 accounts, one witness)"
        assert fold.table["aria-label"] == "Votes" and fold.caption is None
    assert [name.get_text() for name in soup.select(".annals-of")] == ["The count"]


def test_comparisons_stay_open_where_the_project_wants_it(project):
    soup = project.write(PAGE).configure("annals_fold_comparisons = False\n").build().soup()
    assert not soup.select("details.annals-comparison")
    assert len(soup.select("div.annals-comparison")) == 2


def test_a_provision_inside_its_treaty_does_not_name_it(page):
    _, soup = page
    nested, apart = (soup.find(id=id) for id in ("treaty-1", "treaty-2"))
    assert "Treaty" not in [term.get_text() for term in nested.select("dt")]
    assert "Treaty:" in [term.get_text() for term in apart.select("dt")]


def test_another_extension_cites_both_works_of_a_citation_at_second_hand(project):
    project.write(
        {
            "refs.bib": ANNALS.files["refs.bib"]
            + "@book{wiki, author={Wiki, W.}, title={W}, year={2024}, publisher={P}}"
        }
    )
    built = project.write(
        "# T\n\n:::{event} X\n:id: x\n:date: 1949\n:sources: heinzig2004arduous{p. 3} via wiki{n. 4}\n\nText.\n:::\n"
    ).build("pseudoxml")
    assert "Hei04" in built.read("index.pseudoxml") and "Wik24" in built.read("index.pseudoxml")
