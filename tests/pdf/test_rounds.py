"""The contents take their room in the first round of the layout, when nothing is found yet."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from sphinx_annals.pdf.design import TEMPLATES

LONG = 12_000  # more parts than a loop of Typst may have rounds


def test_what_lists_will_hold_is_found_in_a_long_text(tmp_path: Path) -> None:
    for name in ("book.typ", "places.typ", "words.typ"):
        (tmp_path / name).write_bytes((TEMPLATES / name).read_bytes())
    source = tmp_path / "long.typ"
    text = '#hd("chapter", 1, "1")[One]\n' + "a *b* " * LONG
    text += '\n#show: back-matter\n#hd("section", 2, "1.1")[Two]\n'
    text += '#fig(number: "1", caption: [Three])[x]\n'
    source.write_text(
        f'#import "book.typ": *\n#let long = [{text}]\n'
        "#metadata(elements-in(long).map(it => repr(it.func())))<found>\n"
    )
    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)
    found = json.loads(compiler.query("<found>", field="value", one=True))
    assert found == ["heading", "heading", "figure"]
