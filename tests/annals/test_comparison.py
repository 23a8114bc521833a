"""Comparisons: nothing that an author wrote is lost, wherever it stands and however printed."""

from __future__ import annotations

import pytest
from harness import ANNALS, Project
from sphinx_annals.annals.criticism import Comparison

OBJECT = """# Page

:::::{event} Siege
:id: siege
:date: 1950
:sources: heinzig2004arduous

Prose between.

::::{account} heinzig2004arduous{p. 1}
:property: date
:value: 1950-02
:quote: in February
::::

More prose.

::::{account} heinzig2004arduous{p. 2}
:property: Date
:value: 1951
:stance: denies

A *remark*.

A second paragraph.
::::

::::{verdict} date
:prefers: 1950-02

Reasons, *emphatic*.

In two paragraphs.
::::
:::::
"""
AWAY = """# Away

## Section here

:::{account} heinzig2004arduous{p. 3}
:of: siege
:property: date
:value: spring
:::

:::{account} heinzig2004arduous{p. 4}
:of: siege
:property: besiegers
:value: many
:::

:::{verdict} besiegers
:of: siege

No number is known.
:::
"""
INDEX = "# Index\n\n```{toctree}\npage\naway\n```\n"
PAGES = {"index.md": INDEX, "page.md": OBJECT, "away.md": AWAY}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    built = Project(tmp_path_factory.mktemp("pages"), ANNALS).write(PAGES).build(warnings=None)
    assert not [line for line in built.warnings if "annals" in line]
    return {name: built.soup(f"{name}.html") for name in ("page", "away")}


def texts(soup, selector):
    return [" ".join(found.get_text().split()) for found in soup.select(selector)]


def test_one_comparison_for_what_stands_together(pages):
    (date,) = pages["page"].select(".annals-comparison")
    assert texts(date, "summary") == ["Date: February 1950 (● settled, 3 accounts, one witness)"]
    assert texts(date, "tbody tr") == [
        "[Hei04, p. 1] February 1950 “in February”",
        "[Hei04, p. 2] denies: 1951 A remark. A second paragraph.",
        "[Hei04, p. 3] spring",
        "This book 1950",
    ]
    assert texts(date, ".annals-verdict > p") == [
        "Verdict: February 1950. Reasons, emphatic.",
        "In two paragraphs.",
    ]


def test_an_object_points_to_what_is_compared_elsewhere_alone(pages):
    assert texts(pages["page"], "p.annals-elsewhere") == [
        "Compared elsewhere. Besiegers: one account, in Section here."
    ]


def test_prose_around_stays_in_its_place(pages):
    shown = pages["page"].select_one("article").get_text()
    order = ["Prose between.", "More prose.", "Date: February 1950", "Compared elsewhere."]
    assert sorted(order, key=shown.index) == order


def test_links_lead_to_where_an_account_stands(pages):
    links = [a["href"] for a in pages["page"].select(".annals-comparison a, .annals-elsewhere a")]
    targets = [link.split("#")[1] for link in links if link.startswith("away.html#")]
    assert len(targets) == 1
    for target in targets:
        assert pages["away"].find(id=target) is not None


def test_a_point_stands_in_one_place_alone(pages):
    (besiegers,) = pages["away"].select(".annals-comparison")
    assert texts(besiegers, ".annals-verdict") == ["Verdict. No number is known."]
    assert "spring" not in pages["away"].body.get_text()


def test_ids_are_unique(pages):
    for soup in pages.values():
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))


def test_headers_and_labels(pages):
    table = pages["page"].select_one(".annals-comparison table")
    assert [h["scope"] for h in table.select("thead th")] == ["col"] * 3
    assert all(row.th["scope"] == "row" for row in table.select("tbody tr"))
    first = table.select("tbody tr")[0]
    assert [c["data-label"] for c in first.select("th, td")] == ["Account", "Says", "In its words"]
    assert not table.select("[style]")


@pytest.mark.parametrize(
    ("status", "notes"),
    [
        ("one account", ["1950"]),
        ("agreed", ["1951", "1951"]),
        ("compatible", ["1951", "1951-05"]),
        ("disputed", ["1951", "1952"]),
    ],
)
def test_the_status_in_a_word(project, status, notes):
    accounts = "".join(
        f":::{{account}} heinzig2004arduous\n:of: a\n:property: end\n:value: {v}\n:::\n"
        for v in notes
    )
    built = project.write(f"# A\n:::{{event}} A\n:id: a\nText.\n:::\n\n{accounts}").build()
    soup = built.soup()
    (shown,) = texts(soup, "summary > .annals-status")
    assert shown.strip("(=≈⚠ )").partition(", 2")[0] == status


