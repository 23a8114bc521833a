"""Networks: where members stand, and what each builder makes of who is tied to whom."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from bs4 import BeautifulSoup
from harness import WHOLE, Built, Project, Start
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from sphinx_annals.annals.drawings import (
    Frame,
    NetworkNode,
    NetworkTie,
    draw_network,
    lay_out_network,
)

pytestmark = pytest.mark.slow  # whole builds, each of them

SVG = {"svg": "http://www.w3.org/2000/svg"}


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    members = draw(st.integers(1, 14))
    pairs = list(combinations(range(members), 2))
    return members, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []


@settings(deadline=None, max_examples=40)
@given(networks())
def test_members_stand_apart_and_always_in_one_place(network):
    members, ties = network
    found = lay_out_network(members, ties)
    assert len(set(found)) == members
    assert all(0 <= part <= 1 for point in found for part in point)
    assert found == lay_out_network(members, ties)


@settings(deadline=None, max_examples=40)
@given(networks(), st.text(min_size=1, max_size=60))
def test_every_name_is_in_the_drawing_and_inside_it(network, name):
    members, pairs = network
    nodes = [NetworkNode(f"{name} {n}", f"a.html#{n}") for n in range(members)]
    ties = [NetworkTie(a, b, 2, dashed=bool(a % 2)) for a, b in pairs]
    root = ET.fromstring(draw_network(nodes, ties, Frame("Who & whom", "n-1", 528)))
    assert root.findtext("svg:title", namespaces=SVG) == "Who & whom"
    wide, high = map(float, root.attrib["viewBox"].split()[2:])
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (wide, high)
    links = root.findall(".//svg:a", SVG)
    assert len(links) == members
    for link in links:
        visible = "".join("".join(link.itertext()).split())
        assert visible in "".join(link.attrib["aria-label"].split())
        mark = link.find("svg:circle", SVG)
        assert 0 < float(mark.attrib["cx"]) < wide
        assert 0 < float(mark.attrib["cy"]) < high


REFS = """@book{ng1950, author = {Ng, Ann}, title = {A}, date = {1950}, publisher = {P}, location = {L}}
@book{wu1960, author = {Wu, Bo}, title = {B}, date = {1960}, publisher = {P}, location = {L}}
"""
PAGE = """# People

```{person} Ann
:id: ann
:sources: wu1960{p. 1}

A.
```
```{person} Bo Wu
:id: bo

B.
```
```{person} Cy
:id: cy

C.
```
```{organisation} Union
:id: union

U.
```

# Events

```{event} Talks
:id: talks
:date: 1950-01
:actors: ann, bo (host), union

Talked.
```
```{event} Dinner
:id: dinner
:date: 1950-02
:actors: ann, bo

Dined.
```
```{treaty} Pact
:id: pact
:signed: 1950-02-14
:signatories: ann, cy
:parties: union

:::{account} ng1950{p. 1}
:property: expiry
:value: 1980
:::
:::{account} wu1960{p. 2}
:property: expiry
:value: 1979
:::
:::{verdict} expiry
:question: When did it end?

Nobody says why.
:::
```

# Views

```{network} Who met whom
```

```{network} The strongest
:least: 2
:kinds: person
:relations: met
```

```{network} Two alone
:most: 2
:relations: met, signed
```

```{network} Of Cy
:of: cy
:from: 1990
```

```{disagreements}
:caption: Who says no
```

# Works

