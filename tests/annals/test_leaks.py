"""What no output may carry: an author's text as markup, a path of the machine that built it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import Build

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
BUILDERS = ("html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "annals",
            "annals-check")  # fmt: skip


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_output_holds_markup_or_a_path_of_the_source(build: Build, builder: str) -> None:
    app = build(PAGES, builder)
    read = [
        path
        for path in Path(app.outdir).rglob("*")
        if path.is_file() and path.suffix not in (".epub", ".pickle", ".inv")
    ]
    assert read
    for path in read:
        text = path.read_text("utf-8", errors="replace")
        assert str(app.srcdir) not in text, path.name
        if path.suffix in (".html", ".xhtml", ".opf", ".ncx", ".xml"):
            assert not re.search(r"<img\b[^>]*onerror", text), path.name
    app.cleanup()
