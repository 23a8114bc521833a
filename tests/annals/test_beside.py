"""Annotations without a body stand beside the paragraph after them, in the margin or around it."""

from __future__ import annotations

import pytest
from harness import ANNALS, Built, Project, Start

pytestmark = pytest.mark.slow  # whole builds, each of them

FACTS = ":sources: heinzig2004arduous{p. 267}\n"
LEAVES = f"""\
```{{event}} Mao leaves for Moscow
:id: leaves
:date: 1949-12-06
:date-basis: inferred
:place: moscow
:actors: mao (traveller)
{FACTS}```
"""
WAVES = "```{event} Crowds wave\n:id: waves\n:follows: leaves\n```\n"
PROSE = "On 6 December {person}`mao` took the train {cite:p}`heinzig2004arduous{p. 268}`.\n"
NAMES = """
## Names

```{person} Mao Zedong
:id: mao

A *person*.
```
```{place} Moscow
:id: moscow

A place.
```
"""
MARGIN = "annals_layout = 'margin'\n"


@pytest.fixture
def start() -> Start:
    return ANNALS


def page(text: str) -> str:
    return f"# Book\n\n## Journey\n\n{text}\n{NAMES}"


@pytest.fixture
def margin(project: Project) -> Project:
    return project.configure(MARGIN).write(page(f"{LEAVES}{WAVES}\n{PROSE}"))


def export(project: Project) -> dict[str, dict]:
    found = project.build("annals").json("annals.json")
    return {event["id"]: event for event in found["events"]}


@pytest.mark.parametrize("layout", ["margin", "card"])
def test_all_that_share_a_paragraph_have_it_for_a_body(project: Project, layout: str) -> None:
    project.configure(f"annals_layout = {layout!r}\n").write(
        page(f"{LEAVES}{WAVES}\n{PROSE}\nNot this.\n")
    )
    found = export(project)
    assert found["leaves"]["text"] == found["waves"]["text"]
    assert found["leaves"]["text"].startswith("On 6 December Mao Zedong took the train")
    assert "Not this" not in found["leaves"]["text"]
    sourced = project.build("annals-check", out="check", warnings=None).json("findings.json")
    unsourced = {f["object"] for f in sourced["findings"] if f["code"] == "no-source"}
    assert unsourced == {"mao", "moscow"}


def test_a_note_alone_shows_date_and_place(margin: Project) -> None:
    margin.edit("index.md", WAVES, "")
    line = margin.build().soup().select_one("aside#leaves summary")
    assert line and line.get_text() == "6 December 1949, Moscow"


def test_notes_of_one_paragraph_are_told_apart_and_fold_the_rest(margin: Project) -> None:
    soup = margin.build().soup()
    note = soup.select_one("div.annals-beside > aside#leaves")
    assert note and note["aria-label"] == "Event: Mao leaves for Moscow"
    assert [child.name for child in note.find_all(recursive=False)] == ["details"]
    assert note.summary and note.summary.get_text() == "6 December 1949, Mao leaves for Moscow"
    facts = {dt.get_text().rstrip(":"): dt.find_next("dd").get_text() for dt in note.select("dt")}
    assert facts["Actors"] == "Mao Zedong (traveller)"
    assert facts["Date"] == "inferred"
    assert facts["Followed by"] == "Crowds wave"
    assert "Heinzig" in facts["Sources"] or "Hei" in facts["Sources"]
    other = soup.select_one("aside#waves")
    assert other and other.summary and other.summary.get_text().startswith("Crowds wave")
    assert other.parent and other.parent.p and other.parent.p.get_text().startswith("On 6 Dec")
    assert note.select_one(".annals-title").name == "span", "a note is no heading"


def test_the_layout_of_one_wins_over_that_of_the_project(margin: Project) -> None:
    soup = margin.edit("index.md", ":id: waves", ":id: waves\n:layout: card").build().soup()
    card = soup.select_one("div.annals-beside > article#waves")
    assert card and "took the train" in card.get_text()
    assert soup.select_one("div.annals-beside > aside#leaves")
    soup = margin.edit("index.md", ":layout: card\n", "").configure("").build().soup()
    assert not soup.select("aside.annals-note")
    assert "took the train" in soup.select_one("article#waves").get_text()
    assert "took the train" not in soup.select_one("article#leaves").get_text()


def test_people_and_places_keep_their_cards_in_a_project_of_notes(margin: Project) -> None:
    assert margin.build().soup().select_one("article#mao > h3, article#mao > h2")


@pytest.mark.parametrize(
    ("block", "selector"),
    [
        ("* one\n* two", "div.annals-beside > ul"),
        (":::{admonition} A note\nWords.\n:::", "div.annals-beside > .admonition"),
        ("> quoted", "div.annals-beside > blockquote"),
        ("(here)=\nWords, see [here](#here).", "div.annals-beside > p"),
        ("% a comment\n\nWords.", "div.annals-beside > p"),
    ],
)
def test_any_block_can_be_annotated(project: Project, block: str, selector: str) -> None:
    soup = project.configure(MARGIN).write(page(f"{LEAVES}\n{block}\n")).build().soup()
    assert soup.select_one(selector)


