"""The command line, on a small project: what it says, what it writes, how it ends."""

from __future__ import annotations

import difflib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx_annals.citations.bib import parse
from sphinx_annals.citations.cli import main
from sphinx_annals.citations.scan import open_project, read_settings
from sphinx_annals.sources import ProjectError

BIB = """\
% The sources.
@book{heinzig2004,
  author = {Heinzig, Dieter},
  title  = {The {Soviet} Union and {Communist} China},
  date   = {2004},
  publisher = {Sharpe},
  doi    = {10.4324/9781315698984},
}

@collection{rivalry2019, editor = {Elleman, Bruce A.}, title = {Rivalry}, date = {2019},
  publisher = {Routledge}}
@incollection{elleman2020,
  author = {Elleman, Bruce A.}, title = {Friendship Treaty}, date = {2020},
  crossref = {rivalry2019}, pages = {242--252},
}
@online{treaty-zh, title = {中苏友好同盟互助条约}, date = {1950}, url = {https://example.org/},
  author = {Щербаков, И.}, ids = {zh-old}}
@set{both, entryset = {heinzig2004,heinzig2004b}, related = "heinzig2004",
  derivesfrom = {heinzig2004b, heinzig2004}}
@book{heinzig2004b, author = {Heinzig, Dieter}, title = {Other Book}, date = {2004},
  publisher = {Sharpe}}
"""
CHAPTER = """\
# One

Text {cite:p}`heinzig2004{p. 3}, elleman2020{pp. 244–245}`, {footcite}`heinzig2004b`.

```{event} X
:sources: heinzig2004{p. 364}, heinzig2004b

:::{account} heinzig2004
:derives-from: heinzig2004{p. 5}
:::
```

```md
{cite:p}`heinzig2004`
```
"""
REST = "Two\n===\n\n:cite:t:`heinzig2004` and :cite:p:`zh-old, rivalry2019, both`\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "conf.py").write_text(
        "raise SystemExit('never run')\nNAME = 'refs.bib'\nbibtex_bibfiles = [NAME]\n"
        "exclude_patterns = ['left/*']\n"
    )
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "one.md").write_text(CHAPTER)
    (tmp_path / "two.rst").write_text(REST)
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "out.md").write_text("{cite:p}`heinzig2004`")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        if arguments[0] in ("search", "check") and "--json" not in arguments:
            assert all(len(line) <= 80 or "http" in line for line in out.splitlines())
        return code, out, err

    return call


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    def give(text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["heinzig"], ["heinzig2004", "heinzig2004b"]),
        (["HEINZIG", "soviet"], ["heinzig2004"]),
        (["2020"], ["elleman2020"]),
        (["rivalry"], ["rivalry2019", "elleman2020"]),
        (["友好"], ["treaty-zh"]),
        (["Щербаков"], ["treaty-zh"]),
        (["shcherbakov"], ["treaty-zh"]),
        (["fríend"], ["elleman2020"]),
        (["10.4324/9781315698984"], ["heinzig2004"]),
    ],
)
def test_search(book: Path, run: Any, words: list[str], keys: list[str]) -> None:
    code, out, _ = run("search", "--json", *words)
    assert code == 0
    assert [entry["key"] for entry in json.loads(out)] == keys


def test_search_prints_references(book: Path, run: Any) -> None:
    code, out, _ = run("search", "soviet")
    assert code == 0
    assert out == (
        "heinzig2004\n    Heinzig, Dieter. 2004. The Soviet Union and Communist China. Sharpe.\n"
        "    https://doi.org/10.4324/9781315698984.\n"
    )


def test_search_without_result_suggests(book: Path, run: Any) -> None:
    code, out, err = run("search", "heinsig")
    assert (code, out) == (1, "")
    assert "did you mean 'heinzig'?" in err


