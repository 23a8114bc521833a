"""The map: places where they are, labels that keep apart, coasts cut to the frame."""

from __future__ import annotations

import re
from itertools import combinations
from math import hypot, sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx_annals.annals.drawings import Frame
from sphinx_annals.annals.drawings.map import (
    EARTH,
    Azimuthal,
    EqualEarth,
    MapPlace,
    choose,
    clip_to_frame,
    draw_map,
    fit,
    label_places,
    overlap,
    vector,
)

SVG = "{http://www.w3.org/2000/svg}"
MOSCOW, BEIJING, TOKYO = (55.75, 37.62), (39.9, 116.4), (35.7, 139.7)

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
anywhere = st.tuples(latitudes, longitudes)
nearby = st.tuples(st.floats(20, 45), st.floats(100, 130))


def places(coordinates, href=None) -> list[MapPlace]:
    return [MapPlace(f"p{i}", f"Place number {i}", at, href) for i, at in enumerate(coordinates)]


def root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(nearby, anywhere), min_size=1, max_size=25), st.sampled_from([360, 640]))
def test_labels_keep_apart_and_inside_the_frame(coordinates, width):
    found = places(coordinates)
    sheet = fit([vector(*at) for at in coordinates], width)
    points = [sheet.point(vector(*at)) for at in coordinates]
    assert all(0 <= x <= width and 0 <= y <= sheet.height + 2 for x, y in points)
    placed, numbers = label_places(found, points, sheet)
    boxes = [place.box for place in placed.values()]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    assert all(box[0] >= 0 and box[2] <= width and box[3] <= sheet.height + 2 for box in boxes)
    assert set(placed) | set(numbers) == set(range(len(found)))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(anywhere, min_size=1, max_size=12))
def test_any_places_make_a_drawing_within_its_frame(coordinates):
    svg = draw_map(places(coordinates), Frame("Map", "m", 360))
    _, _, width, height = map(float, root(svg).attrib["viewBox"].split())
    assert 0 < height < 3 * width
    numbers = [float(n) for n in re.findall(r'c[xy]="([-\d.]+)"', svg)]
    assert all(-1 <= n <= max(width, height) for n in numbers)


def test_every_place_is_marked_and_named():
    svg = draw_map(places([MOSCOW, BEIJING, TOKYO], "a.html"), Frame("Map", "m", 360))
    links = root(svg).findall(f".//{SVG}a")
    assert [link.attrib["aria-label"] for link in links] == [f"Place number {i}" for i in range(3)]
    assert all(link.find(f"{SVG}circle") is not None for link in links)
    assert root(svg).attrib["role"] == "group"


def test_west_is_left_and_north_is_up():
    svg = draw_map(
        [MapPlace("m", "Moscow", MOSCOW), MapPlace("b", "Beijing", BEIJING)], Frame("Map", "m", 360)
    )
    beijing, moscow = root(svg).findall(f".//{SVG}circle")
    assert float(moscow.attrib["cx"]) < float(beijing.attrib["cx"])
    assert float(moscow.attrib["cy"]) < float(beijing.attrib["cy"])


def test_crowded_places_are_numbered_and_listed():
    crowd = places(
        [(24 + i / 50, 118 + j / 50) for i in range(6) for j in range(6)] + [MOSCOW, TOKYO]
    )
    svg = draw_map(crowd, Frame("Map", "m", 360))
    key = next(e for e in root(svg).iter() if e.attrib.get("class") == "annals-key")
    words = list(key.itertext())
    assert "1" in words
    text = " ".join(root(svg).itertext())
    assert all(place.label in text for place in crowd)


def test_a_number_in_the_key_stands_on_the_map():
    crowd = {
        "Harbin": (45.75, 126.63),
        "Dalian": (38.91, 121.61),
        "Port Arthur": (38.81, 121.26),
        "Shenyang": (41.8, 123.43),
        "Changchun": (43.88, 125.32),
        "Beijing": BEIJING,
        "Moscow": MOSCOW,
        "Yalta": (44.5, 34.17),
        "Fiji": (-17.8, 178.0),
        "Samoa": (-13.8, -171.8),
    }
    found = [MapPlace(name, name, at) for name, at in sorted(crowd.items())]
    sheet = fit([vector(*place.coordinates) for place in found], 360)
    placed, _ = label_places(
        found, [sheet.point(vector(*place.coordinates)) for place in found], sheet
    )
    assert sorted(placed) == [*range(len(found))]


