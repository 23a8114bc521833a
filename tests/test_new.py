"""``sphinx-annals new``: a book that builds as it is made, and nothing that is there overwritten."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Project, Start
from sphinx_annals.__main__ import main
from sphinx_annals.cli import new

LANGUAGES = ("de", "en", "fr", "ru", "zh_CN", "zh_TW")
HOSTILE = 'It’s *a* `x` \\ <b> & {d} [e](f) #1 $5 "中"'


def words(language: str, title: str = "Alaska") -> dict[str, str]:
    return {"language": language, "title": title, "author": "A", "requirement": "sphinx-annals"}


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in an empty folder, in a language of nobody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["new", *arguments])
        return code, *capsys.readouterr()

    return call


def everything(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_book_is_made_of_answers_that_are_given(run: Any, tmp_path: Path) -> None:
    code, said, _ = run(
        "books/one", "--title", HOSTILE, "--author", "A\tB", "--language", "zh-Hant"
    )
    assert (code, "cd books/one\n  make book" in said) == (0, True)
    made = tmp_path / "books/one"
    conf = runpy.run_path(str(made / "conf.py"))
    assert (conf["project"], conf["author"], conf["language"]) == (HOSTILE, "A B", "zh_TW")
    assert "\nsphinx-annals[all]" in (made / "requirements.txt").read_text()
    assert {".gitignore", ".readthedocs.yaml", ".vscode/settings.json", "Makefile"} <= {
        *everything(made)
    }
    assert [name for name, data in everything(made).items() if b"@@" in data] == []


def test_what_is_not_given_has_defaults_and_nobody_is_asked(run: Any, tmp_path: Path) -> None:
    assert run("the-first_book")[0] == 0
    conf = runpy.run_path(str(tmp_path / "the-first_book/conf.py"))
    assert (conf["project"], conf["language"]) == ("The first book", "en")
    assert conf["author"]


def test_somebody_is_asked(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: Iterator[str] = iter(["klingon", "fr", "", "B. Auteur"])
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("builtins.input", lambda said: [asked.append(said), next(given)][1])
    code, _, complained = run("livre")
    assert asked[0] == "Language (de, en, fr, ru, zh_CN, zh_TW) [en]: "
    assert (code, "no book in 'klingon'; there are de, en" in complained) == (0, True)
    conf = runpy.run_path(str(tmp_path / "livre/conf.py"))
    assert [conf[name] for name in ("language", "project", "author")] == [
        "fr",
        "Livre",
        "B. Auteur",
    ]


def test_a_book_has_a_folder(run: Any, tmp_path: Path) -> None:
    assert run("")[0] == 2
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("there", ["index.md", "chapters/treaty.md", ".gitignore"])
def test_nothing_is_overwritten(run: Any, tmp_path: Path, there: str) -> None:
    path = tmp_path / "book" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    code, _, complained = run("book")
    assert (code, f"book/{there}: there already; nothing is written" in complained) == (1, True)
    assert everything(tmp_path) == {f"book/{there}": b"mine"}


def test_in_a_folder_with_other_files(run: Any, tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    assert run(".")[0] == 0
    assert (tmp_path / "LICENSE").read_text() == "mine"
    code, _, complained = run(".")
    assert (code, "and 15 more: there already" in complained) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["file/book"], "Not a directory; nothing is written"),
        (["b", "--language", "de_AT.UTF-8"], None),
        (["b", "--language", "it"], "no book in 'it'; there are de, en, fr, ru, zh_CN, zh_TW"),
        (["b", "--title", "a\x07"], r"'a\x07' is no title or name; write one line of text"),
        (["b", "--author", "\udcff"], r"'\udcff' is no title or name"),
        (["b", "--title", " "], "' ' is no title or name"),
        (["x" * 300], "too long; nothing is written"),
    ],
)
def test_what_cannot_be_is_said(
    run: Any, tmp_path: Path, arguments: list[str], said: str | None
) -> None:
    (tmp_path / "file").write_text("mine")
    code, _, complained = run(*arguments)
    assert code == (2 if said else 0)
    if said:
        assert said in complained
        assert {path.name for path in tmp_path.iterdir()} == {"file"}


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_nothing_is_left_of_half_a_book(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    usual, calls = getattr(os, fails), iter(range(100))

    def full(*arguments: Any) -> None:
        if next(calls) == 5:
            raise OSError(28, "No space left on device")
        usual(*arguments)

    monkeypatch.setattr(os, fails, full)
    code, _, complained = run("deep/book")
    assert (code, "No space left on device; nothing is written" in complained) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_every_language_has_the_same_files() -> None:
    assert new.languages() == list(LANGUAGES)
    every = {language: sorted(new.files(words(language))) for language in LANGUAGES}
    assert dict.fromkeys(LANGUAGES, every["en"]) == every


def test_the_book_builds_as_it_is_made(tmp_path: Path) -> None:
    project = Project(tmp_path, Start(new.files(words("de", HOSTILE))))
    built = project.build()
    assert built.soup().h1.text.rstrip("¶#") == HOSTILE.replace('"中"', "„中“")
    assert len(built.soup("chapters/transfer.html").select(".annals-event")) == 2
    assert "An welchem Tag wurde Alaska amerikanisch?" in project.build("typstpdf", "pdf").print
    assert project.build("epub", "epub").find("*.epub")
    assert project.build("annals-check", "check").statuscode == 0


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "typstpdf"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_and_in_every_language(tmp_path: Path, language: str, builder: str) -> None:
    assert Project(tmp_path, Start(new.files(words(language)))).build(builder).files()
