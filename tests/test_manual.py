"""The manual is made with what it tells of, and names what there is."""

from __future__ import annotations

import sys

import pytest
from bs4 import BeautifulSoup
from harness import REPOSITORY, warnings_of
from sphinx.testing.util import SphinxTestApp
from sphinx_annals.pdf.config import OPTIONS
from sphinx_annals.pdf.messages import Subtype

MANUAL = REPOSITORY / "manual"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build both, from one set of doctrees, and give the text of the page on the PDF."""
    built = tmp_path_factory.mktemp("manual")
    texts = {}
    for builder in ("html", "typst"):
        app = SphinxTestApp(
            builder, srcdir=MANUAL, builddir=built, confoverrides={"html_theme": "basic"}
        )
        try:
            app.build()
            assert warnings_of(app) == []
            folder = built / builder
            if builder == "html":
                html = (folder / "pdf.html").read_text(encoding="utf-8")
                texts[builder] = BeautifulSoup(html, "html.parser").get_text()
            else:
                texts[builder] = (folder / "manual.typ").read_text(encoding="utf-8")
        finally:
            app.cleanup()
            sys.path[:] = [path for path in sys.path if path != str(MANUAL)]
    return texts


@pytest.mark.parametrize("builder", ["html", "typst"])
def test_the_manual_lists_settings_and_nodes(pages: dict[str, str], builder: str) -> None:
    text = pages[builder].replace("\N{ZERO WIDTH SPACE}", "")  # where a literal may break
    assert [name for name in OPTIONS if name not in text] == []
    assert [
        node for node in ("bullet_list", "desc_signature", "versionmodified") if node not in text
    ] == []


def test_the_readme_names_every_subtype_and_leads_to_the_manual() -> None:
    text = (REPOSITORY / "_ext/sphinx_annals/pdf/README.md").read_text()
    assert [s.value for s in Subtype if f"`{s.type}.{s.value}`" not in text] == []
    assert "manual/pdf.md" in text
