"""Nodes of other extensions, as these make them: nothing of them is lost without a word."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from harness import PDF, Built, Project
from paragraphs import is_there, letters, paragraphs
from structure import Structure

MAKES = """
from docutils import nodes
from sphinx import addnodes


KINDS = {
    "SphinxTabsTablist": (nodes.container,),
    "SphinxTabsTab": (nodes.paragraph,),
    "TabContainer": (nodes.container,),
    "CollapseNode": (nodes.Body, nodes.Element),
    "CollapseSummaryNode": (nodes.TextElement, nodes.General),
    "video": (nodes.General, nodes.Element),
    "CodeAreaNode": (nodes.Element,),
    "FancyOutputNode": (nodes.Element,),
    "AdmonitionNode": (nodes.Element,),
    "mermaid": (nodes.General, nodes.Element),
    "video_node": (nodes.General, nodes.Element),
    "theorem_node": (nodes.Admonition, nodes.Element),
    "GalleryNode": (nodes.Element,),
    "CollapsedLog": (nodes.General, nodes.Element),
    "_HTMLInput": (nodes.General, nodes.Element),
    "_HTMLLabel": (nodes.General, nodes.Element),
    "NeedPart": (nodes.Inline, nodes.Element),
    "plantuml": (nodes.General, nodes.Element),
    "tube": (nodes.General, nodes.Element),
}
globals().update({name: type(name, bases, {}) for name, bases in KINDS.items()})


def box(component, *children, classes=()):
    return nodes.container("", *children, design_component=component, is_div=True, classes=[*classes])


def named(name, **attributes):
    return globals()[name]("", **attributes)


def text(words):
    return nodes.paragraph("", words)


def design():
    cells = [box("grid-item", box("card", box("card-title", text(f"Card {n}"))), ) for n in "abcd"]
    badge = nodes.inline("", "badge", classes=["sd-badge", "sd-bg-primary"])
    return [
        box("grid-container", box("grid-row", *cells, classes=["sd-row-cols-1", "sd-row-cols-md-2"])),
        box("tab-set", *(
            box("tab-item", nodes.rubric("", f"Label {n}"), box("tab-content", text(f"Tab {n}")))
            for n in "ef"
        )),
        box("grid-row", box("grid-item", box("grid-row", text("In a"), text("grid"))), text("cell")),
        box("dropdown", nodes.rubric("", "Fold"), text("folded")),
        nodes.paragraph("", "", nodes.Text("with a "), badge),
    ]


def tabs():
    plain = nodes.container("", *(
        nodes.container("", nodes.container("", nodes.container("", text(f"Name {n}"))),
                        nodes.container("", text(f"Panel {n}")))
        for n in "gh"
    ), classes=["sphinx-tabs"])
    names = named("SphinxTabsTablist")
    for n in "ij":
        name = named("SphinxTabsTab")
        name += nodes.Text(f"Name {n}")
        names += name
    after_html = nodes.container("", names, *(
        nodes.container("", text(f"Panel {n}")) for n in "ijz"  # the last in no tab
    ), classes=["sphinx-tabs"])
    code = nodes.container("", nodes.container("", nodes.container("", text("C"))),
                           nodes.container(""), nodes.literal_block("int x;\\nint y;", "int x;\\nint y;"))
    plain += code
    inline = named("TabContainer")
    inline.extend([nodes.label("", "Name k"), nodes.container("", text("Panel k"))])
    folded = named("CollapseNode", label="Name l")
    folded.extend([named("CollapseSummaryNode"), text("Panel l")])
    folded[0] += nodes.Text("Name l")
    return [plain, after_html, inline, folded]


def bundle(**forms):
    return nodes.container("", *(
        nodes.container("", nodes.literal_block(words, words), mime_type=kind.replace("_", "/"))
        for kind, words in forms.items()
    ), nb_element="mime_bundle")


TABLE = (
    "<div><style>gone {}</style><table><thead><tr><th></th><th>place</th></tr></thead>"
    "<tbody><tr><th>0</th><td>Beijing</td></tr></tbody></table></div>"
)


def cell(kind, *children, prompt=""):
    node = named(kind, prompt=prompt)
    node.extend(children)
    return node


def raws(**words):
    return [nodes.raw("", text, format=kind) for kind, text in words.items()]


def notebooks():
    warning = named("AdmonitionNode", classes=["admonition", "warning"])
    warning.extend([text("Mind"), text("the gap")])
    return [
        bundle(text_html="html", text_plain="plainest"),
        bundle(text_plain="plainer", text_latex="\\\\begin{tabular}x"),
        bundle(text_html=TABLE),
        bundle(text_html="<style>gone</style><table><tr><td>styled</table>",
               text_plain="<pandas.Styler at 0x7f0a>"),
        bundle(text_html="<script>gone</script>"),
        bundle(**{"application/vnd.jupyter.widget-view+json": "gone"}),
        addnodes.only("", cell("FancyOutputNode", *raws(html="no")), expr="html"),
        addnodes.only("", cell("CodeAreaNode", *raws(
            html="no", latex="no", text="\\x1b[31mstream\\x1b[0m")), expr="latex"),
        cell("CodeAreaNode", nodes.literal_block("x = 1", "x = 1", language="python"), prompt="[7]:"),
        cell("FancyOutputNode", *raws(html="<div>A <b>form</b> &amp; more</div><script>gone</script>")),
        warning,
    ]


