"""Julian dates, of whatever: printed in both calendars, exported and compared by the same days."""

from __future__ import annotations

import re

import pytest
from harness import Project
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.dates import Calendar, parse, segments
from sphinx_annals.language import ENGLISH

JULIAN = Calendar.JULIAN
LONG, YEAR = "14 October – 13 November 1917", "14 January 1918 – 13 January 1919"


@pytest.mark.parametrize(("edtf", "shown", "gregorian"), [
    ("1917-10-25", "25 October 1917 (Julian; 7 November 1917 Gregorian)", "1917-11-07"),
    ("1917-10", "October 1917 (Julian; 14 October – 13 November 1917 Gregorian)",
     "[1917-10-14..1917-11-13]"),
    ("1917-10~", "about October 1917 (Julian; 14 October – 13 November 1917 Gregorian)",
     "[1917-10-14~..1917-11-13~]"),
    ("1917-10-25?", "possibly 25 October 1917 (Julian; 7 November 1917 Gregorian)", "1917-11-07?"),
    ("1917-10-01/1917-10-05", "1–5 October 1917 (Julian; 14–18 October 1917 Gregorian)",
     "1917-10-14/1917-10-18"),
    ("../1917-10-25", "by 25 October 1917 (Julian; by 7 November 1917 Gregorian)", "../1917-11-07"),
    ("1917-10-25/..", "from 25 October 1917 (Julian; from 7 November 1917 Gregorian)",
     "1917-11-07/.."),
    ("[1917-10,1918]", f"October 1917 or 1918 (Julian; {LONG} or {YEAR} Gregorian)",
     "[1917-10-14..1917-11-13,1918-01-14..1919-01-13]"),
    ("1900-02-29", "29 February 1900 (Julian; 13 March 1900 Gregorian)", "1900-03-13"),
    ("1917", "1917 (Julian)", "[1917-01-14..1918-01-13]"), ("Y-170000", "170001 BC (Julian)", None),
])  # fmt: skip
def test_a_julian_date_says_which_days_it_means(edtf: str, shown: str, gregorian: str) -> None:
    date = parse(edtf, JULIAN)
    assert str(date) == shown
    assert (date.gregorian.edtf if date.gregorian else None) == gregorian


days = st.dates().map(str)
points = st.dates().flatmap(lambda d: st.sampled_from([f"{d}"[:length] for length in (7, 10)]))
marked = st.tuples(points, st.sampled_from(["", "~", "?", "%"])).map("".join)
dates = st.one_of(
    marked,
    marked.map("../{}".format),
    marked.map("{}/..".format),
    st.tuples(days, days).map(sorted).map("/".join),
    st.lists(marked, min_size=1, max_size=3).map(lambda d: f"[{','.join(d)}]"),
)


@given(dates.filter(lambda text: "02-29" not in text and "9999-1" not in text))
def test_its_days_are_the_same_in_either_calendar(text: str) -> None:
    date = parse(text, JULIAN)
    other = date.gregorian
    assert other is not None
    assert other.calendar is Calendar.GREGORIAN
    assert (other.earliest, other.latest) == (date.earliest, date.latest)
    assert other.is_uncertain == date.is_uncertain


def test_html_gets_gregorian_days_and_no_month_of_another_calendar() -> None:
    assert segments(parse("1917-10-25", JULIAN), ENGLISH)[0] == ("25 October 1917", "1917-11-07")
    assert {iso for _, iso in segments(parse("1917-10", JULIAN), ENGLISH)} == {None}


PAGE = """\
# Page

```{treaty} Peace
:id: peace
:signed: 1774-07-10
:ratified: 1775-01
:parties: russia
:calendar: julian

Text.
```
```{person} Lenin
:id: lenin
:born: 1870-04-10
:calendar: julian

Text.
```
```{organisation} Russia
:id: russia
:founded: 1721-10-22
:calendar: julian

Text.
```
```{place} Petersburg
:id: petersburg
:coordinates: 59.95, 30.32
:laid: 1703-05-16
:calendar: julian

Text.
```
```{event} Telegram
:id: telegram
:date: 1917-10-25
:calendar: julian
:place: petersburg

Text.
```
````{event} Storm
:id: storm
:date: 1917-11-07

Text.

```{account} heinzig2004arduous{p. 1}
:property: date
:value: 25 October 1917
:calendar: julian
```
````
"""
FIELDS = 'annals_fields = {"place": {"laid": {"type": "date"}}}\n'
BOTH = (
    "10 July 1774 (Julian; 21 July 1774 Gregorian)",
    "January 1775 (Julian; 12 January – 11 February 1775 Gregorian)",
    "10 April 1870 (Julian; 22 April 1870 Gregorian)",
    "22 October 1721 (Julian; 2 November 1721 Gregorian)",
    "16 May 1703 (Julian; 27 May 1703 Gregorian)",
    "25 October 1917 (Julian; 7 November 1917 Gregorian)",
)


