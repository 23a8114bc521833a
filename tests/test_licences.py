"""Under what licences the locked packages and the fonts stand."""

from __future__ import annotations

from importlib import metadata

import pytest
from fontTools.ttLib import TTFont
from harness import REPOSITORY
from sphinx_annals.pdf.typesetting import DEFAULT_PACKAGES, SUFFIXES
from support import load

MADE = load(REPOSITORY / "tools/make_licences.py")
OFL = ("openfontlicense.org", "scripts.sil.org/OFL")


def test_each_locked_package_is_listed_with_a_licence_that_is_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert MADE.main(["--check"]) == 0, capsys.readouterr().out


def test_what_books_need_binds_them_less_than_what_tests_need() -> None:
    (told,) = MADE.forbidden("cobalt", MADE.licence_of("cobalt"), book=True)
    assert told == "cobalt: LGPL-3.0-or-later is not allowed for books"
    assert list(MADE.forbidden("cobalt", MADE.licence_of("cobalt"), book=False)) == []
    assert list(MADE.forbidden("x", "MIT AND (AGPL-3.0-only OR ISC)", book=False)) == [
        "x: AGPL-3.0-only is not allowed for tests"
    ]


@pytest.mark.parametrize("package", DEFAULT_PACKAGES)
def test_each_font_file_says_its_family_and_licence(package: str) -> None:
    """Names 1 and 16 are families, 13 and 14 the licence and where it is read (OpenType, `name`)."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    named = {}
    for path in (file.locate() for file in files if file.suffix in SUFFIXES):
        with TTFont(str(path), lazy=True) as font:
            said = {n: font["name"].getDebugName(n) or "" for n in (1, 13, 14, 16)}
        named[said[16] or said[1]] = said
    assert sorted(named) == MADE.DECIDED["fonts"][package]["families"]
    for said in named.values():
        assert "SIL Open Font License, Version 1.1" in said[13]
        assert any(place in said[14] for place in OFL)