def drawings():
    mermaid = named("mermaid", code="graph LR")
    film = named("video_node", sources=[("film.mp4", "", False)], alt="A film",
                 caption="moves")
    uml = named("plantuml", uml="@startuml Bob")
    tube = named("tube", title="Tube title", caption="tube caption", url="abc")
    far = named("video", id="abc", platform_url="https://films.org/", url_parameters="?t=1")
    return [nodes.figure("", mermaid, nodes.caption("", "Diagram")), uml, film, tube, far]


def gallery():
    entries = [("First of a gallery", "%index", "a.png", "hint"), ("Gone", "%gone", "b.png", "")]
    return [named("GalleryNode", entries=entries)]


def logs():
    change = addnodes.versionmodified("", "", text("In 2.0: Changed."), type="x", version="2.0")
    log = named("CollapsedLog")
    log += change
    label = named("_HTMLLabel")
    label += text("What folds")
    return [log, named("_HTMLInput"), label]


def needs():
    part = named("NeedPart")
    part += nodes.inline("", "part of a need")
    line = nodes.line("", "", nodes.Text("A line with "), part)
    return [nodes.container("", line, classes=["needs_meta"])]


def exercises():
    proof = named("theorem_node", realtype="lemma", countertype="theorem")
    proof.extend([nodes.title("", "(Zorn)"), text("lemma body")])
    return [proof]


def task(box):
    shown = nodes.raw("", f'<input class="task-list-item-checkbox" {box}type="checkbox">', format="html")
    return nodes.list_item("", nodes.paragraph("", "", shown, nodes.Text(" task")))


def described():
    signature = addnodes.desc_signature("", "", addnodes.desc_name("", "signed"))
    signature += [nodes.literal_block("block code", "block code"), text("block text")]
    return [addnodes.desc("", signature, objtype="x", domain="x")]


def add(app, tree):
    section = tree[0]
    # sphinx-tabs reads tabs once for builders that stand here, for others twice
    section.append(text("Tabs for " + ", ".join(app.config.sphinx_tabs_valid_builders)))
    for made in (design, tabs, notebooks, drawings, gallery, logs, needs, exercises, described):
        section.extend(made())
    tasks = task(""), task('checked="checked" ')
    section.append(nodes.bullet_list("", *tasks, classes=["contains-task-list"]))
    for node in section.findall(nodes.Element):
        node.source, node.line = tree["source"], 2


def nothing(self, node):
    pass


def setup(app):
    app.add_config_value("sphinx_tabs_valid_builders", ["own"], "")
    app.connect("doctree-read", add)
    for name in KINDS:  # extensions give their nodes visitors for text
        app.add_node(globals()[name], text=(nothing, nothing))
"""
CONF = "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nextensions.append('made_nodes')\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("made"), PDF)
    files = {"index.rst": "T\n=\n\nStart.\n", "made_nodes.py": MAKES}
    return project.write(files).configure(CONF)


@pytest.fixture(scope="module")
def made(project: Project) -> Built:
    return project.build("typstpdf", warnings=None)


def test_every_paragraph_of_the_text_builder_is_printed(project: Project, made: Built) -> None:
    wanted = list(paragraphs(project.build("text", warnings=None).read("index.txt")))
    printed = letters(made.print)
    assert len(wanted) > 30
    # Of an output that has several forms the text has all, a page the best one; and a page has
    # the name of each tab above it.
    otherwise = {"html", "\\begin{tabular}x", "Name iName j"}
    lost = {words.strip() for words in wanted if not is_there(words, printed)}
    lost = {words for words in lost if not words.startswith("<")}  # HTML is read
    assert lost <= otherwise


@pytest.mark.parametrize(
    "words",
    [
        "Card a Card b Card c Card d",
        "Label e Tab e Label f Tab f",
        "Fold folded",
        "with a badge",
        "Name g Panel g Name h Panel h",
        "Name i Panel i Name j Panel j",
        "Name k Panel k",
        "Name l Panel l",
        "Tabs for own, typstpdf, typst",
        "https://films.org/abc?t=1",
        "C int x; int y;",
        "plainest",
        "plainer",
        "stream",
        "[7]: x = 1",
        "[application/vnd.jupyter.widget-view+json]",
        "In 2.0: Changed.",
        "What folds",
        "A line with part of a need",
        "@startuml Bob",
        "Mind the gap",
        "graph LR Diagram",
        "A film moves film.mp4",
        "Tube title tube caption",
        "First of a gallery: hint",
        "Gone",
        "Lemma (Zorn) lemma body",
        "signed block code block text",
        "task ✓ task",
    ],
)
def test_it_is_printed(made: Built, words: str) -> None:
    assert words in made.print


def test_what_is_lost_or_not_drawn_is_a_warning(made: Built) -> None:
    rest = "which no page can show: its words and tables are printed"
    wanted = [
        f"an output of this notebook is text/html alone, {rest}",
        "an output of this notebook is text/html alone, which no page can show: it is left out",
        "is application/vnd.jupyter.widget-view+json alone, which no page can show: its kind is printed",
        f"an output of this notebook has html alone, {rest}",
        "the diagram is printed as its source: pip install mermaidx",
        "the diagram is printed as its source: PlantUML is not run here",
        "the film film.mp4 cannot be printed",
        "the node 'tube' has no visitor for Typst",
    ]
    assert len(made.warnings) == len(wanted)
    for words, warning in zip(wanted, made.warnings, strict=True):
        assert warning.startswith("index.rst:2: WARNING: ") and words in warning
    assert "gone" not in made.print and " no " not in made.print
    assert all(words in made.print for words in ("A form & more", "Beijing", "styled"))


def test_code_in_a_tab_is_code_and_all_is_tagged(made: Built) -> None:
    assert '#code-block("int x;\\nint y;"' in made.read("book.typ")
    assert Structure(made.find("book.pdf")).faults() == []


def test_two_cards_stand_side_by_side(made: Built) -> None:
    assert re.findall(r"#card-grid\((\d)", made.read("book.typ")) == ["2", "2", "1"]


MISFORMED = """
from docutils import nodes
from docutils.parsers.rst import Directive

