"""The bibliography directive, faults in the .bib file, links back, objects, safe addresses."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from harness import BIB, LIST

pytestmark = pytest.mark.slow  # whole builds, each of them

CITE = "{cite:p}`heinzig2004arduous{p. 3}`"


def entries(html):
    soup = BeautifulSoup(html, "html.parser")
    return [item["id"] for item in soup.select("ul.citation-list > li")]


OPTIONS = [
    ("", ["ref-heinzig2004arduous"]),
    (":cited:", ["ref-heinzig2004arduous"]),
    (":filter: keywords % 'further'", ["ref-uncited1900work"]),
    (":filter: not cited and type == 'article'", ["ref-foot1991light"]),
    (
        ":filter: author % 'lawr' and year == '2015'",
        ["ref-lawrance2015border", "ref-lawrance2015relations"],
    ),
    (":filter: key in {'foot1991light', 'x'}", ["ref-foot1991light"]),
    (":filter: docnames >= {'index'}", ["ref-heinzig2004arduous"]),
    (":filter: docname in docnames", ["ref-heinzig2004arduous"]),
    (":filter: False\n\nfoot1991light", ["ref-foot1991light"]),
    ("\nfoot1991light", ["ref-foot1991light", "ref-heinzig2004arduous"]),
]


@pytest.mark.parametrize(("options", "listed"), OPTIONS)
def test_what_a_list_shows(project, options, listed):
    project.write(
        f"# T\n\n{CITE}\n\n```{{bibliography}}\n{options}\n```\n\n```{{bibliography}}\n```\n"
    )
    built = project.build("html")
    first = built.soup().select("ul.citation-list")[0]
    assert [item["id"] for item in first.select("li")] == listed


BAD = [
    (":filter: not (", "citations.filter", "not an expression"),
    (":filter: open('x')", "citations.filter", "not allowed"),
    (":filter: author % '('", "citations.filter", "no regular expression"),
    (
        ":filter: year < 3",
        "citations.filter",
        "'str' and 'int'; in the filter 'year < 3'; the cited",
    ),
    (":start: 0", "citations.option", "a number from 1 on"),
    (":style: chicagoo", "citations.style", "is none of author-date, notes"),
    (":list: bulet", "citations.option", "did you mean 'bullet'"),
    (":cited-in: maybe", "citations.option", "neither yes nor no"),
    (":all:\n:filter: cited", "citations.filter", "overrides all"),
    (":group: typ", "citations.option", "did you mean 'type'"),
    (":group: Books", "citations.option", "nor groups of the form"),
    (":group: Books kind == 'book'; Rest: True", "citations.option", "has not the form"),
    (":group: Books: kind ==", "citations.option", "is no filter"),
    (":group: Old: year < 3", "citations.filter", "it takes the works that are cited"),
    ("\nfoot1991ligt", "citations.key", "did you mean 'foot1991light'"),
]


@pytest.mark.parametrize(("options", "subtype", "message"), BAD)
def test_a_bad_option_is_one_located_warning_and_the_cited_are_listed(
    project, options, subtype, message
):
    project.write(f"# T\n\n{CITE}\n\n```{{bibliography}}\n{options}\n```\n")
    built = project.build("html", warnings=None)
    assert len(built.warnings) == 1, built.warnings
    assert built.warnings[0].startswith("index.md:5: WARNING: ")
    assert message in built.warnings[0]
    assert built.warnings[0].endswith(f"[{subtype}]")
    assert "Heinzig, Dieter. 2004." in built.read()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("citations_style", "chicagoo"),
        ("bibtex_reference_style", "author_yeer"),
        ("bibtex_bibfiles", ["none.bib"]),
        ("bibtex_bibfiles", ["references.bib", 3]),
        ("citations_overlays", [3]),
        ("bibtex_encoding", "utf-9"),
        ("bibtex_cite_id", "{nothing}"),
        ("citations_date_form", "ymd"),
        ("citations_groups", ["a"]),
        ("citations_groups", {"a": "b"}),
        ("citations_groups", {"a": {"Old": "year <"}}),
        ("bibtex_default_style", "plane"),
    ],
)
def test_a_bad_setting_is_one_warning(project, setting, value):
    project.write(f"# T\n\nText.\n\n{LIST}")
    built = project.build("html", **{setting: value}, warnings=None)
    assert len(built.warnings) == 1, built.warnings
    assert "[citations." in built.warnings[0]


FAULTS = [
    ("@book{broken, title = {Never closed,\n  date = {1950}\n}\n", "never closed"),
    ("@book{broken, title = {T}, author = {A, B, C, D}}\n", "more than two commas"),
    ("@book{broken, title = {T}, month = foo}\n", "the string “foo” is not defined"),
    ("@bok{broken, title = {T}}\n", "did you mean @book?"),
    ("@book{broken, title = {}, }\n", "no field tells what this work is"),
    ("@book{foot1991light, title = {T}}\n", "given twice; the entry of line 6 counts"),
    ("@book{broken, title = {T}, crossref = {nobody}}\n", "the crossref 'nobody' is no entry"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "message"), FAULTS)
@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_fault_in_the_bib_file_is_one_warning_with_file_line_and_key(
    project, source, message, builder
):
    project.write({"references.bib": BIB + source + "@book{last, title = {Last}}\n"})
    project.write(f"# T\n\n{CITE} {{cite:p}}`last`\n\n```{{bibliography}}\n:all:\n```\n")
    built = project.build(builder, warnings=None)
    assert len(built.warnings) == 1, built.warnings
    assert built.warnings[0].startswith("references.bib:12: WARNING: [")
    assert message in built.warnings[0]
    assert "Last" in built.read("index." + ("html" if builder == "html" else "txt"))


def test_latin_1_bytes_are_read(project):
    project.write({"references.bib": BIB.encode() + "@book{m, title={Für}}".encode("latin-1")})
    project.write(f"# T\n\n{{cite:p}}`m`\n\n{LIST}")
    built = project.build("text", warnings=None)
    assert len(built.warnings) == 1
    assert built.warnings[0].startswith("references.bib:12: WARNING: the bytes of this line")
    assert "Für" in built.read("index.txt")


BIBLATEX = [
    "article",
    "book",
    "mvbook",
    "inbook",
    "bookinbook",
    "suppbook",
    "booklet",
    "collection",
    "mvcollection",
    "incollection",
    "suppcollection",
    "dataset",
    "manual",
    "misc",
    "online",
    "patent",
    "periodical",
    "suppperiodical",
    "proceedings",
    "mvproceedings",
    "inproceedings",
    "reference",
    "mvreference",
    "inreference",
    "report",
    "set",
    "software",
    "thesis",
    "unpublished",
    "artwork",
    "audio",
    "image",
    "jurisdiction",
    "legislation",
    "legal",
    "letter",
    "movie",
    "music",
    "performance",
    "review",
    "standard",
    "video",
    "conference",
    "electronic",
    "mastersthesis",
    "phdthesis",
    "techreport",
    "www",
    "archival",
    "commentary",
    "newspaper",
    "magazine",
    "webpage",
    "preprint",
    "bibnote",
    "customa",
]


@pytest.mark.parametrize("kind", BIBLATEX)
def test_every_type_is_set_in_every_builder_format(kind):
    from sphinx_annals.citations.bib import assemble, parse
    from sphinx_annals.citations.style import full_note, reference

    library = assemble(
        [parse(f"@{kind}{{k, author={{A, B}}, title={{T}}, date={{1950}}, publisher={{P}}}}")]
    )
    assert [f.code for f in library.findings] == (
        ["type"] if kind in ("bibnote", "customa") else []
    )
    text = str(reference(library.entries["k"]))
    assert "A, B. 1950." in text
    assert "T" in text
    assert "T" in str(full_note(library.entries["k"]))


def test_links_back_name_sections_and_pages(project):
    project.write(
        f"# Book\n\n## Start\n\n{CITE} {{cite:p}}`heinzig2004arduous{{p. 2}}`\n\n"
        f"## End\n\n{CITE}\n\n{LIST}"
    )
    soup = project.build("html").soup()
    line = soup.select_one(".cited-in")
    assert line.text == "Cited in: Start (2, 3); End (3)"
    # two links in a row to one place are one
    assert [link.text for link in line.select("a")] == ["Start", "2", "3", "End (3)"]
    assert all(soup.select_one(link["href"]) for link in line.select("a"))
    text = project.build("text").text("index.txt")
    assert "Cited in: Start (2, 3); End (3)" in text
    latex = project.build("latex").read("test.tex")
    assert "Cited on pp.~\\citedpage{\\detokenize{index:citation-1}}{ (3)}" in latex


@pytest.mark.parametrize(("fold", "folded"), [(2, True), (3, False), (0, False)])
def test_many_links_back_are_folded(project, fold, folded):
    sections = "".join(f"## S{n}\n\n{CITE}\n\n" for n in range(3))
    project.write(f"# Book\n\n{sections}## End\n\n{LIST}")
    built = project.build("html", citations_cited_in_fold=fold)
    line = built.soup().select_one(".cited-in")
    assert line.name == ("details" if folded else "p")
    assert "S0 (3); S1 (3); S2 (3)" in line.text
    if folded:
        assert line.summary.text == "Cited in 3 places"


def test_links_back_can_be_left_out(project):
    project.write(f"# T\n\n{CITE}\n\n```{{bibliography}}\n:cited-in: no\n```\n")
    assert "Cited in" not in project.build("html").read()


def test_a_list_for_each_chapter_stays_in_its_chapter(project):
    chapter = "# {n}\n\n{{cite:p}}`{k}`\n\n```{{bibliography}}\n:filter: docname in docnames\n```\n"
    project.write("# Book\n\n```{toctree}\none\ntwo\n```\n")
    project.write({"one.md": chapter.format(n="One", k="heinzig2004arduous")})
    project.write({"two.md": chapter.format(n="Two", k="heinzig2004arduous, foot1991light")})
    built = project.build("html")
    assert entries(built.read("one.html")) == ["ref-heinzig2004arduous"]
    assert entries(built.read("two.html")) == ["ref-foot1991light", "ref-heinzig2004arduous"]
    assert 'href="#ref-heinzig2004arduous"' in built.read("one.html")
    assert 'href="#ref-heinzig2004arduous"' in built.read("two.html")
    latex = project.build("latex").read("test.tex")
    first, second = latex.index("\\chapter{One}"), latex.index("\\chapter{Two}")
    assert first < latex.index("one:ref-heinzig2004arduous}}", first) < second
    assert latex.count("\\begin{list}{}") == 2


@pytest.mark.parametrize(("option", "tag"), [("bullet", "ul"), ("enumerated", "ol")])
def test_other_kinds_of_list(project, option, tag):
    project.write(f"# T\n\n{CITE}\n\n```{{bibliography}}\n:list: {option}\n```\n\n{LIST}")
    soup = project.build("html").soup()
    assert soup.select_one(f"{tag}.citation-list > li.citation-entry")


def test_a_list_is_a_plain_list_of_items(project):
    project.write(f"# T\n\n{CITE}\n\n{LIST}")
    html = project.build("html").read()
    assert "doc-biblioentry" not in html
    soup = BeautifulSoup(html, "html.parser")
    for item in soup.select("[role=list], ul, ol"):
        assert all(child.name == "li" for child in item.find_all(recursive=False))


@pytest.mark.slow
@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt", "notes"])
def test_a_known_style_of_the_directive_is_kept(project, style):
    project.write(f"# T\n\n{CITE}\n\n```{{bibliography}}\n:all:\n:style: {style}\n```\n")
    built = project.build("text")
    assert "The Soviet Union and Communist China" in built.text("index.txt")


HOSTILE = [
    "javascript:alert(1)",
    "data:text/html,x",
    "java\tscript:x",
    " JAVASCRIPT:x",
    "vbscript:x",
    "file:///etc/passwd",
]


def test_no_other_scheme_becomes_a_link(project):
    values = {"url": "{0}", "doi": "{0}", "eprint": "{0}"}
    values |= dict.fromkeys(("note", "howpublished"), "\\href{{{0}}}{{x}} \\url{{{0}}}")
    entries = [
        f"@online{{k{number}-{field}, title = {{T}}, {field} = {{{value.format(url)}}}}}"
        for number, url in enumerate(HOSTILE)
        for field, value in values.items()
    ]
    project.write({"references.bib": "\n".join(entries)})
    project.write("# T\n\n```{bibliography}\n:all:\n```\n")
    listed = project.build().soup().select("li.citation-entry")
    assert len(listed) == len(entries) == 30
    assert [item["id"] for item in listed if item.select("p:first-child a")] == []


def test_keyprefix_makes_a_second_list(project):
    project.write(
        "# T\n\n{cite:p}`a-heinzig2004arduous` {cite:p}`heinzig2004arduous`\n\n"
        + LIST
        + "\n```{bibliography}\n:keyprefix: a-\n```\n"
    )
    built = project.build("html")
    assert entries(built.read()) == ["ref-heinzig2004arduous", "ref-a-heinzig2004arduous-list2"]


def test_an_overlay_is_laid_over_the_export(project):
    project.write({"overlay.bib": "@misc{heinzig2004arduous, location = {London}}"})
    project.write(f"# T\n\n{CITE}\n\n{LIST}")
    built = project.build("text", citations_overlays=["overlay.bib"])
    assert "London: Sharpe." in built.text("index.txt")


def test_a_work_in_two_lists_of_a_page_has_an_id_in_each(project):
    soup = project.write(f"# T\n\n{CITE}\n\n{LIST}\n{LIST}").build("html").soup()
    ids = [item["id"] for item in soup.select("ul.citation-list > li")]
    assert ids == ["ref-heinzig2004arduous", "ref-heinzig2004arduous-list2"]


def test_a_heading_that_cites_reads_in_the_contents_as_on_its_page(project):
    heading = "On {cite:t}`heinzig2004arduous, foot1991light`"
    built = project.write(f"# {heading}\n\n{LIST}").build("html")
    assert built.env.titles["index"].astext() == "On Heinzig (2004) and Foot (1991)"
    assert "On Heinzig (2004) and Foot (1991)" in built.soup().h1.text


def test_objects_for_inventories_and_language_servers(project):
    project.write(f"# T\n\n{CITE}\n\n{LIST}")
    built = project.build("html")
    objects = {row[0]: row[1:] for row in built.app.env.domains["cite"].get_objects()}
    assert objects["heinzig2004arduous"] == (
        "Heinzig 2004, The Soviet Union and Communist China",
        "citation",
        "index",
        "ref-heinzig2004arduous",
        -1,
    )
    assert objects["uncited1900work"][2:4] == ("index", "")
    assert (built.outdir / "objects.inv").is_file()


def test_cards_have_each_reference_and_escape_it(project):
    project.write(
        {"references.bib": '@book{k, title = {<script>alert("x")</script> & co}, date = {1950}}'}
    )
    project.write(f"# T\n\n{{cite:p}}`k{{1}}` {{cite:p}}`k{{2}}`\n\n{LIST}")
    built = project.build("html")
    shown = built.read("_static/cards-shown.js")
    assert shown.count('"ref-k":["Work"') == 1
    assert "<script>alert" not in shown + built.read()


@pytest.mark.slow
def test_the_stock_project_moves_by_one_line(project):
    project.write(
        {
            "conf.py": 'project = "T"\nextensions = ["sphinxcontrib.bibtex", "sphinx_annals.citations"]\n'
            'bibtex_bibfiles = ["references.bib"]\nbibtex_reference_style = "author_year"\n'
            'bibtex_default_style = "plain"\n'
        }
    )
    project.write(
        {
            "index.rst": "T\n=\n\n:cite:p:`heinzig2004arduous` :footcite:t:`foot1991light{p. 3}`\n\n"
            ".. footbibliography::\n\n.. bibliography:: references.bib\n   :all:\n"
        }
    )
    for builder in ("html", "latex", "text", "man"):
        assert project.build(builder).warnings == []
    assert "Foot[1]" in project.build("text").text("index.txt")


def test_notes_style(project):
    project.write(
        "# T\n\nOne {cite:p}`heinzig2004arduous{p. 3}`. Two {cite:p}`heinzig2004arduous"
        "{p. 5}`. {cite:t}`foot1991light` says.[^a]\n\n[^a]: Own, {cite:p}`foot1991light{p. 18}`.\n\n"
        + LIST
    )
    built = project.build("text", citations_style="notes")
    text = built.text("index.txt")
    assert "One.[1] Two.[2] Foot[3] says.[4]" in text
    assert (
        "[1] Dieter Heinzig, *The Soviet Union and Communist China* (Armonk: Sharpe, 2004), 3."
        in text
    )
    assert "[2] Heinzig, *The Soviet Union and Communist China*, 5." in text
    assert "[4] Own, Foot, “New Light,” 18." in text
    assert "Heinzig, Dieter. *The Soviet Union and Communist China*. Armonk: Sharpe, 2004." in text
    latex = project.build("latex", citations_style="notes").read("test.tex")
    assert latex.count("\\begin{footnote}") == 4


def test_a_note_opens_with_a_capital(project):
    project.write({"references.bib": BIB + "@letter{to, recipient={Mao, Zedong}, date={1950}}\n"})
    project.write(
        f"# T\n\nOne {{cite:p}}`to{{l. 2}}`. Own.[^a]\n\n[^a]: See {{cite:p}}`to`.\n\n{LIST}"
    )
    text = project.build("text", citations_style="notes").text("index.txt")
    assert "[1] Letter to Zedong Mao, 1950, l. 2." in text
    assert "[2] See letter to Zedong Mao, 1950." in text


def test_a_note_mark_follows_punctuation(project):
    cite = "{cite:p}`heinzig2004arduous`"
    project.write(
        f"# T\n\n{cite}, one {cite}; two *x* {cite}. “Three {cite}.” (four {cite}).{cite}\n\n{LIST}"
    )
    text = project.build("text", citations_style="notes").text("index.txt")
    assert ",[1] one;[2] two *x*.[3] “Three.”[4] (four[5]).[6]" in text
    text = project.write("# T\n\nSo {cite:t}`heinzig2004arduous`, it seems.\n\n" + LIST).build(
        "text", citations_style="notes"
    )
    assert "So Heinzig,[1] it seems." in text.text("index.txt")


def test_works_cited_at_one_place_share_a_note(project):
    one, other = "{cite:p}`foot1991light{p. 3}`", "{cite:p}`heinzig2004arduous`"
    project.write(
        f"# T\n\nThe end {one} {other}{one}. More {other}.[^a]\n\n[^a]: Own, {one} {other}.\n\n{LIST}"
    )
    text = project.build("text", citations_style="notes").text("index.txt")
    assert "The end.[1] More.[2] [3]" in text
    assert "1991): 3; Dieter Heinzig, *The Soviet Union" in text
    assert "[3] Own, Foot, “New Light,” 3; Heinzig, *The Soviet Union and Communist China*." in text


IN_PLACE = f"""# T {{cite:p}}`heinzig2004arduous{{p. 1}}`

