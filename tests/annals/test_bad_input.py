"""Every mistake is one located warning, and the rest of the page is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness import ANNALS, ANNALS_ALONE, Built, Project
from sphinx.errors import SphinxError

HEAD = "# Page\n\nBefore.\n\n"
TAIL = "\n\nAfter.\n"
GOOD = ":id: e\n:sources: heinzig2004arduous{p. 1}\n"


def event(options: str, body: str = "Body text.", title: str = "Title") -> str:
    return f"```{{event}} {title}\n{options}\n{body}\n```"


CASES = [
    ("unknown option", event(GOOD + ":dat: 1950\n"), "5: event: unknown option :dat:; did you mean :date:? [annals.option]"),
    ("date in words", event(GOOD + ":date: 6 Dec 1949\n"), "5: event: :date: '6 Dec 1949' is written: 1949-12-06 [annals.date]"),
    ("date in words of a calendar", event(GOOD + ":date: 18/30 March 1867\n:calendar: julian\n"), "5: event: :date: '18/30 March 1867' is written: 1867-03-18 [annals.date]"),
    ("date of some century", event(GOOD + ":date: 14.2.50\n"), "5: event: :date: '14.2.50' has a year of two digits; write all of them [annals.date]"),
    ("date in both calendars", event(GOOD + ":date: 18/30 March 1867\n"), "5: event: :date: '18/30 March 1867' may be one day in both calendars, or a span; write 1867-03-30, 1867-03-18 with the calendar julian, or 1867-03-18/1867-03-30 [annals.date]"),
    ("date in another calendar", event(GOOD + ":date: 18 March 1867 O.S.\n"), "5: event: :date: '18 March 1867 O.S.' is in another calendar; write 1867-03-30, or 1867-03-18 with the calendar julian [annals.date]"),
    ("malformed date", event(GOOD + ":date: 14.2.1950\n"), "5: event: :date: '14.2.1950' is written: 1950-02-14 [annals.date]"),
    ("reversed dates", event(GOOD + ":date: 1979-02-16/1979-02-14\n"), "5: event: :date: '1979-02-16/1979-02-14' ends before it begins [annals.date]"),
    ("bad basis", event(GOOD + ":date-basis: guessed\n"), "5: event: :date-basis: 'guessed' is none of: stated, inferred, external [annals.date]"),
    ("empty option", event(GOOD + ":date:\n"), "5: event: :date: is empty; write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, 1949-10/1950-02, ../1952 (open), [1667,1668] (one of), or leave it out [annals.date]"),
    ("missing id", event(""), "5: event: 'Title' has no id; add :id: title [annals.id]"),
    ("bad id", event(":id: two words\n", title="Words"), "5: event: :id: 'two words' is not an id; write words joined by hyphens: two-words [annals.id]"),
    ("missing title", event(GOOD, title=""), "5: event: no title; write it after the directive's name: 'e' [annals.title]"),
    ("empty body", event(GOOD, body="") + "\n\n## Next", "5: event: e says nothing; add options or a body, or set it before a paragraph [annals.empty]"),
    ("nothing but a malformed date", event(":id: e\n:date: soon\n", body="") + "\n\n## Next", "5: event: :date: 'soon' is not a date; write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, 1949-10/1950-02, ../1952 (open), [1667,1668] (one of) [annals.date]"),
    ("unknown place", event(GOOD + ":place: mosco\n"), "5: e: place: unknown place 'mosco'; did you mean 'moscow'? [annals.ref]"),
    ("a place for an actor", event(GOOD + ":actors: moscow\n"), "5: e: actors: 'moscow' is neither a person nor an organisation but a place [annals.ref]"),
    ("a person for a place", event(GOOD + ":place: stalin\n"), "5: e: place: 'stalin' is not a place but a person [annals.ref]"),
    ("unknown person", event(GOOD + ":actors: stallin (host)\n"), "5: e: actors: unknown object 'stallin'; did you mean 'stalin'? [annals.ref]"),
    ("actor that is no id", event(GOOD + ":actors: Joseph Stalin (host)\n"), "5: event: :actors: 'Joseph Stalin' is not an id; write words joined by hyphens: joseph-stalin [annals.option]"),
    ("actors parted by semicolons", event(GOOD + ":actors: stalin (host; his son); stalin (guest)\n"), "5: event: :actors: 'stalin (host; his son); stalin (guest)' is written: stalin (host; his son), stalin (guest) [annals.option]"),
    ("unknown treaty", event(GOOD + ":treaty: lost\n"), "5: e: treaty: unknown treaty 'lost' [annals.ref]"),
    ("source read in nothing", event(":id: e\n:sources: heinzig2004arduous{p. 1} via\n"), "5: event: :sources: 'heinzig2004arduous{p. 1} via' is not a citation (“via” stands between two keys); write: heinzig2004arduous{p. 364} [annals.source]"),
    ("account cited via itself", ":::{account} heinzig2004arduous via heinzig2004arduous\n:of: stalin\n:property: date\n:value: 1950\n\nBody text.\n:::", "5: account: 'heinzig2004arduous via heinzig2004arduous' is not a citation (“heinzig2004arduous” is cited via itself); write: heinzig2004arduous{p. 364} [annals.source]"),
    ("source that is no citation", event(":id: e\n:sources: heinzig2004arduous{p. 1\n"), "5: event: :sources: 'heinzig2004arduous{p. 1' is not a citation (a brace is never closed); write: heinzig2004arduous{p. 364} [annals.source]"),
    ("source that Sphinx takes for none", event(":id: e\n:sources: !key\n"), "5: could not find bibtex key \"!key\" [bibtex.key_not_found]"),
    ("unknown role target", "See {person}`stallin`.", "5: unknown person 'stallin'; did you mean 'stalin'? [annals.ref]"),
    ("role of another kind", "See {event}`stalin`.", "5: 'stalin' is not an event but a person [annals.ref]"),
    ("bad date role", "On {date}`Tuesday`.", "5: date: 'Tuesday' is not a date; write EDTF: 1950-02-14, 1950-02, 1950, 1957~ (about), 1957? (uncertain), 195X, 1949-10/1950-02, ../1952 (open), [1667,1668] (one of) [annals.date]"),
    ("role of a date in words", "On {date}`6 Dec 1949`.", "5: date: '6 Dec 1949' is written: 1949-12-06 [annals.date]"),
    ("view from a date in words", "```{event-list}\n:from: 6 Dec 1949\n```", "5: event-list: :from: '6 Dec 1949' is written: 1949-12-06 [annals.filter]"),
    ("article outside a treaty", "```{treaty-article} 6\nBody text.\n```", "5: treaty-article: 6 stands outside a treaty; nest it in one, or add :treaty: with the treaty's id [annals.treaty]"),
    ("article of an unknown treaty", "```{treaty-article} 6\n:treaty: forgotten\n\nBody text.\n```", "5: forgotten/6: treaty: unknown treaty 'forgotten' [annals.ref]"),
    ("bad coordinates", "```{place} Title\n:id: p\n:coordinates: here\n\nBody text.\n```", "5: place: :coordinates: 'here' are not coordinates; write latitude and longitude: 55.75, 37.62 [annals.option]"),
    ("bad term", "```{treaty} Title\n:id: t\n:term: 30 years\n\nBody text.\n```", "5: treaty: :term: '30 years' is not a duration; write ISO 8601: P30Y, P6M, P1Y6M, P10D [annals.option]"),
    ("bad kind", "```{treaty} Title\n:id: t\n:kind: pact\n\nBody text.\n```", "5: treaty: :kind: 'pact' is none of: treaty, agreement, protocol, declaration, exchange-of-notes [annals.option]"),
    ("account of nothing", ":::{account} heinzig2004arduous\n:property: date\n:value: 1950\n\nBody text.\n:::", "5: account: stands outside any object; nest it in one, or add :of: with an id [annals.account]"),
    ("account of an unknown object", ":::{account} heinzig2004arduous\n:of: stallin\n:property: date\n:value: 1950\n\nBody text.\n:::", "5: account of 'date': unknown object 'stallin'; did you mean 'stalin'? [annals.account]"),
    ("account of what is no id", ":::{account} heinzig2004arduous\n:of: two words\n:property: date\n:value: 1950\n\nBody text.\n:::", "5: account: :of: 'two words' is not an id; write words joined by hyphens: two-words [annals.account]"),
    ("account with an empty value", ":::{account} heinzig2004arduous\n:of: stalin\n:property: date\n:value:\n\nBody text.\n:::", "5: account: :value: is empty; write what the source says, or leave it out [annals.account]"),
    ("verdict without a property", ":::{verdict}\n:of: stalin\n\nBody text.\n:::", "5: verdict: no property; write it after the name: expiry [annals.account]"),
]  # fmt: skip
PEOPLE = """# People

