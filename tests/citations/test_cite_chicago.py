from __future__ import annotations

import re

import pytest
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.entry import Rich, Span
from sphinx_annals.citations.style import (
    LIMITS,
    Limits,
    Options,
    full_note,
    letters,
    namesakes,
    reference,
    short_names,
    short_note,
    sort_key,
    year_label,
)


def entry(source, *others):
    library = assemble([parse("\n".join([source, *others]))])
    assert {finding.code for finding in library.findings} <= {"empty"}
    return next(iter(library.entries.values()))


def marked(text):
    return "".join(f"*{s.text}*" if s.italic else s.text for s in text)


BOOK = "@book{k, author={Heinzig, Dieter}, title={The Soviet Union}, location={Armonk}, publisher={Sharpe}, date={2004}"
ARTICLE = (
    "@article{k, author={Foot, Rosemary}, title={New Light}, journaltitle={Journal}, date={1991-09}"
)

REFERENCES = [
    (BOOK + "}", "Heinzig, Dieter. 2004. *The Soviet Union*. Armonk: Sharpe."),
    (BOOK + ", subtitle={A Road}}", "Heinzig, Dieter. 2004. *The Soviet Union: A Road*. Armonk: Sharpe."),
    (BOOK + ", edition={2}}", "Heinzig, Dieter. 2004. *The Soviet Union*. 2nd ed. Armonk: Sharpe."),
    (BOOK + ", edition={1st}}", "Heinzig, Dieter. 2004. *The Soviet Union*. Armonk: Sharpe."),
    (BOOK + ", origdate={1998}}", "Heinzig, Dieter. 2004 [1998]. *The Soviet Union*. Armonk: Sharpe."),
    (BOOK + ", translator={Levine, David J. S.}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Translated by David J. S. Levine. Armonk: Sharpe."),
    (BOOK + ", editor={A, B}, translator={A, B}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Edited and translated by B A. Armonk: Sharpe."),
    (BOOK + ", series={Studies}, number={5}, volume={2}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Vol. 2. Studies 5. Armonk: Sharpe."),
    (BOOK + ", volumes={3}}", "Heinzig, Dieter. 2004. *The Soviet Union*. 3 vols. Armonk: Sharpe."),
    (BOOK + ", doi={https://doi.org/10.4324/x_y}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Armonk: Sharpe. https://doi.org/10.4324/x_y."),
    ("@book{k, author={A, B}, title={What Now?}}", "A, B. n.d. *What Now?*"),
    ("@book{k, author={A, B}, title={On \\emph{Capital}}, date={1950}}", "A, B. 1950. *On *Capital."),
    ("@book{k, author={A, B}, title={T}, pubstate={forthcoming}}", "A, B. Forthcoming. *T*."),
    ("@book{k, title={Anonymous Work}, date={1950}}", "*Anonymous Work*. 1950."),
    ("@collection{k, editor={A, B and C, D}, title={T}, date={1950}}", "A, B, and D C, eds. 1950. *T*."),
    ("@collection{k, editor={A, B}, title={T}, date={1950}}", "A, B, ed. 1950. *T*."),
    ("@book{k, translator={A, B}, title={T}, date={1950}}", "A, B, trans. 1950. *T*."),
    (ARTICLE + ", volume={10}, number={3}, pages={16--29}}",
     "Foot, Rosemary. 1991. “New Light.” *Journal* 10 (3): 16–29."),
    (ARTICLE + ", volume={10}, pages={16-29}}",
     "Foot, Rosemary. 1991. “New Light.” *Journal* 10 (September): 16–29."),
    ("@letter{k, recipient={C, D}, date={1950-01-02}}", "Letter to D C. 1950. January 2, 1950."),
    ("@article{k, author={A, B}, title={T}, journal={J}, year=1991, volume=10, pages={16}}",
     "A, B. 1991. “T.” *J* 10:16."),
    ("@article{k, author={A, B}, title={T}, journal={J}, year=1991, number=10, pages={16}}",
     "A, B. 1991. “T.” *J*, no. 10: 16."),
    ("@article{k, author={A, B}, title={Is It?}, journal={J}, year=1991, volume=10, number=1, eid={e3}}",
     "A, B. 1991. “Is It?” *J* 10 (1): e3."),
    ("@article{k, author={A, B}, title={Say ``No''}, journal={J}, year=1991, volume=10}",
     "A, B. 1991. “Say ‘No.’” *J* 10."),
    ("@article{k, entrysubtype={newspaper}, author={A, B}, title={T}, journaltitle={Pravda}, date={1950-02-15}}",
     "A, B. 1950. “T.” *Pravda*, February 15, 1950."),
    ("@article{k, title={T}, journaltitle={Pravda}, date={1950-02-15}}",
     "*Pravda*. 1950. “T.” February 15, 1950."),
    ("@incollection{k, author={A, B}, title={T}, booktitle={Book}, editor={C, D}, pages={1--9}, date={1950}, publisher={P}}",
     "A, B. 1950. “T.” In *Book*, edited by D C, 1–9. P."),
    ("@inproceedings{k, author={A, B}, title={T}, booktitle={Proc}, date={1950}}", "A, B. 1950. “T.” In *Proc*."),
    ("@inreference{k, title={T}, booktitle={Encyclopedia}, date={1950}, edition={3}}",
     "“T.” 1950. In *Encyclopedia*, 3rd ed."),
    ("@thesis{k, author={A, B}, title={T}, type={phdthesis}, institution={Jilin University}, date={2007}}",
     "A, B. 2007. “T.” PhD diss., Jilin University."),
    ("@mastersthesis{k, author={A, B}, title={T}, school={Jilin University}, year={2007}}",
     "A, B. 2007. “T.” Master’s thesis, Jilin University."),
    ("@report{k, author={A, B}, title={T}, type={Working Paper}, number={7}, institution={Center}, date={2007}}",
     "A, B. 2007. *T*. Working Paper 7. Center."),
    ("@online{k, author={A, B}, title={T}, organization={Site}, date={2015-06-27}, urldate={2022-03-17}, url={https://e.org/a_b}}",
     "A, B. 2015. “T.” Site. June 27, 2015. Accessed March 17, 2022. https://e.org/a_b."),
    ("@online{k, title={T}, organization={Site}, url={https://e.org}}", "Site. n.d. “T.” https://e.org."),
    ("@online{k, author={A, B}, title={T}, url={javascript:alert(1)}}", "A, B. n.d. “T.” javascript:alert(1)."),
    ("@letter{k, author={Mao, Zedong}, recipient={Stalin, Joseph}, date={1950-01-02}, collection={Fond 45}, box={3}, library={APRF}, location={Moscow}}",
     "Mao, Zedong. 1950. Letter to Joseph Stalin. January 2, 1950. Fond 45, box 3, APRF, Moscow."),
    ("@archival{k, title={Record of Conversation}, date={1949-12-16}, collection={Fond 45}, library={APRF}}",
     "Record of Conversation. 1949. December 16, 1949. Fond 45, APRF."),
    ("@legal{k, title={Treaty of Friendship}, date={1950-02-14}}", "Treaty of Friendship. 1950. February 14, 1950."),
    ("@misc{k, author={A, B}, title={T}, howpublished={Paper}}", "A, B. n.d. “T.” Paper."),
    ("@book{k, title={T}, author={A, B}, date={195X}}", "A, B. 1950s. *T*."),
    ("@book{k, title={T}, author={A, B}, date={1950~}}", "A, B. ca. 1950. *T*."),
    ("@book{k, title={T}, author={A, B}, date={1950?}}", "A, B. [1950?]. *T*."),
    ("@book{k, title={T}, author={A, B}, date={1950/1953}}", "A, B. 1950–1953. *T*."),
    ("@book{k, title={T}, author={A, B}, date={1950/..}}", "A, B. 1950–. *T*."),
    ("@book{k, title={T}, author={A, B}, year={sometime}}", "A, B. sometime. *T*."),
    ("@book{k}", "Untitled book. n.d."),
    ("@book{k, title={T}, date={1950}, note={Document 5}, doi={10.1000/x}, addendum={Read in part}}",
     "*T*. 1950. Document 5. https://doi.org/10.1000/x. Read in part."),
    (r"@review{k, author={A, B}, title={Review of \emph{T: {An} S}, by C D}, journaltitle={J}, date={2015-06-27}}",
     "A, B. 2015. Review of *T: An S*, by C D. *J*, June 27, 2015."),
    ("@review{k, author={A, B}, title={Sharp}, journaltitle={J}, date={2015}}", "A, B. 2015. “Sharp.” *J*."),
    # all that biblatex knows of a work has its place
    (BOOK + ", volume={2}, part={1}, maintitle={Works}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Vol. 2, pt. 1 of *Works*. Armonk: Sharpe."),
    (BOOK + ", number={5}}", "Heinzig, Dieter. 2004. *The Soviet Union*. No. 5. Armonk: Sharpe."),
    (BOOK + ", origdate={1998}, origtitle={Der Weg}, origpublisher={Nomos}, origlocation={Baden-Baden}}",
     "Heinzig, Dieter. 2004 [1998]. *The Soviet Union*. Armonk: Sharpe. Originally published as *Der Weg* (Baden-Baden: Nomos, 1998)."),
    (BOOK + ", origdate={1998}, origpublisher={Nomos}, origlocation={Baden-Baden}}",
     "Heinzig, Dieter. 2004 [1998]. *The Soviet Union*. Armonk: Sharpe. First published 1998 by Nomos in Baden-Baden."),
    (BOOK + ", origlanguage={german}, translator={Levine, David}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Translated from the German by David Levine. Armonk: Sharpe."),
    (BOOK + ", origlanguage={russian}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Armonk: Sharpe. Translated from the Russian."),
    (BOOK + ", nameaddon={Otto Braun}, reprinttitle={Union}}",
     "Heinzig, Dieter [Otto Braun]. 2004. *The Soviet Union*. Armonk: Sharpe. Reprinted as *Union*."),
    (BOOK + ", editor={A, B}, editortype={reviser}, editora={C, D}, editoratype={founder}, editorb={E, F}, editorbtype={continuator}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Revised by B A. Founded by D C. Continued by F E. Armonk: Sharpe."),
    (BOOK + ", editor={A, B}, editora={A, B}, editoratype={organizer}, annotator={G, H}}",
     "Heinzig, Dieter. 2004. *The Soviet Union*. Edited and organized by B A. Annotated by H G. Armonk: Sharpe."),
    ("@collection{k, editor={A, B}, editortype={redactor}, title={T}, date={1950}}", "A, B, redactor. 1950. *T*."),
    ("@article{k, author={A, B}, title={T}, journaltitle={J}, volume={10}, number={3}, issue={Spring}, pages={1--9}, date={1991}}",
     "A, B. 1991. “T.” *J* 10 (3, Spring): 1–9."),
    ("@article{k, author={A, B}, title={T}, journaltitle={J}, volume={10}, number={3}, pages={1--9}, date={1991-21}}",
     "A, B. 1991. “T.” *J* 10 (3, Spring): 1–9."),
    ("@article{k, author={A, B}, title={T}, journaltitle={J}, issuetitle={War}, issuesubtitle={Cold}, editor={C, D}, volume={10}, number={3}, pages={1--9}, date={1991}}",
     "A, B. 1991. “T.” In “War: Cold,” edited by D C, special issue, *J* 10 (3): 1–9."),
    ("@periodical{k, title={J}, issuetitle={War}, number={6-7}, date={1995}}", "*J*. 1995. “War,” special issue, no. 6–7."),
    ("@article{k, author={A, B}, title={T}, journaltitle={J}, series={2}, number={6-7}, date={1995}}",
     "A, B. 1995. “T.” *J*, 2nd ser., no. 6–7."),
    ("@periodical{k, title={J}, issuetitle={War}, volume={2}, date={1995}}", "*J*. 1995. “War,” special issue, 2."),
    # a word for “no date” is none, an impossible month costs the month
    ("@book{k, author={A, B}, title={T}, year={[o. J.]}}", "A, B. n.d. *T*."),
    ("@book{k, author={A, B}, title={T}, date={n.d.}}", "A, B. n.d. *T*."),
    ("@book{k, author={A, B}, title={T}, year={s. f.}}", "A, B. n.d. *T*."),
    ("@book{k, author={A, B}, title={T}, date={2018-13-40}}", "A, B. 2018. *T*."),
    ("@inproceedings{k, author={A, B}, title={T}, eventtitle={Congress}, venue={Bonn}, eventdate={1991-05-03}, date={1992}}",
     "A, B. 1992. “T.” Congress, Bonn, May 3, 1991."),
    ("@archival{k, title={Record}, date={1949}, library={APRF}, shelfmark={45-1-329}}", "Record. 1949. 45-1-329, APRF."),
    ("@incollection{k, author={A, B}, title={T}, booktitle={Book}, chapter={4}, pages={1--9}, date={1950}}",
     "A, B. 1950. “T.” In *Book*, chap. 4, 1–9."),
    ("@patent{k, author={A, B}, title={T}, number={12}, holder={Works Inc.}, date={1950}}",
     "A, B. 1950. *T*. Assigned to Works Inc. No. 12."),
    # quotation marks of other languages inside English ones
    ("@article{k, author={A, B}, title={Der „Kalte Krieg“}, journaltitle={J}, date={1950}}", "A, B. 1950. “Der ‘Kalte Krieg.’” *J*."),
    ("@article{k, author={A, B}, title={Der „Krieg der ‚Roten‘“ und „Wir“ heute}, journaltitle={J}, date={1950}}",
     "A, B. 1950. “Der ‘Krieg der “Roten”’ und ‘Wir’ heute.” *J*."),
    ("@article{k, author={A, B}, title={„Zimna wojna” w Polsce}, journaltitle={J}, date={1950}}", "A, B. 1950. “‘Zimna wojna’ w Polsce.” *J*."),
    ("@article{k, author={A, B}, title={The Workers’}, journaltitle={J}, date={1950}}", "A, B. 1950. “The Workers’.” *J*."),
    ("@book{k, author={{Works, Inc.}}, title={Of Books, Inc.}, publisher={Sharpe, Inc.}, date={1950}}",
     "Works, Inc. 1950. *Of Books, Inc.* Sharpe, Inc."),
    # titles and names in several scripts
    ("@book{k, author={Shen, Zhihua}, author+an:original={1=\"沈志华\"}, title={Mao Zedong}, titleoriginal={毛泽东}, titletranslated={Mao}, langid={chinese}, date={2003}}",
     "Shen Zhihua 沈志华. 2003. *Mao Zedong* 毛泽东 [Mao]."),
    ("@book{k, titleoriginal={毛泽东}, titletranslated={Mao}, date={2003}}", "毛泽东 [Mao]. 2003."),
    ("@article{k, titletranslated={Mao}, date={2003}}", "“Mao.” 2003."),
    ("@book{k, author={沈, 志华}, title={毛泽东}, titleromanised={Mao Zedong}, langid={chinese}, date={2003}}",
     "沈志华. 2003. *Mao Zedong* 毛泽东."),
    ("@book{k, author={Li, Danhui and Wood, A. B.}, nameorder={eastern}, title={T}, date={2003}}",
     "Li Danhui and A. B. Wood. 2003. *T*."),
    ("@book{k, author={Куликова, Г. В.}, title={Россия и Китай}, usere={Russia and China}, langid={russian}, date={2012}}",
     "Куликова, Г. В. 2012. *Россия и Китай* [Russia and China]."),
    ("@book{k, author={{Central Committee}}, title={T}, date={2003}}", "Central Committee. 2003. *T*."),
    ("@book{k, author={family=Gaulle, given=Charles, prefix=de, useprefix=false}, title={T}, date={1959}}",
     "Gaulle, Charles de. 1959. *T*."),
    ("@book{k, author={von Neumann, Jr, John}, title={T}, date={1959}}", "von Neumann, John, Jr. 1959. *T*."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), REFERENCES)