@pytest.mark.parametrize(
    "after", ["## Next\n\nWords.", ":::{verdict} date\n:of: leaves\n\nSo.\n:::"]
)
def test_facts_may_stand_alone(project: Project, after: str) -> None:
    built = project.configure(MARGIN).write(page(f"{LEAVES}\n{after}\n")).build()
    beside = built.soup().select_one("div.annals-beside")
    assert beside and len(beside.find_all(recursive=False)) == 1


def test_a_body_stands_plain_beside_its_note(project: Project) -> None:
    body = LEAVES.replace(
        f"{FACTS}```",
        f"{FACTS}\n{PROSE}\n:::{{account}} heinzig2004arduous\n:property: date\n:value: 1950\n:::\n```",
    )
    built = project.configure(MARGIN).write(page(body)).build()
    beside = built.soup().select_one("div.annals-beside")
    assert beside
    assert [child.name for child in beside.find_all(recursive=False)] == ["aside", "p", "details"]
    assert export(project)["leaves"]["text"].startswith("On 6 December")


@pytest.mark.parametrize("layout", ["margin", "card"])
def test_a_comment_is_no_body(project: Project, layout: str) -> None:
    event = LEAVES.replace(f"{FACTS}```", f"{FACTS}\n% to be checked\n```")
    project.configure(f"annals_layout = {layout!r}\n").write(page(f"{event}\n{PROSE}"))
    assert export(project)["leaves"]["text"].startswith("On 6 December")


def test_a_provision_in_a_treaty_takes_the_paragraph_after_it(project: Project) -> None:
    treaty = (
        "````{treaty} The Treaty\n:id: t\n:layout: card\n:signed: 1950\n\nAbout it.\n\n"
        "```{treaty-article} 1\n```\nBoth parties.\n````\n"
        "````{treaty} Another\n:id: u\n:signed: 1945\n\n```{treaty-article} 1\n\nOne party.\n```\n````\n"
        "```{article-comparison} t, u\n```\n"
    )
    soup = project.configure(MARGIN).write(page(treaty)).build().soup()
    note = soup.select_one("article#t aside.annals-note")
    assert note and "Treaty" not in note.get_text()
    table = soup.select_one("table.annals-table")
    assert table and "Both parties." in table.get_text() and "One party." in table.get_text()


@pytest.mark.parametrize(
    ("builder", "pattern", "line"),
    [
        ("text", "index.txt", "[6 December 1949, Moscow. Mao leaves for Moscow]"),
        ("text", "index.txt", "[Crowds wave] On 6 December"),
        ("man", "*.1", ".sp [6 December 1949, Moscow\\&. Mao leaves for Moscow]"),
        ("texinfo", "*.texi", "[6 December 1949, Moscow. Mao leaves for Moscow]"),
        ("epub", "index.xhtml", '<aside aria-label="Event: Mao leaves for Moscow"'),
        ("singlehtml", "index.html", '<aside aria-label="Event: Mao leaves for Moscow"'),
        (
            "latex",
            "*.tex",
            "\\sphinxstyleemphasis{Mao leaves for Moscow}, 6 December 1949, Moscow (inferred)}",
        ),
    ],
)
def test_each_format_has_a_form_of_its_own(
    margin: Project, builder: str, pattern: str, line: str
) -> None:
    project = margin.configure(
        MARGIN + "project = 'b'\nman_pages = [('index', 'b', 'b', 'a', 1)]\n"
    )
    assert line in project.build(builder).text(pattern)


def test_latex_sets_a_line_where_it_has_no_margin(project: Project) -> None:
    text = f"{LEAVES}\n:::{{note}}\nWords.\n:::\n"
    built = project.configure(MARGIN).write(page(text)).build("latex")
    assert "marginpar" not in built.read("*.tex").split("\\begin{document}")[1]
    assert "{[}6 December 1949, Moscow. Mao leaves for Moscow{]}" in built.text("*.tex")


def test_translators_get_the_paragraph_and_readers_the_translation(margin: Project) -> None:
    messages = margin.build("gettext", out="pot").text("index.pot")
    assert "Mao leaves for Moscow" in messages and "took the train" in messages
    german = "Am 6. Dezember nahm {person}`mao` den Zug {cite:p}`heinzig2004arduous{p. 268}`."
    told = {PROSE.strip(): german, "Mao leaves for Moscow": "Mao reist nach Moskau"}
    lines = (f'msgid "{said}"\nmsgstr "{meant}"\n' for said, meant in told.items())
    margin.write({"locale/de/LC_MESSAGES/index.po": "\n".join(lines)})
    margin.configure(MARGIN + "language = 'de'\nlocale_dirs = ['locale']\n")
    note = margin.build().soup().select_one("div.annals-beside > aside#leaves")
    assert note and note["aria-label"] == "Ereignis: Mao reist nach Moskau"
    assert note.parent and note.parent.p and note.parent.p.get_text().startswith("Am 6. Dezember")
    assert export(margin)["waves"]["text"].startswith("Am 6. Dezember nahm Mao Zedong den Zug")


