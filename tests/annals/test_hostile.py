"""Input that nobody means to write: each is at most a located warning, in every builder."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote

import pytest
from harness import CITATIONS, WHOLE, Built, Project, Start
from sphinx_annals.annals.model import BUILT_IN, Actors, Kind

CONF = (
    WHOLE.replace("nitpicky = True\n", "")
    + 'bibtex_bibfiles = ["references.bib"]\nmyst_disable_syntax = ["html_inline", "html_block"]\n'
)
START = Start({"conf.py": CONF, "references.bib": CITATIONS.files["references.bib"]})
LONG = "x" * 300
DIGITS = "9" * 5000
CONTROLS = (
    "A \x01\x1f\x7f\ufffe &#x1; &#xD83C; <img src=x onerror=alert(1)> $(x) \\input{x} #eval Z"
)
PROBE = "<img src=x onerror=alert(1)> &lt;img src=x&gt; </script> \"x\" 'y'"
EVENT = ":::::{{event}} T\n:id: {id}\n:date: 1950\n\n{body}\n:::::"
WITHIN = """::::{account} foot1991light
:property: date
:value: 1951

x

:::{event} Inner
:id: inner-a
:date: 1950

Inner.
:::
::::

::::{verdict} date
y

:::{person} Inner
:id: inner-v

Inner.
:::

:::{toctree}
last
:::
::::"""
TABLE = "| a | b |\n|---|---|\n| c | d |\n"
PAGES = {
    "notes": "{footcite}`foot1991light`\n\n(lab)=\n\n```{footbibliography}\n```\n\n{footcite}`heinzig2004arduous`\n\n```{index} thing\n```\n\n```{footbibliography}\n```",
    "within": EVENT.format(id="within", body=WITHIN),
    "views": EVENT.format(
        id="views",
        body="::::{account} foot1991light\n:property: date\n:value: 1951\n\nx\n\n:::{point-list}\n:::\n::::\n\n::::{verdict} date\ny\n\n:::{disputed-points}\n:::\n\n:::{bibliography}\n:::\n::::\n\n{footcite}`foot1991light`",
    ),
    "compared": f"::::::{{treaty}} T\n:id: own\n:signed: 1950\n\n:::::{{treaty-article}} 1\nBody.\n\n{TABLE}\n:::{{article-comparison}} own, other\n:::\n:::::\n::::::\n\n::::{{treaty}} U\n:id: other\n:signed: 1951\n\n:::{{treaty-article}} 1\ny\n:::\n::::\n\n:::{{article-comparison}} own, other\n:::",
    "numbers": "".join(
        f"````{{treaty}} T\n:id: n{n}\n:term: P{digit}Y\n:signed: {digit}\n\n```{{treaty-article}} {digit[:60]}\nBody.\n```\n````\n\n```{{place}} X\n:id: p{n}\n:coordinates: {digit}, {digit}\n\nx {{date}}`{digit[:60]}`\n```\n\n:::{{account}} foot1991light{{p. {digit[:60]}}}\n:of: n{n}\n:property: count\n:value: {digit} rubles\n:::\n\n```{{article-comparison}} n{n}, own\n:align: {digit} = {digit[:60]}\n```\n\n"
        for n, digit in enumerate(["①", "²", DIGITS, "Y1E99999999", "٣", "1e9999"])
    ),
    "long": f"```{{event}} T\n:id: {LONG}\n:date: 1950\n\nBody.\n```\n\n```{{treaty}} {LONG}\n:signed: 1950\n\nx\n```\n\n````{{treaty}} T\n:id: long-article\n:aliases: {LONG}\n:signed: 1950\n\n```{{treaty-article}} {LONG}\nx\n```\n````",
    "places": "".join(
        f"```{{treaty}} T\n:id: {id}\n:signed: 1950\n\nBody.\n```\n\n" for id in ("a", "a/index.html", "b/c", "b-c", "B-C")
    ),
    "controls": f"""````{{treaty}} T {CONTROLS}
:id: ct
:signed: 1950
:names: {CONTROLS}
:tags: {CONTROLS}

```{{treaty-article}} 1
:title: {CONTROLS}

Body {CONTROLS}
```
````

```{{event}} E {CONTROLS}
:id: ce
:date: 1950
:date-note: {CONTROLS}
:actors: cp ({CONTROLS})

x
```

```{{person}} P {CONTROLS}
:id: cp
:role: {CONTROLS}

x
```

:::{{account}} foot1991light{{p. 1}}
:of: ce
:property: prop
:value: {CONTROLS}
:quote: {CONTROLS}
:::

:::{{verdict}} prop
:of: ce
:question: q {CONTROLS}?

Reason {CONTROLS}
:::