def test_references_of_the_author_date_style(source, expected):
    assert marked(reference(entry(source))) == expected


NOTES = [
    (BOOK + "}", "Dieter Heinzig, *The Soviet Union* (Armonk: Sharpe, 2004), 364"),
    (ARTICLE + ", volume={10}, number={3}, pages={16--29}}",
     "Rosemary Foot, “New Light,” *Journal* 10, no. 3 (September 1991): 364"),
    ("@incollection{k, author={A, B}, title={T}, booktitle={Book}, editor={C, D}, date={1950}, publisher={P}}",
     "B A, “T,” in *Book*, ed. D C (P, 1950), 364"),
    ("@thesis{k, author={A, B}, title={T}, type={phdthesis}, institution={U}, date={2007}}",
     "B A, “T” (PhD diss., U, 2007), 364"),
    ("@thesis{k, author={A, B}, title={T}, institution={U}, date={2007}}", "B A, “T” (thesis, U, 2007), 364"),
    ("@misc{k, author={A, B}, title={T}, howpublished={Paper, U}}", "B A, “T” (Paper, U, n.d.), 364"),
    ("@book{k, author={A, B and C, D and E, F and G, H}, title={T}, date={1950}}", "B A et al., *T* (1950), 364"),
    ("@collection{k, editor={A, B}, title={T}, date={1950}}", "B A, ed., *T* (1950), 364"),
    ("@letter{k, author={Mao, Zedong}, recipient={Stalin, Joseph}, date={1950-01-02}, collection={Fond 45}}",
     "Zedong Mao, letter to Joseph Stalin, January 2, 1950, Fond 45, 364"),
    ("@book{k, author={A, B}, title={T}, editor={C, D}, editortype={reviser}, note={Printed twice}, date={1950}}",
     "B A, *T*, rev. D C (1950), 364, printed twice"),
    ("@article{k, author={A, B}, title={T}, journaltitle={J}, volume={10}, number={3}, date={1991-21}}",
     "B A, “T,” *J* 10, no. 3 (Spring 1991): 364"),
    ("@article{k, author={A, B}, title={Der „Krieg“}, journaltitle={J}, date={1950}}", "B A, “Der ‘Krieg,’” *J*, 1950, 364"),
    ("@letter{k}", "untitled letter, n.d., 364"),
    ("@letter{k, recipient={C, D}, date={1950}}", "letter to D C, 1950, 364"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), NOTES)
