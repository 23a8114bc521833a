"""What belongs in a line and stands in none, as directives of other projects leave it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from docutils import nodes
from docutils.nodes import bullet_list, paragraph, strong
from harness import PDF, Project
from sphinx_annals.pdf.volume import put_in_paragraphs
from structure import Structure

CONF = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes

def image(**more):
    return nodes.image(uri="a.svg", alt="A", **more)

KINDS = {
    "text": lambda w: [nodes.Text(w)],
    "emphasis": lambda w: [nodes.emphasis(w, w)],
    "literal": lambda w: [nodes.literal(w, w)],
    "inline": lambda w: [nodes.inline(w, w, classes=["sd-badge"])],
    "math": lambda w: [nodes.math("a", "a"), nodes.Text(" " + w)],
    "external": lambda w: [nodes.reference(w, w, refuri="https://x.org")],
    "internal": lambda w: [nodes.reference(w, w, refuri="", refid="here", internal=True)],
    "download": lambda w: [addnodes.download_reference(w, w, reftarget="https://x.org/f")],
    "picture": lambda w: [nodes.reference("", "", image(align="left"), refuri="https://x.org"),
                          nodes.reference("", "", image(), refuri="https://y.org"), nodes.Text(w)],
    "linked": lambda w: [nodes.paragraph(w, w),
                         nodes.reference("", "", image(align="center"), refuri="https://x.org")],
    "image": lambda w: [image(), nodes.Text(w)],
    "several": lambda w: [nodes.strong(w, w), addnodes.index(entries=[]),
                          nodes.Text(" and "), nodes.reference(w, w, refuri="https://x.org")],
    "language": lambda w: [nodes.inline(w, w, classes=["language-de"])],
    "code": lambda w: [nodes.reference("", "", nodes.literal(w, w), refuri="https://x.org")],
    "note": lambda w: [nodes.Text(w), nodes.footnote_reference("", "1", refid="note")],
}

class Put(Directive):
    required_arguments = 2

    def run(self):
        return KINDS[self.arguments[0]](self.arguments[1])

def setup(app):
    app.add_directive("put", Put)
"""
CONTAINERS = [
    "{}",
    "* {}",
    "1. {}",
    "term\n   {}",
    ":name: x\n\n   {}",
    "..\n\n    {}",
    ".. note::\n\n   {}",
    ".. admonition:: Title\n\n   {}",
    ".. topic:: Title\n\n   {}",
    ".. sidebar:: Title\n\n   {}",
    ".. container:: box\n\n   {}",
    ".. compound::\n\n   {}",
    ".. figure:: a.svg\n   :alt: A\n\n   Caption\n\n   {}",
    ".. list-table::\n\n   * - head\n   * - {}",
    ".. py:function:: f{n}()\n\n   {}",
    ".. versionadded:: 1.0\n\n   {}",
    ".. glossary::\n\n   word{n}\n      {}",
    "-o  x\n\n    {}",
    ".. only:: not html\n\n   {}",
    ".. [#] x\n\n   {}",
]
KINDS = [
    "text", "emphasis", "literal", "inline", "math", "external", "internal", "download", "picture",
    "linked", "image", "several", "language", "code", "note",
]  # fmt: skip
LINES = [
    "{}\n---------------------------------------",
    ".. rubric:: {}",
    ".. centered:: {}",
    "| {}",
    "{} : {}\n   x",
    ":a {}: x",
    "..\n\n    x\n\n    -- {}",
    ".. admonition:: {}\n\n   x",
    ".. topic:: {}\n\n   x",
    ".. figure:: a.svg\n   :alt: A\n\n   {}",
    ".. list-table:: {}\n\n   * - x",
    ".. versionadded:: {}",
    ".. parsed-literal::\n\n   {}",
    ".. productionlist::\n   told{n}: `x{n}`\n   x{n}: {}",
    ".. py:class:: C{n}\n\n.. py:function:: told{n}() -> C{n}",
]
WORDS = ["`told{n} <https://x.org>`__", "**told{n}**", "told{n} |linked|", "told{n} [#note]_"]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def test_it_stands_in_a_block_wherever_it_is_written(tmp_path: Path) -> None:
    blocks = [
        container.format(f".. put:: {kind} told{{n}}", n="{n}")
        for kind, container in product(KINDS, CONTAINERS)
    ]
    lines = [line.replace("{}", words) for words, line in product(WORDS, LINES)]
    cases = [case.replace("{n}", str(n)) for n, case in enumerate([*blocks, *lines])]
    linked = ".. |linked| image:: a.svg\n   :alt: A\n   :target: https://x.org\n"
    text = "\n\n..\n\n".join(["T\n=\n\n.. _here:\n\nOne\n---", *cases, ".. [#note] Foot.", linked])
    project = Project(tmp_path, PDF).write({"index.rst": text, "a.svg": SVG})
    built = project.configure(CONF).build("typstpdf", warnings=None)
    assert [line for line in built.warnings if "ref.footnote" not in line] == []
    printed = "".join(built.print.split())
    assert [case for n, case in enumerate(cases) if f"told{n}" not in printed] == []
    assert Structure(built.find("*.pdf")).faults() == []


def test_a_paragraph_of_images_alone_is_a_line_of_pictures() -> None:
    link = nodes.reference("", "", nodes.image(), refuri="https://x.org")
    section = nodes.section(
        "",
        paragraph("", "", nodes.image(), nodes.Text(" "), link),
        paragraph("", "", nodes.Text("words "), nodes.image()),
    )
    put_in_paragraphs(section)
    assert [type(block).__name__ for block in section] == ["picture_line", "paragraph"]


@pytest.mark.parametrize(
    ("written", "put"),
    [
        ([strong("", "a"), nodes.Text(" – "), paragraph("", "b"), bullet_list()], "<strong>a</strong> – b|*"),
        ([paragraph("", "b"), paragraph("", "c")], "b|c"),
        ([nodes.Text("a"), paragraph("", "b", bullet_list()), nodes.Text("c")], "a|b|*|c"),
        ([bullet_list(), strong("", "a")], "*|<strong>a</strong>"),
        ([nodes.Text("a"), nodes.comment("", "b"), nodes.image()], 'a<comment xml:space="preserve">b</comment><image/>'),
    ],
)  # fmt: skip
def test_a_paragraph_ends_where_a_block_begins(written: list[nodes.Node], put: str) -> None:
    body = nodes.field_body("", paragraph("", "", *written, ids=["here"]))
    put_in_paragraphs(body)
    assert body[0]["ids"] == ["here"]
    assert put == "|".join(
        "*" if isinstance(block, bullet_list) else "".join(map(str, block.children))
        for block in body
    )
