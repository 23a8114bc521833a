"""What `check` finds in a bibliography and in its use, and what it leaves alone."""

from __future__ import annotations

import pytest
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.checks import (
    NOTES,
    PROBLEMS,
    Bibliography,
    check,
    doi_problems,
    near,
    number_problems,
)
from sphinx_annals.citations.scan import Cite
from sphinx_annals.citations.style import forms
from sphinx_annals.text import page_ranges

SOUND = "author={Heinzig, Dieter}, title={The Soviet Union}, date={2004}, publisher={Sharpe}"


def findings(bib: str, *cited: tuple[str, str], over: str = "") -> list[tuple[str, str, int]]:
    """Check a text with citations given as key and locator; return code, key, line."""
    sources, overlays = [parse(bib, "a.bib")], [parse(over, "over.bib")] if over else []
    library = assemble(sources, overlays)
    uses = [
        Cite(key, 0, locator, n, path="one.md", real=getattr(library.get(key), "key", ""))
        for n, (key, locator) in enumerate(cited, 1)
    ]
    found_ = check(Bibliography(library, uses if cited else None))
    assert {f.code for f in found_} <= {*PROBLEMS, *NOTES}
    return [(f.code, f.key, f.line) for f in found_]


def test_a_sound_bibliography_has_no_findings() -> None:
    assert findings(f"@book{{a, {SOUND}, isbn={{978-0-8047-2521-7}}}}", ("a", "p. 3")) == []


@pytest.mark.parametrize("body", ["Ministry of Trade, Moscow", "Smith, Jones and Company", "TASS"])
def test_a_body_in_braces_is_no_person(body: str) -> None:
    assert not findings(
        f"@book{{a, author={{{{{body}}}}}, title={{T}}, publisher={{P}}, date=1950}}"
    )


@pytest.mark.parametrize(
    ("bib", "code"),
    [
        ("@article{a, author={A, B}, title={T}, date={1950}, volume={3}}", "missing"),
        ("@incollection{a, author={A, B}, title={T}, date={1950}, publisher={P}}", "missing"),
        ("@thesis{a, author={A, B}, title={T}, date={1950}}", "missing"),
        ("@book{a, author={A, B}, date={1950}, publisher={P}}", "missing"),
        ("@book{a, title={T}, date={1950}, publisher={P}}", "expected"),
        ("@book{a, author={A, B}, title={T}, date={1950}}", "expected"),
        ("@online{a, author={A, B}, title={T}, date={1950}}", "expected"),
        ("@book{a, author={A, B}, title={T}, publisher={P}}", "undated"),
        ("@book{a, author={{Austin, Claire C}}, title={T}, publisher={P}, date={1950}}", "braces"),
        ("@book{a, author={A, B}, title={T}, publisher={P}, date={14 Feb 1950}}", "date"),
        (
            "@online{a, author={A, B}, title={T}, url={http://x.org}, date={1950}, urldate={2020-13-01}}",
            "date",
        ),
        ("@book{a, author={A, B}, title={T}, publisher={P}, date={2001-02-30}}", "date"),
        (f"@book{{a, {SOUND}, isbn={{978-0-8047-2521-8}}}}", "isbn"),
        (f"@book{{a, {SOUND}, issn={{0002-7163}}}}", "issn"),
        (f"@book{{a, {SOUND}, doi={{www.example.org}}}}", "doi"),
        (f"@bock{{a, {SOUND}}}", "type"),
        (f"@book{{a, {SOUND}, year=unknown}}", "string"),
        (f"@book{{a, {SOUND}, title={{Other}}}}", "field"),
        (f"@book{{a, {SOUND}, editor={{A, B, C, D}}}}", "name"),
        (f"@book{{a, {SOUND}, crossref={{none}}}}", "crossref"),
        (
            "@article{a, author={A, B}, title={T}, journal={J}, date={1950}, volume={1},\n pages={30--12}}",
            "pages",
        ),
    ],
)
def test_one_finding(bib: str, code: str) -> None:
    assert {(found, key) for found, key, _ in findings(bib)} == {(code, "a")}


