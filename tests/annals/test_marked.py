"""Inline markup in titles and options: it shows wherever they do, and data have plain text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Built, Project, Start

PAGE = """# Page

:::{event} The *Aurora* {zh-hans}`红旗` fires "at" `dawn` [now](https://example.org) [^1] {cite:p}`heinzig2004arduous`
:id: aurora
:date: 1917-11-07
:date-note: told by *him*, {cite:p}`heinzig2004arduous{p. 3}` and {person}`stalin`
:place: city
:actors: stalin (*the* host)
:names: ru *Аврора*

Body text.
:::

```{person} *Joseph* Stalin
:id: stalin
:role: the *leader*

A person.
```
```{place} *Petrograd*
:id: city
:coordinates: 59.9, 30.3

A place.
```
```{treaty} Treaty of the *Aurora*
:id: tr
:signed: 1950

:::{treaty-article} 1
:title: On *ships*

Text.
:::
```

:::{account} heinzig2004arduous{p. 5}
:of: aurora
:property: flag
:value: the *red* one
:quote: a *red* flag
:::
:::{verdict} flag
:of: aurora
:question: Which flag had the *Aurora*?
:prefers: the *red* one

Because.
:::

[^1]: A note.
"""
OTHER = """# Other

See {event}`aurora`, {person}`stalin` and [](#tr).

:::{timeline} Time of *ships* {cite:p}`foot1991light`
:::
```{place-map} Map of *ships*
```
```{event-table}
:columns: event, date, basis, actors, names
```
```{point-list}
```
"""
LIVE = """# Live

:::{event} Landing
:id: landing
:date: 1950
:date-note: {cite:t}`foot1991light{p. 8}`
:actors: stalin (by {cite:p}`foot1991light`), stalin ([host](https://example.net)), stalin (of {person}`stalin`), kim ({cite:t}`foot1991light{p. 7}`)
:names: de [Landung](https://example.net) {cite:p}`foot1991light`

Body text.
:::

:::{event} March
:id: march
:date: 1951
:date-note: at noon, by {cite:t}`foot1991light{p. 9}`
:layout: margin

Body text.
:::

```{person} Kim
:id: kim
:role: {cite:t}`foot1991light{p. 6}`

A person.
```

```{event-table}
:columns: event, date, actors, names
```
"""
TITLE = "The Aurora 红旗 fires “at” dawn now"
RAW = re.compile(
    r"\*(?:Aurora|Joseph|Petrograd|ships|him|the|red|leader|Аврора)\*|\{zh-hans\}|\{cite"
)
MARKED = r"<(?:em|i)>Aurora</(?:em|i)> <span lang=\"zh-Hans\"[^>]*>红旗</span>"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    conf = WHOLE + 'bibtex_bibfiles = ["references.bib"]\nannals_fold_comparisons = False\n'
    start = Start({"conf.py": conf, "references.bib": CITATIONS.files["references.bib"]})
    files = {
        "index.md": PAGE + "\n```{toctree}\nother\nlive\nbib\n```\n",
        "other.md": OTHER,
        "live.md": LIVE,
    }
    bib = "# Bib\n\n```{bibliography}\n```\n"
    return Project(tmp_path_factory.mktemp("marked"), start).write({**files, "bib.md": bib})


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build()


def test_markup_shows_where_it_stands(built: Built) -> None:
    event = built.soup().find(id="aurora")
    head = event.find(class_="annals-title")
    assert [node.get_text() for node in head.find_all("em")] == ["Aurora"]
    assert head.find(lang="zh-Hans").get_text() == "红旗"
    assert head.find("a", href="https://example.org").get_text() == "now"
    assert [mark.get_text() for mark in built.soup().find_all(role="doc-noteref")] == ["[1]"]
    date = event.find("dd")
    assert date.get_text() == "7 November 1917 (told by him, (Heinzig 2004, 3) and Joseph Stalin)"
    assert [node.get_text() for node in date.find_all("em")] == ["him", "Joseph"]
    assert len(date.find_all("a")) == 2
    assert "(<em>the</em> host)" in str(event)
    assert '<span lang="ru"><em>Аврора</em></span>' in str(event)


def test_markup_shows_in_links_views_and_comparisons(built: Built) -> None:
    html = built.read("other.html")
    assert len(re.findall(MARKED, html)) == 3  # the role, the list under the timeline, the table
    assert "<em>Joseph</em> Stalin" in html
    assert "Treaty of the <em>Aurora</em>" in html
    assert "<figcaption>Time of <em>ships</em> " in html
    assert html.count("Foot 1991<") == 1
    assert "Which flag had the <em>Aurora</em>?" in html
    assert "“a <em>red</em> flag”" in html


def test_markup_shows_in_drawings_and_indices(built: Built, project: Project) -> None:
    drawings = " ".join(map(str, built.soup("other.html").find_all("svg")))
    assert 'The <tspan font-style="italic">Aurora</tspan>' in drawings
    assert '<tspan font-family="monospace">dawn</tspan>' in drawings
    assert '<tspan font-style="italic">Petrograd</tspan>' in drawings
    shown = "The <em>Aurora</em> 红旗 fires “at” <code>dawn</code> now"
    for index in ("genindex", "annals-chronology"):
        assert shown in built.read(f"{index}.html")
    assert "Article 1. On <em>ships</em>" in built.read("annals-articles.html")
    written = project.build("typst").read("*.typ")
    lines = [line for line in written.splitlines() if line.startswith("#index-line")]
    assert sum('[The #emph[Aurora] 红旗 fires “at” #raw("dawn") now' in line for line in lines) == 2


def test_what_is_numbered_or_cited_is_so_once(built: Built) -> None:
    uses = built.env.domains["cite"].uses
    assert [str(use.targets[0]) for use in uses["index"]].count("heinzig2004arduous{p. 3}") == 1
    assert "A note." not in built.soup("other.html").get_text()
    assert "Heinzig" not in str(built.soup("other.html").find(class_="annals-timeline"))


def test_data_ids_and_labels_are_plain(built: Built) -> None:
    data = built.json("data/annals.json")
    assert [event["title"] for event in data["events"]] == [TITLE, "Landing", "March"]
    assert data["events"][0]["actors"][0]["role"] == "the host"
    assert data["events"][0]["names"] == [{"text": "Аврора", "language": "ru"}]
    assert {"Joseph Stalin", "Petrograd", "Treaty of the Aurora"} <= {
        record["title"]
        for kind in data.values()
        if isinstance(kind, list)
        for record in kind
        if "title" in record
    }
    assert f'title="{TITLE}"' in built.read("other.html")
    assert ">Map of ships</title>" in built.read("other.html")
    assert json.dumps(TITLE)[1:-1] in built.read("searchindex.js")


def test_what_links_and_cites_stands_in_copies_too(built: Built) -> None:
    event = built.soup("live.html").find(id="landing")
    date, actors, names = (dd.get_text() for dd in event.find_all("dd")[:3])
    assert date == "1950 (Foot (1991, 8))"
    assert actors == (
        "Joseph Stalin (by (Foot 1991)); Joseph Stalin (host); Joseph Stalin (of Joseph Stalin); "
        "Kim (Foot (1991, 7))"
    )
    assert names == "Landung (Foot 1991)"
    for page in ("other", "live"):
        row = built.soup(f"{page}.html").find(class_="annals-table").find_all("tr")[2]
        cell = row.find("td", attrs={"data-label": "Actors"})
        assert [child.name for child in cell.find_all(recursive=False)] == ["p"]
        assert cell.get_text().strip().startswith("Joseph Stalin (by); Joseph Stalin (host); ")
        assert cell.get_text().strip().endswith("Kim (Foot 1991, p. 7)")
    (event,) = (e for e in built.json("data/annals.json")["events"] if e["id"] == "landing")
    assert event["dateNote"] == "Foot 1991, p. 8"


def test_a_citation_stands_in_the_margin_of_a_page(project: Project) -> None:
    tex, typ = project.build("latex").text("*.tex"), project.build("typst").text("*.typ")
    for text, begin in ((tex, r"\\marginpar"), (typ, "#margin-note")):
        note = re.search(rf"{begin}\b.{{,300}}?at noon, by.{{,250}}", text)
        assert note
        assert "Foot (1991, 9" in note[0]
    assert "Kim (Foot 1991, p. 7)" in project.build("text").text("live.txt").replace("\n", " ")


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "typst", "annals", "annals-check"])
def test_no_output_shows_the_markup_itself(project: Project, builder: str) -> None:
    built = project.build(builder, warnings=None)
    raw = [
        (name, match[0])
        for name, data in built.files().items()
        if not name.startswith("_sources")
        for match in RAW.finditer(data.decode(errors="replace"))
    ]
    assert raw == []


def test_text_and_print_have_the_markup_of_their_own(project: Project) -> None:
    assert "The *Aurora* 红旗 fires" in project.build("text").text("other.txt")
    assert r"The \sphinxstyleemphasis{Aurora}" in project.build("latex").text("*.tex")
    assert "#emph[Aurora]" in project.build("typst").text("*.typ")


def test_a_page_is_fresh_when_only_markup_changes(project: Project) -> None:
    project.build("dirhtml")
    project.edit("index.md", "The *Aurora*", "The Aurora")
    try:
        html = project.build("dirhtml").read("other/index.html")
        assert "The <em>Aurora</em>" not in html
    finally:
        project.edit("index.md", "The Aurora", "The *Aurora*")


def test_a_backtick_in_the_first_line_of_ticks_is_told(tmp_path: Path) -> None:
    page = "# P\n\n```{event} Of {zh-hans}`红旗`\n:id: e\n\nBody.\n```\n"
    start = Start({"conf.py": WHOLE})
    built = Project(tmp_path, start).write(page).build(warnings=None)
    assert built.warnings[0] == (
        "index.md:3: WARNING: ```{event} is printed as text, since a backtick stands in its first "
        "line; write :::{event} [annals.markup]"
    )


def test_what_a_title_of_restructuredtext_names_is_put_in(tmp_path: Path) -> None:
    page = (
        "P\n=\n\n.. |ship| replace:: the *Aurora*\n\n.. event:: Of |ship|, |gone| and `x`_\n"
        "   :id: e\n   :date: 1950\n\n   Text.\n\n.. _x: https://example.org\n\nSee :event:`e`.\n"
    )
    start = Start({"conf.py": WHOLE}, index="index.rst")
    built = Project(tmp_path, start).write(page).build(warnings=None)
    assert len(built.warnings) == 1
    assert 'Undefined substitution referenced: "gone"' in built.warnings[0]
    shown = built.soup().find(class_="xref").parent
    assert shown.get_text() == "Of the Aurora, gone and x"
    assert shown.em.get_text() == "Aurora"