def said(word):
    return nodes.paragraph(word, word)

class Odd(Directive):
    def run(self):
        return [
            nodes.field_list("", said("toldone")),
            nodes.field_list("", nodes.field("", nodes.field_name("", "toldtwo"))),
            nodes.option_list("", said("toldthree")),
            nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", said("toldfour"))))),
            nodes.table("", nodes.title("", "toldfive")),
            nodes.enumerated_list("", nodes.list_item("", said("toldsix")), start=None),
        ]

def setup(app):
    app.add_directive("odd", Odd)
"""


def test_a_node_of_another_form_costs_its_form_alone(tmp_path: Path) -> None:
    text = "T\n=\n\n.. odd::\n\n* before\n\n  .. odd::\n\n  after\n\n.. note:: *last*\n"
    project = Project(tmp_path, PDF).write({"index.rst": text}).configure(MISFORMED)
    built = project.build("typstpdf", warnings=["cannot be read"] * 12)
    words = ("one", "two", "three", "four", "five", "six")
    assert [built.print.count(f"told{word}") for word in words] == [2] * 6
    assert "after Note last" in built.print


MERMAIDX = """
class Drawing:
    def svg(self):
        return SVG


def render(code, config):
    if code == "bad":
        raise RuntimeError("Parse error on\\nline 1")
    return Drawing()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><text y="9">drawn</text></svg>'
"""


def test_diagrams_are_drawn_where_there_is_what_draws_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mermaidx.py").write_text(MERMAIDX)
    monkeypatch.syspath_prepend(tmp_path / "there")
    bad = """
def more(app, tree):
    tree[0] += [named("mermaid", code="bad"), named("mermaid", code="good", alt="A diagram")]
"""
    start = MAKES.replace('"doctree-read", add', '"doctree-read", more') + bad
    project = Project(tmp_path, PDF).write({"index.rst": "T\n=\n", "made_nodes.py": start})
    built = project.configure(CONF).build(
        "typstpdf", warnings=["as its source: Parse error on line 1"]
    )
    assert "drawn" in built.print and "bad" in built.print
    assert 'alt: "A diagram"' in built.read("book.typ")
    monkeypatch.delitem(sys.modules, "mermaidx")


def test_graphs_of_sphinx_are_drawn_or_stand_as_their_source(tmp_path: Path) -> None:
    rst = "T\n=\n\n.. graphviz::\n   :caption: Cap\n\n   digraph { a -> b }\n\n.. inheritance-diagram:: collections.OrderedDict\n"
    conf = "extensions += ['sphinx.ext.graphviz', 'sphinx.ext.inheritance_diagram']\ngraphviz_dot = 'no-dot'\n"
    project = Project(tmp_path, PDF).write({"index.rst": rst}).configure(conf)
    result = project.build(
        "typstpdf",
        warnings=[
            "cannot be run",
            *[f"index.rst:{n}: WARNING: the graph is printed as its source" for n in (2, 9)],
        ],
    )
    assert "digraph { a -> b } Cap" in result.print
    assert "collections.OrderedDict" in result.print


def test_the_caption_of_a_toctree_below_the_first(tmp_path: Path) -> None:
    files = {
        "index.rst": "T\n=\n\n.. toctree::\n\n   a\n",
        "a.rst": "A\n=\n\n.. toctree::\n   :caption: Below\n\n   b\n",
        "b.rst": "B\n=\n\nText.\n",
    }
    assert "Below B Text." in Project(tmp_path, PDF).write(files).build("typstpdf").print
