"""What is found in a document by kinds."""

from __future__ import annotations

from docutils import nodes
from sphinx_annals.walking import each


def test_nodes_are_found_as_docutils_finds_them() -> None:
    line = nodes.paragraph("", "", nodes.emphasis("", "", nodes.Text("a")), nodes.Text("b"))
    root = nodes.container("", line, nodes.section("", nodes.title("", "c"), nodes.paragraph()))
    for kinds in ((nodes.container,), (nodes.Text,), (nodes.title, nodes.paragraph)):
        assert each(root, *kinds) == [node for node in root.findall() if isinstance(node, kinds)]
