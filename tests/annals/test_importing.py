"""Importing: what others have, as annotations; what is not read is told, and nothing is lost."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from harness import Project
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.parsers.docutils_ import Parser
from sphinx_annals.__main__ import main
from sphinx_annals.annals.importing import (
    MARKDOWN,
    REST,
    Draft,
    How,
    Known,
    MappingError,
    Markup,
    Place,
    Plan,
    Reading,
    plan,
    read,
    read_mapping,
    written,
)
from sphinx_annals.annals.model import BUILT_IN, Kind, Names
from sphinx_annals.dates import Calendar
from sphinx_annals.dates import from_text as date
from sphinx_annals.text import read_options

DATES = """
1950-02-14                   1950-02-14
c. 1950                      1950~
ca 1950                      1950~
um 1950                      1950~
circa 1950?                  1950%
[1950?]                      1950?
195?                         195X
18??-08-21                   18XX-08-21
[1915/19]                    1915?/1919?
[nach 1953]                  [1954?..]
not before 1953              [1953..]
vor dem 02.01.1934           [..1934-01-01]
19??                         19XX
1950s                        195X
1950-55                      1950/1955
1950/51                      1950/1951
1950–1952                    1950/1952
1950 or 1951                 [1950,1951]
between 1949 and 1950        [1949..1950]
before 1950                  [..1949]
before 1 March 1900          [..1900-02-28]
before January 1950          [..1949-12]
after 31 Dec 1950            [1951-01-01..]
after 14 Feb 1950            [1950-02-15..]
since 1949                   1949/..
until 1952                   ../1952
14.02.1950                   1950-02-14
14/02/1950                   1950-02-14
14.II.1950                   1950-02-14
15 March 44 BC               -0043-03-15
2/14/1950                    1950-02-14
5 December 1870              1870-12-05
14 de febrero de 1950        1950-02-14
14. Februar 1950             1950-02-14
14 février 1950              1950-02-14
14 февраля 1950 г.           1950-02-14
1950年2月14日                 1950-02-14
14–16 February 1950          1950-02-14/1950-02-16
14-16 February 1950          1950-02-14/1950-02-16
14 Feb-3 March 1950          1950-02-14/1950-03-03
February 14-16, 1950         1950-02-14/1950-02-16
18.–30.3.1867                1867-03-18/1867-03-30
18.-30.3.1867                1867-03-18/1867-03-30
18-30.3.1867                 1867-03-18/1867-03-30
28.2.–12.3.1867              1867-02-28/1867-03-12
18–30.III.1867               1867-03-18/1867-03-30
18/19 March 1867             1867-03-18/1867-03-19
14 Feb – 3 March 1950        1950-02-14/1950-03-03
winter of 1950               1950-24
19th century                 [1801..1900]
1st century BC               [-0099..0000]
55 BC                        -0054
44 v. Chr.                   -0043
663-11-12                    0663-11-12
26 oct 899                   0899-10-26
43                           0043
1950-02-14T00:00:00Z         1950-02-14
"""
NO_DATES = (
    "3/4/1950",
    "31.2.1950",
    "924 after 17 jul 924",
    "ongoing",
    "-55",
    "1952–1950",
    "12 May",
    "18/30 March 1867",
    "March 18/30, 1867",
    "c. 18/30 March 1867",
    "18./30.3.1867",
    "28 February/12 March 1861",
    "27 December 1867/8 January 1868",
    "6 (18) October 1867",
    "March 18 (30), 1867",
    "1950 (1951)",
    "0000-00-00",
    "1950-00-22",
    "1950-02-00",
    "0 March 1950",
    "March 0, 1950",
    "3-0 March 1950",
    "0/3/1950",
    "1950年21月",
    "1950s BC",
    "0th century",
    "before 195X",
)


@pytest.mark.parametrize(
    ("text", "edtf"), [re.split(r"\s{2,}", line) for line in DATES.strip().split("\n")]
)
def test_dates_of_others_are_edtf(text: str, edtf: str) -> None:
    assert date(text).edtf == edtf


@pytest.mark.parametrize("text", NO_DATES)
def test_a_date_that_nobody_can_tell_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"told|may be|no day|before|digits|has no"):
        date(text)


@pytest.mark.parametrize("piece", ["1 - ", "1950 or ", "14 February – ", "O.S. ", "1950~,"])
def test_a_text_of_any_length_is_no_date_at_once(piece: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        date(piece * 20_000)


@pytest.mark.parametrize(
    "text",
    ["18/30 March 1867", "18 (30) March 1867", "18 March (30 March) 1867", "18./30. März 1867"],
)
def test_a_double_date_of_the_julian_calendar_is_checked_by_its_second(text: str) -> None:
    assert date(text, Calendar.JULIAN).edtf == "1867-03-18"
    with pytest.raises(ValueError, match="1867-03-30 in the Gregorian"):
        date(text.replace("30", "31"), Calendar.JULIAN)


@pytest.mark.parametrize(
    "text", ["18 March 1867 (O.S.)", "18 марта 1867 г. (ст. ст.)", "18 марта 1867 ст. ст."]
)
def test_a_date_may_name_its_calendar(text: str) -> None:
    found = date(text)
    assert (found.edtf, found.calendar) == ("1867-03-18", Calendar.JULIAN)
    assert date("30 March 1867 (N.S.)", Calendar.JULIAN).calendar is Calendar.GREGORIAN


def test_dates_of_a_row_are_in_one_calendar() -> None:
    rows = "1,4 June 1798 (O.S.),1883-03-11\n2,4 June 1798 (O.S.),1883\n3,18/30 March 1867,\n"
    found = reading_of(f"name,born,died\n{rows}4,4 June 1798 (O.S.),\n", "people.csv")
    one, two, three, four = found.drafts
    assert one.options == {"born": "1798-06-15", "died": "1883-03-11"}
    assert two.options == {"born": "1798-06-15", "died": "1883"}
    assert (three.options, three.kept) == ({}, [("born", "18/30 March 1867")])
    assert four.options == {"born": "1798-06-04", "calendar": "julian"}
    (said,) = found.remarks
    assert "write 1867-03-30, 1867-03-18 with the calendar julian" in str(said)


@pytest.mark.parametrize(
    ("dates", "options"),
    [
        (
            '<birth when-custom="1798-06-04" datingMethod="#julian"/><death when="1883-03-11"/>',
            {"born": "1798-06-15", "died": "1883-03-11"},
        ),
        (
            '<death when="1883-03-11"/><birth><date calendar="#julian">4 June 1798</date></birth>',
            {"born": "1798-06-15", "died": "1883-03-11"},
        ),
        (
            '<birth when-custom="1798-06-04" datingMethod="#julian"/>',
            {"born": "1798-06-04", "calendar": "julian"},
        ),
    ],
)
def test_a_person_of_tei_has_one_calendar(dates: str, options: dict[str, str]) -> None:
    person = f"<person><persName>A</persName>{dates}</person>"
    (draft,) = reading_of(f"<listPerson>{person}</listPerson>", "people.xml").drafts
    assert draft.options == options


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("55.75, 37.62", "55.75, 37.62"),
        ("48,20849 16,37208", "48.20849, 16.37208"),
        ("Point(37.62 -55.75)", "-55.75, 37.62"),
        ("55°45′N 37°37′12″E", "55.75, 37.62"),
        ("55° 45' 0\" S, 37.62° W", "-55.75, -37.62"),
        ("48,2° N / 16,37° E", "48.2, 16.37"),
    ],
)
def test_points_are_read_as_people_write_them(text: str, point: str) -> None:
    quoted = text.replace('"', '""')
    (draft,) = reading_of(f'name,coordinates\nX,"{quoted}"\n', "places.csv").drafts
    assert draft.options == {"coordinates": point}
    assert draft.kept == []


@pytest.mark.parametrize(
    "text", ["north of Moscow", "55°45′ 37°37′", "48,2° N 16,37° O", "95.5 12.5"]
)
def test_a_point_that_is_none_is_kept(text: str) -> None:
    (draft,) = reading_of(f'name,coordinates\nX,"{text}"\n', "places.csv").drafts
    assert draft.kept == [("coordinates", text)]


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    with suppress(ValueError):
        date(text)


def reading_of(data: str | bytes, path: str = "events.csv", **how: Any) -> Reading:
    found = read(data.encode() if isinstance(data, str) else data, path, How(BUILT_IN, **how))
    assert found is not None
    return found


def planned(*readings: Reading, book: Sequence[Known] = (), every: bool = False) -> Plan:
    return plan(readings, book, every=every)


def remarks(reading: Reading, made: Plan | None = None) -> list[str]:
    return [str(r) for r in (*reading.remarks, *(made.remarks if made else ()))]


def test_columns_are_known_by_what_people_call_them() -> None:
    reading = reading_of(
        "Nr;Ereignis;Datum;Ort;Beschreibung;Name (ru)\n"
        "e1;Unterzeichnung;14.2.1950;Moskau;Im Kreml.;Подписание\n",
        "liste.csv",
    )
    (draft,) = reading.drafts
    assert (draft.kind, draft.title, draft.id) == (Kind.EVENT, "Unterzeichnung", "e1")
    assert draft.options == {"date": "1950-02-14"}
    assert (draft.names, draft.body) == ([("Подписание", "ru")], ["Im Kreml."])
    assert draft.place == Place("liste.csv", 2)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("name,born,died", Kind.PERSON),
        ("name,date of birth", Kind.PERSON),
        ("name,lat,lon", Kind.PLACE),
        ("treaty,signed,parties", Kind.TREATY),
        ("name,founded", Kind.ORGANISATION),
        ("label,hdate,hdate_end", Kind.EVENT),
    ],
)
def test_the_columns_tell_what_the_rows_are(header: str, kind: Kind) -> None:
    row = "X" + ",1950" * header.count(",")
    assert [d.kind for d in reading_of(f"{header}\n{row}\n", "x.csv").drafts] == [kind]


MAPPING = """
kind = "event"
[columns]
"Wann" = "date"
"Was" = "title"
"Sicher?" = "certainty"
"Lfd" = "ignore"
[values.certainty]
"ja" = "certain"
[all]
date-basis = "external"
"""


def test_a_mapping_says_what_columns_and_values_mean() -> None:
    table = "Lfd,Was,Wann,Sicher?,Farbe\n1,A,1950,ja,rot\n2,B,1951,vielleicht,\n"
    reading = reading_of(table, mapped=read_mapping(MAPPING))
    first, second = reading.drafts
    assert first.options == {"date": "1950", "certainty": "certain", "date-basis": "external"}
    assert "certainty" not in second.options
    assert second.kept == [("certainty", "vielleicht")]
    assert "events.csv:3: certainty: 'vielleicht' is none of: certain" in remarks(reading)[0]
    assert reading.unread == {"column 'Farbe'": 1}


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("kind = 'evnt'", "no kind 'evnt'; did you mean 'event'?"),
        (
            "kind = 'event'\n[columns]\nWann = 'dat'",
            "an event has no field 'dat'; did you mean 'date'?",
        ),
        ("[columns]\nWan = 'date'", "no column 'Wan'; did you mean 'Wann'?"),
        ("[column]\nWann = 'date'", "no 'column'; did you mean 'columns'?"),
        ("[all]\ncolour = 'red'", "an event has no field 'colour'"),
        ("kind = ", "no TOML"),
        ("[columns]\nWann = 3", 'columns: write lines of the form "from" = "to"'),
    ],
)
def test_a_mapping_that_cannot_be_is_told(toml: str, said: str) -> None:
    with pytest.raises(MappingError, match=re.escape(said)):
        reading_of("Was,Wann\nA,1950\n", mapped=read_mapping(toml))


def test_rows_of_nobody_knows_what_ask_for_a_kind() -> None:
    with pytest.raises(MappingError, match="name the kind with --kind"):
        reading_of("a,b\n1,2\n", "x.csv")


BAD_TABLES: dict[str, tuple[bytes, list[str], int]] = {
    "empty": (b"", ["events.csv: the file is empty"], 0),
    "mark alone": (b"\xef\xbb\xbf\r\n", ["events.csv: the file is empty"], 0),
    "latin": ("title,date\nKöln,1950\n".encode("latin-1"), ["events.csv:2: byte 0xf6 is not UTF-8"], 0),
    "office": (b"PK\x03\x04\x14", ["events.csv: a file of an office program; save it as CSV"], 0),
    "short utf-16": ("title,date\nA,1950\n".encode("utf-16")[:-1], ["is not utf-16"], 0),
    "no such column": (b"title,date\nA,1950,more\n", ["events.csv:2: column 3: the header has no"], 1),
    "open quote": (b'title,date\n"A,1950\nB,1951\n', ["events.csv:2: a quotation mark that opens here"], 2),
    "stray quote": (b'title,date\n"A"x,1950\nB,1951\n', ["events.csv:2: ',' expected after '\"'"], 2),
    "bad date": (b"title,date\nA,3/4/1950\n", ["events.csv:2: date: 3/4/1950 may be a day in month"], 1),
    "nothing in a row": (b"title,date,x\nA,1950,\n,,y\n", ["events.csv:3: nothing in this row"], 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TABLES)
def test_what_is_wrong_with_a_table_has_its_line(name: str) -> None:
    data, said, count = BAD_TABLES[name]
    reading = reading_of(data)
    assert len(reading.drafts) == count
    assert len(reading.remarks) == len(said)
    for remark, part in zip(remarks(reading), said, strict=True):
        assert part in remark


@pytest.mark.parametrize(
    "data",
    [
        "﻿title,date\r\nA; b,1950\r\n".encode(),
        b"sep=;\r\ntitle;date\r\nA; b;1950\r\n".replace(b"A; b", b'"A; b"'),
        "title\tdate\nA; b\t1950\n".encode("utf-16"),
        b"title|date\nA; b|1950\n",
        b'title,date\n"A; b",="1950"\n',
        b"\n\ntitle,date\n\nA; b,1950\n\n",
        b"title,date\rA; b,1950\r",
    ],
)
def test_tables_as_spreadsheets_write_them(data: bytes) -> None:
    reading = reading_of(data)
    assert reading.remarks == []
    assert [(d.title, d.options) for d in reading.drafts] == [("A; b", {"date": "1950"})]


def test_another_encoding_is_read_where_it_is_named() -> None:
    data = "title,date\nKöln,1950\n".encode("cp1252")
    assert [d.title for d in reading_of(data, encoding="windows-1252").drafts] == ["Köln"]
    assert (
        "no encoding of texts is called 'nonsense'"
        in remarks(reading_of(data, encoding="nonsense"))[0]
    )


def test_twenty_thousand_rows_lose_none() -> None:
    rows = "".join(f"Letter,{1800 + n % 150},Text {n}\n" for n in range(20_000))
    reading = reading_of(f"title,date,text\n{rows}")
    made = planned(reading)
    assert len(made.drafts) == len({draft.id for draft in made.drafts}) == 20_000
    assert made.drafts[0].id == "letter"
    assert made.drafts[1].id == "letter-1801"


TEI = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<listPerson>
 <person xml:id="p1" sex="1">
  <persName type="variant" xml:lang="ru">Шницлер</persName>
  <persName type="preferred"><forename>Arthur</forename> <surname>Schnitzler</surname></persName>
  <birth when="1862-05-15"><placeName>Wien</placeName></birth>
  <death notBefore="1931-01-01" notAfter="1931-12-31"/>
  <occupation>writer</occupation><occupation>physician</occupation>
  <idno type="URL" subtype="gnd">https://d-nb.info/gnd/118609807</idno>
  <idno type="URL" subtype="pmb">https://pmb.acdh.oeaw.ac.at/entity/2121/</idno>
  <note>Wrote <hi>Reigen</hi>
   &amp; more.</note>
 </person>
 <person xml:id="p2"><persName>Olga: "née" *Gussmann*</persName><birth from="1880" to="1882"/>
  <death when-custom="1700-02-29" datingMethod="#julian"/></person>
</listPerson>
<listPlace><place xml:id="l1"><placeName>Wien</placeName><placeName xml:lang="en">Vienna</placeName>
 <location><geo>48,20849 16,37208</geo></location>
 <location type="located_in_place"><geo>47 13</geo></location>
 <idno type="URI">https://www.geonames.org/2761369</idno></place></listPlace>
<listOrg><org xml:id="o1"><orgName>Burgtheater</orgName><desc>A theatre.</desc></org></listOrg>
<listEvent>
 <event xml:id="e1" notBefore="1900-03-01" notAfter="1900-05-02" where="#l1"><label>Reading</label>
  <desc>At the theatre.</desc><listPerson><person corresp="#p1" role="reader"/></listPerson>
  <event xml:id="e2" when="-0044-03-15"><label>Part</label></event></event>
 <event xml:id="e3"><label>1657-01-01</label><desc>He wrote a letter to Mantua.</desc></event>
</listEvent></body></text></TEI>
"""


