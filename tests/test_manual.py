"""The manual is made with what it tells of, names what there is, and all that it shows works."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import sys
import tomllib
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypandoc
import pytest
import yaml
from bs4 import BeautifulSoup
from examples import MANUAL, PAGES, Block, blocks_of, files_of
from harness import REPOSITORY, WHOLE, Project, Start, warnings_of
from looks import faults_at
from playwright.sync_api import Browser
from sphinx.config import Config
from sphinx.testing.util import SphinxTestApp
from sphinx_annals.__main__ import main
from sphinx_annals.annals import cli as of_annals
from sphinx_annals.annals.checks import CHECKS
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.doctree import LANGUAGE_ROLES
from sphinx_annals.annals.export import FORMATS, DataDownloads
from sphinx_annals.annals.messages import Subtype as OfAnnals
from sphinx_annals.annals.model import Kind
from sphinx_annals.annals.views import VIEWS, directive_of
from sphinx_annals.citations import cli as of_citations
from sphinx_annals.citations.build import OPTIONS, ROLES
from sphinx_annals.citations.build import Subtype as OfCitations
from sphinx_annals.cli import BEFORE_A_PROJECT, name_of
from sphinx_annals.pdf.messages import Subtype as OfPdf

COMMANDS = (BEFORE_A_PROJECT, of_annals.COMMANDS, of_citations.COMMANDS)
OURS = ("annals_", "citations_", "dates_", "typst_", "link_cards", "epub_meta")


@dataclass(frozen=True)
class Made:
    """The manual as it was built: its settings and builders, its pages, the text of all outputs."""

    pages: Sequence[Path]
    config: Config
    builders: Collection[str]
    texts: Mapping[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Build it twice from one set of doctrees."""
    built, texts = tmp_path_factory.mktemp("manual"), {}
    for builder in ("html", "typst"):
        app = SphinxTestApp(builder, srcdir=MANUAL, builddir=built)
        try:
            app.build()
            assert warnings_of(app) == []
        finally:
            app.cleanup()
    pages = sorted(built / "html" / f"{name}.html" for name in app.env.found_docs)
    soups = (BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in pages)
    texts["html"] = "\n".join(soup.get_text() for soup in soups)
    typst = (built / "typst" / "manual.typ").read_text("utf-8")
    texts["typst"] = typst.replace("\\", "").replace("\N{ZERO WIDTH SPACE}", "")
    yield Made(pages, app.config, app.registry.builders.keys(), texts)
    sys.path[:] = [path for path in sys.path if path != str(MANUAL)]
    for name in [name for name in sys.modules if name.partition(".")[0] == "made"]:
        del sys.modules[name]


def everything() -> Iterator[str]:
    """Give the names of all that authors and editors meet, but for settings."""
    views = [directive_of(view) for view in (*VIEWS, DataDownloads)]
    directives = DIRECTIVES | {view.view.name: view for view in views}
    yield from directives
    for directive in directives.values():
        yield from getattr(directive, "declared", {})
    yield from OPTIONS
    yield from (kind.value for kind in Kind)
    yield from (f"cite:{role}" for role in ROLES)
    yield from LANGUAGE_ROLES
    yield from (check.code for check in CHECKS)
    yield from (format.title for format in FORMATS)
    for subtype in (OfAnnals, OfCitations, OfPdf):
        yield from (f"{subtype.type}.{each.value}" for each in subtype)
    yield from (name_of(c) for w in COMMANDS for c in w.modules)


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "typst"])
def test_the_manual_lists_all_that_there_is(made: Made, builder: str) -> None:
    settings = [name for name in made.config.values if name.startswith(OURS)]
    assert len(settings) > 40
    names = {*settings, *everything(), "bullet_list", "desc_signature", "versionmodified"}
    assert [name for name in sorted(names) if name not in made.texts[builder]] == []


@pytest.mark.browser
def test_no_page_is_too_wide_for_a_phone_and_no_table_breaks_a_word(
    made: Made, browser: Browser
) -> None:
    page, faults = browser.new_page(), {}
    for path in made.pages:
        page.goto(path.as_uri())
        if found := faults_at(page, 360):
            faults[path.name] = found
    assert faults == {}


def test_no_setting_of_ours_has_another_name() -> None:
    added = re.compile(r'add_config_value\(\s*"(\w+)"')
    sources = (path.read_text("utf-8") for path in (REPOSITORY / "_ext").rglob("*.py"))
    names = {name for source in sources for name in added.findall(source)}
    assert names
    assert [name for name in sorted(names) if not name.startswith(OURS)] == []


@pytest.mark.slow
def test_every_setting_says_what_it_means(made: Made) -> None:
    values = made.config.values
    said = {name: values[name].description for name in values if name.startswith(OURS)}
    assert [name for name, about in said.items() if not about] == []


