"""All that is known of a type of works stands in its place in biblatex.toml."""

from typing import get_args

import pytest
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.entry import KINDS, TYPES, Dress, Form, kinds, normalise
from sphinx_annals.citations.formats import csl
from sphinx_annals.citations.style import (
    FACTS,
    PIECES,
    REFERENCES,
    REST,
    SCHEMES,
    full_note,
    reference,
)

FORMS = {form for some in get_args(Form) for form in get_args(some)}
FIELDS = {"author": "Mao, Zedong", "title": "On War", "date": "1950", "booktitle": "Works"}


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_each_type_has_a_group_a_form_and_a_type_of_csl(kind):
    assert kind.group == REST or repr(kind.name) in SCHEMES["type"][kind.group]
    assert kind.form in FORMS
    assert kind.title in get_args(Dress)
    assert kind.csl in csl.READ_AS
    assert TYPES[kind.type].type == kind.type


@pytest.mark.parametrize("where", ["list", "note"])
def test_each_form_says_what_is_told_of_it(where):
    told = REFERENCES[where]
    assert {*told} == FORMS - {"daily"}  # a newspaper is an article that is told apart
    fields = {
        "people",
        "journaltitle/booktitle/maintitle/eventtitle",
        "type",
        "version",
        "howpublished",
        "eventtitle",
        "publisher",
    }
    known = fields | {*FACTS} | {*PIECES}
    assert {word for words in told.values() for word in words.split()} <= known


@pytest.mark.parametrize("name", KINDS)
def test_each_name_of_a_type_is_set(name):
    entry = normalise("k", name, FIELDS)
    assert entry.type == KINDS[name].type
    assert "Mao" in str(reference(entry)) and "On War" in str(full_note(entry))
    assert csl.item(entry)["type"] in csl.READ_AS


def test_what_a_type_does_not_say_is_as_in_the_type_above_it():
    book = {"group": "Books", "csl": "book", "signed": True, "title": "quoted"}
    found = kinds(
        {
            "comic": {"of": "book", "title": "bare"},
            "manga": {"as": "comic"},
            "zine": {"as": "comic", "group": "Zines"},
            "book": book,
        }
    )
    assert (found["comic"].signed, found["comic"].title, found["comic"].type) == (
        True,
        "bare",
        "comic",
    )
    assert (found["manga"].title, found["manga"].type, found["manga"].apart) == (
        "bare",
        "comic",
        False,
    )
    assert (found["zine"].group, found["zine"].type, found["zine"].apart) == (
        "Zines",
        "comic",
        True,
    )


def test_a_misspelled_word_of_a_type_is_an_error():
    with pytest.raises(TypeError, match="tile"):
        kinds({"book": {"group": "Books", "csl": "book", "tile": "bare"}})


def test_a_part_takes_its_whole_from_crossref_whatever_its_name():
    for name in ("inproceedings", "conference"):
        source = f"@{name}{{k, title={{T}}, crossref={{p}}}} @proceedings{{p, title={{Book}}}}"
        entry = assemble([parse(source)]).entries["k"]
        assert entry.fields["booktitle"] == "Book"
