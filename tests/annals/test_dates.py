from __future__ import annotations

import contextlib
import io
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx_annals.dates import (
    Calendar,
    DateError,
    HistoricalDate,
    Precision,
    Shape,
    day_at,
    day_number,
    days_in_month,
    parse,
    segments,
    sort_key,
)
from sphinx_annals.language import ENGLISH

DISPLAYS = [
    ("1950-02-14", "14 February 1950"),
    ("1950-02", "February 1950"),
    ("1950", "1950"),
    ("1957~", "about 1957"),
    ("1957?", "possibly 1957"),
    ("1957%", "possibly about 1957"),
    ("1950-02-14~", "about 14 February 1950"),
    ("195X", "1950s"),
    ("195X?", "possibly 1950s"),
    ("-0043-XX", "44 BC (month unknown)"),
    ("1950-21~", "about spring 1950"),
    ("19XX", "1900–1999"),
    ("1950-XX", "1950 (month unknown)"),
    ("1950-02-XX", "February 1950 (day unknown)"),
    ("1949-XX-05", "1949 (day 5 of a month)"),
    ("156X-12-25", "25 December in the 1560s"),
    ("1950-21", "spring 1950"),
    ("1950-24", "winter 1950"),
    ("1949-10/1950-02", "October 1949 – February 1950"),
    ("1950-01/1950-02", "January–February 1950"),
    ("1950-02-14/1950-02-16", "14–16 February 1950"),
    ("1950-02-14/1950-03-01", "14 February – 1 March 1950"),
    ("1949-12-06/1950-02-14", "6 December 1949 – 14 February 1950"),
    ("1950/1952", "1950–1952"),
    ("1950~/1952?", "about 1950 – possibly 1952"),
    ("../1952", "by 1952"),
    ("../1952-05-01", "by 1 May 1952"),
    ("1949-07/..", "from July 1949"),
    ("1949/", "from 1949, end unknown"),
    ("/1950", "until 1950, start unknown"),
    ("[1667,1668]", "1667 or 1668"),
    ("[1667,1668,1670-12]", "1667, 1668 or December 1670"),
    ("{1667,1668-12}", "1667 and December 1668"),
    ("[1667..1670]", "1667–1670"),
    ("[..1667]", "by 1667"),
    ("[1667-05..]", "from May 1667"),
    ("-0044-03-15", "15 March 45 BC"),
    ("0000", "1 BC"),
    ("Y-12000", "12001 BC"),
    ("1950S2", "about 1950"),
    ("1950-02-14T10:00:00Z", "14 February 1950, 10:00:00"),
    ("2004?-06-11", "possibly 11 June 2004"),
    ("2004-~06-?11", "possibly about 11 June 2004"),
    ("1950-X2", "1950 (month unknown)"),
    ("156X-12-XX", "December in the 1560s (day unknown)"),
]
BOUNDS = [
    ("1950-02-14", (1950, 2, 14), (1950, 2, 14)),
    ("1950-02", (1950, 2, 1), (1950, 2, 28)),
    ("1952-02", (1952, 2, 1), (1952, 2, 29)),
    ("1950", (1950, 1, 1), (1950, 12, 31)),
    ("195X", (1950, 1, 1), (1959, 12, 31)),
    ("1950-02-XX", (1950, 2, 1), (1950, 2, 28)),
    ("1957?", (1957, 1, 1), (1957, 12, 31)),
    ("1950-24", (1950, 12, 1), (1951, 2, 28)),
    ("../1952", None, (1952, 12, 31)),
    ("/1952", None, (1952, 12, 31)),
    ("1949-07/..", (1949, 7, 1), None),
    ("[1667,1670]", (1667, 1, 1), (1670, 12, 31)),
    ("[..1667]", None, (1667, 12, 31)),
    ("-0044", (-44, 1, 1), (-44, 12, 31)),
    ("-0043-XX", (-43, 1, 1), (-43, 12, 31)),
    ("-0043-02-XX", (-43, 2, 1), (-43, 2, 28)),
    ("-004X", (-49, 1, 1), (-40, 12, 31)),
    ("1950-XX-14", (1950, 1, 14), (1950, 12, 14)),
    ("156X-12-25", (1560, 12, 25), (1569, 12, 25)),
    ("1950-02-1X", (1950, 2, 10), (1950, 2, 19)),
    ("1950-X2", (1950, 2, 1), (1950, 12, 31)),
    ("195X-02-29", (1950, 2, 28), (1959, 2, 28)),
    ("1950S2", (1900, 1, 1), (1999, 12, 31)),
    ("-1950S2", (-2000, 1, 1), (-1901, 12, 31)),
    ("Y17E7S1", (10**8, 1, 1), (2 * 10**8 - 1, 12, 31)),
    ("Y-17E7", (-17 * 10**7, 1, 1), (-17 * 10**7, 12, 31)),
    ("XXXX", (0, 1, 1), (9999, 12, 31)),
    ("{1950-01..1950-03,1951}", (1950, 1, 1), (1951, 12, 31)),
]
MISTAKES = [
    "", "abc", "1950-13", "1950-02-30", "1950-02-29", "1950-00", "1950-02-00", "14.2.1950",
    "14 February 1950", "../..", "1979/1978", "1979-02-16/1979-02-14", "1950-2-4", "~1950~",
    "1950-02-14 # remark", "[", "{}", "/", "\x00", "१९५०", "1950-02-30~", "[1950-02-30,1951]",
    "-0000", "195X-21", "1950-13-XX", "1950-22-01", "[..]", "[1950,]", "[1950", "19500214", "195", "１９５０",
    "1950-02-3X", "~2004-?06~", "1950-XXT10:00:00", "1950-02-XXT10:00:00", "1950-02-14T24:01:00",
    "Y1950", "Y1E100", "Y" + "1" * 5000, "1950S2-02", "195XS2", "1950S0",
]  # fmt: skip
IN_ORDER = [
    "-0044", "0000", "19XX", "1945-08-14", "1949", "1949-07/..", "1949-10/1950-02", "1949-10",
    "1949-12-06", "1949-12-16", "../1950", "1950/1959", "195X", "1950", "1950-01", "1950-01-02",
    "1950-02-14", "1952",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), DISPLAYS)
