"""Any CSL style: which is meant, what Typst makes of it, what a book in it looks like."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness import LIST
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.cli import main
from sphinx_annals.citations.style.csl import NAMES, SheetError, find, forms

pytestmark = pytest.mark.slow  # whole builds, each of them

CSL = 'xmlns="http://purl.org/net/xbiblio/csl" version="1.0"'
LAYOUT = '<layout prefix="(" suffix=")" delimiter="; ">{}</layout>'
YEAR = '<date variable="issued" form="text" date-parts="year"/>'
PLACE = '<text variable="locator" prefix=" "/>'
LABEL = '<label variable="locator" form="short"/>'


def style(citation: str, *, macros: str = "", kind: str = "in-text") -> str:
    names = '<names variable="author"><label prefix=", "/></names> '
    return (
        f'<style {CSL} class="{kind}"><info><title>T</title><id>t</id>'
        f"<updated>2026-01-01T00:00:00+00:00</updated></info>{macros}"
        f"<citation>{LAYOUT.format(names + YEAR + citation)}</citation>"
        f'<bibliography><layout suffix=".">{names}<text variable="title" prefix=" "/></layout>'
        "</bibliography></style>"
    )


@pytest.mark.parametrize(
    ("name", "notes", "labels"),
    [
        ("apa", False, True),
        ("mla", False, False),
        ("chicago-notes", True, False),
        ("vancouver", False, True),
        ("deutsche-gesellschaft-für-psychologie", False, True),
    ],
)
def test_what_is_known_of_a_style(name, notes, labels):
    sheet = find(name, Path())
    assert (sheet.notes, sheet.page_labels) == (notes, labels)
    assert name in NAMES


LABELS = [
    (LABEL + PLACE, True),
    (PLACE, False),
    ("", True),  # it shows no locator: one that is added says what it is
    (f'<choose><if locator="page">{PLACE}</if><else>{LABEL}{PLACE}</else></choose>', False),
    (f'<choose><if locator="page" match="none">{LABEL}</if></choose>{PLACE}', False),
    (f'<choose><if locator="chapter">{PLACE}</if><else>{LABEL}{PLACE}</else></choose>', True),
    ('<text macro="place"/>', True),
]


@pytest.mark.parametrize(("citation", "labelled"), LABELS)
def test_a_style_says_whether_a_page_has_its_label(tmp_path, citation, labelled):
    macros = f'<macro name="place">{LABEL}{PLACE}</macro>'
    (tmp_path / "s.csl").write_text(style(citation, macros=macros))
    assert find("s.csl", tmp_path).page_labels is labelled


PARENT = '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/>'
BAD = [
    ("aap", None, "did you mean 'apa'?"),
    ("author-dates", None, "did you mean 'author-date'?"),
    ("sytle.csl", None, "did you mean 'style.csl'?"),
    ("style.csl", "<style", "is no XML: "),
    ("style.csl", "<?xml version='1.0' encoding='none'?><style/>", "is no XML: "),
    ("style.csl", "<?xml version='1.0' encoding='gbk'?><style/>", "is no XML: "),
    ("style.csl", "<html/>", "is no CSL style: its root is no <style>"),
    ("style.csl", f"<style {CSL}><info>{PARENT}</info></style>", "only refers to 'apa'; name that"),
]


@pytest.mark.parametrize(("name", "source", "said"), BAD)
def test_what_is_no_style_says_what_is(tmp_path, name, source, said):
    (tmp_path / "style.csl").write_text(source or style(""))
    with pytest.raises(SheetError, match=re.escape(said)):
        find(name, tmp_path, ("author-date", "notes"))


BODY = """
One {cite:p}`heinzig2004arduous{p. 364}`. Two {cite:p}`{see}heinzig2004arduous{pp. 3--4},{also}foot1991light`,
three {cite:t}`foot1991light{ch. 2}` and {cite:t}`heinzig2004arduous`, {cite:alp}`foot1991light`,
{cite:author}`foot1991light` of {cite:yearpar}`foot1991light`; {cite:p}`foot1991light,heinzig2004arduous`.
Read in {cite:p}`heinzig2004arduous{p. 3} via foot1991light{n. 4}`. A note.{footcite}`foot1991light{12}`
"""
SHOWN = {
    "apa": [
        (
            "One (Heinzig, 2004, p. 364). Two (see Heinzig, 2004, pp. 3–4; also Foot, 1991), three "
            "Foot (1991, ch. 2) and Heinzig (2004), Foot, 1991, Foot of (1991); (Foot, 1991; Heinzig, "
            "2004). Read in (Heinzig, 2004, p. 3, cited in Foot, 1991, n. 4). A note.[1]"
        ),
        "[1] Foot, 1991, p. 12.",
        "Foot, R. (1991). ",
    ],
    "mla": [
        (
            "One (Heinzig 364). Two (see Heinzig 3–4; also Foot), three Foot (ch. 2) and Heinzig, "
            "Foot, Foot of (1991); (Foot; Heinzig)."
        ),
        "Read in (Heinzig 3, cited in Foot, n. 4).",
    ],
    "vancouver": [
        (
            "One (1, p. 364). Two (see 1, pp. 3–4; also 2), three Foot (2, ch. 2) and Heinzig (1), 2, "
            "Foot of (1991); (1,2). Read in (1, p. 3, cited in 2, n. 4)."
        ),
        "1. Heinzig D. The Soviet Union",
        "2. Foot R. New Light",
    ],
    "chicago-notes": [
        "One.[1] Two,[2] three Foot[3] and Heinzig,[4]",
        "[1] Dieter Heinzig, *The Soviet Union and Communist China",
        "364. [2] See Heinzig, *The Soviet Union and Communist China*, 3–4; also Rosemary Foot, “New",
        "[3] Foot, “New Light,” ch. 2.",
    ],
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_book_in_a_style(page, name):
    built = page(BODY, citations_style=name)
    shown = " ".join(built.read("index.txt").split())
    for expected in SHOWN[name]:
        assert expected in shown


def test_each_work_links_to_its_entry_in_the_order_of_the_style(page):
    built = page(BODY, "html", citations_style="vancouver")
    soup = built.soup()
    first = soup.select_one(".citation-group a")
    assert (first.get_text(), first["href"]) == (
        "1, p.\N{NO-BREAK SPACE}364",
        "#ref-heinzig2004arduous",
    )
    listed = [item["id"] for item in soup.select("ul.citation-list > li")]
    assert listed == ["ref-heinzig2004arduous", "ref-foot1991light"]


def test_a_style_of_ones_own_and_what_changes_with_it(project):
    project.write({"index.md": f"# T\n\nOne {{cite:p}}`foot1991light{{p. 3}}`.\n\n{LIST}"})
    project.write({"own.csl": style(PLACE)})
    said = {"citations_style": "own.csl"}
    assert "One (Rosemary Foot1991 3)." in project.build("text", **said).read("index.txt")
    # a setting is not changed with the file, yet what is shown follows
    project.write({"own.csl": style(PLACE, kind="note")})
    assert re.search(r"One\.\[1\]", project.build("text", **said).read("index.txt"))


def test_numbers_follow_when_another_page_cites_first(project):
    project.write({"index.md": "# T\n\n```{toctree}\na\nb\n```\n\n" + LIST, "a.md": "# A\n\nNone."})
    project.write({"b.md": "# B\n\nOne {cite:p}`foot1991light`."})
    said = {"citations_style": "ieee"}
    assert "One [1]." in project.build("text", **said).read("b.txt")
    project.write({"a.md": "# A\n\nTwo {cite:p}`heinzig2004arduous`."})
    assert "One [2]." in project.build("text", **said).read("b.txt")


def test_brackets_of_a_number_stay_with_it_behind_words_and_at_second_hand(project):
    text = """# T

