"""Join the documents of a book into one doctree, each resolved as itself.

References are resolved document by document, before joining, so that post-transforms of
other extensions see the document they work on. What is joined are fresh copies from disk:
the environment, which other builders share, is never touched.
"""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.pdf.volume import VolumeBuilder


class part(nodes.Structural, nodes.Element):  # noqa: N801
    """A part of the book: the caption of a toctree in the start document."""


def assemble(builder: VolumeBuilder, startdoc: str) -> nodes.document:
    """Give the whole book below *startdoc* as one resolved doctree, and note its targets.

    Every document becomes a ``start_of_file`` node with its docname, in the place of the
    toctree entry that named it first; later entries for the same document vanish.
    """
    builder.targets = {}
    tree = _load(builder, startdoc)
    tree["docname"] = startdoc
    return tree


def _load(builder: VolumeBuilder, docname: str) -> nodes.document:
    is_start = not builder.targets
    tree = builder.env.get_doctree(docname)
    builder.env.apply_post_transforms(tree, docname)
    builder.post_process_images(tree)
    builder.targets[docname] = {name for node in tree.findall(Element) for name in node["ids"]}
    for toctree in list(tree.findall(addnodes.toctree)):
        content: list[Element] = [
            _subtree(builder, name)
            for name in map(str, toctree["includefiles"])
            # One before it may have brought it already, by a toctree of its own.
            if name in builder.env.found_docs and name not in builder.targets
        ]
        if is_start and content and toctree.get("caption"):
            caption = part()
            caption += nodes.title("", toctree["caption"])
            caption.source, caption.line = toctree.source, toctree.line
            content.insert(0, caption)
        toctree.parent.replace(toctree, content)
    return tree


def _subtree(builder: VolumeBuilder, docname: str) -> addnodes.start_of_file:
    tree = _load(builder, docname)
    holder = addnodes.start_of_file(docname=docname)
    holder.source = tree.get("source")
    holder.extend(tree.children)
    return holder


def docname_of(node: nodes.Node | None) -> str:
    """Give the name of the document that *node* was written in."""
    while node is not None:
        if isinstance(node, addnodes.start_of_file | nodes.document):
            return str(node.get("docname", ""))
        node = node.parent
    return ""