@pytest.mark.slow
def test_every_warning_says_what_it_tells(made: Made) -> None:
    from made import told

    for kind in ("annals", "citations", "typst_pdf"):
        assert [line for line in told.warnings(kind) if line.endswith("|  |")] == []


def lines_of(page: Path) -> list[str]:
    """Give the lines of the consoles that a page shows."""
    shown = (block.text for block in blocks_of(page) if block.language == "console")
    return [line for text in shown for line in text.splitlines()]


PROJECTS = [page for page in PAGES if "index.md" in files_of(page)]


def named(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def project_of(page: Path, project: Project) -> Project:
    """Write the files of a page, and run the imports of these that it shows."""
    files = files_of(page)
    project.conf = files.get("conf.py", WHOLE)
    project.write({"conf.py": WHOLE} | dict(files))
    for line in lines_of(page):
        if line.startswith("$ sphinx-annals import") and line.endswith("--yes"):
            with contextlib.chdir(project.root):
                assert main(shlex.split(line)[2:]) == 0
    return project


SEEN = {
    "developers/check.md": ("annals-check", "findings.txt", "something: no place; add :place:"),
    "developers/export.md": ("annals", "events.tsv", "something\tSomething happened"),
    "developers/node.md": ("typst", "*.typ", "#box(stroke: 0.5pt, inset: 2pt)[Shift]"),
    "developers/view.md": ("text", "index.txt", "A: 1"),
    "guide/from-bibtex.md": ("text", "index.txt", "(Foot 1991, 16)"),
    "guide/own-fields.md": ("text", "index.txt", "200 wounded"),
    "guide/printing.md": ("typst", "book-print.typ", "two-sided: true"),
    "guide/zotero.md": ("text", "index.txt", "history (Shen 2020, 5).\n\nShen Zhihua, ed."),
}
"""What a page says that its files make: builder, file, words."""


@pytest.mark.parametrize("page", PROJECTS, ids=named)
def test_the_files_that_a_page_shows_are_a_project(page: Path, project: Project) -> None:
    before = list(sys.path)
    name = page.relative_to(REPOSITORY).as_posix().removeprefix("manual/")
    builder, file, words = SEEN.get(name, ("html", "index.html", ""))
    try:
        assert words in project_of(page, project).build(builder).read(file)
    finally:
        sys.path[:] = before


def test_what_is_translated_is_read_so(project: Project) -> None:
    project_of(MANUAL / "guide/translation.md", project)
    text = project.build("text", language="de").text("index.txt")
    for words in (
        "Vertrag unterzeichnet",
        "der Tag steht in allen",
        "Siehe *Vertrag unterzeichnet*",
        "14. Februar",
    ):
        assert words in text


def test_the_tutorial_works_to_the_letter(project: Project) -> None:
    page = MANUAL / "tutorial.md"
    project_of(page, project)
    html = project.build("html")
    margin = html.soup("chapters/journey.html").select_one(".annals-margin, .annals-event")
    assert margin is not None
    assert "6 December 1949" in margin.get_text()
    assert "When did Mao leave for Moscow?" in html.read("chapters/journey.html")
    assert "Mao leaves for Moscow" in html.read("apparatus/chronology.html")
    assert project.build("annals-check").statuscode == 0
    (told,) = (b.text.strip() for b in blocks_of(page) if "WARNING" in b.text)
    project.edit("chapters/journey.md", "mao-zedong (traveller)", "mao-zedng (traveller)")
    project.build(warnings=[told])


def test_what_is_imported_is_what_the_manual_shows(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    page = MANUAL / "guide" / "importing.md"
    project.write({"conf.py": WHOLE} | dict(files_of(page)))
    shown = [block for block in blocks_of(page) if not block.name]
    session = next(block.text for block in shown if block.language == "console")
    for said in session.split("$ sphinx-annals ")[1:]:
        command, _, answer = said.partition("\n")
        with contextlib.chdir(project.root):
            assert main(shlex.split(command)) == 0
        assert capsys.readouterr().err == answer
    assert project.read("ereignisse.md") in [block.text for block in shown]
    events = project.build("annals").json("annals.json")["events"]
    assert [event["place"] for event in events] == ["moskau", "peking", None]
    assert events[1]["title"] == "Urkunden *ausgetauscht*"


@pytest.mark.slow
def test_the_tutorial_is_printed(project: Project) -> None:
    built = project_of(MANUAL / "tutorial.md", project).build("typstpdf")
    assert "Mao leaves for Moscow" in built.print


BLOCKS = [(page, block) for page in PAGES for block in blocks_of(page)]
ALONE = {"css", "text", "typst", "lua", "bibtex"}
"""Languages of blocks that may be no file, and of which nothing can be tried by itself."""


def test_every_code_block_is_tried() -> None:
    """A block of Markdown is a file, or an example that the manual is built with."""
    tried = {"python", "console", "toml", "yaml", "json"}
    assert [
        f"{named(page)}: {block.text}"
        for page, block in BLOCKS
        if not (block.name or block.language.startswith("{") or block.language in tried | ALONE)
    ] == []
    assert sum(block.language == "{example}" for _, block in BLOCKS) > 10


SETTINGS = [
    (page, block) for page, block in BLOCKS if block.language == "python" and not block.name
]


@pytest.mark.slow
@pytest.mark.parametrize("shown", SETTINGS, ids=lambda shown: named(shown[0]))
def test_settings_that_are_shown_can_be_used(
    shown: tuple[Path, Block], tmp_path: Path, made: Made
) -> None:
    conf: dict[str, object] = {}
    exec(shown[1].text, conf)
    known = {*made.config.values, "extensions"}
    assert [name for name in conf if name not in known and name != "__builtins__"] == []
    project = Project(tmp_path, Start({"conf.py": WHOLE, "index.md": "# T\n", "zotero.bib": ""}))
    with project.configure(shown[1].text).open() as app:
        assert warnings_of(app) == []


FORMS = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}


@pytest.mark.parametrize("language", FORMS)
def test_files_of_other_tools_can_be_read(language: str) -> None:
    found = [block.text for _, block in BLOCKS if block.language == language]
    assert found
    for text in found:
        FORMS[language](text)


@pytest.mark.slow
def test_commands_that_are_shown_exist(made: Made) -> None:
    commands = {
        "sphinx-annals": {"COMMAND", "cite"}
        | {name_of(c) for w in (BEFORE_A_PROJECT, of_annals.COMMANDS) for c in w.modules},
        "sphinx-annals cite": {"COMMAND"} | {name_of(c) for c in of_citations.COMMANDS.modules},
    }
    for line in (line for page in PAGES for line in lines_of(page)):
        if found := re.search(r"sphinx-build .*-b (\S+)", line):
            assert found[1] in made.builders, line
        if found := re.match(r"\$ (sphinx-annals cite|sphinx-annals) (\S+)", line):
            assert found[2] in commands[found[1]], line
        if found := re.match(r"\$ make (\S+)", line):
            assert f"\n{found[1]}:" in (REPOSITORY / "Makefile").read_text("utf-8"), line


def test_links_of_readmes_lead_somewhere() -> None:
    for page in PAGES:
        if page.name == "README.md":
            for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text("utf-8")):
                assert (page.parent / link).exists(), f"{named(page)}: {link}"


