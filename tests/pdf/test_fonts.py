"""Fonts come from pip packages, and what is missing is said with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from harness import Built
from sphinx_annals.pdf.typesetting import (
    DEFAULT_FONTS,
    DEFAULT_PACKAGES,
    families_for,
    load_fonts,
    missing_families,
    side_of_begin,
    svg_fonts,
    typst_language,
)

BuildBook = Callable[..., Built]


def test_the_packages_bring_every_default_family() -> None:
    fonts = load_fonts(DEFAULT_PACKAGES)
    assert missing_families(DEFAULT_FONTS, fonts.families()) == {}


def test_missing_packages_and_folders(tmp_path: Path) -> None:
    fonts = load_fonts(["no-such-font-package"], [tmp_path, tmp_path / "none"])
    missing = missing_families(DEFAULT_FONTS, fonts.families())
    assert missing["Noto Serif SC"] == ["main", "zh-Hans"]


@pytest.mark.parametrize(
    ("tag", "result"),
    [
        ("zh-Hans", ("zh", "CN")),
        ("zh-Hant", ("zh", "TW")),
        ("zh-Hant-HK", ("zh", "TW")),
        ("ru", ("ru", None)),
        ("en-GB", ("en", "GB")),
        ("zh-Latn-pinyin", ("zh", None)),
        ("pt_BR", ("pt", "BR")),
        ("", ("en", None)),
        ("x-private", ("en", None)),
    ],
)
def test_languages(tag: str, result: tuple[str, str | None]) -> None:
    assert typst_language(tag) == result


@pytest.mark.parametrize(
    ("tag", "side"),
    [("ar", "right"), ("fa-IR", "right"), ("he_IL", "right"), ("zh_TW", "left"), ("x-y", "left")],
)
def test_the_side_on_which_lines_begin(tag: str, side: str) -> None:
    assert side_of_begin(tag) == side


def test_latin_letters_within_chinese_keep_the_main_font() -> None:
    assert families_for(DEFAULT_FONTS, "zh-Hant")[0] == "Libertinus Serif"
    assert families_for(DEFAULT_FONTS, "zh-Hant-TW").index("Noto Serif TC") == 2
    assert families_for(DEFAULT_FONTS, "ru") == DEFAULT_FONTS["main"]


@pytest.mark.parametrize(
    ("svg", "first"),
    [
        ('<text font-family="serif">a</text>', '"Libertinus Serif'),
        ('<text font-family="serif">中</text>', '"Noto Serif,'),
        ("<text style='font-family: X, sans-serif'>a</text>", ": X, Noto Sans SC"),
        ('<text font-family="X">serif</text>', '"X">serif'),
    ],
)
def test_generic_families_in_svg(svg: str, first: str) -> None:
    assert first in svg_fonts(svg, DEFAULT_FONTS)


def test_a_missing_font_is_one_warning_with_a_remedy(book: BuildBook) -> None:
    result = book(
        "T\n=\n\nText.\n",
        "typst_font_packages = ['fontpkg-noto-serif', 'pylopdf-fonts-zh-tw']\n"
        "typst_fonts = {'mono': ['DejaVu Sans Mono'], 'sans': []}\n",
        warnings=[
            "font 'Noto Serif SC' (main, zh-Hans) is not installed: run pip install 'sphinx-annals[pdf]'"
        ],
    )
    assert "Text." in result.print


def test_all_scripts_are_embedded(book: BuildBook) -> None:
    result = book("T\n=\n\nStalin Сталин Zhōngguó Lǚshùn 中苏友好 中蘇友好\n")
    assert "Stalin Сталин Zhōngguó Lǚshùn 中苏友好 中蘇友好" in result.print
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in result.pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert {"LibertinusSerif", "NotoSerifSC"} <= fonts
