"""Points: how much each matters, the question that it is, and the one place where it stands."""

from __future__ import annotations

import csv

import pytest
from sphinx_annals.annals.views import chapter_names
from sphinx_annals.text import sentence_end

pytestmark = pytest.mark.slow  # whole builds, each of them

CHAPTER = """# A chapter

::::{treaty} Treaty
:id: treaty
:expiry: 1980-04-11

A treaty.
::::

## End

It ended.

:::{verdict} expiry
:of: treaty
:question: When did it end?
:prefers: 1980-04-11

On 11 April {person}`Mao <mao>` p. 3 says so.{cite:p}`heinzig2004arduous{p. 7}` A second reason.
:::

:::{person} Mao
:id: mao
:born: 1893

A man.
:::

## Smaller questions

```{point-list}
:chapter: chapter
:weight: minor
```

```{include} points/chapter.md
```
"""
POINTS = """\
:::{account} heinzig2004arduous{p. 1}
:of: treaty
:property: expiry
:value: 1979-02-16
:quote: it lapsed
:::
:::{account} heinzig2004arduous{p. 2}
:of: treaty
:property: expiry
:value: 1980-04-11
:::
:::{account} heinzig2004arduous{p. 3}
:of: treaty
:property: author
:value: Mao
:::
:::{account} heinzig2004arduous{p. 4}
:of: treaty
:property: author
:value: Stalin
:::
:::{verdict} author
:of: treaty
:question: Who wrote it?
:weight: minor

Nobody knows.
:::
"""
SLIPS = """# Textual notes

```{point-list}
:weight: textual
```

:::{account} heinzig2004arduous{p. 5}
:of: mao
:property: spelling
:value: Maow
:::
:::{verdict} spelling
:of: mao
:question: How is he spelt?
:weight: textual

A slip.
:::
"""
INDEX = """# Index

```{toctree}
chapter
slips
```

```{disputed-points}
:weight: minor, textual
:status: open, one
```
"""
PAGES = {"index.md": INDEX, "chapter.md": CHAPTER, "points/chapter.md": POINTS, "slips.md": SLIPS}


@pytest.fixture
def book(project):
    return project.configure('exclude_patterns = ["points"]\n').write(PAGES)


def texts(soup, selector):
    return [" ".join(found.get_text().split()) for found in soup.select(selector)]


def test_a_major_point_is_a_question_where_its_verdict_stands(book):
    page = book.build().soup("chapter.html")
    (major,) = page.select("#end details.annals-comparison")
    assert texts(major, "summary") == [
        "When did it end? On 11 April Mao p. 3 says so. (● settled, 2 accounts, one witness)"
    ]
    assert texts(major, "tbody tr") == [
        "[Hei04, p. 1] 16 February 1979 “it lapsed”",
        "[Hei04, p. 2] 11 April 1980",
    ]
    assert texts(major, ".annals-verdict") == [
        "Verdict: 11 April 1980. On 11 April Mao p. 3 says so.[Hei04, p. 7] A second reason."
    ]


def test_minor_points_stand_in_their_list_alone(book):
    page = book.build().soup("chapter.html")
    (line,) = page.select("ol > li > details")
    assert texts(line, "summary") == [
        "Who wrote it? Nobody knows. (○ left open, 2 accounts, one witness)"
    ]
    assert len(line.select("tbody tr")) == 2
    assert len(page.select(".annals-comparison")) == 2
    assert page.body.get_text().count("Nobody knows.") == 1


def test_textual_points_stand_in_the_list_of_their_document(book):
    page = book.build().soup("slips.html")
    assert texts(page, "li summary") == ["How is he spelt? A slip. (one account)"]


SAYS = ":::{{account}} {}{{p. 1}}\n:of: treaty\n:property: {}\n:value: {}\n:::\n"


