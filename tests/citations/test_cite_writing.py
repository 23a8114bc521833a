"""What an author types: forms in the text, and every slip a located warning."""

from __future__ import annotations

import re
from itertools import count

import pytest
from harness import CITATIONS, LIST, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sphinx_annals.citations.build import ROLES

FORMS = [
    ("{cite:p}`heinzig2004arduous`", "(Heinzig 2004)"),
    ("{cite}`heinzig2004arduous`", "(Heinzig 2004)"),
    ("{cite:p}`heinzig2004arduous{p. 364}`", "(Heinzig 2004, 364)"),
    ("{cite:p}`heinzig2004arduous{pp. 244--245}`", "(Heinzig 2004, 244–245)"),
    ('{cite:p}`heinzig2004arduous{sec. "X"}`', "(Heinzig 2004, sec. “X”)"),
    ("{cite:p}`{see}heinzig2004arduous{p. 3},{also}foot1991light{ch. 3}`",
     "(see Heinzig 2004, 3; also Foot 1991, ch. 3)"),
    ("{cite:p}`heinzig2004arduous{p. 3}, heinzig2004arduous{p. 5}`", "(Heinzig 2004, 3, 5)"),
    ("{cite:p}`heinzig2004arduous, foot1991light`", "(Heinzig 2004; Foot 1991)"),
    ("{cite:p}`lawrance2015relations, lawrance2015border`", "(Lawrance 2015b, 2015a)"),
    ("{cite:p}`lawrance2015border{3}, lawrance2015relations{4}`", "(Lawrance 2015a, 3; 2015b, 4)"),
    ("{cite:t}`heinzig2004arduous{p. 3}`", "Heinzig (2004, 3)"),
    ("{cite:t}`heinzig2004arduous{p. 3}, heinzig2004arduous{n. 5}`", "Heinzig (2004, 3, n. 5)"),
    ("{cite:t}`heinzig2004arduous, foot1991light`", "Heinzig (2004) and Foot (1991)"),
    ("{cite:t}`elleman2015railways`", "Elleman and Kotkin (2015)"),
    ("{cite:alp}`heinzig2004arduous{3}`", "Heinzig 2004, 3"),
    ("{cite:year}`heinzig2004arduous`", "2004"),
    ("{cite:yearpar}`heinzig2004arduous`", "(2004)"),
    ("{cite:author}`heinzig2004arduous`", "Heinzig"),
    ("{cite:authorpar}`heinzig2004arduous`", "(Heinzig)"),
    ("{cite:label}`heinzig2004arduous`", "Heinzig 2004"),
    ("{cite:labelpar}`heinzig2004arduous`", "(Heinzig 2004)"),
    ("{any}`heinzig2004arduous`", "(Heinzig 2004)"),
    ("{cite:p}`heinzig2004arduous{p. 364} via foot1991light{n. 8}`",
     "(Heinzig 2004, 364, cited in Foot 1991, n. 8)"),
    ("{cite:p}`heinzig2004arduous{p. 3} via foot1991light{n. 8}, elleman2015railways{p. 4} via foot1991light{n. 9}`",
     "(Heinzig 2004, 3, cited in Foot 1991, n. 8; Elleman and Kotkin 2015, 4, cited there, n. 9)"),
    ("{cite:p}`heinzig2004arduous{p. 3} via foot1991light, foot1991light{p. 17}`",
     "(Heinzig 2004, 3, cited in Foot 1991; Foot 1991, 17)"),
    ("{cite:p}`heinzig2004arduous{p. 3}, heinzig2004arduous{p. 4} via foot1991light`",
     "(Heinzig 2004, 3; 2004, 4, cited in Foot 1991)"),
    ("{cite:t}`heinzig2004arduous{p. 3} via foot1991light{n. 8}, elleman2015railways`",
     "Heinzig (2004, 3, cited in Foot 1991, n. 8) and Elleman and Kotkin (2015)"),
    ("{cite:t}`elleman2015railways, heinzig2004arduous via foot1991light`",
     "Elleman and Kotkin (2015) and Heinzig (2004, cited in Foot 1991)"),
    ("{cite:author}`heinzig2004arduous via foot1991light`", "Heinzig"),
    ("{cite:p}`{see}heinzig2004arduous via {e.g.}elleman2015railways via foot1991light`",
     "(see Heinzig 2004, cited in e.g. Elleman and Kotkin 2015, cited in Foot 1991)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A page with all the forms; both of Lawrance's works are listed, so that they have letters."""
    body = "\n\n".join(f"Text {role} end." for role, _ in FORMS)
    project = Project(tmp_path_factory.mktemp("forms"), CITATIONS)
    return project.write(f"# Title\n\n{body}\n\n{LIST}").build("text").text("index.txt")


@pytest.mark.parametrize(("role", "form"), FORMS)
def test_forms_in_the_text(shown, role, form):
    assert f"Text {form} end." in shown


def test_every_role_of_the_stock_package_works(page):
    page("\n\n".join(f"{{cite:{role}}}`heinzig2004arduous{{p. 3}}`" for role in ROLES))


SLIPS = [
    ("{cite:p}`heinzig2004arduos`", "citations.key", "did you mean 'heinzig2004arduous'", "(heinzig2004arduos?)"),
    ("{cite:p}`heinzig2004arduous,`", "citations.syntax", "a comma after the last key", "(Heinzig 2004)"),
    ("{cite:p}`heinzig2004arduous; foot1991light`", "citations.syntax", "commas", "(Heinzig 2004; Foot 1991)"),
    ("{cite:p}`heinzig2004arduous{p. 3`", "citations.syntax", "never closed", "(Heinzig 2004, 3)"),
    ("{cite:p}`heinzig2004arduous{{3}}`", "citations.syntax", "braces inside", "(Heinzig 2004, 3)"),
    ("{cite:p}`,`", "citations.syntax", "empty key", "Text"),
    ("{footcite}`heinzig2004arduous{p. 3`", "citations.syntax", "never closed", "3"),
    ("{cite:p}`heinzig2004arduous via foot1991`", "citations.key", "did you mean 'foot1991light'", "(Heinzig 2004, cited in foot1991?)"),
    ("{cite:p}`heinzig via foot1991light`", "citations.key", "did you mean 'heinzig2004arduous'", "(heinzig? cited in Foot 1991)"),
    ("{cite:p}`heinzig2004arduous via`", "citations.syntax", "via other{n. 4}", "(Heinzig 2004)"),
    ("{cite:p}`foot1991light via foot1991light`", "citations.syntax", "via itself", "(Foot 1991)"),
]  # fmt: skip


@pytest.mark.parametrize("builder", ["text", "html", "latex", "man"])
def test_a_slip_is_one_located_warning_and_the_page_is_there(page, builder):
    built = page("\n\n".join(f"Text {role} end." for role, *_ in SLIPS), builder, warnings=None)
    assert len(built.warnings) == len(SLIPS), built.warnings
    for line, (_, subtype, message, shown) in zip(count(3, 2), SLIPS, strict=False):
        (said,) = (w for w in built.warnings if w.startswith(f"index.md:{line}: WARNING: "))
        assert message in said
        assert said.endswith(f"[{subtype}]")
        if builder == "text":
            assert shown in built.text("index.txt").replace("**", "")


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(alphabet="ab{},; -p.3~\"'%\\#é沈\n", min_size=1), min_size=8, max_size=8))
def test_no_text_in_a_role_stops_the_build(project, texts):
    lines = [f".. |x| replace:: y\n\n:cite:p:`{text}` :footcite:t:`{text}`" for text in texts]
    project.write({"index.rst": "Title\n=====\n\n" + "\n\n".join(lines)})
    project.build("text", warnings=None)