@pytest.mark.parametrize(
    "bib",
    [
        "@misc{a, howpublished={Paper}, date={1950}}",
        "@letter{a, author={A, B}, recipient={C, D}, date={1950}}",
        "@book{a, author={A, B}, title={T}, publisher={P}, pubstate={forthcoming}}",
        "@set{a, entryset={b}} @xdata{x} @misc{b, howpublished={Paper}, date={1950}}",
        "@book{a, author={A, B}, title={T}, publisher={P}, year={n.d.}}",
        "@book{a, author={A, B}, title={T}, publisher={P}, date={1949-10/1950~}}",
        "@book{a, organization={NATO}, editor={E, F}, title={T}, date={1950}}",
        "@online{a, organization={NATO}, title={T}, date={1950}, url={http://x.org}}",
        (
            "@incollection{a, author={A, B}, title={T}, crossref={b}, date={1950}}\n"
            "@collection{b, editor={C, D}, title={B}, publisher={P}, date={1950}, isbn={9780804725217}}"
        ),
    ],
)
def test_what_is_in_order(bib: str) -> None:
    assert findings(bib) == []


@pytest.mark.parametrize(
    "bib",
    [
        "@book{a}",
        "@misc{a, }",
        "@letter{a, date={1950}}",
        "@article{a, author={}, title={}}",
        "@misc{a, author={{{}} and {}}, title={{}}}",
        "@online{a, url={https://example.org}}",
    ],
)
def test_an_entry_without_anything_is_one_finding(bib: str) -> None:
    assert findings(bib) == [("empty", "a", 1)]
    library = assemble([parse(bib, "a.bib")])
    assert ["give its title" in f.message for f in library.findings] == [True]
    shown = forms(library.entries["a"])
    assert all("untitled" in text.lower() for text in shown.values()), shown


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("xyz. 3", ["is no known kind of locator; it is printed as written"]),
        ("p. 3; chp. 3", ["did you mean “chap.”?"]),
        ("fols 3", ["did you mean “fols.”?"]),
        ("reel 3, sec. 2; vol. 2, p. 5", []),
        ("pp. 3 and 5, xi; S. 4; art. IV", []),
    ],
)
def test_a_word_before_a_number_that_is_none_of_those_known(locator: str, said: list[str]) -> None:
    library = assemble([parse(f"@book{{a, {SOUND}}}", "a.bib")])
    found = check(Bibliography(library, [Cite("a", locator=locator, real="a")]))
    assert [text in f.message for f, text in zip(found, said, strict=True)] == [True] * len(said)


def test_a_finding_stands_at_its_field() -> None:
    bib = f"@book{{a, {SOUND},\n  isbn = {{1}},\n  doi = {{x}}}}"
    assert findings(bib) == [("isbn", "a", 2), ("doi", "a", 3)]


def test_dependence_on_nothing_and_on_itself() -> None:
    bib = """\
@misc{older, title={A}, date={1950},
  derivesfrom = {oldest, newer}}
@misc{newer, title={B}, date={1951},
  derives-from = {older, oldr, newest}}
@misc{oldest, title={C}, date={1949}, derivesfrom={Oldest}}
@misc{last, title={D}, date={1952}, derivesfrom={older; newer}}
"""
    library = assemble([parse(bib, "a.bib")])
    back = "the derivesfrom leads back to this work: {}; leave one of them out"
    assert {f.code for f in library.findings} == {"crossref"}
    assert [(f.line, f.message) for f in library.findings] == [
        (2, back.format("older → newer → older")),
        (4, "the derivesfrom 'oldr' is no entry; did you mean 'older'?"),
        (4, "the derivesfrom 'newest' is no entry; did you mean 'newer'?"),
        (5, back.format("oldest → oldest")),
        (6, "the derivesfrom 'older; newer' is no entry; write keys separated by commas"),
    ]


def test_an_overlay_mends() -> None:
    bib = f"@book{{a, {SOUND}, isbn={{1}}}}"
    assert findings(bib, over="@overlay{a, isbn={9780804725217}}") == []
    assert findings(bib, over="@overlay{a, isbn={}}") == []


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        ("doi={10.1000/AB}", "title={Else}, doi={https://doi.org/10.1000/ab}", {"duplicate"}),
        ("", "", {"duplicate"}),
        ("", "title={the SOVIÉT union}", {"duplicate"}),
        ("", "date={2015}", set()),
        ("", "related={a}", set()),
        ("volume={1}", "volume={2}", set()),
        ("", "author={Ballis, William}", set()),
        ("title={Preface}", "title={Preface}, author={Heinzig, D.}", {"duplicate", "spelling"}),
    ],
)
def test_duplicates(one: str, other: str, codes: set[str]) -> None:
    def entry(key: str, fields: str) -> str:
        given = {part.partition("=")[0].strip() for part in fields.split(", ")}
        rest = [
            f
            for f in (
                "author={Heinzig, Dieter}",
                "title={The Soviet Union}",
                "date={2004}",
                "publisher={P}",
            )
            if f.partition("=")[0] not in given
        ]
        return f"@book{{{key}, {', '.join([*rest, fields])}}}"

    found = findings(entry("a", one) + "\n" + entry("b", other))
    assert {code for code, _, _ in found} == codes
    assert {key for _, key, _ in found} <= {"b"}


