"""What authors get wrong in how they write a directive or a role: one warning, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import CITATIONS, WHOLE, Built, Project, Start
from sphinx_annals.annals.model import Names

PEOPLE = "# People\n\n```{person} Stalin\n:id: stalin\n\nA person.\n```\n"
OPTION, MARKUP, NAME = "[annals.option]", "[annals.markup]", "[annals.name]"
OPEN = "event: is its fence closed? write {} below its last line [annals.option]"
MARKDOWN = [
    ("fence not closed", "```{event} T\n:id: e0\n:date: 1950\n\nBody.", OPEN.format("```")),
    ("colons not closed", ":::{event} T\n:id: e0\n:date: 1950\n\nBody.", OPEN.format(":::")),
    ("closed too short", "::::{event} T\n:id: e0\n:date: 1950\n\nBody.\n:::", OPEN.format("::::")),
    ("inner not closed", "::::{event} T\n:id: e0\n\n:::{account} heinzig2004arduous\n:property: date\n:value: 1950\n\nBody.\n::::", "account: is its fence closed? write ::: below its last line [annals.option]"),
    ("equal fences", ":::{event} T\n:id: e0\n:date: 1950\n\n:::{note}\nBody.\n:::\n:::", "event: {note} in line 11 begins within it, and what closes that closes both: is its fence closed? close it, or make it the longer one [annals.option]"),
    ("equal fence around", "```{note}\nx\n\n```{event} T\n:id: e0\n\nBody.\n```\n```", "event: is its fence closed? write ``` below its last line, and a longer fence for what is around it [annals.option]"),
    ("view not closed", "```{timeline}\n:from: 1949", "timeline: is its fence closed? write ``` below its last line [annals.option]"),
    ("blank line", "```{event} T\n\n:id: e0\n:date: 1950\n\nBody.\n```", f"event: a blank line stands before :id:; options follow the first line at once {OPTION}"),
    ("blank line between", "```{event} T\n:id: e0\n\n:date: 1950\n\nBody.\n```", f"event: a blank line stands before :date:; options follow the first line at once {OPTION}"),
    ("no colons", "```{event} T\nid: e0\n:date: 1950\n\nBody.\n```", f"event: 'id: e0' is no option; write :id: e0 {OPTION}"),
    ("no second colon", "```{event} T\n:id e0\n:date: 1950\n\nBody.\n```", f"event: ':id e0' is no option; write :id: e0 {OPTION}"),
    ("no space", "```{event} T\n:id:e0\n:date: 1950\n\nBody.\n```", f"event: ':id:e0' is no option; write :id: e0 {OPTION}"),
    ("equals", "```{event} T\n:id: e0\ndate=1950\n\nBody.\n```", f"event: 'date=1950' is no option; write :date: 1950 {OPTION}"),
    ("full-width colons", "```{event} T\n：id：e0\n:date: 1950\n\nBody.\n```", f"event: '：id：e0' is no option; write :id: e0 {OPTION}"),
    ("unknown without colon", "```{event} T\n:id: e0\n:dat 1950\n\nBody.\n```", f"event: ':dat 1950' is no option; write :name: value {OPTION}"),
    ("tab", "```{event} T\n:id:\te0\n:date:\t1950\n\nBody.\n```", f"event: a tab or a no-break space stands after :id:, :date:; write a space {OPTION}"),
    ("no-break space", "```{event} T\n:id: e0\n:date:\u00a01950\n\nBody.\n```", f"event: a tab or a no-break space stands after :date:; write a space {OPTION}"),
    ("doubled", "```{event} T\n:id: e0\n:date: 1950\n:date: 1951\n\nBody.\n```", f"event: :date: stands twice; leave one of them out {OPTION}"),
    ("in the text", "```{event} T\n:id: e0\n\nBody.\n:date: 1950\n```", f"event: :date: in its text; options follow the first line at once {OPTION}"),
    ("block not closed", "```{event} T\n---\nid: e0\ndate: 1950\n\nBody.\n```", f"event: the block of its options is not closed; write --- below the last of them {OPTION}"),
    ("doubled in a block", "```{event} T\n---\nid: e0\ndate: 1950\ndate: 1951\n---\nBody.\n```", f"event: :date: stands twice; leave one of them out {OPTION}"),
    ("list of YAML", "```{event} T\n---\nid: e0\nactors:\n - stalin\n - stalin\n---\nBody.\n```", f"event: :actors: '- stalin\\n- stalin' is written: stalin, stalin {OPTION}"),
    ("role without brackets", "```{event} T\n:id: e0\n:actors: stalin head of delegation\n\nBody.\n```", f"event: :actors: 'stalin head of delegation' has a role without brackets; write: stalin (head of delegation) {OPTION}"),
    ("full-width brackets", "```{event} T\n:id: e0\n:actors: stalin（团长）\n\nBody.\n```", f"event: :actors: 'stalin（团长）' is written: stalin(团长) {OPTION}"),
    ("tag of three letters", "```{person} T\n:id: e0\n:names: rus Чичерин\n\nBody.\n```", f"person: :names: 'rus Чичерин' is written: ru Чичерин {OPTION}"),
    ("curly quotes", "```{event} T\n:id: e0\n:date: “1950”\n\nBody.\n```", "event: :date: '“1950”' is written: 1950 [annals.date]"),
    ("full-width digits", "```{event} T\n:id: e0\n:date: １９５０，\n\nBody.\n```", "event: :date: '１９５０，' is written: 1950 [annals.date]"),
    ("option of a view", "```{timeline}\n:form: 1949\n```", f"timeline: unknown option :form:; did you mean :from:? {OPTION}"),
    ("misspelt directive", "```{evnet} T\n:id: e0\n:date: 1950\n\nBody.\n```", f"unknown directive 'evnet'; did you mean 'event'? {NAME}"),
    ("an object's name and more", "```{place-list}\n:sort: date\n\nBody.\n```", f"unknown directive 'place-list'; did you mean 'place-map'? {NAME}"),
    ("option in capitals", "```{event} T\n:ID: e0\n:date: 1950\n\nBody.\n```", f"event: unknown option :ID:; did you mean :id:? {OPTION}"),
    ("comma between names", "```{event} T\n:id: e0\n:names: ru Чичерин, zh-Hans 契切林\n\nBody.\n```", f"event: :names: 'ru Чичерин, zh-Hans 契切林' is written: ru Чичерин; zh-Hans 契切林 {OPTION}"),
    ("misspelt in full", ":::{annals:evnet} T\n:id: e0\n\nBody.\n:::", f"unknown directive 'annals:evnet'; did you mean 'annals:event'? {NAME}"),
    ("misspelt role", "See {persn}`stalin`. Body.", f"unknown role 'persn'; did you mean 'person'? {NAME}"),
    ("indented fence", "    ```{event} T\n    :id: e0\n\n    Body.\n    ```", f"```{{event}} is printed as code; begin the line with three spaces at most {MARKUP}"),
    ("fence behind a tab", "\t:::{event} T\n\t:id: e0\n\n\tBody.\n\t:::", f":::{{event}} is printed as code; begin the line with three spaces at most {MARKUP}"),
    ("no braces", "```event T\n:id: e0\n\nBody.\n```", f"'```event T' is printed as code; write ```{{event}} {MARKUP}"),
    ("one brace", "```{event T\n:id: e0\n\nBody.\n```", f"'```{{event T' is printed as code; write ```{{event}} {MARKUP}"),
    ("colons, no braces", ":::event T\n:id: e0\n\nBody.\n:::", f"':::event T' is no directive; write :::{{event}} {MARKUP}"),
    ("two colons", "::{event} T\n:id: e0\n\nBody.\n::", f"::{{event}} is printed as text; write ```{{event}} {MARKUP}"),
    ("of the other markup", ".. event:: T\n   :id: e0\n\n   Body.", f".. event:: is printed as text; write ```{{event}} {MARKUP}"),
    ("role of the other markup", "Body. See :person:`stalin`.", f":person: is printed as text; write {{person}}`stalin` {MARKUP}"),
    ("role and a space", "Body. See {person} `stalin`.", f"{{person}} is printed as text; write {{person}}`stalin` {MARKUP}"),
    ("role of nothing", "Body. See {person}``.", f"{{person}}`` is printed as text; write an id: {{person}}`id` {MARKUP}"),
    ("text of nothing", ":::{text} ru\nBody.\n:::", "text: stands outside a provision; nest it in a treaty-article [annals.treaty]"),
]  # fmt: skip
RESTRUCTUREDTEXT = [
    ("blank line", ".. event:: T\n\n   :id: e0\n   :date: 1950\n\n   Body.", f"event: a blank line stands before :id:; options follow the first line at once {OPTION}"),
    ("doubled", ".. event:: T\n   :id: e0\n   :date: 1950\n   :date: 1951\n\n   Body.", f"event: :date: stands twice; leave one of them out {OPTION}"),
    ("no colons", ".. event:: T\n   id: e0\n   :date: 1950\n\n   Body.", f"event: 'id: e0' is no option; write :id: e0 {OPTION}"),
    ("no second colon", ".. event:: T\n   :id e0\n   :date: 1950\n\n   Body.", f"event: ':id e0' is no option; write :id: e0 {OPTION}"),
    ("in the text", ".. event:: T\n   :id: e0\n\n   Body.\n\n   :date: 1950", f"event: :date: in its text; options follow the first line at once {OPTION}"),
    ("misspelt directive", ".. evnet:: T\n   :id: e0\n   :date: 1950\n\n   Body.", f"unknown directive 'evnet'; did you mean 'event'? {NAME}"),
    ("misspelt role", "Body. See :persn:`stalin`.", f"unknown role 'persn'; did you mean 'person'? {NAME}"),
    ("one colon", ".. event: T\n   :id: e0\n\nBody.", f"“.. event” is a comment; write .. event:: for the directive {MARKUP}"),
    ("no space", ".. event::T\n   :id: e0\n\nBody.", f"“.. event” is a comment; write .. event:: for the directive {MARKUP}"),
    ("role of the other markup", "Body. See {person}`stalin`.", f"{{person}}`stalin` is printed as text; write :person:`stalin` {MARKUP}"),
    ("role and a space", "Body. See :person: `stalin`.", f":person: is printed as text; write :person:`stalin` {MARKUP}"),
    ("role without brackets", ".. event:: T\n   :id: e0\n   :actors: stalin host\n\n   Body.", f"event: :actors: 'stalin host' has a role without brackets; write: stalin (host) {OPTION}"),
]  # fmt: skip
NONE = [
    "````md\n```{event} T\n:id: x\n\nBody.\n```\n````\n\n```md\n:::{event} T\n:id: x\n:::\n```",
    "```rst\n.. event:: T\n   :id: x\n```\n\n~~~\n```{event} T\n```\n~~~\n\nBody. `{person}`, `` {person}`x` ``.",
    "- item\n\n  ```{event} T\n  :id: e0\n  :date: 1950\n\n  Body.\n  ```",
    "> ```{event} T\n> :id: e0\n> :date: 1950\n>\n> Body.\n> ```",
    "~~~{event} T\n:id: e0\n:date: 1950\n\nBody.\n~~~~~",
    "``` {event} T\n  :id: e0\n  :date: 1950\n\n  Body.\n```",
    "::::{treaty} T\n:id: e0\n\n:::{treaty-article} 1\nBody.\n:::\n::::",
    "```{event} Part 1 # more: of it\n:id: e0\n:date-note: \"said\", he\n\nBody: value: 1\nplace = 2\n```",
    "```{event} T\n---\nid: e0\ndate: 1950\n---\nBody.\n```",
    "```text\nBody.\n```",
]  # fmt: skip


def pages(cases: list[str], markup: str) -> dict[str, str]:
    made = {}
    for number, text in enumerate(cases):
        text = text.replace("e0", f"e{number}-{markup}")
        head = "---\norphan: true\n---\n# Page\n" if markup == "md" else ":orphan:\n\nPage\n===="
        tail = "## Next\n" if markup == "md" else "Next\n----\n"
        made[f"c{number}.{markup}"] = f"{head}\n\n{text}\n\nAfter.\n\n{tail}\nMore.\n"
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One project with a mistake on each page."""
    conf = WHOLE.replace("nitpicky = True\n", "") + 'bibtex_bibfiles = ["references.bib"]\n'
    start = Start({"conf.py": conf, "references.bib": CITATIONS.files["references.bib"]})
    project = Project(tmp_path_factory.mktemp("authoring"), start)
    markdown = [text for _, text, _ in MARKDOWN] + NONE
    others = pages([text for _, text, _ in RESTRUCTUREDTEXT], "rst")
    others = {f"r{name}": text for name, text in others.items()}
    lists = "---\norphan: true\n---\n# Bib\n\n```{bibliography}\n:all:\n```\n"
    files = {"index.md": PEOPLE, "bib.md": lists, **pages(markdown, "md"), **others}
    return project.write(files).build(warnings=None)


