"""References beside those of pandoc's citeproc, over one work of each type.

pandoc 3.9 ships the 18th edition of Chicago's author-date style; this project sets the 17th.
Every difference is listed with its reason; anything else must be equal to the letter.
"""

from __future__ import annotations

import pytest
from citations.bibfile import parse
from citations.chicago import reference
from citations.labels import letters
from citations.library import assemble, load
from citations.richtext import plain

PLACE = "the 18th edition dropped places of publication, the 17th prints them (14.129)"
RANGE = "page ranges are printed as the source gives them: full digits are safe (9.61 allows them)"
COLON = "no space follows the colon after a volume without an issue (14.116, 15.48)"
YEAR = "the 17th edition repeats the year of a newspaper's or a page's date (15.49, 15.51)"
CHAPTER = "the 18th edition dropped the pages of chapters, the 17th prints them (15.9)"
DISS = "the 17th edition writes “PhD diss.” (14.215)"
REPRINT = "this project shows a reprint as 1968 [1937], so that the printing that is cited leads"
REPORT = "the number follows the kind of report as its series does; “No.” adds nothing"
PAPER = "a paper in proceedings is a chapter of a book, with “In” and its publisher (14.217)"

DIFFERENCES = {
    "articlevolume": [("277: 167–76", "277:167–176", f"{COLON}; {RANGE}")],
    "booktwo": [("Routledge", "New York: Routledge", PLACE)],
    "book": [("M. E. Sharpe", "Armonk, NY: M. E. Sharpe", PLACE)],
    "translated": [("Press.", "Boston: Press.", PLACE)],
    "collection": [("1998. Brothers in Arms. ", "1998. Brothers in Arms. Stanford: ", PLACE)],
    "volume": [("Central Press", "Beijing: Central Press", PLACE)],
    "reprint": [("(1937) 1968", "1968 [1937]", REPRINT), ("Grove", "New York: Grove", PLACE)],
    "report": [("Paper No. 12", "Paper 12", REPORT), ("Cold War", "Washington: Cold War", PLACE)],
    "phd": [("PhD thesis", "PhD diss.", DISS)],
    "paper": [("Papers of", "In Papers of", PAPER), ("10–20.", "10–20. Institute.", PAPER)],
    "online": [("June 27.", "June 27, 2015.", YEAR)],
    "newspaper": [("February 15.", "February 15, 1950.", YEAR)],
    "chapter": [("Jun Zhang. ", "Jun Zhang, 57–106. ", CHAPTER), ("Springer", "Berlin: Springer", PLACE)],
}  # fmt: skip


@pytest.fixture(scope="module")
def bibliography(rootdir):
    return rootdir / "test-citations-types" / "references.bib"


@pytest.fixture(scope="module")
def theirs(bibliography):
    pypandoc = pytest.importorskip("pypandoc")
    soup = pytest.importorskip("bs4")
    source = f"---\nnocite: '@*'\nbibliography: {bibliography}\nlang: en-US\n---\n"
    html = pypandoc.convert_text(source, "html", format="markdown", extra_args=["--citeproc"])
    found = soup.BeautifulSoup(html, "html.parser").select(".csl-entry")
    return {item["id"].removeprefix("ref-"): " ".join(item.text.split()) for item in found}


def test_every_reference_equals_pandocs_but_for_what_is_listed(bibliography, theirs):
    library = load([bibliography])
    assert library.findings == ()
    given = letters(library.entries.values())
    assert set(theirs) == set(library.entries)
    for key, entry in library.entries.items():
        expected = theirs[key]
        for old, new, _reason in DIFFERENCES.get(key, ()):
            assert old in expected, key
            expected = expected.replace(old, new)
        assert plain(reference(entry, given.get(key, ""))) == expected


def test_titles_keep_the_capitals_that_citeproc_changes():
    source = (
        "@article{k, author={A, B}, title={treaty of the UN with de facto eFFECT}, date={1950}}"
    )
    entry = assemble([parse(source)]).entries["k"]
    assert "treaty of the UN with de facto eFFECT" in plain(reference(entry))
