"""Stemmata: where works stand, and what each builder makes of who draws on whom."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from harness import WHOLE, Project, Start
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.annals.drawings import Frame, StemmaWork, draw_stemma, lay_out_stemma

pytestmark = pytest.mark.slow  # whole builds, each of them

WIDTH = 360.0
NAMES = st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=12)


@st.composite
def stemmata(draw: st.DrawFn) -> list[StemmaWork]:
    """Give works of which each draws on some of those before it, in any order."""
    found = []
    for number, label in enumerate(draw(NAMES)):
        known = [work.id for work in found]
        sources = draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known else []
        remark = draw(st.sampled_from(["", "1979", "after a long debate in all the newspapers"]))
        found.append(StemmaWork(f"w{number}", label, tuple(sources), remark))
    return draw(st.permutations(found))


@given(stemmata())
def test_each_work_stands_once_and_below_what_it_draws_on(works):
    rows = lay_out_stemma(works, WIDTH)
    box_of = {work.id: box for row in rows for box in row for work in box.works}
    assert sorted(work.id for row in rows for box in row for work in box.works) == sorted(
        work.id for work in works
    )
    for work in works:
        for source in work.sources:
            above, below = box_of[source], box_of[work.id]
            assert above.y + above.height < below.y


@given(stemmata())
def test_no_frame_lies_on_another_or_on_a_line_that_passes(works):
    for row in lay_out_stemma(works, WIDTH):
        for left, right in pairwise(row):
            assert left.x + left.width / 2 < right.x - right.width / 2 + 0.01
        assert row[0].x - row[0].width / 2 > -0.01


@given(stemmata())
def test_the_drawing_is_an_svg_with_a_name(works):
    root = ET.fromstring(draw_stemma(works, Frame("Who & whom", "s-1", 360)))
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.findtext("svg:title", namespaces=space) == "Who & whom"
    wide, high = map(float, root.attrib["viewBox"].split()[2:])
    for frame in root.iterfind(".//svg:rect", space):
        assert float(frame.get("x", 0)) + float(frame.get("width", 0)) <= wide
        assert float(frame.get("y", 0)) + float(frame.get("height", 0)) <= high


def test_nothing_is_no_drawing() -> None:
    assert draw_stemma([], Frame("None", "s", 360)) == ""


def test_works_that_stand_alike_share_a_frame() -> None:
    many = [StemmaWork(f"w{n}", f"Work {n}") for n in range(9)]
    ids = tuple(work.id for work in many)
    (sources, (reader,)) = lay_out_stemma([*many, StemmaWork("r", "Reader", ids)], WIDTH)
    assert [len(box.works) for box in sources] == [9]
    assert reader.above == sources
    # three have a frame each, and so has who draws on none and is drawn on by none
    few = [*many[:3], StemmaWork("r", "Reader", ids[:3]), *many[4:]]
    assert {len(box.works) for row in lay_out_stemma(few, WIDTH) for box in row} <= {0, 1}


REFS = """\
@book{ng1950, author={Ng, Ann}, title={Road}, year={1950}, ids={ng-old}}
@book{wu1960, author={Wu, Bo}, title={Way}, year={1960}, derivesfrom={ng1950}}
@book{li1970, author={Li, Cy}, title={Path}, year={1970}}
@book{fu1980, author={Fu, Di}, title={Lane}, year={1980}}
@book{fu1980b, author={Fu, Di}, title={Street}, year={1980}}
"""
PAGE = """\
# Treaties

```{treaty} The Treaty
:id: t
:sources: ng1950
:expiry: 1979

:::{account} wu1960
:property: expiration
:value: 1979
:::
:::{account} li1970
:property: expiry
:value: 1979-02-16
:derives-from: ng-old{p. 2}, wu1960
:::
:::{account} fu1980
:property: expiry
:value: 1980
:stance: doubts
:::
:::{account} fu1980b
:property: date
:value: 1950
:::
:::{verdict} expiry
:prefers: 1979

So it is.
:::
```

```{stemma} t
:property: Expiration
:caption: The end
```

