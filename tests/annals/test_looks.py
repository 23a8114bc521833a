"""The style sheets of the annotations in the themes that are installed, without a book's own."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from harness import ANNALS, Built, Project
from looks import WIDTHS, faults_at, style
from playwright.sync_api import Browser, Page

THEMES = ("alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme")
PAGE = """# T
::::{event} Incomprehensibilities are internationalised
:id: first
:date: 1950-02-14
:date-basis: inferred
:actors: commission (interdepartmental)
:tags: counterrevolutionary

:::{account} heinzig2004arduous{p. 364}
:property: significance
:value: internationalisation
:quote: "the counterrevolutionary Interdepartmental Commission"
:::
::::

:::{event} Second
:id: second
:date: 1951
:date-basis: external

Text.
:::

:::{organisation} Commission
:id: commission

Text.
:::

:::{event} A note
:id: note
:date: 1952
:layout: margin
:::
:::{event} Another note of the same paragraph
:id: other-note
:layout: margin
:::

A paragraph that two notes stand beside.

```{event-table} Events
:columns: date, event, basis, actors, tags
```

```{timeline} When
```
"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[theme for theme in THEMES if find_spec(theme)])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    project = Project(tmp_path_factory.mktemp(request.param), ANNALS).write(PAGE)
    return project.build("html", html_theme=request.param, html_title="T")


@pytest.fixture
def page(built: Built, browser: Browser) -> Page:
    page = browser.new_page()
    page.goto(built.find("index.html").as_uri() + "#first")
    return page


def test_no_table_breaks_a_word_and_the_page_fits(page: Page) -> None:
    assert [fault for width in WIDTHS for fault in faults_at(page, width)] == []


def test_on_a_phone_a_row_has_one_rule(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    assert style(page, ".annals-table tbody td", "borderBottomWidth") == "0px"
    assert style(page, ".annals-table tbody tr", "borderBottomWidth") == "1px"


def test_what_a_link_led_to_is_marked_at_its_title_alone(page: Page) -> None:
    clear = "rgba(0, 0, 0, 0)"
    assert style(page, "#first", "backgroundColor") == clear
    assert "underline" in style(page, "#first > .annals-title", "textDecorationLine")
    assert style(page, "#second > .annals-title", "textDecorationLine") == "none"


def test_paper_has_the_list_of_a_timeline_in_place_of_the_drawing(page: Page) -> None:
    listed = page.locator("figure.annals-drawing + details li").first
    drawing = page.locator("svg.annals-timeline")
    assert drawing.is_visible()
    page.emulate_media(media="print")
    assert not drawing.is_visible()
    assert listed.evaluate("item => item.checkVisibility()")


def test_the_letters_of_a_timeline_have_one_size_and_it_is_scrolled(page: Page) -> None:
    region = page.locator(".annals-scroll:has(svg.annals-timeline)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        scale = region.locator("svg").evaluate("drawing => drawing.getScreenCTM().a")
        assert scale == pytest.approx(1, abs=0.01)
    assert region.get_attribute("tabindex") == "0"
    assert not page.locator(".annals-signs li").first.is_visible()


def test_readers_choose_the_events_of_a_timeline_and_draw_it_larger(page: Page) -> None:
    tools = page.locator("details.annals-tools")
    flags = page.locator(".annals-event-flag:visible")
    assert flags.count() == 3
    tools.locator("summary").focus()
    page.keyboard.press("Enter")
    tools.get_by_label("From").select_option("1951")
    assert flags.count() == 2
    assert tools.locator("output").inner_text() == "2 of 3 events"
    tools.get_by_label("To").select_option("1951")
    assert [flag.get_attribute("data-first") for flag in flags.all()] == ["1951"]
    page.locator("figure.annals-drawing + details > summary").last.click()
    assert page.locator("figure.annals-drawing + details li:visible").count() == 1
    # the choice is an address, and an address is a choice
    assert page.url.endswith("#timeline=timeline-1&from=1951&to=1951")
    page.evaluate("location.hash = '#timeline=timeline-1&from=1952&to=nowhere'")
    page.wait_for_function(
        "document.querySelector('.annals-tools output').value.startsWith('1 of')"
    )
    assert [flag.get_attribute("data-first") for flag in flags.all()] == ["1952"]
    page.evaluate("location.hash = '#timeline=timeline-1&from=1951&to=1951'")
    page.wait_for_function("document.querySelector('select[name=to]').value === '1951'")
    # those left out take no focus
    page.locator(".annals-scroll:has(svg.annals-timeline)").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("#second")
    tools.get_by_role("button", name="Larger").click()
    scale = page.locator("svg.annals-timeline").evaluate("drawing => drawing.getScreenCTM().a")
    assert scale == pytest.approx(1.25, abs=0.01)


_BOXES = """() => ["#note", "#other-note", ".annals-beside > p"].map(
  at => document.querySelector(at).getBoundingClientRect().toJSON())"""
_ROOM = """:root {
  --annals-margin-float: inline-end; --annals-margin-width: 4rem; --annals-margin-gap: 1rem; }"""


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1000, False)])
def test_notes_stand_above_the_text_or_beside_it_and_never_on_each_other(
    page: Page, width: int, beside: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    first, second, text = page.evaluate(_BOXES)
    assert first["bottom"] <= second["top"] and second["bottom"] <= text["top"] + 1
    page.add_style_tag(content=_ROOM)
    page.locator("#note summary").click()
    first, second, text = page.evaluate(_BOXES)
    assert first["bottom"] <= second["top"], "an open note moves the next one down"
    assert (first["left"] > text["right"] and abs(first["top"] - text["top"]) < 12) is beside
    assert first["right"] <= width
