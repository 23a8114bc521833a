"""All that is known of a type of works stands in its place in biblatex.toml."""

import re
from typing import get_args

import pytest
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.entry import (
    KINDS,
    NAME_FIELDS,
    SERVING,
    TOLD,
    TYPES,
    Dress,
    Form,
    kinds,
    normalise,
)
from sphinx_annals.citations.formats import csl
from sphinx_annals.citations.style import (
    BEHIND,
    FACTS,
    PIECES,
    REFERENCES,
    REST,
    SCHEMES,
    full_note,
    reference,
    short_names,
    short_note,
    unprinted,
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


def test_each_form_says_what_is_told_of_it():
    assert {*REFERENCES} == FORMS - {"daily"}  # a newspaper is an article that is told apart
    fields = {"type", "howpublished", "publisher", "note"}
    known = {"people"} | fields | {*FACTS} | {*PIECES}
    told = [*REFERENCES.values(), BEHIND]
    assert {word for words in told for word in words.split()} <= known


VALUES = {
    "origlanguage": ("russian", "Russian"),
    "eventdate": ("1931-05", "1931"),
    "edition": ("7", "7th"),
}
BESIDE = {
    "main": "maintitle",
    "issue": "issuetitle",
    "book": "booktitle",
    "journal": "journaltitle",
}
WORK = {**FIELDS, "journaltitle": "Pravda", "institution": "Univ", "publisher": "Sharpe"}


def told(kind: str, field: str) -> tuple[bool, bool, bool]:
    """Tell of a field of a work whether a list and a note print it, and whether `check` misses it."""
    value, shown = VALUES.get(
        field, ("Qvalue, Given" if field in NAME_FIELDS else "Qvalue", "value")
    )
    fields = dict(WORK)
    for prefix, title in BESIDE.items():
        if field.startswith(prefix) and field != "bookauthor":
            fields.setdefault(title, "Whole")
    if field.endswith("type") and field != "type":
        value, shown = "compiler", "comp"
        fields.setdefault(field.removesuffix("type"), "Ed, A")
    entry = normalise("THEKEY", kind, {**fields, field: value})
    texts = [str(reference(entry)), str(full_note(entry, "p. 3")), str(short_note(entry, "p. 3"))]
    assert not any("THEKEY" in text for text in (*texts, str(short_names(entry))))
    in_list, in_note = (shown.lower() in text.lower() for text in texts[:2])
    return in_list, in_note, field in unprinted(entry)


@pytest.mark.parametrize("kind", {kind.form: name for name, kind in TYPES.items()}.values())
def test_each_field_is_printed_in_lists_and_notes_or_check_says_that_it_is_not(kind):
    # what is added to a list, and the pages that a note has its own in place of
    for field in sorted(TOLD - {"addendum", "pages", "eid"}):
        assert told(kind, field) in ((True, True, False), (False, False, True)), field
    assert told(kind, "addendum") == (True, False, False)
    in_list, _, missed = told(kind, "pages")
    assert TYPES[kind].whole or in_list != missed


PRINTED = """
book: part volume volumes series number edition editortype editorctype nameaddon authortype
  origtitle origpublisher origlocation origlanguage reprinttitle maintitle maintitleaddon chapter
  note titleaddon eventtitle venue eventdate howpublished annotator commentator introduction
  foreword afterword
article: issuetitle issuesubtitle issuetitleaddon issue journaltitleaddon series volume number
  editor
incollection: booktitleaddon booksubtitle bookauthor chapter part volume edition translator
inproceedings: eventtitle eventtitleaddon venue eventdate
archival: collection box folder shelfmark library archive institution eventtitle venue type note
  recipient
letter: recipient shelfmark library collection type
thesis: type institution shelfmark library part
report: type number version part
online: organization type version howpublished eventtitle
patent: holder number type
image: library shelfmark howpublished
software: version type
misc: howpublished type version
"""


@pytest.mark.parametrize("line", re.split(r"\n(?! )", PRINTED.strip()))
def test_what_readers_look_for_is_printed(line):
    kind, _, fields = line.partition(": ")
    assert [field for field in fields.split() if told(kind, field) != (True, True, False)] == []


def test_every_field_of_biblatex_is_decided():
    source = """
    abstract addendum afterword annotation annotator author authortype bookauthor bookpagination
    booksubtitle booktitle booktitleaddon chapter commentator crossref date doi edition editor editora
    editorb editorc editortype editoratype editorbtype editorctype eid entryset entrysubtype eprint
    eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file foreword gender holder
    howpublished ids indextitle indexsorttitle institution introduction isan isbn ismn isrn issn issue
    issuesubtitle issuetitle issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon
    keywords label langid langidopts language library lista listf location mainsubtitle maintitle
    maintitleaddon month namea nameb namec nameaddon nameatype note number options organization
    origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part presort
    publisher pubstate related relatedoptions relatedstring relatedtype reprinttitle series shortauthor
    shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname
    sortshorthand sorttitle sortyear subtitle title titleaddon translator type url urldate usera userf
    venue verba verbc version volume volumes xdata xref year
    """
    dated = {"date", "month", "origdate", "pubstate", "year"}
    assert {*source.split()} <= TOLD | dated | SERVING


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
