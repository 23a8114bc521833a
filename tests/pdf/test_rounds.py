"""What is not known in the first round of the layout takes its room there all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typst
from sphinx_annals.pdf.design import TEMPLATES
from sphinx_annals.pdf.typesetting import compiler, guessed, lay_out, load_fonts, told_folder

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


def test_places_are_guessed_from_the_source() -> None:
    chapter = '#open-chapter()\n#hd("chapter", 1, "{0}")[{0}]#label("c{0}")\n'
    text = '#note("fn:{0}")[One.] #note("fn:{0}b")[Two.] #note(numbering: _ => "x", "fn:x")[Three.]'
    page = "words " * 1000
    reference = '#xref(label("c1"), "aside", own: 7)[there]'
    found = guessed("".join([(chapter + text).format(n) + page for n in (1, 2)]) + reference)
    assert {name: at["shown"] for name, at in found["labels"].items()} == {"c1": "1", "c2": "2"}
    assert found["chapters"] == [{"page": 1, "number": "1"}, {"page": 2, "number": "2"}]
    assert found["from"] == {"7": 3}
    assert found["marks"] == {"fn:1": 1, "fn:1b": 2, "fn:2": 1, "fn:2b": 2}


def test_all_rounds_have_one_compiler_with_one_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[dict[str, str]] = []

    def noted(fonts: typst.Fonts, source: str, **options: Any) -> typst.Compiler:
        rounds.append(options["sys_inputs"])
        return compiler(fonts, source, **options)

    monkeypatch.setattr("sphinx_annals.pdf.typesetting.places.compiler", noted)
    source = tmp_path / "book.typ"
    told = "(labels: (:), chapters: ((page: 1, number: none),), from: (:), notes: (:), marks: (:))"
    source.write_text(f"#metadata(() => {told})<whereabouts>", encoding="utf-8")
    with told_folder(source) as folder:
        assert lay_out(source, folder, load_fonts([]), {"absent": "[x]"}).settled
    (inputs,) = rounds
    assert list(inputs) == ["given"]
    assert json.loads(inputs["given"]) == {
        "absent": "[x]",
        "places": f"/{folder.name}/places",
        "draft": f"/{folder.name}/draft",
    }
