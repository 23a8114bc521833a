"""What we touch of sphinxcontrib-bibtex and pybtex without their leave is still there."""

from __future__ import annotations

from pathlib import Path

import pytest
import sphinx_annals.fences.bibtex as fences
from pybtex.database import Entry, Person
from sphinxcontrib.bibtex import bibfile, builder_inited_cite
from support import fence


@pytest.fixture
def entries() -> list[Entry]:
    made = []
    for key, name in (("b", "Zubok"), ("a", "Ballis")):
        entry = Entry(
            "book", {"title": "Work", "year": "1950", "publisher": "P"}, {"author": [Person(name)]}
        )
        entry.key = key
        made.append(entry)
    return made


def test_the_domains_have_their_names_and_nothing_else_is_asked_of_them() -> None:
    names = fences.BibtexDomain.name, fences.BibtexFootDomain.name
    assert names == ("cite", "footcite"), "the domains are no longer named cite and footcite"
    asked = {"bibdata", "data", "reference_style"}
    known = set(builder_inited_cite.__code__.co_names) & set(dir(fences.BibtexDomain))
    assert known <= asked, "its handlers call more of the domains than reference_style, bibdata …"


def test_its_own_reader_has_nothing_to_read(tmp_path: Path) -> None:
    path = (tmp_path / "a.bib").resolve()
    path.write_text("@book{a, this is no entry")
    with fence(fences.nothing_to_read):
        made = fences.nothing_to_read([path], "utf-8")
        assert bibfile.process_bibdata(made, [path], "utf-8") is made


def test_styles_of_citations_are_plugins() -> None:
    with fence(fences.styles):
        assert {"author_year", "label", "foot"} <= set(fences.styles(fences.REFERENCING))
        assert {"plain", "unsrt", "alpha"} <= set(fences.styles(fences.FORMATTING))
    with fence(fences.is_referencing_style):
        assert fences.is_referencing_style("label") and not fences.is_referencing_style("none")
    with fence(fences.cites_author_and_year):
        assert fences.cites_author_and_year("author_year")
        assert not fences.cites_author_and_year("label")


def test_styles_of_lists_are_pybtex_s(entries: list[Entry]) -> None:
    with fence(fences.in_order):
        made = [(entry.key, label) for entry, label in fences.in_order("plain", entries)]
        assert made == [("a", "1"), ("b", "2")]
    with fence(fences.formatted):
        assert fences.formatted("plain", entries[0]).astext().startswith("Zubok. Work.")