def test_the_lists_of_tei_are_objects() -> None:
    reading = reading_of(TEI, "lists.xml")
    made = planned(reading)
    assert remarks(reading, made)[:1] == [
        "lists.xml:27: no title; event 'He wrote a letter to Mantua.' is called so by what it says"
    ]
    found = {draft.id: draft for draft in made.drafts}
    assert found["p1"].title == "Arthur Schnitzler"
    assert found["p1"].names == [("Шницлер", "ru")]
    assert found["p1"].body == ["Wrote Reigen & more."]
    assert found["p1"].options == {
        "sort-name": "Schnitzler, Arthur",
        "born": "1862-05-15",
        "died": "1931",
        "role": "writer; physician",
        "gnd": "118609807",
    }
    assert found["p2"].options == {"born": "1880/1882", "died": "1700-03-11"}
    assert found["l1"].options == {"coordinates": "48.20849, 16.37208", "geonames": "2761369"}
    assert found["l1"].names == [("Vienna", "en")]
    assert (found["o1"].kind, found["o1"].body) == (Kind.ORGANISATION, ["A theatre."])
    assert found["e1"].options == {
        "date": "[1900-03-01..1900-05-02]",
        "place": "l1",
        "actors": "p1 (reader)",
    }
    assert found["e2"].options == {"date": "-0043-03-15", "part-of": "e1"}
    assert found["e3"].options == {"date": "1657-01-01"}
    assert reading.unread == {
        "<person>/<birth>/<placeName>": 1,
        "<person>/<idno>[@type='pmb']": 1,
        "<place>/<location>[@type='located_in_place']": 1,
    }


