"""The one page of the builder ``singlehtml``: an id for each thing, and links that lead to it.

Sphinx joins documents as they are. Notes, citations and lists of two of them have the same ids,
and a link from one document to a place in another names both, which leads nowhere.
"""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

_PLACE = re.compile(r"#document-(?P<docname>[^#]+)#(?P<id>.+)")
# Sphinx finds their numbers by their ids
_NUMBERED = (nodes.section, nodes.figure, nodes.table, nodes.container, nodes.math_block)


class OnePage(SphinxPostTransform):
    """Tell the ids of documents apart, and correct what leads to them, when all is resolved."""

    default_priority = 950
    builders = ("singlehtml",)

    def run(self, **kwargs: Any) -> None:
        """The first document that has an id keeps it; in others its document's name comes first."""
        named: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        documents = list(_by_document(self.document, self.env.config.root_doc))
        for docname, node in documents:
            ids: list[str] = node.get("ids", [])
            for old in list(ids):
                new = re.sub(r"\s", "-", f"{docname}-{old}") if old in taken else old
                named[docname, old] = new
                taken.add(new)
                if new != old:
                    # a second one leads there, too, where Sphinx looks for the first
                    ids.append(new)
                    if not isinstance(node, _NUMBERED):
                        ids.remove(old)
        for docname, node in documents:
            if "refid" in node:
                node["refid"] = named.get((docname, node["refid"]), node["refid"])
            if "backrefs" in node:
                node["backrefs"] = [named.get((docname, i), i) for i in node["backrefs"]]
            if place := _PLACE.fullmatch(node.get("refuri", "")):
                there = place["docname"], place["id"]
                node["refuri"] = f"#{named.get(there, place['id'])}"


def _by_document(top: nodes.Element, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """Give each element with the name of the document that it comes from."""
    yield docname, top
    for child in top.children:
        if isinstance(child, nodes.Element):
            inside = child["docname"] if isinstance(child, addnodes.start_of_file) else docname
            yield from _by_document(child, inside)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(OnePage)
