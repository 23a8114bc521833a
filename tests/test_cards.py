"""Cards over links: what they say, that they stay right, and how readers bring them up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from harness import Built, Project, Start
from playwright.sync_api import Browser, Page
from sphinx_annals.text import first_sentence, sentence_on
from support import STRICT, serving

START = Start(
    {
        "conf.py": """\
extensions = ["myst_parser", "sphinx_annals.annals", "sphinx_annals.citations"]
bibtex_bibfiles = ["refs.bib"]
citations_style = "notes"
html_theme = "basic"
html_permalinks = True
""",
        "refs.bib": (
            "@book{road, author = {Heinzig, Dieter}, title = {Road & <b>Rail</b>}, "
            "date = {2004}, doi = {10.1000/a&b}}\n"
        ),
        "index.md": "# Book\n\n```{toctree}\nstory\nfacts\n```\n",
        "story.md": """\
# Story

Here {person}`mao` took the train {cite:p}`road{p. 2}` with {event}`leaves`,
{treaty}`pact`, {article}`pact/1`, {place}`moscow`, {organisation}`ccp` and an {term}`alliance`.

<a href="facts.html#pact-term-verdict-1">A question</a>, and a <a href="facts.html#facts">section</a>.
""",
        "facts.md": """\
# Facts

```{person} Mao Zedong
:id: mao
:role: chairman
:born: 1893-12-26
Led the {organisation}`ccp`. He wrote <b>poems</b>.
```

```{organisation} Chinese Communist Party
:id: ccp
Won.
```

```{place} Moscow
:id: moscow
A capital & a city.
```

```{event} Mao leaves
:id: leaves
:date: 1949-12-06
:place: moscow
Winter came. Mao left on 6 December. He came on the 16th.
```

````{treaty} The Pact
:id: pact
:signed: 1950-02-14
A bond.

```{treaty-article} 1
:title: Peace
Both keep the peace.
```

```{account} road{p. 3}
:of: pact
:property: term
:value: 30 years
```

```{verdict} term
:of: pact
:question: For how long?
For thirty years. So it says.
```
````

```{glossary}
alliance
  A bond of {organisation}`ccp` [](#ccp). More.
```