def test_unknown_object_or_key_costs_a_warning_and_no_account(project):
    text = ":::{account} nobody1900{p. 1}\n:of: nothing\n:property: date\n:value: 1950\n:::\n"
    built = project.write(f"# A\n\n{text}").build(warnings=None)
    assert any("unknown object 'nothing'" in line for line in built.warnings)
    assert "1950" in built.read()


def test_a_property_named_like_an_object_is_spelt_like_it(project):
    text = (
        ":::{place} Outer Mongolia\n:id: om\nText.\n:::\n\n"
        ":::{account} heinzig2004arduous\n:of: om\n:property: outer-mongolia\n:value: free\n:::\n"
    )
    built = project.write(f"# A\n\n{text}").build()
    assert texts(built.soup(), "summary > strong") == ["Outer Mongolia, outer Mongolia"]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo"])
def test_nothing_is_lost(project, builder):
    built = project.write(PAGES).build(builder)
    shown = " ".join(
        " ".join(
            p.read_text()
            for p in built.outdir.rglob("*.*")
            if p.suffix in (".txt", ".tex", ".1", ".texi")
        ).split()
    )
    for wanted in (
        "in February",
        "denies",
        "remark",
        "Reasons",
        "In two paragraphs",
        "spring",
        "No number is known",
        "More prose",
        "this book",
    ):
        assert wanted in shown, wanted


def test_a_comparison_in_latex_takes_no_table_number(project):
    built = project.write(PAGES).build("latex")
    (tex,) = built.outdir.glob("*.tex")
    assert "\\caption" not in tex.read_text()


def test_words_without_a_value_are_said_once(project):
    account = ":::{account} heinzig2004arduous{p. 1}\n:property: wording\n:quote: as it was\n:::\n"
    pages = {"index.md": f"# A\n\n::::{{event}} A\n:id: a\nText.\n\n{account}::::\n"}
    for builder, shown in (("html", "index.html"), ("text", "index.txt")):
        built = project.write(pages).build(builder, fresh=True)
        assert built.read(shown).count("as it was") == 1


SAME = "{cite:p}`heinzig2004arduous{p. 1}`"
ACCOUNT = ":::{account} heinzig2004arduous{p. 1}\n:property: x\n:value: 1\n:::\n"


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        (f"Told {SAME}.", False),
        ("Told {cite:p}`heinzig2004arduous{p. 2}`.", True),
        ("Told.", True),
        (f"Told.\n\n{ACCOUNT}", True),
        (f"Told.\n\n:::{{event}} B\n:id: b\nTold {SAME}.\n:::\n", True),
    ],
)
def test_sources_are_listed_where_the_text_does_not_cite_them_all(project, body, listed):
    options = ":id: feast\n:sources: heinzig2004arduous{p. 1}\n"
    built = project.write(f"# Page\n\n::::{{event}} Feast\n{options}\n{body}\n::::\n").build()
    soup = built.soup()
    assert ("Sources:" in texts(soup, "#feast > dl > dt")) is listed


def test_away_from_its_object_the_first_comparison_names_it(project, monkeypatch):
    compared = []
    making = Comparison.__init__

    def made(point, *given, **named):
        making(point, *given, **named)
        compared.append((point.of, point.property))

    monkeypatch.setattr(Comparison, "__init__", made)
    notes = "".join(
        f":::{{account}} heinzig2004arduous\n:of: {of}\n:property: {name}\n:value: 1\n:::\n"
        for of, name in (("feast", "guests"), ("feast", "cost"), ("fast", "end"))
    )
    events = "".join(
        f":::{{event}} {id.title()}\n:id: {id}\nText.\n:::\n" for id in ("feast", "fast")
    )
    built = project.write(f"# Page\n\n{events}\n## Later\n\n{notes}").build()
    soup = built.soup()
    assert texts(soup, "summary > strong") == ["Feast, guests", "Cost", "Fast, end"]
    # for pages, cards and data alike
    assert sorted(compared) == [("fast", "end"), ("feast", "cost"), ("feast", "guests")]


def test_a_statement_keeps_its_key_when_another_comes_before_it(project):
    def keys(pages):
        notes = project.write(pages).build(warnings=None).env.domains["annals"].documents["away"]
        *accounts, verdict = notes.statements
        return {said.value: said.key for said in accounts}, verdict.anchor

    before, anchor = keys(PAGES)
    assert before == {"spring": "siege-date-account-1", "many": "siege-besiegers-account-1"}
    assert anchor == "siege-besiegers-verdict-1"
    earlier = ":::{account} heinzig2004arduous\n:of: siege\n:property: end\n:value: June\n:::\n\n"
    after, _ = keys({**PAGES, "away.md": AWAY.replace("## Section here\n", earlier)})
    assert after == {**before, "June": "siege-end-account-1"}