@pytest.mark.parametrize(
    ("xml", "said", "count"),
    [
        (TEI.replace("</listPlace>", ""), "lists.xml:28: no XML from here on (mismatched tag)", 3),
        (TEI.partition("<listOrg>")[0], "no XML from here on", 3),
        ("<TEI/>", "lists.xml:1: no listPerson", 0),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "lists.xml:1: it defines the entity 'b'", 0),
        ("<a>&nbsp;</a>", "undefined entity", 0),
        ("<", "no XML from here on", 0),
        ("<?xml version='1.0' encoding='klingon'?><TEI/>", "lists.xml:1: its encoding cannot", 0),
        ("<?xml version='1.0' encoding='gbk'?><TEI/>", "cannot be read (multi-byte", 0),
        ("<listPerson>" * 10_000, "lists.xml:1: elements within elements without end", 0),
    ],
)
def test_broken_xml_is_read_as_far_as_it_is_whole(xml: str, said: str, count: int) -> None:
    reading = reading_of(xml, "lists.xml")
    assert said in remarks(reading)[0]
    assert len(reading.drafts) >= count


def time(value: str, precision: int = 11, calendar: str = "Q1985727", **more: Any) -> Any:
    model = f"http://www.wikidata.org/entity/{calendar}"
    told = {"time": value, "precision": precision, "calendarmodel": model}
    snak = {"snaktype": "value", "datavalue": {"type": "time", "value": told}}
    return {"mainsnak": snak, "rank": "normal"} | more