def test_display(text: str, shown: str) -> None:
    assert str(parse(text)) == shown


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds(text: str, first: object, last: object) -> None:
    date = parse(text)
    assert (date.earliest, date.latest) == (first, last)


def _by_the_library(text: str) -> object:
    """Give the bounds by the grammar of the ``edtf`` library, or None where it reads nothing."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # of pyparsing, whose old names it uses
        import edtf

        try:
            value = edtf.parse_edtf(text)
            return tuple(value.lower_strict()[:3]), tuple(value.upper_strict()[:3])
        except Exception:  # it has many kinds for what it cannot read
            return None


_YEARS = st.sampled_from(
    ["1950", "1952", "0043", "-0043", "-0044", "0000", "195X", "19XX", "1XXX", "XXXX"]
)
_MONTHS = st.sampled_from(["01", "02", "04", "12", "13", "00", "XX"])
_DAYS = st.sampled_from(["01", "14", "28", "29", "30", "31", "32", "00", "XX"])
_MARK = st.sampled_from(["", "", "", "?", "~", "%"])
_PARTS = st.one_of(
    st.tuples(_MARK, st.sampled_from(["Y17000", "Y-17E7"]) | _YEARS, _MARK),
    st.tuples(_MARK, _YEARS, _MARK, st.just("-"), _MARK, _MONTHS, _MARK),
    st.tuples(
        _MARK, _YEARS, _MARK, st.just("-"), _MARK, _MONTHS, _MARK, st.just("-"), _MARK, _DAYS, _MARK
    ),
)


@pytest.mark.slow
@given(_PARTS.map("".join))
@settings(max_examples=100, deadline=None)
def test_a_date_is_read_as_the_grammar_of_the_library_reads_it(text: str) -> None:
    expected = _by_the_library(text)
    if not expected or re.match(r"\W?-.*X", text):  # whose bounds it exchanges
        return
    if any(day > days_in_month(year, month) for year, month, day in expected):
        if "X" not in text:  # it takes 29 February of any year, and of any of the 1950s
            with pytest.raises(DateError, match="has no day"):
                parse(text)
    else:
        assert (parse(text).earliest, parse(text).latest) == expected


@pytest.mark.parametrize("text", MISTAKES)
def test_whatever_is_no_date_is_refused_with_the_allowed_forms(text: str) -> None:
    with pytest.raises(DateError, match=r"EDTF|ends before|has no day"):
        parse(text)


def test_dates_sort_with_the_less_precise_first_and_open_starts_at_their_end() -> None:
    dates = [parse(text) for text in reversed(IN_ORDER)]
    assert [date.edtf for date in sorted(dates, key=sort_key)] == IN_ORDER


def test_the_undated_sort_last() -> None:
    assert sort_key(None) > sort_key(parse("9999"))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1950-02-14", [("14 February 1950", "1950-02-14")]),
        ("1957~", [("about 1957", "1957")]),
        ("195X", [("1950s", None)]),
        ("../1952", [("by ", None), ("1952", "1952")]),
        (
            "1950-02-14/1950-02-16",
            [("14", "1950-02-14"), ("–", None), ("16 February 1950", "1950-02-16")],
        ),
    ],
)
def test_each_piece_carries_a_value_that_html_allows(text: str, pieces: object) -> None:
    assert segments(parse(text), ENGLISH) == pieces


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1917, 10, 25), (1917, 11, 7)),
        ((1582, 10, 5), (1582, 10, 15)),
        ((1900, 2, 29), (1900, 3, 13)),
        ((325, 3, 21), (325, 3, 22)),
        ((-43, 3, 15), (-43, 3, 13)),
    ],
)
def test_julian_days_become_gregorian(julian: object, gregorian: object) -> None:
    assert day_at(day_number(julian, Calendar.JULIAN)) == gregorian  # type: ignore[arg-type]


@given(st.integers(-(10**9), 10**9))
def test_days_are_numbered_both_ways(number: int) -> None:
    assert day_number(day_at(number)) == number


def test_a_julian_date_prints_both_and_sorts_by_the_gregorian() -> None:
    date = parse("1917-10-25", Calendar.JULIAN)
    assert str(date) == "25 October 1917 (Julian; 7 November 1917 Gregorian)"
    assert sort_key(date) > sort_key(parse("1917-11-06"))
    assert parse("1900-02-29", Calendar.JULIAN).earliest == (1900, 3, 13)


@pytest.mark.parametrize(
    ("text", "exact", "uncertain"),
    [
        ("1950-02-14", True, False),
        ("1950-02", False, False),
        ("1950-02-14?", False, True),
        ("1950/1951~", False, True),
        ("[1950-01-01,1950-01-02?]", False, True),
    ],
)
def test_exact_and_uncertain(text: str, exact: bool, uncertain: bool) -> None:
    date = parse(text)
    assert (date.is_exact, date.is_uncertain) == (exact, uncertain)


def test_precision_and_shape() -> None:
    date = parse("1949-10/1950")
    assert date.shape is Shape.INTERVAL
    assert date.start and date.start.precision is Precision.MONTH
    assert date.end and date.end.precision is Precision.YEAR


# Property tests

digits = st.integers(0, 9999).map("{:04d}".format)
months = st.integers(1, 12).map("{:02d}".format)
plain = st.one_of(
    digits,
    st.builds("{}-{}".format, digits, months),
    st.builds("{}-{}-{:02d}".format, digits, months, st.integers(1, 28)),
    st.builds("{}X".format, st.integers(0, 999).map("{:03d}".format)),
)
qualified = st.builds("{}{}".format, plain, st.sampled_from(["", "", "?", "~", "%"]))
edtf_texts = st.one_of(
    qualified,
    st.builds("{}/..".format, plain),
    st.builds("../{}".format, plain),
    st.builds("[{},{}]".format, digits, digits),
    st.tuples(digits, digits).map(lambda pair: "/".join(sorted(pair))),
)


@given(st.text(max_size=30) | st.text("0123456789-/.XYT?~%[]{},S", max_size=24))
def test_parse_raises_nothing_but_its_own_error(text: str) -> None:
    try:
        date = parse(text)
    except DateError:
        return
    assert isinstance(date, HistoricalDate)
    assert str(date)
    assert sort_key(date) <= sort_key(None)


@given(edtf_texts)
def test_bounds_are_ordered(text: str) -> None:
    date = parse(text)
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    assert (date.earliest, date.latest) != (None, None)


@given(st.lists(edtf_texts, min_size=2, max_size=6), st.randoms())
def test_sorting_is_total(texts: list[str], random: object) -> None:
    dates = [parse(text) for text in texts]
    expected = sorted(dates, key=sort_key)
    random.shuffle(dates)  # type: ignore[attr-defined]
    assert [d.edtf for d in sorted(dates, key=sort_key)] == [d.edtf for d in expected]


@given(edtf_texts)
def test_the_pieces_make_the_display(text: str) -> None:
    date = parse(text)
    assert "".join(piece for piece, _ in segments(date, ENGLISH)) == str(date)