```{bibliography}
```
"""
START = Start({"conf.py": WHOLE, "references.bib": REFS, "index.md": PAGE})
TIES = [
    ["Ann", "met", "Bo Wu", "Talks ; Dinner"],
    ["Ann", "met", "Union", "Talks"],
    ["Ann", "signed with", "Cy", "Pact"],
    ["Bo Wu", "met", "Union", "Talks"],
    ["Bo Wu", "wrote about", "Ann", "Ann ; Pact"],
    ["Bo Wu", "wrote about", "Cy", "Pact"],
    ["Bo Wu", "wrote about", "Union", "Pact"],
]


@pytest.fixture
def start() -> Start:
    return START


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("network"), START).build()


@pytest.fixture(scope="module")
def soup(built: Built) -> BeautifulSoup:
    return built.soup()


def ties(soup: BeautifulSoup, number: int) -> list[list[str]]:
    table = soup.select("figure.annals-drawing ~ details table")[number]
    rows = [row.select("th, td") for row in table.select("tbody tr")]
    return [[" ".join(cell.get_text(" ").split()) for cell in row] for row in rows]


def test_on_the_web_it_is_drawn_with_a_table_behind_it(soup: BeautifulSoup) -> None:
    assert sorted(ties(soup, 0)) == TIES
    assert ties(soup, 0)[0] == TIES[0]  # the strongest first
    figure = soup.select("figure.annals-drawing")[0]
    assert figure.find().name == "figcaption"
    region = figure.select_one("[role=region][tabindex='0']")
    assert "Who met whom" in region["aria-label"]
    drawing = region.svg
    assert drawing.title.text == "Who met whom"
    links = {link["aria-label"]: link["href"] for link in drawing.select("a")}
    assert links == {"Ann": "#ann", "Bo Wu": "#bo", "Cy": "#cy", "Union": "#union"}
    assert drawing.select(".annals-key text")[1].text == "wrote about"
    sizes = {float(text["font-size"]) for text in drawing.select("text")}
    assert sizes == {13}
    assert float(drawing["width"]) == float(drawing["viewbox"].split()[2])


@pytest.mark.browser
def test_a_member_in_focus_or_pointed_at_stands_out_with_its_ties(
    built: Built, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(built.find("index.html").as_uri())
    drawing = page.locator("svg.annals-network").first
    ties = drawing.locator("[data-ends]")
    lit = drawing.locator("[data-ends].annals-lit")
    drawing.locator("a[href='#cy']").focus()
    assert 0 < lit.count() < ties.count()
    others = drawing.locator("[data-member]:not(.annals-lit)")
    assert [text.strip() for text in others.all_text_contents()] == ["Union"]
    drawing.locator("a[href='#union'] circle").hover()
    of_union = lit.count()
    assert 0 < of_union < ties.count()
    faint = drawing.locator("[data-ends]:not(.annals-lit)").first
    assert faint.evaluate("tie => getComputedStyle(tie).opacity") == "0.3"
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    assert lit.count() == 0
    assert faint.evaluate("tie => getComputedStyle(tie).opacity") == "1"


def test_options_choose_members_and_ties(soup: BeautifulSoup) -> None:
    assert ties(soup, 1) == [TIES[0]]
    assert ties(soup, 2) == [TIES[0]]
    left = "The 2 members with most ties are drawn; 2 are left out."
    assert [p.text for p in soup.select(".annals-network > p")] == [
        left,
        "No tie between people or organisations matches the filter: from 1990.",
    ]


def test_sources_are_tied_by_the_points_they_disagree_on(soup: BeautifulSoup) -> None:
    assert ties(soup, 3) == [["Ng 1950", "Wu 1960", "When did it end?"]]
    view = soup.select_one(".annals-disagreements")
    links = {link["aria-label"]: link["href"] for link in view.select("svg a")}
    assert links == {"Ng 1950": "#ref-ng1950", "Wu 1960": "#ref-wu1960"}
    for link in view.select("a"):
        assert soup.find(id=link["href"][1:]), link["href"]


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_elsewhere_it_is_a_table(project: Project, builder: str) -> None:
    shown = project.build(builder).everything()
    missing = ["Who met whom", "wrote about", "signed with", "Ng 1950", "When did it end?"]
    assert [words for words in missing if words not in shown] == []


def test_on_paper_it_is_drawn_and_said(project: Project) -> None:
    built = project.build("typstpdf")
    assert "2 are left out" in " ".join(built.print.split())
    source = " ".join(built.find("*.pdf").with_suffix(".typ").read_text().split())
    assert "Who met whom: Ann met Bo Wu Talks; Dinner" in source
    assert "Who says no: Ng 1950 Wu 1960 When did it end?" in source
    latex = project.build("latex")
    assert re.search(r"index-network-1-1\}?\.pdf", latex.text("*.tex"))
    assert project.build("epub").soup("index.xhtml").select("svg.annals-network a")


def test_a_page_is_written_again_when_a_tie_changes(project: Project) -> None:
    project.write({"index.md": "# I\n\n```{toctree}\none\ntwo\n```\n"})
    project.write({"two.md": PAGE, "one.md": "# N\n\n```{network} Who\n:kinds: person\n```\n"})
    project.build()
    edited = PAGE.replace(":actors: ann, bo", ":actors: ann, cy")
    built = project.write({"two.md": edited}).build()
    assert "one.html" in built.written
    assert ["Ann", "met", "Cy", "Talks ; Dinner"] in ties(built.soup("one.html"), 0)
    assert "one.html" not in project.write({"two.md": edited + "\nMore.\n"}).build().written


def test_what_is_asked_for_in_vain_is_said(project: Project) -> None:
    page = "```{network}\n:of: an\n:least: none\n:relations: mett\n```\n"
    project.write({"index.md": PAGE.replace("```{network} Of Cy", page + "\n```{network} Of Cy")})
    at = PAGE[: PAGE.index("```{network} Of Cy")].count("\n") + 1
    project.build(
        warnings=[
            f"index.md:{at}: WARNING: network: :least: 'none': write a whole number from 1",
            "no relation 'mett'; did you mean 'met'?",
            "network: :of: unknown person 'an'; did you mean 'ann'?",
        ]
    )
