"""Records in the general index, on the web and on paper."""

from __future__ import annotations

from harness import Project
from sphinx_annals.annals.indices import entries, entry, linked
from sphinx_annals.annals.model import (
    Article,
    Catalogue,
    DocumentNotes,
    Name,
    Organisation,
    Person,
    Place,
    Treaty,
    filed,
    filing_forms,
)
from sphinx_annals.text import arranged

AT = {"docname": "index", "line": 1, "anchor": "x"}
PAGE = """# Book

```{glossary}
socialist camp
  A term.
```

::::{treaty} The “aid agreement”
:id: aid
:sources: heinzig2004arduous

:::{treaty-article} 1
:title: Assistance

See {person}`shen`.
:::
::::

:::{organisation} Socialist camp
:id: camp

A camp.
:::

:::{person} Shen Zhihua
:id: shen
:names: Shen Zhiua; shen zhihua; Shen; Zhihua Shen; ru Шэнь

A historian.
:::
"""


def known(*treaties: Treaty) -> Catalogue:
    return Catalogue({"index": DocumentNotes(records=[*treaties])})


def test_a_family_name_is_no_article() -> None:
    person = Person(id="an", title="An Ziwen", names=(Name("A Fu"),), **AT)
    assert filed(person) == "An Ziwen"
    assert filed(Place(id="an", title="An island", **AT)) == "island"
    march = Organisation(id="m", title="The Long March", names=(Name("An Ziwen; x"),), **AT)
    named = Treaty(id="t", title="A pact; signed", names=(Name("An Ziwen"),), **AT)
    lost = Article(id="a", title="The rest", **AT)
    assert filing_forms(known(person, march, named, lost)) == {
        "The Long March": "Long March",
        "An Ziwen, x": "Ziwen, x",
        "A pact, signed": "pact, signed",
        "The rest": "rest",
    }


def test_a_provision_stands_under_its_treaty() -> None:
    treaties = known(Treaty(id="pact", title="The Pact; signed", **AT))
    article = Article(id="pact/1", title="Aid; help", treaty="pact", number="1", **AT)
    found = entry(article, treaties, "x", "main")
    assert found == ("single", "The Pact, signed; Article 1. Aid, help", "x", "main", None)
    stray = Article(id="a/1", title="", number="1", **AT)
    assert entry(stray, known(), "x")[1] == "Article 1"
    named = Article(id="a/2", title="Scope", number="2", **AT)
    assert entry(named, known(), "x") == ("single", "Article 2. Scope", "x", "", None)


def test_places_file_without_their_article(project: Project) -> None:
    names = "# Book\n\n:::{place} The Hague\n:id: hague\n:names: Hague; Den Haag\n\nA city.\n:::\n"
    names += ":::{place} Irkutsk\n:id: irkutsk\n\nA city.\n:::\n"
    built = project.write(names).build()
    page = built.soup("annals-places.html")
    assert [a.text for a in page.select(".indextable a")] == ["Den Haag", "The Hague", "Irkutsk"]


def test_other_names_lead_on_where_they_stand_elsewhere() -> None:
    names = [
        "US",
        "U.S.",
        "united  states",
        "United",
        "The United States of America",
        "America",
        "United Forces",
        "Сша",
    ]
    states = Organisation(id="us", title="United States", names=tuple(map(Name, names)), **AT)
    found = [
        (value, letter)
        for kind, value, _, _, letter in entries(states, known(), "x")
        if kind == "see"
    ]
    assert found == [
        (f"{name}; United States", None) for name in ("US", "America", "United Forces", "Сша")
    ]


def test_lines_are_filed_and_those_that_differ_in_capitals_joined() -> None:
    main, term = [("main", "a#x")], [("main", "b#y")]
    lines = [
        ("The zoo", (main, [], None)),
        ("Party", (main, [], None)),
        ("party", (term, [], None)),
        ("Red camp", (main, [], None)),
        ("red camp", (term, [("see Party", [])], None)),
    ]
    groups = arranged(linked(lines), {"The zoo": "apple"})
    assert [(group, [name for name, _ in found]) for group, found in groups] == [
        ("A", ["The zoo"]),
        ("P", ["Party", "party"]),
        ("R", ["Red camp"]),
    ]
    assert groups[-1][1][0][1] == (main + term, [("see Party", [("", "a#x")])], None)


def test_the_index_on_the_web(project: Project) -> None:
    built = project.write(PAGE).build()
    page = built.soup("genindex.html")
    links = {a.get_text(strip=True): a["href"] for a in page.select(".genindextable a")}
    assert links["The “aid agreement”"] == "index.html#aid"
    assert links["Article 1. Assistance"] == "index.html#aid-1"
    assert links["see Shen Zhihua"] == "index.html#shen"
    text = page.get_text(" ", strip=True)
    assert text.index("The “aid agreement”") < text.index("Shen Zhihua")
    assert [name for name in text.split() if name.startswith(("Шэнь", "Zhiua"))] == [
        "Zhiua",
        "Шэнь",
    ]
    assert "shen zhihua" not in text
    assert "ocialist camp" in text.partition("Shen Zhihua")[2]
    assert text.lower().count("socialist camp") == 1


def test_the_index_on_paper(project: Project) -> None:
    built = project.write(PAGE).build("latex")
    tex = next(built.outdir.glob("*.tex")).read_text()
    assert r"\index{Shen Zhihua@\spxentry{Shen Zhihua}|spxpagem}" in tex
    assert r"\index{Shen Zhihua@\spxentry{Shen Zhihua}}" in tex
    assert r"\spxentry{Shen Zhiua}|see{Shen Zhihua}" in tex
    assert r"!Article 1. Assistance@\spxentry{Article 1. Assistance}|spxpagem" in tex


def test_a_provision_of_what_is_no_treaty_stands_alone() -> None:
    lost = Article(id="a", title="Help", number="1", treaty="a", **AT)
    assert entry(lost, known(), "x")[1] == "Article 1. Help"
