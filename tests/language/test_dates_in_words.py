"""Dates as each language writes them; those in English stand with the rules of dates."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.dates import Calendar, DateError, in_words, parse, segments, year_in_words
from sphinx_annals.language import ENGLISH, LANGUAGES, language_of

# EDTF, then German, French, Russian, Simplified and Traditional Chinese
TABLE = """
1950-02-14 | 14. Februar 1950 | 14 février 1950 | 14 февраля 1950 г. | 1950年2月14日 | 1950年2月14日
1950-02 | Februar 1950 | février 1950 | февраль 1950 г. | 1950年2月 | 1950年2月
1950 | 1950 | 1950 | 1950 г. | 1950年 | 1950年
1950-05-01 | 1. Mai 1950 | 1er mai 1950 | 1 мая 1950 г. | 1950年5月1日 | 1950年5月1日
1957~ | um 1957 | vers 1957 | около 1957 г. | 约1957年 | 約1957年
1957-02~ | um Februar 1957 | vers février 1957 | около февраля 1957 г. | 约1957年2月 | 約1957年2月
1957-02-14~ | um den 14. Februar 1957 | vers le 14 février 1957 | около 14 февраля 1957 г. | 约1957年2月14日 | 約1957年2月14日
1957% | möglicherweise um 1957 | peut-être vers 1957 | возможно, около 1957 г. | 可能约1957年 | 可能約1957年
195X | 1950er Jahre | années 1950 | 1950-е годы | 1950年代 | 1950年代
1950-21 | Frühjahr 1950 | printemps 1950 | весна 1950 г. | 1950年春 | 1950年春
1950-40 | erste Hälfte 1950 | premier semestre 1950 | первая половина 1950 г. | 1950年上半年 | 1950年上半年
../1952 | bis 1952 | en 1952 au plus tard | не позднее 1952 г. | 不晚于1952年 | 不晚於1952年
../1952-05 | bis Mai 1952 | en mai 1952 au plus tard | не позднее мая 1952 г. | 不晚于1952年5月 | 不晚於1952年5月
1949-07/.. | ab Juli 1949 | à partir de juillet 1949 | с июля 1949 г. | 自1949年7月起 | 自1949年7月起
1950-02-14/1950-02-16 | 14.–16. Februar 1950 | 14–16 février 1950 | 14–16 февраля 1950 г. | 1950年2月14日至16日 | 1950年2月14日至16日
1950-02-14/1950-03-01 | 14. Februar – 1. März 1950 | 14 février – 1er mars 1950 | 14 февраля – 1 марта 1950 г. | 1950年2月14日至3月1日 | 1950年2月14日至3月1日
1950-01/1950-02 | Januar–Februar 1950 | janvier – février 1950 | январь – февраль 1950 г. | 1950年1月至2月 | 1950年1月至2月
1949-10/1950-02 | Oktober 1949 – Februar 1950 | octobre 1949 – février 1950 | октябрь 1949 г. – февраль 1950 г. | 1949年10月至1950年2月 | 1949年10月至1950年2月
1950/1952 | 1950–1952 | 1950-1952 | 1950–1952 гг. | 1950—1952年 | 1950—1952年
-0043-03-15 | 15. März 44 v. Chr. | 15 mars 44 av. J.-C. | 15 марта 44 г. до н. э. | 公元前44年3月15日 | 西元前44年3月15日
-0043/-0042 | 44–43 v. Chr. | 44-43 av. J.-C. | 44–43 гг. до н. э. | 公元前44—43年 | 西元前44—43年
-0010/0002 | 11 v. Chr. – 2 n. Chr. | 11 av. J.-C. – 2 apr. J.-C. | 11 г. до н. э. – 2 г. н. э. | 公元前11年至公元2年 | 西元前11年至西元2年
XXXX-12-25 | 25. Dezember eines unbekannten Jahres | 25 décembre d’une année inconnue | 25 декабря неизвестного года | 某年12月25日 | 某年12月25日
[1667,1668,1670-12] | 1667, 1668 oder Dezember 1670 | 1667, 1668 ou décembre 1670 | 1667 г., 1668 г. или декабрь 1670 г. | 1667年、1668年或1670年12月 | 1667年、1668年或1670年12月
"""
LINES = [
    (text, name, shown)
    for line in TABLE.strip().splitlines()
    for text, *written in [line.split(" | ")]
    for name, shown in zip(LANGUAGES, written, strict=True)
]


@pytest.mark.parametrize(("text", "name", "shown"), LINES)
def test_a_date_is_written_as_the_language_writes_it(text: str, name: str, shown: str) -> None:
    written = in_words(parse(text), language_of(name)).replace("\u00a0", " ")
    assert written == shown


def test_pieces_carry_their_values_in_every_order() -> None:
    chinese = segments(parse("1950-02-14/1950-02-16"), language_of("zh_CN"))
    assert chinese == [("1950年2月14日", "1950-02-14"), ("至", None), ("16日", "1950-02-16")]
    assert segments(parse("1949-07/.."), language_of("zh_CN")) == [
        ("自", None),
        ("1949年7月", "1949-07"),
        ("起", None),
    ]


def test_the_other_calendar_is_named() -> None:
    date = parse("1917-10-25", Calendar.JULIAN)
    shown = in_words(date, language_of("de"))
    assert shown == "25. Oktober 1917 (julianisch; 7. November 1917 gregorianisch)"
    shown = in_words(date, language_of("ru")).replace("\u00a0", " ")
    assert shown == "25 октября 1917 г. ст. ст. (7 ноября 1917 г. н. ст.)"


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("en", "-0043-03-15", "15 March 44 BCE"),
        ("en", "-0010/0002", "11 BCE – 2 CE"),
        ("en", "1950", "1950"),
        ("de", "-0043", "44 v. u. Z."),
        ("zh_TW", "-0043", "西元前44年"),
    ],
)
def test_years_are_of_the_common_era_if_asked(name: str, text: str, shown: str) -> None:
    assert in_words(parse(text), language_of(name, common_era=True)) == shown


def test_a_year_is_written_with_its_era() -> None:
    assert year_in_words(-43, ENGLISH) == "44 BC"
    assert year_in_words(1950, language_of("zh_CN")) == "1950年"


TEXTS = st.text("0123456789-/.XYT?~%[]{},S", max_size=24) | st.builds(
    "{}{}{}".format,
    st.sampled_from(["1950", "-0043", "195X", "19XX", "XXXX", "000X", "1950-02", "XXXX-12-25"]),
    st.sampled_from(["", "?", "~", "%", "/", "/..", "/1960-05-07", "/2001"]),
    st.just(""),
)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_no_english_and_no_gap_is_left_in_a_date(text: str, name: str) -> None:
    try:
        date = parse(text)
    except DateError:
        return
    shown = in_words(date, language_of(name))
    assert shown == "".join(piece for piece, _ in segments(date, language_of(name)))
    assert not re.search(r"[{}%]|\b(about|from|by|until|possibly|unknown|of|the|or)\b", shown)
    if name in ("ru", "zh_CN", "zh_TW"):
        assert not re.search("[A-Za-z]", shown), shown
