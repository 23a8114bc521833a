"""Every setting with every wrong value is one warning, and its default is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Project, Start

PAGE = """# P

```{event} E
:id: e
:date: 1950
:sources: foot1991light

x {cite:p}`foot1991light`
```
:::{account} foot1991light
:of: e
:property: date
:value: 1951
:::

```{bibliography}
:group: type
```
"""
# those of the PDF are looked at when it is made
OURS = ("annals_", "citations_", "link_cards", "epub_meta", "dates_", "untrusted_")
START = Start(
    {
        "conf.py": WHOLE + 'bibtex_bibfiles = ["references.bib"]\n',
        "references.bib": CITATIONS.files["references.bib"],
        "index.md": PAGE,
    }
)
WRONG = [
    "None",
    "-1",
    "1.5",
    "b'x'",
    "[3]",
    "['x']",
    "{'x': 3}",
    "{3: {'y': 3}}",
    "object()",
    "'x'",
    "''",
    "'x\\0'",
    "('\\ud83c',)",
    "'x' * 5000",
]
RIGHT = {
    "citations_cited_in_fold": {"3", "-1"},
    "citations_overlays": {
        "[]",
        "'x'",
        "['x']",
        "('x',)",
        "'x' * 5000",
    },  # which are no files: of that is told
    "citations_paged_builders": {"['x']", "[]"},
}
"""What is as good as any other value, beside an empty value of the type of the default."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("settings"), START)


@pytest.mark.parametrize("value", WRONG)
def test_a_wrong_value_of_any_setting_is_one_warning(project: Project, value: str) -> None:
    with project.configure("").open() as app:
        defaults = {n: app.config[n] for n in app.config.values if n.startswith(OURS)}
    lines = [f"{name} = {value}" for name in defaults]
    built = project.configure("\n".join(lines)).build(fresh=True, warnings=None)
    assert "Foot" in built.read()
    said = {n: [w for w in built.warnings if re.search(rf"\b{n}\b", w)] for n in defaults}
    meant = {name for name, default in defaults.items() if _fits(name, value, default)}
    assert {name: found for name, found in said.items() if len(found) > 1} == {}
    assert {name for name, found in said.items() if not found} - meant == set()
    others = [w for w in built.warnings if not any(name in w for name in defaults)]
    assert [w for w in others if "cannot read the bibliography file" not in w] == []


@pytest.mark.parametrize("builder", ["epub", "typst"])
def test_what_no_output_can_hold_is_left_out_of_texts_of_sphinx(
    tmp_path: Path, builder: str
) -> None:
    lines = "".join(f"{name} = 'A\\x01\\ufffe B'\n" for name in ("project", "author", "release"))
    left_out = "U+0001 is left out, which no output can hold"
    built = Project(tmp_path, START).configure(lines).build(builder, warnings=[left_out] * 3)
    texts = [data.decode() for data in built.files(".opf", ".typ").values()]
    assert any("A B" in text for text in texts)
    assert not any("\x01" in text or "\ufffe" in text for text in texts)


def _fits(name: str, value: str, default: object) -> bool:
    given = {"''": "", "[]": [], "{}": {}}.get(value)
    is_empty = given is not None and type(given) is type(default)
    return is_empty or value in RIGHT.get(name, ())