def said(built: Built, page: str) -> list[str]:
    return [line for line in built.warnings if line.startswith(f"{page}:")]


@pytest.mark.parametrize("number", range(len(MARKDOWN)), ids=[name for name, *_ in MARKDOWN])
def test_a_slip_in_markdown_is_one_warning_at_its_place(built: Built, number: int) -> None:
    _, text, message = MARKDOWN[number]
    message = message.replace("e0", f"e{number}-md")
    line, *more = said(built, f"c{number}.md")
    place, _, rest = line.partition(" WARNING: ")
    assert (rest, more) == (message, [])
    assert 6 <= int(place.split(":")[1]) <= 6 + text.count("\n") + 1
    page = built.soup(f"c{number}.html").get_text()
    assert "After." in page
    assert "More." in page
    assert ("Body." in page) is ("Body." in text)
    assert "1950" in page or "1950" not in text or "e0" not in text


@pytest.mark.parametrize("number", range(len(RESTRUCTUREDTEXT)))
def test_a_slip_in_restructuredtext_is_one_warning_at_its_place(built: Built, number: int) -> None:
    _, text, message = RESTRUCTUREDTEXT[number]
    lines = said(built, f"rc{number}.rst")
    assert [line.partition(" WARNING: ")[0] for line in lines] == [f"rc{number}.rst:6:"]
    assert lines[0].endswith(message.replace("e0", f"e{number}-rst"))
    page = built.soup(f"rc{number}.html").get_text()
    assert "After." in page
    assert ("Body." in page) is ("Body." in text)


