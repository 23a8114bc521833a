"""Citations in the PDF that needs no TeX, and previews in a browser."""

from __future__ import annotations

import pytest
from harness import LIST

BOOK = "# Book\n\n## Start\n\n{cite:p}`heinzig2004arduous{p. 364}` and {cite:t}`foot1991light`.\n\n## End\n\n"


@pytest.fixture
def pdf(project):
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    return lambda body, **settings: project.write(body).build("typstpdf", **settings).print


def test_citations_lists_and_pages_in_the_pdf(pdf):
    text = pdf(BOOK + LIST)
    assert "(Heinzig 2004, 364) and Foot (1991)." in text
    assert "Heinzig, Dieter. 2004. The Soviet Union and Communist China." in text
    assert "Cited on p. 1 (364)" in text
    assert "16–29. Cited on p. 1 Heinzig" in text


PLACE = "```{raw} typst\n#pagebreak()\n```\n\n"


def test_links_back_give_each_page_once_with_what_it_cites(pdf):
    cites = [["p. 9", "p. 7, 9"], ["p. 7"], ["p. 7"], ["p. 7", "ch. 2", "ch. 1"], []]
    body = "".join(
        "".join(f"{{cite:p}}`heinzig2004arduous{{{locator}}}`\n\n" for locator in page) + PLACE
        for page in cites
    )
    assert "Cited on pp. 1 (7, 9), 2, 3 (7), 4 (7; chs. 1, 2)" in pdf("# Book\n\n" + body + LIST)


def test_a_work_on_many_pages_gets_bare_pages_with_runs(pdf):
    pages = [*range(14), 15]
    body = "".join(
        (f"{{cite:p}}`heinzig2004arduous{{p. {n}}}`\n\n" if n in pages else "Text.\n\n") + PLACE
        for n in range(16)
    )
    assert "Cited on pp. 1–14, 16" in pdf("# Book\n\n" + body + LIST)


def test_notes_stand_at_the_foot_of_the_page(pdf):
    text = pdf(
        BOOK + "Again {cite:p}`heinzig2004arduous{p. 365}`.\n\n" + LIST, citations_style="notes"
    )
    assert (
        "Dieter Heinzig, The Soviet Union and Communist China (Armonk: Sharpe, 2004), 364." in text
    )
    assert "Heinzig, The Soviet Union and Communist China, 365." in text


@pytest.mark.browser
def test_notes_show_over_their_marks(project, browser):
    project.write(BOOK.replace("` and", "`, and") + LIST)
    page_file = project.build("html", citations_style="notes").outdir / "index.html"
    page = browser.new_page()
    page.goto(f"file://{page_file}")
    mark, box = page.locator("a.footnote-reference").first, page.locator("#citation-preview")
    mark.hover()
    assert box.inner_text().strip().startswith("Dieter Heinzig, The Soviet Union")
    page.keyboard.press("Escape")
    assert not box.is_visible()
    mark.focus()
    assert box.is_visible()
    assert mark.get_attribute("aria-describedby") == "citation-preview"
    page.close()


@pytest.mark.browser
def test_previews_show_on_focus_and_hover_and_leave_on_escape(project, browser):
    project.write(BOOK + LIST)
    page_file = project.build("html").outdir / "index.html"
    page = browser.new_page()
    page.goto(page_file.as_uri())
    links = page.locator("a.citation-link")
    preview = page.locator("#citation-preview")
    links.nth(0).focus()
    assert preview.is_visible()
    assert "Heinzig, Dieter. 2004." in preview.inner_text()
    assert links.nth(0).get_attribute("aria-describedby") == "citation-preview"
    page.keyboard.press("Escape")
    assert not preview.is_visible()
    links.nth(1).hover()
    assert "Foot, Rosemary. 1991." in preview.inner_text()
    page.mouse.move(0, 0)
    preview.wait_for(state="hidden")
    touch = browser.new_context(has_touch=True, viewport={"width": 360, "height": 640}).new_page()
    touch.goto(page_file.as_uri())
    touch.locator("a.citation-link").nth(0).tap()
    assert touch.locator("#citation-preview").is_visible()
    assert "#ref-" not in touch.url
    touch.locator("a.citation-link").nth(0).tap()
    assert touch.url.endswith("#ref-heinzig2004arduous")


@pytest.mark.browser
def test_the_doi_in_a_preview_is_a_link_that_a_mouse_reaches(project, browser):
    doi = "@book{k, title = {K}, author = {Kay, Ann}, date = {1950}, doi = {10.1000/a&b}}"
    project.write({"references.bib": doi}).write("# T\n\nSee {cite:p}`k{p. 2}`.\n\n" + LIST)
    page = browser.new_page()
    page.route("https://doi.org/**", lambda route: route.fulfill(body="found"))
    page.goto((project.build("html").outdir / "index.html").as_uri())
    page.locator("a.citation-link").focus()  # whose focus the press below takes
    page.locator("a.citation-link").hover()
    link = page.locator("#citation-preview a")
    assert link.inner_text() == "https://doi.org/10.1000/a&b"
    link.click()
    page.wait_for_url("https://doi.org/10.1000/a&b")