def test_first_notes(source, expected):
    assert marked(full_note(entry(source), "p. 364")) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (BOOK + "}", "Heinzig, *The Soviet Union*, 364"),
        (BOOK + ", shorttitle={Union}}", "Heinzig, *Union*, 364"),
        (ARTICLE + "}", "Foot, “New Light,” 364"),
        ("@book{k, title={Long: A Title}}", "*Long*, 364"),
        (
            "@letter{k, author={Mao, Zedong}, recipient={Stalin, Joseph}, date={1950-01-02}}",
            "Mao, letter to Joseph Stalin, January 2, 1950, 364",
        ),
        (
            "@letter{k, recipient={Stalin, Joseph}, date={1950-01-02}}",
            "letter to Joseph Stalin, January 2, 1950, 364",
        ),
        ("@archival{k, author={Mao, Zedong}, date={1950}}", "Mao, untitled document, 1950, 364"),
        ("@incollection{k, booktitle={B}, author={A, B}}", "A, “B,” 364"),
        ("@software{k}", "untitled software, 364"),
    ],
)
def test_later_notes(source, expected):
    assert marked(short_note(entry(source), "p. 364")) == expected


def test_the_bibliography_of_the_notes_style_ends_with_the_year():
    text = marked(reference(entry(BOOK + "}"), "", Options(style="notes")))
    assert text == "Heinzig, Dieter. *The Soviet Union*. Armonk: Sharpe, 2004."


