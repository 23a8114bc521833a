"""Readers choose among the disputed points; a link can lead to a choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]

POINT = ".annals-disputed-points .annals-comparison"
DISPUTED = "apparatus/disputed.html"
# names of objects of which no point is shown
NAMELESS = """[...document.querySelectorAll(".annals-of:not([hidden])")].filter(name => {
    let next = name.nextElementSibling;
    while (next?.hidden && !next.matches(".annals-of")) next = next.nextElementSibling;
    return name.checkVisibility() && !next?.matches(".annals-comparison");
}).map(name => name.textContent)"""


def shown(page: Page, kind: str = "") -> int:
    return page.locator(f"{POINT}{kind}:visible").count()


def test_a_link_leads_to_a_choice_of_points(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{DISPUTED}#status=open&weight=major")
    form = page.locator("form.annals-choice")
    asked = page.locator(f"{POINT}.annals-open.annals-major").count()
    total = page.locator(POINT).count()
    assert 0 < asked < total
    assert shown(page) == shown(page, ".annals-open.annals-major") == asked
    assert form.locator("output").inner_text() == f"{asked} of {total} points"
    assert form.locator("output").get_attribute("aria-live") == "polite"
    assert page.evaluate(NAMELESS) == []
    for section in page.locator("main section section:visible").all():
        assert section.locator(".annals-comparison:visible").count() > 0


def test_a_choice_is_made_by_keyboard_and_stands_in_the_address(
    site: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{DISPUTED}")
    total = page.locator(POINT).count()
    assert shown(page) == total
    page.focus("form.annals-choice select[name=status]")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.hash.startsWith('#status=')")
    status = page.input_value("form.annals-choice select[name=status]")
    assert 0 < shown(page) < total
    assert shown(page) == shown(page, f".annals-{status}")
    page.select_option("form.annals-choice select[name=part]", "the-rift")
    assert page.url.endswith(f"#status={status}&part=the-rift")
    inside = page.locator(f"#the-rift {POINT}.annals-{status}").count()
    assert shown(page) == inside > 0
    # a link to a place of the page shows it, whatever was chosen
    page.evaluate("location.hash = '#the-split'")
    page.wait_for_function(f"document.querySelectorAll('{POINT}[hidden]').length === 0")
    assert page.locator("#the-split").is_visible()


def test_a_witness_is_chosen_by_its_key(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{DISPUTED}#witness=notesNDsplit")
    cites = page.locator(f"{POINT}:has(th a[href$='#ref-notesNDsplit'])")
    assert shown(page) == cites.count() > 10
    names = page.locator("select[name=witness] option").all_inner_texts()[1:]
    assert len(set(names)) == len(names) > 15


def test_what_nobody_offers_is_no_choice(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{DISPUTED}#status=undecided&part=nowhere")
    assert shown(page) == page.locator(POINT).count()


def test_without_a_script_all_points_are_there(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/{DISPUTED}")
    assert page.locator("form.annals-choice").count() == 0
    assert shown(page) == page.locator(POINT).count() > 50
