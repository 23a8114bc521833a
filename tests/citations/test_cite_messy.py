"""What reference managers leave in their exports: nothing is lost, nothing raises."""

from __future__ import annotations

import pytest
from harness import ROOTS
from sphinx_annals.citations.bib import assemble, decode, parse
from sphinx_annals.citations.entry import Entry, to_rich
from sphinx_annals.citations.formats import load, read
from sphinx_annals.citations.style import full_note, reference, short_note

ENTRY = "@book{good, author = {Heinzig, Dieter}, title = {Road}, year = 2004}\n"


@pytest.fixture(scope="module")
def export():
    return ROOTS / "test-citations-messy" / "export.bib"


def test_every_entry_of_a_messy_export_comes_out(export):
    library = load([export])
    starts = [
        line
        for line in export.read_text("utf-8").splitlines()
        if line.lower().startswith("@")
        and not line.lower().startswith(("@comment", "@preamble", "@string"))
    ]
    # one of them is a remark inside a field, one the same work again
    assert len(library.entries) == len(starts) - 2
    assert [(f.line, f.code) for f in library.findings] == [
        (34, "duplicate"),
        (36, "duplicate"),
        (41, "key"),
        (42, "key"),
        (47, "name"),
        (54, "syntax"),
        (58, "string"),
        (60, "syntax"),
    ]


SHOWN = {
    "zotero+bbt:2004/1": "Jersild, Austin, and Simone de Beauvoir. 2004. “The Sino-Soviet",
    "Müller:1998": "Müller, Jörg, Institut für Zeitgeschichte, et al. 1998. Der “große” Vertrag – 50",
    "Müller:1998-2": "Müller, Jörg. 1998. Another Work.",
    "Mendeley2018": "Shapiro, Lila. 2018. “History & Theory – now.”",
    "UPPER": "Juan de la Cruz. 1956–1957. “CO2 and the 18th Party Congress.” In Proc., 1–4, 7.",
    "cyr": "Иванov, P. 1951–1953. “Pravda & link.” PhD diss., MGU.",
    "kommentar": "With remarks. 1950.",
    "last-but-one": "http://x.y/a_b. http://x.y/%7Ea.",
    "child": "Child, A. 1970. Chapter. Edited by P. Parent.",
    "last": "毛泽东 and 胡耀邦. 19??",
}


@pytest.mark.parametrize("key", SHOWN)
def test_what_the_export_means_is_shown(export, key):
    assert SHOWN[key] in str(reference(load([export]).entries[key]))


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "latex", "text", "man", "texinfo", "typstpdf"])
def test_every_key_of_it_can_be_cited_in_every_output(project, export, builder):
    project.write({"references.bib": export.read_bytes()})
    keys = list(load([export]).entries)
    project.configure("extensions.append('sphinx_annals.pdf')\n")
    project.write(
        "# T\n\n"
        + "\n\n".join(
            f"{{cite:p}}`{key}{{p. 3}}` {{cite:t}}`{key}` {{footcite}}`{key}`" for key in keys
        )
        + "\n\n```{bibliography}\n:all:\n```\n"
    )
    built = project.build(builder, warnings=None)
    assert [line for line in built.warnings if "[citations.bibfile]" not in line] == []
    if builder == "html":
        soup = built.soup()
        assert len(soup.select("ul.citation-list > li")) == len(keys)
        ids = {item["id"] for item in soup.select("[id]")}
        links = {link["href"][1:] for link in soup.select("a.citation-link")}
        assert links
        assert links <= ids


def test_another_work_under_a_key_gets_a_key_of_its_own():
    text = ENTRY + ENTRY.replace("Road", "Another") + ENTRY.replace("Road", "Third") + ENTRY
    library = assemble([parse(text, "x.bib")])
    assert list(library.entries) == ["good", "good-2", "good-3"]
    assert [f.line for f in library.findings] == [2, 3, 4]
    assert "kept as 'good-2'" in library.findings[0].message
    assert "kept" not in library.findings[2].message