@pytest.mark.parametrize(
    ("names", "short", "full"),
    [
        ("A, B", "A", "A"),
        ("A, B and C, D", "A and C", "A and C"),
        ("A, B and C, D and E, F", "A, C, and E", "A, C, and E"),
        ("A, B and C, D and E, F and G, H", "A et al.", "A, C, E, and G"),
        ("A, B and others", "A et al.", "A et al."),
        ("{Central Committee}", "Central Committee", "Central Committee"),
        ("de Gaulle, Charles", "de Gaulle", "de Gaulle"),
    ],
)
def test_names_in_the_text(names, short, full):
    work = entry(f"@book{{k, author={{{names}}}, title={{T}}}}")
    assert str(short_names(work)) == short
    assert str(short_names(work, full=True)) == full


SIX = " and ".join(f"N{n}, X" for n in range(6))
EDITIONS = [  # the work, what its list entry has, its note, its citation: 17th and 18th
    (
        "@book{k, author={A, X and B, Y and C, Z}, title={T}, location={L}, publisher={P}, date={1950}}",
        ("L: P.", "X A, Y B, and Z C, *T* (L: P, 1950)", "A, B, and C"),
        ("*T*. P.", "X A et al., *T* (P, 1950)", "A et al."),
    ),
    (
        "@book{k, author={A, X}, title={T}, location={L}, publisher={P}, date={1899}}",
        ("L: P.", "(L: P, 1899)", "A"),
        ("L: P.", "(L: P, 1899)", "A"),
    ),
    (
        "@book{k, author={A, X}, title={T}, location={L}, date={1950}}",
        ("L.", "(L, 1950)", "A"),
        ("L.", "(L, 1950)", "A"),
    ),
    (
        "@incollection{k, author={A, X}, title={T}, booktitle={B}, pages={3--9}, publisher={P}, date={1950}}",
        ("In *B*, 3–9. P.", "in *B* (P, 1950)", "A"),
        ("In *B*. P.", "in *B* (P, 1950)", "A"),
    ),
    (
        f"@book{{k, author={{{SIX} and N6, X}}, title={{T}}, date={{1950}}}}",
        ("N0, X, X N1, X N2, X N3, X N4, X N5, and X N6.", "X N0 et al.", "N0 et al."),
        ("N0, X, X N1, X N2, et al.", "X N0 et al.", "N0 et al."),
    ),
    (
        f"@book{{k, author={{{SIX}}}, title={{T}}, date={{1950}}}}",
        ("X N4, and X N5.", "X N0 et al.", "N0 et al."),
        ("X N4, and X N5.", "X N0 et al.", "N0 et al."),
    ),
]