```{{event}} X
:id: x
:date: 1950
:sources: heinzig2004arduous{{p. 2}} via foot1991light{{n. 8}}

Text.{{cite:p}}`heinzig2004arduous{{p. 9}}`
```

:::{{account}} heinzig2004arduous{{p. 3}}
:of: x
:property: date
:value: 1951
:::

| A |
|---|
| b{{cite:p}}`heinzig2004arduous{{p. 4}}` |

{LIST}"""


@pytest.mark.parametrize(
    "builder", ["html", "epub", "singlehtml", "text", "man", "texinfo", "latex", "typstpdf"]
)
def test_where_no_note_can_stand_its_short_form_does(project, builder):
    project.configure(
        "extensions[1:] = ['sphinx_annals']\nprimary_domain = 'annals'\nversion = '1'\n"
    )
    project.write(IN_PLACE)
    built = project.build(builder, citations_style="notes", epub_copyright="x", numfig=False)
    shown = built.print if builder == "typstpdf" else built.everything()
    shown = re.sub(r"<[^>]+>|[{}\\]|@(emph|w|ref)", "", shown)
    assert "Dieter Heinzig" in shown, "the one note"
    at_the_foot = builder in ("texinfo", "latex", "typstpdf")
    assert ("Notes" in shown) == (not at_the_foot)
    assert not (
        at_the_foot and ("hrule" in shown or "***" in shown.replace(" ", "") or "____" in shown)
    )
    if builder in ("html", "singlehtml", "text"):
        plain = shown.replace("*", "")
        title = "The Soviet Union and Communist China"
        assert f"T (Heinzig, {title}, 1)" in plain
        assert f"Heinzig, {title}, 2, cited in Foot, “New Light,” n. 8" in plain
        assert f"1951 Heinzig, {title}, 3" in plain or f"Heinzig, {title}, 3" in plain
        assert f"b (Heinzig, {title}, 4)" in plain


MOVED = f"""# T

