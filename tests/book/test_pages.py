"""The built pages in a browser: accessible, no wider than a phone, searchable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from harness import Built
from playwright.sync_api import Browser
from support import STRICT, first_results, results_of_objects, serving

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow


def fullest(folder: Path, selector: str) -> Path:
    """Give the page that has most of something."""
    pages = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    counts = {
        path: len(BeautifulSoup(path.read_text(), "html.parser").select(selector)) for path in pages
    }
    page = max(pages, key=counts.__getitem__)
    assert counts[page] > 1, selector
    return page


def pages_of(folder: Path) -> list[str]:
    """Give the pages that a reader opens, and one with results of a search."""
    apart = ("_static", "id")  # what is no page, and what leads on to one
    found = [path.relative_to(folder) for path in sorted(folder.rglob("*.html"))]
    return [
        *(path.as_posix() for path in found if path.parts[0] not in apart),
        "search.html?q=loan",
    ]


FAULTS = {"resultTypes": ["violations"]}  # to describe what passes takes axe longer than to look
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
IN_COLOUR = FAULTS | {"runOnly": {"type": "rule", "values": COLOURS}}
# colours and sizes take axe many times as long as all the rest: of texts that look alike it sees
# one, and targets are smallest on a telephone
SLOW = [*COLOURS, "target-size"]
ELSE = FAULTS | {"runOnly": STANDARDS, "rules": {rule: {"enabled": False} for rule in SLOW}}
IN_SIZE = FAULTS | {"runOnly": {"type": "rule", "values": ["target-size"]}}
APART = {"include": [["[data-first]"]], "exclude": [["[data-alike]"]]}
WIDE = [(ELSE, None, "light"), (IN_COLOUR, APART, "light"), (IN_COLOUR, APART, "dark")]
NARROW = [(ELSE, None, "light"), (IN_SIZE, APART, "light")]
# tags and classes up to the body, and what the style sheets make of them
_TELL_ALIKE = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  const seen = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const texts = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    if (!texts.some(text => text.data.trim()) || !element.checkVisibility()) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    let look = `${color} ${fontSize} ${fontWeight}`;
    for (let at = element; at !== document.body; at = at.parentElement) {
      look += ` ${at.localName}.${at.getAttribute("class") ?? ""}`;
    }
    element.toggleAttribute("data-alike", seen.has(look));
    element.toggleAttribute("data-first", !seen.has(look));
    seen.add(look);
  }
}"""


@pytest.mark.browser
def test_pages_are_accessible_and_fit(book: Book, site: str, browser: Browser) -> None:
    page, axe = browser.new_page(), Axe()
    already_there = Axe(axe_script="")
    found, wide = [], []
    for name in pages_of(book("html").outdir):
        page.goto(f"{site}/{name}")
        page.evaluate(axe.axe_script)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light")
            page.evaluate(_TELL_ALIKE)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
            # a telephone has other colours in the frame alone, which is that of all pages
            looks = WIDE if width > 360 else WIDE + NARROW if name == "index.html" else NARROW
            for rules, context, scheme in looks:
                page.emulate_media(color_scheme=scheme)
                result = already_there.run(page, context=context, options=rules)
                found += [
                    (name, width, scheme, violation["id"], violation["nodes"][0]["html"][:120])
                    for violation in result.response["violations"]
                ]
    assert wide == []
    assert found == []