def claim(value: Any, **more: Any) -> Any:
    return {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": value}},
        "rank": "normal",
    } | more


def qualified(name: str, value: Any) -> Any:
    return {"qualifiers": {name: [{"snaktype": "value", "datavalue": {"value": value}}]}}


ENTITY: dict[str, Any] = {
    "entities": {
        "Q42": {
            "id": "Q42",
            "type": "item",
            "labels": {
                "en": {"language": "en", "value": "Some Poet"},
                "ru": {"language": "ru", "value": "Поэт"},
                "fr": {"language": "fr", "value": "Poète"},
            },
            "descriptions": {"en": {"language": "en", "value": "English poet"}},
            "aliases": {"en": [{"language": "en", "value": "S. Poet"}]},
            "claims": {
                "P31": [claim({"id": "Q5"})],
                "P569": [time("+1643-01-04T00:00:00Z", rank="deprecated"), time("+1642-12-25T00:00:00Z", 11, "Q1985786")],
                "P570": [time("+1727-03-00T00:00:00Z", 10, "Q1985786")],
                "P227": [claim("118540238")],
                "P213": [claim("0000 0001 2103 2684")],
                "P106": [claim({"id": "Q49757"})],
                "P1559": [claim({"text": "Поэтъ", "language": "ru"})],
            },
        },
        "Q2": {
            "id": "Q2",
            "labels": {"en": {"language": "en", "value": "The battle"}},
            "claims": {
                "P585": [time("+1850-00-00T00:00:00Z", 9)],
                "P276": [claim({"numeric-id": 3})],
                "P710": [claim({"id": "Q42"})],
            },
        },
        "Q3": {
            "id": "Q3",
            "labels": {"mul": {"language": "mul", "value": "Town"}},
            "claims": {"P625": [claim({"latitude": 55.75, "longitude": 37.62})]},
        },
        "Q4": {"id": "Q4", "labels": {}, "claims": {"P18": [claim("x.jpg")]}},
    }
}  # fmt: skip


def test_entities_of_wikidata_are_objects() -> None:
    reading = reading_of(json.dumps(ENTITY), "Q42.json", languages=("en", "ru"))
    made = planned(reading)
    poet, battle, town = made.drafts
    assert (poet.kind, poet.id, poet.title) == (Kind.PERSON, "some-poet", "Some Poet")
    assert poet.names == [("Поэт", "ru"), ("Поэтъ", "ru"), ("S. Poet", "")]
    assert poet.options == {
        "role": "English poet",
        "wikidata": "Q42",
        "gnd": "118540238",
        "calendar": "julian",
        "born": "1642-12-25",
        "died": "1727-03",
    }
    assert battle.options == {"date": "1850", "place": "town", "actors": "some-poet"}
    assert town.options == {"wikidata": "Q3", "coordinates": "55.75, 37.62"}
    assert reading.unread == {"property P106": 1}
    assert remarks(reading, made) == [
        "Q42.json: Q42: isni: '0000 0001 2103 2684' is mistyped: after 000000012103268 comes the check digit 3; kept as a comment",
        "Q42.json: Q4: nothing tells what kind of object it is; name it with --kind; it is left out",
    ]


