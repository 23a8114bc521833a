"""The objects of the book in their cards: each has one, and says there how it is cited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from harness import Built
from playwright.sync_api import Browser, Page
from support import STRICT, serving

pytestmark = pytest.mark.slow  # whole builds, each of them

Book = Callable[[str], Built]
KINDS = {"Person", "Organisation", "Place", "Event", "Treaty", "Article", "Term", "Work", "Point"}


def test_every_object_of_the_book_has_a_card_where_it_is(book: Book) -> None:
    built = book("html")
    shown = json.loads(built.read("_static/cards-shown.js").partition(" = ")[2].rstrip(";\n"))
    kinds = Counter(card[0] for page in shown.values() for card in page.values())
    assert kinds["Event"] > 100
    assert set(kinds) >= KINDS
    for page, cards in shown.items():
        assert cards.keys() - {"", *(tag["id"] for tag in built.soup(page).select("[id]"))} == set()


@pytest.mark.browser
def test_an_event_and_a_point_are_cited_from_their_cards(book: Book, browser: Browser) -> None:
    with serving(book("html"), STRICT) as site:
        page = browser.new_page()
        broken: list[str] = []
        page.on("console", lambda message: broken.append(message.text))
        page.goto(f"{site}/chapters/03-negotiation.html")
        cite_from_cards(page)
        assert broken == []


def cite_from_cards(page: Page) -> None:
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    page.locator("#mao-departs .annals-title").hover()
    page.locator("#mao-departs .headerlink").hover()
    page.wait_for_selector(".link-card:not([hidden])")
    page.locator(".link-card button").click()
    page.wait_for_selector(".link-card-cited")
    place = page.locator(".link-card").bounding_box()
    assert place is not None
    assert place["x"] > 600  # in the margin, though its mark is no longer seen
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Escape")
    for target in ("#mao-arrives", "#mao-moscow-visit-purpose-verdict-1"):
        link = page.locator(f"main dd a[href='{target}'], main p a[href='{target}']").first
        link.hover()
        page.wait_for_selector(".link-card:not([hidden])")
        name = page.locator(".link-card-name").inner_text()
        page.locator(".link-card button").click()
        chicago, bibtex, csl = page.locator(".link-card-cited dd").all_inner_texts()
        assert chicago.startswith(f"“{name}")
        assert "The Sino-Soviet Treaty of 1950: An Annotated History, edited by" in chicago
        assert bibtex.startswith("@incollection{")
        assert json.loads(csl)[0]["title"] == name
        page.keyboard.press("Escape")
