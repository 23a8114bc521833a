"""Where a work is cited, and what a mark of a note stands for: right in every builder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from harness import CITATIONS, LIST, Built, Project

IMAGE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cf"
    "c0000003010100c9fe92ef0000000049454e44ae426082"
)
PAGE = """\
# After {cite:t}`heinzig2004arduous` and Pravda

Text {cite:p}`heinzig2004arduous{p. 1}`.

```{figure} x.png
:alt: x

Caption {cite:p}`heinzig2004arduous{p. 2}`.
```

~~~{admonition} Title {cite:p}`heinzig2004arduous{p. 3}`
Body {cite:p}`heinzig2004arduous{p. 4}`.
~~~

~~~{list-table} Table {cite:p}`heinzig2004arduous{p. 5}`
* - cell
~~~

```{code-block} python
:caption: Code {cite:p}`heinzig2004arduous{p. 6}`
x
```

Note{footcite}`heinzig2004arduous{p. 7}`. Own[^1] and more{footcite}`foot1991light{p. 8}`[^own].

```{only} latex
Dropped {cite:p}`foot1991light{p. 99}`.
```

## Second {cite:p}`foot1991light`

Last[^2].

[^2]: Two {cite:p}`foot1991light{p. 10}`.
[^own]: Three.
[^1]: One {cite:p}`foot1991light{p. 9}`.

```{bibliography}
```