@pytest.fixture
def russian(project: Project) -> Project:
    return project.configure(FIELDS + 'extensions += ["sphinx_annals.pdf"]\n').write(PAGE)


@pytest.mark.parametrize(
    "builder", ["html", "singlehtml", "epub", "text", "man", "texinfo", "latex", "typstpdf"]
)
def test_all_that_has_dates_has_a_calendar(russian: Project, builder: str) -> None:
    built = russian.build(builder)
    shown = built.print if builder == "typstpdf" else built.everything()
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\\&", "", shown))
    shown = re.sub(r"--|\\textendash\{\}", "–", shown)
    assert [date for date in BOTH if date not in shown] == []


def test_a_page_has_gregorian_days_for_machines(russian: Project) -> None:
    page = russian.build().soup()
    times = {time.get_text(): time["datetime"] for time in page.select("time")}
    assert times["10 July 1774"] == "1774-07-21"
    assert times["25 October 1917"] == "1917-11-07"
    assert "January 1775" not in times
    spans = {span.get("data-edtf") for span in page.select(".annals-date")}
    assert {"1774-07-21", "1703-05-27"} <= spans


def test_accounts_are_compared_across_calendars_by_days(russian: Project) -> None:
    (point,) = russian.build("annals").json("annals.json")["events"][1]["statements"]
    assert point["reading"] == "7 November 1917"
    assert point["status"] == "one"
    assert point["accounts"][0]["date"]["calendar"] == "julian"
    assert point["accounts"][0]["date"]["earliest"] == "1917-11-07"
    other = russian.edit("index.md", ":date: 1917-11-07", ":date: 1917-10-25").build("annals")
    assert other.json("annals.json")["events"][1]["statements"][0]["status"] == "disputed"


def test_exports_say_the_calendar_and_give_gregorian_days(russian: Project) -> None:
    built = russian.build("annals")
    signed = built.json("annals.json")["treaties"][0]["signed"]
    assert signed["calendar"] == "julian"
    assert (signed["edtf"], signed["earliest"]) == ("1774-07-10", "1774-07-21")
    header, row = built.read("treaties.csv").splitlines()[:2]
    cells = dict(zip(header.split(","), row.split(","), strict=False))
    assert (cells["signedEdtf"], cells["signedCalendar"]) == ("1774-07-10", "julian")
    assert ",julian," in built.read("accounts.csv")
    places = built.json("places.geojson")["features"]
    assert [event["date"] for event in places[0]["properties"]["events"]] == ["1917-11-07"]
    graph = {item["identifier"][0]: item for item in built.json("annals.jsonld")["@graph"]}
    assert graph["lenin"]["birthDate"] == "1870-04-22"
    assert graph["peace"]["edtf"] == ["1774-07-21", "[1775-01-12..1775-02-11]"]
    assert {"@type": "PropertyValue", "name": "Born (julian calendar)", "value": "1870-04-10"} in (
        graph["lenin"]["additionalProperty"]
    )


def test_a_calendar_that_is_none_or_reads_nothing_is_one_warning(project: Project) -> None:
    wrong = PAGE.replace("```{place} Petersburg", "```{place} Petersburg\n:tags: x").replace(
        ":laid: 1703-05-16\n:calendar: julian\n", ""
    )
    wrong = wrong.replace(":born: 1870-04-10\n:calendar: julian", ":born: 1870\n:calendar: old")
    wrong = wrong.replace(":value: 25 October 1917", ":value: in autumn")
    said = [
        "index.md:12: WARNING: person: :calendar: 'old' is none of: gregorian, julian",
        "WARNING: account: :calendar: 'in autumn' is no date; leave :calendar: out",
    ]
    project.write(wrong).build(warnings=said)


def test_a_project_leaves_the_name_to_the_calendar(project: Project) -> None:
    project.configure('annals_fields = {"place": {"calendar": {"type": "phrase"}}}\n')
    said = "annals_fields: place: calendar: a place has that option; choose another name"
    project.write("# Page\n").build(warnings=[said])


def test_what_a_verdict_prefers_is_gregorian_and_a_mistake_says_so(project: Project) -> None:
    verdict = "```{verdict} date\n:of: storm\n:prefers: 1917-11-07\n\nBy telegraph.\n```\n"
    page = PAGE.replace(":laid: 1703-05-16\n:calendar: julian\n", "") + verdict
    project.write(page).build()
    said = "prefers: nobody gives '1917-10-25'; did you mean '1917-11-07'? [annals.account]"
    project.write(page.replace("1917-11-07\n\nBy", "1917-10-25\n\nBy")).build(warnings=[said])
