"""``sphinx-annals add``: the beginning of a chapter or of an object, where it belongs."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from harness import Command, Project, Start
from sphinx_annals.sources import listed, with_entry

FILES = {
    "conf.py": "extensions = ['myst_parser', 'sphinx_annals.annals']\n"
    "myst_enable_extensions = ['colon_fence']\nexclude_patterns = ['parts']\n"
    "annals_fields = {'event': {'losses': {'type': 'number'}}}\n",
    "index.md": "# T\n\n```{toctree}\n:caption: Story\n\n01-one\nTwo <02-two.md>\n```\n\n"
    "```{toctree}\nback/people\n```\n",
    "01-one.md": "# One\n\n```{event} A\n:id: a\n:date: 1900\n```\nText.\n",
    "02-two.md": "# Two\n\n```{event} B\n:id: b\n:date: 1910\n```\nText.\n\n"
    "```{include} parts/more.md\n```",
    "open.md": "---\norphan: true\n---\n# Open\n\n```{note}\nText.\n",
    "parts/more.md": ":::{person} Zed\n:id: zed\n:aliases: zee\n\nZed.\n:::\n",
    "back/people.md": "# People\r\n\r\n:::{person} Ann\r\n:id: ann\r\n\r\nAnn.\r\n:::\r\n",
}


@pytest.fixture
def start() -> Start:
    return Start(FILES)


@pytest.fixture
def run(command: Command) -> Command:
    return partial(command, "add")


def changed(project: Project) -> dict[str, str]:
    """Give what files have behind what they had, and those that are new."""
    paths = [path for path in project.root.rglob("*") if path.is_file()]
    texts = {p.relative_to(project.root).as_posix(): p.read_bytes().decode() for p in paths}
    return {
        name: text.removeprefix(FILES.get(name, ""))
        for name, text in texts.items()
        if text != FILES.get(name)
    }


def test_a_chapter_is_the_next_file_and_in_the_contents(project: Project, run: Any) -> None:
    assert run("chapter", "The *third*: {date}`1920`")[0] == 0
    assert changed(project) == {
        "03-the-third-1920.md": "# The *third*: {date}`1920`\n\n…\n",
        "index.md": FILES["index.md"].replace("02-two.md>\n", "02-two.md>\n03-the-third-1920\n"),
    }
    project.build()


@pytest.mark.parametrize("table", ["story/gone\n", ":glob:\n\nstory/*\n"])
def test_the_first_chapter_stands_where_the_contents_look_for_it(
    project: Project, run: Any, table: str
) -> None:
    project.write({"index.md": f"# T\n\n```{{toctree}}\n{table}```\n"})
    assert run("chapter", "One")[0] == 0
    assert changed(project)["story/one.md"] == "# One\n\n…\n"


@pytest.mark.parametrize(
    ("arguments", "file", "stub"),
    [
        (["event", "C", "date=1905-02"], "01-one.md", "{event} C\n:id: c\n:date: 1905-02\n\n…"),
        (
            ["event", "B and C", "date=1911"],
            "02-two.md",
            "{event} B and C\n:id: b-and-c\n:date: 1911\n\n…",
        ),
        (["event", "Первый день"], "02-two.md", "{event} Первый день\n:id: pervyi-den\n\n…"),
        (
            ["event", "A", "--id", "x", "losses=3"],
            "02-two.md",
            "{event} A\n:id: x\n:losses: 3\n\n…",
        ),
        (
            ["event", "C", "date=18/31 March 1903", "calendar=julian"],
            "01-one.md",
            "{event} C\n:id: c\n:date: 1903-03-18\n:calendar: julian\n\n…",
        ),
        (["treaty", "T", "signed=1901"], "01-one.md", "{treaty} T\n:id: t\n:signed: 1901\n\n…"),
        (
            ["event", "X", "actors=zee (first), ann"],
            "02-two.md",
            "{event} X\n:id: x\n:actors: zee (first), ann\n\n…",
        ),
        (["person", "Zee"], "back/people.md", "{person} Zee\n:id: zee-2\n\n…"),
        (
            ["organisation", "Org", "role=a: #1"],
            "back/people.md",
            '{organisation} Org\n:id: org\n:role: "a: #1"\n\n…',
        ),
        (["person", "B", "--to", "01-one.md"], "01-one.md", "{person} B\n:id: b-2\n\n…"),
    ],
)
def test_an_object_stands_where_its_like_do(
    project: Project, run: Any, arguments: list[str], file: str, stub: str
) -> None:
    assert run(*arguments)[0] == 0
    before = "\n" if FILES[file].endswith("\n") else "\n\n"
    newline = "\r\n" if "\r" in FILES[file] else "\n"
    said = f"{before}:::{stub}\n:::\n"
    assert changed(project) == {file: said.replace("\n", newline)}


def test_a_new_document_is_called_in_the_language_of_the_book(project: Project, run: Any) -> None:
    project.write({"conf.py": FILES["conf.py"] + "language = 'de'\n"})
    assert run("place", "Sitka")[0] == 0
    assert project.read("03-places.md").startswith("# Orte\n\n:::{place} Sitka\n")


def test_what_it_writes_builds(project: Project, run: Any) -> None:
    for arguments in (
        ["place", "Sitka", "coordinates=57.05, -135.33"],
        ["event", "One: *two* `three`", "place=sitka", "date=6 Dec 1899"],
        ["person", "Q", "--to", "q.rst", "born=1800"],
        ["chapter", "C", "--to", "sub/c.rst"],
        ["person", "R", "--to", "q.rst"],
    ):
        assert run(*arguments)[0] == 0
    built = project.build()
    assert built.soup("03-places.html").find(id="sitka")
    assert built.soup("q.html").find(id="q")
    assert built.soup("q.html").find(id="r")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["person", "ÁNN"],
            "has a person of this name, 'ann'; if this is another, give it an --id",
        ),
        (["person", "X", "--id", "zee"], "'zee' exists already; free is 'zee-2'"),
        (["person", "X", "--id", "a b"], "'a b' is not an id; write words joined by hyphens"),
        (["person", "X", "born=then"], "born: 'then' is not a date; write EDTF"),
        (["event", "X", "date= "], "date: is empty; write EDTF"),
        (["person", "X", "qqq=a"], "a person has no option 'qqq'; it has: "),
        (["event", "X", "plaec=a"], "an event has no option 'plaec'; did you mean 'place'?"),
        (["event", "X", "place"], "'place' is no option; write NAME=VALUE"),
        (["event", "X", "actors=zed, anm"], "actors: there is no 'anm'; did you mean 'ann'?"),
        (["chapter", "X", "--to", "01-one.md"], "01-one.md exists already"),
        (["chapter", "X", "--to", "../x.md"], "is outside the project"),
        (["chapter", "X", "--to", "x.tex"], "x.tex is no document; end its name in .md or .rst"),
        (["event", "X", "--to", "conf.py"], "conf.py is no document; end its name in .md or .rst"),
        (
            ["event", "X", "--to", "open.md"],
            "open.md ends within a directive; close its fence first",
        ),
        (["chapter", "X", "a=b"], "a chapter has a title alone"),
        (["chapter", "\x07"], "is no title; write one line of text"),
        (["chapter", " "], "is no title; write one line of text"),
    ],
)
def test_what_is_refused(project: Project, run: Any, arguments: list[str], says: str) -> None:
    code, said = run(*arguments)
    assert (code, says in said, "nothing is added" in said) == (1, True, True)
    assert changed(project) == {}


def test_it_can_be_shown_first(project: Project, run: Any) -> None:
    code, said = run("person", "B", "--dry-run")
    assert (code, "+:::{person} B\n+:id: b-2\n" in said) == (0, True)
    assert said.endswith("Nothing is written; leave --dry-run out.\n")
    assert changed(project) == {}


def test_without_a_root_document_it_says_so(project: Project, run: Any) -> None:
    (project.root / "index.md").unlink()
    code, said = run("chapter", "X")
    assert (code, "there is no document 'index' to list what is new in" in said) == (2, True)


TREE = "```{toctree}\n:glob:\n\nparts/*\n```\n"


@pytest.mark.parametrize(
    ("text", "suffix", "name", "after"),
    [
        ("# T\n", ".md", "a", "# T\n\n```{toctree}\na\n```\n"),
        ("T\n=\n", ".rst", "a", "T\n=\n\n.. toctree::\n\n   a\n"),
        ("```{toctree}\n```\n", ".md", "a", "```{toctree}\n\na\n```\n"),
        (".. toctree::\n   :numbered:\n", ".rst", "a", ".. toctree::\n   :numbered:\n\n   a\n"),
        (".. toctree::\r\n\r\n  b\r\n", ".rst", "a", ".. toctree::\r\n\r\n  b\r\n  a\r\n"),
        (TREE, ".md", "parts/a", TREE),
        (TREE, ".md", "a", TREE.replace("parts/*\n", "parts/*\na\n")),
        (
            "```{toctree}\na\n```\n```{toctree}\nx/b\n```",
            ".md",
            "x/c",
            "```{toctree}\na\n```\n```{toctree}\nx/b\nx/c\n```",
        ),
    ],
)
def test_a_name_is_put_into_the_contents(text: str, suffix: str, name: str, after: str) -> None:
    assert with_entry(text, suffix, name) == after


def test_what_contents_list() -> None:
    assert listed("```{toctree}\n:hidden:\n\na\nB <b/c.md>\n```\n", ".md") == ["a", "b/c.md"]


@pytest.mark.parametrize("written", [["--date", "1950"], ["--date=1950"]])
def test_an_option_of_the_directive_is_a_word(
    run: Any, capsys: pytest.CaptureFixture[str], written: list[str]
) -> None:
    with pytest.raises(SystemExit):
        run("event", "X", *written)
    assert "; write date=1950" in capsys.readouterr().err