def test_many_points_that_stand_elsewhere_are_folded_by_place(book):
    said = "".join(SAYS.format("heinzig2004arduous", f"cause-{n}", n) for n in range(4))
    built = book.write({"chapter.md": f"{CHAPTER}\n## More\n\n{said}"}).build()
    page = built.soup("chapter.html")
    (fold,) = page.select("article#treaty details.annals-elsewhere")
    assert texts(fold, "summary") == ["Compared elsewhere: 6 points"]
    places = [item.split(":")[0] for item in texts(fold, "li")]
    assert places == ["in End", "on this page", "in More"]
    assert texts(fold, "li")[-1].count("one account") == 4
    for link in fold.select("a"):
        assert page.find(id=link["href"].partition("#")[2]), link
    plain = " ".join(book.build("text").text("chapter.txt").split())
    counted = "1 point in End; 1 point in A chapter; 4 points in More."
    assert f"Compared elsewhere. {counted}" in plain.replace("**", "")


WORKS = """\
@book{ng1950, author = {Ng, Ann}, title = {Road}, year = {1950}, publisher = {P}}
@book{wu1960, author = {Wu, Bo}, title = {Way}, year = {1960}, publisher = {P}}
"""
ASKED = "```{disputed-points}\n:status: disputed, one\n```\n\n```{bibliography}\n```\n"


@pytest.mark.browser
def test_readers_choose_points_by_witness(project, browser):
    treaty = "# T\n\n```{treaty} Treaty\n:id: treaty\n\nA treaty.\n```\n\n"
    said = [("ng1950", "author", "Liu"), ("wu1960", "author", "Mao"), ("ng1950", "cause", "War")]
    page = treaty + "".join(SAYS.format(*each) for each in said) + ASKED
    conf = 'extensions = ["myst_parser", "sphinx_annals"]\n'
    project.write({"conf.py": conf, "references.bib": WORKS, "index.md": page})
    shown = browser.new_page()
    shown.goto(project.build().find("index.html").as_uri() + "#witness=wu1960")
    points = shown.locator(".annals-disputed-points .annals-comparison:visible")
    assert [text.split("(")[0].strip() for text in points.all_inner_texts()] == ["Author"]
    choice = shown.get_by_label("Witness")
    names = [option.inner_text() for option in choice.locator("option").all()]
    assert names == ["all", "Ng 1950 (2)", "Wu 1960 (1)"]
    choice.select_option("ng1950")
    assert points.count() == 2
    assert shown.url.endswith("#witness=ng1950")


@pytest.mark.browser
def test_what_chooses_and_opens_points_stands_under_their_heading(project, browser):
    said = [
        SAYS.format(*each) for each in (("ng1950", "author", "Liu"), ("wu1960", "cause", "War"))
    ]
    treaty = "# T\n\n```{treaty} Treaty\n:id: treaty\n\nA treaty.\n```\n"
    part = "\n## {}\n\n```{{disputed-points}}\n:status: one, open\n:weight: {}\n```\n"
    minor = ":::{verdict} cause\n:of: treaty\n:weight: minor\n\nNo.\n:::\n"
    conf = 'extensions = ["myst_parser", "sphinx_annals"]\n'
    pages = {"index.md": treaty + "".join(said) + "\n```{toctree}\none\ntwo\n```\n"}
    pages["one.md"] = "# One\n\n## Before\n" + part.format("Points", "major, minor")
    pages["two.md"] = "# Two\n\n" + minor + part.format("A", "minor") + part.format("B", "major")
    project.write({"conf.py": conf, "references.bib": WORKS} | pages)
    built, shown = project.build(), browser.new_page()
    for name, section in (("one.html", "points"), ("two.html", "two")):
        shown.goto(built.find(name).as_uri())
        for each in ("form.annals-choice", "button.annals-open-all"):
            assert shown.locator(each).evaluate("e => e.closest('section').id") == section
    shown.locator("select[name=weight]").select_option("minor")
    assert [shown.locator(each).is_visible() for each in ("#a", "#b")] == [True, False]


def test_an_object_leads_to_where_its_points_stand(book):
    built = book.build()
    page = built.soup("chapter.html")
    assert texts(page, "article#treaty .annals-elsewhere") == [
        "Compared elsewhere. When did it end? settled, in End; Who wrote it? left open, on this page."
    ]
    slips = built.soup("slips.html")
    for link in page.select(".annals-elsewhere a"):
        document, _, anchor = link["href"].rpartition("#")
        assert (slips if document else page).find(id=anchor).name == "details"