```{bibliography}
:all:
```
"""
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Text {cite:p}`heinzig2004arduous{p. 1}`."
msgstr "Ohne."

msgid "After {cite:t}`heinzig2004arduous` and Pravda"
msgstr "Nach {cite:t}`heinzig2004arduous` und Prawda"

msgid "Caption {cite:p}`heinzig2004arduous{p. 2}`."
msgstr "Bild {cite:p}`heinzig2004arduous{p. 2}`."

msgid "Last[^2]."
msgstr "Zuletzt[^2]."
"""
EPUB = {"copyright": "2026, A", "version": "1"}
GERMAN = {"language": "de", "locale_dirs": ["locale"], "gettext_compact": False}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Build the page, each builder once."""
    project = Project(tmp_path_factory.mktemp("places"), CITATIONS)
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    project.write({"index.md": PAGE, "x.png": IMAGE, "locale/de/LC_MESSAGES/index.po": PO})
    done: dict[tuple[str, bool], Built] = {}

    def build(builder: str, *, german: bool = False) -> Built:
        settings = {"bibtex_cite_id": "work-{key}", **EPUB, **(GERMAN if german else {})}
        if (builder, german) not in done:
            done[builder, german] = project.build(
                builder, f"{builder}-{german}", warnings=None, **settings
            )
            built = done[builder, german]
            said = [line for line in built.warnings if "inconsistent" not in line]
            assert said == []
        return done[builder, german]

    return build


def ids_of(text: str) -> Counter[str]:
    return Counter(re.findall(r'\bid="([^"]+)"', text))


@pytest.mark.parametrize("german", [False, True])
def test_every_page_that_cites_is_found_in_latex(built, german):
    tex = built("latex", german=german).read("*.tex")
    labels = Counter(re.findall(r"\\label\{\\detokenize\{([^}]+)\}\}", tex))
    places = re.findall(r"\\citedpage\{\\detokenize\{([^}]+)\}\}", tex)
    assert len(set(places)) == (12 if german else 13)
    assert [place for place in places if place not in labels] == []
    # and two lists of one work do not share a label
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("builder", ["html", "epub"])
@pytest.mark.parametrize("german", [False, True])
def test_every_link_back_leads_to_a_place_and_no_id_is_there_twice(built, builder, german):
    text = built(builder, german=german).read("index.*html")
    ids = ids_of(text)
    assert [name for name, count in ids.items() if count > 1] == []
    assert {"work-heinzig2004arduous", "work-heinzig2004arduous-2"} <= ids.keys()
    assert [goal for goal in re.findall(r'href="#([^"]+)"', text) if goal not in ids] == []


@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_section_has_one_name_and_what_is_dropped_does_not_count(built, builder):
    source = built(builder)
    text = source.soup().get_text() if builder == "html" else source.read("index.txt")
    lines = re.findall(r"Cited in: (.*\))", re.sub(r"[ ]*\n(?! *\n)[ ]*", " ", text))
    assert [" ".join(line.split()) for line in lines[:2]] == [
        "After Heinzig (2004) and Pravda (8, 9, 10); Second (Foot 1991)",
        "After Heinzig (2004) and Pravda (1, 2, 3, 4, 5, 6, 7)",
    ]


def test_a_translation_that_drops_a_citation_drops_its_link_back(built):
    text = " ".join(built("html", german=True).soup().get_text().split())
    assert "Zitiert in: Nach Heinzig (2004) und Prawda (2, 3, 4, 5, 6, 7)" in text


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "text", "latex", "typstpdf"])
def test_notes_are_numbered_as_one_reads(built, builder):
    files = {"text": "index.txt", "latex": "*.tex"}
    shown = built(builder)
    text = shown.print if builder == "typstpdf" else shown.read(files.get(builder, "index.*html"))
    text = text[text.index("Note") :]
    marks = {
        "text": r"\[(\d)\]",
        "latex": r"\\begin\{footnote\}\[(\d)\]",
        "html": r'fn-bracket">\[</span>(\d)<',
        "singlehtml": r'fn-bracket">\[</span>(\d)<',
        "typstpdf": r"(?:Note\.|Own|more\.)(\d)(?: (\d))?|Last(\d)",
        "epub": r'class="footnote-reference[^>]*>[^\d<]*(?:<[^>]*>\D*)?(\d)',
    }
    found = [number for match in re.finditer(marks[builder], text) for number in match.groups()]
    # the PDF numbers the notes of each chapter
    last = "1" if builder == "typstpdf" else "5"
    assert [*filter(None, found)][:5] == ["1", "2", "3", "4", last]


@pytest.mark.parametrize("builder", ["text", "html", "latex"])
def test_what_a_builder_drops_is_no_first_note(project, builder):
    project.configure("extensions.append('sphinx.ext.ifconfig')\n")
    hidden = "Hidden {cite}`heinzig2004arduous{1}`.\n```\n"
    project.write(
        f"# T\n\n```{{only}} epub\n{hidden}\n```{{ifconfig}} builder == 'epub'\n{hidden}\n"
        "Shown {cite}`heinzig2004arduous{2}`.\n\n"
        f"````{{only}} epub\n{LIST}\n````\n\n{LIST}\n"
    )
    built = project.build(builder, citations_style="notes", warnings=None)
    shown = re.sub(r"<[^>]+>|[*\\{}]", "", built.everything())
    assert "Dieter Heinzig" in shown, "the note that is left is the first"
    assert "Cited in: T (2)" in shown or "Cited on" in shown
    assert "(1" not in shown
    if builder == "html":
        soup = built.soup()
        ids = [node["id"] for node in soup.select("[id]")]
        links = {link["href"][1:] for link in soup.select("div.body a[href^='#']")}
        assert not links - set(ids)


MARKS = [
    ("Text {c}.", "Text.[1]"),
    ("Text {c}, more.", "Text,[1] more."),
    ("A *word {c}*.", "A *word*.[1]"),
    ("“Quoted {c}.”", "“Quoted.”[1]"),
    ('He said "thus" {c}.', 'He said "thus".[1]'),
    ("“Thus {c}”, he said.", "“Thus”,[1] he said."),
    ("毛泽东 {c}。", "毛泽东。[1]"),
    ("Text {c}[^a].", "Text.[1] [2]"),
    ("Text{c} -- more.", "Text[1] -- more."),
    ("(Text {c}) more.", "(Text[1]) more."),
    ("Text {c} {c}. More", "Text.[1] More"),
    ("A *word {c}* {c}.", "A *word*.[1]"),
    ("Text {c}. {c} More.", "Text.[1] More."),
    ("Text {c}. {c}. More.", "Text.[1] More."),
    ("Text {c}, {c}.", "Text.[1]"),
    ("Text {c}; {c}, more.", "Text,[1] more."),
    ("Text {c}, {c} more.", "Text,[1] more."),
    ("Text, {c}.", "Text.[1]"),
    ("A {c} and *b* and {c} end.", "A[1] and *b* and[2] end."),
    ("Text {c}.[^b] {c}.", "Text.[1] [2] [3]"),
    ("Ended. {c}.", "Ended.[1]"),
    ("Ended? {c}.", "Ended?[1]"),
    ("“Ended.” {c}.", "“Ended.”[1]"),
    ("Ended (etc.) {c}.", "Ended (etc.).[1]"),
]


def test_marks_of_notes_stand_behind_the_punctuation(project):
    body = "\n\n".join(text.replace("{c}", "{cite:p}`foot1991light`") for text, _ in MARKS)
    source = f"# Title\n\n{body}\n\n[^a]: Own.\n\n[^b]: Own.\n\n```{{bibliography}}\n```\n"
    text = project.write(source).build("text", citations_style="notes").read("index.txt")
    lines = text.replace("\u00a0", " ").split("\n\n")
    shown = [re.sub(r"\d+(?=\])", "#", line) for line in lines]
    for _, expected in MARKS:
        assert re.sub(r"\d+(?=\])", "#", expected) in shown


ENDS = {
    "{cite:author}`many`.": "Li et al.",
    "{cite:alp}`many`.": "Li et al., n.d.",
    "{cite:author}`firm`.": "Works, Inc.",
    "{cite:year}`firm`.": "n.d.",
    "{cite:t}`firm`.": "Works, Inc. (n.d.).",
    "{cite:p}`firm`.": "(Works, Inc., n.d.).",
    "{cite:p}`firm{10 ff.}`, {cite:yearpar}`firm`.": "(Works, Inc., n.d., 10 ff.), (n.d.).",
    "{cite:p}`see`.": "(Oh! 2001).",
    "{cite:author}`asks`.": "What Now?",
    "{cite:year}`firm`...": "n.d....",
    r"{cite:p}`firm{p.~3}` and {cite:p}`firm{\S 5}`.": "(Works, Inc., n.d., 3) and (Works, Inc., n.d., § 5).",
    "{cite:p}`x2001` and {cite:t}`y2001{с. 400}`.": "(J. Smith 2001) and A. Smith (2001, с. 400).",
}
WORKS = """
@book{many, author={Li, A and Wu, B and Xu, C and Ye, D}, title={T}}
@book{firm, author={{Works, Inc.}}, title={T}}
@book{see, author={{Oh!}}, title={T}, date={2001}}
@book{asks, title={What Now?}, date={2001}}
@book{x2001, author={Smith, John}, title={T}, date={2001}}
@book{y2001, author={Smith, Ann}, title={T}, date={2001}}
"""


@pytest.mark.parametrize("builder", ["text", "html"])
def test_sentences_end_once_and_people_are_told_apart(project, builder):
    project.write(
        {"references.bib": WORKS, "index.md": "# Title\n\n" + "\n\n".join(ENDS) + f"\n\n{LIST}"}
    )
    built = project.build(builder)
    if builder == "text":
        shown = [
            " ".join(text.split())
            for text in built.read("index.txt").replace("*", "").split("\n\n")
        ]
    else:
        shown = [" ".join(text.get_text().split()) for text in built.soup().find_all("p")]
    missing = [
        end for end in ENDS.values() if end not in (line.replace("…", "...") for line in shown)
    ]
    assert missing == [], shown


AT_KEYS = """\
# Title