```{{event}} X
:id: x
:date: 1950

Text.
```

:::{{account}} foot1991light{{p. 3}}
:of: x
:property: date
:value: 1951

Remark.{{cite:p}}`heinzig2004arduous{{p. 4}}`
:::

:::{{verdict}} date
:of: x
:prefers: 1950

Reasons.{{cite:p}}`heinzig2004arduous{{p. 9}}`
:::

{LIST}"""


@pytest.mark.parametrize("builder", ["html", "epub", "text", "latex", "man", "typstpdf"])
def test_the_first_note_that_one_reads_is_the_one_in_full(project, builder):
    project.configure(
        "extensions[1:] = ['sphinx_annals']\nprimary_domain = 'annals'\nversion = '1'\n"
    )
    built = project.write(MOVED).build(builder, citations_style="notes", epub_copyright="x")
    shown = built.print if builder == "typstpdf" else built.everything()
    shown = " ".join(re.sub(r"<[^>]+>|[{}*]|\\\w+|\\", " ", shown).split())
    full, later = shown.index("Sharpe"), re.search("(?<!Dieter )Heinzig,(?! Dieter)", shown)
    assert later and full < later.start()
    # the web has accounts above the verdict, paper below
    accounts_first = builder in ("html", "epub")
    assert (shown.index("Remark") < shown.index("Reasons")) == accounts_first


def test_an_unknown_work_that_another_was_read_in_is_one_warning(project):
    project.configure("extensions[1:] = ['sphinx_annals']\nprimary_domain = 'annals'\n")
    project.write(
        "# T\n\n```{event} X\n:id: x\n:date: 1950\n:sources: heinzig2004arduous{p. 2} via foot1991\n\n"
        "Text.\n```\n\n" + LIST
    ).build(
        "html",
        warnings=["index.md:3: WARNING: unknown key 'foot1991'; did you mean 'foot1991light'?"],
    )


def test_a_shorthand_stands_for_a_work_in_later_notes(project):
    bib = BIB.replace("location = {Armonk}", "shorthand = {Road}, location = {Armonk}")
    project.write({"references.bib": bib})
    project.write(
        "# T\n\nA.{cite:p}`heinzig2004arduous{p. 3}` B.{cite:p}`heinzig2004arduous{p. 4}`\n\n"
        + LIST
    )
    text = project.build("text", citations_style="notes").text("index.txt")
    assert (
        "[1] Dieter Heinzig, *The Soviet Union and Communist China* (Armonk: Sharpe, 2004), 3."
        in text
    )
    assert "[2] Road, 4." in text


VIA = "heinzig2004arduous{p. 3} via foot1991light{n. 8}"


def test_notes_at_second_hand_name_both_works(project):
    project.write(
        f"# T\n\nOne.{{cite:p}}`{VIA}, lawrance2015border{{p. 9}} via foot1991light{{n. 9}}`\n\n"
        f"Two.{{cite:p}}`{VIA}, foot1991light{{p. 17}}`\n\n" + LIST
    )
    text = project.build("text", citations_style="notes").text("index.txt")
    assert (
        "[1] Dieter Heinzig, *The Soviet Union and Communist China* (Armonk: Sharpe, 2004), 3, "
        "cited in Rosemary Foot, “New Light,” *Journal of Studies* 10, no. 3 (September 1991): "
        "n. 8; Alan Lawrance, *Border* (2015), 9, cited there, n. 9." in text
    )
    assert (
        "[2] Heinzig, *The Soviet Union and Communist China*, 3, cited in Foot, “New Light,” n. 8; "
        "Foot, “New Light,” 17." in text
    )


@pytest.mark.parametrize("style", ["author-date", "notes"])
def test_the_links_back_say_through_what_a_work_was_read(project, style):
    project.write(f"# T\n\n{{cite:p}}`{VIA}` {{cite:p}}`heinzig2004arduous{{p. 5}}`\n\n{LIST}")
    name = "Foot, “New Light”" if style == "notes" else "Foot 1991"
    for builder in ("html", "singlehtml", "epub", "text", "man"):
        built = project.build(builder, citations_style=style, epub_copyright="x", version="1")
        shown = re.sub(r"<[^>]+>", "", built.everything())
        for said in ("Cited in: T (5)", f"Cited via {name} in: T (3)", "Cited in: T (n. 8)"):
            assert said.replace(": ", ":").lower() in shown.replace(": ", ":").lower(), builder
    assert "Cited via Foot" in project.build("texinfo", citations_style=style).everything()
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    shown = project.build("typstpdf", citations_style=style).print
    assert f"Cited on p. 1 (5) Cited via {name} on p. 1 (3)" in shown
    latex = project.build("latex", citations_style=style).text("*.tex")
    assert "Cited on p.~" in latex and "Cited via Foot" in latex


GROUPS = [
    (":group: type", ["Books and chapters", "Articles"]),
    (":group: keywords", ["Further", "Other works"]),
    (":group: mine", ["Foot’s", "Other works"]),
    (":group: Old: year <= '1991'; New: True", ["Old", "New"]),
    (":group: Foot’s: author % 'foot'; type", ["Foot’s", "Books and chapters"]),
    (":group: None: False", []),
]


@pytest.mark.parametrize(("option", "headings"), GROUPS)
@pytest.mark.parametrize("kind", ["citation", "enumerated"])
def test_a_grouped_list_has_headings_and_loses_nothing(project, option, headings, kind):
    own = {"mine": {"Foot’s": "author % 'foot'"}}
    project.write(
        f"# T\n\n{CITE}\n\n## Works\n\n```{{bibliography}}\n:all:\n:list: {kind}\n{option}\n```\n"
    )
    built = project.build("html", citations_groups=own, suppress_warnings=["citations.unlisted"])
    soup = built.soup()
    assert [h.find(string=True) for h in soup.select("section section section > h3")] == headings
    assert len(soup.select("li.citation-entry")) == BIB.count("@")
    assert soup.find(id="bibliography-list-1")
    ids = [node["id"] for node in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    if kind == "enumerated":
        starts = [int(ol.get("start", 1)) for ol in soup.select("ol")]
        counts = [len(ol.select("li")) for ol in soup.select("ol")]
        assert starts == [1 + sum(counts[:n]) for n in range(len(counts))]


@pytest.mark.parametrize(
    ("builder", "name", "heading"),
    [
        ("latex", "test.tex", "\\section{Articles}"),
        ("text", "index.txt", "Articles\n--------"),
        ("man", "test.1", ".SS Articles"),
        ("texinfo", "test.texi", "@node Articles"),
        ("html", "index.html", "<h3>Articles<"),
    ],
)
def test_headings_of_groups_in_every_output(project, builder, name, heading):
    project.write(f"# T\n\n## Works\n\n{CITE}\n\n```{{bibliography}}\n:all:\n:group: type\n```\n")
    built = project.build(builder)
    assert heading in built.read(name)


def test_where_no_section_can_stand_a_group_has_a_rubric(project):
    project.write(
        f"# T\n\n{CITE}\n\n````{{note}}\n```{{bibliography}}\n:all:\n:group: type\n```\n````\n"
    )
    built = project.build("html")
    soup = built.soup()
    assert [p.find(string=True) for p in soup.select("p.rubric")] == [
        "Books and chapters",
        "Articles",
    ]


def test_headings_of_groups_are_bookmarks_of_the_pdf(project):
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    project.write(f"# T\n\n## Works\n\n{CITE}\n\n```{{bibliography}}\n:all:\n:group: type\n```\n")
    outline = repr(project.build("typstpdf").pdf.outline)
    assert "Books and chapters" in outline
    assert outline.index("Books and chapters") < outline.index("Articles")


RST = """T
=