def test_statements_in_documents_of_their_own(book):
    """Nothing stands where they are written, and links into them still lead there."""
    book.configure("").write({"points/chapter.md": f"---\norphan: true\n---\n# Points\n\n{POINTS}"})
    book.edit("chapter.md", "```{include} points/chapter.md\n```\n", "")
    book.edit("chapter.md", ":chapter: chapter\n", "")
    built = book.build()
    page, points = built.soup("chapter.html"), built.soup("points/chapter.html")
    assert len(page.select(".annals-comparison")) == 2
    assert texts(points, "section > :not(h1)") == [""] * len(points.select("section > :not(h1)"))
    cited = built.soup("bib.html").select('a[href^="points/chapter.html#"]')
    assert all(points.find(id=link["href"].partition("#")[2]) for link in cited)


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex", "man", "texinfo"])
def test_each_builder_shows_a_point_once(book, builder):
    shown = (
        book.edit("index.md", "disputed-points", "timeline")
        .edit("index.md", ":weight: minor, textual\n:status: open, one\n", "")
        .build(builder)
        .everything()
    )
    assert "Who wrote it?" in shown
    for wanted in ("Nobody knows.", "it lapsed", "A second reason.", "Maow"):
        assert shown.count(wanted) == 1, wanted


def test_on_paper(book):
    book.edit("conf.py", 'annals.annals"', 'annals.annals", "sphinx_annals.pdf"')
    book.edit("conf.py", "sphinxcontrib.bibtex", "sphinx_annals.citations")
    shown = book.build("typstpdf").print
    assert "Who wrote it? Left open (2 accounts, one witness). Nobody knows." in shown
    assert "(Heinzig 2004, 3): Mao; (Heinzig 2004, 4): Stalin." in shown


def test_lists_of_disputes_take_weights(book):
    page = book.build().soup()
    assert texts(page, ".annals-disputed-points > p")[0] == (
        "2 points: 1 one account, 1 left open; 1 minor, 1 textual."
    )


def test_a_point_without_a_question_or_a_list_is_not_lost(book):
    book.edit("slips.md", "```{point-list}\n:weight: textual\n```\n", "")
    book.edit("slips.md", ":question: How is he spelt?\n", "")
    page = book.build().soup("slips.html")
    assert texts(page, ".annals-comparison summary") == ["Mao, spelling (one account)"]


def test_a_list_elsewhere_shows_it_again_and_takes_no_anchor(book):
    again = "```{point-list}\n:status: open\n```\n"
    page = book.edit("index.md", "```{toctree}", f"{again}\n```{{toctree}}").build().soup()
    assert texts(page, ".annals-point-list summary") == [
        "Who wrote it? Nobody knows. (○ left open, 2 accounts, one witness)"
    ]


def test_pages_follow_what_changes_elsewhere(book):
    book.build()
    book.edit("slips.md", ":weight: textual\n```", ":weight: minor\n```")
    again = book.build()
    assert {"index.html", "chapter.html"} & again.written >= {"chapter.html"}
    assert again.read("chapter.html") == book.build(out="clean").read("chapter.html")


def test_warnings_name_the_file_that_is_included(book):
    book.edit("points/chapter.md", ":weight: minor", ":weight: minr")
    said = (
        "points/chapter.md:22: WARNING: verdict: :weight: 'minr' is none of: major, minor, textual; "
        "did you mean 'minor'? [annals.option]"
    )
    book.build(warnings=[said])
    book.write(PAGES).edit("chapter.md", ":weight: minor", ":weight: minr")
    book.build(warnings=["chapter.md:31: WARNING: point-list: :weight: no weight 'minr'; did you"])


def test_a_page_of_points_follows_the_names_of_their_objects(book):
    said = ":::{account} heinzig2004arduous\n:of: mao\n:property: rank\n:value: chairman\n:::\n"
    book.write({"slips.md": f"{SLIPS}\n{said}"}).build()
    book.edit("chapter.md", ":::{person} Mao\n", ":::{person} Mao Zedong\n")
    again = book.build().read("slips.html")
    assert "Mao Zedong, rank" in again
    assert again == book.build(out="clean").read("slips.html")


def test_a_verdict_that_settles_leaves_nothing_open(book):
    book.edit("chapter.md", ":prefers: 1980-04-11", ":prefers: 1980-04-11\n:outcome: open")
    said = "chapter.md:14: WARNING: verdict: :outcome: open beside :prefers:, which settles the"
    book.build(warnings=[said])