def test_show(book: Path, run: Any) -> None:
    code, out, _ = run("show", "heinzig2004")
    assert code == 0
    assert "  @book{heinzig2004,\n    author = {Heinzig, Dieter},\n" in out
    assert "refs.bib:2" in out
    assert "Cited 5 times:\n  one.md:3  p. 3\n  one.md:6  p. 364\n  one.md:8\n" in out
    assert "  one.md:9  p. 5\n  two.rst:4\n" in out


def test_show_follows_other_ids_and_inheritance(book: Path, run: Any) -> None:
    assert "Cited 1 time:\n  two.rst:4" in run("show", "treaty-zh")[1]
    assert "In Rivalry, edited by Bruce" in run("show", "elleman2020")[1]


def test_show_of_an_unknown_key_suggests(book: Path, run: Any) -> None:
    code, out, err = run("show", "heinzig204", "elleman2020")
    assert code == 1
    assert "no entry 'heinzig204'; did you mean 'heinzig2004'?" in err
    assert out.startswith("elleman2020")


def test_rename_shows_first_and_writes_nothing(book: Path, run: Any) -> None:
    before = contents(book)
    code, out, _ = run("rename", "heinzig2004", "heinzig2004soviet")
    assert code == 0
    assert "-:sources: heinzig2004{p. 364}, heinzig2004b" in out
    assert "+:sources: heinzig2004soviet{p. 364}, heinzig2004b" in out
    assert "9 places in 3 files. Nothing is written yet; add --yes." in " ".join(out.split())
    assert contents(book) == before


def test_rename_writes_everywhere(book: Path, run: Any) -> None:
    assert run("rename", "heinzig2004", "new:key", "--yes")[0] == 0
    assert (book / "one.md").read_text() == (
        CHAPTER.replace("heinzig2004{p. 3}", "new:key{p. 3}")
        .replace("heinzig2004{p. 364}", "new:key{p. 364}")
        .replace("{account} heinzig2004", "{account} new:key")
        .replace("heinzig2004{p. 5}", "new:key{p. 5}")
    )
    assert (book / "two.rst").read_text() == REST.replace("heinzig2004", "new:key")
    bib = (book / "refs.bib").read_text()
    assert bib == (
        BIB.replace("@book{heinzig2004,", "@book{new:key,")
        .replace("{heinzig2004,heinzig2004b}", "{new:key,heinzig2004b}")
        .replace('"heinzig2004"', '"new:key"')
        .replace("{heinzig2004b, heinzig2004}", "{heinzig2004b, new:key}")
    )
    assert (book / "left" / "out.md").read_text() == "{cite:p}`heinzig2004`"
    assert run("check", "--only", "unknown")[0] == 0


def test_what_is_cited_at_second_hand_is_found_and_renamed(book: Path, run: Any) -> None:
    (book / "one.md").write_text("{cite:p}`heinzig2004{p. 3} via elleman2020{n. 4}, zh via gone`")
    assert "Cited 1 time:\n  one.md:1  n. 4\n" in run("show", "elleman2020")[1]
    assert "gone" in run("check", "--only", "unknown")[1]
    assert run("rename", "elleman2020", "new", "--yes")[0] == 0
    assert "heinzig2004{p. 3} via new{n. 4}" in (book / "one.md").read_text()


def test_what_a_document_includes_is_of_the_project(book: Path, run: Any) -> None:
    (book / "left" / "part.md").write_text("{cite:p}`rivalry2019`\n\n```{include} ../one.md\n```\n")
    (book / "three.rst").write_text(".. include:: /left/part.md\n\n.. include:: gone.md\n")
    assert f"  {Path('left/part.md')}:1" in run("show", "rivalry2019")[1]
    assert run("rename", "rivalry2019", "new", "--yes")[0] == 0
    assert "{cite:p}`new`" in (book / "left" / "part.md").read_text()


def test_rename_follows_crossref(book: Path, run: Any) -> None:
    assert run("rename", "rivalry2019", "elleman2019", "--yes")[0] == 0
    assert "crossref = {elleman2019}" in (book / "refs.bib").read_text()


