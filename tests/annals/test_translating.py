"""A book translated by catalogues: what translators get, and where their words are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from harness import ANNALS, Built, Project

PAGE = """\
# Page

::::{event} The "Red Flag" rises
:id: e
:date: 1950-02-14
:date-note: told by a friend
:actors: p (chief secretary)

Body {cite:p}`heinzig2004arduous`.

:::{account} heinzig2004arduous{p. 1}
:property: cause
:value: a red flag
:quote: a flag, he said
:::
:::{account} heinzig2004arduous{p. 2}
:property: cause
:value: a blue flag
:::
:::{verdict} cause
:question: Which flag rose?
:prefers: a red flag
Reasons {date}`1950` {event}`e`.
:::
::::

::::{person} P
:id: p
:role: a *secretary*
:names: the Old Man

:::{verdict} role
:prefers: a secretary
Reasons.
:::
::::

:::::{treaty} T
:id: t
:signed: 1950
:languages: ru, zh

:::{account} heinzig2004arduous{p. 2}
:property: languages
:value: ru, zh
:::

::::{treaty-article} 6
:title: Term

Thirty years.
::::
:::::

```{event-list} All flags
```
"""
GERMAN = {
    'The "Red Flag" rises': 'Die "Rote Fahne" steigt',
    "told by a friend": "von einem Freund erzählt",
    "chief secretary": "Generalsekretär",
    "a red flag": "eine rote Fahne",
    "a flag, he said": "eine Fahne, sagte er",
    "a blue flag": "eine blaue Fahne",
    "Which flag rose?": "Welche Fahne stieg?",
    "Reasons {date}`1950` {event}`e`.": "Gründe {date}`gestern` {event}`eee`.",
    "a *secretary*": "ein *Sekretär*",
    "a secretary": "ein Sekretär",
    "Term": "Geltung",
    "All flags": "Alle {event}`fff` Fahnen",
    "Body {cite:p}`heinzig2004arduous`.": "Text {cite:p}`heinzig2004arduous`.",
}

IN_ITS = "(in its translation, locale/de/LC_MESSAGES/index.po) [annals.ref]"


def po(messages: dict[str, str]) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', r"\"") + '"'

    return "\n".join(f"msgid {quoted(a)}\nmsgstr {quoted(b)}\n" for a, b in messages.items())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("translated"), ANNALS)
    project.write({"index.md": PAGE, "locale/de/LC_MESSAGES/index.po": po(GERMAN)})
    return project.configure("locale_dirs = ['locale']\nnitpicky = False\n")


@pytest.fixture(scope="module")
def german(project: Project) -> Built:
    return project.build(out="de", language="de", warnings=None)


def test_translators_get_all_that_readers_see(project: Project) -> None:
    built = project.build("gettext", out="pot")
    with built.find("index.pot").open("rb") as file:
        said = {message.id: message for message in read_po(file)}
    assert set(GERMAN) <= set(said)
    assert "the Old Man" not in said  # accounts are read by names
    assert "1950-02-14" not in said
    assert all(Path(place).name == "index.md" for place, _ in said["told by a friend"].locations)


def test_a_translation_is_seen_wherever_the_words_are(german: Built) -> None:
    body = german.soup().find("div", class_="body").text
    titles = body.count("Die „Rote Fahne“ steigt")
    assert titles == 2  # the event and the list
    for text in GERMAN.values():
        if "{" not in text and '"' not in text:
            assert text.replace("*", "") in body, text
    for text in GERMAN:
        assert text not in body, text
    assert "Russisch, Chinesisch" in body
    assert body.count("Dieses Buch") == 1  # beside what nobody judged
    assert "Artikel 6. Geltung" in body
    assert "Welche Fahne stieg?" in body


def test_a_translation_changes_no_verdict(german: Built) -> None:
    point = german.soup().select_one(".annals-comparison .annals-status").text
    assert "entschieden" in point
    assert "2 Darstellungen" in point


def test_links_of_a_translated_page_lead_somewhere(german: Built) -> None:
    for page in ("index.html", "bib.html"):
        for link in german.soup(page).select("a[href^='#'], a[href*='.html#']"):
            file, _, anchor = link["href"].partition("#")
            assert not anchor or german.soup(file or page).find(id=anchor), link


def test_a_mistake_in_a_translation_is_told_once_where_the_text_stands(german: Built) -> None:
    ours = [said for said in german.warnings if "[annals." in said]
    assert [said.partition(" is no")[0] for said in ours] == [
        "index.md:23: WARNING: date: 'gestern'",
        f"index.md:23: WARNING: unknown event 'eee' {IN_ITS}",
        f"index.md:55: WARNING: unknown event 'fff' {IN_ITS}",
    ]


@pytest.mark.parametrize("harm", [b"\xff\xfenoise", po({"": "Content-Type: x; charset=no\n"})])
def test_a_catalogue_that_cannot_be_read_leaves_the_original(
    project: Project, harm: str | bytes
) -> None:
    project.write({"locale/fr/LC_MESSAGES/index.po": harm})
    built = project.build(out="fr", language="fr", warnings=None)
    assert "a blue flag" in built.read()
    assert "fr/LC_MESSAGES/index." in built.warnings[0]


def test_what_no_output_can_hold_is_left_out_of_a_translation(tmp_path: Path) -> None:
    said = {
        text: f"{text}\x01 \ufffeX"
        for text in ("Page", "Title", "a note", "Which?", "Body.", "All")
    }
    page = (
        "# Page\n\n```{event} Title\n:id: e\n:date: 1950\n:date-note: a note\n\nBody.\n```\n"
        ":::{verdict} date\n:of: e\n:question: Which?\n:::\n```{timeline} All\n```\n"
        "```{literalinclude} code.txt\n```\n"
    )
    project = Project(tmp_path, ANNALS).configure("locale_dirs = ['locale']\nlanguage = 'de'\n")
    files = {"index.md": page, "code.txt": "code\x01\n"}
    project.write({**files, "locale/de/LC_MESSAGES/index.po": po(said)})
    warned = project.build("xml", warnings=None).warnings
    left_out = "U+0001 is left out, which no output can hold; delete it"
    inside = "(in its translation, locale/de/LC_MESSAGES/index.po) "
    assert f"index.md:1: WARNING: {left_out} {inside}[source.character]" in warned
    assert f"index.md:16: WARNING: {left_out} [source.character]" in warned
    for builder in ("xml", "epub", "annals"):
        built = project.build(builder, warnings=None)
        texts = {n: d for n, d in built.files().items() if not n.endswith((".epub", ".pickle"))}
        assert any(b"Which? X" in data for data in texts.values())
        held = (b"\x01", "\ufffe".encode())
        found = [n for n, d in texts.items() if any(c in d for c in held)]
        assert [n for n in found if n.endswith((".xml", ".xhtml", ".csv", ".json"))] == []