```{bibliography}
```
""",
    }
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("cards"), START)


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build()


def cards(built: Built, file: str = "cards-shown.js") -> Any:
    before, _, after = built.read(f"_static/{file}").partition(" = ")
    assert before == f'linkCards["{file}"]'
    return json.loads(after.removesuffix(";\n"))


def test_each_kind_of_object_has_a_card(built: Built) -> None:
    pages = cards(built)
    found = pages["facts.html"]
    assert found.pop("") == "Facts"
    assert list(pages) == ["facts.html"]
    assert found["mao"][:3] == ["Person", "Mao Zedong", "chairman; born 26 December 1893"]
    assert found["mao"][3] == "Led the Chinese Communist Party."
    assert found["leaves"][2:] == ["6 December 1949, Moscow", "Mao left on 6 December."]
    assert found["moscow"][3] == "A capital &amp; a city."
    assert found["pact"] == ["Treaty", "The Pact", "signed 14 February 1950", "A bond."]
    assert found["pact-1"] == ["Article", "Article 1. Peace", "The Pact", "Both keep the peace."]
    assert found["term-alliance"][:2] == ["Term", "alliance"]
    assert found["term-alliance"][3].startswith("A bond of Chinese Communist Party")
    assert found["pact-term-verdict-1"][1:] == ["For how long?", "one account", "For thirty years."]
    kind, _, _, reference = found["ref-road"]
    assert kind == "Work"
    assert "<em>Road &amp; </em><em><strong>Rail</strong></em>. 2004." in reference
    assert set(found) <= {tag["id"] for tag in built.soup("facts.html").select("[id]")}


def test_a_point_is_marked_where_it_stands(built: Built) -> None:
    (mark,) = built.soup("facts.html").select(".annals-comparison > .annals-permalink > a")
    assert (mark["class"], mark["href"]) == (["headerlink"], "#pact-term-verdict-1")
    assert mark["title"] == "Link to this point"


def test_cards_are_those_of_a_clean_build(project: Project, built: Built) -> None:
    try:
        project.edit("facts.md", "Led the", "Headed the").edit("facts.md", "A bond of", "A band of")
        again = project.build()
        assert cards(again)["facts.html"]["mao"][3].startswith("Headed the Chinese")
        assert "A band" in cards(again)["facts.html"]["term-alliance"][3]
        assert "story.html" not in again.written  # no page is older for the card of another
        project.edit("story.md", "Here", "There")
        after = project.build()
        clean, parallel = project.build(out="clean"), project.build(out="two", parallel=2)
        assert cards(after) == cards(clean) == cards(parallel)
    finally:
        project.write(START.files).build()


def test_cards_can_be_turned_off_and_are_in_pages_alone(project: Project) -> None:
    off = project.build(out="other", link_cards=False)
    assert "cards.js" not in off.read()
    on = project.build(out="other")
    assert "cards.js" in on.read()
    off = project.build(out="other", link_cards=False, fresh=True)
    assert [name for name in off.files() if name.startswith("_static/cards-")] == []
    book = project.build("epub", out="other", warnings=None).everything()
    assert "cards.js" not in book
    assert "annals-permalink" not in book
    single = project.build("singlehtml", out="other", warnings=None)
    assert "ref-road" in cards(single)["index.html"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One here. Two.", "One here."),
        ("No. It did not. More.", "No. It did not."),
        ("No", "No"),
        ("word " * 90, "word " * 55 + "…"),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_text(text: str, first: str) -> None:
    assert first_sentence(text) == first


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("Mao arrives, 16 December", "By the 16th of December he arrived."),
        ("Mao leaves", "Mao took the train."),
        ("Nobody", "Mao took the train."),
        ("The day", "It was day 16."),
        ("The train of December", "By the 16th of December he arrived."),
    ],
)
def test_the_sentence_on_an_event_that_shares_its_paragraph(subject: str, sentence: str) -> None:
    text = "Mao took the train. By the 16th of December he arrived. It was day 16. The train left."
    assert sentence_on(text, subject) == sentence


# In a browser

CARD = ".link-card"
SHOWN = f"{CARD}:not([hidden])"
IS_OF_KIND = "kind => document.querySelector('.link-card-kind').textContent === kind"
KINDS = {
    "leaves": "Event",
    "pact": "Treaty",
    "pact-1": "Article",
    "moscow": "Place",
    "ccp": "Organisation",
    "term-alliance": "Term",
    "pact-term-verdict-1": "Point",
}


@pytest.fixture
def page(built: Built, browser: Browser) -> Iterator[Page]:
    """The story, served with a strict policy that nothing may break."""
    with serving(built, STRICT) as site:
        page = browser.new_page(viewport={"width": 900, "height": 700})
        broken: list[str] = []
        page.on("console", lambda message: broken.append(message.text))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{site}/story.html", wait_until="load")
        broken.clear()  # what the theme does is its own affair
        yield page
        assert [said for said in broken if "404" not in said] == []  # a browser asks for an icon
        page.close()


def text_of_card(page: Page) -> str:
    return page.locator(SHOWN).inner_text()


@pytest.mark.browser
def test_a_card_shows_to_a_pointer_which_can_move_into_it(page: Page) -> None:
    link = page.locator("a[href='facts.html#mao']")
    title = link.get_attribute("title")
    link.hover()
    page.wait_for_selector(SHOWN)
    lines = [line for line in text_of_card(page).splitlines() if line]
    assert lines[:3] == ["Person", "Mao Zedong", "chairman; born 26 December 1893"]
    assert link.get_attribute("title") is None  # it would lie over the card
    page.locator(f"{CARD}-ways a").hover()
    page.wait_for_timeout(500)
    assert page.locator(SHOWN).count() == 1
    page.mouse.move(2, 600)
    page.wait_for_selector(CARD, state="hidden")
    assert link.get_attribute("title") == title
    for target, kind in KINDS.items():
        page.locator(f"a[href='facts.html#{target}']").hover()
        page.wait_for_function(IS_OF_KIND, arg=kind)
        page.keyboard.press("Escape")
        assert page.locator(SHOWN).count() == 0
    page.locator("a[href='facts.html#facts']").hover()  # no object
    page.wait_for_timeout(400)
    assert page.locator(SHOWN).count() == 0


@pytest.mark.browser
def test_a_card_is_reached_and_left_by_key(page: Page) -> None:
    link = page.locator("a[href='facts.html#mao']")
    link.focus()
    page.wait_for_selector(SHOWN)
    described = page.locator(f"#{link.get_attribute('aria-describedby')}")
    assert described.get_attribute("role") == "tooltip"
    assert "Led the Chinese Communist Party." in described.inner_text()
    focused = "document.activeElement.getAttribute('href')"
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.closest('.link-card') !== null")
    page.keyboard.press("Escape")
    assert page.locator(SHOWN).count() == 0
    assert page.evaluate(focused) == "facts.html#mao"
    page.keyboard.press("Tab")
    page.wait_for_selector(SHOWN)
    assert text_of_card(page).startswith("Note 1")
    page.keyboard.press("Alt+ArrowDown")
    assert "doi.org" in page.evaluate(focused) or "ref-road" in page.evaluate(focused)
    while page.evaluate("document.activeElement.closest('.link-card') !== null"):
        page.keyboard.press("Tab")
    assert page.evaluate(focused) == "facts.html#leaves"  # on behind the link, not at the end
    page.wait_for_function(IS_OF_KIND, arg="Event")
    page.keyboard.press("Escape")
    assert page.locator(SHOWN).count() == 0


@pytest.mark.browser
def test_a_card_is_never_printed_and_moves_for_nobody_who_minds(page: Page) -> None:
    page.locator("a[href='facts.html#mao']").focus()
    page.wait_for_selector(SHOWN)
    animation = "getComputedStyle(document.querySelector('.link-card')).animationName"
    assert page.evaluate(animation) == "link-card"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(animation) == "none"
    page.emulate_media(media="print")
    assert not page.locator(CARD).is_visible()


@pytest.mark.browser
def test_a_first_tap_shows_the_card_and_a_second_follows(built: Built, browser: Browser) -> None:
    size = {"width": 360, "height": 640}
    page = browser.new_context(has_touch=True, is_mobile=True, viewport=size).new_page()
    page.goto((built.outdir / "story.html").as_uri())  # as a file, which can fetch nothing
    link = page.locator("a[href='facts.html#leaves']")
    link.tap()
    page.wait_for_selector(SHOWN)
    box = page.locator(CARD).bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    page.locator("h1").tap()
    assert not page.locator(CARD).is_visible()
    page.locator("a.footnote-reference").tap()
    page.wait_for_selector(SHOWN)
    link.tap()
    page.wait_for_function(IS_OF_KIND, arg="Event")
    assert page.url.endswith("story.html")
    link.tap()
    page.wait_for_url("**/facts.html#leaves")
    page.go_back()
    page.locator("a[href='facts.html#facts']").tap()  # which has no card
    page.wait_for_url("**/facts.html#facts")


@pytest.mark.browser
def test_links_are_links_without_a_script(built: Built, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((built.outdir / "story.html").as_uri())
    page.locator("a[href='facts.html#mao']").hover()
    assert page.locator(CARD).count() == 0
    page.locator("a[href='facts.html#mao']").click()
    assert page.url.endswith("facts.html#mao")


@pytest.mark.browser
def test_a_link_in_a_note_is_followed_from_its_card(built: Built, browser: Browser) -> None:
    page = browser.new_page()
    page.route("https://doi.org/**", lambda route: route.fulfill(body="found"))
    page.goto((built.outdir / "story.html").as_uri())
    page.locator("a.footnote-reference").hover()
    link = page.locator(f"{SHOWN} a[href^='https://doi.org']")
    assert link.inner_text() == "https://doi.org/10.1000/a&b"
    link.click()
    page.wait_for_url("https://doi.org/10.1000/a&b")