def test_locators_in_footnotes_and_headings(project):
    project.write("# Title\n\n```{toctree}\none\n```\n")
    project.write(
        {
            "one.md": "# One {cite:p}`lawrance2015relations{p. 3}`\n\nText.[^a]\n\n"
            "[^a]: A note {cite:p}`lawrance2015border{p. 4}`.\n\n(here)=\n## Two {cite:t}`foot1991light`\n\n"
            "See {ref}`here`.\n\n" + LIST
        }
    )
    built = project.build("html")
    index = built.read()
    assert 'href="one.html">One <span class="citation-text">(Lawrance 2015b, 3)</span>' in index
    assert 'href="one.html#here">Two <span class="citation-text">Foot (1991)</span>' in index
    one = built.read("one.html")
    assert "Lawrance 2015a, 4" in one
    assert '<span class="std std-ref">Two Foot (1991)</span>' in one
    assert "<title>One (Lawrance 2015b, 3)" in one


def test_a_label_stays_with_its_number(page):
    built = page("{cite:p}`heinzig2004arduous{n. 8} via foot1991light{secs. 2, 5}`", "html")
    assert "n.\u00a08" in built.read() and "secs.\u00a02" in built.read()


@pytest.mark.slow
def test_names_in_chinese_are_marked_wherever_they_stand(project):
    work = "@book{mao, author={毛泽东}, title={选集}, langid={chinese}, date={1950}}"
    page = f"# {{cite:t}}`mao`\n\nText {{cite:p}}`mao{{p. 3}}`.\n\n{LIST}"
    built = project.write({"references.bib": work, "index.md": page}).build()
    marked = built.soup().select(".body [lang=zh]")
    assert [part.text for part in marked] == [*["毛泽东"] * 3, "选集."]


def test_a_citation_in_a_heading_survives_every_builder(project):
    cite = "{cite:p}`foot1991light{p. 3}`"
    project.write(f"# Title {cite}\n\n## Part {cite}\n\n{LIST}")
    for builder in ("latex", "text", "man", "texinfo", "epub", "singlehtml", "xml"):
        shown = project.build(builder, epub_copyright="x", version="1").everything()
        assert "foot 1991" in re.sub("<[^>]+>", "", shown).lower(), builder
    project.build("gettext", out="messages")  # which no other builder can share an environment with


def test_an_unlisted_work_is_told_once(project):
    project.write(
        "# T\n\n{cite:p}`foot1991light` {cite:p}`foot1991light`\n\n"
        "```{bibliography}\n:filter: type == 'book'\n```\n"
    )
    built = project.build("text", warnings=None)
    assert len(built.warnings) == 1
    assert "no bibliography lists it" in built.warnings[0]
    assert "(Foot 1991)" in built.text("index.txt")
