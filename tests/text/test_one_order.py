"""The same names stand in the same order in every list of a book, in every output."""

from __future__ import annotations

import re

import pytest
from harness import Built, Project, Start

NAMES = """14 February Group|Đilas|Ebert|Łódź|Østerud|Ostrava|Straße|Strasser|Þór|Tirana|Zorin|Αθήνα
Елена|Ёлка|Емельянов|Иван|Йод|Киев|بكين|毛泽东|女真|周恩来""".replace("\n", "|").split("|")
MIXED = sorted(NAMES, key=lambda name: name[::-1])
CONF = """extensions = ["myst_parser", "sphinx_annals.annals", "sphinx_annals.citations",
              "sphinx_annals.pdf"]
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["refs.bib"]
project = "Book"
primary_domain = "annals"
epub_show_urls = "no"
version = "1"
copyright = "2026, A"
latex_domain_indices = ["annals-places"]
"""
PAGE = (
    "# Book\n\n"
    + "".join(
        f":::{{place}} {name}\n:id: p{number}\n\nA place.\n:::\n\n"
        for number, name in enumerate(MIXED)
    )
    + "# Works\n\n```{bibliography}\n:all:\n```\n"
)
BIB = "".join(
    f"@book{{k{number}, author={{{{{name}}}}}, title={{Work}}, publisher={{P}}, year={{1950}}}}\n"
    for number, name in enumerate(MIXED)
)


@pytest.fixture
def start() -> Start:
    return Start({"conf.py": CONF, "refs.bib": BIB, "index.md": PAGE})


def order(text: str, form: str = "{}") -> list[str]:
    """Give the names in the order in which they stand in a text, each by its first place."""
    found = {name: re.search(form.format(re.escape(name)), text) for name in NAMES}
    places = {name: match.start() for name, match in found.items() if match}
    assert places.keys() == set(NAMES)
    return sorted(places, key=places.__getitem__)


def works(built: Built, pattern: str) -> str:
    """Give what stands behind the heading of the list of works."""
    return built.text(pattern).rpartition("Works")[2]


@pytest.mark.parametrize(("builder", "suffix"), [("html", "html"), ("epub", "xhtml")])
def test_on_screens(project: Project, builder: str, suffix: str) -> None:
    built = project.build(builder)
    assert order(built.read(f"annals-places.{suffix}"), ">{}<") == NAMES
    assert order(built.read(f"genindex.{suffix}"), ">{}<") == NAMES
    assert order(built.soup(f"index.{suffix}").select("section")[-1].text) == NAMES
    headings = [h.text for h in built.soup(f"genindex.{suffix}").select("h2")]
    assert headings == ["Symbols", *"DELOSTZΑЕИЙКب", "汉字·漢字"]
    groups = [row.text.strip() for row in built.soup(f"annals-places.{suffix}").select("tr.cap")]
    assert groups == headings


def test_as_text(project: Project) -> None:
    assert order(works(project.build("text"), "index.txt")) == NAMES


def test_in_latex(project: Project) -> None:
    """But for the general index, which LaTeX's own tools file by what an entry says."""
    tex = project.build("latex").read("*.tex")
    assert order(tex, r"sphinxstyleindexentry{{{}}}") == NAMES
    assert order(tex.rpartition("Works")[2]) == NAMES


def test_in_the_pdf(project: Project) -> None:
    built = project.build("typstpdf")
    head, _, places = built.read("*.typ").rpartition("Index of places")
    assert order(places, r"\[{}") == NAMES
    assert order(head.rpartition("[Index]")[2], r"\[{}") == NAMES