```{person} Stalin
:id: stalin

A person.
```
```{place} Moscow
:id: moscow

A place.
```
"""


def page_of(number: int) -> str:
    return f"case{number}"


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One project in which each page has one mistake; ids end with the number of the page."""
    pages = {
        f"{page_of(number)}.md": "---\norphan: true\n---\n" + HEAD + with_ids(text, number) + TAIL
        for number, (_, text, _) in enumerate(CASES)
    }
    project = Project(tmp_path_factory.mktemp("mistakes"), ANNALS)
    return project.write({"index.md": PEOPLE, **pages}).build(warnings=None)


def with_ids(text: str, number: int) -> str:
    return re.sub(r"(?m)^(:id: )([ept])$", rf"\g<1>\g<2>{number}", text)


@pytest.mark.parametrize(
    ("number", "text", "warning"),
    [(number, *case[1:]) for number, case in enumerate(CASES)],
    ids=[case[0] for case in CASES],
)
def test_a_mistake_is_one_warning(mistakes: Built, number: int, text: str, warning: str) -> None:
    name = page_of(number)
    line, _, message = warning.partition(": ")
    message = re.sub(r"^e(?=: |$)|(?<=')e(?=')|\be(?= says nothing)", f"e{number}", message)
    said = [line for line in mistakes.warnings if line.startswith(f"{name}.md:")]
    assert said == [f"{name}.md:{int(line) + 3}: WARNING: {message}"]
    html = mistakes.read(f"{name}.html")
    assert "Before." in html
    assert "After." in html
    if "Body text." in text:
        assert "Body text." in html
    if "{event}" in text and "Title" in text:
        assert "Title" in html


