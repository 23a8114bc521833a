"""Characters that no font has."""

from __future__ import annotations

import pytest
from sphinx_annals.pdf.fonts import DEFAULT_PACKAGES, load_fonts
from sphinx_annals.pdf.glyphs import Glyphs, named, pattern


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs(load_fonts(DEFAULT_PACKAGES[:3]))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ""),
        ("Плато, Zhōng-Sū, 中苏友好, 中蘇, “x” – …", ""),
        ("معاهدة ברית", ""),
        ("🤝 and 🙈 and 🤝", "🤝🙈"),
        ("👨\u200d👩", "👨👩"),
        ("e\u0301\u00a0\u200b\u202e", ""),
        ("สนธิ", "สนธ"),
        ("a\u0e34 e\u0301", ""),
        ("\uf8fe\U000e5a7f", "\uf8fe\U000e5a7f"),
        ('" \\ #x $x$', ""),
    ],
)
def test_what_no_font_has(glyphs: Glyphs, text: str, missing: str) -> None:
    for _ in range(2):
        assert glyphs.missing(text) == list(missing)


@pytest.mark.slow
def test_all_of_unicode_in_one_go(glyphs: Glyphs) -> None:
    text = "".join(chr(code) for code in range(0x250, 0x2FFF))
    assert 1000 < len(glyphs.missing(text)) < len(text)


def test_characters_in_messages_and_patterns() -> None:
    assert named("🤝\u200dส") == "🤝 (U+1F91D), ส (U+0E2A)"
    assert pattern("🤝ส") == r"\x{1F91D}|\x{E2A}"