def test_weights_and_questions_are_data(book):
    built = book.build()
    statements = built.json("data/annals.json")["treaties"][0]["statements"]
    assert [(s["weight"], s["question"]) for s in statements] == [
        ("major", "When did it end?"),
        ("minor", "Who wrote it?"),
    ]
    assert statements[1]["verdicts"][0]["text"] == "Nobody knows."
    lines = (built.outdir / "data/points.csv").read_text("utf-8-sig").splitlines()
    points = list(csv.DictReader(lines))
    assert [(p["object"], p["weight"], p["status"], p["accounts"]) for p in points] == [
        ("treaty", "major", "settled", "2"),
        ("treaty", "minor", "open", "2"),
        ("mao", "textual", "one", "1"),
    ]
    assert points[2]["verdict"] == "A slip."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mao; settled. More.", "Mao; settled."),
        ("On p. 3 of J. Smith’s book. More.", "On p. 3 of J. Smith’s book."),
        ("He said “no.” Then he went.", "He said “no.”"),
        ("It ended (in 1979). More", "It ended (in 1979)."),
        ("Who? Mao.", "Who?"),
        ("He said no! and left. More.", "He said no! and left."),
        ("不知道。 后来", "不知道。"),
        ("No end", None),
        ("", None),
    ],
)
def test_first_sentences(text, first):
    end = sentence_end(text)
    assert (text[:end] if end else None) == first


def test_a_file_of_points_is_not_taken_for_its_chapter():
    names = chapter_names(["chapters/points/one", "chapters/one", "a/two", "b/two"], {})
    assert names["one"] == "chapters/one"
    assert "two" not in names


EXTRA = ":::{{verdict}} {}\n:of: treaty\n{}\nWhy.\n:::\n\n"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (
            EXTRA.format("autor", ""),
            "'autor' of 'treaty': nobody says anything of it; add an account; did you mean 'author'?",
        ),
        (
            EXTRA.format("cost", ""),
            "nobody says anything of it; add an account; known: expiry, author",
        ),
        (
            EXTRA.format("Author", ":prefers: Mao\n"),
            "'Author' of 'treaty': there is one already (points/chapter.md, line 22); join them",
        ),
    ],
)
def test_a_verdict_on_nothing_or_a_second_one(book, verdict, said):
    at = len(f"{INDEX}\n".splitlines()) + 1
    book.write({"index.md": f"{INDEX}\n{verdict}"})
    if "Author" in verdict:  # documents count in the order of the book, and the index comes first
        book.write({"index.md": INDEX, "slips.md": f"{SLIPS}\n{verdict}"})
        at = len(f"{SLIPS}\n".splitlines()) + 1
    name = "slips" if "Author" in verdict else "index"
    (warning,) = book.build(warnings=None).warnings
    assert warning.startswith(f"{name}.md:{at}: WARNING: verdict on ")
    assert said in warning
    assert warning.endswith("[annals.account]")


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1980-04-12", "; did you mean '1980-04-11'?"),
        ("never", "; given: 1979-02-16, 1980-04-11"),  # which the object says too
        ("11 April 1980", None),
        ("1979-02-16", None),
        ("1980", None),
    ],
)
def test_a_preferred_value_is_one_that_somebody_gives(book, value, hint):
    book.edit("chapter.md", ":prefers: 1980-04-11", f":prefers: {value}")
    start = (
        f"chapter.md:14: WARNING: verdict on 'expiry' of 'treaty': prefers: nobody gives '{value}'"
    )
    book.build(warnings=[f"{start}{hint} [annals.account]"] if hint else [])


def test_what_the_object_says_itself_can_be_preferred(book):
    points = POINTS.replace(":value: 1980-04-11", ":value: 1981")
    book.write({"points/chapter.md": points}).build()
    gone = "".join(f":::{{account}}{part}" for part in points.split(":::{account}")[3:])
    book.write({"points/chapter.md": gone}).build()
    book.edit("chapter.md", ":prefers: 1980-04-11", ":prefers: 1980-04-12")
    book.build(warnings=["nobody gives '1980-04-12'; did you mean '1980-04-11'?"])