@pytest.mark.parametrize(("source", "older", "newer"), EDITIONS)
def test_where_the_editions_of_chicago_differ(source, older, newer):
    work = entry(source)
    for edition, expected in ((17, older), (18, newer)):
        options = Options(edition=edition)
        listed, noted = reference(work, options=options), full_note(work, options=options)
        shown = (marked(listed), marked(noted), str(short_names(work, options)))
        assert all(part in text for part, text in zip(expected, shown, strict=True)), shown


@pytest.mark.parametrize("limit", [2, 3, 4])
def test_the_text_and_both_notes_have_one_limit_of_names(limit, monkeypatch):
    monkeypatch.setitem(LIMITS, 17, Limits(limit, 10, 7))
    for count in (limit, limit + 1):
        people = [f"{chr(65 + n)}, X" for n in range(count)]
        work = entry(f"@book{{k, author={{{' and '.join(people)}}}, title={{T}}, date={{1950}}}}")
        shown = [short_names(work), short_note(work), full_note(work)]
        assert ["et al." in str(text) for text in shown] == [count > limit] * 3
        assert ["A" in str(text) for text in shown] == [True] * 3


@pytest.mark.parametrize(("limit", "first"), [(10, 7), (3, 1)])
def test_a_list_has_limits_of_its_own(limit, first, monkeypatch):
    monkeypatch.setitem(LIMITS, 17, Limits(3, limit, first))
    for count in (limit, limit + 1):
        people = " and ".join(f"N{n}, X" for n in range(count))
        text = str(reference(entry(f"@book{{k, author={{{people}}}, title={{T}}}}")))
        assert text.count("N") == (count if count == limit else first)
        assert ("et al." in text) == (count > limit)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@book{k, title={A Work: Of Sorts}}", (Span("A Work", italic=True),)),
        ("@article{k, title={A Work}}", (Span("“A Work”"),)),
        ("@article{k, title={A}, journal={Pravda}}", (Span("Pravda", italic=True),)),
        ("@online{k, title={A}, shorthand={WP}, organization={Wikipedia}}", (Span("WP"),)),
        ("@book{k, title={[No title]}}", (Span("No title", italic=True),)),
    ],
)
def test_works_without_an_author(source, expected):
    found = short_names(entry(source))
    assert found == expected or str(found) == "[No title]"


