"""The words of the Typst that is installed, read as ``fences/typst.py`` reads them."""

from __future__ import annotations

import json

import pytest
import typst
from sphinx_annals.fences.typst import is_loss, places, undisplayable, unread_field
from support import fence


def diagnostic_of(source: str) -> str:
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True)
    with pytest.raises(typst.TypstError) as caught:
        compiler.compile(format="pdf", pdf_standards="ua-1")
    return caught.value.diagnostic


@pytest.mark.parametrize("missing", ["\uf8fe", "\uf8fe\U000e5a7f", '\uf8fe"\uf8ff', "\\\uf8fe"])
def test_what_no_font_has_is_said_in_the_words_we_read(missing: str) -> None:
    quoted = missing.replace("\\", "\\\\").replace('"', '\\"')
    said = diagnostic_of(f'#set document(title: "x")\n#"{quoted}"')
    with fence(undisplayable):
        assert {char for char in missing if ord(char) > 0x7F} <= undisplayable(said), said
    assert undisplayable(said) <= set(missing)


def test_a_diagnostic_names_its_places_as_we_read_them() -> None:
    said = diagnostic_of("One\n\n#let f() = no-such\n#f()\n")
    with fence(places):
        assert [line for _file, line in places(said)][:1] == [3], said


def test_a_refusal_may_name_several_texts() -> None:
    words = 'error: PDF/UA-1 error: the text `"{}"` could not be displayed with font `"F"`\n'
    said = words.format("🤝") + "x\n" + words.format("a\\u{200d}b") + words.format('\\"')
    assert undisplayable(said) == {"🤝", "a", "\u200d", "b", '"'}


def test_a_refused_bibliography_names_the_field_as_we_read_it() -> None:
    works = '{"w1": {"type": "web", "title": "T", "url": {"value": "http://"}}}'
    source = f"#bibliography(bytes({json.dumps(works)}), full: true)"
    with pytest.raises(typst.TypstError) as caught:
        typst.Compiler(source.encode(), ignore_system_fonts=True).compile(format="pdf")
    with fence(unread_field):
        assert unread_field(caught.value.message) == ("w1", "url"), caught.value.message
    assert unread_field("unknown style: x") is None


def test_a_block_that_is_dropped_is_said_in_the_words_we_read() -> None:
    source = b"#par[#block[lost]]"
    _pdf, warnings = typst.Compiler(source, ignore_system_fonts=True).compile_with_warnings()
    with fence(is_loss):
        assert [is_loss(warning.message) for warning in warnings] == [True]