```{bibliography}
:all:
```
"""
START = Start({"conf.py": WHOLE, "references.bib": REFS})
LIST = [
    "Wu 1960 (1979) draws on Ng 1950",
    "Li 1970 (16 February 1979) draws on Wu 1960, Ng 1950",
    "Fu 1980, Lane (doubts: 1980) draws on none of these",
    "Ng 1950 draws on none of these",
]


@pytest.fixture
def start() -> Start:
    return START


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_on_the_web_it_is_drawn_with_a_list_behind_it(project: Project, builder: str) -> None:
    soup = (
        project.write(PAGE)
        .build(builder)
        .soup("index.xhtml" if builder == "epub" else "index.html")
    )
    drawing = soup.select_one("figure.annals-drawing svg.annals-stemma")
    assert drawing["aria-labelledby"] and drawing.title.text == "The end"
    links = {link["aria-label"]: link["href"] for link in drawing.select("a")}
    assert links["Li 1970: 16 February 1979"].endswith("#ref-li1970")
    assert len(links) == 4
    assert soup.select_one(links["Ng 1950"][links["Ng 1950"].index("#") :])
    listed = soup.select("figure.annals-drawing + details li")
    assert [" ".join(item.text.split()) for item in listed] == LIST


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_elsewhere_it_is_a_list(project: Project, builder: str) -> None:
    shown = project.write(PAGE).build(builder).everything()
    shown = re.sub(r"@ref\{\w+,,(.*?)\}", r"\1", shown.replace("@comma{}", ","))
    assert [item for item in ["The end", *LIST] if item not in shown] == []


def test_on_paper_it_is_drawn_and_said(project: Project) -> None:
    built = project.write(PAGE).build("typstpdf")
    assert "Li 1970" in built.print
    source = " ".join(built.find("*.pdf").with_suffix(".typ").read_text().split())
    assert "The end: " + "; ".join(LIST) in source
    latex = project.build("latex")
    assert "{index-stemma-1-1}.pdf" in latex.text("*.tex")
    assert latex.find("index-stemma-1-1.pdf")


def test_without_a_point_it_is_of_the_whole_bibliography(project: Project) -> None:
    whole = "# Works\n\n```{stemma}\n```\n"
    shown = project.write(whole).build("text").text("index.txt")
    assert "Wu 1960 draws on Ng 1950" in shown
    assert "Fu" not in shown and "none" not in shown
    # where no list has the works, they are named without links
    assert not project.build().soup().select("svg a")
    project.write({"references.bib": REFS.replace("derivesfrom", "note")})
    assert "No dependence of works is recorded." in project.build("text").text("index.txt")


def test_filters_choose_points(project: Project) -> None:
    for filter, found in ((":chapter: index", True), (":to: 1978", False)):
        page = PAGE.replace("{stemma} t\n", f"{{stemma}}\n{filter}\n")
        shown = project.write(page).build("text").text("index.txt")
        assert ("Wu 1960 (1979) draws on" in shown) is found
        assert ("No dependence of works matches the filter" in shown) is not found


def test_it_is_written_again_when_a_work_is_called_otherwise(project: Project) -> None:
    other = "---\norphan: true\n---\n# Other\n\n```{stemma}\n```\n"
    project.write(PAGE).write({"other.md": other}).build()
    built = project.edit("references.bib", "{Ng, Ann}", "{Ong, Ann}").build()
    assert "other.html" in built.written
    assert "Ong 1950" in built.text("other.html")


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("{stemma} t", "{stemma} u", "stemma: unknown object 'u'"),
        (
            ":property: Expiration\n:caption",
            ":property: expirty\n:caption",
            "stemma: :property: no account is of 'expirty'; did you mean 'expiry'?",
        ),
        (":caption: The end", ":captain: The end", "unknown option :captain:; did you mean"),
    ],
)
def test_a_mistake_is_one_warning(project: Project, old: str, new: str, warning: str) -> None:
    built = project.write(PAGE).edit("index.md", old, new).build(warnings=[warning])
    assert built.warnings[0].startswith("index.md:33: WARNING: ")