def test_strings_of_one_file_serve_in_the_next(tmp_path):
    (tmp_path / "strings.bib").write_text("@string{sup = {Stanford}}")
    (tmp_path / "works.bib").write_text("@book{k, title = {T}, publisher = sup}")
    first, second = read([tmp_path / "strings.bib", tmp_path / "works.bib"], "utf-8")
    assert first.findings == second.findings == ()
    assert second.entries[0].fields["publisher"] == "Stanford"


ENCODED = [
    (ENTRY.replace("Road", "Für").encode("utf-16"), []),
    (ENTRY.replace("Road", "Für").replace("\n", "\r\n").encode("utf-8-sig"), []),
    (ENTRY.replace("Road", "Für").replace("title", "\x00\x0ctitle").encode(), []),
    (ENTRY.replace("Road", "Für").encode("latin-1"), ["encoding"]),
    (b"% Encoding: windows-1251\n" + ENTRY.replace("Road", "Союз").encode("cp1251"), ["encoding"]),
    (b"% Encoding: no-such\n" + ENTRY.replace("Road", "Für").encode("latin-1"), ["encoding"]),
]


@pytest.mark.parametrize(("data", "codes"), ENCODED)
def test_every_encoding_is_read(data, codes):
    text, findings = decode(data, "x.bib")
    entry = parse(text).entries[0]
    assert [f.code for f in findings] == codes
    assert entry.key == "good"
    assert entry.fields["title"] in ("Für", "Союз")


TEX = [
    (r"DNA$_{\textrm{2}}$ and $^{18}$O", "DNA<sub>2</sub> and <sup>18</sup>O"),
    (r"US$ 5 and \$6", "US$ 5 and $6"),
    (r"a_b and A&B", "a_b and A&amp;B"),
    (r"History {\&}amp; Theory", "History &amp; Theory"),
    (r"a\&\#8211;b &lt;i&gt;c&lt;/i&gt;", "a–b <em>c</em>"),
    (r"{\UNIX} and {\MF}ware", "UNIX and MFware"),
    (r"{\cyrchar\CYRYA}{\cyrchar\cyrshch}", "Ящ"),
    (r"Westf\adddot", "Westf."),
    (r"\ensuremath{_{2}}", "<sub>2</sub>"),
    (r"M{\" u}ller, caf\' e", "Müller, café"),
    (
        r"\href{https://e.org/?a&b}{E}",
        '<a class="reference external" href="https://e.org/?a&amp;b">E</a>',
    ),
    (r"\href{javascript:x}{E}", "E"),
]


@pytest.mark.parametrize(("source", "html"), TEX)
def test_tex_and_html_of_exports(source, html):
    assert to_rich(source).html() == html


MONTHS = [
    ("10~January", "", "January 10, 1998"),
    ("März", "", "March 1998"),
    ("jan/feb", "", "January–February 1998"),
    ("Spring", "", "Spring 1998"),
    ("августа", "4", "August 4, 1998"),
    ("juillet", "", "July 1998"),
    ("12", "31", "December 31, 1998"),
    ("feb", "14--16", "February 1998"),
    ("feb", "14th", "February 14, 1998"),
    ("Sept.", "", "September 1998"),
    ("nonsense", "", ""),
    ("13", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("month", "day", "shown"), MONTHS)
def test_months_in_words_and_languages(month, day, shown):
    from sphinx_annals.citations.entry import day_text

    date = Entry("k", "misc", {"year": "1998", "month": month, "day": day}).date
    assert (day_text(date) if date and date.start and date.start.month else "") == shown


@pytest.mark.parametrize("key", ["x", "twice", "nokey-line-42", "o'neill&co"])
def test_notes_of_poor_entries(export, key):
    entry = Entry("x", "misc", {}) if key == "x" else load([export]).entries[key]
    assert str(full_note(entry, "p. 3")).endswith("3")
    assert str(short_note(entry))