def test_an_event_whose_id_is_another_objects_is_reported_alone(project: Project) -> None:
    page = "# P\n\n```{person} P\n:id: p\n\nText.\n```\n\n" + event(":id: p\n")
    wanted = "index.md:9: WARNING: duplicate id 'p': person 'P' has it (index, line 3)"
    assert "Body text" in project.write(page).build(warnings=[wanted]).text("index.html")


def test_a_duplicate_id_is_reported_at_the_later_of_the_two(project: Project) -> None:
    one = event(GOOD + ":date: 1950\n")
    two = event(GOOD + ":date: 1951\n", title="Other")
    built = project.write(HEAD + one + "\n\n" + two + TAIL).build(warnings=None)
    assert built.warnings == [
        (
            "index.md:13: WARNING: duplicate id 'e': event 'Title' has it (index, line 5); "
            "choose another [annals.duplicate]"
        )
    ]
    html = built.read()
    assert html.count("<article") == html.count("</article>") == 2
    assert 'id="event-e"' in html
    assert html.index("1950</time>") < html.index("1951</time>")


def test_the_same_mistake_in_restructuredtext(project: Project) -> None:
    text = "Page\n====\n\n.. event:: Title\n   :id: e\n   :dat: 1950\n   :date: soon\n\n   Body text.\n"
    built = project.write(
        {"index.md": "# Top\n\n```{toctree}\npage\n```\n", "page.rst": text}
    ).build(warnings=None)
    assert [w.split(" WARNING: ")[0] for w in built.warnings] == ["page.rst:4:", "page.rst:4:"]
    assert "Body text." in built.read("page.html")


