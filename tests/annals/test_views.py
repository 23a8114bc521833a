"""Views: what they show, in every builder, and when their pages are written again."""

from __future__ import annotations

import re
import sys

import pytest
from bs4 import BeautifulSoup, Tag
from harness import Built, Project


def view(soup: BeautifulSoup, kind: str, number: int = 0) -> Tag:
    return soup.select(f".annals-{kind}")[number]


def rows(table: Tag) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


@pytest.fixture
def views(project: Project) -> Project:
    return project.copy("annals-views")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("views")).copy("annals-views").build()


@pytest.fixture(scope="module")
def html(built: Built) -> BeautifulSoup:
    return built.soup("views.html")


def test_event_list(html):
    items = [item.get_text() for item in view(html, "event-list").select("li p")]
    assert items == ["December 1949 – January 1950: Talks", "14 February 1950: Signing, Moscow"]
    assert view(html, "event-list").select_one("time")["datetime"] == "1949-12"
    assert view(html, "event-list").select_one("a")["href"] == "two.html#talks"


def test_event_table_with_columns_and_descending_order(html):
    table = view(html, "event-table")
    assert table.caption.get_text() == "Events"
    assert [h["scope"] for h in table.select("thead th")] == ["col"] * 5
    assert rows(table) == [
        ["14 February 1950", "Signing", "inferred", "Zhou Enlai (signatory)", "alliance"],
        ["December 1949 – January 1950", "Talks", "", "", ""],
        ["", "Undated", "", "", ""],
    ]


def test_treaty_table(html):
    old, new = rows(view(html, "treaty-table"))
    assert old[:3] == ["The old treaty", "14 August 1945", "30 years"]
    assert new[4] == "Article I ; Notes ; Article 3"


def test_articles_side_by_side_as_told_by_number_and_alone(html):
    table = view(html, "article-comparison")
    assert [h.get_text() for h in table.select("thead th")] == [
        "Provision",
        "The old treaty",
        "The new treaty",
    ]
    assert rows(table) == [
        [
            "1",
            "Article 1. Peace There is to be peace . [ Hei04 , p. 51]",
            "Article I. Peace again Peace again. Russian Мир.",
        ],
        ["2 / 3", "Article 2. Term Thirty years.", "Article 3. Term Thirty years again."],
        ["Notes", "", "Notes Notes exchanged."],
    ]
    assert table.select_one('[lang="ru"]').get_text(strip=True).endswith("Мир.")


ALIGNED = """# Page

````{treaty} Old
:id: old
Text.
```{treaty-article}
:id: old/help
:title: Help
Promised.
```
````
````{treaty} New
:id: new
Text.
```{treaty-article} 1
More.
```
```{treaty-article} 2
Else.
```
````
```{article-comparison} old, new
:align: help = 1
:rows: aligned
```
```{article-comparison} old, new
:rows: alligned
```
"""


def test_rows_aligned_alone_and_no_label_where_a_number_stands_beside_none(project):
    said = ":rows: no rows 'alligned'; did you mean 'aligned'?"
    soup = project.write(ALIGNED).build(warnings=[said]).soup()
    aligned, everything = soup.select("table.annals-table")
    assert [h.get_text() for h in aligned.select("thead th")] == ["Old", "New"]
    assert rows(aligned) == [["Help Promised.", "Article 1 More."]]
    assert len(rows(everything)) == 3


def test_mentions(html):
    of_one, of_all = (view(html, "mentions", n) for n in (0, 1))
    assert [a["href"] for a in of_one.select("a")] == ["one.html#sec-signing", "two.html#two"]
    assert [a.get_text() for a in of_all.select("a")] == ["Zhou Enlai", "Two", "Moscow", "Two"]


def test_drawings_have_a_list_that_says_the_same(html):
    timeline, places = view(html, "timeline"), view(html, "place-map")
    assert timeline.select_one("figure svg")["role"] in ("img", "group")
    assert timeline.figcaption.get_text() == "When"
    assert [i.get_text() for i in timeline.select("details ol li p")] == [
        "December 1949 – January 1950: Talks",
        "14 February 1950: Signing, Moscow",
    ]
    assert [a.get_text() for a in places.select("details li a")] == ["Moscow", "Beijing"]
    assert {a["href"] for a in timeline.select("svg a")} == {
        "two.html#talks",
        "one.html#event-signing",
    }