def test_no_places_no_map():
    assert draw_map([], Frame("Map", "m", 360)) == ""


def test_the_drawing_depends_on_nothing_but_the_places():
    found = places([MOSCOW, BEIJING, TOKYO])
    assert draw_map(found, Frame("M", "m", 360)) == draw_map(found[::-1], Frame("M", "m", 360))


def test_labels_are_escaped():
    svg = draw_map([MapPlace("x", "<b>&\"'\x00", MOSCOW, 'a"b')], Frame("<&>", "m", 360))
    assert root(svg).find(f"{SVG}title").text == "<&>"
    assert "<b>" not in svg


def test_the_land_is_small_and_says_where_it_comes_from():
    path = Path(draw_map.__code__.co_filename).parent / "data" / "land.json"
    assert path.stat().st_size < 150_000
    assert "public domain" in path.read_text("utf-8")[:600]


@pytest.mark.parametrize(
    ("coordinates", "kind"),
    [
        ([MOSCOW], Azimuthal),
        ([MOSCOW, TOKYO], Azimuthal),
        ([MOSCOW, (-33.9, 151.2), (40.7, -74)], EqualEarth),
        ([(0, 0), (0, 180)], EqualEarth),
        ([(64.7, 177.5), (64.5, -165.4)], Azimuthal),
    ],
)
def test_the_projection_suits_the_extent(coordinates, kind):
    assert isinstance(choose([vector(*at) for at in coordinates]), kind)


def test_places_on_both_sides_of_the_date_line_stay_neighbours():
    found = [MapPlace("a", "Anadyr", (64.7, 177.5)), MapPlace("n", "Nome", (64.5, -165.4))]
    marks = root(draw_map(found, Frame("M", "m", 360))).findall(f".//{SVG}circle")
    assert abs(float(marks[0].attrib["cx"]) - float(marks[1].attrib["cx"])) > 100


@given(anywhere, anywhere)
def test_azimuthal_distances_from_the_centre_are_chords(centre, place):
    """Lambert's azimuthal projection lays the straight line through the earth on the sheet."""
    a, b = vector(*centre), vector(*place)
    chord = EARTH * sqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)))
    if chord < 1.999 * EARTH:
        assert hypot(*Azimuthal(a).project(b)) == pytest.approx(chord, rel=1e-4, abs=1e-3)


def test_equal_earth_reaches_its_known_width():
    x, _ = EqualEarth(0).project(vector(0, 179.999))
    assert x / EARTH == pytest.approx(2.7066, abs=0.001)


@given(anywhere, anywhere)
def test_azimuthal_is_finite_and_keeps_the_centre(centre, place):
    sheet = Azimuthal(vector(*centre))
    assert hypot(*sheet.project(vector(*centre))) < 1
    assert hypot(*sheet.project(vector(*place))) < 1e8


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12))
def test_rings_are_cut_to_the_frame(ring):
    for x, y in clip_to_frame(ring, (0, 0), (10, 20)):
        assert -1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 20 + 1e-6


def test_a_ring_across_the_far_meridian_comes_in_two_parts():
    ring = [vector(lat, lon) for lat, lon in ((60, 170), (60, -170), (70, -170), (70, 170))]
    assert len(EqualEarth(0).outline(ring)) == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(nearby, min_size=5, max_size=25))
def test_a_leader_crosses_no_other_label(coordinates):
    sheet = fit([vector(*at) for at in coordinates], 360)
    points = [sheet.point(vector(*at)) for at in coordinates]
    placed, _ = label_places(places(coordinates), points, sheet)
    for index, place in placed.items():
        if place.leader:
            (x, y), (right, low) = points[index], place.leader
            others = [other.box for other in placed.values() if other is not place]
            steps = [(x + (right - x) * n / 20, y + (low - y) * n / 20) for n in range(6, 20)]
            assert not any(overlap((*at, *at), box) for at in steps for box in others)
