"""The timeline: labels keep apart, pages hold what they say, dates look like what they are."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx_annals.annals.drawings import Frame, text_width, wrap
from sphinx_annals.annals.drawings.timeline import (
    MIN_HEIGHT,
    Sign,
    TimelineEntry,
    draw_sign,
    draw_strip,
    draw_timeline,
    layout,
    raise_flags,
    sign_of,
)
from sphinx_annals.dates import Precision, day_at, day_number, parse

SVG = "{http://www.w3.org/2000/svg}"


def entry(date: str, label: str = "Treaty signed", id: str = "", **more) -> TimelineEntry:
    return TimelineEntry(id or f"{date}-{label}", label, parse(date), **more)


years = st.integers(1, 2100).map(lambda y: f"{y:04}")
months = st.tuples(years, st.integers(1, 12)).map(lambda t: f"{t[0]}-{t[1]:02}")
near_days = st.integers(-800, 800).map(
    lambda n: "{:04}-{:02}-{:02}".format(*day_at(day_number((1950, 2, 14)) + n))
)
far_days = st.integers(-200_000, 20_000).map(lambda n: "{:04}-{:02}-{:02}".format(*day_at(n)))
points = st.one_of(years, months, near_days, far_days)
qualified = st.tuples(points, st.sampled_from(["", "", "?", "~", "%"])).map("".join)
intervals = st.tuples(points, points).map(lambda t: "/".join(sorted(t)))
ends = st.sampled_from([("../", ""), ("/", ""), ("", "/.."), ("", "/")])
open_ended = st.tuples(points, ends).map(lambda t: t[1][0] + t[0] + t[1][1])
vague = st.sampled_from(["195X", "19XX", "1950-XX", "1950-02-XX", "-0043", "Y-170000", "1950-21"])
sets = st.lists(near_days, min_size=2, max_size=4, unique=True).map(
    lambda days: f"[{','.join(sorted(days))}]"
)
dates = st.one_of(qualified, intervals, open_ended, vague, sets)
labels = st.one_of(
    st.text(max_size=120),
    st.text("中苏友好同盟互助條約，。 Zhōu", max_size=60),
    st.text("Советско-китайский договор Щ", max_size=90),
)


@st.composite
def timelines(draw) -> list[TimelineEntry]:
    found = draw(st.lists(st.tuples(dates, labels, st.booleans()), min_size=1, max_size=40))
    return [
        TimelineEntry(f"e{i}", label, parse(date), uncertain=doubt)
        for i, (date, label, doubt) in enumerate(found)
        if parseable(date)
    ]


def parseable(date: str) -> bool:
    try:
        parse(date)
    except ValueError:
        return False
    return True


def attributes(svg: str, name: str) -> list[str]:
    return [e.attrib[name] for e in ElementTree.fromstring(svg).iter() if name in e.attrib]


def height(svg: str) -> float:
    return float(ElementTree.fromstring(svg).attrib["viewBox"].split()[3])


def boxes(svg: str) -> list[tuple[float, float, float]]:
    """Give top, bottom and right of each label and each date, as drawn."""
    root = ElementTree.fromstring(svg)
    sheet = root.findall(f"{SVG}g")[-1]  # after the legend, moved down by its height
    (down,) = map(float, re.findall(r"0 ([-.\d]+)", sheet.attrib["transform"]))
    found = []
    for text in sheet.iter(f"{SVG}text"):
        is_date = text.attrib.get("class") == "annals-when"
        if is_date or text.attrib["font-size"] == "12":
            size, leading, above = (10.5, 13, 10.7) if is_date else (12, 15, 11.4)
            lines = [line.text or "" for line in text] or [text.text or ""]
            wide = max(text_width(line, size, bold=is_date) for line in lines)
            top = float(text.attrib["y"]) - above + down
            found.append((top, top + leading * len(lines), float(text.attrib["x"]) + wide))
    return sorted(found)


@settings(max_examples=60, deadline=None)
@given(timelines(), st.sampled_from([320, 360, 520, 700]))
def test_labels_never_overlap_and_stay_on_the_canvas(entries, width):
    if not entries:
        return
    (svg,) = draw_timeline(entries, Frame("t", "p", width))
    found = boxes(svg)
    assert len(found) == sum(1 + row.is_head for row in layout(entries, width).rows)
    for (_, above, _), (below, _, _) in pairwise(found):
        assert above <= below + 0.02
    right = float(attributes(svg, "viewBox")[0].split()[2])
    assert all(box[2] <= right + 0.01 and box[1] <= height(svg) for box in found)


@settings(max_examples=40, deadline=None)
@given(timelines())
def test_time_never_runs_backwards(entries):
    if not entries:
        return
    rows = layout(entries, 360).rows
    for above, below in pairwise(rows):
        assert above.entry.date.span[0] <= below.entry.date.span[0]
        assert above.y < below.y


@settings(max_examples=40, deadline=None)
@given(timelines(), st.floats(MIN_HEIGHT, 900))
def test_pages_are_low_enough_and_hold_every_entry_once(entries, most):
    pages = draw_timeline(entries, Frame("t", "p", 360), max_height=most)
    assert all(height(page) <= most + 0.01 for page in pages)
    found = [c for page in pages for c in attributes(page, "class") if "annals-entry" in c]
    assert len(found) == len(entries)


@settings(max_examples=40, deadline=None)
@given(timelines())
def test_bars_share_no_lane_at_one_time(entries):
    if not entries:
        return
    lanes: dict[int, list[tuple[float, float]]] = {}
    for row in layout(entries, 360).rows:
        if row.lane is not None:
            lanes.setdefault(row.lane, []).append((row.top, row.bottom))
    for bars in lanes.values():
        for above, below in pairwise(sorted(bars)):
            assert above[1] < below[0]


@settings(max_examples=40, deadline=None)
@given(timelines())
def test_on_a_strip_no_flag_lies_on_another_or_on_a_pole(entries):
    flags = raise_flags(entries) if entries else []
    for flag, later in combinations(flags, 2):
        assert flag.x < later.x
        assert flag.x + flag.width <= later.x or later.top < flag.base
    assert all(flag.base > 0 for flag in flags)


@settings(max_examples=40, deadline=None)
@given(timelines())
def test_a_strip_holds_every_entry_once_in_letters_of_one_size(entries):
    drawing = draw_strip(entries, Frame("t", "p", 528)).drawing
    assert bool(drawing) is bool(entries)
    if entries:
        assert len([c for c in attributes(drawing, "class") if c == "annals-entry"]) == len(entries)
        assert set(attributes(drawing, "font-size")) == {"13"}
        root = ElementTree.fromstring(drawing)
        wide, high = root.attrib["viewBox"].split()[2:]
        assert (root.attrib["width"], root.attrib["height"]) == (wide, high)
        assert all(float(x) <= float(wide) for x in attributes(drawing, "x"))


def test_a_strip_is_low_however_many_events_a_day_has():
    many = [
        entry("1950-02-14", f"Treaty number {n} is signed in Moscow", f"e{n}") for n in range(30)
    ]
    high = float(
        attributes(draw_strip(many, Frame("t", "p", 528)).drawing, "viewBox")[0].split()[3]
    )
    assert high < 320


def test_readers_choose_the_events_of_a_strip_by_what_it_says_of_them():
    drawing = draw_strip(
        [entry("1949/1950-02-14", kind="battle", tags=("war", "peace")), entry("1951")],
        Frame("t", "p", 528),
    ).drawing
    assert attributes(drawing, "data-kind") == ["battle"]
    assert attributes(drawing, "data-tags") == ["war peace"]
    assert attributes(drawing, "data-first") == ["1949", "1951"]
    assert attributes(drawing, "data-last") == ["1950", "1951"]


@given(st.text(max_size=80), st.floats(40, 300))
def test_wrapped_lines_are_no_wider_than_asked(text, width):
    for line in wrap(text, 12, width):
        assert text_width(line, 12) <= width or len(line) == 1
    assert "".join("".join(wrap(text, 12, width)).split()) == "".join(text.split())


DAY, MONTH, YEAR, SPAN = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.SPAN


@pytest.mark.parametrize(
    ("date", "sign"),
    [
        ("1950-02-14", Sign(DAY)),
        ("1950-02-14?", Sign(DAY, uncertain=True)),
        ("1950-02", Sign(MONTH)),
        ("1950-21", Sign(MONTH)),
        ("1950", Sign(YEAR)),
        ("1950~", Sign(YEAR, uncertain=True)),
        ("195X", Sign(SPAN)),
        ("1949-12-06/1950-02-14", Sign(SPAN)),
        ("1949/1950?", Sign(SPAN, uncertain=True)),
        ("1950-02-14/..", Sign(SPAN, open_end=True)),
        ("1950/", Sign(SPAN, open_end=True)),
        ("../1945", Sign(SPAN, open_start=True)),
        ("{1949,1950}", Sign(SPAN)),
        ("[1979-02-16,1980-02-14]", Sign(SPAN, uncertain=True)),
    ],
)
def test_a_date_has_a_sign_of_its_own(date, sign):
    assert sign_of(parse(date)) == sign


def test_all_signs_are_drawn_differently():
    dates = ["1950-02-14", "1950-02", "1950", "195X", "1950/..", "../1950"]
    signs = [sign_of(parse(date), doubtful=doubt) for date in dates for doubt in (False, True)]
    assert len({draw_sign(sign, 8, 0, 16) for sign in signs}) == 12


def legend_words(*dates: str) -> str:
    root = ElementTree.fromstring(draw_timeline([entry(d) for d in dates], Frame("t", "p", 360))[0])
    key = next(e for e in root.iter() if e.attrib.get("class") == "annals-legend")
    return " ".join(key.itertext())


def test_the_legend_explains_what_occurs_and_nothing_else():
    assert legend_words("1950-02-14") == "exact day"
    words = legend_words("1950?", "1950-02-14/..")
    assert "uncertain" in words and "open" in words and "year" in words
    assert "exact" not in words and "month" not in words


def test_empty_time_is_shortened_and_marked():
    dates = ["1945-02-11", "1950-02-14", "1950-02-15", "1950-02-16", "2021-07-01"]
    (svg,) = draw_timeline([entry(d) for d in dates], Frame("t", "p", 360))
    assert "annals-break" in attributes(svg, "class")
    assert "empty time, shortened" in legend_words(*dates)
    assert height(svg) < 500


def test_even_time_is_drawn_evenly():
    rows = layout([entry(str(year)) for year in range(1950, 1960)], 360).rows
    steps = [below.y - above.y for above, below in pairwise(rows)]
    assert max(steps) - min(steps) < 1
    assert (
        "annals-break"
        not in draw_timeline([entry(str(y)) for y in range(1950, 1960)], Frame("t", "p", 360))[0]
    )


def test_entries_of_one_date_share_a_heading_but_not_with_doubtful_ones():
    entries = [entry("1949", "A"), entry("1949", "B"), entry("1949", "C", uncertain=True)]
    rows = layout(entries, 360).rows
    assert [(row.entry.label, row.is_head) for row in rows] == [
        ("A", True),
        ("B", False),
        ("C", True),
    ]


def test_the_axis_names_the_years_in_which_something_begins():
    dates = ["1949", "1949-12-31", "1950-12-30", "1950-02-14", "1950-05-01/1952", "1953"]
    ticks = layout([entry(d) for d in dates], 360).ticks
    assert [label for _, label in ticks] == ["1949", "1950", "1953"]
    assert all(below[0] - above[0] >= 13 for above, below in pairwise(ticks))


def test_links_name_their_event_and_its_date():
    (svg,) = draw_timeline([entry("1950-02-14", href="a.html#x")], Frame("Events", "tl-3", 360))
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "group"
    link = root.find(f".//{SVG}a")
    assert link.attrib["href"] == "a.html#x"
    assert link.attrib["aria-label"] == "14 February 1950: Treaty signed"
    assert {"tl-3-title", "tl-3-desc"} == set(attributes(svg, "id"))


def test_without_links_it_is_one_image_with_a_name_and_a_description():
    root = ElementTree.fromstring(
        draw_timeline([entry("1950")], Frame("Events & <more>", "p", 360))[0]
    )
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text == "Events & <more>"
    assert "1950" in root.find(f"{SVG}desc").text


def test_nothing_from_outside_and_no_script():
    label = "A <b>&\"'\x00\x0b\ud800 😀"
    (svg,) = draw_timeline([entry("1950", label, href='x"onload="y')], Frame(label, "p", 360))
    for word in (
        "<script",
        "<style",
        "foreignObject",
        'onload="',
        "url(",
        "@import",
        "http://",
        "https://",
    ):
        assert word not in svg.replace("http://www.w3.org/2000/svg", "")
    ElementTree.fromstring(svg)


def test_later_pages_say_where_they_begin():
    entries = [entry(f"1950-01-{day:02}", f"Event {day}") for day in range(1, 29)]
    pages = draw_timeline(entries, Frame("Events", "p", 360), max_height=400)
    assert len(pages) > 2
    assert "January 1950" in " ".join(ElementTree.fromstring(pages[1]).itertext())
    assert f"Events (2 of {len(pages)})" in pages[1]
    ids = [id for page in pages for id in attributes(page, "id")]
    assert len(ids) == len(set(ids))


def test_pages_are_much_alike_and_none_holds_a_single_entry():
    for count in range(12, 40):
        entries = [entry(f"1950-01-{1 + day % 31:02}", f"Event {day}") for day in range(count)]
        pages = draw_timeline(entries, Frame("Events", "p", 360), max_height=370)
        heights = [height(page) for page in pages]
        assert len(pages) == 1 or min(heights) > 0.5 * max(heights)


def test_a_long_list_of_one_date_is_continued_on_the_next_page():
    entries = [entry("1950-02-14", f"Event {n}") for n in range(60)]
    pages = draw_timeline(entries, Frame("Events", "p", 360), max_height=400)
    assert "14 February 1950, continued" in pages[1]


def test_a_page_too_low_is_refused():
    with pytest.raises(ValueError, match="too low"):
        draw_timeline([entry("1950")], Frame("t", "p", 360), max_height=100)


def test_no_entries_no_drawing():
    assert draw_timeline([], Frame("t", "p", 360)) == []


def many(count: int) -> list[TimelineEntry]:
    dice = random.Random(7)
    found = []
    for index in range(count):
        day = day_at(dice.randint(-20_000, 10_000))
        text = "{:04}-{:02}-{:02}".format(*day)[: dice.choice([4, 7, 10, 10, 10])]
        text += dice.choice(["", "", "", "/..", "?"])
        found.append(
            entry(text, f"Event {index} of many, with a label", str(index), href=f"#{index}")
        )
    return found


def test_the_order_given_does_not_matter():
    entries = many(200)
    shuffled = entries[:]
    random.Random(1).shuffle(shuffled)
    assert draw_timeline(entries, Frame("t", "p", 360)) == draw_timeline(
        shuffled, Frame("t", "p", 360)
    )
