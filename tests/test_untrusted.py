"""Chapters that are not trusted: what they would reach without the setting, and do not with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import CITATIONS, REPOSITORY, WHOLE, Built, Project, Start

CONF = 'bibtex_bibfiles = ["references.bib"]\nhtml_copy_source = False\n'
SECRET = "SECRET-42"
CHAPTER = """---
tags: [kept]
myst:
  enable_extensions: [substitution]
---
# Chapter

{{ 'RAN'.__class__.__mro__[1].__subclasses__()[0].__name__ }}

Inline <script>inline()</script>.

<script>block()</script>

```{raw} html
<script>directive()</script>
```

```{include} ../secret.txt
```

```{literalinclude} ../secret.txt
```

```{csv-table} x
:file: ../secret.txt
```

```{figure} ../secret.png
:alt: a secret picture

Caption
```

![linked](linked.png) ![inside](inside.png) {download}`get <../secret.txt>` [got](../secret.txt)

```{eval-rst}
.. role:: html(raw)
   :format: html

:html:`<script>role()</script>` `link <javascript:x>`_

.. figure:: inside.png
   :target: JavaScript:x
   :alt: inside

.. include:: ../secret.txt

.. meta::
   :http-equiv=refresh: 0
```

```{bibliography} ../secret.bib
```
Last words.
"""
WARNINGS = """\
index.md:1: WARNING: myst: not read
"raw" directive disabled
"include" disabled
File insertion disabled
ignoring "csv-table" directive
index.md:40: WARNING: '<script>role()</script>' is raw markup
"include" directive disabled
'../secret.bib' is not in bibtex_bibfiles
index.md:34: WARNING: '../secret.txt' is not in the source folder
index.md:34: WARNING: '../secret.txt' is not in the source folder
index.md:28: WARNING: '../secret.png' is not in the source folder
index.md:34: WARNING: 'linked.png' is not in the source folder
'javascript:x' is no address
'JavaScript:x' is no address
'refresh' would tell browsers
""".splitlines()
PICTURE = (REPOSITORY / ".github/page.png").read_bytes()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("untrusted")
    made = Project(folder, Start({"conf.py": WHOLE + CONF}))
    made.write({"references.bib": CITATIONS.files["references.bib"], "index.md": CHAPTER})
    made.write({"inside.png": PICTURE, "../secret.txt": SECRET, "../secret.png": PICTURE})
    made.write({"../secret.bib": f"@book{{s, title={{{SECRET}}}}}"})
    Path(made.root, "linked.png").symlink_to("../secret.png")
    return made


def reached(built: Built) -> set[str]:
    """Give what of the chapter got out, or ran."""
    text = built.everything()
    calls = ("inline()", "block()", "directive()", "role()")
    found = {call for call in calls if f"<script>{call}" in text}
    found |= {part for part in ("javascript:x", "JavaScript:x", "http-equiv") if f'"{part}' in text}
    files = {path.name for path in built.outdir.rglob("*")}
    found |= {name for name in files if name in ("secret.txt", "secret.png")}
    return found | {word for word in (SECRET, "subclasses") if word in text}


def test_without_the_setting_a_chapter_does_what_it_likes(project: Project) -> None:
    built = project.build("html", "trusted", warnings=None)
    everything = {"inline()", "block()", "directive()", "role()", "javascript:x", "JavaScript:x"}
    files = {"secret.txt", "secret.png"}
    assert reached(built) >= everything | files | {SECRET}
    assert "subclasses" not in built.read("index.html")  # the template ran


@pytest.mark.parametrize("builder", ["html", "latex", "typst"])
def test_with_it_each_is_refused_with_a_warning_and_no_word_is_lost(
    project: Project, builder: str
) -> None:
    built = project.build(builder, fresh=True, warnings=None, untrusted_chapters=True)
    for part in WARNINGS:
        assert any(part in line for line in built.warnings), part
    assert reached(built) - {"subclasses"} == set()
    text = built.everything()
    for word in ("Inline", "secret picture", "Caption", "linked", "get", "got", "Last words."):
        assert word in text
    assert "subclasses" in text  # the template is text
    assert any(path.name == "inside.png" for path in built.outdir.rglob("*"))