def test_an_empty_view_says_so(html):
    assert view(html, "event-list", 1).get_text(strip=True) == (
        "No event matches the filter: to 1900, tag alliance."
    )


def test_disputed_points(built):
    soup = built.soup("disputed.html")
    assert soup.select_one(".annals-disputed-points > p").get_text() == (
        "2 points: 1 disputed, 1 settled."
    )
    expiry, name = soup.select(".annals-comparison")
    of = soup.select_one(".annals-of")
    assert (of.get_text(), of.a["href"]) == ("The new treaty", "one.html#new")
    assert expiry.summary.get_text() == "Expiry: 1980 (●\u00a0settled, 2 accounts)"
    assert rows(expiry) == [
        [
            "[ Ell20 , infobox]",
            "16 February 1979",
            "“Expiry 16 February 1979” A remark , see Zhou Enlai .",
        ],
        ["[ Hei04 , p. 400]", "doubts : 1979", ""],
        ["This book", "14 February 1980", ""],
    ]
    verdict = expiry.select_one(".annals-verdict")
    reasons = verdict.get_text().strip()
    assert reasons.startswith("Verdict: 1980. Article 3 says thirty years [Hei04, p. 364]")
    assert [a["href"] for a in verdict.select("a")][1:] == ["one.html#sec-signing", "two.html"]
    assert not [i for i in soup.select(".annals-comparison [id]") if "bibtex" in str(i)]
    assert "annals-disputed" in name["class"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "builder", ["text", "latex", "man", "texinfo", "singlehtml", "xml", "epub"]
)
def test_every_builder_shows_everything(builder, views):
    views.configure('version = "1"\ncopyright = "2026, A"\n')
    shown = views.build(builder).everything()
    shown = re.sub(r"\\sphinxhyphen\{\}|<[^>]+>|\\-", "", shown)
    for wanted in (
        "Thirty years again",
        "1980",
        "16 February 1979",
        "doubts",
        "Old and new",
        "matches the filter",
        "signed on that day",
        "remark",
    ):
        assert wanted in re.sub(r"\s+", " ", shown), wanted


WRONG = """# Page

:::{event} One
:id: one
:date: 1950
:tags: law

Text.
:::

:::{event-list}
:from: 1960
:to: 1950
:::

:::{event-table}
:columns: date, evnt
:sort: tag
:tag: lwa
:actor: nobody
:chapter: pgae
:form: 1950
:::

:::{disputed-points}
:status: settld
:from: yesterday
:::

:::{article-comparison} one
:align: 6
Text.
:::

:::{mentions} on,e!
:::
"""


def test_mistakes_are_located_warnings_and_views_still_stand(project):
    built = project.write(WRONG).build(warnings=None)
    found = built.warnings
    wanted = [
        (11, ":from: 1960 is after :to: 1950, so that nothing can be shown; exchange them"),
        (16, ":sort: no order 'tag'; known: date, title, place"),
        (16, "unknown option :form:; did you mean :from:?"),
        (25, ":status: no status 'settld'; did you mean 'settled'?"),
        (25, ":from: 'yesterday' is not a date; write EDTF"),
        (30, ":align: '6' aligns nothing; write: 6 = 5"),
        (30, "compares nothing; write the ids of two or more treaties after it"),
        (30, "takes no text"),
        (35, "'e!' is not an id"),
        (16, ":columns: no column 'evnt'; did you mean 'event'?"),
        (16, ":actor: unknown object 'nobody'"),
        (16, ":tag: no annotation has the tag 'lwa'; did you mean 'law'?"),
        (16, ":chapter: unknown document 'pgae'"),
        (30, "'one' is not a treaty but a event"),
    ]
    for line, message in wanted:
        assert any(f":{line}: " in f and message.split(" but ")[0] in f for f in found), message
    assert all("[annals.filter]" in line or "[annals.option]" in line for line in found)
    assert len(found) == len(wanted)
    html = built.read()
    assert "No event matches the filter: from 1960, to 1950." in html
    assert "No disputed point is recorded." in html


