"""The domain on the smallest project that shows it, in every builder."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import ANNALS_ALONE, Built, Project

BUILDERS = ["html", "text", "latex", "man", "texinfo"]


@pytest.fixture
def basic(project: Project) -> Project:
    return project.copy("annals-basic")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("domain")).copy("annals-basic").build()


@pytest.mark.slow
@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_prints_all_of_it_without_a_warning(basic: Project, builder: str) -> None:
    built = basic.configure('man_pages = [("index", "x", "d", "a", 1)]\n').build(builder)
    text = built.everything().replace("\\sphinxhyphen{}", "-").replace("@w{-}", "-")
    for fact in (
        "Treaty signed in the Kremlin",
        "14 February 1950",
        "16 December 1949",
        "inferred",
        "head of delegation",
        "December 1949",
        "probable",
        "30 years",
        "Term and renewal",
        "中苏友好同盟互助条约",
        "Советско",
        "An unnumbered provision",
        "Статья вторая",
        "Chou En",
        "The editors leave it open",
    ):
        assert fact in text, fact


def test_an_event_is_an_article_with_its_facts(html: Built) -> None:
    event = html.soup("negotiation.html").find(id="treaty-signed")
    assert event is not None
    assert event.name == "article"
    heading = event.find(id="treaty-signed-title")
    assert event["aria-labelledby"] == heading["id"]
    assert heading.name == "h3"
    assert heading.find("a", class_="headerlink")["href"] == "#treaty-signed"
    time = event.find("time")
    assert (time["datetime"], time.text) == ("1950-02-14", "14 February 1950")
    assert event.find("a", href="people.html#moscow").text == "Moscow"
    assert "Zhou Enlai (head of delegation)" in event.text
    assert (
        len(event.select(".annals-closing a[href*='index.html#']")) == 3
    )  # cited twice, mentioned once


def test_a_treaty_opens_with_its_life_and_relations(html: Built) -> None:
    page = html.soup("treaty.html")
    facts = page.find(id="sino-soviet-1950").find("dl")
    labels = [dt.text.rstrip(":") for dt in facts.find_all("dt")]
    assert labels == ["Kind", "Parties", "Signed", "Term", "Supersedes"]
    assert facts.find("a", href="#sino-soviet-1945").text == "Treaty of 1945"
    assert page.select_one("#sino-soviet-1950 > .annals-closing [lang=zh-Hant]").text == (
        "中蘇友好同盟互助條約"
    )
    earlier = page.find(id="sino-soviet-1945").find("dl")
    assert "Superseded by" in earlier.text


def test_articles_are_numbered_and_linked_from_other_chapters(html: Built) -> None:
    page = html.soup("negotiation.html")
    assert page.find("a", href="treaty.html#sino-soviet-1950-6").text == "Article 6"
    assert html.soup("treaty.html").find(id="sino-soviet-1945-2") is not None


def test_myst_links_any_and_aliases_resolve(html: Built) -> None:
    index = html.soup("index.html")
    assert index.find("a", href="negotiation.html#treaty-signed").text == (
        "Treaty signed in the Kremlin"
    )
    assert index.find("a", href="people.html#stalin").text == "Joseph Stalin"
    assert index.find("a", href="treaty.html#sino-soviet-1950-6").text == "the sixth article"
    assert html.soup("negotiation.html").find(id="signing") is not None


def test_language_spans_are_marked(html: Built) -> None:
    page = html.soup("negotiation.html")
    assert page.find(lang="zh-Hans").text == "莫斯科"
    assert page.find(lang="zh-Latn-pinyin").text == "Mòsīkē"
    assert page.find(lang="ru").text == "Москва"


def test_objects_say_where_prose_mentions_them(html: Built) -> None:
    closing = html.soup("people.html").find(id="stalin").find(class_="annals-closing")
    links = [(a["href"], a.text) for a in closing.select("a[href*=html]")]
    assert ("negotiation.html#in-moscow", "In Moscow") in links
    assert ("rst.html#from-restructuredtext", "From reStructuredText") in links


def test_indices(html: Built) -> None:
    chronology = html.soup("annals-chronology.html")
    names = [a.text for a in chronology.select("table a")]
    assert names == ["Departure", "First meeting", "Talks", "Treaty signed in the Kremlin"]
    assert "Article 6. Term and renewal" in html.soup("annals-articles.html").text
    assert "see Zhou Enlai" in html.soup("annals-people.html").text
    assert "Moscow" in html.soup("annals-places.html").text
    assert "Treaty signed in the Kremlin" in html.soup("genindex.html").text


def test_the_facts_reach_the_search_index(html: Built) -> None:
    assert "deleg" in html.read("searchindex.js")


def test_titles_can_be_translated(basic: Project) -> None:
    catalogue = basic.build("gettext").read("negotiation.pot")
    assert 'msgid "Treaty signed in the Kremlin"' in catalogue
    assert "Mao and Stalin met at night." in catalogue


def test_remarks_and_reasons_can_be_translated(project: Project) -> None:
    page = "# P\n\n::::{event} E\n:id: e\n\nBody.\n\n:::{account} k\n:property: cause\n:value: x\n\nA remark.\n:::\n:::{verdict} cause\nReasons.\n:::\n::::\n"
    project.write(page.replace("{account} k", "{account} heinzig2004arduous"))
    catalogue = project.build("gettext").read("index.pot")
    for text in ("E", "Body.", "A remark.", "Reasons."):
        assert f'msgid "{text}"' in catalogue


def test_a_translated_title_is_the_title_everywhere(project: Project) -> None:
    page = "# P\n\n:::{event} Signing\n:id: e\n\nSee {event}`e`.\n:::\n\n```{event-table}\n:columns: event\n```\n"
    messages = 'msgid "Signing"\nmsgstr "Unterzeichnung"\n'
    project.write({"index.md": page, "locale/de/LC_MESSAGES/index.po": messages})
    built = project.configure("language = 'de'\nlocale_dirs = ['locale']\n").build()
    body = built.soup().find("div", class_="body")
    assert "Signing" not in body.text
    assert body.text.count("Unterzeichnung") == 3


@pytest.mark.slow
def test_parallel_equals_serial(basic: Project) -> None:
    for number in range(8):  # enough documents for workers to share
        text = f"---\norphan: true\n---\n# P{number}\n\n{{event}}`talks`\n\n:::{{event}} E\n:id: e-{number}\n\nX.\n:::\n"
        basic.write({f"p{number}.md": text})
    basic.write({"p9.md": "---\norphan: true\n---\n# D\n\n:::{event} D\n:id: e-3\n\nX.\n:::\n"})
    said = "p9.md:6: WARNING: duplicate id 'e-3': event 'E' has it (p3, line 8); choose another"
    one = basic.build(out="one", warnings=[said])
    two = basic.build(out="two", warnings=[said], parallel=2)
    assert one.files(".html") == two.files(".html")


EDITS = [
    ("a title elsewhere", "people.md", "{person} Joseph Stalin", "{person} I. V. Stalin"),
    ("a date", "negotiation.md", ":date: 1949-12-16", ":date: 1949-12-17"),
    ("a relation", "treaty.md", ":supersedes: sino-soviet-1945\n", ""),
    ("a mention", "rst.rst", "see :person:`stalin` and", "see"),
    ("a section title", "negotiation.md", "## In Moscow", "## In the capital"),
    ("a retired id", "negotiation.md", ":aliases: signing\n", ""),
    ("a new id", "people.md", ":id: moscow", ":id: moscow\n:names: Moskva"),
]


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=[edit[0] for edit in EDITS])
def test_an_incremental_build_equals_a_clean_one(
    basic: Project, edit: tuple[str, str, str, str]
) -> None:
    basic.build()
    _, name, old, new = edit
    incremental = basic.edit(name, old, new).build()
    assert incremental.files(".html") == basic.build(out="clean").files(".html")


def test_only_pages_that_show_a_change_are_written_again(basic: Project) -> None:
    pages = {f"{name}.html" for name in basic.build().env.found_docs}
    again = basic.edit("people.md", "{place} Moscow", "{place} Moskva").build()
    # the index has their table of contents
    assert pages & again.written == {"people.html", "negotiation.html", "rst.html", "index.html"}
    assert pages - again.written


def test_another_project_refers_to_this_one(project: Project, html: Built) -> None:
    project.configure(
        'extensions.append("sphinx.ext.intersphinx")\n'
        f'intersphinx_mapping = {{"book": ("https://example.org/", "{html.find("objects.inv")}")}}\n'
    )
    project.write(
        "# Other\n\n{external+book:annals:event}`treaty-signed`, {external+book:annals:article}`sino-soviet-1950/6`, "
        "<inv:book:annals:person#stalin>.\n\n"
        "```{event} Another of this id\n:id: treaty-signed\n:date: 1950\n```\n"
    )
    soup = project.build().soup()
    assert "Mentioned in" not in soup.text
    links = {a.text: a["href"] for a in soup.select("a.external")}
    assert links["Treaty signed in the Kremlin"] == (
        "https://example.org/negotiation.html#treaty-signed"
    )
    assert links["Article 6"] == "https://example.org/treaty.html#sino-soviet-1950-6"
    assert links["Joseph Stalin"] == "https://example.org/people.html#stalin"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("", []),
        (
            "annals_cite_role = 'cite:q'",
            [
                (
                    "WARNING: annals_cite_role: there is no role 'cite:q'; "
                    "sources are printed as typed [annals.source]"
                )
            ],
        ),
    ],
)
def test_without_an_extension_for_citing_sources_are_printed_as_typed(
    tmp_path: Path, setting: str, said: list[str]
) -> None:
    project = Project(tmp_path, ANNALS_ALONE).configure(setting)
    project.write(
        "T\n=\n\n.. annals:event:: One\n   :id: one\n   :sources: key2004{p. 1}, other\n\n   Body.\n\n"
        "   .. annals:account:: key2004{p. 2}\n      :property: count\n      :value: 3\n"
    )
    html = project.build(warnings=said).read()
    assert "key2004{p. 1}, other" in html
    assert "key2004{p. 2}" in html
