"""``sphinx-annals rename``: an id everywhere it stands, and nowhere else."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from harness import Command, Project, Start
from sphinx_annals.__main__ import main
from sphinx_annals.annals.scan import Naming, scan

CONF = """\
extensions = ["myst_parser", "sphinx_annals.annals"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["parts", "README.md"]
annals_fields = {"event": {"commanders": {"type": "ids", "of": "person"}}}
annals_acknowledged = {"mao": {"never-cited": "known"}, 'stalin': {}}
nitpicky = True
"""
INDEX = """\
# Title

```{toctree}
two
```

:::{person} Mao Zedong
:id: mao
:::

:::{person} Stalin
:id: stalin
:aliases: koba
:names: mao
:::

````{event} Mao leaves *for* Moscow
:id: mao-leaves
:date: 1949-12-06
:actors: stalin (host, of mao), mao
:commanders: mao, stalin
:date-note: told of {person}`mao`

By {person}`mao`, {person}`him <mao>`, {any}`mao`, {annals:person}`the
Chairman <mao>`, [](#mao), [him](#mao), [him](<#mao>), <project:#mao>, [two](two.rst#mao),
[page](index.md#mao), [ref], `{person}`, `` {person}`mao` ``, \\{person\\}`mao`, mao,
<https://mao.example/#mao>, [site](https://mao.example/#mao), {event}`mao-leaves`.

:::{account} key
:property: actors
:value: mao
:derives-from: mao
:::
:::{verdict} actors
:prefers: mao
Mao.
:::
````

[ref]: #mao

```{include} parts/points.md
```

```md
{person}`mao`
```

% {person}`mao`

```{mentions} mao, stalin
```

```{event-list}
:actor: mao
:tag: mao
```
"""
POINTS = ":::{account} mao\n:of: mao\n:property: role\n:value: mao\n:::\n"
TWO = """\
Two
===

By :person:`mao`, :person:`him <mao>` and ``:person:`mao```.

.. treaty:: A long
   title
   :id: pact
   :parties: china
   :signatories: mao,
      stalin

   .. treaty-article:: VI
      :title: Term

      To :article:`pact/6`, :article:`it <pact/6>`.

   .. treaty-article::
      :id: notes
      :title: Notes

      Body.

   .. treaty-article::
      :id: pact/annex
      :title: Annex

      Body.

.. organisation:: China
   :id: china
   :role: party to :treaty:`pact`

.. article-comparison:: pact, pact
   :align: 6 = 6
"""


@pytest.fixture
def start() -> Start:
    return Start({"conf.py": CONF, "index.md": INDEX, "two.rst": TWO, "parts/points.md": POINTS})


@pytest.fixture
def run(command: Command) -> Command:
    return partial(command, "rename")


def files(project: Project) -> dict[str, str]:
    names = ("conf.py", "index.md", "two.rst", "parts/points.md")
    return {name: project.read(name) for name in names}


def test_it_shows_first_and_writes_nothing(project: Project, run: Any) -> None:
    before = files(project)
    code, said = run("mao", "mao-zedong")
    assert code == 0
    assert "\n-:actors: stalin (host, of mao), mao\n" in said
    assert "\n+:actors: stalin (host, of mao), mao-zedong\n" in said
    assert said.endswith(
        "Would rename mao to mao-zedong: 24 places in 4 files. Nothing is written yet; add --yes.\n"
    )
    assert files(project) == before


def test_it_is_renamed_wherever_it_is_an_id(project: Project, run: Any) -> None:
    assert run("mao", "new", "--yes")[0] == 0
    expected = INDEX
    for old, new in (
        (":id: mao\n", ":id: new\n:aliases: mao\n"),
        ("), mao\n", "), new\n"),
        (":commanders: mao", ":commanders: new"),
        ("told of {person}`mao`", "told of {person}`new`"),
        (
            "By {person}`mao`, {person}`him <mao>`, {any}`mao`",
            "By {person}`new`, {person}`him <new>`, {any}`new`",
        ),
        ("Chairman <mao>", "Chairman <new>"),
        (
            "[](#mao), [him](#mao), [him](<#mao>), <project:#mao>",
            "[](#new), [him](#new), [him](<#new>), <project:#new>",
        ),
        ("index.md#mao", "index.md#new"),
        (":value: mao", ":value: new"),
        (":prefers: mao", ":prefers: new"),
        ("[ref]: #mao", "[ref]: #new"),
        ("{mentions} mao", "{mentions} new"),
        (":actor: mao", ":actor: new"),
    ):
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert project.read("index.md") == expected
    assert project.read("parts/points.md") == POINTS.replace(":of: mao", ":of: new")
    assert project.read("two.rst") == (
        TWO.replace(
            "By :person:`mao`, :person:`him <mao>`", "By :person:`new`, :person:`him <new>`"
        ).replace(":signatories: mao", ":signatories: new")
    )
    assert project.read("conf.py") == CONF.replace('{"mao":', '{"new":')


def test_translations_go_with_what_they_translate(project: Project, run: Any) -> None:
    po = (
        'msgid ""\nmsgstr "Language: de\\n"\n\n#: ../../index.md:3 mao\n'
        'msgid "By \\"{person}`mao`\\" and {person}`the "\n"Chairman <ma"\n"o>`, mao"\n'
        'msgstr "Von {person}`mao`, :person:`ihm <mao>`, [](#mao), mao"\n'
    )
    name = "locales/de/LC_MESSAGES/sub/index.po"
    project.write({name: po})
    assert run("mao", "new", "--yes")[0] == 0
    renamed = po.replace("`mao`", "`new`").replace('<ma"\n"o>', "<new>")
    assert project.read(name) == renamed.replace("<mao>", "<new>").replace("(#mao)", "(#new)")


def test_provisions_go_with_their_treaty_and_old_ids_still_lead_there(
    project: Project, run: Any
) -> None:
    assert run("pact", "treaty-1950", "--yes")[0] == 0
    two = project.read("two.rst")
    assert "   :id: treaty-1950\n   :aliases: pact\n" in two
    assert "   .. treaty-article:: VI\n      :aliases: pact/6\n      :title: Term\n" in two
    assert "To :article:`treaty-1950/6`, :article:`it <treaty-1950/6>`." in two
    assert ":treaty:`treaty-1950`" in two
    assert ".. article-comparison:: treaty-1950, treaty-1950" in two
    assert "      :id: notes\n      :title: Notes" in two
    assert "      :id: treaty-1950/annex\n      :aliases: pact/annex\n" in two
    assert run("treaty-1950/6", "term", "--yes")[0] == 0
    two = project.read("two.rst")
    assert "VI\n      :id: term\n      :aliases: pact/6, treaty-1950/6\n" in two
    assert "To :article:`term`, :article:`it <term>`." in two
    project.write(
        {"three.md": "---\norphan: true\n---\n# T\n\n{article}`pact/6` [](#treaty-1950/6)\n"}
    )
    said = project.build(warnings=None).warnings
    assert [line for line in said if "unknown" in line or "provision" in line] == []


def test_and_back(project: Project, run: Any) -> None:
    assert run("stalin", "new", "--yes")[0] == 0
    assert ":id: new\n:aliases: koba, stalin\n" in project.read("index.md")
    assert run("new", "stalin", "--yes")[0] == 0
    assert ":id: stalin\n:aliases: koba, new\n" in project.read("index.md")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("moa", "x", "no object 'moa'; did you mean 'mao'?"),
        ("mao", "stalin", "'stalin' exists already; free is 'stalin-2'"),
        ("mao", "koba", "'koba' exists already; free is 'koba-2'"),
        ("mao", "mao", "'mao' exists already; free is 'mao-2'"),
        ("koba", "x", "'koba' is a retired id of 'stalin'; rename that, or edit its aliases"),
        ("mao", "a b", "'a b' is not an id; write words joined by hyphens"),
        ("mao", "`x`", "'`x`' is not an id"),
    ],
)
def test_what_cannot_be_renamed(project: Project, run: Any, old: str, new: str, says: str) -> None:
    before = files(project)
    code, said = run(old, new, "--yes")
    assert (code, says in said) == (1, True)
    assert files(project) == before


def test_what_is_stated_twice_is_not_renamed(project: Project, run: Any) -> None:
    project.write({"three.md": "# T\n\n:::{person} Mao\n:id: mao\n:::\n"})
    assert "'mao' is stated in index.md and in three.md; give one another id" in run("mao", "x")[1]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "```{event} E\n---\nid: 'mao'\n---\n```\n",
            "```{event} E\n---\nid: 'x'\naliases: mao\n---\n```\n",
        ),
        ("```{event} Mao\n```\n", "```{event} Mao\n:id: x\n:aliases: mao\n```\n"),
        ("```{event} Mao\n:date: 1\n```", "```{event} Mao\n:id: x\n:aliases: mao\n:date: 1\n```"),
        ("```{event} E\n:id: mao", "```{event} E\n:id: x\n:aliases: mao"),
        (
            "- a\n\n  ```{event} E\n  :id: mao\n  ```\n",
            "- a\n\n  ```{event} E\n  :id: x\n  :aliases: mao\n  ```\n",
        ),
    ],
)
def test_every_other_byte_stays(
    project: Project, run: Any, before: str, after: str, newline: str
) -> None:
    for name in ("two.rst", "parts/points.md"):
        (project.root / name).unlink()
    page = "\ufeff# Zhōng \udcff\n\n" + before
    project.write({"index.md": page.replace("\n", newline).encode("utf-8", "surrogateescape")})
    assert run("mao", "x", "--yes")[0] == 0
    page = page.replace(before, after).replace("\n", newline)
    assert (project.root / "index.md").read_bytes() == page.encode("utf-8", "surrogateescape")


def test_what_has_no_id_is_known_by_the_one_that_a_build_makes(project: Project) -> None:
    text = f"# Title\n\n```{{event}} {'A title that goes on ' * 4}\n:date: 1950\n```\n"
    built = project.write(text).build("text", warnings=None)
    (stated,) = scan(text, ".md", Naming((), (), ())).stated
    assert f"add :id: {stated.id} " in "".join(built.warnings)


def test_outside_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["rename", "a", "b"]) == 2
    assert "no conf.py here or above" in capsys.readouterr().err
