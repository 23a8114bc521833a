"""Characters that no font has."""

from __future__ import annotations

from unicodedata import category

import pytest
from sphinx_annals.pdf.typesetting import (
    DEFAULT_PACKAGES,
    Glyphs,
    characters,
    load_fonts,
    named,
    package_folders,
    pattern,
    remedy,
)


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
        ("ᇹ∎", "ᇹ"),  # the second is not at fault for standing beside the first
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


EMOJI = "run pip install 'sphinx-annals[emoji]'"
KOREAN = "run pip install pylopdf-fonts-ko and add pylopdf-fonts-ko to typst_font_packages"
OWN = "add the folder of a font that has it to typst_font_paths"


@pytest.mark.parametrize(
    ("char", "said"),
    [("🙈", EMOJI), ("ส", EMOJI), ("ب", EMOJI), ("조", KOREAN), ("\uf8fe", OWN), ("ꦄ", OWN)],
)
def test_a_remedy_is_one_that_helps(char: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_annals.pdf.typesetting.glyphs.package_folders", lambda name: ())
    assert remedy(char, DEFAULT_PACKAGES) == said
    monkeypatch.setattr(
        "sphinx_annals.pdf.typesetting.glyphs.package_folders", lambda name: (name,)
    )
    assert remedy(char, [*DEFAULT_PACKAGES, "pylopdf-fonts-ko"]) == OWN
    if said == EMOJI:
        assert remedy(char, []) == "add manimgx-fonts to typst_font_packages"


@pytest.mark.parametrize("package", ["manimgx-fonts", "pylopdf-fonts-ko"])
def test_the_fonts_of_a_remedy_have_its_characters(package: str) -> None:
    if not package_folders(package):
        pytest.skip(f"{package} is not installed")
    own = Glyphs(load_fonts([*DEFAULT_PACKAGES[:3], package]))
    assigned = (char for char in characters(package) if category(char) != "Cn")
    assert own.missing("".join(sorted(assigned))) == []


@pytest.mark.slow
def test_all_of_unicode_in_one_go(glyphs: Glyphs) -> None:
    text = "".join(chr(code) for code in range(0x250, 0x2FFF))
    assert 1000 < len(glyphs.missing(text)) < len(text)


def test_characters_in_messages_and_patterns() -> None:
    assert named("🤝\u200dส") == "🤝 (U+1F91D), ส (U+0E2A)"
    assert pattern("🤝ส") == r"[\x{1F91D}\x{E2A}]"