@pytest.mark.parametrize("number", range(len(NONE)))
def test_what_is_no_slip_is_not_warned_of(built: Built, number: int) -> None:
    page = f"c{len(MARKDOWN) + number}"
    assert said(built, f"{page}.md") == []
    assert "Body" in built.soup(f"{page}.html").get_text()


def test_options_are_read_that_the_markup_could_not_read(built: Built) -> None:
    number = MARKDOWN.index(next(case for case in MARKDOWN if case[0] == "no colons"))
    (record,) = built.env.domains["annals"].documents[f"c{number}"].records
    assert (record.id, str(record.date)) == (f"e{number}-md", "1950")


def test_names_with_a_comma_between_them_are_several(built: Built) -> None:
    number = MARKDOWN.index(next(case for case in MARKDOWN if case[0] == "comma between names"))
    (record,) = built.env.domains["annals"].documents[f"c{number}"].records
    said = [(name.text, name.language) for name in record.names]
    assert said == [("Чичерин", "ru"), ("契切林", "zh-Hans")]


@pytest.mark.parametrize("text", ["de Gaulle, Charles", "fr Charles, de Gaulle", "Paris, la Ville"])
def test_a_particle_after_a_comma_is_no_language(text: str) -> None:
    assert len(Names().convert(text)) == 1