:cite:p:`heinzig2004arduous{p. 3}` :cite:t:`foot1991light` :cite:p:`{see}heinzig2004arduous,foot1991light`
:cite:author:`foot1991light` :cite:year:`foot1991light`

.. bibliography::
"""
STOCK_STYLES = [
    ({}, "   :style: plain", "[2, p. 3] Foot [1] [see 2, 1] Foot 1991", ["[1]", "[2]", "[3]"]),
    ({}, "   :style: unsrt\n   :labelprefix: A", "[A1, p. 3] Foot [A2] [see A1, A2] Foot 1991",
     ["[A1]", "[A2]", "[A3]"]),
    ({}, "   :style: alpha", "[Hei04, p. 3] Foot [Foo91] [see Hei04, Foo91] Foot 1991",
     ["[Foo91]", "[Hei04]", "[Unc00]"]),
    ({"bibtex_default_style": "unsrt"}, "", "[1, p. 3] Foot [2] [see 1, 2] Foot 1991",
     ["[1]", "[2]", "[3]"]),
    ({"bibtex_default_style": "unsrt", "bibtex_reference_style": "author_year"}, "",
     "(Heinzig 2004, 3) Foot (1991) (see Heinzig 2004; Foot 1991) Foot 1991", ["[1]", "[2]", "[3]"]),
    ({"bibtex_default_style": "unsrt", "citations_style": "author-date"}, "",
     "(Heinzig 2004, 3) Foot (1991) (see Heinzig 2004; Foot 1991) Foot 1991", []),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "option", "text", "marks"), STOCK_STYLES)
def test_labels_of_pybtex_styles_stand_in_list_and_text(project, settings, option, text, marks):
    chosen = "   :filter: cited or keywords % 'further'"
    project.write({"index.rst": RST + chosen + ("\n" + option if option else "") + "\n"})
    built = project.build("html", **settings)
    soup = built.soup()
    assert text in " ".join(soup.select_one("section > p").get_text().split())
    assert sorted(s.get_text() for s in soup.select(".citation-label")) == marks
    links = soup.select("a.citation-link")
    assert links
    assert all(soup.select_one(a["href"]) for a in links)


@pytest.mark.parametrize("value", [["notes"], None, 3])
def test_a_setting_that_is_no_text_is_a_warning(project, value):
    project.write({"index.rst": RST})
    built = project.build("html", citations_style=value, warnings=["is not a text; 'author-date'"])
    assert "(Heinzig 2004, 3)" in built.soup().get_text()


def test_a_style_of_pybtex_says_what_a_report_is_in_words(project):
    report = "@techreport{r, title={R}, author={T, R}, institution={RAND}, number={1}, year={1960}}"
    page = "T\n=\n\n.. bibliography::\n   :all:\n   :style: plain\n"
    built = project.write({"references.bib": report, "index.rst": page}).build("text")
    assert "Technical report 1, RAND" in built.text("index.txt")


def test_styles_registered_in_conf_are_known(project):
    project.write(
        {
            "conf.py": """\
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
import sphinxcontrib.bibtex.plugin
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

