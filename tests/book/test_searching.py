"""What readers of the book look for is among the first three results, and is where these lead."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from harness import Built
from playwright.sync_api import Browser, Page
from support import RESULTS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

QUERIES = [
    ("1950", "04-treaty.html#supplementary-agreement-1950", "(treaty, 1950, in "),
    ("Mao", "people.html#mao-zedong", "Mao Zedong (person, in People)"),
    ("Mao leaves", "03-negotiation.html#mao-departs", "(event, 6 December 1949, in "),
    ("Zhou Enlai", "people.html#zhou-enlai", "Zhou Enlai (person"),
    ("Чжоу", "people.html#zhou-enlai", "Чжоу Эньлай (Zhou Enlai) (person"),
    ("毛泽东", "people.html#mao-zedong", "毛泽东 (Mao Zedong) (person"),
    ("旅顺", "places.html#port-arthur", "旅顺 (Port Arthur) (place"),
    ("Порт-Артур", "places.html#port-arthur", "(Port Arthur) (place"),
    ("lushun", "places.html#port-arthur", "Lüshun (Port Arthur) (place"),
    ("Port Arthur", "places.html#port-arthur", "Port Arthur (place"),
    ("zhong-su youhao", "04-treaty.html#sino-soviet-1950", "Zhōng-Sū Yǒuhǎo"),
    ("Article 6", "04-treaty.html#sino-soviet-1950-6", "Article 6. Term and renewal (article"),
    ("14 February", "03-negotiation.html#treaty-signed", "(event, 14 February 1950"),
    ("Heinzig", "bibliography.html#ref-heinzig2004arduous", "(work, in Bibliography)"),
    ("loan", "04-treaty.html#loan-agreement-1950", "(treaty, 14 February 1950"),
    ("railway", "places.html#changchun-railway", "Changchun Railway (place"),
    ("Khrushchev", "people.html#khrushchev", "Khrushchev (person"),
    ("honeymoon", "06-aid.html#honeymoon", "(event, from October 1954"),
]
HERE = "document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"


def search(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}/search.html?q={quote(query)}")
    page.wait_for_function("document.querySelector('.search-summary')?.innerText")


def test_what_is_looked_for_is_among_the_first_three(site: str, browser: Browser) -> None:
    page, missed = browser.new_page(), []
    for query, address, told in QUERIES:
        search(page, site, query)
        first = page.locator(RESULTS)
        found = [row.inner_text() for row in first.all()[:3]]
        links = [row.locator("a").get_attribute("href") or "" for row in first.all()[:3]]
        place = next((n for n, link in enumerate(links) if link.endswith(f"/{address}")), None)
        if place is None or told not in found[place]:
            missed.append((query, links, found))
            continue
        first.nth(place).locator("a").click()
        page.wait_for_url(f"**/{address}")
        assert page.evaluate(HERE), address
    assert missed == []


def test_objects_stand_before_pages(site: str, browser: Browser) -> None:
    page = browser.new_page()
    for query in ("Port Arthur", "honeymoon", "14 February"):
        search(page, site, query)
        kinds = [
            "kind-object" in (row.get_attribute("class") or "")
            for row in page.locator(RESULTS).all()
        ]
        assert kinds.index(False) > 0
        assert kinds == sorted(kinds, reverse=True), query


def test_a_page_is_found_at_the_section_that_tells_it_in_prose(site: str, browser: Browser) -> None:
    page = browser.new_page()
    for query in ("honeymoon", "Khrushchev"):
        search(page, site, query)
        rows = page.locator(f"{RESULTS}.kind-text")
        page.wait_for_function(f"""[...document.querySelectorAll("{RESULTS}.kind-text")]
            .every(row => row.querySelector(".context"))""")
        links = [row.locator("a").get_attribute("href") or "" for row in rows.all()]
        assert any("chapters/" in link and "#" in link for link in links), query
        for row in rows.all()[:5]:
            excerpt = row.locator(".context").inner_text()
            assert "In its words" not in excerpt
            assert "Mentioned in" not in excerpt
        for link in links[:5]:
            page.goto(f"{site}/{link}")
            assert "#" not in link or page.evaluate(HERE), link


def test_a_book_that_lies_on_the_disk_is_searched(
    book: Callable[[str], Built], browser: Browser
) -> None:
    page = browser.new_page()
    search(page, book("html").outdir.as_uri(), "Khrushchev")
    page.locator(RESULTS).first.locator("a").click()
    page.wait_for_url("file://**/people.html#khrushchev")
    assert page.evaluate(HERE)