@pytest.mark.browser
def test_a_policy_without_inline_code_breaks_nothing(book: Book, browser: Browser) -> None:
    page, broken = browser.new_page(color_scheme="light"), []
    page.expose_function("report", lambda *what: broken.append((page.url, *what)))
    page.add_init_script(
        """document.addEventListener("securitypolicyviolation",
             event => report(event.violatedDirective, event.blockedURI, event.lineNumber))"""
    )
    with serving(book("html"), STRICT) as site:
        for name in pages_of(book("html").outdir):
            page.goto(f"{site}/{name}")
        page.wait_for_selector("#search-results ul.search > li")
        scheme = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("button.scheme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != scheme
        page.click("details.contents > summary")
        page.click("details.contents a[href*=disputed]")
        page.click("button.annals-open-all")
        assert page.locator("details.annals-comparison[open]").count() > 10
        assert broken == []
        # what the test relies on: a violation does reach it
        with page.expect_console_message():
            page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.wait_for_timeout(200)
    assert [name for _url, name, *_ in broken] == ["style-src-attr"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_contents_are_reached_and_left_by_keyboard(
    site: str, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/chapters/03-negotiation.html")
    inside = "document.activeElement.closest('details.contents > nav') !== null"
    named = "document.activeElement.className || document.activeElement.localName"
    reached = []
    for _ in range(4 if width < 700 else 5):
        page.keyboard.press("Tab")
        assert not page.evaluate(inside)
        reached.append(page.evaluate(named))
    search = ["find-link"] if width < 700 else ["brand", "input"]
    assert reached == ["skip", "summary", *search, "scheme"]
    page.focus("details.contents > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    page.keyboard.press("Escape")
    assert not page.locator("details.contents > nav").is_visible()
    assert page.evaluate(named) == "summary"


QUERIES = [
    ("Article 6", "04-treaty.html#sino-soviet-1950-6"),
    ("14 February", "04-treaty.html#loan-agreement-1950"),
    ("signed 14 February 1950", "03-negotiation.html#treaty-signed"),
    ("中苏友好同盟互助条约", "04-treaty.html#sino-soviet-1950"),
    ("同盟", "04-treaty.html#sino-soviet-1950"),
    ("zhong-su", "04-treaty.html#sino-soviet-1950"),
    ("Zhōng-Sū Yǒuhǎo", "04-treaty.html#sino-soviet-1950"),
    ("Договор", "04-treaty.html#sino-soviet-1950"),
    ("zhou enlai", "people.html#zhou-enlai"),
    ("Stalin", "people.html#stalin"),
    ("port arthur", "places.html#port-arthur"),
    ("Mao leaves", "03-negotiation.html#mao-departs"),
    ("CCP", "organisations.html#ccp"),
    ("Soviet aid to China", "bibliography.html#ref-zhou2015soviet"),
    ("the journey", "03-negotiation.html#the-journey"),
    ("ore and rubber", "06-aid.html#ore-and-rubber"),
]


def test_every_object_of_the_book_is_found_where_it_is(book: Book) -> None:
    built = book("html")
    found = results_of_objects(built)
    assert len(found) > 400
    pages = {row.page for row in found}
    ids = {page: {tag["id"] for tag in built.soup(page).select("[id]")} for page in pages}
    dead = [row for row in found if row.anchor not in ids[row.page]]
    assert dead == []


@pytest.mark.browser
def test_a_search_leads_where_it_must(site: str, browser: Browser) -> None:
    found = first_results(browser, site, [query for query, _ in QUERIES])
    assert {query: found[query].address.split("/")[-1] for query in found} == dict(QUERIES)
    excerpt = found["ore and rubber"].text
    assert "cannot be weighed against three hundred million dollars" in excerpt
    assert "Mentioned in" not in excerpt


@pytest.mark.browser
def test_comparisons_open_at_a_button_and_in_print(book: Book, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(fullest(book("html").outdir, "details.annals-comparison").as_uri())
    count = page.locator("details.annals-comparison").count()
    height = "document.querySelector('details.annals-comparison').getBoundingClientRect().height"
    closed = page.evaluate(height)
    page.emulate_media(media="print")
    assert page.evaluate(height) > 1.5 * closed
    page.emulate_media(media="screen")
    assert page.locator("details.annals-comparison[open]").count() == 0
    page.click("button.annals-open-all")
    assert page.locator("details.annals-comparison[open]").count() == count
    assert page.inner_text("button.annals-open-all").startswith("Close all")
