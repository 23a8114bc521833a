"""Whatever authors can write is text in every output, and never markup, code, a formula or a path.

The fields are asked of the schema, the directives, the bibliography's vocabulary, the settings of the
configuration; each holds all of `PROBE`. What is valid only as a date or as an id is tried as well:
what is refused cannot harm.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from harness import REPOSITORY, WHOLE, Built, Project, Start
from lxml import etree
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from sphinx.config import Config
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.domain import catalogue_of
from sphinx_annals.annals.editor import describe
from sphinx_annals.annals.views import VIEWS, directive_of
from sphinx_annals.cli import new
from sphinx_annals.text import literal
from support import RESULTS, serving

PROBE = (
    "=8000000000+9314157 <img src=x onerror=alert(1)> \"><svg/onload=alert(1)> ' onclick='alert(1) "
    '&lt;img src=x onerror=alert(1)&gt; #(8000000000+9314157) #panic("evil") \\input{/evil} $(evil) '
    "{{ 8000000000+9314157 }} ../../../evil </script><script>alert(1)</script> ]]> &evil; javascript:alert(1)"
)
PRINTED = """
title subtitle booktitle maintitle edition volume number series pages note publisher organization
venue howpublished addendum version author editor
"""
"""Fields that biblatex.toml need not tell of."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
RESULT = "8009314157"
"""What stands in an output in which a formula, Typst or a template ran."""
PATHS = (
    "../../evil",
    "/evil",
    "..\\evil",
    "a/../../evil",
    "evil\x00",
    "file:///evil",
    "%2e%2e/evil",
)
FENCE = "`````"
BIBLATEX: dict[str, Any] = tomllib.loads(
    (REPOSITORY / "_ext/sphinx_annals/citations/entry/biblatex.toml").read_text("utf-8")
)
CONF = (
    WHOLE.replace("nitpicky = True\n", "")
    + f"""\
bibtex_bibfiles = ["references.bib"]
untrusted_chapters = True
html_copy_source = False
project = author = {"P " + PROBE!r}
annals_fields = {{"event": {{"own": {{"type": "phrase", "about": {"O " + PROBE!r}}}}}}}
"""
)
OURS = ("annals_", "citations_", "dates_", "typst_", "epub_meta")
TEXTS = re.compile(r"(title|author|copyright|publisher|description|contributor|release)$")
"""Settings of Sphinx that are printed, by their names."""
CODE = {
    "typst_preamble",
    "typst_documents",
    "annals_fields",
    "bibtex_bibfiles",
    "project_copyright",
}
"""Settings that are Typst or name what is built, and those that are given already."""
LEADS = "=+-@\t\r\n＝＋－＠"
"""What begins a formula in one spreadsheet or another."""
SITE = f"""
import sys
sys.path.insert(0, {str(REPOSITORY / "_theme")!r})
extensions = ["myst_parser", "sphinx_annals", "edition", "cover"]
project = author = html_title = release = {PROBE!r}
copyright = today = "2026"
html_theme, html_theme_path = "_theme", [{str(REPOSITORY)!r}]
html_baseurl = 'https://x.org/"><svg/onload=alert(1)>/'
html_context = {{
    "licence": ({PROBE!r}, {PROBE!r}),
    "downloads": {{{PROBE!r}: {PROBE!r}}},
    "manual": {PROBE!r},
    "edit": 'https://x.org/"><svg/onload=alert(1)>',
}}
"""
CHAPTERS = ("chapters/10-sources", "apparatus/chronology", "apparatus/disputed", "apparatus/data")
"""What the cover of the book links."""


def directive(name: str, argument: str, options: Iterable[tuple[str, str]], body: str) -> str:
    lines = "".join(f":{option}: {value}\n" for option, value in options)
    return f"{FENCE}{{{name}}} {argument}\n{lines}\n{body}\n{FENCE}\n"