SECOND = {
    "html": ("chapters/treaty.html", "Какого числа подписан договор?"),
    "annals": ("events.csv", "1689-08-27"),
    "epub": ("chapters/treaty.xhtml", "尼布楚條約"),
    "typstpdf": ("nerchinsk.typ", "尼布楚條約"),
}


@pytest.mark.slow
@pytest.mark.parametrize("builder", SECOND)
def test_the_second_book_is_built(builder: str, second: Path) -> None:
    app = SphinxTestApp(builder, srcdir=MANUAL / "examples/nerchinsk", builddir=second)
    before = list(sys.path)
    try:
        app.build()
        assert warnings_of(app) == []
    finally:
        app.cleanup()
        sys.path[:] = before
    name, words = SECOND[builder]
    assert words in (second / builder / name).read_text("utf-8")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the second book in all its forms."""
    return tmp_path_factory.mktemp("nerchinsk")


FIELD = """\
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText>
</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>(Heinzig 2015, 267)</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
"""What Zotero's plug-in writes into a Word document, at the end of a paragraph."""


def test_citations_of_word_get_their_keys(tmp_path: Path) -> None:
    work = {"id": 12, "type": "book", "title": "Road", "citation-key": "heinzig2015arduous"}
    cited = {"id": 12, "itemData": work, "locator": "267", "label": "page"}
    said = json.dumps({"citationID": "a", "citationItems": [cited]})
    field = FIELD.format("ADDIN ZOTERO_ITEM CSL_CITATION " + said.replace('"', "&quot;"))
    plain, word = tmp_path / "plain.docx", tmp_path / "chapter.docx"
    pypandoc.convert_text("Told.", "docx", format="md", outputfile=str(plain))
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(word, "w") as written:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/document.xml":
                data = data.replace(b"</w:p>", field.encode(), 1)
            written.writestr(name, data)
    page = MANUAL / "guide/from-word.md"
    (tmp_path / "keys.lua").write_text(files_of(page)["keys.lua"], "utf-8")
    (command,) = (b.text for b in blocks_of(page) if "--lua-filter" in b.text)
    to, source = (re.search(rf"-{o} (\S+)", command) for o in "tf")
    assert to
    assert source
    arguments = [f"--lua-filter={tmp_path / 'keys.lua'}"]
    text = pypandoc.convert_file(str(word), to[1], format=source[1], extra_args=arguments)
    assert text.strip().startswith("Told.[@heinzig2015arduous, page 267")