TWICE = "```{event} Included\n:id: i\n:place: nowhere\n\nBody text.\n```\n"


def test_what_is_included_is_warned_of_where_it_stands(project: Project) -> None:
    include = "```{include} part.txt\n```\n\n"
    built = project.write({"part.txt": TWICE, "index.md": HEAD + include * 2 + TAIL}).build(
        warnings=None
    )
    assert built.warnings == [
        f"part.txt:1: WARNING: {message}"
        for message in (
            "duplicate id 'i': event 'Included' has it (part.txt, line 1); choose another [annals.duplicate]",
            *2 * ["i: place: unknown place 'nowhere' [annals.ref]"],
        )
    ]
    assert built.read().count("<p>Body text.") == 2


def test_what_stands_after_an_include_in_restructuredtext_keeps_its_line(project: Project) -> None:
    page = "Page\n====\n\n.. include:: part.txt\n\n.. event:: Title\n   :id: e\n   :place: nowhere\n\n   Body text.\n"
    built = project.write(
        {
            "index.md": "# Top\n\n```{toctree}\npage\n```\n",
            "page.rst": page,
            "part.txt": "One.\n\nTwo.\n\nThree.\n",
        }
    ).build(warnings=None)
    assert built.warnings == ["page.rst:6: WARNING: e: place: unknown place 'nowhere' [annals.ref]"]


def test_parts_of_a_page_that_are_parsed_apart_share_no_anchor(project: Project) -> None:
    part = "```{{eval-rst}}\n.. event:: Event {0}\n   :id: {1}\n   :date: 195{0}\n\n   Body text.\n```\n\n"
    built = project.write(
        HEAD + part.format(1, "a.b") + part.format(2, "a.b") + part.format(3, "a/b") + TAIL
    ).build(warnings=None)
    assert [w.split("; ")[0] for w in built.warnings] == [
        "index.md:14: WARNING: duplicate id 'a.b': event 'Event 1' has it (index, line 6)"
    ]
    html = built.read()
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    for number in "123":
        after = html.index(f"Event {number}<")
        assert (
            after < html.index(f"195{number}</time>", after) < html.index("Body text.</p>", after)
        )


def test_aliases_that_lead_elsewhere_are_reported(project: Project) -> None:
    one = event(GOOD + ":aliases: e, old, old, f\n")
    two = event(":id: f\n:aliases: old\n", title="Other")
    built = project.write(HEAD + one + "\n\n" + two + TAIL).build(warnings=None)
    assert built.warnings == [
        "index.md:5: WARNING: e: alias 'f': event 'Other' has it (index, line 13); leave it out [annals.duplicate]",
        "index.md:13: WARNING: f: alias 'old': event 'Title' has it (index, line 5); leave it out [annals.duplicate]",
    ]
    html = built.read()
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_what_has_neither_title_nor_id_is_named_by_its_kind(project: Project) -> None:
    built = project.write(HEAD + "```{event}\nBody text.\n```\n" + TAIL).build(warnings=None)
    assert built.warnings == [
        "index.md:5: WARNING: event: no title; write it after the directive's name: 'event' [annals.title]",
        "index.md:5: WARNING: event: 'event' has no id; add :id: event [annals.id]",
    ]


@pytest.mark.parametrize("value", ['"Forever", it says', "'unclosed", ">5 men", '"back\\slash"'])
def test_values_need_no_quotation_marks(project: Project, value: str) -> None:
    account = f":::{{account}} heinzig2004arduous\n:of: e\n:property: term\n:value: {value}\n:stance: doubts\n:::"
    built = project.write(HEAD + event(GOOD) + "\n\n" + account + TAIL).build()
    (noted,) = built.env.domains["annals"].documents["index"].statements
    assert (noted.value, noted.stance) == (value, "doubts")