def every_field() -> Iterator[str]:
    """Give each directive with a valid id and the probe in all else, then with one bad option each."""
    views = {view.name: directive_of(view) for view in VIEWS}
    for name, of in (DIRECTIVES | views).items():
        declared = list(getattr(of, "declared", {}))
        head = [("id", f"o-{name}")] if "id" in declared else []
        head += [("of", "o-event")] if name in ("account", "verdict") else []
        given = {option for option, _ in head} | {"aliases"}
        rest = [(option, PROBE) for option in declared if option not in given]
        argument = f"{name} {PROBE}"
        if name == "account":
            argument = "w-book{" + PROBE.replace("{", "").replace("}", "") + "}"
        yield directive(name, argument, [*head, *rest], PROBE)
    for number, path in enumerate(PATHS):
        for option in ("id", "aliases", "layout"):
            given = {"id": f"p-{number}", "date": "1950", option: path}
            yield directive("event", f"Path {PROBE}", given.items(), PROBE)
        yield directive("treaty", path, [("signed", "1950")], PROBE)
        yield directive("text", path, [], PROBE)
    yield from (f"{{{role}}}`{PROBE} <o-event>`\n" for role in ("event", "date", "cite:p", "index"))
    where = [("id", "o-where"), ("coordinates", "55.75, 37.6")]
    yield directive("place", f"Where {PROBE}", where, PROBE)
    when = [
        ("id", "o-when"),
        ("date", "1950-02-14"),
        ("place", "o-where"),
        ("actors", f"o-person ({PROBE})"),
    ]
    yield directive("event", f"When {PROBE}", when, PROBE)
    values = [("of", "o-when"), ("property", "count"), ("value", PROBE), ("quote", PROBE)]
    yield directive("account", "w-book{p. 1}", values, PROBE)
    yield directive("account", "w-article{p. 1}", [*values[:2], ("value", "three")], PROBE)
    yield directive(
        "verdict", "count", [("of", "o-when"), ("question", PROBE), ("weight", "major")], PROBE
    )
    yield from (directive(name, "", [("caption", PROBE)], "") for name in views)
    for number, lead in enumerate(LEADS):
        named = [("id", f"lead-{number}"), ("date", "1950"), ("own", f"{lead}1+1")]
        yield directive("event", f"{lead}cmd", named, "x")


def every_work() -> Iterator[str]:
    """Give a work of each type, with the probe in every field that the vocabulary knows."""
    known = set(BIBLATEX["fields"]) | set(BIBLATEX["unprinted"])
    known |= {name for names in BIBLATEX["serving"].values() for name in names.split()}
    known |= set(PRINTED.split())
    assert {"journaltitle", "url", "doi", "abstract"} <= known
    probe = PROBE.replace("%", "\\%")
    for kind in BIBLATEX["types"]:
        # what is a reference to other entries is tried in one, or the others would be lost in it
        names = known - (
            {"crossref", "xdata", "xref", "entryset", "options"} if kind != "misc" else set()
        )
        fields = ",\n".join(f"  {name} = {{{probe}}}" for name in sorted(names) if name != "date")
        yield f"@{kind}{{w-{kind},\n{fields},\n  date = {{1950}}}}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    page = f"# Page {PROBE}\n\n" + "\n".join(every_field()) + "\n```{bibliography}\n:all:\n```\n"
    files = {"conf.py": CONF, "references.bib": "".join(every_work()), "index.md": page}
    made = Project(tmp_path_factory.mktemp("injected") / "a/b/c", Start(files))
    with made.open() as app:
        return made.configure("".join(every_setting(app.config)))


def every_setting(config: Config) -> Iterator[str]:
    """Give lines that set what takes texts, one or many or by name."""
    for name in config.values:
        if (name.startswith(OURS) or TEXTS.search(name)) and name not in CODE:
            given = config[name]
            value: object = PROBE if isinstance(given, str | None) else None
            if isinstance(given, list | tuple):
                value = [PROBE]
            elif isinstance(given, dict):
                value = {PROBE: PROBE}
            if value is not None:
                yield f"{name} = {value!r}\n"


def markup_of(html: str) -> Iterator[str]:
    """Say what in a page would run: an event handler, a script, a link to one."""
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        yield from (f"{tag.name} {name}" for name in tag.attrs if name.startswith("on"))
        address = "".join(str(tag.get(name, "")) for name in ("href", "src", "action", "data"))
        if address.strip().lower().startswith(("javascript:", "data:text", "x")):
            yield f"{tag.name} {address}"
        if tag.name == "script" and "alert" in tag.get_text() and not is_data(tag):
            yield "script"
        if tag.name == "svg" and not tag.find(True):
            yield "svg"


def is_data(script: Tag) -> bool:
    """Tell whether a script is one of data, whose JSON is whole."""
    return script.get("type") == "application/ld+json" and bool(json.loads(script.get_text()))


def said_on_cards(script: str) -> Iterator[str]:
    """Give the HTML that cards hold, from the script that brings them."""
    for anchors in json.loads(script.partition(" = ")[2].strip().rstrip(";")).values():
        yield from (card[3] for card in anchors.values() if isinstance(card, list))


