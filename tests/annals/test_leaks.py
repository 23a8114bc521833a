"""What no output may carry: an author's text as markup, a path of the machine that built it."""

from __future__ import annotations

import re

import pytest
from harness import Project

HOSTILE = "<img src=x onerror=alert(1)>"
PAGES = {
    "index.rst": f"""Start
=====

.. toctree::

   bare
   said
   bib

.. treaty:: A {HOSTILE} B
   :id: pact
   :sources: heinzig2004arduous
   :signed: 1950

   It binds.

   .. treaty-article:: 6
      :title: Six {HOSTILE}

      It lasts.

.. person:: P {HOSTILE}
   :id: somebody
   :names: N {HOSTILE}
   :sources: heinzig2004arduous

   A person of :treaty:`pact`.

.. event:: E {HOSTILE}
   :id: deed
   :date: 1950-02-14
   :actors: somebody (r {HOSTILE})
   :sources: heinzig2004arduous

   It happened.
""",
    "bare.md": """:::{account} heinzig2004arduous{p. 1}
:of: pact
:property: expiry
:value: 1980
:::
""",
    "said.md": """# Said

:::{account} heinzig2004arduous{p. 2}
:of: pact
:property: expiry
:value: 1979
:::

:::{verdict} expiry
:of: pact
:prefers: 1980

Thirty years.
:::

```{disputed-points}
```
""",
}
BUILDERS = (
    "dirhtml",
    "singlehtml",
    "epub",
    "latex",
    "text",
    "man",
    "texinfo",
    "annals",
    "annals-check",
)


@pytest.mark.parametrize(
    "builder", ["html", *(pytest.param(b, marks=pytest.mark.slow) for b in BUILDERS)]
)
def test_no_output_holds_markup_or_a_path_of_the_source(project: Project, builder: str) -> None:
    built = project.write(PAGES).build(builder, warnings=None)
    assert [line for line in built.warnings if "doesn't have a title" not in line] == []
    read = {
        name: data.decode(errors="replace")
        for name, data in built.files().items()
        if not name.endswith((".epub", ".pickle", ".inv"))
    }
    assert any("onerror" in text for text in read.values()) is (builder != "annals-check")
    for name, text in read.items():
        assert str(project.root) not in text, name
        if name.endswith((".html", ".xhtml", ".opf", ".ncx", ".xml")):
            assert not re.search(r"<img\b[^>]*onerror", text), name