def test_rename_keeps_every_other_byte(book: Path, run: Any) -> None:
    bib = b"\xef\xbb\xbf" + BIB.replace("\n", "\r\n").encode() + b"% \xe9\r@misc{x, title={y}}"
    (book / "refs.bib").write_bytes(bib)
    (book / "one.md").write_bytes(CHAPTER.replace("\n", "\r").encode() + b"\xff")
    os.chmod(book / "one.md", 0o640)
    assert run("rename", "heinzig2004b", "b", "--yes")[0] == 0
    assert (book / "refs.bib").read_bytes() == bib.replace(b"heinzig2004b", b"b")
    assert (book / "one.md").read_bytes() == (
        CHAPTER.replace("\n", "\r").replace("heinzig2004b", "b").encode() + b"\xff"
    )
    assert (book / "one.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("heinzig204", "x", "did you mean 'heinzig2004'?"),
        ("heinzig2004", "elleman2020", "'elleman2020' exists already"),
        ("heinzig2004", "Elleman2020", "'Elleman2020' exists already (elleman2020)"),
        ("heinzig2004", "heinzig2004", "exists already"),
        ("heinzig2004", "zh-old", "'zh-old' exists already (treaty-zh)"),
        ("zh-old", "x", "another id of 'treaty-zh'"),
        ("heinzig2004", "a b", "cannot be a key"),
        ("heinzig2004", "a,b", "cannot be a key"),
        ("heinzig2004", "a{b", "cannot be a key"),
        ("heinzig2004", "", "cannot be a key"),
        ("heinzig2004", "via", "cannot be a key"),
    ],
)
def test_rename_refuses(book: Path, run: Any, old: str, new: str, says: str) -> None:
    before = contents(book)
    code, out, err = run("rename", old, new, "--yes")
    assert (code, out) == (1, "")
    assert says in err
    assert contents(book) == before


def test_rename_changes_all_files_or_none(
    book: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(book)
    replace = os.replace

    def failing(source: str, target: str) -> None:
        if Path(target).name == "two.rst" and Path(source).read_bytes() != before["two.rst"]:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    code, _, err = run("rename", "heinzig2004", "x", "--yes")
    assert code == 2
    assert "nothing is written" in err
    assert contents(book) == before


def test_add_shows_first(book: Path, run: Any, given: Any) -> None:
    given("@book{zubok1997, author = {Zubok, V. M.}, title = {Hong {Kong}}, year = 1997}")
    before = contents(book)
    code, out, err = run("add")
    assert code == 0
    assert out.startswith("@book{zubok1997,\n  author = {Zubok, V. M.},\n")
    assert "Nothing is written yet; add --yes" in err
    assert contents(book) == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_add_appends_and_leaves_the_rest(
    book: Path, run: Any, given: Any, end: str, last: bool
) -> None:
    bib = BIB.rstrip("\n").replace("\n", end).encode() + (end.encode() if last else b"")
    (book / "refs.bib").write_bytes(bib)
    given("@book{zubok1997, author = {Zubok, V. M.}, title = {Hong\n {Kong}}, year = 1997}")
    assert run("add", "--yes")[0] == 0
    after = (book / "refs.bib").read_bytes()
    assert after.startswith(bib)
    entries = parse(after.decode().replace("\r\n", "\n")).entries
    assert [entry.key for entry in entries][-2:] == ["heinzig2004b", "zubok1997"]
    assert (b"\r\n" in after) == (end == "\r\n")
    assert after.count(b"\n") == after.count(end.encode())


CSL = {
    "id": "http://zotero.org/1",
    "type": "article-journal",
    "title": "A <i>Big</i> 5% Test & {x}",
    "author": [
        {"family": "Berg", "given": "Ann", "non-dropping-particle": "van den"},
        {"literal": "Smith and Co."},
        {"family": "Li", "given": "Y.", "suffix": "Jr"},
    ],
    "container-title": ["J. of X"],
    "issued": {"date-parts": [[1999, 3], [1999, 4]]},
    "page": "12-20",
    "DOI": "10.1000/a_b",
    "volume": 3,
}


def test_add_reads_csl_json(book: Path, run: Any, given: Any) -> None:
    given(json.dumps([CSL]))
    assert run("add", "--yes")[0] == 0
    (entry,) = parse((book / "refs.bib").read_text()).entries[-1:]
    assert (entry.key, entry.type) == ("vandenberg1999big", "article")
    assert dict(entry.fields) == {
        "author": "van den Berg, Ann and {Smith and Co.} and Li, Jr, Y.",
        "date": "1999-03/1999-04",
        "title": r"A \emph{Big} 5\% Test \& \{x\}",
        "volume": "3",
        "pages": "12--20",
        "doi": "10.1000/a_b",
        "journaltitle": "J. of X",
    }
    assert "van den Berg, Ann, Smith and Co., and Y. Li" in " ".join(
        run("search", "vandenberg1999big")[1].split()
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "@book{, author={Щербаков, И.}, title={О договоре}, year=1950}",
            "shcherbakov1950dogovore",
        ),
        (
            "@book{, author={Łoś, J.}, title={The {Große} Thing}, date={1950/1952}}",
            "los19501952grosse",
        ),
        ("@book{, title={The {Treaty}}}", "treatyND"),
        ("@book{, author={毛泽东}, title={论}, titleromanised={Lun}, year=1950}", "lun1950"),
        ("@book{, author={Heinzig, D.}, title={Soviets}, year=2004}", "heinzig2004soviets"),
    ],
)
def test_add_makes_keys(book: Path, run: Any, given: Any, text: str, key: str) -> None:
    given(text)
    code, out, _ = run("add")
    assert code == 0
    assert parse(out).entries[0].key == key