class Labels(BaseLabelStyle):
    def format_labels(self, entries):
        for entry in entries:
            yield "L-" + entry.key

class Mine(Style):
    default_label_style = Labels

register_plugin("pybtex.style.formatting", "mine", Mine)
sphinxcontrib.bibtex.plugin.register_plugin(
    "sphinxcontrib.bibtex.style.referencing", "my_year", AuthorYearReferenceStyle)
extensions = ["sphinxcontrib.bibtex", "sphinx_annals.citations"]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "mine"
"""
        }
    )
    project.write({"index.rst": "T\n=\n\n:cite:p:`foot1991light`\n\n.. bibliography::\n"})
    built = project.build("text")
    assert built.text("index.txt").count("[L-foot1991light]") == 2
    built = project.build("text", bibtex_reference_style="my_year")
    assert "(Foot 1991)" in built.text("index.txt")


def test_uses_are_read_once_from_the_document_as_it_is_kept(project):
    project.write(
        "# Title\n\n## As {cite:t}`foot1991light` has it\n\n"
        "{cite:t}`foot1991light` and {footcite:t}`heinzig2004arduous{3}`.\n\n```{bibliography}\n```\n"
    )
    env = project.build("text").env
    uses = env.domains["cite"].uses["index"]
    assert [(use.targets[0].key, use.foot) for use in uses] == [
        ("foot1991light", False),
        ("foot1991light", False),
        ("heinzig2004arduous", True),
    ]
    assert {use.section for use in uses} == {"as-has-it"}
    kept = env.get_doctree("index")
    assert not [node for node in kept.findall(nodes.Element) if "use" in node]
    assert {use.id for use in uses} <= {
        id for node in kept.findall(nodes.Element) for id in node["ids"]
    }


ONE_OF_TWO = f"""# Chapter TITLE