ARTICLE = (
    "@article{a, author={A, B}, title={T}, journal={J}, date={1950}, volume={1}, pages={167--76}}"
)


@pytest.mark.parametrize(("locator", "wrong"), [
    ("p. 167", False), ("pp. 170–76", False), ("pp. 168--170, 176", False), ("176", False),
    ("ch. 3", False), ("n. 200", False), ("", False), ("p. 170 ff.", False), ("p. xii", False),
    ("p. 12", True), ("pp. 170–180", True), ("pp. 176–170", True), ("p. 177", True),
])  # fmt: skip
def test_locators(locator: str, wrong: bool) -> None:
    assert findings(ARTICLE, ("a", locator)) == [("locator", "a", 1)] * wrong


def test_a_book_has_as_many_pages_as_it_says() -> None:
    book = f"@book{{a, {SOUND}, pagetotal={{400}}, pages={{1--20}}}}"
    assert findings(book, ("a", "p. 364"), ("a", "p. 401")) == [("locator", "a", 2)]
    assert findings(f"@book{{a, {SOUND}}}", ("a", "p. 9999")) == []
    for locator in ("S. 401", "с. 401", "Art. 5, S. 401", "401页"):
        assert findings(book, ("a", locator)) == [("locator", "a", 1)], locator


@pytest.mark.parametrize(("text", "ranges"), [
    ("12", [(12, 12)]), ("pp. 12–15, 20", [(12, 15), (20, 20)]), ("167--76", [(167, 176)]),
    ("1234-6", [(1234, 1236)]), ("20–3", [(20, 23)]), ("99–9", [(99, 99)]), ("176–167", [(176, 167)]),
    ("12 and 15", [(12, 12), (15, 15)]), ("12f.", [(12, 12)]), ("e123", []), ("xii–xv", []),
    ("ch. 3", []), ("", []), ("p. 3, n. 4", []), ("S. 400", [(400, 400)]), ("с. 400–402", [(400, 402)]),
    ("Стр. 5 и 7", [(5, 5), (7, 7)]), ("第400页", [(400, 400)]), ("s. 5", []),
])  # fmt: skip
def test_page_ranges(text: str, ranges: list[tuple[int, int]]) -> None:
    assert page_ranges(text) == ranges


def test_what_is_cited_and_what_is_not() -> None:
    bib = (
        f"@book{{a, {SOUND}, ids={{old}}}}\n@book{{b, {SOUND.replace('Soviet', 'Other')}}}\n"
        "@incollection{c, author={A, B}, title={T}, crossref={d}}\n"
        "@collection{d, editor={C, D}, title={D}, publisher={P}, date={1950}}"
    )
    found = findings(bib, ("old", ""), ("c", ""), ("aa", ""))
    assert found == [("uncited", "b", 2), ("unknown", "aa", 3)]
    uncited = [key for code, key, _ in findings(bib, ("a", "")) if code == "uncited"]
    assert uncited == ["b", "c", "d"]


@pytest.mark.parametrize(("number", "problems"), [
    ("978-0-8047-2521-7", 0), ("0-8047-2521-7", 0), ("080442957X", 0), ("978‑0‑8047‑2521‑7", 0),
    ("978-0-8047-2521-7 (cloth); 0804425214 (paper)", 1), ("ISBN-13: 9780804725217", 0),
    ("9780804725217 9780804725217", 0), ("978 0 8047 2521 7", 0), ("", 0),
    ("978-0-8047-2521-8", 1), ("1234567890123", 1), ("12345", 1), ("x", 1), ("97808047252X7", 1),
])  # fmt: skip
def test_isbn(number: str, problems: int) -> None:
    assert len(list(number_problems("ISBN", number))) == problems


@pytest.mark.parametrize(
    ("number", "problems"),
    [
        ("0002-7162", 0),
        ("00027162", 0),
        ("2434-561X", 0),
        ("0002-7162, 1552-3349", 0),
        ("", 0),
        ("eISSN 1552-3349", 0),
        ("0002-7163", 1),
        ("002-7162", 1),
        ("0002-7162-1", 1),
    ],
)
def test_issn(number: str, problems: int) -> None:
    assert len(list(number_problems("ISSN", number))) == problems