def test_a_column_that_is_none_is_left_out_of_the_table(project):
    page = "# T\n\n```{event} One\n:id: one\n:date: 1950\n\nText.\n```\n"
    tables = "".join(f"```{{event-table}}\n:columns: {c}\n```\n" for c in ("evnt, date", "nothing"))
    project.write({"index.md": page + tables})
    soup = project.build(warnings=["no column 'evnt'", "no column 'nothing'"]).soup()
    heads = [[h.get_text(strip=True) for h in t.select("thead th")] for t in soup.select("table")]
    assert heads == [["Date"], ["Event"]]


EDITS = [
    ("two.md", ":date: 1949-12/1950-01", ":date: 1949-11", {"views", "two"}),
    ("two.md", ":value: Pact", ":value: Treaty", {"one", "two", "disputed"}),
    ("two.md", "# Two", "\n\n# Two", set()),
    ("one.md", "Article 3 says thirty", "Article 3 says *thirty*", {"one", "two", "disputed"}),
    ("one.md", "Thirty years again.", "Thirty *years* again.", {"one", "views"}),
    ("one.md", "It stood.", "It stood {cite:p}`heinzig2004arduous`.", {"one"}),
    ("two.md", "Some time.", "Some time, {person}`zhou` again.", {"two"}),
    ("two.md", "# Two", "# The second", {"one", "two", "views", "disputed"}),
    ("two.md", ":coordinates: 55.75, 37.62", ":coordinates: 55.76, 37.62", {"two", "views"}),
    ("two.md", "} Zhou Enlai", "} Chou En-lai", {"one", "two", "views", "disputed"}),
    ("one.md", "## Signing", "## The signing", {"one", "two", "views", "disputed"}),
    ("one.md", ":expiry: 1980-02-14", ":expiry: 1980-04-11", {"one", "two", "disputed"}),
]


PAGES = {"one", "two", "views", "disputed"}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "old", "new", "expected"), EDITS)
def test_a_page_is_written_again_exactly_when_what_it_shows_changes(
    views, name, old, new, expected
):
    views.build()
    incremental = views.edit(name, old, new).build()
    assert incremental.files(".html") == views.build(out="clean").files(".html")
    derived = PAGES - {name.removesuffix(".md")}
    written = {page for page in derived if f"{page}.html" in incremental.written}
    assert written == expected & derived


@pytest.mark.slow
def test_a_work_that_changes_its_label_rewrites_the_pages_that_borrow_its_citations(views):
    views.edit("conf.py", "sphinxcontrib.bibtex", "sphinx_annals.citations").build()
    again = views.edit("refs.bib", "year = {2004}", "year = {2005}").build()
    assert "disputed.html" in again.written
    assert "Heinzig 2005, 400" in re.sub("<[^>]+>", "", again.read("disputed.html"))
    assert again.read("disputed.html") == views.build(out="clean").read("disputed.html")


def test_pages_of_a_pdf(views):
    views.edit("conf.py", "sphinxcontrib.bibtex", "sphinx_annals.citations")
    views.edit("conf.py", 'annals.annals"', 'annals.annals", "sphinx_annals.pdf"')
    shown = views.build("typstpdf").print
    for wanted in (
        "Thirty years again",
        "16 February 1979",
        "doubts",
        "1980",
        "The new treaty, p. ",
        "No event matches the filter",
        "Compared elsewhere",
    ):
        assert wanted in shown, wanted