See [@foot1991light, p. 3] and [see @foot1991light, pp. 3--5; also @lawrance2015border].

@heinzig2004arduous [p. 7] says [-@foot1991light]; write to me@example.org, `[@code]`.

By {cite:p}`foot1991light, p. 9`.
"""


def test_citations_are_read_as_pandoc_writes_them(project):
    project.write(AT_KEYS + "\n" + LIST).configure("citations_at_keys = True\n")
    built = project.build("text", warnings=["index.md:7: WARNING: citation"])
    assert "“p. 9” stands in braces: key{p. 9}" in built.warnings[0]
    text = built.text("index.txt")
    assert "See (Foot 1991, 3) and (see Foot 1991, 3–5; also Lawrance 2015)." in text
    assert 'Heinzig (2004, 7) says (1991); write to me@example.org, "[@code]".' in text
    assert "By (Foot 1991, 9)." in text


def test_without_the_setting_an_at_is_an_at(project):
    assert "[@foot1991light, p. 3]" in project.write(AT_KEYS[:40]).build("text").text("index.txt")


def test_linkcheck_names_the_entry(project):
    bib = "@book{dead, author={Ng, A}, title={T}, date={2001}, url={http://127.0.0.1:9/x}}\n"
    project.write(
        {"references.bib": "\n\n" + bib, "index.md": f"# T\n\n{{cite:p}}`dead`\n\n{LIST}"}
    )
    built = project.build("linkcheck", warnings=None, linkcheck_timeout=2)
    assert any(
        "references.bib:3: WARNING: [dead] http://127.0.0.1:9/x leads nowhere" in line
        for line in built.warnings
    ), built.warnings


@pytest.mark.parametrize("role", ["cite:p", "footcite"])
def test_a_citation_that_a_translation_repeats_is_another(project: Project, role: str) -> None:
    cited = f"{{{role}}}`heinzig2004arduous{{p. 1}}`"
    catalogue = f'msgid "One {cited}."\nmsgstr "Eins {cited} und {cited}."\n'
    files = {"index.md": f"# P\n\nOne {cited}.\n\n{LIST}"}
    project.write({**files, "locale/de/LC_MESSAGES/index.po": catalogue})
    built = project.configure(f"language = 'de'\nlocale_dirs = {GERMAN['locale_dirs']}\n").build(
        warnings=["inconsistent term references"]
    )
    ids = [tag["id"] for tag in built.soup().select(".body [id]")]
    assert sorted(ids) == sorted(set(ids))
    assert sum(id.startswith("citation-") and id[9:].isdigit() for id in ids) == 2
