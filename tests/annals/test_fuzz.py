"""Whatever authors write in directives and roles, the build ends and every entry is there."""

from __future__ import annotations

import re

import pytest
from harness import Built, Project
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sphinx_annals.annals.directives import DIRECTIVES, AnnotationDirective
from sphinx_annals.annals.doctree import LANGUAGE_ROLES
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.model import Kind
from sphinx_annals.annals.views import VIEWS, directive_of

ALL = DIRECTIVES | {view.name: directive_of(view) for view in VIEWS}
OBJECTS = {name for name, cls in DIRECTIVES.items() if issubclass(cls, AnnotationDirective)}
PIECES = [
    "1950-02-14", "1950-13-45", "../", "/..", "[1667,", "{1,2}", "19XX-XX", "-0001", "Y-99999999", "1950~?",
    "P30Y", "P-1Y", "PT5H", "P99999999999Y", "heinzig2004arduous", "{p. 1}", "heinzig2004arduous{", "{see}", ",", ";", ", ,", "(host)",
    "((", ")", "e-1", "e-2", "moscow", "a/b", "a//b", "../x", "zh-Hans 文", "ru Договор", "x y: z", " # x", '"', "'",
    "`", "``", "*", "**x", "|a|", "_", "x_", "\\", "<b>", "&amp;", "%", "$x$", "{{ x }}", "{event}", ":date:", "=",
    "6 = 5", "- = x", "no-source (x)", "91, 200", "nan, inf", "1e400, 0", "disputed", "date", "-date", "gregorian",
    "معاهدة", "ברית", "🤝", "e\u0301", "\u200d", "\u202e", "١٩٥٠", "²", "ß", "İ", "\u00a0", "\t", "#", "null", "!!x",
    "[a](b)", "![a](b)", "http://x", "javascript:x", "99999999999999999999", "$1 billion", "1/0", "M" * 40,
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(LETTERS, max_size=4)), max_size=5).map(
    "".join
)
ID = st.sampled_from(["e-1", "e-2", "e-3", "moscow"])


@st.composite
def directives(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    """Give a directive: its name, argument and options."""
    name = draw(st.sampled_from(sorted(ALL)))
    known = st.sampled_from(sorted(ALL[name].declared) or ["x"])
    names = draw(st.lists(known, max_size=4, unique=True))
    options = {option: draw(st.one_of(TEXT, ID)) for option in names}
    return name, draw(st.one_of(TEXT, ID)), options


def myst(name: str, argument: str, options: dict[str, str]) -> str:
    lines = [f":{option}: {text}" for option, text in options.items()]
    return "\n".join([f":::{{{name}}} {argument}", *lines, "", "Body text.", ":::", ""])


def rest(name: str, argument: str, options: dict[str, str]) -> str:
    lines = [f"   :{option}: {text}" for option, text in options.items()]
    return "\n".join([f".. {name}:: x{argument}", *lines, "", "   Body text.", ""])


BUILDERS = st.sampled_from(["html", "html", "latex", "text", "texinfo", "annals", "annals-check"])


def build(project: Project, builder: str, markdown: str, restructured: str) -> Built:
    """Build two pages, one of each syntax, in the same project again and again."""
    project.write(
        {
            "index.md": f"# M\n\n{markdown}\n\n```{{toctree}}\nrest\n```\n",
            "rest.rst": f"R\n=\n\n{restructured}\n",
        }
    )
    return project.build(builder, fresh=True, warnings=None)


fuzz = settings(
    max_examples=9,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@fuzz
@given(BUILDERS, st.lists(directives(), min_size=20, max_size=40))
def test_whatever_directives_hold_no_entry_is_lost(
    project: Project, builder: str, written: list[tuple[str, str, dict[str, str]]]
) -> None:
    markdown, restructured = ("\n".join(form(*d) for d in written) for form in (myst, rest))
    built = build(project, builder, markdown, restructured)
    domain = built.env.domains["annals"]
    assert isinstance(domain, AnnalsDomain)
    wanted = sum(name in OBJECTS for name, _, _ in written)
    for docname in ("index", "rest"):
        notes = domain.documents.get(docname)
        assert len(notes.records if notes else ()) == wanted
        if builder == "html":
            html = built.read(f"{docname}.html")
            assert html.count('class="annals annals-') == wanted
            ids = re.findall(r'\sid="([^"]*)"', html)
            assert sorted(ids) == sorted(set(ids))
    said = [line for line in built.warnings if re.search("WARNING|ERROR|CRITICAL", line)]
    assert [line for line in said if not re.search(r"(index\.md|rest\.rst):\d+: ", line)] == []


ROLE = st.tuples(
    st.sampled_from(sorted([*LANGUAGE_ROLES, *(kind.value for kind in Kind), "date"])),
    TEXT.map(lambda text: text.replace("`", "").strip() or "x"),
)


@pytest.mark.slow
@fuzz
@given(st.sampled_from(["html", "latex", "text"]), st.lists(ROLE, min_size=30, max_size=60))
def test_whatever_roles_hold_the_page_is_there(
    project: Project, builder: str, written: list[tuple[str, str]]
) -> None:
    markdown = "\n\n".join(f"Before {{{name}}}`{text}` after." for name, text in written)
    restructured = "\n\n".join(f"Before :{name}:`{text}` after." for name, text in written)
    built = build(project, builder, markdown, restructured)
    if builder == "html":
        for docname in ("index", "rest"):
            html = built.read(f"{docname}.html")
            assert html.count("after.</p>") >= len(written)