def test_made_keys_are_new(book: Path, run: Any, given: Any) -> None:
    given(
        "@book{, author={A, B}, title={One}, year=1}\n@book{, author={A, C}, title={One}, year=1,"
        " volume=2}\n@book{a1one, title={Two}}"
    )
    out = run("add")[1]
    keys = [entry.key for entry in parse(out).entries]
    assert len(set(keys)) == len(keys) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@book{heinzig2004, title={X}}", "the key exists already"),
        ("@book{HEINZIG2004, title={X}}", "the key exists already"),
        (
            "@book{n, title={X}, doi={https://doi.org/10.4324/9781315698984}}",
            "heinzig2004 has this DOI",
        ),
        ("@book{n, title={X}, doi={10.1/x1}}\n@book{n, title={Y}}", "the key exists already"),
    ],
)
def test_add_refuses(book: Path, run: Any, given: Any, text: str, says: str) -> None:
    given(text)
    code, _, err = run("add")
    assert code == 1
    assert says in err


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "neither BibTeX nor CSL-JSON"),
        ("hello", "neither BibTeX nor CSL-JSON"),
        ("@book{n, title={X", "mend the input"),
        ("@book{n, title=undefined}", "mend the input"),
        ('{"a":', "not CSL-JSON"),
        ("[1]", "not CSL-JSON"),
        ("[]", "not CSL-JSON"),
        ('{"type": 3}', "not CSL-JSON"),
        (b"@book{x, title={\xff}}", "not utf-8"),
    ],
)
def test_add_of_something_else(book: Path, run: Any, given: Any, data: Any, says: str) -> None:
    given(data)
    code, out, err = run("add", "--yes")
    assert (code, out) == (2, "")
    assert says in err


def test_add_does_not_append_to_a_broken_file(book: Path, run: Any, given: Any) -> None:
    (book / "refs.bib").write_text(BIB + "@book{open, title = {never closed,\n")
    given("@book{n, title={X}, year=1950}")
    before = contents(book)
    code, _, err = run("add", "--yes")
    assert (code == 0) or "does not end with a whole entry" in err
    assert code == 0 or contents(book) == before


