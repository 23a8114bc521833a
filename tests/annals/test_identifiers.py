"""Identifiers in authority files: their forms, their check digits, and whose they are."""

from __future__ import annotations

import pytest
from harness import Project
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.checks import CHECKS, Book, run
from sphinx_annals.annals.criticism import Criticism
from sphinx_annals.annals.model import (
    BUILT_IN,
    Catalogue,
    DocumentNotes,
    Identifier,
    Kind,
    Person,
    Place,
)
from sphinx_annals.text import gnd_digit, isni_digit

FIELDS = {f.name: f for f in BUILT_IN[Kind.PERSON] if isinstance(f.type, Identifier)}
GIVEN = """
wikidata  Q5816  Q5816
wikidata  https://www.wikidata.org/wiki/Q5816  Q5816
wikidata  http://www.wikidata.org/entity/Q5816  Q5816
viaf      https://viaf.org/viaf/56652282/  56652282
gnd       118540238  118540238
gnd       http://d-nb.info/gnd/119006200/  119006200
gnd       4001783-7  4001783-7
gnd       10139779-3  10139779-3
gnd       2008416-X  2008416-X
gnd       1124841997  1124841997
lcnaf     n79021164  n79021164
lcnaf     n 79021164  n79021164
isni      0000 0001 2103 2683  0000000121032683
isni      https://isni.org/isni/0000000121032683  0000000121032683
orcid     0000-0002-1825-0097  0000-0002-1825-0097
orcid     https://orcid.org/0000-0002-1694-233X  0000-0002-1694-233X
geonames  https://sws.geonames.org/2761369/  2761369
geonames  https://www.geonames.org/2761369/vienna.html  2761369
"""
WRONG = """
wikidata  5816  write one like Q42
wikidata  P569  write one like Q42
wikidata  https://viaf.org/viaf/56652282/  write one like Q42
viaf      https://d-nb.info/gnd/119006200/  write one like
viaf      0  write one like
gnd       118540239  after 11854023 comes the check digit 8
gnd       4001783-8  after 4001783- comes the check digit 7
gnd       40017837  write one like 118540238
lcnaf     79021164  write one like n79021164
isni      0000 0001 2103 2684  after 000000012103268 comes the check digit 3
orcid     0000-0002-1825-0079  after 0000-0002-1825-007 comes the check digit 0
orcid     0000000218250097  write one like 0000-0002-1825-0097
geonames  Vienna  write one like 2761369
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [
        tuple(cell.strip() for cell in line.split("  ") if cell) for line in table.split("\n")[1:-1]
    ]


@pytest.mark.parametrize(("field", "text", "identifier"), rows(GIVEN))
def test_identifiers_are_read(field: str, text: str, identifier: str) -> None:
    assert FIELDS[field].convert(text) == identifier


@pytest.mark.parametrize(("field", "text", "said"), rows(WRONG))
def test_a_wrong_identifier_says_what_is_wrong(field: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        FIELDS[field].convert(text)


def test_every_authority_file_gives_an_example_that_it_would_take() -> None:
    assert FIELDS.keys() == {row[0] for row in rows(GIVEN)}
    for field in FIELDS.values():
        assert isinstance(field.type, Identifier)
        assert field.convert(field.type.example) == field.type.example


@given(st.from_regex(r"[0-9]{15}", fullmatch=True), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: str, at: int, more: int) -> None:
    other = body[:at] + str((int(body[at]) + more) % 10) + body[at + 1 :]
    assert isni_digit(other) != isni_digit(body)
    assert gnd_digit(other[:9]) != gnd_digit(body[:9]) or at > 8


def test_a_wrong_identifier_is_one_located_warning(project: Project) -> None:
    page = ":::{person} A\n:id: a\n:role: poet\n:gnd: 118540239\n:viaf: 102333412\n:::\n"
    project.write({"index.md": f"# X\n\n{page}"})
    wanted = "index.md:3: WARNING: person: :gnd: '118540239' is mistyped: after 11854023 comes"
    built = project.build("annals", warnings=[wanted])
    kept = {"viaf": "102333412"}
    assert built.json("annals.json")["people"][0]["authorities"] == kept


def test_two_objects_with_one_identifier_are_a_finding() -> None:
    gnd = next(field for field in BUILT_IN[Kind.PERSON] if field.name == "gnd")
    viaf = next(field for field in BUILT_IN[Kind.PLACE] if field.name == "viaf")

    def record(cls: type, id: str, line: int, **others: str) -> Person | Place:
        fields = {"gnd": gnd, "viaf": viaf}
        said = {fields[name]: value for name, value in others.items()}
        made = cls(id=id, title=id, docname="d", line=line, anchor=id, others=said)
        assert isinstance(made, Person | Place)
        return made

    records = [
        record(Person, "a", 1, gnd="118540238"),
        record(Person, "b", 2, gnd="118540238"),
        record(Place, "c", 3, viaf="118540238"),
        record(Person, "e", 4),
        record(Person, "f", 5),
    ]
    book = Book(Criticism(Catalogue({"d": DocumentNotes(records=list(records))})))
    found = [f for f in run(CHECKS, book, {}, {}) if f.code == "shared-identifier"]
    assert [(f.object, f.line, f.severity.value) for f in found] == [("b", 2, "error")]
    assert "person 'a' (d, line 1) has gnd 118540238 too" in found[0].message