def test_provisions_without_ids_are_all_kept(project: Project) -> None:
    article = ":::{treaty-article}\n:title: Preamble\n\nBody text.\n:::\n"
    treaty = "::::{{treaty}} Title\n:id: {}\n\nBody text.\n\n{}::::\n\n"
    built = project.write(
        HEAD + treaty.format("a", article * 2) + treaty.format("b", article)
    ).build(warnings=None)
    assert [w.split("add ")[1] for w in built.warnings] == [
        f":id: {id} [annals.id]" for id in ("a/preamble", "a/preamble-2", "b/preamble")
    ]


def test_the_id_of_a_provision_can_be_written_wherever_ids_are(project: Project) -> None:
    numbers = ["3(2)", "Art. 4", "Annex A", "1, 2", "1/2", "{x}", "C", "VI", "第3条", "<5>"]
    articles = "".join(f":::{{treaty-article}} {n}\nBody text.\n:::\n" for n in numbers)
    ids = ["3(2)", "Art.-4", "Annex-A", "1-2", "1/2", "x", "C", "6", "第3条", "5"]
    accounts = "".join(
        f":::{{account}} heinzig2004arduous\n:of: t/{id}\n:property: date\n:value: 1950\n:::\n"
        for id in ids
    )
    roles = "".join(f"{{article}}`t/{id}` {{article}}`x <t/{id}>` " for id in ids)
    treaty = f"::::{{treaty}} Title\n:id: t\n\nBody text.\n\n{articles}::::\n"
    project.write(HEAD + treaty + "\n" + accounts + "\n" + roles).build()


SETTINGS = [
    ("annals_cite_role = 3", "WARNING: annals_cite_role: 3 is not a text; 'cite:p' is taken [annals.config]"),
    ("annals_layout = 'aside'", "WARNING: annals_layout: 'aside' is not 'card' or 'margin'; 'card' is taken [annals.config]"),
    ("annals_acknowledged = {'e': {'no-parteis': 'x'}}", "WARNING: annals_acknowledged: no check finds 'no-parteis'; did you mean 'no-parties'? [annals.check]"),
    ("annals_permanent_ids = None", "WARNING: annals_permanent_ids: None is not True or False; True is taken [annals.config]"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "warning"), SETTINGS)
def test_a_setting_that_cannot_be_used_is_one_warning(
    tmp_path: Path, setting: str, warning: str
) -> None:
    page = "P\n=\n\n.. annals:event:: E\n   :id: e\n   :sources: key{p. 1}\n\n   Body text.\n"
    built = Project(tmp_path, ANNALS_ALONE).write(page).configure(setting).build(warnings=None)
    assert built.warnings == [warning]
    assert "Body text." in built.read()


@pytest.mark.parametrize(
    ("builder", "taken"),
    [("annals", "annals.json"), ("html", "data/annals.json"), ("annals-check", "findings.txt")],
)
def test_an_output_that_cannot_be_written_is_named(
    tmp_path: Path, builder: str, taken: str
) -> None:
    (tmp_path / "out" / builder / taken).mkdir(parents=True)
    said = f"{taken}: Is a directory; make room for it"
    page = "P\n=\n\n.. annals:event:: E\n   :id: e\n\n   Body text.\n"
    with pytest.raises(SphinxError, match=said):
        Project(tmp_path, ANNALS_ALONE).write(page).build(builder)


def test_a_comma_too_many_costs_no_citation(project: Project) -> None:
    page = "# Page\n\n" + event(GOOD.replace("p. 1}", "p. 1},"))
    built = project.write(page).build("text", warnings=None)
    assert not [line for line in built.warnings if "index.md" in line]
    assert "04, p. 1]" in built.read("index.txt")