One {cite:p}`{see}foot1991light, heinzig2004arduous{sec. 2}`.
Two {cite:p}`foot1991light, {also}heinzig2004arduous`.
Three {cite:p}`foot1991light{p. 3} via heinzig2004arduous{n. 3}`.

"""
    project.write(text + LIST)
    said = " ".join(project.build("text", citations_style="ieee").read("index.txt").split())
    assert "One see [1]; [2, sec. 2]. Two [1]; also [2]." in said
    assert "Three [1, p. 3], cited in [2, n. 3]." in said
    said = " ".join(project.build("text", citations_style="vancouver").read("index.txt").split())
    assert "One (see 1; 2, sec. 2). Two (1; also 2)." in said
    assert "Three (1, p. 3, cited in 2, n. 3)." in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("aap", "did you mean 'apa'"),
        ("no.csl", "'no.csl' cannot be read"),
        (3, "3 is not a text; 'author-date' is taken"),
    ],
)
def test_a_style_that_is_none_is_one_warning_and_the_default(project, value, said):
    project.write(f"# T\n\nOne {{cite:p}}`foot1991light{{p. 3}}`.\n\n{LIST}")
    built = project.build("text", warnings=[said], citations_style=value)
    assert "One (Foot 1991, 3)." in built.read("index.txt")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (None, ["list: Foot, Rosemary. 1991.", "text: (Foot 1991, 3)"]),
        ("notes", ["note: Rosemary Foot, “New Light", "later: Foot, “New Light,” 3."]),
        ("apa", ["list: Foot, R. (1991).", "text: (Foot, 1991, p. 3)"]),
        ("vancouver", ["list: 1. Foot R. New Light", "text: (1, p. 3)"]),
        ("mlaa", ["did you mean"]),
    ],
)
def test_works_are_formatted_on_the_command_line(project, capsys, style, said):
    project.write("")
    chosen = ["--style", style] if style else []
    where = ["--project", str(project.root)]
    code = main(["format", "foot1991light", "--locator", "p. 3", *chosen, *where])
    printed = capsys.readouterr()
    assert code == (2 if "did you mean" in said else 0)
    assert all(part in printed.out + printed.err for part in said)


MARKED = r"title={A \emph{Great} Game, „Nein“, “NATO” and {``cold''} War}, date={1966}"
PAPER = "title={Talk}, publisher={P}, location={L}, date={1966}"


@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        (
            f"@book{{k, author={{Doe, Jane}}, {MARKED}}}",
            "apa",
            "A Great Game, „Nein“, “NATO” and “cold” War",
        ),
        (
            f"@article{{k, author={{Doe, Jane}}, {MARKED}, journaltitle={{J}}}}",
            "mla",
            "“A Great Game, ‘Nein’, ‘NATO’ and ‘cold’ War.”",
        ),
        ("@online{k, author={Doe, Jane}, title={P}, date={1966}}", "apa", "Doe, J. (1966). P."),
        (
            f"@inproceedings{{k, author={{Doe, Jane}}, {PAPER}, booktitle={{Papers}}}}",
            "apa",
            "Doe, J. (1966). Talk. In Papers. P.",
        ),
        (
            f"@inproceedings{{k, author={{Doe, Jane}}, {PAPER}, eventtitle={{Congress}}}}",
            "chicago-notes",
            "Doe, Jane. “Talk.” In Congress. P, 1966.",
        ),
        (
            "@letter{k, author={Doe, Jane}, recipient={Roe, Ann}, date={1966}}",
            "chicago-notes",
            "Doe, Jane. Letter to Ann Roe. 1966.",
        ),
    ],
)
def test_references_keep_capitals_marks_and_places(source, name, said):
    entries = assemble([parse(source)]).entries
    assert said in forms(find(name, Path(), ()), entries, "")["k"]["list"]


ITEMS = """[
  {"id": "zotero/1", "citation-key": "foot", "type": "article-journal", "title": "New Light",
   "author": [{"family": "Foot", "given": "Rosemary"}], "issued": {"date-parts": [["1991", 9]]}},
  {"title": 3},
  7,
  {"id": "http://zotero.org/users/1/items/A", "type": "book", "title": "Without a Key"}
]"""


@pytest.mark.parametrize("wrapped", ["%s", '{"config": {"id": "x"}, "items": %s}'])
def test_csl_json_serves_as_a_file_of_works(project, wrapped):
    project.write({"index.md": f"# T\n\nOne {{cite:p}}`foot{{p. 3}}`.\n\n{LIST}"})
    project.write({"zotero.json": wrapped % ITEMS})
    said = ["zotero.json:5: WARNING: this is no CSL item", "zotero.json:6: WARNING: [nokey-line-6]"]
    built = project.build("text", warnings=None, bibtex_bibfiles=["zotero.json"])
    assert [part for part in said if any(part in line for line in built.warnings)] == said
    assert "One (Foot 1991, 3)." in built.read("index.txt")


def test_json_that_is_cut_off_gives_what_stands_before(project):
    project.write({"index.md": f"# T\n\nOne {{cite:p}}`foot`.\n\n{LIST}"})
    project.write({"zotero.json": ITEMS[:-90]})
    built = project.build("text", warnings=None, bibtex_bibfiles=["zotero.json"])
    assert any(
        "no JSON from here on" in line and "export it anew" in line for line in built.warnings
    )
    assert "One (Foot 1991)." in built.read("index.txt")


HARD = r"""
@online{a, title={No host}, url={http://}, date={2000}}
@book{b, title={No name}, author={{}}, date={2000}}
@book{c, title={Braces {\textbraceleft} and \$}, author={A, B}, date={170000002}}
@book{d, date={2000}}
@book{e, title={Many}, author={E, F}, volumes={99999999999999999999}}
@misc{f, note={A note alone}}
"""


@pytest.mark.parametrize("name", ["apa", "chicago-notes", "ieee"])
def test_what_cannot_be_read_of_a_work_costs_itself(project, name):
    cites = "".join(f"Of {{cite:p}}`{key}{{p. 3}}`.\n\n" for key in "abcdef")
    cites += "Of {cite:p}`{see}d{p. 3},{also}a` in {cite:year}`d`.\n\n"
    project.write({"index.md": f"# T\n\n{cites}{LIST}", "references.bib": HARD})
    built = project.build("text", warnings=None, citations_style=name)
    shown = built.read("index.txt").lower()
    for part in ("no host", "no name", "braces { and $", "many", "a note alone"):
        assert part in shown
    assert not any("\ue000" <= char <= "\uf8ff" for char in shown)


def test_a_style_that_cannot_be_set_is_one_warning_and_the_default(project):
    many = "Two {cite:p}`{see}heinzig2004arduous,{also}foot1991light`, {cite:t}`foot1991light`."
    one = "One {cite:p}`foot1991light{p. 3}`."
    project.write({"index.md": f"# T\n\n{one}\n\n{many}\n\n{LIST}"})
    project.write({"own.csl": f"<style {CSL} class='in-text'><citation/></style>"})
    said = ["'own.csl' cannot be used: failed to load CSL style"]
    built = project.build("text", warnings=said, citations_style="own.csl")
    assert "One (Foot 1991, 3)." in built.read("index.txt")
    assert "Two (see Heinzig 2004; also Foot 1991), Foot (1991)." in built.read("index.txt")


def test_a_style_without_a_list_leaves_that_to_the_house_or_to_its_notes(project):
    project.write({"index.md": f"# T\n\nOne {{cite:p}}`foot1991light{{p. 3}}`.\n\n{LIST}"})
    for kind, listed in (("in-text", "Foot, Rosemary. 1991. “New Light"), ("note", "Foot1991")):
        whole = style(PLACE, kind=kind)
        start, end = whole.index("<bibliography>"), whole.index("</style>")
        project.write({"own.csl": whole[:start] + whole[end:]})
        assert listed in project.build("text", citations_style="own.csl").read("index.txt")
