"""The floor: directives that make the nodes of annotations by docutils and Sphinx, and no more.

They check nothing, keep nothing, index nothing, and know of no mention. What they cost beyond prose
is what Sphinx takes for objects with facts, whoever writes them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst.directives import unchanged
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode


class Bare(SphinxDirective):
    """An object with a title, facts that link, sources and a body."""

    required_arguments = 1
    final_argument_whitespace = has_content = True
    option_spec: ClassVar[Any] = dict.fromkeys(
        ("id", "date", "place", "actors", "treaty", "sources"), unchanged
    )

    def run(self) -> list[Node]:
        """Make the nodes, and let links find the object."""
        title, id = self.arguments[0], self.options["id"]
        docname = self.env.current_document.docname
        node = nodes.container("", ids=[id])
        self.state.document.note_explicit_target(node, node)
        standard = self.env.domains.standard_domain
        standard.labels[id] = docname, id, title
        standard.anonlabels[id] = docname, id
        node += nodes.paragraph("", "", nodes.strong("", title))
        if date := self.options.get("date"):
            node += _fact("Date", nodes.Text(date))
        for name in ("place", "treaty"):
            if target := self.options.get(name):
                node += _fact(name.capitalize(), self._link(target))
        if actors := self.options.get("actors"):
            shown: list[Node] = []
            for actor in actors.split(", "):
                target, _, role = actor.partition(" ")
                shown += [self._link(target), nodes.Text(f" {role}; ")]
            node += _fact("Actors", *shown)
        node += self.parse_content_to_nodes()
        if sources := self.options.get("sources"):
            role = self.env.domains["cite"].role("p")
            assert role is not None
            cited, _ = role("cite:p", "", sources, self.lineno, self.state.inliner)
            node += _fact("Sources", *cited)
        return [node]

    def _link(self, target: str) -> pending_xref:
        said = {"refdomain": "std", "reftype": "ref", "reftarget": target}
        more = {"refexplicit": False, "refwarn": True, "refdoc": self.env.current_document.docname}
        return pending_xref("", nodes.inline("", ""), **said, **more)


def _fact(label: str, *shown: Node) -> nodes.paragraph:
    return nodes.paragraph("", f"{label}: ", *shown)


class listed(nodes.container):  # noqa: N801
    """The place of a list and a table of all objects."""


class Listed(SphinxDirective):
    """A list and a table of all objects, with a link in each line, and no drawing of them."""

    def run(self) -> list[Node]:
        """Leave their place: objects of later documents are not known yet."""
        return [listed()]


def _fill(app: Sphinx, tree: nodes.document, docname: str) -> None:
    for place in tree.findall(listed):
        items, rows = nodes.enumerated_list("", enumtype="arabic"), nodes.tbody()
        for target, id, title in app.env.domains.standard_domain.labels.values():
            shown = [
                make_refnode(app.builder, docname, target, id, nodes.Text(title)) for _ in range(2)
            ]
            items += nodes.list_item("", nodes.paragraph("", "", shown[0]))
            cells = [shown[1], *map(nodes.Text, (target, id, title))]
            row = [nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells]
            rows += nodes.row("", *row)
        columns = [nodes.colspec(colwidth=1) for _ in range(4)]
        table = nodes.table("", nodes.tgroup("", *columns, rows, cols=4))
        place += [items, table]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives."""
    app.add_node(listed)
    app.add_directive("listed", Listed)
    app.connect("doctree-resolved", _fill)
    for kind in ("event", "person", "place", "treaty"):
        app.add_directive(kind, Bare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