def test_several_files_need_a_choice(book: Path, run: Any, given: Any) -> None:
    (book / "conf.py").write_text("bibtex_bibfiles = ['refs.bib', 'more.bib']")
    (book / "more.bib").write_text("")
    given("@book{n, title={X}, year=1950}")
    code, _, err = run("add")
    assert code == 2
    assert "--to: refs.bib, more.bib" in err
    given("@book{n, title={X}, year=1950}")
    assert run("add", "--to", "more.bib", "--yes")[0] == 0
    assert "@book{n," in (book / "more.bib").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "x", "--bib", "none.bib"], "No such file"),
        (["search", "x", "--bib", "left"], "it is a folder or a device; name a file"),
        (["search", "x", "--project", "left"], "has no conf.py"),
        (["check", "--only", "duplicat"], "did you mean 'duplicate'?"),
    ],
)
def test_what_cannot_be_read(book: Path, run: Any, arguments: list[str], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("arguments", [[], ["frob"], ["search"], ["rename", "a"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as error:
        code = error.code  # type: ignore[assignment]
    assert code == 2
    assert "usage: python -m sphinx_annals.citations" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", "search", "show", "check", "rename", "add"])
def test_help_fits_a_terminal(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as exit_:
        main([*command.split(), "--help"])
    assert exit_.value.code == 0
    out = capsys.readouterr().out
    assert "examples:" in out
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("bibtex_bibfiles = ['a.bib']", ["a.bib"]),
        (
            "bibtex_bibfiles: list[str] = ['a.bib']\nbibtex_bibfiles += ['b.bib']",
            ["a.bib", "b.bib"],
        ),
        ("X = ['a.bib']\nbibtex_bibfiles = X + ['b.bib']", ["a.bib", "b.bib"]),
        ("bibtex_bibfiles = ('a.bib',)", ["a.bib"]),
        ("from glob import glob\nbibtex_bibfiles = glob('*.bib')", ["b.bib"]),
        (
            "import glob as g\nbibtex_bibfiles = sorted(g.glob('**/*.bib', recursive=True))",
            ["b.bib"],
        ),
        (
            "from pathlib import Path as P\nbibtex_bibfiles = P(__file__).parent.glob('*.bib')",
            ["b.bib"],
        ),
        ("import os.path\nbibtex_bibfiles = [os.path.join('refs', 'a.bib')]", ["refs/a.bib"]),
    ],
)
def test_settings_are_read_and_not_run(tmp_path: Path, source: str, files: list[str]) -> None:
    (tmp_path / "b.bib").touch()
    (tmp_path / "conf.py").write_text(f"raise SystemExit\n{source}\n")
    found = read_settings(tmp_path / "conf.py")["bibtex_bibfiles"]
    assert [str(name).removeprefix(f"{tmp_path}/") for name in found] == files


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("bibtex_bibfiles = glob('*.bib')", "computes bibtex_bibfiles"),
        ("bibtex_bibfiles = [", "not Python"),
        ("bibtex_bibfiles = [1]", "not a list of names"),
        ("project = 'x'", "names no .bib files"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, source: str, says: str) -> None:
    (tmp_path / "conf.py").write_text(source)
    with pytest.raises(ProjectError, match=says):
        open_project(folder=str(tmp_path))


HOSTILE = """\
a = [c for c in ().__class__.__mro__[1].__subclasses__() if "wrap" in c.__name__][0]
b = (lambda f: f(f))(lambda f: f(f) + f(f))
c = 10 ** 10 ** 9
d = "a" * 10 ** 11
e = f"{1:99999999999}"
f = "{:99999999999}".format(1)
g = glob("/**/*", recursive=True)
h = Path("/").rglob("*")
i = [1 for x in L for y in L for z in L]
sorted = lambda *x: 1
__builtins__ = {}
Path.glob = len
j = "%99999999999d" % 1
k = glob("/*/*/*/*/*/*")
"""


@pytest.mark.parametrize("line", HOSTILE.splitlines())
def test_no_line_of_settings_reaches_out_or_takes_for_ever(tmp_path: Path, line: str) -> None:
    conf = tmp_path / "conf.py"
    doubled = "\nX = [X, X]" * 60 + "\nY = 'y'" + "\nY = Y + Y" * 60
    start = f"from glob import glob\nfrom pathlib import Path\nL = [1]{doubled}\n"
    conf.write_text(f"{start}{line}\nbibtex_bibfiles = sorted(['b.bib', 'a.bib'])\n")
    known = read_settings(conf)
    assert known["bibtex_bibfiles"] == ["a.bib", "b.bib"]
    assert not {"X", "Y", line[0]} & known.keys()


def test_files_that_are_named_need_no_settings(tmp_path: Path) -> None:
    for source in ("bibtex_bibfiles = unheard_of()", "bibtex_bibfiles = ["):
        (tmp_path / "conf.py").write_text(source)
        assert open_project(["a.bib"], str(tmp_path)).bibfiles == [Path("a.bib")]


def test_a_key_is_renamed_in_filters_and_as_pandoc_cites_it(tmp_path: Path) -> None:
    text = (
        "[@old, p. 3] and @old and {cite:p}`old`, @older\n\n"
        "```{bibliography}\n:filter: key == 'old' or key in {\"x\", 'old'}\n```\n"
    )
    (tmp_path / "conf.py").write_text("bibtex_bibfiles = ['r.bib']\ncitations_at_keys = True\n")
    (tmp_path / "r.bib").write_text("@book{old, title={T}}\n@book{x, title={X}}\n")
    (tmp_path / "index.md").write_text(text)
    assert main(["rename", "old", "New1", "--yes", "--project", str(tmp_path)]) == 0
    expected = text.replace("'old'", "'new1'").replace("@old,", "@New1,").replace("@old ", "@New1 ")
    assert (tmp_path / "index.md").read_text() == expected.replace("`old`", "`New1`")


def shell(book: Path, command: str) -> subprocess.CompletedProcess[str]:
    extensions = Path(__file__).resolve().parents[2] / "_ext"
    return subprocess.run(
        [
            "bash",
            "-c",
            f"set -o pipefail; {command.replace('CITE', f'{sys.executable} -m sphinx_annals.citations')}",
        ],
        cwd=book,
        env={**os.environ, "PYTHONPATH": str(extensions)},
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(book: Path) -> None:
    entries = "".join(f"@book{{k{n}, title={{T{n}}}, date={{1950}}}}\n" for n in range(5000))
    (book / "many.bib").write_text(entries)
    done = shell(book, "CITE search 1950 --bib many.bib | head -n 1")
    assert done.stderr == ""
    assert done.stdout == "k0\n"


def test_output_that_cannot_show_a_character(book: Path) -> None:
    done = shell(book, "PYTHONIOENCODING=ascii CITE search 友好")
    assert done.returncode == 0
    assert "\\u4e2d" in done.stdout
    assert "Traceback" not in done.stderr


def test_add_says_what_it_waits_for(book: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(b"@misc{new, title = {New}}"))
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    code, out, err = run("add")
    assert (code, "@misc{new" in out, "Ctrl-D" in err) == (0, True, True)
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = run("add")
    assert (code, "no standard input" in err) == (2, True)


def test_what_was_saved_meanwhile_is_not_lost(
    book: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saves(*_: Any, **__: Any) -> list[str]:
        (book / "two.rst").write_text("saved by an editor")
        return []

    before = contents(book)
    monkeypatch.setattr(difflib, "unified_diff", saves)  # between reading and writing
    code, _, err = run("rename", "--yes", "heinzig2004", "h2004")
    assert (code, "two.rst was changed meanwhile; nothing is written" in err) == (2, True)
    assert contents(book) == {**before, "two.rst": b"saved by an editor"}


def test_the_command_line_starts_without_sphinx(book: Path) -> None:
    (book / "start.py").write_text(
        "import sys; from sphinx_annals.citations.cli import main; main(['search', 'heinzig'])\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('sphinx', 'docutils', 'pybtex')])"
    )
    done = shell(book, f"{sys.executable} start.py")
    assert (done.stderr, done.stdout.splitlines()[-1]) == ("", "[]")