def harm(name: str, text: str) -> Iterator[str]:
    """Say what is wrong in one file of an output."""
    suffix = name.rpartition(".")[2]
    if suffix in ("html", "xhtml", "svg"):
        yield from markup_of(text)
    if suffix in ("xhtml", "xml", "opf", "ncx", "kml", "svg"):
        etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        if "<!ENTITY" in text:
            yield "entity"
    if name.endswith("cards-shown.js"):
        yield from (what for html in said_on_cards(text) for what in markup_of(html))
    if suffix == "csv":
        cells = [
            cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row
        ]
        yield from (c for c in cells if c[:1] in LEADS and c and not NUMBER.fullmatch(c))
    if suffix in ("json", "jsonld", "geojson"):
        json.loads(text)
    if suffix == "tex" and re.search(r"(?<!\\textbackslash\{\})\\input\{/evil", text):
        yield "\\input"
    if RESULT in text:
        yield RESULT


def harmed(built: Built) -> list[str]:
    """Give each file of an output in which something is wrong, with what that is."""
    skipped = (".pickle", ".epub", ".pdf", ".inv", ".png")
    files = {
        name: data.decode(errors="replace")
        for name, data in built.files().items()
        if not any(part in name for part in skipped)
    }
    assert any("evil" in text for text in files.values())
    return [f"{name}: {what}" for name, text in files.items() for what in harm(name, text)]


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text", "annals", "typstpdf"])
def test_all_that_is_written_is_text(project: Project, builder: str) -> None:
    built = project.build(builder, warnings=None)
    assert [line for line in built.warnings if "Traceback" in line or "book.typ" in line] == []
    assert harmed(built) == []
    homes = (project.root, project.folder / "out")
    files = (path for path in project.folder.parents[2].rglob("*") if path.is_file())
    assert [path for path in files if not any(map(path.is_relative_to, homes))] == []
    if builder == "typstpdf":
        assert RESULT not in built.print
        assert "#panic" in built.print


@pytest.mark.browser
def test_nothing_of_it_runs_in_a_browser(project: Project, browser: Browser) -> None:
    """The search and the cards put in what the build wrote."""
    ran: list[str] = []
    with serving(project.build("html", warnings=None)) as site:
        page = browser.new_page()
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.endswith("/x") and ran.append(request.url))
        page.goto(f"{site}/search.html?q=evil")
        page.locator(RESULTS).first.wait_for()
        page.goto(f"{site}/index.html")
        page.locator("a[href='#o-when']:not(.headerlink)").first.hover()
        page.locator(".link-card-said").first.wait_for()
    assert ran == []


def test_the_site_of_the_book_is_text(tmp_path: Path) -> None:
    """The theme, the cover with its questions, how pages are cited, the feed of editions."""
    chapter = (
        f"# C {PROBE}\n\n```{{event}} E {PROBE}\n:id: e\n:date: 1950\n```\n"
        + directive("account", "w", [("of", "e"), ("property", "date"), ("value", "1951")], "")
        + directive("account", "v", [("of", "e"), ("property", "date"), ("value", "1952")], "")
        + directive(
            "verdict", "date", [("of", "e"), ("question", PROBE), ("weight", "major")], PROBE
        )
    )
    files = {f"{name}.md": f"# {PROBE}\n" for name in CHAPTERS} | {"a.md": chapter}
    toctree = "\n".join(["```{toctree}", "a", *CHAPTERS, "```"])
    files |= {
        "conf.py": SITE,
        "index.md": f"# I {PROBE}\n\n{PROBE}\n\n{toctree}\n",
        "CHANGELOG.md": f"## [{PROBE.replace(']', '')}] – 2026-01-01\n\n{PROBE}\n",
    }
    built = Project(tmp_path, Start(files)).build(warnings=None, untrusted_chapters=True)
    assert harmed(built) == []
    assert built.soup().select(".questions a")
    feed = etree.fromstring(built.find("editions.xml").read_bytes())
    (news,) = (node.text or "" for node in feed.iter("{*}content"))
    assert "evil" in news
    assert list(markup_of(news)) == []


def test_what_an_editor_shows_is_text(project: Project) -> None:
    with project.open("html") as app:
        app.build()
        shown = [describe(record) for record in catalogue_of(app.env).records]
    assert len(shown) > len(DIRECTIVES)
    for text in (*shown, literal(PROBE)):
        tags = {tag.name for tag in BeautifulSoup(MarkdownIt().render(text), "html.parser")(True)}
        assert tags <= {"p", "strong", "code", "ul", "li"}
    said = BeautifulSoup(MarkdownIt().render(literal(PROBE)), "html.parser")
    assert said.get_text().strip() == PROBE


def test_a_new_book_takes_names_as_they_are() -> None:
    words = {"language": "en", "title": PROBE, "author": PROBE, "requirement": "sphinx-annals"}
    made = new.files(words)
    given: dict[str, Any] = {}
    exec(made["conf.py"], given)
    assert given["project"] == given["author"] == PROBE
    heading = BeautifulSoup(MarkdownIt().render(made["index.md"]), "html.parser").h1
    assert heading and heading.get_text() == PROBE and not heading.find(True)
