"""References beside those of pandoc's citeproc, over one work of each type.

pandoc 3.9 ships the 18th edition of Chicago's author-date style; this project sets the 17th.
Every difference is listed with its reason; anything else must be equal to the letter.
"""

from __future__ import annotations

import pypandoc
import pytest
from bs4 import BeautifulSoup
from harness import ROOTS
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.build import Writer
from sphinx_annals.citations.formats import load
from sphinx_annals.citations.style import Options, full_note, letters, reference, short_note
from sphinx_annals.text import parse_citations

PLACE = "the 18th edition dropped places of publication, the 17th prints them (14.129)"
RANGE = "page ranges are printed as the source gives them: full digits are safe (9.61 allows them)"
COLON = "no space follows the colon after a volume without an issue (14.116, 15.48)"
YEAR = "the 17th edition repeats the year of a newspaper's or a page's date (15.49, 15.51)"
CHAPTER = "the 18th edition dropped the pages of chapters, the 17th prints them (15.9)"
DISS = "the 17th edition writes “PhD diss.” (14.215)"
REPRINT = "this project shows a reprint as 1968 [1937], so that the printing that is cited leads"
REPORT = "the number follows the kind of report as its series does; “No.” adds nothing"
PAPER = "a paper in proceedings is a chapter of a book, with “In” and its publisher (14.217)"

NAMES = "a langid of Chinese, or nameorder, puts the family name first without a comma (11.90)"
SCRIPT = "an original title follows the romanised one without a stop (11.110)"
CAPITALS = "titles keep the capitals that the file gives them"
PARTICLE = "a particle leads, as the file writes it; useprefix = false puts it behind (16.71)"
LIST = "of more than ten authors the 17th edition prints seven, the 18th three (14.76)"
PAPERS = "nothing is added to what the file says of a manuscript"
LETTER = "pandoc prints nothing for a letter in BibTeX"
SHORT = "of three authors the 17th edition names all in the text, the 18th one (15.29)"

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
    "eastern": [
        ("Shen, Zhihua, and Danhui Li", "Shen Zhihua and Li Danhui", NAMES),
        ("guanxi. ", "guanxi ", SCRIPT),
        ("Renmin", "Beijing: Renmin", PLACE),
    ],
    "cyrillic": [("Наука", "Москва: Наука", PLACE)],
    "suffix": [("Toward", "toward", CAPITALS), ("Harper", "New York: Harper", PLACE)],
    "particle": [
        ("Beauvoir, Simone de", "de Beauvoir, Simone", PARTICLE),
        ("World", "Cleveland: World", PLACE),
    ],
    "eleven": [("Cc, et al.", "Cc, D. Dd, E. Ee, F. Ff, G. Gg, et al.", LIST)],
    "unsigned": [("15.", "15, 1950.", YEAR)],
    "dissertation": [("Under", "under", CAPITALS), ("PhD thesis", "PhD diss.", DISS)],
    "manuscript": [("Unpublished manuscript", "Manuscript", PAPERS)],
    "multivolume": [("Foreign", "Moscow: Foreign", PLACE)],
    "chapter": [
        ("Jun Zhang. ", "Jun Zhang, 57–106. ", CHAPTER),
        ("Springer", "Berlin: Springer", PLACE),
    ],
}

NOT_THEIRS = {"letter"}  # LETTER
IN_TEXT = {
    "reprint": [("[1937] 1968", "1968 [1937]", REPRINT)],
    "particle": [("Beauvoir", "de Beauvoir", PARTICLE)],
    "threeeds": [("Able et al.", "Able, Baker, and Clark", SHORT)],
}


@pytest.fixture(scope="module")
def bibliography():
    return ROOTS / "test-citations-types" / "references.bib"


@pytest.fixture(scope="module")
def theirs(bibliography):
    source = f"---\nnocite: '@*'\nbibliography: {bibliography}\nlang: en-US\n---\n"
    html = pypandoc.convert_text(source, "html", format="markdown", extra_args=["--citeproc"])
    found = BeautifulSoup(html, "html.parser").select(".csl-entry")
    return {item["id"].removeprefix("ref-"): " ".join(item.text.split()) for item in found}


def test_every_reference_equals_pandocs_but_for_what_is_listed(bibliography, theirs):
    library = load([bibliography])
    assert library.findings == ()
    given = letters(library.entries.values())
    assert set(theirs) | NOT_THEIRS == set(library.entries)
    for key, entry in library.entries.items():
        if key in NOT_THEIRS:
            continue
        expected = theirs[key]
        for old, new, _reason in DIFFERENCES.get(key, ()):
            assert old in expected, key
            expected = expected.replace(old, new)
        assert str(reference(entry, given.get(key, ""))) == expected


