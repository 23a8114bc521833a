"""Join the documents of a book into one doctree, each resolved as itself.

References are resolved document by document, before joining, so that post-transforms of
other extensions see the document they work on. What is joined are fresh copies from disk:
the environment, which other builders share, is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.builders import Builder


class part(nodes.Structural, nodes.Element):  # noqa: N801
    """A part of the book: the caption of a toctree in the start document."""


def assemble(builder: Builder, startdoc: str) -> nodes.document:
    """Give the whole book below *startdoc* as one resolved doctree.

    Every document becomes a ``start_of_file`` node with its docname, in the place of the
    toctree entry that named it first; later entries for the same document vanish.
    """
    seen = {startdoc}
    tree = _load(builder, startdoc)
    _inline_toctrees(builder, tree, seen, top=True)
    tree["docname"] = startdoc
    return tree


def _load(builder: Builder, docname: str) -> nodes.document:
    tree = builder.env.get_doctree(docname)
    builder.env.apply_post_transforms(tree, docname)
    builder.post_process_images(tree)
    return tree


def _inline_toctrees(builder: Builder, tree: Element, seen: set[str], *, top: bool) -> None:
    for toctree in list(tree.findall(addnodes.toctree)):
        files = [_subtree(builder, name, seen) for name in _new_files(builder, toctree, seen)]
        content: list[Element] = list(files)
        if top and files and toctree.get("caption"):
            caption = part("", docname=tree.get("docname", ""))
            caption += nodes.title("", toctree["caption"])
            caption.source, caption.line = toctree.source, toctree.line
            content.insert(0, caption)
        toctree.parent.replace(toctree, content)


def _new_files(builder: Builder, toctree: Element, seen: set[str]) -> Iterator[str]:
    for docname in map(str, toctree["includefiles"]):
        if docname not in seen and docname in builder.env.found_docs:
            seen.add(docname)
            yield docname


def _subtree(builder: Builder, docname: str, seen: set[str]) -> addnodes.start_of_file:
    tree = _load(builder, docname)
    _inline_toctrees(builder, tree, seen, top=False)
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


def all_targets(tree: nodes.document) -> dict[str, set[str]]:
    """Give the ids that stand in each document of the assembled *tree*."""
    targets: dict[str, set[str]] = {}

    def walk(node: nodes.Element, docname: str) -> None:
        if isinstance(node, addnodes.start_of_file | nodes.document):
            docname = node.get("docname", docname)
            targets.setdefault(docname, set())
        targets[docname].update(node.get("ids", ()))
        for child in node.children:
            if isinstance(child, nodes.Element):
                walk(child, docname)

    walk(tree, "")
    return targets


def has_parts(tree: nodes.document) -> bool:
    """Tell whether the book is divided into parts."""
    return next(tree.findall(part), None) is not None