OBITUARIES = '''"""A view of another extension: people by the day on which they died."""

from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from sphinx_annals.annals.model import Person
from sphinx_annals.annals.model import Link
from sphinx_annals.annals.views import FilteredView, add_view, asked


@dataclass(frozen=True, kw_only=True)
class Obituaries(FilteredView):
    """People by the day on which they died."""

    name: ClassVar = "obituaries"
    nothing: ClassVar = "No death"

    most: int = asked(int, "write a number", default=9)

    def shown(self, corpus):
        people = corpus.chosen(Person, self)
        died = [(Link(person.id), dict(person.dates).get("died")) for person in people]
        return [(link, day) for link, day in died if day][: self.most]

    def nodes(self, shown, render):
        lines = [[render.link(link), nodes.Text(f" died {str(day)}")] for link, day in shown]
        return self.captioned(*(nodes.paragraph("", "", *line) for line in lines))


def setup(app):
    add_view(app, Obituaries)
'''
DEAD = """# People

:::{person} Mao Zedong
:id: mao
:died: 1976-09-09

Text.
:::

:::{person} Chiang
:id: chiang
:died: 1975-04-05

Text.
:::

```{toctree}
view
```
"""
VIEW = "# View\n\n```{obituaries} Deaths\n:most: 2\n:chapter: index\n```\n"
EXTENSION = 'extensions += ["sphinx_annals.pdf", "obituaries"]'


@pytest.fixture
def obituaries(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project.root))
    monkeypatch.delitem(sys.modules, "obituaries", raising=False)
    files = {"obituaries.py": OBITUARIES, "index.md": DEAD, "view.md": VIEW}
    return project.configure(EXTENSION).write(files)


@pytest.mark.parametrize("builder", ["html", "text", "latex", "typstpdf"])
def test_another_extension_adds_a_view_in_one_file(obituaries, builder):
    built = obituaries.build(builder, warnings=None)
    assert not [line for line in built.warnings if "obituaries" in line or "annals" in line]
    shown = built.print if builder == "typstpdf" else re.sub("<[^>]+>", "", built.everything())
    for wanted in ("Deaths", "Mao Zedong", "died 9 September 1976", "died 5 April 1975"):
        assert wanted in re.sub(r"\s+", " ", shown)


def test_the_page_of_such_a_view_is_written_again_when_what_it_shows_changes(obituaries):
    obituaries.build()
    unread = obituaries.edit("index.md", "Text.", "More text.").build()
    assert "view.html" not in unread.written
    changed = obituaries.edit("index.md", "1975-04-05", "1975-04-06").build()
    assert "view.html" in changed.written
    assert "died 6 April 1975" in changed.text("view.html")
    assert changed.read("view.html") == obituaries.build(out="clean").read("view.html")


ODD = """\
# One

```{place} A & B <c> "d" @ *e*
:id: odd
:role: town
```
```{place} A & B <c> "d" @ e
:id: plain
:role: town
:coordinates: 52, 117
```
```{event} A & B <c> "d" @ e
:id: talks
:date: 1949-12?/1950
:place: plain
```
```{event} Signing
:id: signing
:date: 1950-02-14
:place: odd
:follows: talks
```
```{event} A & B "d" @ e
:id: words
:date: 1950-04
```
```{event} Undated
:id: undated
:tags: talks
```
```{event-table}
:columns: date, event, place
```
```{event-list}
```
```{timeline}
```
```{mentions}
```
```{place-map}
```
"""


def test_what_a_site_prints_at_once_is_what_its_nodes_would_be(project: Project):
    project.write(ODD)
    printed, made = (
        [
            re.sub(r'href="[^"]*#', 'href="#', str(found))
            for found in project.build(builder).soup().select(".annals-facts, .annals-view")
        ]
        for builder in ("html", "singlehtml")
    )
    assert "with-page" in str(printed)
    assert printed == made


FILMS = """
def setup(app):
    from docutils import nodes
    class film(nodes.General, nodes.Element): ...
    app.add_node(film, epub=(lambda self, node: None, None))
"""


def test_a_view_is_whole_on_one_page_and_where_others_have_visitors_for_epub(project: Project):
    view = "# View\n\n```{event} A\n:id: a\n:date: 1950\n```\n\n```{timeline}\n```\n"
    project.configure(FILMS).write({"index.md": "# Book\n\n```{toctree}\nview\n```\n"})
    project.write({"view.md": view})
    assert "timelines.js" in project.build("singlehtml").read("index.html")
    book = project.build("epub", warnings=None)
    assert not [line for line in book.warnings if "unknown node" in line]
    assert book.soup("view.xhtml").select_one(".annals-timeline li a[href='#a']")
