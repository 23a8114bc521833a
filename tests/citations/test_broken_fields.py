"""A field that breaks costs itself: its entry keeps all the others, and nothing takes for ever."""

from __future__ import annotations

import json
import random

import pytest
from sphinx_annals.citations.bib import DEEPEST, LONGEST, assemble, parse
from sphinx_annals.citations.formats import csl
from sphinx_annals.citations.style import full_note, reference, short_note, sort_key

BROKEN = [
    ("origdate {1999}", "“origdate =”", "1950 [1999]"),
    ("note: {Kept}", "“note =”", "Kept."),
    ("note = = {Kept}", "more than one “=”", "Kept."),
    ("note " + "= " * 3000 + "{Kept}", "more than one “=”", "Kept."),
    ('no"te = {Kept}', "“note =”", "Kept."),
    ("{note} = {Kept}", "“note =”", "Kept."),
    ("@note = {Kept}", "“note =”", "Kept."),
    ("note = Kept {all} of it}", "put the text of “note” in braces", "Kept all of it."),
    ("note = “Kept”", "put the text of “note” in braces", "Kept."),
    ("note =}{Kept}", "put the text of “note” in braces", "Kept."),
    ("note =", "“note” has no value", "Road"),
    ("note = {Kept", "a brace is opened", "Kept."),
    ('note = "Kept', "a quotation mark is opened", "Kept."),
    ("note = {Kept}}", "too many", "Kept."),
    ("note = {Kept} all}", "a comma is missing", "Kept."),
    ("note = {C:\\Kept\\}", "a backslash before the end", "Kept\\."),
    ('note = "C:\\Kept\\"', "a backslash before the end", "Kept\\."),
    ("note = {Kept} # ", "has no value", "Kept."),
    ("note = {Kept};", "a comma is missing", "Kept."),
]


@pytest.mark.parametrize("end", ["\n", " "], ids=["lines", "one line"])
@pytest.mark.parametrize(("field", "said", "shown"), BROKEN)
def test_a_broken_field_costs_itself(field, said, shown, end):
    lines = ["@book{k, author = {A, B},", f"{field},", "year = 1950, title = {Road},"]
    source = end.join([*lines, "publisher = {House},", "}"]) + "\n@book{z, title = {Z}}"
    library = assemble([parse(source)])
    entry = library.entries["k"]
    printed = str(reference(entry))
    assert all(text in printed for text in ("A, B. 1950", "Road.", "House", shown)), printed
    assert [f.line for f in library.findings] == [2 if end == "\n" else 1]
    assert said in library.findings[0].message
    assert list(library.entries) == ["k", "z"]


FIELDS = {
    "author": "{Author, Anne}",
    "title": "{Alpha {Beta} Gamma}",
    "publisher": '"Delta House"',
    "location": "{Epsilon}",
    "date": "{1951-02-03}",
    "note": "{Zeta}",
}


def _mutated(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    new = rng.choice("{}\",=#@\\;: \n()~'x1")
    return rng.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + new + text[at:],
            text[:at] + new + text[at + 1 :],
            text[:at] + text[at + rng.randrange(1, 6) :],
            text[:at] + text[at : at + 4] + text[at:],
        ]
    )


@pytest.mark.parametrize("between", [",\n  ", ", "], ids=["lines", "one line"])
def test_no_change_to_one_field_costs_another(between):
    rng = random.Random(1950)
    for _ in range(100):
        names = rng.sample(list(FIELDS), len(FIELDS))
        fields = {name: f"{name} = {FIELDS[name]}" for name in names}
        broken = rng.choice(names)
        fields[broken] = _mutated(fields[broken], rng)
        source = f"@book{{k,\n  {between.join(fields.values())},\n}}\n\n@book{{z, title = {{Z}}}}\n"
        entries = assemble([parse(source)]).entries
        assert list(entries) == ["k", "z"], source
        kept = {name: entries["k"].fields.get(name) for name in names if name != broken}
        assert kept == {name: FIELDS[name][1:-1] for name in kept}, source


def test_values_do_not_grow_without_end():
    doubled = "\n".join(['@string{a = "xxxxxxxxxx"}', *["@string{a = a # a # a}"] * 40])
    library = assemble([parse(f"{doubled}\n@book{{k, title = a, note = a}}")])
    assert len(library.entries["k"].fields["title"]) == LONGEST
    first = next(f for f in library.findings if f.code == "string")
    assert (first.line, "cut there" in first.message) == (8, True)


@pytest.mark.parametrize(("via", "kind"), [("crossref", "book"), ("xdata", "xdata")])
def test_depth_is_a_number_and_no_ring(via, kind):
    steps = 3000
    chain = [f"@{kind}{{x{n}, {via} = {{x{n + 1},x{n + 1}}}}}" for n in range(steps)]
    last = f"@{kind}{{x{steps}, publisher = {{P}}}}"
    library = assemble([parse("\n".join([*chain, last, "@book{k, xdata = {x2960}, title = {T}}"]))])
    assert library.entries["k"].text("publisher") == "P"
    assert len(library.findings) == steps // (DEEPEST + 1)
    assert all(f"{DEEPEST} that inherit" in f.message for f in library.findings)
    ring = assemble([parse("@book{a, crossref = {b}}\n@book{b, crossref = {a}}")])
    assert [(f.line, f.message) for f in ring.findings] == [
        (2, "the crossref 'a' leads back to itself")
    ]


ODD = ["①", "²", "9" * 6000, "Y1E99999999", "Y-17E7/..", "٣", "1" * 30, "-" * 6000, "1950S2"]


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:12])
def test_what_is_no_number_is_printed_as_it_stands(value):
    names = "date year month day origdate urldate pages pagetotal edition volume volumes number"
    fields = ", ".join(f"{name} = {{{value}}}" for name in f"{names} series sortyear part".split())
    source = "".join(
        f"@{kind}{{{kind}, {fields}, title = {{T}}}}\n" for kind in ("book", "article")
    )
    for entry in assemble([parse(source)]).entries.values():
        assert value in f"{reference(entry)} {full_note(entry)}"
        assert short_note(entry) and sort_key(entry) and csl.item(entry)
        assert all(high < 10**9 for _, high in entry.spans)


def test_a_year_with_an_exponent_is_that_year():
    entry = assemble([parse("@book{k, title = {T}, date = {Y-17E3}}")]).entries["k"]
    assert "17001 BC" in str(reference(entry))


def test_characters_that_no_output_holds_are_replaced():
    item = {"id": "k\ud83c", "type": "book", "title": "T\ud83c\u0007", "note": "\uffff"}
    source = csl.parse(json.dumps([item, {"id": "n", "type": "book", "volume": 1}]), "a.json")
    assert source.entries[0].fields["title"] == "T\ufffd "
    odd = "@book{k\ud83c, title = {T\ud83c\x85\uffff}}"
    for entry in assemble([source, parse(odd)]).entries.values():
        f"{entry.key} {reference(entry)}".encode()


def test_a_number_of_thousands_of_digits_in_csl_costs_nothing():
    text = f'[{{"id": "k", "type": "book", "title": "T", "volume": {"9" * 6000}}}]'
    (entry,) = csl.parse(text, "a.json").entries
    assert entry.fields["volume"] == "9" * 6000