def test_titles_keep_the_capitals_that_citeproc_changes():
    source = (
        "@article{k, author={A, B}, title={treaty of the UN with de facto eFFECT}, date={1950}}"
    )
    entry = assemble([parse(source)]).entries["k"]
    assert "treaty of the UN with de facto eFFECT" in str(reference(entry))


def test_every_citation_in_the_text_equals_pandocs_but_for_what_is_listed(bibliography):
    library = load([bibliography])
    keys = [key for key in library.entries if key not in NOT_THEIRS]
    body = "\n\n".join(f"[@{key}, p. 3]\n\n@{key} [p. 3]" for key in keys)
    source = f"---\nbibliography: {bibliography}\nlang: en-US\nsuppress-bibliography: true\n---\n\n"
    html = pypandoc.convert_text(
        source + body, "html", format="markdown", extra_args=["--citeproc"]
    )
    found = [" ".join(p.text.split()) for p in BeautifulSoup(html, "html.parser").select("p")]
    writer = Writer(library)
    writer.letters = letters(library.entries.values())
    for index, key in enumerate(keys):
        targets, _ = parse_citations(f"{key}{{p. 3}}")
        for kind, expected in zip("pt", found[2 * index : 2 * index + 2], strict=True):
            for old, new, _reason in IN_TEXT.get(key, ()):
                assert old in expected, key
                expected = expected.replace(old, new)
            assert writer.group(kind, targets, "").astext() == expected


# made with pandoc's citeproc and the 17th edition's style for notes, which pandoc does not ship;
# where the two differ the reason stands beside
NOTES = [
    ("book", ("Dieter Heinzig, The Soviet Union and Communist China 1945–1950: The Arduous Road to "
     "the Alliance (Armonk, NY: M. E. Sharpe, 2004), 3"),
     "Heinzig, The Soviet Union and Communist China 1945–1950, 5"),
    ("bookfour", "Ann Able et al., Four Authors (Press, 2011), 3", "Able et al., Four Authors, 5"),
    ("edtrans", "Andrei Vishinsky, Diary, ed. David Wolff, trans. Danny Rozas (Press, 1996), 3",
     "Vishinsky, Diary, 5"),
    ("suffix", "Martin Luther King Jr., Stride toward Freedom (New York: Harper, 1958), 3",
     "King, Stride toward Freedom, 5"),
    ("unsigned", "“Treaty Published,” Pravda, February 15, 1950, 3",
     "Pravda, “Treaty Published,” 5"),
    ("accessed", ("Charles Kraus, “A Page,” Wilson Center, 3, accessed March 17, 2022, "
     "https://example.org/page"), "Kraus, “A Page,” 5"),
    ("dissertation", ("Li Wei, “Alliance under Strain” (PhD diss., Jilin University, 2001), 3, "
     "https://example.org/thesis"), "Wei, “Alliance under Strain,” 5"),  # DISS, CAPITALS
    ("eastern", ("Shen Zhihua and Li Danhui, Zhanhou Zhong-Su guanxi 战后中苏关系 (Beijing: Renmin "
     "chubanshe, 2006), 3"), "Shen and Li, Zhanhou Zhong-Su guanxi, 5"),  # NAMES, SCRIPT
    ("month", "Vladislav Zubok, “A Monthly,” Problems of Communism 40 (May 1991): 3",
     "Zubok, “A Monthly,” 5"),
    ("chapter", ("Hong Zhou, “Soviet Aid to China,” in Foreign Aid in China, ed. Jun Zhang (Berlin: "
     "Springer, 2015), 3"), "Zhou, “Soviet Aid to China,” 5"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "full", "short"), NOTES)
def test_notes(bibliography, key, full, short):
    entry = load([bibliography]).entries[key]
    assert str(full_note(entry, "p. 3")) == full
    assert str(short_note(entry, "p. 5")) == short


IN_NOTES_STYLE = [
    ("phd", "Jiao, Hong. “Sino-Soviet Relations.” PhD diss., Heilongjiang University, 2019."),
    (
        "accessed",
        (
            "Kraus, Charles. “A Page.” Wilson Center. Accessed March 17, 2022. "
            "https://example.org/page."
        ),
    ),
    ("forthcoming", "Radchenko, Sergey. To Run. Press, forthcoming."),
    ("month", "Zubok, Vladislav. “A Monthly.” Problems of Communism 40 (May 1991): 12–20."),
]


@pytest.mark.parametrize(("key", "expected"), IN_NOTES_STYLE)
def test_the_bibliography_of_the_notes_style(bibliography, key, expected):
    entry = load([bibliography]).entries[key]
    assert str(reference(entry, options=Options("notes"))) == expected
