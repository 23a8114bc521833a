"""Images and downloads that are no file: a folder, or data in an address that are none.

Sphinx warns of a file that is not there; these end the build, or it does not say where they are.
"""

import os.path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.images import parse_data_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals.extension import metadata
from sphinx_annals.messages import warn
from sphinx_annals.walking import each

BEFORE_ASSETS_ARE_COLLECTED = 100


def leave_out(node: nodes.Element) -> None:
    """Put what a node says in words in its place: the text of an image, what a link stands on."""
    parent, place = node.parent, node.parent.index(node)
    left = [nodes.Text(node["alt"])] if node.get("alt") else node.children
    if isinstance(parent, nodes.TextElement):
        parent[place] = nodes.inline("", "", *left, ids=node["ids"])
        if isinstance(parent, nodes.reference) and not isinstance(parent.parent, nodes.TextElement):
            # a picture that was a link stood between paragraphs
            around, place = parent.parent, parent.parent.index(parent)
            around[place] = nodes.paragraph("", "", parent)
    elif all(isinstance(child, nodes.Text) for child in left):
        parent[place : place + 1] = [nodes.paragraph("", "", *left)] if left else []
    else:  # a picture that was a link
        parent[place : place + 1] = left


def _fault(app: Sphinx, address: str) -> str:
    if "://" in address:
        return ""
    if address.startswith("data:"):
        try:
            return "" if parse_data_uri(address) else "no image"
        except ValueError:
            return "no data of an image"
    try:
        path = app.env.relfn2path(address)[1]
    except ValueError:  # of the character 0
        return "no name"
    # unlike Path, it answers for a name that no disk can hold
    return "a folder" if os.path.isdir(path) else ""


def _without_faults(app: Sphinx, document: nodes.document) -> None:
    found: list[nodes.Element] = each(document, nodes.image, addnodes.download_reference)
    for node in found:
        address = node["uri" if isinstance(node, nodes.image) else "reftarget"]
        if fault := _fault(app, address):
            message = f"{address!r} is {fault}; write the name of a file. It is left out here"
            warn(("file", "unreadable"), message, node)
            leave_out(node)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the images and downloads of each document before Sphinx does."""
    app.connect("doctree-read", _without_faults, priority=BEFORE_ASSETS_ARE_COLLECTED)
    return metadata()