@pytest.mark.parametrize(
    ("statements", "edtf"),
    [
        ([time("+1950-02-14T00:00:00Z")], "1950-02-14"),
        ([time("+1950-02-00T00:00:00Z", 10)], "1950-02"),
        ([time("+1950-00-00T00:00:00Z", 8)], "195X"),
        ([time("+1850-00-00T00:00:00Z", 7)], "[1801..1900]"),
        ([time("+1900-00-00T00:00:00Z", 7)], "[1801..1900]"),
        ([time("-0044-03-15T00:00:00Z", 11, "Q1985786")], "-0043-03-15"),
        ([time("-0050-00-00T00:00:00Z", 7)], "[-0099..0000]"),
        ([time("+1475-00-00T00:00:00Z", 9), time("+1476-00-00T00:00:00Z", 9)], "[1475,1476]"),
        ([time("+1475-00-00T00:00:00Z", 9), time("+1476-00-00T00:00:00Z", 9, rank="preferred")], "1476"),
        ([time("+1475-00-00T00:00:00Z", 9, **qualified("P1480", {"id": "Q5727902"}))], "1475~"),
        ([time("+1475-00-00T00:00:00Z", 9, **qualified("P1319", {"time": "+1470-00-00T00:00:00Z", "precision": 9}))], "[1470..]"),
    ],
)  # fmt: skip
def test_times_of_wikidata_are_edtf(statements: list[Any], edtf: str) -> None:
    entity = {
        "id": "Q1",
        "labels": {},
        "claims": {"P31": [claim({"id": "Q5"})], "P569": statements},
    }
    (draft,) = reading_of(json.dumps(entity), "Q1.json").drafts
    assert draft.options["born"] == edtf


def test_two_calendars_become_one() -> None:
    claims = {
        "P31": [claim({"id": "Q5"})],
        "P569": [time("+1870-04-10T00:00:00Z", 11, "Q1985786")],
        "P570": [time("+1924-01-21T00:00:00Z")],
    }
    entity = {"id": "Q1", "labels": {}, "claims": claims}
    (draft,) = reading_of(json.dumps([entity]), "dump.json").drafts
    assert draft.options == {"wikidata": "Q1", "born": "1870-04-22", "died": "1924-01-21"}


def test_what_wikidata_does_not_know_is_told() -> None:
    unknown = {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}
    claims = {"P31": [claim({"id": "Q5"})], "P570": [unknown], "P569": [time("+1-00-00", 3)]}
    lines = json.dumps({"id": "Q1", "labels": {}, "claims": claims})
    reading = reading_of(f"[\n{lines},\n{lines}\n]\n", "dump.json")
    assert len(reading.drafts) == 2
    assert [r.message for r in reading.remarks[:3]] == [
        "born: '+1-00-00' is no time; kept as a comment",
        "died: P570 has no value; kept as a comment",
        "no label in en; it is called by its number",
    ]


def test_results_of_a_query_are_a_table() -> None:
    def bound(**values: str) -> Any:
        uri = "http://www.wikidata.org/entity/"
        return {
            n: {"type": "uri" if v.startswith(uri) else "literal", "value": v}
            for n, v in values.items()
        }

    binding = bound(
        item="http://www.wikidata.org/entity/Q42",
        itemLabel="Town",
        itemDescription="a town",
        coord="Point(37.62 55.75)",
        inception="1147-04-04T00:00:00Z",
        country="http://www.wikidata.org/entity/Q1",
        countryLabel="Land",
    )
    results = {"head": {"vars": list(binding)}, "results": {"bindings": [binding]}}
    reading = reading_of(json.dumps(results), "query.json")
    (draft,) = reading.drafts
    assert (draft.kind, draft.title) == (Kind.PLACE, "Town")
    assert draft.options == {"wikidata": "Q42", "coordinates": "55.75, 37.62"}
    assert draft.body == ["a town"]
    assert reading.unread == {
        f"column {name!r}": 1 for name in ("inception", "country", "country (item)")
    }


@pytest.mark.parametrize("data", ['{"a": 1', '{"a": 1}', "[" * 100_000, "[1, 2]"])
def test_json_of_something_else_is_told(data: str) -> None:
    reading = reading_of(data, "x.json")
    assert len(reading.remarks) == 1
    assert "JSON" in remarks(reading)[0]


@pytest.mark.parametrize(
    "works",
    ['[{"id": "a", "type": "book", "author": [{"family": "X"}]}]', "% x\n@book{a, title={X}}"],
)
def test_a_bibliography_is_not_for_these_readers(works: str) -> None:
    assert read(works.encode(), "works", How(BUILT_IN)) is None


SOMETHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["Q5", "P569", "x", "value", "en"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "labels",
                    "claims",
                    "aliases",
                    "descriptions",
                    "entities",
                    "P31",
                    "P569",
                    "P227",
                    "mainsnak",
                    "datavalue",
                    "value",
                    "en",
                    "qualifiers",
                    "P1480",
                    "rank",
                    "snaktype",
                    "head",
                    "vars",
                    "results",
                    "bindings",
                    "type",
                    "title",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=30,
)


@given(SOMETHING)
def test_no_json_breaks_the_reading(data: Any) -> None:
    with suppress(MappingError):
        for made in (data, {"id": "Q1", "claims": data, "labels": data}):
            read(json.dumps(made).encode(), "x.json", How(BUILT_IN, Kind.PERSON))


@given(st.binary(max_size=60) | st.text("<>/=\"' aePrsonlit&;", max_size=60).map(str.encode))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    with suppress(MappingError):
        read(data, "x", How(BUILT_IN, Kind.EVENT))