Text {{cite}}`heinzig2004arduous{{p. 3}}`.[^1] And {{ref}}`place-OTHER`.

[^1]: Own note {{cite}}`foot1991light`.

(place-TITLE)=

## Literature

{LIST}
"""


def test_one_page_has_one_id_for_each_thing(project):
    files = {"index.md": "# Book\n\n```{toctree}\none\ntwo\n```\n"}
    for title, other in (("one", "two"), ("two", "one")):
        files[f"{title}.md"] = ONE_OF_TWO.replace("TITLE", title).replace("OTHER", other)
    project.write(files)
    body = project.build("singlehtml", citations_style="notes").soup().select_one("div.body")
    ids = [node["id"] for node in body.select("[id]")]
    # sections keep the ids that Sphinx numbers them by
    assert {name for name in ids if ids.count(name) > 1} == {"literature"}
    links = [link["href"] for link in body.select("a[href^='#']")]
    assert not {link[1:] for link in links} - set(ids)
    assert "#two-literature" in links or "#place-two" in links
    assert body.select_one("#two-citation-1")["href"] == "#two-citation-note-1"


def test_citations_look_alike_however_their_html_is_made(project):
    cited = (
        "p}`{see} heinzig2004arduous{p. 3}, foot1991light{n. 2}`",
        "t}`heinzig2004arduous, foot1991light`",
        "p}`nobody{p. 3 & 4}`",
        "yearpar}`heinzig2004arduous`",
        "empty}`heinzig2004arduous`",
    )
    text = "\n\n".join(f"{{cite:{one}" for one in cited)
    project.write(f"# {{cite:t}}`foot1991light`\n\n{text}\n\n{LIST}")

    def shown(builder: str) -> list[str]:
        soup = project.build(builder, warnings=["unknown key 'nobody'"]).soup()
        for link in soup.select(".citation-group a"):
            link["href"] = link["href"].rpartition("#")[2]
        return [str(group) for group in soup.select(".citation-group")]

    at_once = shown("html")
    assert len(at_once) == len(cited) + 1
    assert 'href="ref-heinzig2004arduous"' in at_once[1]
    assert at_once == shown("singlehtml")
