from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.citations.bib import assemble, decode, parse, read_file
from sphinx_annals.citations.style import full_note, reference, short_note, sort_key

GOOD_ENTRY = "@book{good, author = {Heinzig, Dieter}, title = {Road}, year = 2004}\n"


def fields(text):
    return {entry.key: dict(entry.fields) for entry in parse(text).entries}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@book{k, title = {A {B} c}}", {"title": "A {B} c"}),
        ('@book{k, title = "A {"}B{"} c"}', {"title": 'A {"}B{"} c'}),
        ("@book(k, year = 1950)", {"year": "1950"}),
        ("@book{k, title = {a} # { b}}", {"title": "a b"}),
        ("@string{x = {Ex}} @book{k, title = x # { y}}", {"title": "Ex y"}),
        ("@book{k, month = feb}", {"month": "February"}),
        ("@book{k, title = {50 % more, 100\\% sure}}", {"title": "50 % more, 100\\% sure"}),
        ("@BOOK{k,\n TITLE = {x},\n}", {"title": "x"}),
        ("@book{k, title = {a \\{ b}}", {"title": "a \\{ b"}),
        ("@book{k, note = {mail a@b.c}}", {"note": "mail a@b.c"}),
        ("@comment{@book{no, title={x}}} @book{k,}", {}),
        ("@preamble{ {x} } @book{k}", {}),
        ("free text @ here\n@book{k, a = {b}}", {"a": "b"}),
    ],
)
def test_what_bibtex_reads_is_read_without_findings(source, expected):
    assert parse(source).findings == ()
    assert fields(source)["k"] == expected


BROKEN = [
    (
        "@book{bad, title = {never closed,\n  year = 1999,\n}\n",
        "syntax",
        {"title": "never closed", "year": "1999"},
    ),
    (
        '@book{bad, title = "never closed,\n year = 1999,\n}\n',
        "syntax",
        {"title": "never closed", "year": "1999"},
    ),
    ("@book{bad, year = 1999,\n title = {x}\n", "syntax", {"year": "1999", "title": "x"}),
    ("@book{bad, year = 1999 title = {x}}\n", "syntax", {"year": "1999", "title": "x"}),
    ("@book{bad, year = 1999, nonsense, title = {x}}\n", "syntax", {"year": "1999", "title": "x"}),
    ("@book{bad, month = foo, title = {x}}\n", "string", {"month": "foo", "title": "x"}),
    ("@book{bad, title = , year = 1999}\n", "syntax", {"title": "", "year": "1999"}),
    ("@book{bad, title = {x}, title = {y}}\n", "field", {"title": "x"}),
    ("@book{bad,\n title = {x}},\n year = {1999}\n}\n", "syntax", {"title": "x", "year": "1999"}),
]


@pytest.mark.parametrize(("source", "code", "expected"), BROKEN)
def test_a_broken_entry_is_one_finding_and_no_other_is_lost(source, code, expected):
    read = parse(GOOD_ENTRY + source + GOOD_ENTRY.replace("good", "after"), "x.bib")
    assert [finding.code for finding in read.findings] == [code]
    finding = read.findings[0]
    assert (finding.path, finding.key) == ("x.bib", "bad")
    assert finding.line in (2, 3, 4)
    assert [entry.key for entry in read.entries] == ["good", "bad", "after"]
    assert dict(read.entries[1].fields) == expected


@pytest.mark.parametrize(
    "source", ["@book{, title={x}}", "@book{title={x}}", "@book{a b, title={x}}"]
)
def test_an_entry_with_no_proper_key_is_kept(source):
    read = parse(source)
    assert [finding.code for finding in read.findings] == ["key"]
    assert [dict(entry.fields) for entry in read.entries] == [{"title": "x"}]


def test_other_encodings_are_read_and_reported_with_their_line():
    text, findings = decode(
        GOOD_ENTRY.encode() + "@book{k, title={Müller}}".encode("latin-1"), "x.bib"
    )
    assert "Müller" in text
    assert [(finding.code, finding.line) for finding in findings] == [("encoding", 2)]
    assert decode(b"\xef\xbb\xbf@book{k}", "x")[0] == "@book{k}"
    for encoding in ("utf-16", "utf-32"):
        assert decode("@book{k}".encode(encoding), "x") == ("@book{k}", ())
    for unknown in ("no-such", "idna", "punycode", "undefined", "rot13", "", "\0"):
        text, (finding,) = decode("@book{k, title={Ä}}".encode(), "x", unknown)
        assert (text, finding.code) == ("@book{k, title={Ä}}", "encoding")


def test_a_missing_file_a_folder_and_a_pipe_are_findings(tmp_path):
    os.mkfifo(tmp_path / "pipe.bib")  # which would be waited for
    for name in ("none.bib", "", "pipe.bib"):
        read = read_file(tmp_path / name)
        assert [finding.code for finding in read.findings] == ["file"]


def test_duplicates_name_the_line_of_the_first():
    library = assemble([parse(GOOD_ENTRY + GOOD_ENTRY, "x.bib")])
    assert [(f.code, f.line, f.key) for f in library.findings] == [("duplicate", 2, "good")]
    assert "line 1" in library.findings[0].message


def test_too_many_commas_keep_the_name_whole():
    library = assemble(
        [parse("@book{k,\n author = {A, B, C, D and Mao, Zedong}, title={x}}", "x.bib")]
    )
    assert [(f.code, f.line) for f in library.findings] == [("name", 2)]
    assert [n.direct for n in library.entries["k"].names("author").names] == [
        "A, B, C, D",
        "Zedong Mao",
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("thesis", 0),
        ("report", 0),
        ("legal", 0),
        ("archival", 0),
        ("letter", 0),
        ("bok", 1),
        ("x", 1),
    ],
)
def test_types(kind, found):
    library = assemble([parse(f"@{kind}{{k, title = {{x}}}}")])
    assert [f.code for f in library.findings] == ["type"] * found
    assert "k" in library.entries


def test_an_unknown_type_has_a_suggestion():
    assert "@book?" in assemble([parse("@bok{k, title = {x}}")]).findings[0].message


@given(st.binary())
def test_no_bytes_raise(data):
    assemble([parse(decode(data, "x")[0])])


BITS = ["@", "book", "{", "}", "(", ")", ",", "=", '"', "#", "\\", "\n", " ", "k", "author", "title",
        "crossref", "xdata", "date", "and", "1950", "/", "%", "é", "沈", "$", "~", "'"]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=60))
def test_no_arrangement_of_tokens_raises(bits):
    library = assemble([parse("".join(bits))])
    for entry in library.entries.values():
        reference(entry)
        full_note(entry, "p. 3")
        short_note(entry)
        sort_key(entry)
