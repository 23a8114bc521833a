"""Source criticism: what is the same, what is compatible, what excludes what."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.criticism import (
    Claim,
    Criticism,
    Relation,
    Status,
    conflict,
    mistakes,
    own_reading,
    property_key,
    read_date,
    read_quantity,
    read_value,
    relate,
    shown_value,
    status_of,
)
from sphinx_annals.annals.model import (
    BUILT_IN,
    STANCES,
    Account,
    Catalogue,
    DocumentNotes,
    Kind,
    Name,
    Organisation,
    Record,
    Treaty,
    Verdict,
)
from sphinx_annals.dates import Calendar, Duration, parse
from sphinx_annals.language import ENGLISH, language_of
from sphinx_annals.text import Citation

SAME = [
    ("1950-02-14", "14 February 1950"),
    ("1950-02-14", "February 14, 1950"),
    ("1950-02", "February 1950"),
    ("Y-12000", "Y-12000"),
    ("1950/1960", "1950 to 1960"),
    ("1950/1960", "1950–1960"),
    ("1956/..", "from 1956"),
    ("../1952", "until 1952"),
    ("195X", "the 1950s"),
    ("1957~", "about 1957"),
    ("$300 million", "300 million USD"),
    ("$300m", "300 million dollars"),
    ("300,000,000 dollars", "$0.3 billion"),
    ("300.000.000 dollars", "$300 million"),
    ("60,000 t", "60 000 tons"),
    ("60,000 t", "60000000 kg"),
    ("1%", "1 per cent"),
    ("1 per cent a year", "1% annually"),
    ("P30Y", "30 years"),
    ("thirty years", "360 months"),
    ("P2W", "14 days"),
    ("three", "3"),
    ("1%", "1"),
    ("thirty-five", "35"),
    ("156", "156 projects"),
    ("15–35", "15 to 35"),
    ("more than 100 aircraft", "over 100 aircraft"),
    ("Mao, Stalin", "Stalin; Mao"),
    ("100 aircraft, 40 bombers", "40 bombers, 100 aircraft"),
    ("Liu Shaoqi", "LIU SHǍOQÍ"),
    ("Kuomintang (KMT)", "Kuomintang, KMT"),
    ("don't", "don’t"),
    ("ﬁnal", "final"),
    ("中苏友好同盟互助条约", "中苏友好同盟互助条约"),
]
COMPATIBLE = [
    ("1950", "14 February 1950"),
    ("1957~", "1957"),
    ("1957?", "1957"),
    ("1949/1952", "1950/1955"),
    ("1950/..", "1953"),
    ("195X", "1957-11"),
    ("[1667,1669]", "1669-02"),
    ("[1667,1669]", "1667/1669"),
    ("1667", "1667/1667"),
    ("Y-12000", "Y-12500/Y-11000"),
    ("-0043-XX", "-0043-03-15"),
    ("about 300", "300"),
    ("15–35", "26"),
    ("more than 100", "150"),
    ("156 projects", "156 large projects"),
    ("1%", "1 per cent a year"),
    ("Mao, Stalin", "Stalin"),
    ("100 aircraft, 100 to 200 helicopters", "100 aircraft, 150 helicopters"),
]
DISPUTED = [
    ("1979-02-16", "1980-02-14"),
    ("1979", "1980-02-14"),
    ("../1952", "1953"),
    ("[1667,1669]", "1668"),
    ("Y-12000", "Y-12001"),
    ("XXXX", "Y-12000"),
    ("$300 million", "$30 million"),
    ("$300 million", "300 million rubles"),
    ("60,000 t", "160 000 tons"),
    ("156 projects", "200 projects"),
    ("P30Y", "25 years"),
    ("less than 100", "150"),
    ("-5", "5"),
    ("Mao, Stalin", "Mao, Zhou"),
    ("Shen Zhihua", "Shen Zhiua"),
    ("no date", "1960"),
    ("1950", "Port Arthur"),
    ("莫斯科", "北京"),
    ("か", "が"),
]


def status(*values: str) -> Status:
    return status_of([Claim(read_value(value)) for value in values])


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_in_other_words(first, second):
    assert relate(read_value(first), read_value(second)) is Relation.SAME
    assert status(first, second) is Status.AGREEING


@pytest.mark.parametrize(("first", "second"), COMPATIBLE)
def test_compatible(first, second):
    assert status(first, second) is status(second, first) is Status.COMPATIBLE


@pytest.mark.parametrize(("first", "second"), DISPUTED)
def test_disputed(first, second):
    assert status(first, second) is status(second, first) is Status.DISPUTED


@pytest.mark.parametrize(
    "text",
    ["", "16", "m", "about", "P", "1949-13-40", "45 days after 16 December 1954", "$", "1/0"],
)
def test_odd_values_are_read_as_something(text):
    assert relate(read_value(text), read_value(text)) is Relation.SAME


@pytest.mark.parametrize("text", ["16", "300", "57–106", "May", "the fifties", "31 February 1950"])
def test_not_a_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["many", "1950-02-14", "about five months ago, or 6", "300 5"])
def test_not_a_quantity(text):
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("1950", "asserts"), ("1950", "denies"), True),
        (("1950", "asserts"), ("1950", "doubts"), True),
        (("1950-02-14", "asserts"), ("1950", "denies"), True),
        (("1950", "asserts"), ("1950-02-14", "denies"), False),
        (("1950", "asserts"), ("1960", "denies"), False),
        (("1950", "denies"), ("1950", "doubts"), False),
        (("1950", "denies"), ("1960", "denies"), False),
        (("1950", "denies"), ("1950", "denies"), None),
        (("1957~", "asserts"), ("1957", "denies"), True),
        (("1957", "asserts"), ("1957?", "doubts"), True),
        (("1957/1957", "asserts"), ("1957", "denies"), True),
        (("1935/1936", "asserts"), ("{1935,1937}", "doubts"), False),
        (("[1935,1936]", "asserts"), ("193X", "doubts"), True),
        (("about 300 men", "asserts"), ("300 men", "denies"), True),
        (("156 projects", "asserts"), ("156 large projects", "denies"), False),
        (("Mao, Stalin", "asserts"), ("Mao", "denies"), True),
        (("Mao", "asserts"), ("Mao, Stalin", "denies"), False),
        (("forced", "asserts"), ("Forced.", "doubts"), True),
        (("forced", "asserts"), ("free", "denies"), False),
    ],
)
def test_stances(first, second, expected):
    one, two = (Claim(read_value(value), stance) for value, stance in (first, second))
    assert conflict(one, two) is conflict(two, one) is expected


def test_one_account():
    assert status("1950") is Status.ONE


def test_the_book_reads_otherwise_than_its_only_source():
    claims = [Claim(read_value("1950"))]
    assert status_of(claims, Claim(read_value("1951"))) is Status.DISPUTED
    assert status_of(claims, Claim(read_value("1950-02"))) is Status.COMPATIBLE
    assert status_of(claims, Claim(read_value("1950"))) is Status.ONE


def test_thousands_of_accounts_are_not_compared_two_by_two():
    alike = ["1950"] * 10_000  # which two by two would take minutes
    assert status(*alike) is Status.AGREEING
    assert status(*alike, "1950-02") is Status.COMPATIBLE
    assert status(*alike, "1950-02", "1951") is Status.DISPUTED
    assert status(*(f"{number} tons" for number in range(10_000))) is Status.DISPUTED


@pytest.mark.parametrize(
    ("values", "prefers", "expected"),
    [
        (("1979", "1980"), True, Status.SETTLED),
        (("1979", "1980"), False, Status.OPEN),
        (("1979", "1979-02"), False, Status.COMPATIBLE),
        (("1979", "1979"), False, Status.AGREEING),
        (("1979",), False, Status.ONE),
        ((), False, Status.OPEN),
    ],
)
def test_verdicts(values, prefers, expected):
    claims = [Claim(read_value(value)) for value in values]
    assert status_of(claims, verdict=True, prefers=prefers) is expected


def test_words_for_every_status():
    assert len({status.label(ENGLISH) for status in Status}) == len(Status)


VALUES = st.one_of(
    st.sampled_from([value for pair in SAME + COMPATIBLE + DISPUTED for value in pair]),
    st.dates().map(str),
    st.integers(0, 10**9).map(lambda n: f"{n:,} t"),
    st.text(max_size=20),
    st.lists(st.sampled_from("abcd"), max_size=4).map(", ".join),
)
CLAIMS = st.builds(Claim, VALUES.map(read_value), st.sampled_from(STANCES))


@given(VALUES)
def test_reflexive(text):
    assert relate(read_value(text), read_value(text)) is Relation.SAME


@given(VALUES, VALUES)
def test_symmetric(first, second):
    one, two = read_value(first), read_value(second)
    assert relate(one, two) is relate(two, one).inverse


@given(CLAIMS, CLAIMS, st.booleans())
def test_conflict_is_symmetric(first, second, closed):
    assert conflict(first, second, closed=closed) is conflict(second, first, closed=closed)


@given(st.lists(CLAIMS, min_size=1, max_size=4), st.booleans())
def test_order_does_not_matter(claims, verdict):
    found = {status_of(order, verdict=verdict) for order in permutations(claims)}
    assert len(found) == 1


@given(st.lists(CLAIMS, min_size=1, max_size=4), CLAIMS)
def test_another_account_never_removes_a_dispute(claims, more):
    if status_of(claims) is Status.DISPUTED:
        assert status_of([*claims, more]) is Status.DISPUTED


def account(value: str, prop: str, **more: object) -> Account:
    return Account("t", prop, "doc", 1, value, Citation("key"), **more)  # type: ignore[arg-type]


def catalogue(
    accounts: list[Account], verdicts: list[Verdict] | None = None, **treaty: object
) -> Catalogue:
    where = {"docname": "doc", "line": 1, "anchor": ""}
    records: list[Record] = [
        Treaty.of(
            {"aliases": ("old",), **treaty}, BUILT_IN[Kind.TREATY], id="t", title="Treaty", **where
        ),
        Organisation(id="prc", title="People's Republic of China", names=(Name("China"),), **where),  # type: ignore[arg-type]
        Organisation(id="ussr", title="Soviet Union", **where),  # type: ignore[arg-type]
    ]
    return Catalogue({"doc": DocumentNotes(records, [*accounts, *(verdicts or [])])})


@pytest.mark.parametrize(
    ("treaty", "prop", "value", "expected"),
    [
        ({"signed": parse("1950-02-14")}, "signed", "1950", Status.COMPATIBLE),
        ({"signed": parse("1950-02-14")}, "signed", "1951", Status.DISPUTED),
        ({"in_force": parse("1950-04-11")}, "In force", "11 April 1950", Status.ONE),
        ({"signed": parse("1950-02-14")}, "Signature", "1951", Status.DISPUTED),
        ({"in_force": parse("1950-04-11")}, "entry into force", "1951", Status.DISPUTED),
        ({"term": Duration("P30Y", 30)}, "duration", "P25Y", Status.DISPUTED),
        ({"term": Duration("P30Y", 30)}, "term", "P30Y", Status.ONE),
        ({"term": Duration("P30Y", 30)}, "term", "P25Y", Status.DISPUTED),
        ({"parties": ("prc", "ussr")}, "parties", "Soviet Union; China", Status.ONE),
        ({"parties": ("prc", "ussr")}, "parties", "ussr, prc", Status.ONE),
        ({"parties": ("prc", "ussr")}, "parties", "Soviet Union", Status.DISPUTED),
        ({"parties": ("prc", "ussr")}, "parties", "2", Status.COMPATIBLE),
        ({"parties": ("prc", "ussr")}, "parties", "3", Status.DISPUTED),
        ({"parties": ("prc", "ussr")}, "parties-count", "2", Status.ONE),
        ({"languages": ("Russian", "Chinese")}, "languages", "Chinese, Russian", Status.ONE),
        ({"languages": ("ru", "zh")}, "languages", "Chinese, Russian", Status.ONE),
        ({"languages": ("ru", "Chinese")}, "languages", "zh; ru", Status.ONE),
        ({"languages": ("ru", "zh")}, "languages", "ru", Status.DISPUTED),
        ({"languages": ("ru", "zh")}, "languages", "2", Status.COMPATIBLE),
        ({"treaty_kind": "exchange-of-notes"}, "kind", "exchange of notes", Status.ONE),
        ({"treaty_kind": "exchange-of-notes"}, "kind", "treaty", Status.DISPUTED),
        ({}, "signed", "1950", Status.ONE),
    ],
)
def test_the_objects_own_option_is_the_books_reading(treaty, prop, value, expected):
    stated = catalogue([account(value, prop)], **treaty)
    (found,) = Criticism(stated).of("t")
    assert found.property == property_key(found.of, prop, stated)
    assert found.status is expected


@pytest.mark.parametrize(
    ("prop", "value", "shown", "same"),
    [
        ("kind", "agreement", "Abkommen", True),
        ("kind", "Abkommen", "Abkommen", True),
        ("kind", "treaty", "Vertrag", False),
        ("languages", "ru, zh", "Russisch, Chinesisch", True),
        ("languages", "Russisch; Chinesisch", "Russisch; Chinesisch", True),
        ("languages", "Russian and Manchu", "Russian and Manchu", False),
    ],
)
def test_what_is_preferred_is_shown_and_meant_in_the_language_of_the_book(prop, value, shown, same):
    treaty = {"treaty_kind": "agreement", "languages": ("ru", "zh")}
    verdict = Verdict("t", prop, "doc", 2, "Why.", value)
    stated = catalogue([account("other", prop)], [verdict], **treaty)
    stated.language = language_of("de")
    criticism = Criticism(stated)
    (found,) = criticism.of("t")
    assert found.shown(found.preferred) == shown
    assert (own_reading(found) is None) is same
    assert (list(mistakes(criticism, stated)) == []) is same


@pytest.mark.parametrize(
    ("treaty", "prop", "prefers"),
    [
        ({"parties": ("prc", "ussr")}, "parties", "Soviet Union; China"),
        ({"languages": ("ru", "zh")}, "languages", "zh, Russian"),
    ],
)
def test_what_the_object_says_itself_is_not_shown_beside_a_verdict_for_it(treaty, prop, prefers):
    verdict = Verdict("t", prop, "doc", 2, "Why.", prefers)
    stated = catalogue([account("other", prop)], [verdict], **treaty)
    criticism = Criticism(stated)
    (found,) = criticism.of("t")
    assert found.reading and own_reading(found) is None
    assert not list(mistakes(criticism, stated))


def test_pages_are_extents():
    said = [account("26–61", "pages"), account("26–60", "pages")]
    (found,) = Criticism(catalogue(said)).of("t")
    assert found.status is Status.DISPUTED


def test_properties_are_compared_apart_and_retired_ids_count():
    notes = [account("1950", "signed"), account("1979", "expiry")]
    verdict = Verdict("old", "expiry", "doc", 1, "Because.", "1979")
    signed, expiry = Criticism(catalogue(notes, [verdict])).of("old")
    assert (signed.status, expiry.status) == (Status.ONE, Status.SETTLED)
    assert expiry.verdicts == (verdict,)


def test_data_sets_that_name_a_date_in_other_words_speak_of_the_same():
    notes = [account("1950-02-14", "signature"), account("1950-02-16", "Signed")]
    (found,) = Criticism(catalogue(notes, [Verdict("t", "signature", "doc", 1, "Why.")])).of("t")
    assert (found.property, found.status) == ("signed", Status.OPEN)
    (apart,) = Criticism(catalogue([replace(notes[0], of="prc")])).of("prc")
    assert apart.property == "signature"


def test_a_term_is_shown_in_words():
    assert shown_value("P1Y6M", Calendar.GREGORIAN, ENGLISH) == "1 year, 6 months"
    assert shown_value("Prague", Calendar.GREGORIAN, ENGLISH) == "Prague"


def test_only_edtf_is_shown_as_a_date():
    assert str(shown_value("1950-02", Calendar.GREGORIAN, ENGLISH)) == "February 1950"
    assert shown_value("1950 to 1960", Calendar.GREGORIAN, ENGLISH) == "1950 to 1960"