BOOK = [
    Known(Kind.PLACE, "moscow", "places.md:3", ("Moscow", "Москва")),
    Known(Kind.PERSON, "mao", "people.md:3", ("Mao Zedong",), ("chairman",), {"wikidata": "Q5816"}),
    Known(Kind.EVENT, "signing", "one.md:9", ("Signing",), (), {"date": "1950-02-14"}),
]


def test_what_the_book_has_is_shown_and_left_out() -> None:
    reading = reading_of(
        "title,date,place,actors\nSigning,1950,Москва,\nSigning,1951-05,moscow,Mao Zedong (host); Stalin\n"
    )
    made = planned(reading, book=BOOK)
    (new,) = made.drafts
    assert (new.id, new.options["place"]) == ("signing-1951", "moscow")
    assert new.options["actors"] == "mao (host)"
    assert new.kept == [("actors", "Stalin")]
    assert remarks(reading, made) == [
        "events.csv:2: event 'Signing': the book has 'signing' of this name (one.md:9)",
        "events.csv:3: actors: no person or organisation is called 'Stalin'; kept as a comment",
    ]
    assert len(planned(reading_of("title,date\nSigning,1950\n"), book=BOOK, every=True).drafts) == 1


def test_an_identifier_tells_who_is_in_the_book() -> None:
    people = reading_of("name,wikidata\nMáo Zédōng,Q5816\nMao,Q1\n", "people.csv")
    letters = reading_of("title,date,actors\nLetter,1950,Máo Zédōng\n")
    made = planned(people, letters, book=BOOK)
    assert [d.id for d in made.drafts] == ["mao-2", "letter"]
    assert made.drafts[1].options["actors"] == "mao"


def test_two_that_are_one_in_a_file_are_shown() -> None:
    reading = reading_of(
        "id,name,born,gnd\na,Zhou,1898,118540238\na,Zhou,1899,\nb,Chou,,118540238\nc,Zhou,189X,\n",
        "people.csv",
    )
    made = planned(reading)
    assert [d.id for d in made.drafts] == ["a", "a-1899", "b", "c"]
    assert remarks(reading, made) == [
        "people.csv:3: the id 'a' is taken (people.csv:2); another is made",
        "people.csv:4: person 'Chou': 'a' (people.csv:2) has the same gnd 118540238; both are written",
        "people.csv:2: person 'Zhou': 'c' (people.csv:5) has the same name and date; both are written",
        "people.csv:3: person 'Zhou': 'c' (people.csv:5) has the same name and date; both are written",
    ]


def test_a_ring_of_parts_is_broken_and_told() -> None:
    table = "id,title,date,part-of,follows\na,A,1950,b,\nb,B,1950,c,a\nc,C,1950,a,b\nd,D,1950,d,\n"
    reading = reading_of(table)
    made = planned(reading)
    parts = {d.id: d.options.get("part-of") for d in made.drafts}
    assert parts == {"a": "b", "b": "c", "c": None, "d": None}
    assert made.drafts[2].kept == [("part-of", "a")]
    assert "events.csv:4: part-of leads back: a to b to c to a" in remarks(reading, made)[-1]
    assert "events.csv:5: part-of: no event is called 'd'" in remarks(reading, made)[0]


HOSTILE = (
    "a: b", "# no heading", "- no list", "1. no list", "a) no list", "*not* _marked_ **up**", "`code` and ``more``",
    "{role}`x` {{sub}} {}", "[link](x) ![pic](y) [^note] [](#id)", "<b>html</b> <!-- x -->", "&amp; &#65; AT&T",
    "$x$ and $$y$$", "a | b | c", "---", "===", ":::{event} X", "```{event} X", ":id: other", "id: other", "% remark",
    "\\*x\\* C:\\new", "x\\", "~~gone~~", "@key2004", "a::", ".. event:: x", "|sub| :role:`x` link_ x__ `y`_",
    "'quoted'", '"quoted"', "“curly”", "he said “a”: 'b', \"c\" #d", "> quote", "+ plus", "! bang", "=1+1", "~", "null", "[a, b]",
    "|", ">", "%YAML", "@at", "? ask", "Москва — 北京", "zero\u200bwidth", "a\u00a0b", "term\n: definition", "Title\n=====",
    "one\n\ntwo\n    three", "tab\tbed", "trailing  \nline", "-- dash", "x" * 500,
)  # fmt: skip
TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n:;,.#*_`~|<>[](){}\\\"'$%&@!?=+-^/0aЖ中"),
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]),
    ),
    min_size=1,
    max_size=40,
)


def words(text: str) -> str:
    return " ".join(text.split())


def told(markup: Markup, text: str) -> str:
    """Give the source of an object with a text in each place."""
    draft = Draft(Kind.PERSON, Place("x"), title=text, id="x", body=[text], kept=[("x", text)])
    draft.names, draft.options["role"] = [(words(text).replace(";", ","), "ru")], words(text)
    (made,) = planned(Reading("x", BUILT_IN, [draft])).drafts
    return written(made, BUILT_IN[made.kind], markup)


def in_rest(text: str) -> str:
    settings = {"report_level": 1, "halt_level": 1, "warning_stream": False}
    return seen(publish_doctree(text, settings_overrides=settings))


def seen(document: nodes.document) -> str:
    for comment in [*document.findall(nodes.comment)]:
        comment.parent.remove(comment)
    return document.astext()


def in_markdown(text: str) -> str:
    extensions = ["colon_fence", "dollarmath", "deflist", "fieldlist", "substitution", "tasklist"]
    extensions += ["attrs_inline", "attrs_block", "amsmath", "strikethrough"]
    settings = {"report_level": 1, "halt_level": 1, "warning_stream": False}
    settings["myst_enable_extensions"] = extensions
    return seen(publish_doctree(text, parser=Parser(), settings_overrides=settings))