def works(*sources):
    return list(assemble([parse("\n".join(sources))]).entries.values())


def test_letters_follow_the_order_of_the_list():
    found = works(
        "@book{x, author={Lawrance, Alan}, title={The Zoo}, date={2015}}",
        "@book{y, author={Lawrance, Alan}, title={A Border}, date={2015}}",
        "@book{z, author={Lawrance, Alan}, title={C}, date={2016}}",
        "@book{n, author={Lawrance, Alan}, title={N}}",
        "@book{m, author={Lawrance, Alan}, title={M}}",
    )
    given = letters(found)
    assert given == {"y": "a", "x": "b", "m": "a", "n": "b"}
    labels = {work.key: year_label(work, given.get(work.key, "")) for work in found}
    assert labels == {"x": "2015b", "y": "2015a", "z": "2016", "n": "n.d.-b", "m": "n.d.-a"}
    assert [work.key for work in sorted(found, key=sort_key)] == ["y", "x", "z", "m", "n"]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ("Smith, John | Smith, Anna", "J. Smith | A. Smith"),
        ("Smith, John | Smith, James | Smith, J.", "John Smith | James Smith | J. Smith"),
        ("Foot, R. | Foot, Rosemary", "Foot a | Foot b"),
        ("李, 明 | 李, 华", "李明 | 李华"),
        ("Иванов, Алексей | Иванов, Борис", "А. Иванов | Б. Иванов"),
        (
            "Иванов, Алексей | Иванов, Борис | Иванов, Б. В.",
            "А. Иванов | Б. Иванов b | Б. Иванов a",
        ),
        ("כהן, דוד | כהן, משה", "דוד כהן | משה כהן"),
        ("Smith, John and others | Smith, Ann and others", "J. Smith et al. | A. Smith et al."),
        ("{Smith and Company} | Smith, Ann", "Smith and Company | Smith"),
    ],
)
def test_people_of_one_name_and_year_have_initials_first_and_letters_last(people, shown):
    names = people.split(" | ")
    entry = "@book{{k{}, author={{{}}}, title={{{}}}, date={{2001}}}}"
    found = works(*(entry.format(n, name, n) for n, name in enumerate(names)))
    called = namesakes(found)
    given = letters(found, called)
    texts = [
        f"{short_names(w, first=called.get(w.key, ''))} {given.get(w.key, '')}".strip()
        for w in found
    ]
    assert " | ".join(texts) == shown