LISTS = [
    ("```{bibliography}\n:filter: yaer == '2004'\n```", "filter: no entry has a field 'yaer'; did you mean 'year'? [citations.filter]"),
    ("```{bibliography}\n:fitler: cited\n```", "bibliography: unknown option :fitler:; did you mean :filter:? [citations.option]"),
    ("```{bibliography}\n:list: bullet\n:list: bullet\n```", "bibliography: :list: stands twice; leave one of them out [citations.option]"),
    ("```{bibliography}\n:all:", "bibliography: is its fence closed? write ``` below its last line [citations.option]"),
    ("```{bibliography}\n\n:all:\n```", "bibliography: a blank line stands before :all:; options follow the first line at once [citations.option]"),
    ("```{bibliography}\nlist: bullet\n```", "bibliography: 'list: bullet' is no option; write :list: bullet [citations.option]"),
    ("```{bibliograhpy}\n```", "unknown directive 'bibliograhpy'; did you mean 'bibliography'? [citations.name]"),
    ("{footcite}`foot1991light`\n\n```{footbibliography}", "footbibliography: is its fence closed? write ``` below its last line [citations.option]"),
    ("{ciet}`foot1991light`", "unknown role 'ciet'; did you mean 'cite'? [citations.name]"),
    ("{cite:p} `foot1991light`", "{cite:p} is printed as text; write {cite:p}`foot1991light` [citations.markup]"),
    ("{cite:p}`foot1991light p. 3`", "citation 'foot1991light p. 3': “p. 3” stands in braces: key{p. 3}; write {see}key{p. 3}, other, or key{p. 3} via other{n. 4} [citations.syntax]"),
    ("    ```{bibliography}\n    ```", "```{bibliography} is printed as code; begin the line with three spaces at most [citations.markup]"),
]  # fmt: skip


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("lists"), CITATIONS)
    files = pages([text for text, _ in LISTS], "md")
    return project.write({"index.md": "# Top\n", **files}).build(warnings=None)


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_a_slip_in_citing_is_one_warning_at_its_place(lists: Built, number: int) -> None:
    _, message = LISTS[number]
    (line,) = said(lists, f"c{number}.md")
    assert line.endswith(f" WARNING: {message}")
    assert "More." in lists.soup(f"c{number}.html").get_text()


def test_a_misspelt_role_of_a_translation_is_told_wherever_it_is(tmp_path: Path) -> None:
    said = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    for word, german in {"See": "Siehe", "And": "Und"}.items():
        said += f'\nmsgid "{word} {{person}}`stalin`."\nmsgstr "{german} {{persn}}`stalin`."\n'
    start = Start({"conf.py": WHOLE + "language = 'de'\n"})
    page = PEOPLE + "\nSee {person}`stalin`.\n\nAnd {person}`stalin`.\n"
    files = {"index.md": page, "locales/de/LC_MESSAGES/index.po": said}
    built = Project(tmp_path, start).write(files).build(warnings=None)
    place = "(in its translation, locales/de/LC_MESSAGES/index.po) [annals.name]"
    wanted = f"unknown role 'persn'; did you mean 'person'? {place}"
    told = [f"index.md:{line}: WARNING: {wanted}" for line in (9, 11)]
    assert [said for said in built.warnings if wanted in said] == told
    assert "Siehe Stalin." in built.soup().get_text()