def holds(markup: Markup, read_back: Callable[[str], str], text: str) -> None:
    opening, *lines = told(markup, text).split("\n")
    title = opening.removeprefix(":::{person} ").removeprefix(".. person:: ")
    options = read_options(lines, {"id", "names", "role"}, markdown=markup is MARKDOWN)
    assert options.slips == []
    assert words(read_back(options.values["role"])) == words(text)
    if "names" in options.values:  # or it is a comment
        (name,) = Names().convert(options.values["names"])
        assert (words(read_back(name.text)), name.language) == (words(text).replace(";", ","), "ru")
    inner = [line.removeprefix(markup.indent) for line in lines[options.lines :]]
    if markup is MARKDOWN:
        assert not any(line.startswith(":::") for line in inner[:-1])
        inner = inner[:-1]
    assert words(read_back(title)) == words(text)
    body = "\n".join(inner)
    assert words(read_back(body)) == words(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_come_out_as_written(text: str) -> None:
    holds(MARKDOWN, in_markdown, text)
    holds(REST, in_rest, text)


@given(TEXTS)
def test_whatever_a_cell_holds_comes_out_as_written(text: str) -> None:
    if words(text):
        holds(MARKDOWN, in_markdown, text)
        holds(REST, in_rest, text)


def test_control_characters_are_left_out_and_told() -> None:
    reading = reading_of("title,date,text\nA\x07B,1950,x\x00y\x0bz\n")
    made = planned(reading)
    assert made.drafts[0].title == "AB"
    assert made.drafts[0].body == ["xy\nz"]
    assert remarks(reading, made) == [
        "events.csv:2: control characters in event 'AB' (2); they are left out"
    ]


def test_languages_are_told_as_an_author_tells_them() -> None:
    xml = TEI.replace('xml:lang="ru"', 'xml:lang="rus"').replace(
        'xml:lang="en"', 'xml:lang="x-foo"'
    )
    reading = reading_of(xml, "lists.xml")
    made = planned(reading)
    found = {draft.id: draft.names for draft in made.drafts}
    assert (found["p1"], found["l1"]) == ([("Шницлер", "ru")], [("Vienna", "")])
    assert remarks(made=made, reading=Reading("x", BUILT_IN))[0].endswith(
        "names: no name is told to be in 'x-foo'; it stands without"
    )


def test_names_that_a_list_cannot_hold_are_comments() -> None:
    reading = Reading("x", BUILT_IN)
    draft = Draft(Kind.PERSON, Place("x"), title="X", body=["x"])
    draft.names = [("a; b", ""), ("(c", ""), ("d (e; f)", "")]
    reading.drafts.append(draft)
    made = planned(reading)
    assert made.drafts[0].names == [("d (e; f)", "")]
    assert made.drafts[0].kept == [("names", "a; b"), ("names", "(c")]
    assert len(made.remarks) == 2


def test_a_name_that_begins_like_a_language_keeps_its_first_word() -> None:
    reading = reading_of("title,born,names\nX,1950,de Gaulle; la Fontaine; Ivan\n", "people.csv")
    (made,) = planned(reading).drafts
    text = written(made, BUILT_IN[made.kind], MARKDOWN)
    assert ":names: und de Gaulle; und la Fontaine; Ivan\n" in text


def run(project: Project, *arguments: str) -> int:
    return main(["import", *arguments, "--project", str(project.root)])


def table(path: Path, header: str, rows: Sequence[Sequence[str]]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([header.split(), *rows])
    return str(path)


@pytest.mark.parametrize("target", ["people.md", "people.rst"])
def test_what_is_imported_builds_and_exports_the_same(project: Project, target: str) -> None:
    project.write("# Book\n\n```{toctree}\npeople\n```\n")
    rows = [
        [f"p{n}", words(f"{n} {text}"), text, f"{1800 + n}", text, words(text).replace(";", ",")]
        for n, text in enumerate(HOSTILE)
        if "event" not in text  # a build asks whether that is meant
    ]
    header = "id name description born role name_ru"
    source = table(project.folder / "people.csv", header, rows)
    to = str(project.root / target)
    assert run(project, source, "--to", to) == 0
    assert not Path(to).exists()
    assert run(project, source, "--to", to, "--yes") == 0
    project.build("html", smartquotes=False)
    people = project.build("annals", smartquotes=False).json("annals.json")["people"]
    assert [p["id"] for p in people] == [row[0] for row in rows]
    for person, row in zip(people, rows, strict=True):
        assert words(person["text"]) == words(row[2])
        assert person["born"]["edtf"] == row[3]
        assert person["role"] == words(row[4])
        assert person["title"] == words(row[1])
        assert person["names"] == [{"text": words(row[5]), "language": "ru"}]
    before = Path(to).read_bytes()
    assert run(project, source, "--to", to, "--yes") == 1
    assert Path(to).read_bytes() == before


@pytest.mark.parametrize("begun", ["# B\n\n:::{note}\nNo end.\n", "# B\n\n```python\ncode\n"])
def test_nothing_is_written_into_an_open_fence(
    project: Project, capsys: pytest.CaptureFixture[str], begun: str
) -> None:
    project.write({"index.md": begun, "people.csv": "name,born\nA,1950\n"})
    to = str(project.root / "index.md")
    assert run(project, str(project.root / "people.csv"), "--to", to, "--yes") == 2
    assert "ends within a directive; close its fence first" in capsys.readouterr().err
    assert project.read("index.md") == begun


def test_our_own_tables_are_read_again(project: Project) -> None:
    project.write(
        "# Book\n\n:::{place} Moscow\n:id: moscow\n:coordinates: 55.75, 37.62\n:names: ru Москва\n"
        ":geonames: 524901\n:::\n\n:::{person} A\n:id: a\n:sort-name: A, B\n:born: 1890~\n:::\n\n"
        ":::{event} Talks\n:id: talks\n:date: 1700-02-29/1700-03\n:calendar: julian\n:place: moscow\n"
        ":actors: a (host, in part)\n:certainty: probable\n:sources: heinzig2004arduous{p. 3, n. 1}, "
        "heinzig2004arduous\n\nWords.\n:::\n\n:::{organisation} B\n:id: b\n:founded: 1900\n:::\n\n"
        ":::{treaty} Pact\n:id: pact\n:kind: protocol\n:parties: b\n:signatories: a\n:signed: 1950-02-14\n"
        ":term: P30Y\n:languages: ru, zh\n:place: moscow\n:tags: x, y\n:::\n"
    )
    first = project.build("annals").json("annals.json")
    out = [
        str(project.folder / "out" / "annals" / f"{name}.csv")
        for name in ("places", "people", "events", "organisations", "treaties")
    ]
    again = project.root.with_name("again")
    again.mkdir()
    (again / "conf.py").write_text(project.conf)
    (again / "refs.bib").write_text(project.read("refs.bib"))
    to = str(again / "index.md")
    assert main(["import", *out, "--to", to, "--yes", "--project", str(again)]) == 0
    second = Project(project.folder / "second")
    second.write({name: (again / name).read_text() for name in ("conf.py", "index.md", "refs.bib")})
    second.write({"bib.md": project.read("bib.md")})
    data = second.build("annals").json("annals.json")
    for kind in ("events", "people", "places", "organisations", "treaties"):
        for old, new in zip(first[kind], data[kind], strict=True):
            assert {**old, "mentions": []} == {**new, "mentions": []}


def test_works_go_into_the_bibliography(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    works = project.folder / "works.json"
    works.write_text(
        '[{"id": "x1950y", "type": "book", "title": "T", "author": [{"family": "Ng"}]}]'
    )
    assert run(project, str(works), "--yes") == 0
    assert "@book{x1950y" in project.read("refs.bib")
    said = capsys.readouterr()
    assert "Added x1950y" in said.err
    assert "person" not in said.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.csv"], "name the kind with --kind"),
        (["x.csv", "--kind", "persn"], "no kind 'persn'; did you mean 'person'?"),
        (["x.csv", "--kind", "person", "--yes"], "name the file to write with --to"),
        (["gone.csv"], "No such file"),
        (["x.csv", "--kind", "person", "--to", "x"], "--to: write a file that ends in .md or .rst"),
        (["x.csv", "--mapping", "x.csv"], "x.csv: no TOML"),
    ],
)
def test_a_command_that_cannot_be_says_what_to_write(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(project.root)
    project.write({"x.csv": "name,colour\nA,red\n"})
    assert main(["import", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        (b"", (), "empty"),
        (b'{"a": 1}', (), "neither of Wikidata nor CSL"),
        (b"\x93\x00\xff\xfe\x80", (), "is not UTF-8"),
        ("name,born\nGöring,1893\n".encode("cp1252"), (), "--encoding windows-1252"),
        (b"name,born\nAnn,1893\n", ("--encoding", "foo"), "no encoding of texts is called 'foo'"),
        (b"name,born\nAnn,1893\n", ("--encoding", "undefined"), "no encoding of texts"),
        (b"name,born\nStalin,1878-12-18\n", (), "left out that the book has"),
        (b"name,born\n,\n", ("--to", "new.md"), "0 objects read"),
    ],
)
def test_where_nothing_is_left_to_write_the_reason_is_told(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    data: bytes,
    options: tuple[str, ...],
    said: str,
) -> None:
    (project.root / "people.md").write_text(
        "# P\n\n```{person} Stalin\n:id: stalin\n:born: 1878-12-18\n```\n"
    )
    (project.root / "people.csv").write_bytes(data)
    assert run(project, str(project.root / "people.csv"), *options) == 1
    errors = capsys.readouterr().err
    assert said in errors and errors.endswith("Nothing new to add.\n")


def test_a_new_document_is_listed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = project.root
    (root / "index.md").write_text("# T\n\n```{toctree}\none\n```\n")
    project.write({"conf.py": "language = 'de'\n", "e.csv": "event,date\nEnd,1945\n"})
    (root / "people.csv").write_text("name,born,source\nAnn,1893,shen2020short\n")
    arguments = (*map(str, (root / "people.csv", root / "e.csv")), "--to", str(root / "new.md"))
    assert run(project, *arguments) == 0
    assert re.search(r"to \S*new\.md, and list that in \S*index\.md", capsys.readouterr().err)
    assert run(project, *arguments, "--yes") == 0
    assert "index.md lists it" in capsys.readouterr().err
    assert (root / "index.md").read_text() == "# T\n\n```{toctree}\none\nnew\n```\n"
    written = (root / "new.md").read_text()
    assert (
        written.startswith("# Personen und Ereignisse\n") and ":sources: shen2020short" in written
    )


def test_files_that_cannot_be_read_are_told_in_words(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, said in (("none.csv", "No such file or directory"), ("", "Is a directory")):
        assert run(project, str(project.root / name)) == 2
        told = capsys.readouterr().err
        assert said in told and "Errno" not in told


def test_ends_of_tei_that_are_turned_round_are_told() -> None:
    birth = '<birth notBefore="1818" notAfter="1817"/>'
    person = f"<person><persName>A</persName>{birth}</person>"
    found = reading_of(f"<listPerson>{person}</listPerson>", "people.xml")
    assert found.drafts[0].kept == [("born", 'notBefore="1818" notAfter="1817"')]
    assert "@notBefore is later than @notAfter" in str(found.remarks[0])


@pytest.mark.parametrize("source", ["Heinzig, p. 5", "https://example.org/a"])
def test_a_source_that_is_no_key_is_kept(source: str) -> None:
    (draft,) = reading_of(f'name,born,source\nAnn,1893,"{source}"\n', "people.csv").drafts
    assert draft.kept == [("sources", source)]