```{{timeline}} C {CONTROLS}
```""",
    "schema": "\n\n".join(
        f":::{{{name}}} T\n:id: s-{kind.value}\n"
        + "".join(
            f":{field.name}: {'s-person (' + PROBE + ')' if isinstance(field.type, Actors) else PROBE}\n"
            for field in BUILT_IN[kind]
            if field.written and field.name != "aliases"
        )
        + f"\nBody. {PROBE}\n:::"
        for kind in Kind
        for name in ["treaty-article" if kind is Kind.ARTICLE else kind.value]
    ),
    "names": "```{no-such:x} T\n```\n\nBody. {no-such:y}`x`\n\n```{eval-rst}\n:no-such:z:`x`\n```",
    "image": "![x](missing.svg)\n\nBody.",
    "addresses": f"Body.\n\n[a](%00.md) [b]({LONG}.md) [c](/) ![d](%00.png)\n\n![e](/)\n\n![f](data:image/png;base64,A)\n\n```{{image}} .\n:alt: g\n:target: https://x.org\n```\n\n{{download}}`h <.>`",
    "last": "Body.{footcite}`foot1991light`",
    "circle": "Body.\n\n```{include} circle.md\n```",
    "глава": "```{event} T\n:id: o1\n:date: 1950\n\nBody.\n```",
    "a b": "```{event} T\n:id: o2\n:date: 1950\n\nBody.\n```",
    "c%20d+&'": "```{event} T\n:id: o3\n:date: 1950\n\nBody.\n```",
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    pages = {
        f"{name}.md": f"---\norphan: true\n---\n# Page\n\nBefore.\n\n{text}\n\nAfter.\n"
        for name, text in PAGES.items()
    }
    index = ":::{account} foot1991light\n:of: a\n:property: date\n:value: 1950\n:::\n"
    return Project(tmp_path_factory.mktemp("hostile"), START).write({"index.md": index, **pages})


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build(warnings=None)


def test_every_page_is_whole_and_every_warning_has_its_place(built: Built) -> None:
    for name, text in PAGES.items():
        page = built.soup(f"{name}.html").get_text()
        assert "Before." in page, name
        assert "After." in page, name
        assert ("Body." in page) is ("Body." in text), name
    unplaced = [w for w in built.warnings if not re.match(r"[^:]+\.md:\d+: (WARNING|ERROR): ", w)]
    assert unplaced == []
    said = {name: [w for w in built.warnings if w.startswith(f"{name}.md:")] for name in PAGES}
    assert {name for name in PAGES if not said[name]} == {
        *("notes", "last", "views", "compared", "глава", "a b", "c%20d+&'")
    }
    assert "long.md:8: WARNING: event: :id: 'xxxxx" in said["long"][0]
    assert said["circle"] == [
        "circle.md:10: WARNING: what is included includes this file again; it is left out here [include.circular]"
    ]
    assert [w.partition("WARNING: ")[2] for w in said["within"]] == [
        "account: event stands within it; write it below, after the fence [annals.account]",
        "verdict: person stands within it; write it below, after the fence [annals.account]",
        "verdict: toctree stands within it; write it below, after the fence [annals.account]",
    ]
    assert [w.partition("WARNING: ")[2] for w in said["places"]] == [
        "id 'B-C' differs from 'b-c' in case alone, and many disks have one file for both; choose another [annals.duplicate]"
    ]
    words = built.soup("addresses.html").select_one("[role=main]").get_text().split()
    assert words[words.index("Body.") + 1 :] == [*"abcefgh", "After."]
    assert len([w for w in said["addresses"] if "write the name of a file" in w]) == 4
    assert max(map(len, built.warnings)) < 2500


@pytest.mark.parametrize(
    "builder", ["text", "man", "texinfo", "latex", "xml", "typst", "epub", "annals"]
)
def test_no_builder_stumbles(project: Project, builder: str) -> None:
    built = project.build(builder, warnings=None)
    unplaced = [w for w in built.warnings if not re.match(r"[^:]+\.md:\d+: ", w)]
    assert [w for w in unplaced if "conf" not in w and "missing.svg" not in w] == []
    for name, data in built.files(".xhtml", ".xml", ".svg", ".opf").items():
        ElementTree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", data)), name
    for name, data in built.files(
        ".tex", ".typ", ".txt", ".json", ".jsonld", ".csv", ".xml"
    ).items():
        assert not re.search(r"[\x00-\x08\x0e-\x1f]|\ufffe", data.decode()), name


def test_what_an_author_writes_is_escaped_in_every_page(built: Built) -> None:
    for name, data in built.files(".html", ".svg").items():
        assert b"<img src=x" not in data, name
        assert data.count(b"</script>") == len(re.findall(rb"<script\b", data)), name
        assert str(built.outdir.parents[1]) not in data.decode(), name


def test_things_of_one_name_have_files_of_their_own(project: Project) -> None:
    built = project.build("annals", warnings=None)
    treaties = [name for name in built.files() if name.startswith("treaties/b-c")]
    assert len(treaties) == 2
    assert max(len(part) for name in built.files() for part in name.split("/")) < 210


def test_addresses_are_right_whatever_a_chapter_is_called(built: Built, project: Project) -> None:
    data = {e["id"]: e for e in built.json("data/annals.json")["events"]}
    for id in ("o1", "o2", "o3"):
        path = unquote(data[id]["url"].partition("#")[0])
        assert (built.outdir / path).is_file()
        goal = built.soup(f"id/{id}/index.html").a["href"].partition("#")[0]
        assert (built.outdir / "id" / id / unquote(goal)).is_file()
    alone = project.build("annals", warnings=None).json("annals.json")["events"]
    assert {e["id"]: e["url"] for e in alone} == {id: e["url"] for id, e in data.items()}


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_a_document_with_the_name_of_an_index_stays(tmp_path: Path, builder: str) -> None:
    event = "```{event} E\n:id: e\n:date: 1950\n\nBody.\n```\n"
    files = {f"annals-{name}.md": f"# P\n\nOwn {name}.\n" for name in ("chronology", "people")}
    project = Project(tmp_path, START).write({"index.md": f"# T\n\n{event}", **files})
    built = project.build(builder, warnings=None)
    said = [line for line in built.warnings if "[annals.duplicate]" in line]
    assert [line.partition(": left out")[0] for line in said] == [
        "annals-chronology.md:1: WARNING: Chronological index",
        "annals-people.md:1: WARNING: Index of people",
    ]
    assert "Own chronology." in built.everything()
    assert "Own people." in built.everything()