@pytest.mark.parametrize(
    ("doi", "problems"),
    [
        ("10.4324/9781315698984", 0),
        ("https://doi.org/10.1162/152039704773254768", 0),
        ("doi:10.1000/a(b)c<d>", 0),
        (r"10.1000/a\_b", 0),
        ("10.1000.10/123", 0),
        ("", 0),
        ("10.1/x", 1),
        ("doi.org", 1),
        ("10.1000/a b", 1),
        ("10.1000/ab.", 1),
        ("10.1000/a–b", 1),
    ],
)
def test_doi(doi: str, problems: int) -> None:
    assert len(list(doi_problems(doi))) == problems


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Zubok, Vladislav", "Zubok, Vladislav", 0),
        ("Zubok, Vladislav", "Zubok, Vladislav M.", 1),
        ("Zubok, V. M.", "Zubok, Vladislav", 1),
        ("Zubok, V.", "Zubok, Alexander", 0),
        ("Shen, Zhihua", "Shen, Zhiua", 1),
        ("Shen, Zhihua", "Shen, Zhihui", 0),
        ("Shen, Zhihua", "Zhihua, Shen", 1),
        ("Shen, Zhihua", "Shen, Zhi-hua", 1),
        ("Shen, Zhihua", "Shēn, Zhìhuá", 1),
        ("Heinzig, Dieter", "Heintzig, Dieter", 1),
        ("Heinzig, Dieter", "Heinzgi, Dieter", 1),
        ("Heinzig, Dieter", "Heinrig, Dieter", 1),
        ("Heinzig, Dieter", "Heinrich, Dieter", 0),
        ("Li, Na", "Lu, Na", 0),
        ("{Zubok Press}", "{Zubok, the Press}", 0),
    ],
)
def test_names_spelled_differently(one: str, other: str, found: int) -> None:
    bib = "".join(
        f"@book{{{key}, author={{{name}}}, title={{{key}}}, date={{1950}}, publisher={{P}}}}\n"
        for key, name in (("a", one), ("b", other))
    )
    assert findings(bib) == [("spelling", "b", 2)] * found


def test_an_initial_that_fits_two_people_tells_nothing() -> None:
    names = ("Wang, Jing", "Wang, Jian", "Wang, J.")
    bib = "".join(
        f"@book{{k{n}, author={{{name}}}, title={{T{n}}}, date={{1950}}, publisher={{P}}}}\n"
        for n, name in enumerate(names)
    )
    assert findings(bib) == []


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("abcde", "abcde", False),
        ("abcde", "abde", True),
        ("abcde", "abccde", True),
        ("abcde", "abdce", True),
        ("abcde", "abxde", True),
        ("abcde", "axxde", False),
        ("abcde", "abcdefg", False),
        ("abcde", "abcdx", True),
        ("abcde", "xabcde", True),
    ],
)
def test_near(one: str, other: str, close: bool) -> None:
    assert near(one, other) is close
    assert near(other, one) is close


def test_nothing_is_too_broken_to_check() -> None:
    for bib in ("", "@", "@book", "@book{", "@book{a", "@book{a, title={x", "@{}", "@book{a,,,=,}"):
        findings(bib, ("a", "p. 1"))


@pytest.mark.slow
def test_a_large_bibliography_is_checked_in_proportion() -> None:
    bib = "".join(
        f"@article{{k{n}, author={{Name{n % 900}, Given{n % 700}}}, title={{Title number {n}}},"
        f" journal={{J}}, volume={{1}}, date={{{1900 + n % 100}}}, pages={{1--9}}}}\n"
        for n in range(3000)
    )
    assert not [f for f in findings(bib) if f[0] not in NOTES]


def test_a_library_is_not_compared_with_itself(monkeypatch):
    """Names that share a common given name, or a common surname, are not all compared."""
    compared = []
    likeness = "sphinx_annals.citations.checks.namecheck._likeness"
    monkeypatch.setattr(likeness, lambda *pair: compared.append(pair) or "")
    letters = "bcdfghjklmnprstvwz"
    words = [f"{a}a{b}e{c}o" for a in letters for b in letters for c in letters[:6]]
    names = [f"{word}man, Anna" for word in words] + [f"Wang, {word}" for word in words]
    source = "\n".join(f"@book{{k{n}, author = {{{name}}}}}" for n, name in enumerate(names))
    found = check(Bibliography(assemble([parse(source)])))
    assert "spelling" not in {finding.code for finding in found}
    assert len(names) < len(compared) < 40 * len(names), "of seven million pairs"
