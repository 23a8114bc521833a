"""Citations in the PDF that needs no TeX, and their cards in a browser."""

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
def test_a_citation_shows_its_reference_and_leads_to_it(project, browser):
    doi = "@book{k, title = {K}, author = {Kay, Ann}, date = {1950}, doi = {10.1000/a&b}}"
    project.write({"references.bib": doi}).write("# T\n\nSee {cite:p}`k{p. 2}`.\n\n" + LIST)
    page = browser.new_page()
    page.route("https://doi.org/**", lambda route: route.fulfill(body="found"))
    page.goto((project.build("html").outdir / "index.html").as_uri())
    page.locator("a.citation-link").hover()
    link = page.locator(".link-card:not([hidden]) a").first
    assert link.inner_text() == "https://doi.org/10.1000/a&b"
    assert "Kay, Ann. 1950." in page.locator(".link-card").inner_text()
    link.click()
    page.wait_for_url("https://doi.org/10.1000/a&b")
