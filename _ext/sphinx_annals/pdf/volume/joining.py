"""The one volume that a book is: its documents joined, and how links in it are named.

References are resolved document by document, before joining, so that post-transforms of
other extensions see the document they work on. What is joined are fresh copies from disk:
the environment, which other builders share, is never touched.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TypeVar

import typst
from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.util import url_re

from sphinx_annals.pdf.volume.notebooks import choose_outputs
from sphinx_annals.pdf.volume.paragraphs import put_in_paragraphs
from sphinx_annals.walking import each

#: What is known by its document: two may call a note the same, or define a macro for formulas.
_OF_DOCUMENT = (nodes.footnote, nodes.footnote_reference, nodes.math, nodes.math_block)
_PICTURES: tuple[type[Element], ...] = (nodes.image, nodes.figure)
#: What a resolved link to a document of the volume starts with.
_PREFIX = "%"

_N = TypeVar("_N", bound=nodes.Node)


class part(nodes.Structural, nodes.Element):  # noqa: N801
    """A part of the book: the caption of a toctree in the start document."""


class VolumeBuilder(Builder, ABC):
    """A builder that binds all documents in one volume, and its links with them."""

    supported_remote_images = False
    fonts: typst.Fonts
    targets: dict[str, set[str]]
    """The ids that stand in each document of the volume being made."""
    unreadable: dict[str, str]
    """The images that cannot be printed, with the reasons."""
    without_html: set[str]
    """The drawings that are printed without their HTML; what was told is taken."""
    undrawn: dict[str, str]
    """The drawings that are printed without some characters, with these; what was told is taken."""

    def assemble(
        self, startdoc: str, *, toctree_only: bool = False, appendices: Iterable[str] = ()
    ) -> nodes.document:
        """Give the whole book below a document as one resolved doctree, and note its targets.

        Every document becomes a ``start_of_file`` node with its docname, in the place of the
        toctree entry that named it first; later entries for the same document vanish.
        With *toctree_only* the start document gives its title and its toctrees alone.
        *appendices* stand after the rest.
        """
        self.targets = {}
        tree = self._load(startdoc, toctree_only=toctree_only)
        tree["docname"] = startdoc
        for docname in appendices:
            if docname not in self.targets:
                found = self._subtree(docname)
                found["appendix"] = True
                tree.append(found)
        return tree

    def _load(self, docname: str, *, toctree_only: bool = False) -> nodes.document:
        is_start = not self.targets
        tree = self.env.get_doctree(docname)
        choose_outputs(tree)
        if toctree_only:
            titles = list(tree.findall(nodes.title))[:1]
            tree[:] = [nodes.section("", *titles, *tree.findall(addnodes.toctree))]
        self.env.apply_post_transforms(tree, docname)
        _leave_out_dark(tree)
        self.post_process_images(tree)
        put_in_paragraphs(tree)
        elements = each(tree, Element)
        self.targets[docname] = {name for node in elements for name in node["ids"]}
        for node in elements:
            if isinstance(node, _OF_DOCUMENT):
                node["docname"] = docname
        toctrees = [node for node in elements if isinstance(node, addnodes.toctree)]
        _lift(toctrees)
        for toctree in toctrees:
            entitled = {name: title for title, name in toctree["entries"] if title}
            content: list[Element] = [
                self._subtree(name, entitled.get(name, ""))
                for name in map(str, toctree["includefiles"])
                # One before it may have brought it already, by a toctree of its own.
                if name in self.env.found_docs and name not in self.targets
            ]
            content[:0] = _external(toctree)
            if content and toctree.get("caption"):
                words = nodes.Text(toctree["caption"])
                caption = (
                    part("", nodes.title("", "", words))
                    if is_start
                    else nodes.rubric("", "", words)
                )
                caption.source, caption.line = toctree.source, toctree.line
                content.insert(0, caption)
            toctree.parent.replace(toctree, content)
        return tree

    def _subtree(self, docname: str, title: str = "") -> addnodes.start_of_file:
        """Give a document with all below it; *title* is what a toctree calls it."""
        tree = self._load(docname)
        if title and (heading := first(first(tree, nodes.section) or tree, nodes.title)):
            heading["entitled"] = title
        holder = addnodes.start_of_file("", *tree.children, docname=docname)
        holder.source = tree.get("source")
        return holder

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the link to a document or an index; what is not printed becomes text later."""
        if docname in self.env.all_docs or docname in self.index_names():
            return _PREFIX + docname
        raise NoUri(docname, typ)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Everything is in one file, so where a link stands does not matter."""
        return self.get_target_uri(to, typ)

    @abstractmethod
    def put_drawing(self, name: str, svg: str) -> str:
        """Put an SVG among the images; give the characters that it is printed without.

        Raises :exc:`UnreadableImageError`.
        """

    def index_names(self) -> set[str]:
        """Give the pseudo-documents of Sphinx, which links name: indices, and the search."""
        domains = self.env.domains.sorted()
        names = (f"{domain.name}-{index.name}" for domain in domains for index in domain.indices)
        return {"genindex", "search", *names}

    def aim(self, uri: str) -> tuple[str, str] | None:
        """Give the document and the id that a resolved link means, None if it leads elsewhere."""
        if not uri.startswith(_PREFIX):
            return None
        docname, _, node_id = uri.removeprefix(_PREFIX).partition("#")
        return docname, node_id


def _leave_out_dark(tree: nodes.document) -> None:
    """Take out images that themes show on a dark page, where there are some for a light one."""
    pictures = each(tree, *_PICTURES)
    if any("only-light" in node["classes"] for node in pictures):
        for node in pictures:
            if "only-dark" in node["classes"]:
                link = isinstance(node.parent, nodes.reference) and len(node.parent) == 1
                gone = node.parent if link else node
                gone.parent.remove(gone)


def _lift(toctrees: list[addnodes.toctree]) -> None:
    """Put toctrees after the blocks that they stand in: no box or list can hold a chapter."""
    for toctree in reversed(toctrees):
        block: Element = toctree
        is_held = False
        while not isinstance(block.parent, nodes.document | nodes.section):
            block = block.parent
            is_held |= not isinstance(block, nodes.compound)
        if is_held:
            toctree.parent.remove(toctree)
            block.parent.insert(block.parent.index(block) + 1, toctree)


def _external(toctree: Element) -> list[Element]:
    """Give the entries of a toctree that lead out of the book, as a list of links."""
    found = nodes.bullet_list("")
    for title, uri in toctree["entries"]:
        if url_re.match(uri):
            link = nodes.reference("", title or uri, refuri=uri)
            found += nodes.list_item("", nodes.paragraph("", "", link))
    return [found] if found.children else []


def first(node: Element, kind: type[_N]) -> _N | None:
    """Give the first child of a kind."""
    return next((child for child in node.children if isinstance(child, kind)), None)


def elements(node: Element) -> list[Element]:
    """Give the children of a node that are no text."""
    return [child for child in node.children if isinstance(child, Element)]
