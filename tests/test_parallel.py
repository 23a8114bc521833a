"""Two processes make what one makes, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Project, Start

CHAPTERS = {
    f"c{n}.md": f"""# Chapter {n}

```{{event}} Event {n}
:id: e{n}
:date: 195{n}
:sources: foot1991light{{p. {n}}}
```
Told{{cite:p}}`heinzig2004arduous{{p. {n}}}` of {{event}}`e{(n + 1) % 8}`.[^1]

[^1]: Note {n}.
"""
    for n in range(8)
}
INDEX = """# Book

```{toctree}
:glob:

c*
```
```{event-table}
```
```{bibliography}
```
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    conf = WHOLE + 'bibtex_bibfiles = ["references.bib"]\n'
    files = {"conf.py": conf, "references.bib": CITATIONS.files["references.bib"]}
    return Project(
        tmp_path_factory.mktemp("parallel"), Start({**files, **CHAPTERS, "index.md": INDEX})
    )


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "annals"])
def test_the_files_are_the_same(project: Project, builder: str) -> None:
    one = project.build(builder, "one").files()
    two = project.build(builder, "two", parallel=2).files()
    assert {Path(name).suffix for name in one} & {".html", ".tex", ".json"}
    assert one.keys() == two.keys()
    # what Sphinx remembers from build to build holds times
    differing = [name for name in one if one[name] != two[name] and name != ".buildinfo"]
    assert [name for name in differing if not name.endswith((".pickle", ".doctree"))] == []