def test_names_and_publishers_in_chinese_are_marked_as_titles_are():
    told = (
        "author={沈, 志华}, title={毛泽东}, langid={chinese}, publisher={人民 出版社}, date={2003}"
    )
    work = entry(f"@book{{k, {told}}}")
    for text in (reference(work), full_note(work, "p. 3"), short_note(work, "p. 3")):
        chinese = {span.text: span.lang for span in text if re.search("[沈毛人]", span.text)}
        assert set(chinese.values()) == {"zh"} and not re.search("[A-Za-z0-9]", "".join(chinese))


def test_lists_are_sorted_by_the_romanised_form():
    found = works(
        "@book{e, author={沈, 志华}, title={T}}",
        "@book{a, author={Zhang, Min}, title={T}}",
        "@book{b, author={Жданов, А.}, title={T}}",
        "@book{c, author={Élise, A.}, title={T}}",
        "@book{d, title={The Eagle}}",
        "@book{f, author={毛, 泽东}, sortname={Mao Zedong}, title={T}}",
    )
    assert [work.key for work in sorted(found, key=sort_key)] == ["d", "c", "f", "a", "b", "e"]


def test_a_chapter_takes_its_book_from_crossref():
    work = entry(
        "@incollection{k, author={A, B}, title={T}, crossref={book}, pages={1--2}}",
        "@collection{book, title={Book}, editor={C, D}, publisher={P}, date={1950}, doi={10.1000/x}}",
    )
    # whose DOI is not the chapter's
    assert str(reference(work)) == "A, B. 1950. “T.” In Book, edited by D C, 1–2. P."


