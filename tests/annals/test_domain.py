"""The domain on the smallest project that shows it, in every builder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp
from support import build_and_close, warnings_of

MakeApp = Callable[..., SphinxTestApp]
BUILDERS = ["html", "text", "latex", "man", "texinfo", "gettext"]


@pytest.fixture
def source(tmp_path: Path, rootdir: Path) -> Path:
    return Path(shutil.copytree(rootdir / "test-annals-basic", tmp_path / "src"))


@pytest.fixture
def html(source: Path, make_app: MakeApp) -> Path:
    app = build_and_close(make_app, "html", srcdir=source)
    assert warnings_of(app) == []
    return Path(app.outdir)


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(), "html.parser")


def text_of(app: SphinxTestApp) -> str:
    return " ".join(
        path.read_text() for path in sorted(Path(app.outdir).rglob("*"))
        if path.suffix in (".html", ".txt", ".tex", ".texi", ".1")
    )  # fmt: skip


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_prints_all_of_it_without_a_warning(
    source: Path, make_app: MakeApp, builder: str
) -> None:
    conf = source / "conf.py"
    conf.write_text(conf.read_text() + 'man_pages = [("index", "x", "d", "a", 1)]\n')
    app = build_and_close(make_app, builder, srcdir=source)
    assert warnings_of(app) == []
    text = text_of(app)
    for fact in () if builder == "gettext" else (
        "Treaty signed in the Kremlin", "14 February 1950", "16 December 1949", "inferred",
        "head of delegation", "December 1949", "probable", "30 years", "Term and renewal",
        "中苏友好同盟互助条约", "Советско", "An unnumbered provision", "Статья вторая",
        "Chou En", "The editors leave it open",
    ):  # fmt: skip
        assert fact in text.replace("\\sphinxhyphen{}", "-").replace("@w{-}", "-"), fact


def test_an_event_is_an_article_with_its_facts(html: Path) -> None:
    event = soup(html / "negotiation.html").find(id="treaty-signed")
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
    assert len(event.select(".annals-closing a[href*='index.html#']")) == 2


def test_a_treaty_opens_with_its_life_and_relations(html: Path) -> None:
    page = soup(html / "treaty.html")
    facts = page.find(id="sino-soviet-1950").find("dl")
    labels = [dt.text.rstrip(":") for dt in facts.find_all("dt")]
    assert labels == ["Kind", "Parties", "Signed", "Term", "Supersedes"]
    assert facts.find("a", href="#sino-soviet-1945").text == "Treaty of 1945"
    assert page.select_one("#sino-soviet-1950 > .annals-closing [lang=zh-Hant]").text == (
        "中蘇友好同盟互助條約"
    )
    earlier = page.find(id="sino-soviet-1945").find("dl")
    assert "Superseded by" in earlier.text


def test_articles_are_numbered_and_linked_from_other_chapters(html: Path) -> None:
    page = soup(html / "negotiation.html")
    assert page.find("a", href="treaty.html#sino-soviet-1950-6").text == "Article 6"
    assert soup(html / "treaty.html").find(id="sino-soviet-1945-2") is not None


def test_myst_links_any_and_aliases_resolve(html: Path) -> None:
    index = soup(html / "index.html")
    assert index.find("a", href="negotiation.html#treaty-signed").text == (
        "Treaty signed in the Kremlin"
    )
    assert index.find("a", href="people.html#stalin").text == "Joseph Stalin"
    assert index.find("a", href="treaty.html#sino-soviet-1950-6").text == "the sixth article"
    assert soup(html / "negotiation.html").find(id="signing") is not None


def test_language_spans_are_marked(html: Path) -> None:
    page = soup(html / "negotiation.html")
    assert page.find(lang="zh-Hans").text == "莫斯科"
    assert page.find(lang="zh-Latn-pinyin").text == "Mòsīkē"
    assert page.find(lang="ru").text == "Москва"


def test_objects_say_where_prose_mentions_them(html: Path) -> None:
    closing = soup(html / "people.html").find(id="stalin").find(class_="annals-closing")
    links = [(a["href"], a.text) for a in closing.select("a[href*=html]")]
    assert ("negotiation.html#in-moscow", "In Moscow") in links
    assert ("rst.html#from-restructuredtext", "From reStructuredText") in links


def test_indices(html: Path) -> None:
    chronology = soup(html / "annals-chronology.html")
    names = [a.text for a in chronology.select("table a")]
    assert names == ["Talks", "Departure", "First meeting", "Treaty signed in the Kremlin"]
    assert "Article 6. Term and renewal" in soup(html / "annals-articles.html").text
    assert "see Zhou Enlai" in soup(html / "annals-people.html").text
    assert "Moscow" in soup(html / "annals-places.html").text
    assert "Treaty signed in the Kremlin" in soup(html / "genindex.html").text


def test_the_facts_reach_the_search_index(html: Path) -> None:
    assert "deleg" in (html / "searchindex.js").read_text()


def test_titles_can_be_translated(source: Path, make_app: MakeApp) -> None:
    app = build_and_close(make_app, "gettext", srcdir=source)
    catalogue = (Path(app.outdir) / "negotiation.pot").read_text()
    assert 'msgid "Treaty signed in the Kremlin"' in catalogue
    assert "Mao and Stalin met at night." in catalogue


def test_remarks_and_reasons_can_be_translated(tmp_path: Path, make_app: MakeApp) -> None:
    page = "# P\n\n::::{event} E\n:id: e\n\nBody.\n\n:::{account} k\n:property: cause\n:value: x\n\nA remark.\n:::\n:::{verdict} cause\nReasons.\n:::\n::::\n"
    (tmp_path / "index.md").write_text(page)
    conf = "extensions = ['myst_parser', 'sphinx_annals.annals']\nprimary_domain = 'annals'\nmyst_enable_extensions = ['colon_fence']\n"
    (tmp_path / "conf.py").write_text(conf)
    app = build_and_close(make_app, "gettext", srcdir=tmp_path)
    catalogue = (Path(app.outdir) / "index.pot").read_text()
    for text in ("E", "Body.", "A remark.", "Reasons."):
        assert f'msgid "{text}"' in catalogue


def test_a_translated_title_is_the_title_everywhere(tmp_path: Path, make_app: MakeApp) -> None:
    page = "# P\n\n:::{event} Signing\n:id: e\n\nSee {event}`e`.\n:::\n\n```{event-table}\n:columns: event\n```\n"
    (tmp_path / "index.md").write_text(page)
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_parser', 'sphinx_annals.annals']\nprimary_domain = 'annals'\n"
        "myst_enable_extensions = ['colon_fence']\nlanguage = 'de'\nlocale_dirs = ['locale']\n"
    )
    messages = tmp_path / "locale" / "de" / "LC_MESSAGES" / "index.po"
    messages.parent.mkdir(parents=True)
    messages.write_text('msgid "Signing"\nmsgstr "Unterzeichnung"\n')
    app = build_and_close(make_app, "html", srcdir=tmp_path)
    body = soup(Path(app.outdir) / "index.html").find("div", class_="body")
    assert "Signing" not in body.text
    assert body.text.count("Unterzeichnung") == 3


def pages(outdir: Path) -> dict[str, str]:
    return {
        str(path.relative_to(outdir)): path.read_text()
        for path in sorted(outdir.rglob("*.html"))
    }  # fmt: skip


def test_parallel_equals_serial(tmp_path: Path, source: Path, make_app: MakeApp) -> None:
    for number in range(8):  # enough documents for workers to share
        text = f"---\norphan: true\n---\n# P{number}\n\n{{event}}`talks`\n\n:::{{event}} E\n:id: e-{number}\n\nX.\n:::\n"
        (source / f"p{number}.md").write_text(text)
    (source / "p9.md").write_text(
        "---\norphan: true\n---\n# D\n\n:::{event} D\n:id: e-3\n\nX.\n:::\n"
    )
    built = {}
    for parallel in (0, 2):
        app = build_and_close(make_app, "html", srcdir=source, builddir=tmp_path / f"out{parallel}",
                       parallel=parallel, freshenv=True)  # fmt: skip
        assert warnings_of(app) == [
            "p9.md:6: WARNING: duplicate id 'e-3': event 'E' has it (p3, line 8); choose another [annals.duplicate]"
        ]
        built[parallel] = pages(Path(app.outdir))
    assert built[0] == built[2]


EDITS = [
    ("a title elsewhere", "people.md", "{person} Joseph Stalin", "{person} I. V. Stalin"),
    ("a date", "negotiation.md", ":date: 1949-12-16", ":date: 1949-12-17"),
    ("a relation", "treaty.md", ":supersedes: sino-soviet-1945\n", ""),
    ("a mention", "rst.rst", "see :person:`stalin` and", "see"),
    ("a section title", "negotiation.md", "## In Moscow", "## In the capital"),
    ("a retired id", "negotiation.md", ":aliases: signing\n", ""),
    ("a new id", "people.md", ":id: moscow", ":id: moscow\n:names: Moskva"),
]


@pytest.mark.parametrize("edit", EDITS, ids=[edit[0] for edit in EDITS])
def test_an_incremental_build_equals_a_clean_one(
    tmp_path: Path, source: Path, make_app: MakeApp, edit: tuple[str, str, str, str]
) -> None:
    build_and_close(make_app, "html", srcdir=source, builddir=tmp_path / "a")
    _, name, old, new = edit
    path = source / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    incremental = build_and_close(make_app, "html", srcdir=source, builddir=tmp_path / "a")
    clean = build_and_close(make_app, "html", srcdir=source, builddir=tmp_path / "b", freshenv=True)
    assert warnings_of(incremental) == warnings_of(clean) == []
    assert pages(Path(incremental.outdir)) == pages(Path(clean.outdir))


def test_only_pages_that_show_a_change_are_written_again(
    tmp_path: Path, source: Path, make_app: MakeApp
) -> None:
    build_and_close(make_app, "html", srcdir=source, builddir=tmp_path / "a")
    path = source / "people.md"
    path.write_text(path.read_text().replace("{place} Moscow", "{place} Moskva"))
    second = make_app("html", srcdir=source, builddir=tmp_path / "a")
    written: list[str] = []
    second.connect("html-page-context", lambda app, page, *_: written.append(page))
    second.build()
    assert {page for page in written if page in second.env.found_docs} == {
        "people", "negotiation", "rst", "index",  # the index has their table of contents
    }  # fmt: skip


def test_another_project_refers_to_this_one(tmp_path: Path, html: Path, make_app: MakeApp) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_annals.annals"]\nnitpicky = True\n'
        f'intersphinx_mapping = {{"book": ("https://example.org/", "{html / "objects.inv"}")}}\n'
    )
    (other / "index.md").write_text(
        "# Other\n\n{external+book:annals:event}`treaty-signed`, {external+book:annals:article}`sino-soviet-1950/6`, "
        "<inv:book:annals:person#stalin>.\n"
    )
    app = build_and_close(make_app, "html", srcdir=other)
    assert warnings_of(app) == []
    links = {a.text: a["href"] for a in soup(Path(app.outdir) / "index.html").select("a.external")}
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
    tmp_path: Path, make_app: MakeApp, setting: str, said: list[str]
) -> None:
    (tmp_path / "conf.py").write_text(f"extensions = ['sphinx_annals.annals']\n{setting}\n")
    (tmp_path / "index.rst").write_text(
        "T\n=\n\n.. annals:event:: One\n   :id: one\n   :sources: key2004{p. 1}, other\n\n   Body.\n\n"
        "   .. annals:account:: key2004{p. 2}\n      :property: count\n      :value: 3\n"
    )
    app = build_and_close(make_app, "html", srcdir=tmp_path)
    assert warnings_of(app) == said
    html = (tmp_path / "_build/html/index.html").read_text()
    assert "key2004{p. 1}, other" in html
    assert "key2004{p. 2}" in html