def test_a_mistake_is_told_whatever_is_read_again(book):
    book.build()
    book.edit("points/chapter.md", ":value: 1980-04-11", ":value: 1981")
    book.edit("chapter.md", ":expiry: 1980-04-11\n", "")
    book.build(
        warnings=["chapter.md:13: WARNING: verdict on 'expiry' of 'treaty': prefers: nobody"]
    )
    book.edit("slips.md", "A slip.", "A slip of the pen.")
    book.build(
        warnings=["chapter.md:13: WARNING: verdict on 'expiry' of 'treaty': prefers: nobody"]
    )


def test_names_are_values_where_a_field_refers(book):
    book.edit("chapter.md", ":expiry:", ":parties: mao\n:expiry:")
    said = ":::{account} heinzig2004arduous\n:of: treaty\n:property: parties\n:value: Mao, Stalin\n:::\n"
    verdict = EXTRA.format("parties", ":prefers: mao, stalin\n")
    book.write({"slips.md": f"{SLIPS}\n{said}\n{verdict}"}).build()


def findings(built, *codes):
    found = built.json("findings.json")["findings"]
    return [(f["object"], f["file"], f["line"], f["message"]) for f in found if f["code"] in codes]


def test_a_smaller_point_that_no_list_shows_is_found(book):
    book.edit("chapter.md", ":weight: minor", ":weight: textual\n:status: one")
    assert findings(book.build("annals-check"), "unlisted-point") == [
        (
            "treaty",
            "points/chapter.md",
            22,
            "treaty: 'Who wrote it?' stands in no list; add a point-list, or make it major",
        )
    ]


def test_a_document_with_many_major_points_is_crowded(book):
    said = ":::{{account}} heinzig2004arduous\n:of: mao\n:property: p{}\n:value: 1\n:::\n"
    book.write({"slips.md": SLIPS + "".join(map(said.format, range(10)))})
    ((object, file, line, message),) = findings(book.build("annals-check"), "crowded")
    assert (object, file, line) == ("mao", "slips.md", 18 + 8 * 5 + 1)
    assert "no. 9 of 10 in 'slips'; make some of them minor" in message


def test_marks_are_for_the_eye_and_words_for_all(book):
    page = book.build().soup("chapter.html")
    for shown in page.select("summary .annals-status"):
        assert shown.select_one('[aria-hidden="true"]').get_text() in "●○"
        assert shown.get_text().strip("(●○\u00a0").startswith(("settled", "left open"))


def test_columns_of_nothing_are_left_out(book):
    page = book.build().soup("chapter.html")
    assert [len(table.select("thead th")) for table in page.select("details table")] == [3, 2]


def test_on_paper_a_list_of_disputes_leads_to_where_a_point_stands(book):
    tex = book.build("latex").text("*.tex")
    lines = [part[:400] for part in tex.split("Who wrote it?")[1:]]
    (brief,) = (line for line in lines if "; {\\hyperref" in line and "verdict}" in line)
    assert "Left open (2 accounts, one witness); " in brief
    assert "chapter:treaty-author-verdict-1" in brief


def test_a_day_of_another_calendar_can_be_preferred_as_it_is_written(book):
    book.edit("chapter.md", ":expiry: 1980-04-11\n", "")
    book.edit(
        "points/chapter.md", ":value: 1980-04-11\n", ":value: 1980-04-11\n:calendar: julian\n"
    )
    (point,) = book.build().soup("chapter.html").select("#end .annals-comparison")
    assert texts(point, ".annals-verdict strong") == [
        "Verdict: 11 April 1980 (Julian; 24 April 1980 Gregorian)."
    ]


def test_a_list_of_what_one_file_holds(book):
    listed = "```{point-list}\n:file: points/chapter.md\n:weight: minor\n```\n"
    page = book.write({"index.md": f"{INDEX}\n{listed}"}).build().soup()
    assert texts(page, ".annals-point-list summary > strong") == ["Who wrote it?"]
    book.edit("index.md", "points/chapter.md", "points/chapters.md")
    book.build(
        warnings=["index.md:13: WARNING: point-list: :file: no point is written in 'points/chapter"]
    )
    book.edit("index.md", "points/chapters.md", "slips.md")
    book.build(
        warnings=["no point is written in 'slips.md'; it is a document: write :chapter: slips"]
    )