def test_xdata_fills_in_and_is_no_work():
    library = assemble(
        [parse("@book{k, title={T}, xdata={p}} @xdata{p, publisher={P}, date={1950}}")]
    )
    assert list(library.entries) == ["k"]
    assert str(reference(library.entries["k"])) == "T. 1950. P."


@pytest.mark.parametrize(
    "source", ["@book{a, crossref={b}} @book{b, crossref={a}}", "@book{a, crossref={nobody}}"]
)
def test_a_bad_crossref_is_a_finding(source):
    assert {f.code for f in assemble([parse(source)]).findings} == {"crossref"}


def test_an_overlay_replaces_fields_and_removes_empty_ones():
    base = parse("@book{k, title={Wrong}, note={out}, date={1950}}")
    library = assemble([base], [parse("@misc{k, title={Right}, note={}} @book{new, title={N}}")])
    assert library.findings == ()
    assert str(reference(library.entries["k"])) == "Right. 1950."
    assert library.entries["k"].type == "book"
    assert "new" in library.entries


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("T", "T."),
        ("T (n.d.)", "T (n.d.)."),
        ("(In part.)", "(In part.)"),
        ("“T?”", "“T?”"),
        ("T, n.d.", "T, n.d."),
    ],
)
def test_a_sentence_is_closed_once(text, closed):
    assert str(Rich(text).sentence()) == closed


def test_a_blank_before_a_colon_is_left_to_french():
    fields = 'title = {"Dream" : The {\\emph{Life}} : A Story}, author = {K, M}'
    source = f"@book{{en, {fields}}}@book{{fr, {fields}, langid = {{french}}}}"
    entries = assemble([parse(source)]).entries
    assert "Dream”: The Life: A Story." in str(reference(entries["en"]))
    assert str(short_note(entries["en"])) == "K, “Dream”"
    assert " : The Life : A Story." in str(reference(entries["fr"]))