def test_an_edit_of_the_paragraph_reaches_what_borrows_it(margin: Project) -> None:
    def same(built: Built) -> str:
        return built.read()

    margin.build()
    margin.edit("index.md", "took the train", "boarded the train")
    assert same(margin.build()) == same(margin.build(out="clean"))


def test_mistakes_are_one_warning_each(project: Project) -> None:
    text = "```{event} Nothing\n:id: nothing\n:layout: side\n```\n\n## Next\n"
    expected = [
        "annals_layout: 'sidebar' is not 'card' or 'margin'; 'card' is taken [annals.config]",
        "index.md:5: WARNING: event: :layout: 'side' is none of: margin, card [annals.option]",
        "index.md:5: WARNING: event: nothing says nothing; add options or a body, or set it before",
    ]
    project.configure("annals_layout = 'sidebar'\n").write(page(text)).build(warnings=expected)


def test_long_lists_after_a_card_are_one_line_with_counts(project: Project) -> None:
    told = "".join(f"## Part {n}\n\n{{person}}`mao` came.\n\n" for n in range(9))
    built = project.write(page("Words.") + told).build()
    card = built.soup().select_one("article#mao")
    assert card and card.details and card.details.summary
    assert card.details.summary.get_text() == "Mentioned in: 9"
    assert len(card.details.select("dd a")) == 9
    built = project.write(page("Words.") + told[:120]).build()
    assert not built.soup().select("article#mao > details")


def test_on_paper_notes_stand_in_the_outer_margin_and_never_on_each_other(margin: Project) -> None:
    conf = MARGIN + "extensions.append('sphinx_annals.pdf')\nproject = 'B'\nauthor = 'A'\n"
    built = margin.configure(conf).edit("index.md", ":actors", ":date-note: a caption\n:actors")
    page = next(p for p in built.build("typstpdf").pdf.pages if "On 6" in p.extract_text())
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            places.setdefault(text.split()[0], (cm[4] + tm[4], cm[5] + tm[5] * cm[3]))

    page.extract_text(visitor_text=note)
    text, first, second = (places[word] for word in ("On", "Mao", "Crowds"))
    assert first[0] == second[0] > page.mediabox.width * 0.8
    assert abs(first[1] - text[1]) < 3, "beside the first line"
    assert first[1] - second[1] > 20, "below the lines of the first"


def test_on_paper_a_long_remark_leaves_the_basis_of_a_date(margin: Project) -> None:
    margin.edit("index.md", ":actors", f":date-note: {'a long remark ' * 9}\n:actors")
    assert "6 December 1949, Moscow (inferred)}" in margin.build("latex").text("*.tex")


def test_the_days_between_which_an_undated_event_lies_are_in_view(margin: Project) -> None:
    text = f"{LEAVES}\n{PROSE}\n{WAVES}\nThey wave.\n\n"
    after = (
        "```{event} Mao arrives\n:id: arrives\n:date: 1949-12-16\n:follows: waves\n```\nHe came.\n"
    )
    line = margin.write(page(text + after)).build().soup().select_one("#waves summary")
    assert line and line.get_text() == "between 6 December 1949 and 16 December 1949 (derived)"


def test_an_event_with_the_id_of_another_object_costs_a_warning(margin: Project) -> None:
    twice = "```{event} Same id\n:id: waves\n:follows: leaves\n```\nHe.\n"
    people = "```{treaty} Waves\n:id: waves\n```\nIt.\n\n"
    text = page(f"{LEAVES}\n{PROSE}\n{people}{twice}")
    margin.write(text).build("text", warnings=["duplicate id 'waves'"])


def test_an_edit_of_a_provision_reaches_the_page_that_compares_it(project: Project) -> None:
    treaty = "````{{treaty}} {0}\n:id: {0}\n:signed: 1950\n\nAbout.\n\n```{{treaty-article}} 1\n```\nWords of {0}.\n````\n"
    other = "---\norphan: true\n---\n# O\n\n```{article-comparison} t, u\n```\n"
    text = page(treaty.format("t") + treaty.format("u"))
    project.configure(MARGIN).write({"index.md": text, "other.md": other}).build()
    built = project.edit("index.md", "Words of t", "Clauses of t").build()
    assert "Clauses of t" in built.read("other.html")
